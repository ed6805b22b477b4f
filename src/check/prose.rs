//! What of a text is prose, and what stands in brackets or quotation marks:
//! the knowledge that the rules of script and punctuation share.

use super::{Paper, Text};
use crate::finding::Side;
use crate::model::bitext::Layout;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, is_latin_word};
use crate::text::code::only_dresses;
use crate::text::fold::HOLE;

/// The character before a byte; codes that only dress text are passed over,
/// others are a [`HOLE`]. `None` at the text's beginning.
pub(super) fn before(text: &Text<'_>, at: u32) -> Option<char> {
    let mut at = at;
    loop {
        let next = text.codes.partition_point(|code| code.start < at);
        let code = next.checked_sub(1).and_then(|i| text.codes.get(i));
        match code.filter(|code| code.end >= at) {
            Some(code) if only_dresses(code.of(text.text)) => at = code.start,
            Some(_) => return Some(HOLE),
            None => return halves(text.text, at as usize).0.chars().next_back(),
        }
    }
}

/// The character at a byte, as [`before`]. `None` at the text's end.
pub(super) fn after(text: &Text<'_>, at: u32) -> Option<char> {
    let mut at = at;
    loop {
        let next = text.codes.partition_point(|code| code.end <= at);
        let code = text.codes.get(next);
        match code.filter(|code| code.start <= at) {
            Some(code) if only_dresses(code.of(text.text)) => at = code.end,
            Some(_) => return Some(HOLE),
            None => return halves(text.text, at as usize).1.chars().next(),
        }
    }
}

/// The characters outside of codes, with their spans.
pub(super) fn letters<'t>(text: &'t Text<'_>) -> impl Iterator<Item = (Span, char)> + 't {
    let mut codes = text.codes.iter().peekable();
    text.text.char_indices().filter_map(move |(at, c)| {
        let span = Span::new(at, at + c.len_utf8());
        while codes.next_if(|code| code.end <= span.start).is_some() {}
        let inside = codes.peek().is_some_and(|code| code.overlaps(span));
        (!inside).then_some((span, c))
    })
}

/// Whether a character is Chinese script: Han, or a mark that closes or opens around it.
pub(super) fn is_chinese(c: char) -> bool {
    is_han(c) || "“”‘’（）《》〈〉「」『』【】，。；：？！、".contains(c)
}

/// Whether a character is a letter or digit that is not Chinese.
pub(super) fn is_word(c: Option<char>) -> bool {
    c.is_some_and(is_latin_word)
}

/// Whether a character is Han.
pub(super) fn han(c: Option<char>) -> bool {
    c.is_some_and(is_han)
}

/// A mark of a pair, and in which of several texts it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) text: usize,
    pub(super) span: Span,
    pub(super) c: char,
}

/// The brackets and quotation marks of some texts that follow each other.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Those that belong together.
    pub(super) pairs: Vec<[Mark; 2]>,
    /// Those without a partner.
    pub(super) lone: Vec<Mark>,
}

/// The kind of a pair and whether the mark opens it; full and half width are one kind.
fn kind(c: char) -> Option<(u8, bool)> {
    Some(match c {
        '(' | '（' => (b'(', true),
        ')' | '）' => (b'(', false),
        '[' | '［' => (b'[', true),
        ']' | '］' => (b'[', false),
        '{' | '｛' => (b'{', true),
        '}' | '｝' => (b'{', false),
        '【' => (b'#', true),
        '】' => (b'#', false),
        '“' => (b'"', true),
        '”' => (b'"', false),
        '‘' => (b'\'', true),
        '’' => (b'\'', false),
        '《' => (b'<', true),
        '》' => (b'<', false),
        '〈' => (b',', true),
        '〉' => (b',', false),
        '「' => (b'L', true),
        '」' => (b'L', false),
        '『' => (b'l', true),
        '』' => (b'l', false),
        _ => return None,
    })
}

/// No text nests deeper; what is deeper is not looked at.
const DEPTH: usize = 64;

/// Finds which marks belong together in texts that follow each other.
pub(super) fn marks(texts: &[&Text<'_>]) -> Marks {
    let mut marks = Marks::default();
    let mut open: Vec<(u8, Mark)> = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        for (span, c) in letters(text) {
            let Some((kind, opens)) = kind(c) else {
                continue;
            };
            let mark = Mark { text: i, span, c };
            // An apostrophe is no quotation mark (O’Brien, workers’).
            let single = kind == b'\'';
            if single && is_word(before(text, span.start)) && is_word(after(text, span.end)) {
                continue;
            }
            if opens {
                if open.len() < DEPTH {
                    open.push((kind, mark));
                }
                continue;
            }
            let partner = open.iter().rposition(|(k, _)| *k == kind);
            let partner = partner.or_else(|| open.iter().rposition(|(k, _)| interval(*k, kind)));
            if let Some(at) = partner {
                marks.lone.extend(open.drain(at + 1..).map(|(_, m)| m));
                marks.pairs.extend(open.pop().map(|(_, m)| [m, mark]));
            } else if !single {
                marks.lone.push(mark);
            }
        }
    }
    marks.lone.extend(open.into_iter().map(|(_, m)| m));
    marks.lone.sort_by_key(|m| (m.text, m.span));
    marks
}

