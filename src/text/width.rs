//! Display columns: measure, cut and wrap, always by whole grapheme cluster.
//!
//! A terminal gives a Han character two columns, an emoji family joined from
//! five code points two, a combining mark none. Some characters (“ ” … ·) are
//! *ambiguous* (UAX #11): one column in most terminals, two in those set for
//! East Asia; [`Columns`] says which. Control characters count as none, as
//! terminals are never sent them: replace tabs before drawing.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::chars::is_han;
use crate::span::Span;

/// How a terminal counts columns. The free functions of this module are
/// `Columns::default()`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    /// Whether characters of ambiguous width (“ ” … ·) take two columns.
    pub ambiguous_wide: bool,
}

/// The columns `text` takes in a terminal.
///
/// ```
/// use zhengming::text::width::width;
/// assert_eq!(width("创世计划 (AI)"), 13);
/// assert_eq!(width("👨\u{200d}👩\u{200d}👧🇨🇳e\u{301}"), 5);
/// ```
pub fn width(text: &str) -> usize {
    Columns::default().width(text)
}

/// The longest beginning of `text` that takes at most `cols` columns.
///
/// ```
/// use zhengming::text::width::cut;
/// assert_eq!(cut("创世计划", 5), "创世");
/// ```
pub fn cut(text: &str, cols: usize) -> &str {
    Columns::default().cut(text, cols)
}

/// `text` where it fits into `cols` columns, otherwise its beginning with `…`.
///
/// ```
/// use zhengming::text::width::fit;
/// assert_eq!(fit("创世计划", 8), "创世计划");
/// assert_eq!(fit("创世计划", 7), "创世计…");
/// ```
pub fn fit(text: &str, cols: usize) -> String {
    Columns::default().fit(text, cols)
}

/// The lines of `text` at `cols` columns (at least 1): they join up to the whole text.
///
/// A line ends behind white space, between Han characters, behind a hyphen
/// inside a word, and at a line break, which belongs to the line it ends. White
/// space at the end of a line may stick out; without it no line is wider than
/// `cols` unless a single grapheme is. No line begins with a closing mark
/// (，。、；：？！）】》”’…) and none ends with an opening one (“‘（《【): the
/// rules of GB/T 15834 for line edges. A word longer than a line is broken
/// anywhere.
///
/// ```
/// use zhengming::text::width::wrap;
/// let text = "启动“创世计划”，为期十年。";
/// let lines: Vec<&str> = wrap(text, 12).iter().map(|line| line.of(text)).collect();
/// assert_eq!(lines, ["启动“创世计", "划”，为期十", "年。"]);
/// ```
pub fn wrap(text: &str, cols: usize) -> Vec<Span> {
    Columns::default().wrap(text, cols)
}

impl Columns {
    /// As [`width()`].
    pub fn width(self, text: &str) -> usize {
        if text.is_ascii() {
            return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
        }
        let plain = text.chars().map(|c| self.plain(c));
        let plain: Option<usize> = plain.sum();
        plain.unwrap_or_else(|| {
            let clusters = text.graphemes(true);
            clusters.map(|cluster| self.cluster(cluster)).sum()
        })
    }

    /// The columns of a character of which it is known without its neighbors
    /// that it is a cluster by itself: most texts have no others, and are
    /// measured much sooner so.
    fn plain(self, c: char) -> Option<usize> {
        match c {
            ' '..='~' => Some(1),
            '、'..='〃' | '〈'..='】' | '\u{4e00}'..='\u{9fff}' | '！'..='～' => Some(2),
            '“' | '”' | '‘' | '’' | '…' | '—' | '·' => {
                Some(1 + usize::from(self.ambiguous_wide))
            }
            _ => None,
        }
    }

