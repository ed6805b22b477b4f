//! `zm suggest`: what there is to offer for a segment.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write, stdin};
use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

use super::Global;
use super::out::{Exit, Failure, Format, Out, padded, stdin_is_terminal, style, styled};
use super::work;
use crate::error::Error;
use crate::lang::{Lang, Locale};
use crate::memory::Retrieval;
use crate::project::{Knowledge, Project};
use crate::session::Session;
use crate::suggest::{Match, Request, Scope, Suggestions, TermHint, Used, suggest};
use crate::text::distance::Op;
use crate::text::width::width;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zm suggest \"能源部将投入500亿美元启动“创世计划”。\"
  zm suggest --to zh-TW \"The Department of Energy will invest US$50 billion.\"
  echo 能源部 | zm suggest - --format json
  zm suggest --batch segments.txt > suggestions.jsonl")]
pub(crate) struct Args {
    /// The segment; `-` reads it from stdin
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The language it is in; told by its script where not given
    #[arg(long, value_name = "zh|en")]
    from: Option<Lang>,
    /// What to write: en, zh-Hans, zh-Hant, zh-TW or zh-HK
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<Locale>,
    /// The document it is from: its neighbors make context matches, its translations so far go first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    document: Option<PathBuf>,
    /// The day terms must hold on; without it that of the document
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<Date>,
    /// The most matches shown
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// The lowest score of a match, before penalties
    #[arg(long, value_name = "0-100", default_value_t = 50, value_parser = clap::value_parser!(u8).range(0..=100))]
    min_score: u8,
    /// Look at every unit of the memory, so that nothing can be missed
    #[arg(long)]
    exact: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// One segment a line in (stdin without FILE or with `-`), one JSON object a line out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "text",
          num_args = 0..=1, default_missing_value = "-")]
    batch: Option<PathBuf>,
}

const NO_TEXT: &str = "no text: zm suggest \"能源部启动“创世计划”。\", or - for stdin";

/// The knowledge and the document a run suggests from.
struct Desk<'a> {
    args: &'a Args,
    project: Project,
    knowledge: Knowledge,
    session: Option<Session>,
    used: Used,
    secondary: Vec<String>,
    date: Option<Date>,
    /// The segment of the document behind the one suggested for last.
    next: Cell<usize>,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from == to.lang()
        {
            let message = format!("--from {from} and --to {to} are one language");
            return Err(Error::Usage(message).into());
        }
        let text = match self.batch {
            Some(_) => None,
            None => Some(self.segment()?),
        };
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err(Error::Usage(NO_TEXT.into()).into());
        }
        let desk = self.desk(global, out)?;
        match (text, &self.batch) {
            (Some(text), _) => {
                let found = desk.suggest(&text);
                match self.format {
                    Format::Json => out.json_pretty(&found)?,
                    Format::Human => human(&found, out)?,
                }
            }
            (None, Some(path)) => batch(path, &desk, out)?,
            (None, None) => {}
        }
        Ok(Exit::Fine)
    }

    /// The segment: the words given, or stdin.
    fn segment(&self) -> Result<String, Error> {
        let asked = self.text.len() == 1 && self.text.first().is_some_and(|t| t == "-");
        if !self.text.is_empty() && !asked {
            return Ok(self.text.join(" "));
        }
        if !asked && stdin_is_terminal() {
            return Err(Error::Usage(NO_TEXT.into()));
        }
        let mut bytes = Vec::new();
        let read = stdin().lock().read_to_end(&mut bytes);
        read.map_err(|e| Error::io("read", Path::new("-"), e))?;
        let text = String::from_utf8(bytes).map_err(|_| not_utf8(Path::new("-"), None))?;
        Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned())
    }

    fn desk(&self, global: &Global, out: &mut Out) -> Result<Desk<'_>, Failure> {
        let project = match &self.document {
            Some(path) => global.project_of(path)?,
            None => global.project()?,
        };
        let session = match &self.document {
            Some(path) => Some(work::open(&project, path, None, out)?),
            None => None,
        };
        let knowledge = Knowledge::open(&project)?;
        out.notices(&knowledge.findings);
        let used = session.as_ref().map(|s| Used::new(s.used()));
        let of_document = session.as_ref().and_then(|s| s.document.date);
        Ok(Desk {
            args: self,
            date: self.date.or(of_document),
            secondary: project.secondary(),
            project,
            knowledge: knowledge.value,
            used: used.unwrap_or_default(),
            session,
            next: Cell::new(0),
        })
    }
}

