//! A row of a glossary file as a concept.

use jiff::civil::Date;

use super::Reader;
use crate::finding::Severity;
use crate::glossary::columns::{Field, REGIONS, Slot, name, nearest};
use crate::lang::Lang;
use crate::model::concept::{
    Concept, ConceptStatus, ConceptType, MatchMode, Origin, Term, TermStatus,
};
use crate::tsv;

/// The longest term that is still one, in characters: a text that long is a mistake
/// (a missing line end), and recognizing it would cost more than it could give.
const LONGEST_TERM: usize = 500;

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

impl Reader<'_> {
    pub(super) fn row(&mut self, fields: &[Option<Field>]) {
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
}

/// The cells of a row as written.
fn row_cells(line: &str) -> std::str::Split<'_, char> {
    match line.strip_prefix('\\') {
        Some(rest) if rest.starts_with('#') => rest.split('\t'),
        _ => line.split('\t'),
    }
}

fn forbidden_control(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
}
