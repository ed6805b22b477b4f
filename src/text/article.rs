//! *a* or *an*: by the sound a word begins with.

/// Whether a term or figure begins with a vowel when it is said; `None` where that is not certain.
///
/// ```
/// use zhengming::text::article::vowel_sound;
/// assert_eq!(vowel_sound("FBI report"), Some(true));
/// assert_eq!(vowel_sound("European Union"), Some(false));
/// assert_eq!(vowel_sound("80 percent"), Some(true));
/// ```
pub fn vowel_sound(term: &str) -> Option<bool> {
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
