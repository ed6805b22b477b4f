//! Why a hit is one: what was found, where that comes from, what was decided.

use super::edges::{Fit, Words};
use super::engine::{Candidate, FormId, Places, seamless};
use super::forms::How;
use super::record::FormSense;
use super::{Hit, Recognizer, Search, Verdict, case};
use crate::lang::Lang;
use crate::model::concept::{MatchMode, TermStatus};
use crate::text::chars::{is_han, quoted};
use crate::text::code::codes;
use crate::text::fold::Folded;

impl Recognizer {
    /// Why a hit of [`find`](Self::find) is one, in lines for the user: its
    /// form and how it was made, the glossary row, its edges, its capitals,
    /// and the longer forms at its place with the reason why they are none.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{glossary::Glossary, lang::Lang, recognize::Recognizer};
    /// let mut glossary = Glossary::default();
    /// let path = Path::new("a.tsv");
    /// let file = "en\nNew York\nNew York City\n";
    /// glossary.add(path, Glossary::parse(path, file.as_bytes()).value);
    /// let recognizer = Recognizer::new(&glossary);
    /// let text = "the New York Cityscape";
    /// let hits = recognizer.find(text, Lang::En);
    /// let why = recognizer.explain(text, Lang::En, &hits[0]).join("\n");
    /// assert!(why.contains("a.tsv:2") && why.contains("“New York City”: the word goes on"), "{why}");
    /// ```
    pub fn explain(&self, text: &str, lang: Lang, hit: &Hit) -> Vec<String> {
        let folded = Folded::without(text, &codes(text));
        let search = Search {
            text,
            folded: &folded,
            lang,
            date: None,
            all: true,
        };
        let (mut found, mut broken) = (Vec::new(), Vec::new());
        let haystack = seamless(&folded.text);
        self.candidates(
            lang,
            &haystack,
            &mut Places::default(),
            &mut found,
            |span, form| {
                broken.push((span, form));
            },
        );
        let mut words = Words::default();
        let mut lines = Vec::new();
        let here = |c: &&Candidate| folded.original(c.span()) == hit.span;
        let there: Vec<Candidate> = found.iter().filter(here).copied().collect();
        if let Some(candidate) = there.first() {
            self.made(&search, &there, hit, &mut lines);
            Self::edges(&search, *candidate, &mut words, &mut lines);
        }
        if !hit.sure && lang == Lang::En {
            lines.push("doubtful: all letters of the text are capitals".into());
        }
        // What else stands over this place, and why it was not taken.
        for candidates in found.chunk_by(|a, b| a.span() == b.span()) {
            let Some(candidate) = candidates.first() else {
                continue;
            };
            let span = folded.original(candidate.span());
            if span.overlaps(hit.span) && span != hit.span {
                let name = self.name(lang, candidate.form);
                match self.judge(&search, candidates, &mut words) {
                    Verdict::Refused(reason) => lines.push(format!("not “{name}”: {reason}")),
                    Verdict::Hit(other) if hit.span.contains(other.span) => {
                        lines.push(format!("“{name}” is inside of it: the longer one counts"));
                    }
                    Verdict::Hit(_) => {
                        lines.push(format!("“{name}” stands over it as well"));
                    }
                }
            }
        }
        // Where a form of another part is kept, its place has been spoken of.
        broken.retain(|(span, _)| !found.iter().any(|c| c.span() == *span));
        for (span, form) in broken {
            // That policy is none where policies is one goes without saying.
            let own = self.senses(lang, form).all(|form| {
                let mut senses = hit.senses.iter();
                senses.any(|sense| (sense.concept, sense.term) == (form.concept, form.term))
            });
            if folded.original(span).overlaps(hit.span) && !own {
                let name = self.name(lang, form);
                lines.push(format!("not “{name}”: the word goes on"));
            }
        }
        lines
    }

    /// What form it is and from which row.
    fn made(&self, search: &Search<'_>, there: &[Candidate], hit: &Hit, lines: &mut Vec<String>) {
        for sense in &hit.senses {
            let mut forms = there.iter().flat_map(|at| {
                let forms = self.senses(search.lang, at.form);
                forms.map(move |form| (at, form))
            });
            let same = |f: &FormSense| (f.concept, f.term) == (sense.concept, sense.term);
            let Some((at, form)) = forms.find(|(_, form)| same(form)) else {
                continue;
            };
            let term = self.term(search.lang, &form);
            let origin = self.glossary[sense.concept].origin.to_string();
            let hyphens = at.span().of(&search.folded.text).matches('-').count();
            let how = match form.how {
                How::Itself if usize::from(form.hyphens) != hyphens => {
                    "is, but for hyphens and spaces,"
                }
                How::Itself => "is the term",
                How::Inflected => "is a form of",
                How::Spacing => "is, but for hyphens and spaces,",
                How::Regional => "is another region's form of",
                How::Marks => "is, but for its marks,",
            };
            let status = match sense.status {
                TermStatus::Preferred => "preferred",
                TermStatus::Admitted => "admitted",
                TermStatus::Deprecated => "deprecated",
                TermStatus::Superseded => "superseded at this date",
            };
            let place = hit.span.of(search.text);
            let (place, name) = (quoted(place), quoted(term));
            lines.push(format!("{place} {how} {name} ({origin}), {status}"));
            let case = match form.matching {
                MatchMode::Case => "case: every letter as in the term",
                _ if case::asks(term) => "case: the term's capitals are there",
                _ => "case: the term is in small letters, so any will do",
            };
            if term.contains(char::is_alphabetic) && !all_han(term) {
                lines.push(case.into());
            }
        }
    }

    /// What was decided of its edges.
    fn edges(search: &Search<'_>, at: Candidate, words: &mut Words, lines: &mut Vec<String>) {
        let line = match (at.short, at.ends) {
            (0, false) => "edges: the word goes on, which the term allows (prefix)",
            (0, true) if all_han(at.span().of(&search.folded.text)) => {
                "edges: three characters or more; where words begin and end is not asked"
            }
            (0, true) => "edges: no letter or digit goes on before or behind it",
            (_, _) => match words.fit(&search.folded.text, at.span()) {
                Fit::Word => "edges: words begin and end there",
                Fit::Piece | Fit::Inside => "edges: perhaps a part of a longer word; doubtful",
            },
        };
        lines.push(line.into());
    }

    /// The first term a form stands for.
    fn name(&self, lang: Lang, form: FormId) -> &str {
        let first = self.senses(lang, form).next();
        first.map_or("", |form| self.term(lang, &form))
    }
}

fn all_han(text: &str) -> bool {
    text.chars().all(is_han)
}
