//! Characters of the other script.

use super::prose::{SIDES, enclosed, letters, texts};
use super::{Check, Draft, Level, Paper, Run, Text};
use crate::finding::{Severity, Side};
use crate::lang::{Lang, Locale};
use crate::model::concept::ConceptType;
use crate::span::{Span, halves};
use crate::text::chars::{quoted, simplified};
use crate::text::script::{Tally, of_char};
use crate::text::written::passage;

pub(super) const CHECK: Check = Check {
    id: "script-mixed",
    level: Level::Warning,
    mqm: "linguistic-conventions/spelling",
    page: include_str!("script_mixed.md"),
    run: Run::Paper(run),
};

/// A passage with so many characters of the other script and none of its own
/// document's is written in that script.
const PASSAGE: usize = 4;

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    for side in SIDES {
        let chinese = || texts(paper, side).filter(|text| text.lang == Lang::Zh);
        let mut all = Tally::default();
        let mut tallies = Vec::new();
        for text in chinese() {
            let mut own = Tally::default();
            own.add(text.text);
            all.simplified += own.simplified;
            all.traditional += own.traditional;
            tallies.push((text, own));
        }
        let (most, least) = (
            all.simplified.max(all.traditional),
            all.simplified.min(all.traditional),
        );
        // What the document is in by its own characters; a short one by what it is said to be in.
        let said = chinese().next().map(|text| text.locale.traditional());
        let traditional = match all.script() {
            // A text said to be in traditional characters is meant to be.
            Some(script) if most >= 3 * least => script != Locale::Hans || said == Some(true),
            _ => said.unwrap_or_default(),
        };
        // A document with much of both has both on purpose.
        if most < 3 * least && most + least > 200 {
            continue;
        }
        for (text, own) in tallies {
            unit(text, own, traditional, drafts);
        }
    }
}

/// The translation of a segment by itself, while somebody writes it: against what it is to be
/// written in, where that is traditional. In simplified characters a document may turn out to
/// be meant otherwise: only a text of both says something.
pub(super) fn alone(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh {
        return;
    }
    let mut own = Tally::default();
    own.add(text.text);
    let traditional = text.locale.traditional();
    if traditional || own.simplified > 0 {
        unit(text, own, traditional, drafts);
    }
}

/// Whether a text is a translation that is to be in traditional characters.
fn to_traditional(text: &Text<'_>) -> bool {
    let translation = text.whole().side == Side::Target && !text.other.trim().is_empty();
    translation && text.locale.traditional()
}

fn unit(text: &Text<'_>, own: Tally, traditional: bool, drafts: &mut Vec<Draft>) {
    let (right, wrong) = if traditional {
        (own.traditional, own.simplified)
    } else {
        (own.simplified, own.traditional)
    };
    let other = if traditional {
        Locale::Hans
    } else {
        Locale::Hant
    };
    let name = if traditional {
        "simplified"
    } else {
        "traditional"
    };
    if wrong == 0 {
        if !traditional {
            exceptions(text, drafts);
        }
        return;
    }
    if right == 0 && wrong >= PASSAGE {
        let meant = traditional && to_traditional(text);
        drafts.push(Draft {
            at_most: if meant {
                Severity::Error
            } else {
                Severity::Note
            },
            suggestions: meant
                .then(|| passage(text.text, text.locale))
                .into_iter()
                .collect(),
            ..Draft::new(
                text.whole(),
                format!("this passage is in {name} characters"),
            )
        });
        return;
    }
    let apart = enclosed(text);
    for run in runs(text, other) {
        let written = run.of(text.text);
        let glossary = text.reference.glossary;
        let person = text.all.iter().any(|hit| {
            let person = |id| glossary[id].kind == ConceptType::Person;
            hit.span.overlaps(run) && hit.senses.iter().any(|s| person(s.concept))
        });
        if person {
            continue;
        }
        let suggestions = if traditional && to_traditional(text) {
            vec![passage(written, text.locale)]
        } else if traditional {
            Vec::new()
        } else {
            vec![written.chars().map(simplified).collect()]
        };
        drafts.push(Draft {
            at_most: if apart.iter().any(|span| span.contains(run)) {
                Severity::Note
            } else {
                Severity::Error
            },
            suggestions,
            ..Draft::new(
                text.at(run),
                format!("{} is in {name} characters", quoted(written)),
            )
        });
    }
    if !traditional {
        exceptions(text, drafts);
    }
}

