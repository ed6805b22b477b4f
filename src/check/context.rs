//! What stands around a term and takes weight from what is said of it.

use crate::span::{Span, halves};

/// Whether a place is part of somebody else's words: of a book title's or law's
/// name in 《》, or of a longer quotation. A term alone in quotation marks is the
/// author's own.
pub(super) fn cited(text: &str, place: Span) -> bool {
    let (before, _) = halves(text, place.start as usize);
    let (_, after) = halves(text, place.end as usize);
    MARKS.iter().any(|&(open, close, always)| {
        let opened = before.rfind(open);
        // A straight mark opens where an odd number of them stands before.
        let opened = opened.filter(|at| {
            let (_, since) = halves(before, *at + open.len_utf8());
            !since.contains(close) && (open != close || before.matches(open).count() % 2 == 1)
        });
        opened.zip(after.find(close)).is_some_and(|(at, end)| {
            let (_, inside) = halves(before, at + open.len_utf8());
            let (rest, _) = halves(after, end);
            always
                || inside
                    .chars()
                    .chain(rest.chars())
                    .any(char::is_alphanumeric)
        })
    })
}

/// Quotation marks, and whether all they hold is cited.
const MARKS: &[(char, char, bool)] = &[
    ('《', '》', true),
    ('〈', '〉', true),
    ('“', '”', false),
    ('‘', '’', false),
    ('「', '」', false),
    ('『', '』', false),
    ('"', '"', false),
];

/// Whether the words before a place turn it down: 不写…, 而非…, *rather than …*.
pub(super) fn turned_down(text: &str, place: Span) -> bool {
    let (before, _) = halves(text, place.start as usize);
    let near: Vec<char> = before.chars().rev().take(24).collect();
    let near: String = near.into_iter().rev().collect::<String>().to_lowercase();
    let clause = near
        .rsplit(['。', '；', ';', '!', '！', '？', '?'])
        .next()
        .unwrap_or("");
    DENIALS.iter().any(|denial| clause.contains(denial))
}

/// Whether a place is named as a name, and not used: 把它写成…, *rendered as …*.
pub(super) fn named(text: &str, place: Span) -> bool {
    let (before, _) = halves(text, place.start as usize);
    let open = |c: char| c.is_whitespace() || MARKS.iter().any(|(open, ..)| c == *open);
    let before = before.trim_end_matches(open).to_lowercase();
    NAMING.iter().any(|word| before.ends_with(word))
}

/// Words behind which a name is spoken of.
const NAMING: &[&str] = &[
    "写成",
    "写作",
    "写为",
    "译成",
    "译作",
    "译为",
    "称作",
    "称为",
    "称之为",
    "叫做",
    "叫作",
    "寫成",
    "寫作",
    "寫為",
    "譯成",
    "譯作",
    "譯為",
    "稱作",
    "稱為",
    "稱之為",
    " as",
    " called",
];

/// Words that turn down what follows.
const DENIALS: &[&str] = &[
    "不写",
    "不要写",
    "不得写",
    "不用",
    "不应",
    "不宜",
    "不称",
    "不译",
    "勿",
    "而非",
    "而不是",
    "并非",
    "误译",
    "误写",
    "误作",
    "误为",
    "错译",
    "旧称",
    "旧译",
    "曾译",
    "原称",
    "曾称",
    "原译",
    "do not ",
    "don't ",
    "don’t ",
    "rather than ",
    "instead of ",
    "formerly ",
    "previously ",
    "avoid ",
    "never ",
    ", not ",
    "(not ",
    "once called ",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, part: &str) -> Span {
        Span::find(text, part).unwrap()
    }

    #[test]
    fn whose_words_they_are() {
        let is = |text: &str| cited(text, span(text, "创世纪计划"));
        assert!(is("据《美国创世纪计划》一文") && is("据《创世纪计划》一文"));
        assert!(is("他说：“创世纪计划已经启动。”") && is("他说：\"我们的创世纪计划\"。"));
        assert!(!is("启动“创世纪计划”，投入资金") && !is("“好”，创世纪计划又“好”"));
        assert!(!is("启动创世纪计划"));
    }

    #[test]
    fn what_is_spoken_of() {
        let is = |text: &str| named(text, span(text, "创世纪计划"));
        assert!(is("有些报道把它写成创世纪计划") && is("譯為「创世纪计划」"));
        assert!(!is("启动创世纪计划"));
        let text = "Some render it as the Creation Plan, some as Creation Plan.";
        assert!(!named(text, span(text, "Creation")) && named(text, Span::new(45, 58)));
    }

    #[test]
    fn what_is_turned_down() {
        let is = |text: &str| turned_down(text, span(text, "创世纪计划"));
        assert!(is("应写创世计划，不写创世纪计划") && !is("启动创世纪计划"));
        let text = "Write Genesis Mission, not Creation Plan.";
        assert!(turned_down(text, span(text, "Creation Plan")));
    }
}
