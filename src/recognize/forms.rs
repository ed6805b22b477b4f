//! The forms a term may take in a text, each folded.
//!
//! Only the term is known here; which texts there are, and what stands around
//! a form in them, is not.

use crate::lang::Lang;
use crate::model::concept::{MatchMode, Term};
use crate::text::chars::{is_han, is_latin_word};
use crate::text::fold::fold;
use crate::text::lemma::inflections;
use crate::text::regional;

/// How a form was made from its term. The earlier, the closer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// The term itself, folded.
    Itself,
    /// An English inflection.
    Inflected,
    /// Hyphen, space or neither between its parts.
    Spacing,
    /// The words of another Chinese region.
    Regional,
    /// Without its quotation marks, middle dot, article or full stops.
    Marks,
}

/// A way to write a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The folded text.
    pub text: String,
    /// How it was made.
    pub how: How,
}

/// The forms of a term, itself first, each once.
pub(super) fn forms(term: &Term, lang: Lang, matching: MatchMode) -> Vec<Form> {
    let base = fold(&term.text).trim().to_owned();
    let mut list = List(Vec::new());
    list.add(base.clone(), How::Itself);
    if matches!(matching, MatchMode::Exact | MatchMode::Case) {
        return list.0;
    }
    let mut stems = vec![(base.clone(), How::Itself)];
    stems.extend(remarked(&term.text, &base).map(|text| (text, How::Marks)));
    if lang == Lang::Zh {
        let regional = regional::variants(&base).into_iter();
        stems.extend(regional.map(|text| (fold(&text), How::Regional)));
    }
    for (stem, how) in stems {
        list.add(stem.clone(), how);
        let own = how == How::Itself;
        if term.abbreviation || lang == Lang::Zh || matching == MatchMode::Prefix {
            // A Latin name keeps its shape in Chinese text: DeepSeek-V3.
            if !stem.contains(is_han) {
                list.add(stem.replace('-', " "), how.max(How::Spacing));
                list.add(stem.replace(' ', "-"), how.max(How::Spacing));
            }
            if term.abbreviation && lang == Lang::En && stem.ends_with(is_latin_word) {
                list.add(format!("{stem}s"), how.max(How::Inflected));
            }
            continue;
        }
        // The term as written, where it is the term: its capitals say what inflects.
        let written = if own { &*term.text } else { &stem };
        let letters = solid(&stem);
        for form in inflected(written) {
            // A possessive is no form of its own: the apostrophe ends the word,
            // and a replacement must leave it where it is.
            if form.ends_with("'s") || form.ends_with("s'") {
                continue;
            }
            let made = if solid(&form) == letters {
                How::Spacing
            } else {
                How::Inflected
            };
            list.add(form, how.max(made));
        }
    }
    list.0
}

/// The inflections of a term; of a long name only those of its head, the words
/// before `of`, `for`, … or the last ones: every space of a long name may be a
/// hyphen in theory, and none is.
fn inflected(term: &str) -> Vec<String> {
    let words: Vec<&str> = term.split_whitespace().collect();
    if words.len() <= 4 {
        return inflections(term);
    }
    let heads = words
        .iter()
        .skip(1)
        .take_while(|w| !LINKS.contains(w))
        .count()
        + 1;
    let (front, tail) = words.split_at(heads);
    let (front, head) = front.split_at(heads.saturating_sub(2));
    let whole = |head: &str| fold(&[front, &[head], tail].concat().join(" "));
    let heads = inflections(&head.join(" ")).into_iter();
    let mut forms: Vec<String> = heads
        .filter(|head| !head.contains('\''))
        .map(|head| whole(&head))
        .collect();
    forms.push(fold(term).replace('-', " "));
    forms
}

/// Words before which the head of a long name ends.
const LINKS: [&str; 10] = [
    "of",
    "for",
    "in",
    "on",
    "to",
    "with",
    "at",
    "by",
    "from",
    "Governing",
];

/// Forms without repeated ones and such as hold no letter.
struct List(Vec<Form>);

impl List {
    fn add(&mut self, text: String, how: How) {
        if text.contains(char::is_alphanumeric) && !self.0.iter().any(|form| form.text == text) {
            self.0.push(Form { text, how });
        }
    }
}

fn solid(form: &str) -> String {
    form.replace([' ', '-'], "")
}

/// Whether a term has letters and all of them are capitals: USCC, GPT-4.
pub(super) fn all_capitals(term: &str) -> bool {
    term.contains(char::is_uppercase) && !term.contains(char::is_lowercase)
}