    /// As [`cut`].
    pub fn cut(self, text: &str, cols: usize) -> &str {
        let mut used = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            used += self.cluster(cluster);
            if used > cols {
                return Span::new(0, at).of(text);
            }
        }
        text
    }

    /// The longest end of `text` that takes at most `cols` columns.
    ///
    /// ```
    /// use zhengming::text::width::Columns;
    /// assert_eq!(Columns::default().cut_left("创世计划", 5), "计划");
    /// ```
    pub fn cut_left(self, text: &str, cols: usize) -> &str {
        let mut used = 0;
        for (at, cluster) in text.grapheme_indices(true).rev() {
            used += self.cluster(cluster);
            if used > cols {
                return Span::new(at + cluster.len(), text.len()).of(text);
            }
        }
        text
    }

    /// As [`fit`].
    pub fn fit(self, text: &str, cols: usize) -> String {
        if self.width(text) <= cols {
            return text.to_owned();
        }
        match cols.checked_sub(self.width("…")) {
            Some(cols) => [self.cut(text, cols), "…"].concat(),
            None => String::new(),
        }
    }

    /// As [`wrap`].
    pub fn wrap(self, text: &str, cols: usize) -> Vec<Span> {
        let cols = cols.max(1);
        let mut lines = Vec::new();
        let mut start = 0; // where the line begins
        let mut used = 0; // the columns from there
        let mut edge = None; // the last byte where it may end, and the columns to there
        let mut last = "";
        for (at, cluster) in text.grapheme_indices(true) {
            let wide = self.cluster(cluster);
            if at > start && may_break(last, cluster) {
                edge = Some((at, used));
            }
            while used + wide > cols && at > start && !is_space(cluster) {
                // With no edge, in the middle of a word.
                let (end, columns) = edge.take().unwrap_or((at, used));
                lines.push(Span::new(start, end));
                start = end;
                used -= columns;
            }
            used += wide;
            last = cluster;
            if is_line_break(cluster) {
                let end = at + cluster.len();
                lines.push(Span::new(start, end));
                (start, used, edge) = (end, 0, None);
            }
        }
        lines.push(Span::new(start, text.len()));
        lines
    }

    /// The columns of one grapheme cluster.
    fn cluster(self, cluster: &str) -> usize {
        if cluster.contains(char::is_control) {
            0
        } else if self.ambiguous_wide {
            cluster.width_cjk()
        } else {
            cluster.width()
        }
    }
}

/// Whether a line may end between two neighbouring clusters.
fn may_break(left: &str, right: &str) -> bool {
    let (Some(l), Some(r)) = (left.chars().next(), right.chars().next()) else {
        return false;
    };
    // Behind a space a colon closes nothing: it begins a word such as `:draft`.
    let begins = r == ':' && is_space(left);
    if is_space(right) || (never_begins(r) && !begins) || never_ends(l) {
        return false;
    }
    is_space(left)
        || stands_alone(l)
        || stands_alone(r)
        || (never_begins(l) && never_ends(r) && !l.is_ascii())
        || (matches!(l, '-' | '‐' | '–' | '/') && r.is_alphabetic())
}

/// Whether a line may end on either side of a character: Han, kana, CJK
/// punctuation, emoji; everything that is two columns wide.
fn stands_alone(c: char) -> bool {
    is_han(c) || matches!(c, '—' | '…') || unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

/// Whether the cluster is white space at which a line may end.
fn is_space(cluster: &str) -> bool {
    cluster
        .chars()
        .all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}'))
}

fn is_line_break(cluster: &str) -> bool {
    matches!(
        cluster,
        "\n" | "\r\n" | "\r" | "\u{85}" | "\u{2028}" | "\u{2029}"
    )
}

/// Marks that close what stands before them, or cannot be torn from it.
fn never_begins(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '〕'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '…'
            | '—'
            | '·'
            | '～'
            | '％'
            | '‰'
            | '℃'
            | '々'
            | 'ー'
            | '．'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
    )
}

