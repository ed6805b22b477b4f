//! Putting the inline codes of a segment in the place of those of a match:
//! another address, another placeholder, other code between backticks.
//!
//! Nothing is guessed: a code goes only for one of its own sort that the
//! segment has no longer, in the order of the two sources, and only where the
//! translation has it as often as the match's source has. What only dresses
//! text may be of another sort ([`dress`](super::dress)).

use super::dress::{Dressed, dress};
use super::{Edit, Match, Repaired};
use crate::span::{Span, splice};
use crate::text::code::{codes, only_dresses};

/// A match with the segment's codes, and what was done to its translation.
pub(super) struct Swapped {
    /// The match; in its source, too, stand the codes of the segment.
    pub(super) found: Match,
    /// The edits of its translation: of its dress, then of its other codes, each in its order.
    pub(super) edits: Vec<Edit>,
}

impl Swapped {
    /// What is repaired, given what else was repaired in the match after that.
    pub(super) fn and(self, text: &str, more: Option<Repaired>) -> Repaired {
        let mut repaired = more.unwrap_or_else(|| Repaired {
            complete: self.found.source == text,
            target: self.found.target,
            edits: Vec::new(),
        });
        repaired.edits.splice(0..0, self.edits);
        repaired
    }
}

/// Puts the codes of a segment into a match; `None` where none can be.
pub(super) fn swap(text: &str, found: &Match) -> Option<Swapped> {
    let dressed = dress(text, &found.source, &found.target);
    let dressed = dressed.unwrap_or_else(|| Dressed {
        source: found.source.clone(),
        target: found.target.clone(),
        edits: Vec::new(),
    });
    let (mut source, mut target) = (dressed.source.clone(), dressed.target.clone());
    let mut edits: Vec<(Span, Edit)> = Vec::new();
    for (old, new) in pairs(&dressed.source, text).unwrap_or_default() {
        let own = places(&dressed.source, old);
        let there = places(&dressed.target, old);
        if own.len() == there.len() {
            let edit = |span| {
                let edit = Edit {
                    from: old.to_owned(),
                    to: new.to_owned(),
                    source: new.to_owned(),
                };
                (span, edit)
            };
            edits.extend(there.into_iter().map(edit));
            source = with(&source, old, new);
            target = with(&target, old, new);
        }
    }
    edits.sort_by_key(|(span, _)| *span);
    let mut all = dressed.edits;
    all.extend(edits.into_iter().map(|(_, edit)| edit));
    (!all.is_empty()).then(|| Swapped {
        found: Match {
            source,
            target,
            ..found.clone()
        },
        edits: all,
    })
}

/// The codes of the old source that the new one has not, each with what took its place.
fn pairs<'t>(old: &'t str, new: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    let (old, new) = (written(old), written(new));
    let gone: Vec<_> = old.iter().filter(|code| !new.contains(code)).collect();
    let come: Vec<_> = new.iter().filter(|code| !old.contains(code)).collect();
    if gone.len() != come.len() {
        return None;
    }
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for (gone, come) in gone.into_iter().zip(come) {
        let known = pairs.iter().find(|(old, new)| old == gone || new == come);
        match known {
            Some(pair) if *pair == (*gone, *come) => {}
            None if sort(gone) == sort(come) => pairs.push((*gone, *come)),
            _ => return None,
        }
    }
    Some(pairs)
}

/// The codes of a text as they are written, in order.
fn written(text: &str) -> Vec<&str> {
    codes(text).into_iter().map(|code| code.of(text)).collect()
}

/// Where a code stands in a text.
fn places(text: &str, code: &str) -> Vec<Span> {
    let mut places = codes(text);
    places.retain(|place| place.of(text) == code);
    places
}

/// A text with one code in the place of another, from the end on, so that earlier places stay right.
fn with(text: &str, old: &str, new: &str) -> String {
    let mut changed = text.to_owned();
    for place in places(text, old).into_iter().rev() {
        changed = splice(&changed, place, new);
    }
    changed
}

/// What sort of code it is: only its like can take its place.
fn sort(code: &str) -> (bool, bool, char) {
    let address = code.contains("://") || code.contains('@') || code.starts_with("www.");
    let first = match code.chars().next() {
        Some('[' | ']' | '!') | None => '[',
        Some('$') => '{',
        Some(mark @ ('*' | '_' | '~' | '`' | '<' | '{' | '%')) if !address => mark,
        Some(_) => '@',
    };
    (only_dresses(code), code.starts_with("</"), first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swapped(text: &str, source: &str, target: &str) -> Option<Repaired> {
        let found = Match::bare(97, 80, source, target);
        swap(text, &found).map(|done| done.and(text, None))
    }

    #[test]
    fn the_codes_of_the_segment_take_the_place_of_the_old_ones() {
        for (text, source, target, expected) in [
            (
                "参见 https://b.example/y/z 页面。",
                "参见 https://a.example/x 页面。",
                "See https://a.example/x.",
                "See https://b.example/y/z.",
            ),
            (
                "调用 `close()` 函数。",
                "调用 `open()` 函数。",
                "Call the `open()` function.",
                "Call the `close()` function.",
            ),
            (
                "请联系 c@d.org。",
                "请联系 a@b.com。",
                "Contact a@b.com.",
                "Contact c@d.org.",
            ),
            (
                "Hello {user}, {n} new.",
                "Hello {name}, {n} new.",
                "{name}，您有{n}条。",
                "{user}，您有{n}条。",
            ),
            (
                "<b>重要</b>：停用。",
                "<i>重要</i>：停用。",
                "<i>Important</i>: stop.",
                "<b>Important</b>: stop.",
            ),
            (
                "见[报告](https://b.cn/2)。",
                "见[报告](https://a.cn/1)。",
                "See the [report](https://a.cn/1).",
                "See the [report](https://b.cn/2).",
            ),
        ] {
            let done = swapped(text, source, target).unwrap();
            assert_eq!(done.target, expected);
            assert!(done.complete, "{text}");
            assert!(done.edits.iter().all(|edit| text.contains(&edit.source)));
        }
    }

    #[test]
    fn what_cannot_be_told_is_left() {
        for (text, source, target) in [
            ("{b}与{a}", "{a}与{b}", "{a} and {b}"),
            ("{a}与{a}", "{a}与{b}", "{a} and {b}"),
            ("见 `x`", "见 {x}", "See {x}"),
            ("**重要**", "重要", "Important"),
            ("见 https://b.cn", "见 https://a.cn", "See the page"),
            ("见 {b}", "见 {a}", "See {a}, {a}"),
            ("{x}、{x}", "{a}、{b}", "{a}, {b}"),
        ] {
            assert_eq!(swapped(text, source, target), None, "{text}");
        }
    }

    #[test]
    fn what_else_differs_is_not_complete() {
        let done = swapped("致函 {b} 两次。", "致电 {a} 两次。", "Call {a} twice.").unwrap();
        assert_eq!(
            (done.target.as_str(), done.complete),
            ("Call {b} twice.", false)
        );
    }
}