/// A form with fewer or other marks: without quotation marks or a book title's or
/// the dot of a foreign name, without the article, U.S. as US and the reverse.
fn remarked(term: &str, base: &str) -> impl Iterator<Item = String> {
    let mut all = Vec::new();
    if base.contains(['"', '\'', '《', '》', '〈', '〉']) && base.contains(is_han) {
        all.push(base.replace(['"', '\'', '《', '》', '〈', '〉'], ""));
    } else if base.contains('"') {
        all.push(base.replace('"', ""));
    }
    if base.contains('·') && base.contains(is_han) {
        all.push(base.replace('·', ""));
    }
    // Of two words the article is a part: The Hague.
    if let Some(bare) = base.strip_prefix("the ")
        && (term.starts_with('t') || bare.contains(' '))
    {
        all.push(bare.to_owned());
    }
    all.extend(undotted(base));
    all.extend(dotted(term, base));
    all.into_iter().filter(|form| form.chars().count() > 1)
}

/// u.s.-china for U.S.-China becomes us-china: single letters with full stops, joined.
fn undotted(base: &str) -> Option<String> {
    let chars: Vec<char> = base.chars().collect();
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| is_latin_word(*c))
    };
    // A stop goes when the letter before it stands alone and the letter of another stop is next to it.
    let single = |at: usize| {
        chars.get(at) == Some(&'.') && letter(at.checked_sub(1)) && !letter(at.checked_sub(2))
    };
    let lone = |at: usize| single(at) && (single(at + 2) || at.checked_sub(2).is_some_and(single));
    if !(0..chars.len()).any(lone) {
        return None;
    }
    let kept = chars.iter().enumerate().filter(|(at, _)| !lone(*at));
    Some(kept.map(|(_, c)| *c).collect())
}

/// u.s. for US: every word of two capitals with full stops.
fn dotted(term: &str, base: &str) -> Option<String> {
    let word = |c: char| !is_latin_word(c);
    let pairs: Vec<String> = term
        .split(word)
        .filter(|w| w.chars().count() == 2 && w.chars().all(|c| c.is_ascii_uppercase()))
        .map(str::to_lowercase)
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let mut out = String::new();
    for piece in base.split_inclusive(word) {
        let bare = piece.trim_end_matches(word);
        if pairs.iter().any(|pair| pair == bare) {
            bare.chars().for_each(|c| out.extend([c, '.']));
            out.extend(piece.strip_prefix(bare));
        } else {
            out.push_str(piece);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concept::TermStatus;

    fn term(text: &str) -> Term {
        Term {
            text: text.into(),
            status: TermStatus::Preferred,
            abbreviation: false,
            locale: None,
        }
    }

    fn texts(text: &str, lang: Lang, matching: MatchMode) -> Vec<String> {
        let all = forms(&term(text), lang, matching).into_iter();
        all.map(|form| form.text).collect()
    }

    #[track_caller]
    fn has(term: &str, lang: Lang, forms: &[&str]) {
        let all = texts(term, lang, MatchMode::Auto);
        for form in forms {
            assert!(all.iter().any(|f| f == form), "{form} not in {all:?}");
        }
    }

    #[test]
    fn hyphen_space_or_neither() {
        has(
            "policy-making",
            Lang::En,
            &["policy-making", "policy making", "policymaking"],
        );
        has(
            "health care",
            Lang::En,
            &["health care", "health-care", "healthcare"],
        );
        has(
            "supply chain resilience",
            Lang::En,
            &["supply-chain resilience"],
        );
    }

    #[test]
    fn a_long_name_inflects_at_its_head() {
        let all = texts(
            "Control Regulation for the Import of Strategic High-Tech Goods",
            Lang::En,
            MatchMode::Auto,
        );
        let plural = "control regulations for the import of strategic high-tech goods";
        assert!(all.iter().any(|form| form == plural), "{all:?}");
        assert!(all.len() < 20, "{all:?}");
    }

    #[test]
    fn marks_may_be_missing_or_others() {
        has("“十四五”规划", Lang::Zh, &["\"十四五\"规划", "十四五规划"]);
        has(
            "唐纳德·特朗普",
            Lang::Zh,
            &["唐纳德·特朗普", "唐纳德特朗普"],
        );
        has(
            "U.S.-China Commission",
            Lang::En,
            &["us-china commission", "u.s.-china commission"],
        );
        has("US Congress", Lang::En, &["u.s. congress"]);
        has("the State Council", Lang::En, &["state council"]);
    }

    #[test]
    fn an_abbreviation_has_a_plural_and_nothing_else() {
        assert_eq!(texts("LLM", Lang::En, MatchMode::Auto), ["llm", "llms"]);
    }

    #[test]
    fn exact_is_the_term_alone_and_nothing_is_no_form() {
        assert_eq!(
            texts("policy-making", Lang::En, MatchMode::Exact),
            ["policy-making"]
        );
        assert!(texts("——", Lang::Zh, MatchMode::Auto).is_empty());
    }
}
