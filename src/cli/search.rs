//! `zm search QUERY`: concordance.

use std::io::Write;

use serde_json::{Value, json};

use super::out::{Exit, Failure, Format, Out, flat, style, styled};
use super::{Global, memory};
use crate::error::Error;
use crate::glossary::{How, lookup};
use crate::lang::Lang;
use crate::memory::{ConcordanceHit, Mode, Query};
use crate::project::Project;
use crate::span::{Span, halves};
use crate::suggest::rendering::Found;
use crate::text::code::without_tags;
use crate::text::count::plural;
use crate::text::width::width;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Width, case, and traditional or simplified characters make no difference.
Renderings are counted by the units that have them: those of the glossaries, in
any inflection, and in the other units the words that several of them share.
The exit code is 1 where nothing is found, 2 where there is no memory.

Examples:
  zm search 供应链
  zm search --mode keyword \"export chips\"
  zm search --mode regex --lang en \"control(s|led)?\"
  zm search --mode pinyin csjh")]
pub(crate) struct Args {
    /// A word, a phrase or a pattern
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// exact: the words in a row; keyword: all words, in any order; regex: a pattern; pinyin: Chinese by its pinyin or the first letters of it
    #[arg(long, value_enum, default_value = "exact")]
    mode: Meaning,
    /// Look in one language only
    #[arg(long, value_name = "zh|en")]
    lang: Option<Lang>,
    /// The most units shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the query is meant, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Meaning {
    Exact,
    Keyword,
    Regex,
    Pinyin,
}

impl From<Meaning> for Mode {
    fn from(how: Meaning) -> Self {
        match how {
            Meaning::Exact => Self::Exact,
            Meaning::Keyword => Self::Keyword,
            Meaning::Regex => Self::Regex,
            Meaning::Pinyin => Self::Pinyin,
        }
    }
}

