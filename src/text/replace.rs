//! Searching a text for what is to be replaced in it, and replacing that.
//!
//! What is found is replaced as it stands, byte by byte: nothing is guessed
//! about capitals or endings. What no replacing may touch is left out: inline
//! codes, halves of graphemes, and places where the new text stands already.

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::GraphemeCursor;

use super::chars::{is_latin_word, is_mark};
use super::code::codes;
use super::fold::{Folded, fold};
use crate::span::{Span, halves};

/// How a text is searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// Whether a word that is not Han is found only as a whole: `plan` not in `plans`.
    pub whole_words: bool,
    /// Whether full-width, traditional and other variants are found as well, as texts are
    /// [folded](super::fold).
    pub variants: bool,
}

/// Something to search for. Letters are found in either case, unless one of its own is a capital.
///
/// ```
/// use zhengming::text::replace::{Query, Rules, replaced};
/// let query = Query::new("creation plan", Rules::default()).unwrap();
/// let text = "The Creation Plan (see `creation plan`) is a plan.";
/// let found = query.places(text, "Genesis Mission");
/// assert_eq!(found.in_codes, 1);
/// assert_eq!(
///     replaced(text, &found.places, "Genesis Mission"),
///     "The Genesis Mission (see `creation plan`) is a plan."
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Query {
    how: How,
    whole_words: bool,
}

#[derive(Debug, Clone)]
enum How {
    /// As it is written.
    Written(Regex),
    /// Folded, and the letters that have a case, where that counts.
    Folded(String, Option<String>),
}

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The places that can be replaced, in order, not overlapping.
    pub places: Vec<Span>,
    /// How many places reach into an inline code, and stay as they are.
    pub in_codes: usize,
    /// How many places are already what they would become.
    pub settled: usize,
}

impl Query {
    /// A query for a text; `None` for one with nothing in it to search for.
    pub fn new(text: &str, rules: Rules) -> Option<Self> {
        let capital = text.chars().any(char::is_uppercase);
        let how = if rules.variants {
            let folded = fold(text);
            let cased = capital.then(|| cased(text));
            (!folded.is_empty()).then_some(How::Folded(folded, cased))?
        } else {
            let regex = RegexBuilder::new(&regex::escape(text))
                .case_insensitive(!capital)
                .build();
            How::Written(regex.ok().filter(|_| !text.is_empty())?)
        };
        Some(Self {
            how,
            whole_words: rules.whole_words,
        })
    }

    /// Whether it is in a text, in codes too.
    pub fn is_in(&self, text: &str) -> bool {
        !self.all(text).is_empty()
    }

    /// Where it stands in a text, in codes too.
    pub fn all(&self, text: &str) -> Vec<Span> {
        match &self.how {
            How::Written(regex) => self.written(regex, text),
            How::Folded(needle, cased) => self.folded(needle, cased.as_deref(), text),
        }
    }

    /// Where it stands in a text and can be replaced by `with`.
    ///
    /// Where `with` itself has the query in it and stands there already, nothing is to be
    /// replaced: 创世 to 创世计划 leaves 创世计划 alone.
    pub fn places(&self, text: &str, with: &str) -> Found {
        let mut places = self.all(text);
        if places.is_empty() {
            return Found::default();
        }
        let all = places.len();
        let own = self.all(with);
        places.retain(|place| !stands_there(text, *place, with, &own));
        let open = places.len();
        let codes = codes(text);
        places.retain(|place| !codes.iter().any(|code| code.overlaps(*place)));
        Found {
            in_codes: open - places.len(),
            settled: all - open,
            places,
        }
    }

    fn written(&self, regex: &Regex, text: &str) -> Vec<Span> {
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(found) = regex.find_at(text, at) {
            let span = Span::from(found.range());
            if self.can_stand(text, span) {
                all.push(span);
                at = found.end();
            } else {
                at = next(text, found.start());
            }
        }
        all
    }

    fn folded(&self, needle: &str, capitals: Option<&str>, text: &str) -> Vec<Span> {
        let folded = Folded::new(text);
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(skip) = halves(&folded.text, at).1.find(needle) {
            let hit = Span::new(at + skip, at + skip + needle.len());
            let span = folded.original(hit);
            // Half of what cannot be cut (a ligature) was not found.
            let exact = folded.folded(span) == hit;
            let same = capitals.is_none_or(|capitals| cased(span.of(text)) == capitals);
            if exact && same && self.can_stand(text, span) {
                all.push(span);
                at = hit.end as usize;
            } else {
                at = next(&folded.text, hit.start as usize);
            }
        }
        all
    }

    /// Whether a place cuts no grapheme, and no word where that counts.
    fn can_stand(&self, text: &str, place: Span) -> bool {
        let edge = |at: u32| {
            let mut cursor = GraphemeCursor::new(at as usize, text.len(), true);
            cursor.is_boundary(text, 0).unwrap_or(true)
        };
        edge(place.start) && edge(place.end) && (!self.whole_words || is_whole(text, place))
    }
}

/// Whether no word that is not Han goes on beyond a place.
fn is_whole(text: &str, place: Span) -> bool {
    let (before, _) = halves(text, place.start as usize);
    let (_, after) = halves(text, place.end as usize);
    let found = place.of(text);
    let of_word = |c: Option<char>| c.is_some_and(|c| is_latin_word(c) || is_mark(c));
    let begins_inside = of_word(before.chars().next_back()) && of_word(found.chars().next());
    let ends_inside = of_word(found.chars().next_back()) && of_word(after.chars().next());
    !begins_inside && !ends_inside
}

