//! *a* or *an* before a term, by the sound the term begins with.

use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-article",
    level: Level::Note,
    mqm: "linguistic-conventions/grammar",
    page: include_str!("term_article.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::En {
        return;
    }
    for hit in text.hits() {
        let (before, _) = halves(text.text, hit.span.start as usize);
        let bare = before.trim_end_matches([' ', '\n', '“', '"', '‘', '*']);
        let Some(article) = bare
            .rsplit([' ', '\n', '(', '“', '"'])
            .next()
            .filter(|_| bare.len() < before.len())
        else {
            continue;
        };
        // Plan A, grade A: a capital that begins no sentence.
        let begin = bare.strip_suffix(article).unwrap_or("").trim_end();
        if article.starts_with('A') && begin.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
            continue;
        }
        let an = article.eq_ignore_ascii_case("an");
        if !an && !article.eq_ignore_ascii_case("a") {
            continue;
        }
        let term = hit.span.of(text.text);
        let Some(vowel) = vowel_sound(term) else {
            continue;
        };
        if vowel != an {
            let span = Span::new(bare.len() - article.len(), bare.len());
            let right = match (vowel, article.starts_with('A')) {
                (true, true) => "An",
                (true, false) => "an",
                (false, true) => "A",
                (false, false) => "a",
            };
            let message = format!("{} takes “{}”", quoted(term), right.to_lowercase());
            drafts.push(Draft {
                suggestions: vec![right.to_owned()],
                concept: hit.senses.first().map(|s| s.concept),
                ..Draft::new(text.at(span), message)
            });
        }
    }
}

/// Whether a term begins with a vowel when it is said; `None` where that is not certain.
fn vowel_sound(term: &str) -> Option<bool> {
    let word: String = term
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        // Eight, eleven, eighteen, eighty … and their thousands.
        let thousands = digits.len() % 3 == 2;
        let eleven = thousands && (digits.starts_with("11") || digits.starts_with("18"));
        return Some(digits.starts_with('8') || eleven);
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let small = word.chars().filter(char::is_ascii_lowercase).count();
    let letters = small == 0 || (capitals > 1 && word.ends_with('s') && small == 1);
    if letters {
        if SAID.contains(&word.trim_end_matches('s')) {
            return Some(
                "AEIOU".contains(first) && !word.starts_with("UN") && !word.starts_with("EU"),
            );
        }
        // A long one may be said as a word or letter by letter.
        let runs = word.split(['A', 'E', 'I', 'O', 'U', 'Y']);
        let long = capitals > 3 && !word.contains('.') && runs.map(str::len).all(|run| run < 3);
        let by_letter = "AEFHILMNORSX".contains(first);
        let as_word = "AEIOU".contains(first);
        return (!long || by_letter == as_word).then_some(by_letter);
    }
    let lower = word.to_lowercase();
    if ["hour", "honest", "honor", "honour", "heir"]
        .iter()
        .any(|w| lower.starts_with(w))
    {
        return Some(true);
    }
    let consonant = [
        "uni", "use", "usa", "usu", "uti", "eu", "ew", "once", "one", "uk", "ubi", "ura",
    ];
    let exception = ["unin", "unim", "unid", "usher"];
    if consonant.iter().any(|w| lower.starts_with(w))
        && !exception.iter().any(|w| lower.starts_with(w))
    {
        return Some(false);
    }
    Some("aeiou".contains(first.to_ascii_lowercase()))
}

/// Abbreviations that are said as words.
const SAID: &[&str] = &[
    "NATO", "UNESCO", "UNICEF", "NASA", "OPEC", "ASEAN", "APEC", "AUKUS", "FIFA", "AIDS", "SARS",
    "MERS", "NAFTA", "LASER", "RADAR", "SWIFT", "NIST", "START", "SALT", "MAD", "FEMA", "HAMAS",
    "RAND", "LAN", "RAM", "ROM", "SIM", "PIN", "LIDAR", "LASSO", "DARPA", "NOAA", "HIPAA", "ARPA",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_terms_begin() {
        for term in [
            "FBI",
            "H20",
            "F-35",
            "LLM",
            "AI model",
            "export control",
            "hour",
            "8-K",
            "ASEAN state",
            "11th",
            "SEC",
        ] {
            assert_eq!(vowel_sound(term), Some(true), "{term}");
        }
        for term in [
            "USCC",
            "U.S. agency",
            "UN",
            "NATO",
            "UNESCO",
            "European Union",
            "one-China policy",
            "university",
            "GPU",
            "5G network",
            "UK",
            "NIST",
        ] {
            assert_eq!(vowel_sound(term), Some(false), "{term}");
        }
        assert_eq!(vowel_sound("NEPAD"), None);
        assert_eq!(vowel_sound("“x”"), None);
    }
}
