//! What is Wordfast's own in its memories, which are text parted by tabs: the
//! first row, `%date %user %units %tag %version %tag …`, and the escapes in the
//! texts. A row is date, person, uses, tag and text of the source, tag and text
//! of the target, attributes.

/// Whether a first row is that of a memory of Wordfast.
pub(super) fn is_header<S: AsRef<str>>(cells: &[S]) -> bool {
    let cell = |at: usize| {
        cells
            .get(at)
            .and_then(|c| c.as_ref().trim().strip_prefix('%'))
    };
    let digits =
        |part: &str, count: usize| part.len() == count && part.chars().all(|c| c.is_ascii_digit());
    let date = cell(0).and_then(|date| date.split_once('~'));
    date.is_some_and(|(day, time)| digits(day, 8) && digits(time, 6))
        && cell(3).is_some()
        && cell(5).is_some()
}

/// A date of Wordfast (`20060102~093000`) as TMX writes it.
pub(super) fn date(written: &str) -> String {
    written.replace('~', "T")
}

/// A text without the escapes: `&'A3;` is a character by its number, `&tA;` a code
/// of the document, which becomes one.
pub(super) fn text(written: &str) -> String {
    let mut parts = written.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escape = part.split_once(';');
        if let Some((read, rest)) = escape.and_then(|(name, rest)| Some((read(name)?, rest))) {
            out.push_str(&read);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    out
}

/// What an escape stands for.
fn read(name: &str) -> Option<String> {
    if let Some(hex) = name.strip_prefix('\'') {
        let number = u32::from_str_radix(hex, 16).ok()?;
        return char::from_u32(number).map(String::from);
    }
    let mut inside = name.strip_prefix('t')?.chars();
    let (mark, None) = (inside.next()?, inside.next()) else {
        return None;
    };
    // Codes are numbered by digits or by letters.
    let digit = mark.to_digit(36)?;
    let number = if digit > 9 { digit - 9 } else { digit };
    Some(format!("<ph x=\"{number}\" c=\"&amp;t{mark};\"/>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_the_first_row() {
        assert_eq!(
            text("甲方：&t1;公司&tB; R&D &'A3;100 &amp;"),
            "甲方：<ph x=\"1\" c=\"&amp;t1;\"/>公司<ph x=\"2\" c=\"&amp;tB;\"/> R&D £100 &amp;"
        );
        let head = "%20060101~120000\t%User ID,ZL\t%TU=00000002\t%ZH-CN\t%Wordfast TM v.5.51w9/00\t%EN-US\t%-----------\t.";
        assert!(is_header(&head.split('\t').collect::<Vec<_>>()));
        assert!(!is_header(&["%20060101~120000", "a", "b"]));
        assert!(!is_header(&[
            "zh", "en", "state", "when", "who", "document"
        ]));
    }
}
