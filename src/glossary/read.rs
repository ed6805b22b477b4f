//! A glossary file to concepts. What cannot be used is a finding with its line
//! and the reason, and the rest is read on.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::columns::{Field, REGIONS, Slot, field, name, near, nearest};
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::lang::Lang;
use crate::model::concept::{
    Concept, ConceptStatus, ConceptType, MatchMode, Origin, Term, TermStatus,
};
use crate::span::{Span, column, halves};
use crate::text::chars::is_han;
use crate::text::decode::{Decoded, decode, not_utf8};
use crate::tsv;

/// The rule of a row or file that is not well formed.
pub(super) const RULE: &str = "gl-syntax";

/// The longest term that is still one, in characters: a text that long is a mistake
/// (a missing line end), and recognizing it would cost more than it could give.
const LONGEST_TERM: usize = 500;

/// The most of a line that is shown, in bytes.
const LONGEST_QUOTE: usize = 400;

/// The concepts of a glossary file's bytes, in order.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Parsed<Vec<Concept>> {
    read_text(path, bytes, &decode(bytes)).0
}

/// What the columns of a file hold; `None` for one that is not known.
pub(super) type Fields = Vec<Option<Field>>;

/// The concepts of a glossary file that was decoded, and what its columns hold.
pub(super) fn read_text(
    path: &Path,
    bytes: &[u8],
    decoded: &Decoded,
) -> (Parsed<Vec<Concept>>, Fields) {
    let (parsed, fields, _) = read_marked(path, bytes, decoded);
    (parsed, fields)
}

/// The same, with the lines that have to be read again to have a part of it.
pub(super) fn read_marked(
    path: &Path,
    bytes: &[u8],
    decoded: &Decoded,
) -> (Parsed<Vec<Concept>>, Fields, Marks) {
    let mut reader = Reader::new(path.into(), decoded.bom && decoded.encoding == "UTF-8");
    if decoded.damaged && decoded.encoding == "UTF-8" {
        reader.bad = not_utf8(bytes).into_iter().collect();
    }
    reader.encoding(decoded);
    reader.file(&decoded.text);
    let parsed = Parsed {
        value: reader.concepts,
        findings: reader.findings,
    };
    (parsed, reader.fields.unwrap_or_default(), reader.marks)
}

/// The findings of a file of which only some lines are read again: the first
/// row and all that something was found in. `text` is the beginning of the file.
pub(super) fn read_again<'t>(
    path: &Arc<Path>,
    bom: bool,
    text: &'t str,
    lines: impl Iterator<Item = (Mark, &'t str)>,
) -> (Vec<Finding>, Fields) {
    let mut reader = Reader::new(path.clone(), bom);
    let begin = reader.offset;
    reader.line = text.lines().next().unwrap_or("");
    reader.mark(bom);
    for (mark, line) in lines {
        reader.offset = begin + mark.offset as usize;
        reader.number = mark.line;
        reader.next(line, text);
    }
    (reader.findings, reader.fields.unwrap_or_default())
}

/// The concepts of some rows, of which the first is in a line of this number.
pub(super) fn read_rows(path: &Arc<Path>, fields: &Fields, rows: &str, line: u32) -> Vec<Concept> {
    let mut reader = Reader::new(path.clone(), false);
    reader.fields = Some(fields.clone());
    reader.number = line;
    reader.file(rows);
    reader.concepts
}

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it begins, in bytes of the text.
    pub offset: u64,
    /// Its number, from 1.
    pub line: u32,
}

/// Lines of a file that tell of the others.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The rows of the first concept of each [`BLOCK`].
    pub blocks: Vec<Mark>,
    /// The first row, and the lines that something was found in.
    pub findings: Vec<Mark>,
}

/// How many concepts are read together where one of them is asked for.
pub(super) const BLOCK: usize = 16;