impl Desk<'_> {
    fn suggest(&self, text: &str) -> Suggestions {
        let asked = self.args.from.or(self.args.to.map(|to| to.lang().other()));
        let from = asked.unwrap_or_else(|| self.project.source(text));
        let (prev, next) = self.neighbors(text);
        let request = Request {
            text,
            from,
            to: self.project.target(from, self.args.to),
            prev,
            next,
            document: "",
            date: self.date,
            used: &self.used,
            secondary: &self.secondary,
            limit: usize::from(self.args.limit),
            min_score: self.args.min_score,
            exact: self.args.exact,
        };
        let Knowledge {
            glossary,
            recognizer,
            memory,
        } = &self.knowledge;
        suggest(&request, glossary, recognizer, memory)
    }

    /// The segments around a text where the document has it; nothing otherwise. One that stands
    /// there several times is looked for from the last place on: a batch goes through its document.
    fn neighbors(&self, text: &str) -> (&str, &str) {
        let Some(session) = &self.session else {
            return ("", "");
        };
        let sources = session
            .document
            .units
            .iter()
            .map(|unit| unit.source.as_str());
        let Some(at) = place(sources, text, self.next.get()) else {
            return ("", "");
        };
        self.next.set(at + 1);
        (session.prev(at), session.next(at))
    }
}

/// Where a text stands among others: at `from` or behind it, else the first place.
fn place<'a>(all: impl Iterator<Item = &'a str>, text: &str, from: usize) -> Option<usize> {
    let mut first = None;
    for (at, one) in all.enumerate() {
        if one == text {
            if at >= from {
                return Some(at);
            }
            first = first.or(Some(at));
        }
    }
    first
}

/// Each line of a file to one line of JSON, as they come.
fn batch(path: &Path, desk: &Desk<'_>, out: &mut Out) -> Result<(), Failure> {
    let mut lines: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
        Box::new(BufReader::new(file))
    };
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = lines.read_until(b'\n', &mut line);
        if read.map_err(|e| Error::io("read", path, e))? == 0 {
            break;
        }
        let text = std::str::from_utf8(&line).map_err(|_| not_utf8(path, Some(number)))?;
        let text = text
            .trim_start_matches('\u{feff}')
            .trim_end_matches(['\r', '\n']);
        out.json(&desk.suggest(text))?;
        // One answer a line at once: the other end may be waiting for it.
        out.flush()?;
    }
    Ok(())
}

fn not_utf8(path: &Path, line: Option<u32>) -> Error {
    Error::file(
        path,
        line,
        "this is not UTF-8; convert it first (iconv -t UTF-8)",
    )
}

/// Everything, by groups; empty groups are left out.
fn human(found: &Suggestions, out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "{}", styled(style::STRONG, &found.source))?;
    let nothing = found.terms.is_empty()
        && found.numbers.is_empty()
        && found.matches.is_empty()
        && found.fragments.is_empty()
        && found.used.is_empty();
    if nothing {
        writeln!(out, "\nno term, number or match")?;
        return Ok(());
    }
    let texts = found.terms.iter().map(|t| &t.text);
    let texts = texts.chain(found.numbers.iter().map(|n| &n.text));
    let column = texts.map(|text| width(text)).max().unwrap_or(0).min(40);
    if !found.terms.is_empty() {
        heading(out, "Terms")?;
        terms(&found.terms, column, out)?;
    }
    if !found.numbers.is_empty() {
        heading(out, "Numbers")?;
        for number in &found.numbers {
            let target = styled(style::GOOD, &number.target);
            writeln!(out, "  {}  {target}", padded(&number.text, column))?;
        }
    }
    if !found.used.is_empty() {
        heading(out, "Used before")?;
        for used in &found.used {
            let place = scope(used.scope);
            let target = styled(style::GOOD, &used.target);
            let source = padded(&used.source, column);
            writeln!(out, "  {source}  {target}  {}× in this {place}", used.count)?;
        }
    }
    if !found.matches.is_empty() {
        let some = found.retrieval == Retrieval::Candidates;
        let note = if some {
            " (the best candidates; --exact looks at all)"
        } else {
            ""
        };
        heading(out, &format!("Matches{note}"))?;
        for found in &found.matches {
            one_match(found, out)?;
        }
    }
    if !found.fragments.is_empty() {
        heading(out, "Fragments")?;
        for part in &found.fragments {
            writeln!(
                out,
                "  {}\n    {}",
                part.source,
                styled(style::GOOD, &part.target)
            )?;
        }
    }
    Ok(())
}

