//! Which codes of two texts are the same, where one text translates the other.

use super::tag::{parts, tag_len};

/// The elements by which TMX and XLIFF stand for a native code.
const ELEMENTS: &[&str] = &[
    "bpt", "ept", "it", "ph", "ut", "hi", "g", "x", "bx", "ex", "pc", "sc", "ec", "mrk",
];

/// Attributes that hold text or say its language: a translation has its own.
const WORDS: &[&str] = &[
    "alt",
    "title",
    "placeholder",
    "summary",
    "label",
    "aria-label",
    "aria-description",
    "lang",
    "xml:lang",
    "hreflang",
    "dir",
];

/// What must be equal of the codes of two texts, of which one translates the other.
///
/// Of an element of TMX or XLIFF that is the number by which it names its like
/// in the other text, and not the native code (a font, a sub-flow); of another
/// tag all but what its attributes have in words. A placeholder of `printf`
/// counts by its place once one of the two texts numbers them.
///
/// ```
/// use zhengming::text::code::keys;
/// let same = |zh: &[&str], en: &[&str]| {
///     let [mut zh, mut en] = keys([zh, en]);
///     zh.sort();
///     en.sort();
///     zh == en
/// };
/// assert!(same(&[r#"<bpt i="1" x="1" c="{\f17 "/>"#], &[r#"<bpt i="2" x="1" c="{\f2 "/>"#]));
/// assert!(same(&[r#"<img src="a" alt="图"/>"#], &[r#"<img src="a" alt="figure">"#]));
/// assert!(same(&["%d", "%s"], &["%2$s", "%1$d"]) && !same(&["%d", "%s"], &["%1$d", "%1$s"]));
/// assert!(!same(&["<b>"], &["<i>"]) && !same(&["{0}"], &["{1}"]));
/// ```
pub fn keys(texts: [&[&str]; 2]) -> [Vec<String>; 2] {
    let mut all = texts.iter().flat_map(|codes| codes.iter());
    let numbered = all.any(|code| conversion(code).is_some_and(|(number, _)| number.is_some()));
    texts.map(|codes| {
        let mut count = 0;
        let key = |code: &&str| match conversion(code) {
            Some((number, kind)) if numbered => {
                count += 1;
                format!("%{}${kind}", number.unwrap_or(count))
            }
            _ => tag(code).unwrap_or_else(|| (*code).to_owned()),
        };
        codes.iter().map(key).collect()
    })
}

/// The number of a placeholder of `printf`, where it has one, and what stands there.
fn conversion(code: &str) -> Option<(Option<usize>, &str)> {
    let rest = code.strip_prefix('%')?;
    if rest.starts_with('(') || rest.ends_with(|c: char| c == '%' || c.is_ascii_digit()) {
        return None;
    }
    Some(match rest.split_once('$') {
        Some((number, kind)) => (Some(number.parse().ok()?), kind),
        None => (None, rest),
    })
}

/// What is compared of a tag.
fn tag(code: &str) -> Option<String> {
    // What a reader takes for code as a whole (`<code>x</code>`) is no tag.
    let (name, attributes) = parts(code).filter(|_| tag_len(code) == Some(code.len()))?;
    let end = if code.starts_with("</") { "/" } else { "" };
    let mut key = format!("<{end}{name}");
    let told: Vec<(&str, &str)> = if ELEMENTS.contains(&name) {
        let number = |(name, _): &(&str, &str)| matches!(*name, "x" | "id");
        attributes.into_iter().find(number).into_iter().collect()
    } else {
        let words = |name: &str| WORDS.contains(&name.to_ascii_lowercase().as_str());
        let mut rest = attributes;
        rest.retain(|(name, _)| !words(name));
        rest
    };
    for (name, value) in told {
        key.extend([" ", name, value]);
    }
    Some(key)
}