/// What each column of a file without a header holds, where it can be one: two
/// or three columns, Chinese in one of the first two.
pub(super) fn headerless(text: &str) -> Option<Vec<Field>> {
    let rows: Vec<&str> = tsv::rows(text).map(|(_, row)| row).take(50).collect();
    let fits = |width: &usize| (2..=3).contains(width);
    let mut widths = rows.iter().map(|row| row.split('\t').count());
    // The first row need not have a remark where others do.
    let width = widths.next().filter(fits)?;
    let width = widths.filter(fits).fold(width, usize::max);
    let han = |cell: usize| {
        let cells = rows.iter().filter_map(|row| row.split('\t').nth(cell));
        cells.filter(|cell| cell.contains(is_han)).count()
    };
    let (left, right) = (han(0), han(1));
    let (first, second) = match () {
        () if left == 0 && right == 0 => return None,
        () if left >= right => (Lang::Zh, Lang::En),
        () => (Lang::En, Lang::Zh),
    };
    let mut fields = vec![
        Field::Terms(first, Slot::Preferred),
        Field::Terms(second, Slot::Preferred),
    ];
    fields.extend((width == 3).then_some(Field::Note));
    Some(fields)
}

/// Reads line by line; knows where it is, so that every finding has a place.
struct Reader<'t> {
    path: Arc<Path>,
    /// The columns, once the header has been read; `None` for an unknown one.
    fields: Option<Vec<Option<Field>>>,
    /// Where the line begins, in bytes of the file.
    offset: usize,
    /// The line, without its end.
    line: &'t str,
    /// Its number, from 1.
    number: u32,
    concepts: Vec<Concept>,
    /// Lines that are not UTF-8 in a file that is: the first such byte, from 1.
    bad: HashMap<u32, usize>,
    findings: Vec<Finding>,
    /// Whether a line that ends in CR LF has been found.
    crlf: bool,
    /// How long the mark before the text is, in bytes.
    bom: usize,
    marks: Marks,
}

impl<'t> Reader<'t> {
    fn new(path: Arc<Path>, bom: bool) -> Self {
        let bom = if bom { '\u{FEFF}'.len_utf8() } else { 0 };
        Self {
            path,
            fields: None,
            offset: bom,
            line: "",
            number: 1,
            concepts: Vec::new(),
            bad: HashMap::new(),
            findings: Vec::new(),
            crlf: false,
            bom,
            marks: Marks::default(),
        }
    }

    fn file(&mut self, text: &'t str) {
        for whole in text.split_inclusive('\n') {
            self.next(whole, text);
            self.offset += whole.len();
            self.number += 1;
        }
        if self.fields.is_none() {
            (self.line, self.number) = ("", 1);
            self.find(
                Severity::Warning,
                None,
                "the glossary is empty: it begins with a row that names its columns, at least `zh` and `en`, parted by a tab",
            );
        }
    }

    /// Reads a line, given with its end, of a text.
    fn next(&mut self, whole: &'t str, text: &'t str) {
        let before = (
            self.fields.is_some(),
            self.concepts.len(),
            self.findings.len(),
        );
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        self.line = line.strip_suffix('\r').unwrap_or(line);
        if self.line.len() != line.len() && !self.crlf {
            self.crlf = true;
            self.find(
                Severity::Note,
                None,
                "lines end in CR LF here; they are read, and kept when the file is rewritten",
            );
        }
        if tsv::is_row(self.line) {
            match self.fields.take() {
                Some(fields) => {
                    self.row(&fields);
                    self.fields = Some(fields);
                }
                None => self.first(text),
            }
        }
        let mark = Mark {
            offset: (self.offset - self.bom) as u64,
            line: self.number,
        };
        if self.concepts.len() > before.1 && before.1.is_multiple_of(BLOCK) {
            self.marks.blocks.push(mark);
        }
        if self.findings.len() > before.2 || self.fields.is_some() != before.0 {
            self.marks.findings.push(mark);
        }
    }

    fn encoding(&mut self, read: &'t Decoded) {
        self.line = read.text.lines().next().unwrap_or("");
        if read.damaged && read.encoding == "UTF-8" {
            // Each row that is damaged says so itself.
            let count = self.bad.len();
            let rows = if count == 1 { "line" } else { "lines" };
            self.find(
                Severity::Warning,
                None,
                format!("read as UTF-8, which {count} {rows} of it cannot be"),
            );
        } else if read.guessed || !read.encoding.starts_with("UTF-8") {
            let how = if read.guessed { " (a guess)" } else { "" };
            self.find(
                Severity::Warning,
                None,
                format!(
                    "not UTF-8: read as {}{how}; save it as UTF-8, so that nothing has to be guessed",
                    read.encoding
                ),
            );
        } else {
            self.mark(read.bom);
        }
    }