fn heading(out: &mut Out, text: &str) -> Result<(), Failure> {
    writeln!(out, "\n{}", styled(style::PLACE.bold(), text))?;
    Ok(())
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Document => "document",
        Scope::Workspace => "workspace",
    }
}

/// Terms in columns: the term, its renderings, where they come from.
fn terms(terms: &[TermHint], column: usize, out: &mut Out) -> Result<(), Failure> {
    let joined = |term: &TermHint| term.leading().join(" · ");
    let widest = terms
        .iter()
        .map(|t| width(&joined(t)))
        .max()
        .unwrap_or(0)
        .min(48);
    for term in terms {
        let sure = if term.sure { " " } else { "?" };
        let preferred = styled(style::GOOD, padded(&joined(term), widest));
        let place = styled(style::FAINT, &term.glossary);
        let subject = if term.subject.is_empty() {
            String::new()
        } else {
            format!("[{}] ", term.subject)
        };
        writeln!(
            out,
            " {sure}{}  {preferred}  {subject}{place}",
            padded(&term.text, column)
        )?;
        let indent = " ".repeat(column + 4);
        if let Some(dates) = term.dates() {
            writeln!(out, "{indent}{}", styled(style::CARE, dates))?;
        }
        if let Some(chosen) = &term.chosen {
            let place = scope(chosen.scope);
            writeln!(
                out,
                "{indent}{} used {}× in this {place}",
                chosen.target, chosen.count
            )?;
        }
        let chosen = term.chosen.as_ref().map(|chosen| &chosen.target);
        let others = term.admitted.iter().filter(|text| Some(*text) != chosen);
        let others: Vec<&str> = others.map(String::as_str).collect();
        if !others.is_empty() {
            writeln!(out, "{indent}also {}", others.join(" · "))?;
        }
        if !term.avoid.is_empty() {
            let avoid = styled(style::BAD, term.avoid.join(" · "));
            writeln!(out, "{indent}not {avoid}")?;
        }
        if !term.note.is_empty() {
            writeln!(out, "{indent}{}", styled(style::FAINT, &term.note))?;
        }
    }
    Ok(())
}

/// A match: score and doubts, the difference, the translation and its repair.
fn one_match(found: &Match, out: &mut Out) -> Result<(), Failure> {
    let score = styled(style::STRONG, format!("{:>4}", found.score));
    let doubts = found.penalties.iter();
    let doubts = doubts.map(|p| format!("−{} {}", p.points(), p.name()));
    let doubts: Vec<_> = doubts.collect();
    let doubts = if doubts.is_empty() {
        String::new()
    } else {
        format!("{}  ", styled(style::CARE, doubts.join(", ")))
    };
    let mut from = vec![
        found.memory.as_str(),
        found.document.as_str(),
        found.when.as_str(),
    ];
    from.retain(|part| !part.is_empty());
    let from = styled(style::FAINT, from.join(" · "));
    writeln!(out, "{score}  {doubts}{from}")?;
    writeln!(out, "      {}", difference(found))?;
    writeln!(out, "      {}", found.target)?;
    if let Some(repaired) = &found.repaired {
        let rest = if repaired.complete {
            ""
        } else {
            "  (differs elsewhere too)"
        };
        writeln!(out, "    ⇒ {}{rest}", styled(style::GOOD, &repaired.target))?;
        for edit in &repaired.edits {
            let edit = format!("{} → {}", edit.from, edit.to);
            writeln!(out, "      {}", styled(style::FAINT, edit))?;
        }
    }
    Ok(())
}

/// The match's source with what the segment lacks and adds, in words a pipe keeps.
fn difference(found: &Match) -> String {
    if found.diff.is_empty() {
        return found.source.clone();
    }
    let pieces = found.diff.iter().map(|piece| match piece.op {
        Op::Equal => piece.text.clone(),
        Op::Delete => styled(style::BAD, format!("[-{}-]", piece.text)),
        Op::Insert => styled(style::GOOD, format!("{{+{}+}}", piece.text)),
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_stands_thrice_is_found_from_the_last_place_on() {
        let all = || ["a", "x", "b", "x", "x"].into_iter();
        assert_eq!(place(all(), "x", 0), Some(1));
        assert_eq!(place(all(), "x", 2), Some(3));
        assert_eq!(place(all(), "x", 4), Some(4));
        assert_eq!(place(all(), "x", 5), Some(1), "from the beginning again");
        assert_eq!(place(all(), "y", 0), None);
    }
}