/// Marks that open what stands behind them.
fn never_ends(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '（'
            | '《'
            | '【'
            | '〈'
            | '「'
            | '『'
            | '〔'
            | '［'
            | '｛'
            | '￥'
            | '＄'
            | '£'
            | '€'
            | '('
            | '['
            | '{'
            | '$'
            | '¥'
            | '#'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, cols: usize) -> Vec<&str> {
        wrap(text, cols).iter().map(|line| line.of(text)).collect()
    }

    #[test]
    fn widths() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("正名", 4),
            ("，。“”", 6),
            ("ｶﾀ", 2),
            ("ＡＩ", 4),
            ("e\u{301}", 1),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("🇨🇳", 2),
            ("葛\u{e0100}", 2),
            ("☎\u{fe0f}", 2),
            ("𠮷", 2),
            ("a\tb\n", 2),
            ("\u{200b}", 0),
            ("한글", 4),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
        let wide = Columns {
            ambiguous_wide: true,
        };
        assert_eq!(wide.width("“正…”"), 8);
        assert_eq!(wide.fit("正名正名", 6), "正名…");
    }

    #[test]
    fn what_is_measured_by_characters_is_as_wide_by_clusters() {
        for ambiguous_wide in [false, true] {
            let columns = Columns { ambiguous_wide };
            for c in '\0'..=char::MAX {
                let text = c.to_string();
                let plain = columns.plain(c);
                assert!(plain.is_none_or(|w| w == columns.cluster(&text)), "{c:?}");
            }
        }
    }

    #[test]
    fn cutting_keeps_clusters_whole() {
        for (text, cols, expected) in [
            ("正名", 0, ""),
            ("正名", 1, ""),
            ("正名", 3, "正"),
            ("ae\u{301}b", 2, "ae\u{301}"),
            ("🇨🇳🇺🇸", 3, "🇨🇳"),
            ("x👨\u{200d}👩\u{200d}👧", 2, "x"),
        ] {
            assert_eq!(cut(text, cols), expected, "{text:?} at {cols}");
        }
        assert_eq!(fit("正名", 0), "");
        assert_eq!(fit("正名", 1), "…");
        assert_eq!(fit("a", 1), "a");
    }

    #[test]
    fn a_word_with_a_colon_before_it_is_not_torn() {
        let text = "or :empty  :with\u{a0}findings";
        assert_eq!(lines(text, 18), ["or :empty  ", ":with\u{a0}findings"]);
    }

    #[test]
    fn lines_end_where_they_may() {
        for (text, cols, expected) in [
            ("", 10, &[""][..]),
            ("正名", 10, &["正名"]),
            ("能源部启动", 4, &["能源", "部启", "动"]),
            ("能源部，启动", 6, &["能源", "部，启", "动"]),
            ("他说：“创世”。", 8, &["他说：", "“创世”。"]),
            ("见《大西洋月刊》", 4, &["见", "《大", "西洋", "月", "刊》"]),
            ("the quick fox", 9, &["the quick ", "fox"]),
            ("the  quick", 4, &["the  ", "quic", "k"]),
            ("supply-chain", 8, &["supply-", "chain"]),
            ("使用AI技术", 6, &["使用AI", "技术"]),
            ("使用AI技术", 5, &["使用", "AI技", "术"]),
            ("a\nb", 10, &["a\n", "b"]),
            ("a\r\n", 10, &["a\r\n", ""]),
            ("十年——没有", 5, &["十", "年——", "没有"]),
            ("增长50%。", 6, &["增长", "50%。"]),
            ("10\u{a0}km", 3, &["10\u{a0}", "km"]),
            ("正名", 1, &["正", "名"]),
            ("，，，", 2, &["，", "，", "，"]),
        ] {
            assert_eq!(lines(text, cols), expected, "{text:?} at {cols}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_join_up_and_fit(text in "[创世，。“”（）《》a-c \n…—é👧🇨\u{301}\u{200d}\t-]{0,40}", cols in 0usize..12) {
            let lines = lines(&text, cols);
            prop_assert_eq!(lines.concat(), text.as_str());
            for line in &lines {
                let shown = line.trim_end();
                prop_assert!(
                    width(shown) <= cols.max(1) || shown.graphemes(true).count() == 1,
                    "{:?} at {}", line, cols
                );
            }
            for (at, line) in lines.iter().enumerate().skip(1) {
                let unbroken = lines[at - 1].ends_with('\n');
                prop_assert!(unbroken || !line.is_empty());
            }
        }

        #[test]
        fn a_cut_fits_and_could_not_be_longer(text in "[创世a，👧é\u{301}]{0,12}", cols in 0usize..12) {
            let part = cut(&text, cols);
            prop_assert!(text.starts_with(part) && width(part) <= cols);
            let end = Columns::default().cut_left(&text, cols);
            prop_assert!(text.ends_with(end) && width(end) <= cols);
            prop_assert!(width(&fit(&text, cols)) <= cols);
            if let Some(next) = Span::new(part.len(), text.len()).of(&text).graphemes(true).next() {
                prop_assert!(width(part) + width(next) > cols);
            }
        }

        #[test]
        fn lines_obey_the_marks_where_there_is_room(
            // Runs of marks longer than a line would leave no choice.
            parts in proptest::collection::vec("[“（《]{0,2}[创世计划]{1,5}[，。”）…]{0,2}", 0..8)
        ) {
            let text = parts.concat();
            let lines = lines(&text, 16);
            for (at, line) in lines.iter().enumerate() {
                prop_assert!(at == 0 || !line.starts_with(never_begins), "{:?}", lines);
                prop_assert!(at + 1 == lines.len() || !line.ends_with(never_ends), "{:?}", lines);
            }
        }
    }
}
