//! Units to findings, one file a check.
//!
//! A check is a record of plain data and one function over a [`View`] of a
//! translation unit; its page (`x.md`) is its help, its documentation and its
//! test. To add one: write `x.rs` and `x.md`, then name it twice below.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::finding::{ConceptRow, Finding, Place, Severity, Side};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::{Lang, Locale};
use crate::recognize::{Hit, Recognizer};
use crate::span::Span;
use crate::text::number::{Quantity, quantities};

mod num_value;
mod seg_tags;
mod seg_untranslated;
mod term_forbidden;
mod term_missing;

/// Every check.
pub const CHECKS: &[Check] = &[
    term_missing::CHECK,
    term_forbidden::CHECK,
    num_value::CHECK,
    seg_tags::CHECK,
    seg_untranslated::CHECK,
];

/// A check: what it is called, how grave its findings are, and how it looks.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its id, in kebab case; it names the fault.
    pub id: &'static str,
    /// How grave its findings are where nothing lowers them.
    pub severity: Severity,
    /// The MQM category.
    pub mqm: &'static str,
    /// Its page: help, documentation and test.
    pub page: &'static str,
    /// Looks at one unit.
    pub run: fn(&View<'_>, &mut Vec<Draft>),
}

/// How grave a rule's findings are, or that it is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// The rule is off.
    Off,
}

impl Level {
    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// The configured severities, by rule.
pub type Levels = BTreeMap<String, Level>;

/// The unit to look at.
#[derive(Debug, Clone)]
pub struct Segment<'a> {
    /// Its document.
    pub path: Arc<Path>,
    /// The line it begins on, from 1.
    pub line: u32,
    /// The source text.
    pub source: &'a str,
    /// The target text.
    pub target: &'a str,
    /// The language translated from.
    pub from: Lang,
    /// What the target is written in.
    pub to: Locale,
    /// The document's date.
    pub date: Option<Date>,
}

/// One text of a unit and what was found in it.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Its terms, leftmost and longest first.
    pub hits: Vec<Hit>,
    /// Its terms, those inside longer ones too.
    pub all: Vec<Hit>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
}

/// What a check sees of a unit.
#[derive(Debug)]
pub struct View<'a> {
    /// The text translated from.
    pub source: Text<'a>,
    /// The text translated to.
    pub target: Text<'a>,
    /// What the target is written in.
    pub to: Locale,
    /// The concepts.
    pub glossary: &'a Glossary,
}

impl<'a> View<'a> {
    /// Recognizes everything once for all checks.
    pub fn new(segment: &Segment<'a>, glossary: &'a Glossary, recognizer: &Recognizer) -> Self {
        let text = |text: &'a str, lang| Text {
            text,
            lang,
            hits: recognizer.find_at(text, lang, segment.date),
            all: recognizer.find_all(text, lang, segment.date),
            quantities: quantities(text, lang),
        };
        Self {
            source: text(segment.source, segment.from),
            target: text(segment.target, segment.to.lang()),
            to: segment.to,
            glossary,
        }
    }

    /// Whether the source names a concept, also inside a longer term.
    pub fn source_names(&self, concept: ConceptId) -> bool {
        names(&self.source.all, concept)
    }

    /// Whether the target names a concept in any form, right or wrong.
    pub fn target_names(&self, concept: ConceptId) -> bool {
        names(&self.target.all, concept)
    }
}

fn names(hits: &[Hit], concept: ConceptId) -> bool {
    let mut senses = hits.iter().flat_map(|h| &h.senses);
    senses.any(|s| s.concept == concept)
}

/// What a check says, before severities are configured and a place is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text it is about.
    pub side: Side,
    /// Where in that text.
    pub span: Span,
    /// The most it may weigh, where the evidence is weak.
    pub at_most: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// Texts that could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// The concept behind it.
    pub concept: Option<ConceptId>,
    /// The place on the other side that belongs to it.
    pub other: Option<Span>,
}

impl Draft {
    /// A finding with full weight and nothing but a place and a sentence.
    pub fn new(side: Side, span: Span, message: String) -> Self {
        Self {
            side,
            span,
            at_most: Severity::Error,
            message,
            suggestions: Vec::new(),
            concept: None,
            other: None,
        }
    }
}

/// The findings of one unit, sorted; none for a unit without a target.
///
/// A finding's place lies in its segment: `place.quote` is the segment's text
/// of that side, and `place.span` and `place.mark` the bytes in it.
pub fn unit(
    segment: &Segment<'_>,
    glossary: &Glossary,
    recognizer: &Recognizer,
    levels: &Levels,
) -> Vec<Finding> {
    if segment.target.trim().is_empty() {
        return Vec::new();
    }
    let view = View::new(segment, glossary, recognizer);
    let mut findings = Vec::new();
    for check in CHECKS {
        let level = levels
            .get(check.id)
            .map_or(Some(check.severity), |l| l.severity());
        let Some(severity) = level else { continue };
        let mut drafts = Vec::new();
        (check.run)(&view, &mut drafts);
        let made = drafts
            .into_iter()
            .map(|d| finding(check, severity, d, segment, glossary));
        findings.extend(made);
    }
    findings.sort_by_key(|f| (f.side == Some(Side::Source), f.place.span, f.rule));
    findings
}

