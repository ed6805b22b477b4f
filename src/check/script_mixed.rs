//! Characters of the other script.

use super::prose::{SIDES, enclosed, letters, texts};
use super::{Check, Draft, Level, Paper, Run, Text};
use crate::finding::Severity;
use crate::lang::{Lang, Locale};
use crate::model::concept::ConceptType;
use crate::span::{Span, halves};
use crate::text::chars::{quoted, simplified};
use crate::text::script::{Tally, of_char};

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
            Some(script) if most >= 3 * least => script != Locale::Hans,
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
        drafts.push(Draft {
            at_most: Severity::Note,
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
        let suggestions = if traditional {
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
