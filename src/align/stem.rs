//! One form for the words of an English family: `nation`, `national`,
//! `nationally`.
//!
//! Coarser than [`lemma`]: a dictionary says 发展 is `development`, the
//! translator wrote `develop`. Two words wrongly led to one stem cost little,
//! as nothing hangs on a single token.

use crate::text::lemma::lemma;

/// Endings that make a word of the same family, a longer one before its own ending.
const ENDINGS: &[&str] = &[
    "ization", "isation", "ational", "ication", "fulness", "ousness", "iveness", "ation", "ition",
    "ating", "ement", "ality", "ility", "ment", "ness", "able", "ible", "ance", "ence", "ancy",
    "ency", "ally", "tion", "sion", "ical", "ship", "ity", "ive", "ize", "ise", "ify", "ate",
    "ism", "ist", "ous", "ful", "ant", "ent", "ary", "ory", "ing", "ion", "ial", "al", "ly", "er",
    "or", "ic", "ed", "y", "e",
];

/// What is left of a word must have so many letters.
const SHORTEST: usize = 4;

/// The stem of a (folded) English word.
pub(crate) fn stem(word: &str) -> String {
    let mut stem = lemma(word);
    // nationally, national, nation: an ending may stand behind an ending.
    for _ in 0..2 {
        let rest = ENDINGS.iter().find_map(|ending| {
            let rest = stem.strip_suffix(ending)?;
            (rest.len() >= SHORTEST).then(|| rest.to_owned())
        });
        match rest {
            Some(rest) => stem = rest,
            None => break,
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_one_stem() {
        for family in [
            &[
                "develop",
                "develops",
                "developed",
                "developing",
                "development",
            ][..],
            &["govern", "government", "governmental", "governance"],
            &["nation", "national", "nationally"],
            &["energy", "energies"],
        ] {
            for word in family {
                assert_eq!(stem(word), stem(family[0]), "{word}");
            }
        }
        assert_eq!(stem("ai"), "ai");
    }
}
