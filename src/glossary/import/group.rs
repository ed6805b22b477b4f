//! Rows of one concept, put together.

use std::collections::HashMap;

use super::layout::Layout;
use super::names::Role;
use super::rows::Outcome;
use crate::glossary::columns::{Field, Slot};
use crate::glossary::exchange::{Record, is_list};
use crate::lang::Lang;
use crate::text::fold::fold;

/// Rows of one concept put together: those of one entry, and where words say how terms stand those of one term.
pub(super) fn grouped(layout: &Layout, target: Lang, all: Vec<Outcome>) -> Vec<Outcome> {
    let words = layout
        .columns
        .iter()
        .any(|c| matches!(c.role, Role::TermStatus(_) | Role::Forbidden));
    let ids = layout
        .columns
        .iter()
        .any(|c| c.role == Role::Field(Field::Id));
    if !(layout.long || words || (ids && !layout.ours)) {
        return all;
    }
    let mut known: HashMap<(bool, String), usize> = HashMap::new();
    let mut out: Vec<Outcome> = Vec::with_capacity(all.len());
    for outcome in all {
        let Outcome::Record(record) = outcome else {
            out.push(outcome);
            continue;
        };
        let id = record.text(Field::Id);
        let source = fold(record.name(target.other()));
        let keys: Vec<(bool, String)> = [(true, id.to_owned()), (false, source)]
            .into_iter()
            .filter(|(is_id, key)| !key.is_empty() && (*is_id || words))
            .collect();
        let same = keys
            .iter()
            .filter_map(|key| known.get(key))
            .find(|at| match out.get(**at) {
                Some(Outcome::Record(other)) => {
                    let (one, two) = (other.text(Field::Id), id);
                    let apart = !one.is_empty() && !two.is_empty() && one != two;
                    !apart && (layout.long || one_concept(other, &record))
                }
                _ => false,
            });
        if let Some(&at) = same
            && let Some(Outcome::Record(first)) = out.get_mut(at)
        {
            absorb(first, record);
            continue;
        }
        for key in keys {
            known.entry(key).or_insert(out.len());
        }
        out.push(Outcome::Record(record));
    }
    out
}

/// Whether two rows name one thing: they share a term and do not differ in subject.
fn one_concept(a: &Record, b: &Record) -> bool {
    let (x, y) = (a.text(Field::Subject), b.text(Field::Subject));
    let shares = |lang| {
        let all = |r: &Record| -> Vec<String> {
            let avoid = r
                .list(Field::Terms(lang, Slot::Avoid))
                .iter()
                .map(String::as_str);
            r.terms(lang)
                .map(|(_, text)| text)
                .chain(avoid)
                .map(fold)
                .collect()
        };
        let known = all(a);
        all(b).iter().any(|term| known.contains(term))
    };
    (x.is_empty() || y.is_empty() || fold(x) == fold(y))
        && [Lang::Zh, Lang::En].into_iter().any(shares)
}

/// Adds a row to another of the same concept: what was preferred there stays so.
fn absorb(into: &mut Record, from: Record) {
    into.rows += from.rows;
    for (field, list) in from.cells {
        for text in list {
            match field {
                Field::Terms(lang, Slot::Preferred) if !into.list(field).is_empty() => {
                    if !into.terms(lang).any(|(_, known)| known == text) {
                        into.add(Field::Terms(lang, Slot::Admitted), &text);
                    }
                }
                _ if is_list(field) => into.add(field, &text),
                Field::Type | Field::Status | Field::Id | Field::Match => {
                    if into.text(field).is_empty() {
                        into.join(field, &text);
                    }
                }
                _ => into.join(field, &text),
            }
        }
    }
    // One that is preferred need not be admitted as well.
    for lang in [Lang::Zh, Lang::En] {
        let preferred = into.list(Field::Terms(lang, Slot::Preferred)).to_vec();
        let field = Field::Terms(lang, Slot::Admitted);
        if let Some(list) = into.cells.get_mut(&field) {
            list.retain(|term| !preferred.contains(term));
            if list.is_empty() {
                into.cells.remove(&field);
            }
        }
    }
}