/// A draft with its place and weight.
fn finding(
    check: &Check,
    severity: Severity,
    draft: Draft,
    segment: &Segment<'_>,
    glossary: &Glossary,
) -> Finding {
    let place = |side, span| {
        let text = match side {
            Side::Source => segment.source,
            Side::Target => segment.target,
        };
        let mut place = Place::new(segment.path.clone(), text, span);
        place.line += segment.line.saturating_sub(1);
        place.end_line += segment.line.saturating_sub(1);
        place
    };
    let other = match draft.side {
        Side::Source => Side::Target,
        Side::Target => Side::Source,
    };
    Finding {
        rule: check.id,
        severity: severity.min(draft.at_most),
        place: place(draft.side, draft.span),
        side: Some(draft.side),
        message: draft.message,
        suggestions: draft.suggestions,
        concept: draft.concept.map(|id| row(glossary, id)),
        mqm: check.mqm,
        related: draft
            .other
            .into_iter()
            .map(|span| place(other, span))
            .collect(),
    }
}

/// The glossary row of a concept.
fn row(glossary: &Glossary, id: ConceptId) -> ConceptRow {
    let concept = &glossary[id];
    ConceptRow {
        zh: concept.name(Lang::Zh).to_owned(),
        en: concept.name(Lang::En).to_owned(),
        glossary: concept.origin.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a page's block of one kind.
    fn block<'a>(page: &'a str, kind: &str) -> impl Iterator<Item = &'a str> {
        let start = format!("```{kind}");
        let lines = page.lines().skip_while(move |l| *l != start).skip(1);
        lines.take_while(|l| *l != "```")
    }

    /// What a page's units give, one line a finding.
    fn found(check: &Check) -> Vec<String> {
        let table = block(check.page, "glossary").collect::<Vec<_>>().join("\n") + "\n";
        let parsed = Glossary::parse(Path::new("glossary"), table.as_bytes());
        assert!(
            parsed.findings.is_empty(),
            "{}: {:?}",
            check.id,
            parsed.findings
        );
        let glossary = Glossary {
            concepts: parsed.value,
            files: Vec::new(),
        };
        let recognizer = Recognizer::new(&glossary);
        let mut lines = Vec::new();
        for (line, unit_line) in (1..).zip(block(check.page, "units")) {
            let (source, target) = unit_line.split_once('\t').expect("a tab in every unit");
            let from = crate::text::detect::language(source).unwrap();
            let segment = Segment {
                path: Path::new("units").into(),
                line,
                source,
                target,
                from,
                to: from.other().into(),
                date: None,
            };
            for finding in unit(&segment, &glossary, &recognizer, &Levels::new()) {
                if finding.rule == check.id {
                    let fix = finding.suggestions.join(" / ");
                    let fix = if fix.is_empty() {
                        fix
                    } else {
                        format!(" → {fix}")
                    };
                    lines.push(format!("{}{fix}", finding.short()));
                }
            }
        }
        lines
    }

    #[test]
    fn every_page_tells_the_truth() {
        for check in CHECKS {
            assert!(check.page.starts_with(&format!("# {}\n", check.id)));
            let expected: Vec<_> = block(check.page, "findings").collect();
            assert!(
                !expected.is_empty(),
                "{}: a page without findings",
                check.id
            );
            let found = found(check);
            assert_eq!(found, expected, "{}:\n{}", check.id, found.join("\n"));
        }
    }

    #[test]
    fn a_rule_can_be_off_or_lowered() {
        let parsed = Glossary::parse(
            Path::new("g"),
            "zh\ten\n能源部\tDepartment of Energy\n".as_bytes(),
        );
        let glossary = Glossary {
            concepts: parsed.value,
            files: Vec::new(),
        };
        let recognizer = Recognizer::new(&glossary);
        let segment = Segment {
            path: Path::new("a.md").into(),
            line: 7,
            source: "能源部表示",
            target: "The ministry said",
            from: Lang::Zh,
            to: Locale::En,
            date: None,
        };
        let with = |level| {
            let levels = Levels::from([("term-missing".to_owned(), level)]);
            unit(&segment, &glossary, &recognizer, &levels)
        };
        assert_eq!(with(Level::Note)[0].severity, Severity::Note);
        assert_eq!(with(Level::Error)[0].place.line, 7);
        assert!(with(Level::Off).is_empty());
    }
}
