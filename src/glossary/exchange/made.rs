//! Ids that an export gives concepts without one, where the format tells concepts apart by ids.

use std::collections::HashSet;

use super::{Field, Record};
use crate::lang::Lang;
use crate::text::hash::Hash;

/// What they begin with.
const MADE: &str = "zm-";

/// Whether an export made an id (`zm-0123456789abcdef`, `zm-0123456789abcdef-2`): it is no
/// concept's own.
pub(super) fn is_made(id: &str) -> bool {
    let Some(rest) = id.strip_prefix(MADE) else {
        return false;
    };
    let (hash, count) = rest.split_once('-').unwrap_or((rest, "1"));
    hash.len() == 16
        && hash.chars().all(|c| c.is_ascii_hexdigit())
        && !count.is_empty()
        && count.chars().all(|c| c.is_ascii_digit())
}

/// The ids of concepts: a concept's own where it fits and none before has it, else one made of
/// what the concept says.
pub(super) fn ids(records: &[Record], fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut used: HashSet<String> = HashSet::new();
    let mut own: Vec<Option<&str>> = Vec::with_capacity(records.len());
    for record in records {
        let id = record.text(Field::Id);
        own.push((fits(id) && used.insert(id.to_owned())).then_some(id));
    }
    let mut all = Vec::with_capacity(records.len());
    for (record, own) in records.iter().zip(own) {
        all.push(match own {
            Some(id) => id.to_owned(),
            None => made(record, &mut used),
        });
    }
    all
}

/// An id that no entry has, the same for the same concept in every export.
fn made(record: &Record, used: &mut HashSet<String>) -> String {
    let mut hash = Hash::default();
    for text in [
        record.name(Lang::Zh),
        record.name(Lang::En),
        record.text(Field::Subject),
    ] {
        hash.text(text);
    }
    let first = format!("{MADE}{:016x}", hash.finish());
    let mut id = first.clone();
    let mut count = 1_usize;
    while !used.insert(id.clone()) {
        count += 1;
        id = format!("{first}-{count}");
    }
    id
}
