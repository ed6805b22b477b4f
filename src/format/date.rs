//! The day a document is of: what its name or its author says.

use std::path::Path;

use jiff::civil;

use crate::lang::Lang;
use crate::span;
use crate::text::number::{Date, Value, quantities};

/// The first date in a file's name: `2025-11-24-launching-the-genesis-mission.md`,
/// `report_20251124.docx`, `2025年11月24日行政令.md`.
pub(super) fn in_name(path: &Path) -> Option<civil::Date> {
    let name = path.file_stem()?.to_str()?;
    let starts = name.char_indices().filter(|(at, c)| {
        let (before, _) = span::halves(name, *at);
        c.is_ascii_digit() && !before.ends_with(|c: char| c.is_ascii_digit())
    });
    let mut dates = starts.map(|(at, _)| beginning(span::halves(name, at).1));
    dates.find_map(|date| date)
}

/// A date as an author writes it: `2025-11-24`, `2025/11/24`, `2025年11月24日`,
/// `Nov 24, 2025`, a time behind it or not. What lacks a part is none, nor is what
/// two countries read differently (`11/12/2025`).
pub(super) fn written(text: &str) -> Option<civil::Date> {
    let text = text.trim();
    let in_words = || in_words(text, Lang::En).or_else(|| in_words(text, Lang::Zh));
    beginning(text).or_else(in_words)
}

/// The first whole date of a text in a language.
fn in_words(text: &str, lang: Lang) -> Option<civil::Date> {
    let whole = |value: Value| {
        let Value::Date(Date { year, month, day }) = value else {
            return None;
        };
        let year = i16::try_from(year?).ok()?;
        let [month, day] = [month?, day?].map(i8::try_from);
        civil::Date::new(year, month.ok()?, day.ok()?).ok()
    };
    let found = quantities(text, lang);
    let mut sure = found.iter().filter(|quantity| !quantity.ambiguous);
    sure.find_map(|quantity| whole(quantity.value))
}

/// The date a text begins with: eight digits, or a year, a month and a day with
/// `-`, `.`, `_`, `/` or 年月日 between.
pub(super) fn beginning(text: &str) -> Option<civil::Date> {
    let number = |text: &str| -> (String, String) {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        (digits.clone(), text.chars().skip(digits.len()).collect())
    };
    let date = |year: &str, month: &str, day: &str| {
        let year = year
            .parse::<i16>()
            .ok()
            .filter(|year| (1000..=2999).contains(year));
        let rest = month.parse().ok().zip(day.parse().ok());
        let (month, day) = rest?;
        civil::Date::new(year?, month, day).ok()
    };
    let (year, rest) = number(text);
    if year.len() == 8 {
        let (year, rest) = span::halves(&year, 4);
        let (month, day) = span::halves(rest, 2);
        return date(year, month, day);
    }
    let part = |text: &str, marks: &[char]| text.strip_prefix(marks).map(number);
    let (month, rest) = part(&rest, &['-', '.', '_', '/', '年'])?;
    let (day, rest) = part(&rest, &['-', '.', '_', '/', '月'])?;
    let whole = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
    date(&year, &month, &day).filter(|_| whole && ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_names() {
        for (name, date) in [
            ("2025-11-24-launching.md", Some("2025-11-24")),
            ("a/report_20251124.v2.docx", Some("2025-11-24")),
            ("2025年11月24日行政令.md", Some("2025-11-24")),
            ("no14363 2025.1.4.md", Some("2025-01-04")),
            ("report-20251324.md", None),
            ("120251124.md", None),
            ("v1-2-3.md", None),
            ("report.md", None),
        ] {
            let found = in_name(Path::new(name)).map(|date| date.to_string());
            assert_eq!(found.as_deref(), date, "{name}");
        }
    }

    #[test]
    fn dates_as_authors_write_them() {
        for text in [
            "2020-05-05",
            "20200505",
            "2020-05-05T10:00:00+08:00",
            "2020-05-05 10:00",
            "2020/5/5",
            "2020/05/05",
            "2020.5.5",
            "2020年5月5日",
            "二〇二〇年五月五日",
            "May 5, 2020",
            "5 May 2020",
            "Tue, 05 May 2020 10:00",
        ] {
            let found = written(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some("2020-05-05"), "{text}");
        }
        for text in ["2020-05", "May 2020", "5/6/2020", "2020-13-01", "soon", ""] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