/// The units that renderings are counted over.
const COUNTED: usize = 1000;
/// The renderings shown with their counts.
const SHOWN: usize = 6;
/// The columns on each side of a hit.
const SIDE: usize = 30;

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let text = self.query.join(" ");
        if text.trim().is_empty() {
            return Err(Error::Usage("no query: zm search 供应链".into()).into());
        }
        let project = global.project()?;
        // Where there is nothing to look in, nothing found would say too much.
        memory::files(&project)?;
        let memory = project.memory()?;
        out.notices(&memory.findings);
        let found = memory.value.concordance(&Query {
            text: text.clone(),
            mode: self.mode.into(),
            lang: self.lang,
            limit: self.limit.max(COUNTED),
        })?;
        let found = Found::with(found, &known(&project, &text)?);
        let hits = found.hits.iter().zip(&found.renderings).take(self.limit);
        if self.format == Format::Json {
            let counted: Vec<_> = found
                .counts
                .iter()
                .map(|(text, count)| json!({"text": text, "count": count}))
                .collect();
            let all = json!({
                "schema": "zhengming.search/1",
                "query": text,
                "total": found.total,
                "renderings": counted,
                "hits": hits.map(|(hit, rendering)| entry(hit, *rendering)).collect::<Vec<_>>(),
            });
            out.json_pretty(&all)?;
        } else if found.total == 0 {
            out.note(format!("{text}: in no unit of the memory"));
            if matches!(self.mode, Meaning::Exact) && text.split_whitespace().count() > 1 {
                out.note("as these words in a row; --mode keyword finds them in any order");
            }
        } else {
            writeln!(out, "{}", plural(found.total, "unit"))?;
            if !found.counts.is_empty() {
                let shown = found.counts.iter().take(SHOWN);
                let counts = shown.map(|(text, times)| format!("{text} {times}×"));
                writeln!(out, "{}", counts.collect::<Vec<_>>().join("  "))?;
            }
            for (hit, rendering) in hits {
                kwic(hit, *rendering, out)?;
            }
            if found.total > self.limit {
                let more = found.total - self.limit;
                out.note(format!("{more} more; --limit shows them"));
            }
        }
        Ok(if found.total == 0 {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

/// What the glossaries render the query as.
fn known(project: &Project, query: &str) -> Result<Vec<String>, Failure> {
    let glossary = project.glossary()?.value;
    let found = lookup(&glossary, query).into_iter();
    let sure = found.filter(|f| matches!(f.how, How::Exact | How::Inflected));
    let terms = sure.flat_map(|one| &glossary[one.concept].terms[one.lang.other()]);
    Ok(terms.map(|term| term.text.to_string()).collect())
}

/// A unit as JSON.
fn entry(hit: &ConcordanceHit, rendering: Option<Span>) -> Value {
    let span = |s: &Span| json!({"byte_start": s.start, "byte_end": s.end});
    let entry = &hit.entry;
    json!({
        "lang": hit.lang,
        "spans": hit.spans.iter().map(span).collect::<Vec<_>>(),
        "rendering": rendering.as_ref().map(span),
        "zh": entry.zh,
        "en": entry.en,
        "from": entry.from,
        "state": entry.state,
        "memory": *entry.memory,
        "line": entry.line,
        "document": entry.document,
        "when": entry.when,
        "who": entry.who,
    })
}

/// The query in its context, in one column with the others, and the other side below; without
/// tags, which would leave no room for words.
fn kwic(hit: &ConcordanceHit, rendering: Option<Span>, out: &mut Out) -> Result<(), Failure> {
    let text = hit.entry.text(hit.lang);
    let first = hit.spans.first().copied().unwrap_or_default();
    let (before, _) = halves(text, first.start as usize);
    let (_, after) = halves(text, first.end as usize);
    let left = tail(before, SIDE);
    let right = head(after, SIDE);
    let keyword = styled(style::GOOD.bold(), words(first.of(text)));
    let indent = " ".repeat(SIDE.saturating_sub(width(&left)));
    writeln!(out, "\n{indent}{left}{keyword}{right}")?;
    let other = hit.entry.text(hit.lang.other());
    writeln!(out, "    {}", highlighted(other, rendering))?;
    let mut from = vec![
        &*hit.entry.memory,
        hit.entry.document.as_str(),
        hit.entry.when.as_str(),
    ];
    from.retain(|part| !part.is_empty());
    writeln!(out, "    {}", styled(style::FAINT, flat(&from.join(" · "))))?;
    Ok(())
}

/// A text on one line, without tags.
fn words(text: &str) -> String {
    flat(&without_tags(text))
}

/// A text in which the rendering stands out, on one line.
fn highlighted(text: &str, rendering: Option<Span>) -> String {
    let Some(span) = rendering else {
        return words(text);
    };
    let (before, _) = halves(text, span.start as usize);
    let (_, after) = halves(text, span.end as usize);
    let marked = styled(style::GOOD, words(span.of(text)));
    format!("{}{marked}{}", words(before), words(after))
}

/// The end of a text in so many columns, with `…` where something is left out.
fn tail(text: &str, columns: usize) -> String {
    let text = words(text);
    if width(&text) <= columns {
        return text;
    }
    let mut kept: Vec<char> = Vec::new();
    let mut taken = 1;
    for c in text.chars().rev() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > columns {
            break;
        }
        kept.push(c);
    }
    let end: String = kept.into_iter().rev().collect();
    format!("…{end}")
}

/// The beginning of a text in so many columns.
fn head(text: &str, columns: usize) -> String {
    let text = words(text);
    if width(&text) <= columns {
        return text;
    }
    let mut taken = 1;
    let fits = text.chars().take_while(|c| {
        taken += width(c.encode_utf8(&mut [0; 4]));
        taken <= columns
    });
    let start: String = fits.collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_of_several_lines_is_shown_on_one() {
        let text = "The first\r\nline:\tsupply\nchain\u{1b}[2J.";
        let span = Span::find(text, "supply\nchain");
        let marked = styled(style::GOOD, "supply chain");
        let shown = format!("The first line: {marked} [2J.");
        assert_eq!(highlighted(text, span), shown);
        assert_eq!(highlighted("a\nb", None), "a b");
        assert_eq!(
            (head("a\nbc", 9).as_str(), tail("a\tb", 9).as_str()),
            ("a bc", "a b")
        );
    }

    #[test]
    fn tags_take_no_room_from_words() {
        let text = r#"必须<bpt i="1" type="2" x="1"/>加快<ept i="1"/>建设<ph x="2"/>。"#;
        assert_eq!(tail(text, 20), "必须加快建设□。");
        assert_eq!(head(text, 7), "必须加…");
        assert_eq!(highlighted(text, None), "必须加快建设□。");
    }
}