    fn mark(&mut self, bom: bool) {
        if bom {
            self.find(
                Severity::Note,
                None,
                "begins with a byte-order mark, which nothing here needs",
            );
        }
    }

    /// The first row: the header, or in a file without one the first of the rows.
    fn first(&mut self, text: &str) {
        let names: Vec<&str> = self.line.split('\t').collect();
        let mut fields: Vec<Option<Field>> = names.iter().map(|n| field(n)).collect();
        let terms = |f: &Option<Field>| matches!(f, Some(Field::Terms(..)));
        if fields.iter().any(terms) {
            self.header(&names, &mut fields);
            self.fields = Some(fields);
            return;
        }
        if let Some(columns) = headerless(text) {
            let read = columns.iter().map(|f| format!("`{}`", name(*f)));
            let read: Vec<String> = read.collect();
            self.find(
                Severity::Note,
                None,
                format!(
                    "no row names the columns: they are read as {}",
                    read.join(", ")
                ),
            );
            let fields: Vec<_> = columns.into_iter().map(Some).collect();
            self.row(&fields);
            self.fields = Some(fields);
            return;
        }
        let help = match near(names.first().copied().unwrap_or("")) {
            Some(near) => format!("; is the first one `{near}`?"),
            None => String::new(),
        };
        self.find(
            Severity::Error,
            None,
            format!(
                "no column of terms: the first row names the columns, at least `zh` and `en`, parted by a tab{help}; no row of this file is read"
            ),
        );
        self.fields = Some(Vec::new());
    }

    fn header(&mut self, names: &[&str], fields: &mut [Option<Field>]) {
        for at in 0..fields.len() {
            let written = names.get(at).copied().unwrap_or("").trim();
            let (before, rest) = fields.split_at_mut(at);
            let Some(this) = rest.first_mut() else { break };
            if this.is_some() && before.contains(this) {
                *this = None;
                self.find(
                    Severity::Error,
                    Some(at),
                    format!("the column `{written}` is named twice; only the first is read"),
                );
            } else if this.is_none() {
                let (severity, message) = match near(written) {
                    _ if written.is_empty() => (
                        Severity::Note,
                        "a column without a name: it is kept, and not read".to_owned(),
                    ),
                    Some(near) => (
                        Severity::Warning,
                        format!(
                            "unknown column `{written}`: is it `{near}`? It is kept, and not read"
                        ),
                    ),
                    None => (
                        Severity::Note,
                        format!("unknown column `{written}`: it is kept, and not read"),
                    ),
                };
                self.find(severity, Some(at), message);
                if let (Some(near), Some(finding)) = (near(written), self.findings.last_mut()) {
                    finding.suggestions.push(near.to_owned());
                }
            }
        }
    }

