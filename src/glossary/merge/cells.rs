//! Three versions of one cell to one.

use super::order;
use crate::glossary::columns::{Field, Slot};
use crate::tsv;

/// What came of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merged {
    /// This, as written.
    Cell(String),
    /// The sides contradict each other.
    Conflict,
}

/// Merges the versions of a cell, as written: base, ours, theirs.
///
/// Cells of several terms merge as ordered sets. Where both sides put another
/// preferred term in a term's place, they contradict each other.
pub(super) fn merged(field: Option<Field>, [base, ours, theirs]: [&str; 3]) -> Merged {
    let cell = |text: &str| Merged::Cell(text.to_owned());
    if ours == theirs || theirs == base {
        return cell(ours);
    }
    if ours == base {
        return cell(theirs);
    }
    match field {
        Some(Field::Terms(_, slot)) => terms(slot, [base, ours, theirs]),
        Some(Field::Good | Field::Bad) => terms(Slot::Admitted, [base, ours, theirs]),
        // The last change is the one that is dated.
        Some(Field::Updated) if is_day(ours) && is_day(theirs) => cell(ours.max(theirs)),
        _ => Merged::Conflict,
    }
}

fn is_day(text: &str) -> bool {
    text.trim().parse::<jiff::civil::Date>().is_ok()
}

fn terms(slot: Slot, versions: [&str; 3]) -> Merged {
    let lists = versions.map(|written| {
        let mut terms = tsv::split_terms(written);
        let mut seen = std::collections::HashSet::new();
        terms.retain(|term| seen.insert(term.clone()));
        terms
    });
    let [base, ours, theirs] = lists
        .each_ref()
        .map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
    let added = |list: &[&str]| {
        list.iter()
            .filter(|t| !base.contains(t))
            .map(|t| (*t).to_owned())
            .collect::<Vec<_>>()
    };
    let gone = |list: &[&str]| {
        base.iter()
            .filter(|t| !list.contains(t))
            .map(|t| (*t).to_owned())
            .collect::<Vec<_>>()
    };
    let [a, b] = [added(&ours), added(&theirs)];
    let [x, y] = [gone(&ours), gone(&theirs)];
    let replaced = base.is_empty() || x.iter().any(|term| y.contains(term));
    let apart = a.iter().any(|t| !b.contains(t)) && b.iter().any(|t| !a.contains(t));
    if matches!(slot, Slot::Preferred | Slot::Regional(_)) && replaced && apart {
        return Merged::Conflict;
    }
    // The first term is the rendering that is offered: what one side put in its
    // place stands before what the other side only added.
    let first = base.first().map(|term| (*term).to_owned());
    let replaced_first = |gone: &[String]| first.as_ref().is_some_and(|term| gone.contains(term));
    let sides = if replaced_first(&y) && !replaced_first(&x) {
        [&base, &theirs, &ours]
    } else {
        [&base, &ours, &theirs]
    };
    let list = order::merged(sides.map(Vec::as_slice), |_| false);
    // Both took terms away until none was left: of a preferred one somebody must decide.
    if list.is_empty() && slot == Slot::Preferred && !(ours.is_empty() || theirs.is_empty()) {
        return Merged::Conflict;
    }
    Merged::Cell(tsv::join_terms(&list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn merge(field: Field, base: &str, ours: &str, theirs: &str) -> String {
        match merged(Some(field), [base, ours, theirs]) {
            Merged::Cell(text) => text,
            Merged::Conflict => "!".to_owned(),
        }
    }

    #[test]
    fn terms_merge_as_sets() {
        let preferred = Field::Terms(Lang::En, Slot::Preferred);
        let avoid = Field::Terms(Lang::En, Slot::Avoid);
        for (field, base, ours, theirs, expected) in [
            (
                preferred,
                "plan",
                "plan | program",
                "plan",
                "plan | program",
            ),
            (
                preferred,
                "plan",
                "plan | program",
                "scheme | plan",
                "scheme | plan | program",
            ),
            (
                preferred,
                "plan",
                "plan | program",
                "scheme",
                "scheme | program",
            ),
            (
                preferred,
                "plan",
                "scheme",
                "plan | program",
                "scheme | program",
            ),
            (preferred, "plan", "program", "scheme", "!"),
            (preferred, "plan", "program", "program", "program"),
            (preferred, "", "program", "scheme", "!"),
            (preferred, "a | b", "a", "b", "!"),
            (avoid, "plan", "program", "scheme", "program | scheme"),
            (avoid, "a | b", "a", "b", ""),
            (Field::Note, "a", "b", "c", "!"),
            (Field::Note, "a", "a", "c", "c"),
            (
                Field::Updated,
                "2026-01-01",
                "2026-02-01",
                "2026-03-01",
                "2026-03-01",
            ),
        ] {
            assert_eq!(
                merge(field, base, ours, theirs),
                expected,
                "{base}/{ours}/{theirs}"
            );
        }
    }
}
