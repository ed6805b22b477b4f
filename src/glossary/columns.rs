//! The columns of a glossary file, by name.

use crate::lang::{Lang, Locale};
use crate::text::distance::distance;

/// Where a term stands in its row. The order is that of a concept's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the columns say it")]
pub enum Slot {
    Preferred,
    Admitted,
    Abbreviation,
    /// The form for a script or region.
    Regional(u8),
    Avoid,
}

/// What a column holds. The order is that of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the columns say it")]
pub enum Field {
    Terms(Lang, Slot),
    Subject,
    Type,
    Match,
    Status,
    ValidFrom,
    ValidTo,
    SupersededBy,
    Definition,
    Note,
    Source,
    Id,
    Updated,
    By,
    Good,
    Bad,
}

/// The locales of the regional columns; [`Slot::Regional`] counts in them.
pub(super) const REGIONS: [Locale; 3] = [Locale::Hant, Locale::Taiwan, Locale::HongKong];

/// Every column with its name.
pub(super) const FIELDS: [(&str, Field); 26] = [
    ("zh", Field::Terms(Lang::Zh, Slot::Preferred)),
    ("en", Field::Terms(Lang::En, Slot::Preferred)),
    ("zh_admitted", Field::Terms(Lang::Zh, Slot::Admitted)),
    ("en_admitted", Field::Terms(Lang::En, Slot::Admitted)),
    ("zh_abbr", Field::Terms(Lang::Zh, Slot::Abbreviation)),
    ("en_abbr", Field::Terms(Lang::En, Slot::Abbreviation)),
    ("zh_avoid", Field::Terms(Lang::Zh, Slot::Avoid)),
    ("en_avoid", Field::Terms(Lang::En, Slot::Avoid)),
    ("zh_hant", Field::Terms(Lang::Zh, Slot::Regional(0))),
    ("zh_tw", Field::Terms(Lang::Zh, Slot::Regional(1))),
    ("zh_hk", Field::Terms(Lang::Zh, Slot::Regional(2))),
    ("subject", Field::Subject),
    ("type", Field::Type),
    ("match", Field::Match),
    ("status", Field::Status),
    ("valid_from", Field::ValidFrom),
    ("valid_to", Field::ValidTo),
    ("superseded_by", Field::SupersededBy),
    ("definition", Field::Definition),
    ("note", Field::Note),
    ("source", Field::Source),
    ("id", Field::Id),
    ("updated", Field::Updated),
    ("by", Field::By),
    ("good", Field::Good),
    ("bad", Field::Bad),
];

/// The field of a column. Case does not count, nor does a space or hyphen for `_`.
pub(super) fn field(name: &str) -> Option<Field> {
    let name = plain(name);
    let known = FIELDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, field)| *field)
}

/// The column of a locale's terms.
pub(crate) fn of_locale(locale: Locale, slot: Slot) -> Field {
    let region = REGIONS.iter().position(|region| *region == locale);
    match (slot, region) {
        (Slot::Preferred, Some(at)) => Field::Terms(Lang::Zh, Slot::Regional(at as u8)),
        _ => Field::Terms(locale.lang(), slot),
    }
}

/// Whether tables of sentences have no such column.
pub(super) fn is_only_here(field: Field) -> bool {
    match field {
        Field::Terms(_, slot) => slot != Slot::Preferred,
        Field::Type
        | Field::Match
        | Field::ValidFrom
        | Field::ValidTo
        | Field::SupersededBy
        | Field::Definition => true,
        _ => false,
    }
}

/// The name of a field's column.
pub(super) fn name(field: Field) -> &'static str {
    let known = FIELDS.iter().find(|(_, known)| *known == field);
    known.map_or("", |(name, _)| name)
}

/// The column a misspelt name was probably meant to be: at most two letters off.
pub(super) fn near(name: &str) -> Option<&'static str> {
    nearest(&plain(name), FIELDS.iter().map(|(known, _)| *known))
}

/// The nearest of some words, at most two letters off and less than half of it.
pub(super) fn nearest<'a>(name: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| word.chars().map(u32::from).collect::<Vec<_>>();
    let name = letters(name);
    words
        .map(|word| (distance(&letters(word), &name), word))
        .filter(|(off, word)| *off <= 2 && off * 2 < word.len())
        .min_by_key(|(off, _)| *off)
        .map(|(_, word)| word)
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_near_names() {
        assert_eq!(field("ZH avoid"), Some(Field::Terms(Lang::Zh, Slot::Avoid)));
        assert_eq!(field("remark"), None);
        for (known, field) in FIELDS {
            assert_eq!(name(field), known);
        }
    }
}
