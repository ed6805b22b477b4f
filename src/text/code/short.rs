//! A text with its tags where there is little room, or where words are looked for.

use super::{codes, only_dresses, opens_code};
use crate::span::Span;

/// A text without its tags: one that only dresses text leaves nothing, one that
/// stands for something (`<br/>`, `<ph x="1"/>`) a □. Other codes stay as they are.
///
/// ```
/// use zhengming::text::code::without_tags;
/// let text = r#"要<bpt i="1" type="2"/>加快<ept i="1"/>建设<ph x="1"/>，见 {0}。"#;
/// assert_eq!(without_tags(text), "要加快建设□，见 {0}。");
/// assert_eq!(without_tags("a < b, **c** <code>d</code>"), "a < b, **c** <code>d</code>");
/// ```
pub fn without_tags(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut at = 0;
    for place in codes(text) {
        let code = place.of(text);
        if !is_tag(code) {
            continue;
        }
        short.push_str(Span::new(at, place.start as usize).of(text));
        if !only_dresses(code) {
            short.push('□');
        }
        at = place.end as usize;
    }
    short.push_str(Span::new(at, text.len()).of(text));
    short
}

/// Whether a code is a tag: no address in angle brackets, and not all of `<code>x</code>`.
fn is_tag(code: &str) -> bool {
    let address = code.contains("://") || code.contains('@');
    code.starts_with('<') && !opens_code(code) && (!address || code.contains(char::is_whitespace))
}