/// Whether two marks enclose a half-open interval: [0, 1).
fn interval(open: u8, close: u8) -> bool {
    matches!((open, close), (b'[', b'(') | (b'(', b'['))
}

/// What stands in brackets, quotation or title marks in a text, with the marks.
pub(super) fn enclosed(text: &Text<'_>) -> Vec<Span> {
    let pairs = marks(&[text]).pairs.into_iter();
    let mut found: Vec<Span> = pairs
        .map(|[open, close]| Span {
            start: open.span.start,
            end: close.span.end,
        })
        .collect();
    let straight: Vec<Span> = letters(text)
        .filter(|(_, c)| *c == '"')
        .map(|(span, _)| span)
        .collect();
    found.extend(straight.chunks_exact(2).filter_map(|pair| {
        let [open, close] = pair else { return None };
        Some(Span {
            start: open.start,
            end: close.end,
        })
    }));
    found
}

/// The texts of one side of a document, paragraph by paragraph. In a table the
/// source is given: it is nobody's work here.
pub(super) fn paragraphs<'v, 'a>(
    paper: &'v Paper<'a>,
    side: Side,
) -> impl Iterator<Item = Vec<&'v Text<'a>>> {
    let given = paper.bitext.layout == Layout::Table && side == Side::Source;
    let table = paper.bitext.layout == Layout::Table;
    let groups = paper
        .views
        .chunk_by(move |a, b| !table && a.paragraph == b.paragraph);
    groups.filter(move |_| !given).map(move |views| {
        let texts = views.iter().map(|view| view.text(side));
        texts.filter(|t| !t.text.trim().is_empty()).collect()
    })
}

/// All texts of one side of a document; see [`paragraphs`].
pub(super) fn texts<'v, 'a>(
    paper: &'v Paper<'a>,
    side: Side,
) -> impl Iterator<Item = &'v Text<'a>> {
    paragraphs(paper, side).flatten()
}

/// Both sides.
pub(super) const SIDES: [Side; 2] = [Side::Source, Side::Target];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use crate::check::{Job, Levels, Reference, fix, run};
    use crate::format;
    use crate::glossary::Glossary;
    use crate::lang::Locale;
    use crate::model::bitext::Bitext;
    use crate::recognize::Recognizer;

    /// A document with all safe fixes put in.
    fn fixed(text: &str, locale: Locale) -> String {
        let document = format::parse(Path::new("a.md"), text.into(), Some(locale.lang()));
        let bitext = Bitext::single(document.unwrap().value, locale);
        let (glossary, recognizer) = (Glossary::default(), Recognizer::default());
        let jobs = [Job {
            bitext,
            levels: Levels::new(),
        }];
        let found = run(&jobs, &Reference::new(&glossary, &recognizer)).findings;
        fix::applied(text, &fix::safe(&found))
    }

    #[test]
    fn fixes_are_right_and_final() {
        for (text, expected) in [
            (
                "会议指出, 要加快\"创世计划\"(下称计划),并说:好!\n",
                "会议指出，要加快“创世计划”（下称计划），并说：好！\n",
            ),
            (
                "能源...科技--都在２０２５年。\n",
                "能源……科技——都在2025年。\n",
            ),
            (
                "见(视频), [(视频)](a.md)。\n",
                "见（视频），[（视频）](a.md)。\n",
            ),
            ("\"系统工程师 \"好。\n", "\"系统工程师 \"好。\n"),
            ("\"第一句。\"他说.\n", "“第一句。”他说。\n"),
            ("能源\u{200b}部（USCC)。\n", "能源部（USCC）。\n"),
            (
                "- **重要**,见[文件](a,b.md)。\n- 第二,`x,y`和甲\n",
                "- **重要**，见[文件](a,b.md)。\n- 第二，`x,y`和甲\n",
            ),
        ] {
            assert_eq!(fixed(text, Locale::Hans), expected);
            assert_eq!(fixed(expected, Locale::Hans), expected);
        }
    }

    #[test]
    fn fixes_leave_everything_else_alone() {
        for text in [
            "---\ntitle: \"计划,一\"\n---\n\n1. 比例3:2，共1,000份，10:30见https://a.org/甲,乙?丙。\n",
            "# 一. 总则\n\n(1) 他说Hello, world! How are you?然后走了。\n",
            "| 名称 | 值 |\n| :-- | --- |\n| `a,b` | 1.5 |\n",
            "```\n代码,\"不动\"(真的)\n```\n\n<a title=\"甲,乙\">链接</a>，报告.docx，5~10\"屏幕\n",
        ] {
            assert_eq!(fixed(text, Locale::Hans), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_taken_and_fixing_ends(text in "[能源部，。“”（）《》「」,.:;?!()\"'…—～A1 *_`\\[\\]\u{200b}\u{301}２\n於國-]{0,24}") {
            let mut now = text;
            for _ in 0..4 {
                now = fixed(&now, Locale::Hans);
            }
            prop_assert_eq!(&fixed(&now, Locale::Hans), &now);
        }
    }
}