    fn row(&mut self, fields: &[Option<Field>]) {
        if fields.is_empty() {
            return; // the header could not be read, and that has been said
        }
        self.characters();
        let line = self.line;
        let mut concept = Concept {
            origin: Origin {
                path: self.path.clone(),
                line: self.number,
            },
            ..Concept::default()
        };
        let mut terms: [Vec<(Slot, Term)>; 2] = Default::default();
        let mut cells = 0;
        for (at, written) in row_cells(line).enumerate() {
            cells = at + 1;
            match fields.get(at) {
                Some(Some(Field::Terms(lang, slot))) => {
                    for text in tsv::split_terms(written) {
                        if let Some(term) = self.term(at, *slot, &text) {
                            terms[usize::from(*lang == Lang::En)].push((*slot, term));
                        }
                    }
                }
                Some(Some(field)) => self.cell(&mut concept, at, *field, written.trim()),
                Some(None) => {}
                None if written.trim().is_empty() => {}
                None => {
                    self.find(
                        Severity::Error,
                        Some(at),
                        format!(
                            "more cells than the {} columns the header names: this one is not read",
                            fields.len()
                        ),
                    );
                    break;
                }
            }
        }
        let [mut zh, mut en] = terms;
        if concept.kind == ConceptType::Dnt {
            // Not translated: the one form stands in both languages.
            match (zh.is_empty(), en.is_empty()) {
                (true, false) => zh.clone_from(&en),
                (false, true) => en.clone_from(&zh),
                _ => {}
            }
        }
        for (lang, mut list) in [(Lang::Zh, zh), (Lang::En, en)] {
            list.sort_by_key(|(slot, _)| *slot);
            concept.terms[lang] = list.into_iter().map(|(_, term)| term).collect();
        }
        if concept.terms.zh.is_empty() && concept.terms.en.is_empty() {
            self.find(
                Severity::Error,
                None,
                "a row without any term: it is not read",
            );
            return;
        }
        if cells == 1 && fields.len() > 1 && line.trim().contains("  ") {
            self.find(
                Severity::Warning,
                None,
                "no tab in this row: are its cells parted by spaces?",
            );
        } else {
            self.one_sided(&concept);
        }
        if let (Some(from), Some(to)) = (concept.valid_from, concept.valid_to)
            && from > to
        {
            self.find(
                Severity::Error,
                None,
                format!("valid_from {from} is later than valid_to {to}"),
            );
        }
        self.concepts.push(concept);
    }

    /// A term without a rendering, unless the row is there to forbid something.
    fn one_sided(&mut self, concept: &Concept) {
        let mut terms = concept.terms.zh.iter().chain(&concept.terms.en);
        if terms.any(|term| term.status == TermStatus::Deprecated) {
            return;
        }
        let missing = match (concept.terms.zh.is_empty(), concept.terms.en.is_empty()) {
            (false, true) => "English",
            (true, false) => "Chinese",
            _ => return,
        };
        self.find(
            Severity::Warning,
            None,
            format!("has no {missing} term: it is recognized but has no rendering"),
        );
    }

    fn term(&mut self, at: usize, slot: Slot, text: &str) -> Option<Term> {
        let text = text.replace(forbidden_control, "");
        let length = text.chars().count();
        if length > LONGEST_TERM {
            self.find(
                Severity::Error,
                Some(at),
                format!(
                    "a term of {length} characters: more than {LONGEST_TERM} are taken for a mistake, and not read"
                ),
            );
            return None;
        }
        if text.is_empty() {
            return None;
        }
        Some(Term {
            status: match slot {
                Slot::Preferred | Slot::Regional(_) => TermStatus::Preferred,
                Slot::Admitted | Slot::Abbreviation => TermStatus::Admitted,
                Slot::Avoid => TermStatus::Deprecated,
            },
            abbreviation: slot == Slot::Abbreviation,
            locale: match slot {
                Slot::Regional(region) => REGIONS.get(usize::from(region)).copied(),
                _ => None,
            },
            text: text.into(),
        })
    }

    fn cell(&mut self, concept: &mut Concept, at: usize, field: Field, written: &str) {
        if written.is_empty() {
            return;
        }
        let text = || -> Box<str> { tsv::unescape(written).as_ref().into() };
        let examples = || tsv::split_terms(written).into_iter().map(Into::into);
        match field {
            Field::Terms(..) | Field::Updated | Field::By => {}
            Field::Subject => concept.subject = text(),
            Field::SupersededBy => concept.superseded_by = text(),
            Field::Definition => concept.definition = text(),
            Field::Note => concept.note = text(),
            Field::Source => concept.source = text(),
            Field::Id => concept.id = text(),
            Field::Good => concept.good = examples().collect(),
            Field::Bad => concept.bad = examples().collect(),
            Field::Type => concept.kind = self.word(at, field, written, &TYPES),
            Field::Match => concept.matching = self.word(at, field, written, &MATCHES),
            Field::Status => concept.status = self.word(at, field, written, &STATUSES),
            Field::ValidFrom => concept.valid_from = self.date(at, written),
            Field::ValidTo => concept.valid_to = self.date(at, written),
        }
    }

