//! Title marks: their nesting, what stands between them, and what is no title.

use super::prose::{after, before, marks};
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::model::concept::ConceptType;
use crate::span::Span;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "zh-book-title",
    level: Level::Warning,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_book_title.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh || !text.text.contains(['《', '”']) {
        return;
    }
    let pairs = marks(&[text]).pairs;
    for [open, close] in pairs.iter().filter(|[open, _]| open.c == '《') {
        let outer = pairs.iter().filter(|[o, e]| {
            o.c == '《' && o.span.start < open.span.start && close.span.end <= e.span.start
        });
        if outer.count() % 2 == 1 {
            for (mark, right) in [(open, "〈"), (close, "〉")] {
                let message = format!("inside another title “{}” is written “{right}”", mark.c);
                drafts.push(Draft {
                    suggestions: vec![right.to_owned()],
                    ..Draft::new(text.at(mark.span), message)
                });
            }
        }
        program(text, [open.span, close.span], drafts);
    }
    between(text, drafts);
}

/// A program or project that the glossary knows as one takes quotation marks.
fn program(text: &Text<'_>, [open, close]: [Span; 2], drafts: &mut Vec<Draft>) {
    let inside = Span {
        start: open.end,
        end: close.start,
    };
    let named = text.hits().find(|hit| hit.span == inside);
    let glossary = text.reference.glossary;
    let sense = named.and_then(|hit| {
        let program = |id| glossary[id].kind == ConceptType::Program;
        hit.senses.iter().find(|sense| program(sense.concept))
    });
    let Some(sense) = sense else {
        return;
    };
    let name = inside.of(text.text);
    let whole = Span {
        start: open.start,
        end: close.end,
    };
    drafts.push(Draft {
        suggestions: vec![format!("“{name}”")],
        concept: Some(sense.concept),
        ..Draft::new(
            text.at(whole),
            format!(
                "{} is a program: 《》 is for what can be read",
                quoted(name)
            ),
        )
    });
}

/// GB/T 15834-2011, 4.5.3.5: no 、 between titles or quotations that follow each other.
fn between(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    for (at, mark) in text.text.match_indices('、') {
        let span = Span::new(at, at + mark.len());
        if text.in_code(span) {
            continue;
        }
        let around = (before(text, span.start), after(text, span.end));
        if !matches!(around, (Some('》'), Some('《')) | (Some('”'), Some('“'))) {
            continue;
        }
        drafts.push(Draft {
            at_most: Severity::Note,
            suggestions: vec![String::new()],
            ..Draft::new(
                text.at(span),
                "titles and quotations that follow each other need no “、” between them".to_owned(),
            )
        });
    }
}
