//! Text in XML and HTML: the one set of escapes that is right in both, in
//! elements and in attributes.

/// A text with nothing in it read as markup.
///
/// Characters that neither format allows (most controls, noncharacters) and
/// those that would turn the reading direction of what follows are replaced by
/// a visible one. Line ends and tabs are written as references, so that an
/// attribute keeps them.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if is_noncharacter(c) => out.push('\u{fffd}'),
            c => out.push(super::stand_in(c).unwrap_or(c)),
        }
    }
    out
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c), 0xfdd0..=0xfdef) || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_is_forbidden() {
        assert_eq!(
            escape("<a b=\"c\" d='e'>&\n\t"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#10;&#9;"
        );
        assert_eq!(
            escape("\0\u{1b}\r\u{85}\u{ffff}\u{1fffe}"),
            "␀␛␍\u{fffd}\u{fffd}\u{fffd}"
        );
        assert_eq!(escape("创世计划 𠮷 e\u{301} 👧"), "创世计划 𠮷 e\u{301} 👧");
    }
}