/// Characters of a script, those that follow each other together.
fn runs(text: &Text<'_>, script: Locale) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for (span, _) in letters(text).filter(|(_, c)| of_char(*c) == Some(script)) {
        match runs.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ => runs.push(span),
        }
    }
    runs
}

/// Words with a character that simplified texts keep elsewhere: 乾 in 乾隆, 於 as a surname,
/// 瞭 in 瞭望.
const KEPT: [(&str, &str); 12] = [
    ("由於", "由于"),
    ("关於", "关于"),
    ("对於", "对于"),
    ("属於", "属于"),
    ("位於", "位于"),
    ("基於", "基于"),
    ("至於", "至于"),
    ("於是", "于是"),
    ("乾净", "干净"),
    ("乾燥", "干燥"),
    ("瞭解", "了解"),
    ("明瞭", "明了"),
];

fn exceptions(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if !text.text.contains(['於', '乾', '瞭']) {
        return;
    }
    for (word, right) in KEPT {
        for (at, _) in text.text.match_indices(word) {
            let span = Span::new(at, at + word.len());
            // 至於是之人: only the first word of two that share a character.
            let before = halves(text.text, at).0.chars().next_back();
            if text.in_code(span)
                || (word == "於是" && before.is_some_and(|c| "由关对属位基至".contains(c)))
            {
                continue;
            }
            drafts.push(Draft {
                suggestions: vec![right.to_owned()],
                ..Draft::new(
                    text.at(span),
                    format!("{} is in traditional characters", quoted(word)),
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::check::{Levels, Reference, Segment, unit};
    use crate::glossary::Glossary;
    use crate::lang::{Lang, Locale};
    use crate::recognize::Recognizer;

    /// What is said of a translation by itself: the rules' message and first suggestion.
    fn said(target: &str, to: Locale) -> Vec<(String, Option<String>)> {
        let glossary = Glossary::default();
        let recognizer = Recognizer::new(&glossary);
        let reference = Reference::new(&glossary, &recognizer);
        let segment = Segment {
            path: Path::new("a.en.md").into(),
            line: 1,
            source: "The White House issued an order.",
            target,
            from: Lang::En,
            to,
            date: None,
        };
        let found = unit(&segment, &reference, &Levels::new()).into_iter();
        let found = found.filter(|finding| finding.rule == "script-mixed");
        found
            .map(|finding| (finding.message, finding.suggestions.first().cloned()))
            .collect()
    }

    #[test]
    fn a_simplified_translation_is_told_where_a_traditional_one_is_meant() {
        let (message, suggestion) = said("国务院发布人工智能规则。", Locale::Taiwan).remove(0);
        assert_eq!(message, "this passage is in simplified characters");
        assert_eq!(suggestion.as_deref(), Some("國務院發布人工智能規則。"));
        let (message, suggestion) = said("就这样吧。", Locale::Hant).remove(0);
        assert_eq!(message, "“这样” is in simplified characters");
        assert_eq!(suggestion.as_deref(), Some("這樣"));
        assert!(said("白宮發布了行政令。", Locale::Taiwan).is_empty());
        assert!(said("白宫发布了行政令。", Locale::Hans).is_empty());
        assert!(said("白宮頒布了命令。", Locale::Hans).is_empty());
        let (message, suggestion) = said("国务院推動发展。", Locale::Hans).remove(0);
        assert_eq!(message, "“動” is in traditional characters");
        assert_eq!(suggestion.as_deref(), Some("动"));
    }
}
