//! What files of other programs hold by habit: texts with the indentation of
//! the file around them, and sources copied into the place of a translation.

use crate::format::exchange::{Item, Refused, Unit};
use crate::model::document::State;
use crate::text::chars::is_han;

/// An item of another program's file without the indentation of its texts; refused where
/// it holds nothing but a copy of its source.
pub(super) fn tidied(item: Item) -> Item {
    let mut unit = match item {
        Item::Unit(unit) => unit,
        refused @ Item::Refused(_) => return refused,
    };
    let texts = unit.variants.iter_mut().map(|variant| &mut variant.text);
    for text in texts.chain([&mut unit.prev, &mut unit.next]) {
        if let Some(plain) = unindented(text) {
            *text = plain;
        }
    }
    if is_copy(&unit) {
        let quote = unit.variants.first().map_or("", |v| v.text.as_str());
        return Item::Refused(Refused {
            spot: unit.spot,
            reason: "its translation is a copy of the source, which nobody has translated".into(),
            quote: quote.chars().take(120).collect(),
        });
    }
    Item::Unit(unit)
}

/// Whether a unit that is not done has the same text on both sides, as programs fill
/// in what is yet to be translated.
fn is_copy(unit: &Unit) -> bool {
    let [source, target] = unit.variants.as_slice() else {
        return false;
    };
    let source = source.text.trim();
    unit.state <= State::Draft
        && !unit.aligned
        && source == target.text.trim()
        && source.contains(char::is_alphabetic)
}

/// A text that was laid out over lines of its own, as one line.
fn unindented(text: &str) -> Option<String> {
    let body = text.trim();
    let (before, after) = text.split_once(body).filter(|_| !body.is_empty())?;
    if !before.contains('\n') || !after.contains('\n') {
        return None;
    }
    let mut out = String::with_capacity(body.len());
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let chinese = out.chars().next_back().is_some_and(is_han) || line.starts_with(is_han);
        if !out.is_empty() && !chinese {
            out.push(' ');
        }
        out.push_str(line);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::Variant;

    #[test]
    fn indentation_is_no_part_of_a_text() {
        assert_eq!(
            unindented("\n    Hello pretty\n      printed\n  ").as_deref(),
            Some("Hello pretty printed")
        );
        assert_eq!(unindented("\n 美\n 化。\n").as_deref(), Some("美化。"));
        for text in ["a\nb", " a ", "a\n", "\n", ""] {
            assert_eq!(unindented(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_copy_of_the_source_is_no_translation() {
        let unit = |source: &str, target: &str, state: State| {
            let variants = [source, target].map(|text| Variant {
                text: text.into(),
                ..Variant::default()
            });
            Item::Unit(Unit {
                variants: variants.into(),
                state,
                ..Unit::default()
            })
        };
        let refused = |item: Item| matches!(tidied(item), Item::Refused(_));
        assert!(refused(unit("a copy", "a copy", State::Draft)));
        assert!(!refused(unit("a copy", "抄本", State::Draft)));
        assert!(!refused(unit("DNA", "DNA", State::Translated)));
        assert!(!refused(unit("2024", "2024", State::Draft)));
    }
}
