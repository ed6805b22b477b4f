//! Units whose texts may not translate each other.

use super::{Check, Draft, Level, Paper, Run, Text, View};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::text::number::unmatched;
use crate::text::token::{Kind, tokens};

pub(super) const CHECK: Check = Check {
    id: "align-suspect",
    level: Level::Note,
    mqm: "accuracy/mistranslation",
    page: include_str!("align_suspect.md"),
    run: Run::Paper(run),
};

/// From this doubt on, in hundredths, an aligner does not vouch for a pair.
const DOUBT: u8 = 50;

/// The fewest anchors without a partner, and none with one, that are no accident.
const ANCHORS: usize = 3;

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let units = paper.bitext.units.iter();
    let seen: Vec<(&View<'_>, Verdict)> = paper
        .views
        .iter()
        .zip(units.map(|unit| unit.doubt))
        .map(|(view, doubt)| (view, verdict(view, doubt)))
        .collect();
    let mut rest = seen.as_slice();
    while let Some(skip) = rest.iter().position(|(_, v)| *v == Verdict::Bad) {
        rest = rest.get(skip..).unwrap_or_default();
        // What says nothing inside a bad stretch belongs to it, behind it does not.
        let end = rest.iter().position(|(_, v)| *v == Verdict::Good);
        let stretch = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let last = stretch.iter().rposition(|(_, v)| *v == Verdict::Bad);
        let len = last.map_or(1, |last| last + 1);
        if let Some((first, _)) = rest.first() {
            let message = match len {
                1 => "the two texts may not translate each other".to_owned(),
                2 => "from here on 2 units may not translate each other".to_owned(),
                n => format!("from here on {n} units may not translate each other"),
            };
            drafts.push(Draft {
                at_most: Severity::Note,
                related: vec![first.source.whole()],
                ..Draft::new(first.target.whole(), message)
            });
        }
        rest = rest.get(len..).unwrap_or_default();
    }
}

/// What the anchors of a unit say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Unknown,
    Bad,
}

fn verdict(view: &View<'_>, doubt: u8) -> Verdict {
    if !view.both() {
        return Verdict::Unknown;
    }
    let numbers = numbers(view);
    let words = words(view);
    let terms = terms(view);
    let met = numbers.0 + words.0 + terms.0;
    // Terms alone prove little: a translation may render them all in its own way.
    let unmet = numbers.1 + words.1 + terms.1.min(ANCHORS - 1);
    match (met, unmet) {
        (0, ANCHORS..) => Verdict::Bad,
        (0, _) if doubt >= DOUBT => Verdict::Bad,
        (0, _) => Verdict::Unknown,
        (met, unmet) if doubt >= DOUBT && unmet > met => Verdict::Bad,
        _ => Verdict::Good,
    }
}

/// How many numbers both texts have, and how many one has only.
fn numbers(view: &View<'_>) -> (usize, usize) {
    let (source, target) = (&view.source.quantities, &view.target.quantities);
    let hard = |quantities: &[_]| {
        let quantities: &[crate::text::number::Quantity] = quantities;
        quantities.iter().filter(|q| !q.soft).count()
    };
    let (missing, extra) = unmatched(source, target);
    let met = hard(source).saturating_sub(missing.len());
    (met, missing.len() + extra.len())
}

/// How many Latin words of the Chinese text the English one has, and how many not.
fn words(view: &View<'_>) -> (usize, usize) {
    let [zh, en] = match view.source.lang {
        Lang::Zh => [&view.source, &view.target],
        Lang::En => [&view.target, &view.source],
    };
    if !zh.text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return (0, 0);
    }
    let latin = |text: &Text<'_>| -> Vec<String> {
        let words = tokens(text.text).into_iter();
        let words = words.filter(|t| t.kind == Kind::Word && t.span.len() > 1);
        let prose = words.filter(|t| !text.in_code(t.span));
        prose
            .map(|t| t.span.of(text.text).to_ascii_lowercase())
            .collect()
    };
    let singular = |word: &String| word.trim_end_matches('s').to_owned();
    let there: Vec<String> = latin(en).iter().map(singular).collect();
    let here = latin(zh).into_iter();
    let (met, unmet): (Vec<_>, Vec<_>) = here.partition(|word| there.contains(&singular(word)));
    (met.len(), unmet.len())
}

/// How many terms of the source the target has, and how many not.
fn terms(view: &View<'_>) -> (usize, usize) {
    let hits = view.source.hits().filter(|hit| hit.sure);
    let (met, unmet): (Vec<_>, Vec<_>) =
        hits.partition(|hit| hit.senses.iter().any(|s| view.target.names(s.concept)));
    (met.len(), unmet.len())
}
