//! Control characters in texts: office programs hide breaks and hyphens in
//! them, nobody sees them, and an XML file cannot hold them.

use crate::format::exchange::Unit;
use crate::text::count::plural;
use crate::text::stream::Spot;
use crate::xml::Fault;

/// Units of a file with control characters in their texts: where the first is, and how many.
#[derive(Debug, Default)]
pub(super) struct Controls(Option<(Spot, u64)>);

impl Controls {
    pub(super) fn take(&mut self, unit: &Unit) {
        if unit.variants.iter().any(|variant| has(&variant.text)) {
            self.0.get_or_insert((unit.spot, 0)).1 += 1;
        }
    }

    /// What is to be said of the file; the next one begins anew.
    pub(super) fn told(&mut self) -> Option<Fault> {
        let (spot, count) = self.0.take()?;
        let units = plural(count, "unit");
        let message =
            format!("control characters are left out, or made line ends and hyphens: {units}");
        Some(Fault { spot, message })
    }
}

/// Whether a text has any that no text should have, NUL aside: one with that is refused.
fn has(text: &str) -> bool {
    text.contains(|c: char| c != '\0' && is_odd(c))
}

/// A text as a memory holds it: of a break in a line, a column or a page a line
/// feed is left, of a hyphen that does not break a hyphen, of others nothing.
pub(super) fn without(text: &str) -> String {
    if !text.contains(|c: char| c == '\r' || is_odd(c)) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    let plain = text.chars().filter_map(|c| match c {
        '\r' | '\u{b}' | '\u{c}' => Some('\n'),
        '\u{1e}' => Some('-'),
        c if is_odd(c) => None,
        c => Some(c),
    });
    plain.collect()
}

fn is_odd(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_office_programs_hide_is_made_plain() {
        let text = "外商\u{b}投资\u{1f}企业\tnon\u{1e}breaking\r\n。\u{2}";
        assert!(has(text) && !has("外商\t投资\n"));
        assert_eq!(without(text), "外商\n投资企业\tnon-breaking\n。");
    }
}