    /// One of a few words; anything else is a finding and the default.
    fn word<T: Copy + Default>(
        &mut self,
        at: usize,
        field: Field,
        written: &str,
        words: &[(&'static str, T)],
    ) -> T {
        let given = written.to_lowercase();
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == given) {
            return *value;
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.find(
            Severity::Error,
            Some(at),
            format!(
                "`{written}` is no `{}`: use one of {}; read as `{}`",
                name(field),
                known.join(", "),
                known.first().unwrap_or(&"")
            ),
        );
        if let (Some(near), Some(finding)) =
            (nearest(&given, known.into_iter()), self.findings.last_mut())
        {
            finding.suggestions.push(near.to_owned());
        }
        T::default()
    }

    fn date(&mut self, at: usize, written: &str) -> Option<Date> {
        let date = written.parse().ok();
        if date.is_none() {
            self.find(
                Severity::Error,
                Some(at),
                format!("`{written}` is no date: write dates like 2025-11-24; it is not read"),
            );
        }
        date
    }

    /// Characters that no cell should hold.
    fn characters(&mut self) {
        if let Some(at) = self.bad.get(&self.number) {
            let message = format!(
                "not UTF-8 at byte {at} of this line; `\u{FFFD}` stands for what cannot be read"
            );
            self.find(Severity::Error, None, message);
        } else if self.line.contains('\u{FFFD}') {
            self.find(
                Severity::Error,
                None,
                "bytes here mean nothing in the file's encoding; `\u{FFFD}` stands for them",
            );
        }
        if let Some(c) = self.line.chars().find(|&c| forbidden_control(c)) {
            self.find(
                Severity::Error,
                None,
                format!(
                    "a control character (U+{:04X}) in this row: it is left out of the terms",
                    u32::from(c)
                ),
            );
        }
    }

    /// A finding on this line, or on one of its cells.
    fn find(&mut self, severity: Severity, cell: Option<usize>, message: impl Into<String>) {
        let place = self.place(cell);
        self.findings
            .push(Finding::syntax(RULE, severity, place, message));
    }

    fn place(&self, cell: Option<usize>) -> Place {
        let whole = self.line;
        let at = cell.map_or(Span::all(whole), |cell| cell_span(whole, cell));
        // A line of megabytes is not repeated in every finding about it.
        let (quote, mark) = if whole.len() <= LONGEST_QUOTE {
            (whole, at)
        } else {
            let (head, _) = halves(at.of(whole), LONGEST_QUOTE);
            (head, Span::all(head))
        };
        Place {
            path: self.path.clone(),
            line: self.number,
            column: column(whole, at.start as usize),
            end_line: self.number,
            end_column: column(whole, at.end as usize),
            span: at.shifted(self.offset),
            quote: quote.to_owned(),
            mark,
            beyond: String::new(),
        }
    }
}

/// The cells of a row as written.
fn row_cells(line: &str) -> std::str::Split<'_, char> {
    match line.strip_prefix('\\') {
        Some(rest) if rest.starts_with('#') => rest.split('\t'),
        _ => line.split('\t'),
    }
}

fn cell_span(line: &str, cell: usize) -> Span {
    let mut start = 0;
    for (at, text) in line.split('\t').enumerate() {
        if at == cell {
            return Span::new(start, start + text.len());
        }
        start += text.len() + 1;
    }
    Span::all(line)
}

fn forbidden_control(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
}

const TYPES: [(&str, ConceptType); 8] = [
    ("term", ConceptType::Term),
    ("person", ConceptType::Person),
    ("organization", ConceptType::Organization),
    ("program", ConceptType::Program),
    ("law", ConceptType::Law),
    ("place", ConceptType::Place),
    ("title", ConceptType::Title),
    ("dnt", ConceptType::Dnt),
];

const MATCHES: [(&str, MatchMode); 5] = [
    ("auto", MatchMode::Auto),
    ("exact", MatchMode::Exact),
    ("case", MatchMode::Case),
    ("strict", MatchMode::Strict),
    ("prefix", MatchMode::Prefix),
];

const STATUSES: [(&str, ConceptStatus); 2] = [
    ("approved", ConceptStatus::Approved),
    ("proposed", ConceptStatus::Proposed),
];

#[cfg(test)]
mod tests;