/// Whether `with`, which has the query at the places `own`, stands round a place already.
fn stands_there(text: &str, place: Span, with: &str, own: &[Span]) -> bool {
    own.iter().any(|own| {
        let start = place.start.checked_sub(own.start);
        start.is_some_and(|start| {
            let start = start as usize;
            Span::new(start, start + with.len()).of(text) == with
        })
    })
}

/// The letters of a text that have a case, whatever their width.
fn cased(text: &str) -> String {
    let letters = text.nfkc();
    letters
        .filter(|c| c.is_lowercase() || c.is_uppercase())
        .collect()
}

/// The byte behind the character that begins at a byte.
fn next(text: &str, at: usize) -> usize {
    let (_, rest) = halves(text, at);
    let first = rest.chars().next();
    at + first.map_or(1, char::len_utf8)
}

/// `text` with each of the places (in order, not overlapping) replaced by `with`.
pub fn replaced(text: &str, places: &[Span], with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for place in places {
        out.push_str(Span::new(at, place.start as usize).of(text));
        out.push_str(with);
        at = place.end as usize;
    }
    out.push_str(halves(text, at).1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: Rules = Rules {
        whole_words: true,
        variants: false,
    };
    const VARIANTS: Rules = Rules {
        whole_words: false,
        variants: true,
    };

    fn found<'t>(query: &str, rules: Rules, text: &'t str) -> Vec<&'t str> {
        let query = Query::new(query, rules).unwrap();
        let found = query.places(text, "");
        found.places.iter().map(|place| place.of(text)).collect()
    }

    #[test]
    fn case_is_ignored_unless_the_query_has_a_capital() {
        let text = "The Plan, a plan, THE PLAN.";
        let written = Rules::default();
        assert_eq!(found("plan", written, text), ["Plan", "plan", "PLAN"]);
        assert_eq!(found("Plan", written, text), ["Plan"]);
        assert_eq!(found("(plan", written, "a (plan"), ["(plan"], "no pattern");
        assert!(Query::new("", written).is_none());
    }

    #[test]
    fn words_that_are_not_han_may_have_to_be_whole() {
        let text = "plan, plans, plan's, replan, 5G-plan, 计划plan";
        assert_eq!(found("plan", WHOLE, text).len(), 4);
        assert_eq!(found("创世", WHOLE, "创世计划"), ["创世"]);
        assert_eq!(found("50", WHOLE, "500亿，50亿"), ["50"]);
        // What begins inside of a place that does not count is found.
        assert_eq!(found("a a", WHOLE, "xa a a").len(), 1);
        assert!(found("cafe", WHOLE, "cafe\u{301}").is_empty());
    }

    #[test]
    fn variants_are_found_as_they_stand() {
        let text = "創世紀計畫與ＡＩ、创世纪计划";
        assert_eq!(
            found("创世纪计划", VARIANTS, text),
            ["創世紀計畫", "创世纪计划"]
        );
        assert_eq!(found("创世纪计划", Rules::default(), text), ["创世纪计划"]);
        assert_eq!(found("ai", VARIANTS, text), ["ＡＩ"]);
        assert_eq!(found("AI", VARIANTS, "ＡＩ ａｉ AI Ai"), ["ＡＩ", "AI"]);
        assert_eq!(found("能源部(", VARIANTS, "能源部 （DOE）"), ["能源部 （"]);
        assert!(found("f", VARIANTS, "ﬁ").is_empty(), "half of a ligature");
        assert!(Query::new("\u{200b}", VARIANTS).is_none());
    }

    #[test]
    fn codes_stay_as_they_are() {
        let text =
            "plan <b id=\"plan\">plan</b> `plan` {plan} https://plan.org/plan [plan](plan.md)";
        let query = Query::new("plan", Rules::default()).unwrap();
        let found = query.places(text, "x");
        assert_eq!((found.places.len(), found.in_codes), (3, 6));
        assert_eq!(
            replaced(text, &found.places, "x"),
            "x <b id=\"plan\">x</b> `plan` {plan} https://plan.org/plan [x](plan.md)"
        );
    }

    #[test]
    fn what_is_right_already_is_not_made_right_twice() {
        let query = Query::new("创世", Rules::default()).unwrap();
        let text = "创世计划即创世。";
        let found = query.places(text, "创世计划");
        assert_eq!((found.places.len(), found.settled), (1, 1));
        let new = replaced(text, &found.places, "创世计划");
        assert_eq!(new, "创世计划即创世计划。");
        assert_eq!(query.places(&new, "创世计划").places, []);
        let query = Query::new("genesis mission", Rules::default()).unwrap();
        let found = query.places("Genesis Mission, genesis mission", "Genesis Mission");
        assert_eq!((found.places.len(), found.settled), (1, 1));
    }

    #[test]
    fn no_grapheme_is_cut() {
        let written = Rules::default();
        assert!(found("e", written, "e\u{301}").is_empty());
        assert!(found("葛", written, "葛\u{E0100}").is_empty());
        assert!(found("👩", written, "👨\u{200d}👩\u{200d}👧").is_empty());
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_lie_on_edges(
            text in "[aAbé创創ＡﬁＢ `*{}\u{301}\u{200b}]{0,30}",
            query in "[aAbé创創Ａf]{1,3}",
            whole_words in any::<bool>(),
            variants in any::<bool>(),
        ) {
            let rules = Rules { whole_words, variants };
            let query = Query::new(&query, rules);
            let places = query.map_or_else(Vec::new, |query| query.places(&text, "a").places);
            let mut at = 0;
            for place in &places {
                prop_assert!(place.start >= at && !place.of(&text).is_empty());
                at = place.end;
            }
            let kept = replaced(&text, &places, "");
            let gone: usize = places.iter().map(|place| place.len()).sum();
            prop_assert_eq!(kept.len() + gone, text.len());
        }
    }
}
