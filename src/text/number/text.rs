//! A text as numbers are read in it: characters folded to one width and script, names blanked.

use super::Decimal;
use super::name;
use crate::span::Span;
use crate::text::chars::is_han;

/// Stands for what can be no part of a number: a placeholder, a name.
pub(super) const OBJECT: char = '\u{FFFC}';

/// Traditional characters of numerals, measure words and units, each before its simplified form.
const SIMPLIFIED: &str = "萬万億亿兩两點点個个項项種种類类條条屆届臺台輛辆顆颗隻只張张節节頁页組组隊队戶户國国縣县區区\
間间層层級级輪轮場场階阶週周歲岁時时鐘钟門门筆笔頭头棟栋處处雙双噸吨畝亩頃顷紀纪財财會会計计度度約约將将\
達达幾几餘余來来過过數数貳贰參叁陸陆壹壹圓圆幣币鎊镑歐欧韓韩盧卢羅罗門门紙纸號号職职員员對对關关備备陣阵\
題题詞词課课樣样據据內内後后從从無无億亿發发間间議议論论齡龄師师夠够團团營营連连盤盘極极強强單单產产碼码臺台\
攝摄華华氏氏里里納纳釐厘兆兆負负為为";

/// The characters of a text with their places.
pub(super) struct Text<'t> {
    source: &'t str,
    pub(super) chars: Vec<char>,
    at: Vec<usize>,
    /// Whether a traditional character was seen: there a bare 元 is none of the mainland's.
    pub(super) traditional: bool,
}

/// Digits as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal {
    pub(super) value: Decimal,
    /// After the last character.
    pub(super) end: usize,
    /// How many digits, if it has neither separators nor point.
    pub(super) plain: Option<usize>,
    /// How many digits stand behind the point.
    pub(super) places: u8,
}

impl<'t> Text<'t> {
    /// Reads a text whose inline codes are known.
    pub(super) fn new(source: &'t str, codes: &[Span]) -> Self {
        let mut codes = codes.iter().peekable();
        let mut text = Self {
            source,
            chars: Vec::with_capacity(source.len()),
            at: Vec::with_capacity(source.len() + 1),
            traditional: false,
        };
        for (at, original) in source.char_indices() {
            while codes.next_if(|code| code.end as usize <= at).is_some() {}
            let c = match codes.peek() {
                // `**500**亿` is one number, 5`{0}` is not
                Some(code) if code.start as usize == at => {
                    let code = code.of(source);
                    let formatting =
                        code.starts_with(['*', '_', '~', '<']) && !code.starts_with("<br");
                    if formatting { None } else { Some(OBJECT) }
                }
                Some(code) if (code.start as usize) < at => None,
                _ => folded(original),
            };
            if let Some(c) = c {
                text.traditional |= c != original && is_han(c);
                text.at.push(at);
                text.chars.push(c);
            }
        }
        text.at.push(source.len());
        text.close_up();
        for range in name::names(&text) {
            for c in text.chars.get_mut(range).into_iter().flatten() {
                *c = OBJECT;
            }
        }
        text
    }

    /// Takes out the spaces within letter-spaced numbers: 2 0 1 5 年, as pages laid out with wide
    /// letters come out of their files.
    fn close_up(&mut self) {
        let mut drop = Vec::new();
        let mut i = 0;
        while i < self.len() {
            let (end, spaces) = self.letter_spaced(i);
            if !spaces.is_empty() && self.one_number(i, end) {
                drop.extend(spaces);
            }
            i = end.max(i + 1);
        }
        if drop.is_empty() {
            return;
        }
        let kept = |i: &usize| drop.binary_search(i).is_err();
        let chars = self.chars.iter().enumerate();
        self.chars = chars.filter(|(i, _)| kept(i)).map(|(_, c)| *c).collect();
        let places = self.at.iter().enumerate();
        self.at = places.filter(|(i, _)| kept(i)).map(|(_, at)| *at).collect();
    }

    /// The end of the single digits, each a space from the next, that begin at `i`, with a point
    /// or comma among them, and where their spaces are.
    fn letter_spaced(&self, i: usize) -> (usize, Vec<usize>) {
        let single = |at: usize| {
            self.get(at).is_ascii_digit()
                && !self.before(at).is_ascii_digit()
                && !self.get(at + 1).is_ascii_digit()
        };
        let mut spaces = Vec::new();
        if !single(i) {
            return (self.while_at(i, |c| c.is_ascii_digit()), spaces);
        }
        let mut end = i + 1;
        loop {
            let mut at = end;
            let mut between = Vec::new();
            let pass = |at: &mut usize, between: &mut Vec<usize>| {
                if self.get(*at) == ' ' {
                    between.push(*at);
                    *at += 1;
                }
            };
            pass(&mut at, &mut between);
            if matches!(self.get(at), '.' | ',') {
                at += 1;
                pass(&mut at, &mut between);
            }
            if at == end || !single(at) {
                return (end, spaces);
            }
            spaces.append(&mut between);
            end = at + 1;
        }
    }

    /// Whether the letter-spaced digits `i..end` make one number in a Chinese sentence: before a
    /// word that wants a number, or where the sentence runs on around them.
    fn one_number(&self, i: usize, end: usize) -> bool {
        let gap = |c: char| c == ' ';
        let after = self.get(self.while_at(end, gap));
        let mut start = i;
        while gap(self.before(start)) {
            start -= 1;
        }
        let before = self.before(start);
        let runs_on = is_han(after) || matches!(after, '%' | '/' | '-' | '–' | '—' | '~');
        !before.is_ascii_alphanumeric()
            && ("年月日号万亿兆元".contains(after)
                || runs_on && (is_han(before) || matches!(before, '/' | '-' | '–' | '—' | '~')))
    }

    /// The character at `i`; a line end outside the text.
    pub(super) fn get(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\n')
    }

    /// The character before `i`.
    pub(super) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\n', |i| self.get(i))
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The place after `word`, if it stands at `i`.
    pub(super) fn after(&self, i: usize, word: &str) -> Option<usize> {
        let mut end = i;
        for c in word.chars() {
            if self.get(end) != c || end >= self.len() {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The place after the longest of `words` that stands at `i`.
    pub(super) fn after_any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter_map(|word| self.after(i, word)).max()
    }

    /// The place where the longest of `words` begins that ends at `i`.
    pub(super) fn ends_any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words
            .iter()
            .filter_map(|word| {
                let start = i.checked_sub(word.chars().count())?;
                self.after(start, word).map(|_| start)
            })
            .min()
    }

    /// Past the spaces at `i`; line ends are spaces too.
    pub(super) fn spaces(&self, i: usize) -> usize {
        self.while_at(i, char::is_whitespace)
    }

    /// Before the spaces that end at `i`.
    pub(super) fn spaces_before(&self, mut i: usize) -> usize {
        while i > 0 && self.before(i).is_whitespace() {
            i -= 1;
        }
        i
    }

    /// The first place from `i` on whose character does not satisfy `test`.
    pub(super) fn while_at(&self, mut i: usize, test: impl Fn(char) -> bool) -> usize {
        while i < self.len() && test(self.get(i)) {
            i += 1;
        }
        i
    }

    /// The folded characters of a range.
    pub(super) fn string(&self, from: usize, to: usize) -> String {
        self.chars.iter().take(to).skip(from).collect()
    }

    /// The bytes of the characters `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        // the end of the last character, not the start of the next: a code may lie between
        let end = match to.checked_sub(1).and_then(|last| self.at.get(last)) {
            Some(&at) => crate::span::halves(self.source, at)
                .1
                .chars()
                .next()
                .map_or(at, |c| at + c.len_utf8()),
            None => 0,
        };
        Span::new(self.at.get(from).copied().unwrap_or(0), end)
    }

    /// Whether a digit sequence begins at `i`.
    pub(super) fn literal_begins(&self, i: usize) -> bool {
        self.get(i).is_ascii_digit() && !self.before(i).is_ascii_digit() && i < self.len()
    }

    /// The second year of `2010–11`, written without its century behind the first: where it
    /// stands, and which it is. The first is `year` and ends at `end`.
    pub(super) fn short_year(&self, end: usize, year: i32) -> Option<(usize, usize, i32)> {
        let next = self.after_any(end, &["-", "–", "/"])?;
        let second = self.literal(next)?;
        let short = i32::try_from(second.value.whole()?).ok()?;
        let later = (year / 100 * 100).checked_add(short)?;
        (second.plain == Some(2) && later > year).then_some((next, second.end, later))
    }

    /// The digits at `i`, with separators (`1,234,567`, `1 234 567`) and a decimal point.
    pub(super) fn literal(&self, i: usize) -> Option<Literal> {
        if self.get(i) == '.' && (self.before(i).is_whitespace() || self.before(i) == '(') {
            let end = self.while_at(i + 1, |c| c.is_ascii_digit());
            let value =
                Decimal::parse(&format!("0{}", self.string(i, end))).filter(|_| end > i + 1)?;
            return Some(Literal {
                value,
                end,
                plain: None,
                places: u8::try_from(end - i - 1).ok()?,
            });
        }
        if !self.literal_begins(i) {
            return None;
        }
        let digits = |i| self.while_at(i, |c| c.is_ascii_digit());
        let mut end = digits(i);
        let mut written = self.string(i, end);
        let count = end - i;
        let mut plain = Some(count);
        let mut places = 0;
        if count <= 3 && self.get(i) != '0' {
            let separator = self.get(end);
            if matches!(separator, ',' | ' ' | '\'') {
                let mut group = end;
                while self.get(group) == separator && digits(group + 1) == group + 4 {
                    group += 4;
                }
                if group > end && !(separator == ' ' && self.list_like(i)) {
                    written = self.string(i, group).replace(separator, "");
                    end = group;
                    plain = None;
                }
            }
        }
        if self.get(end) == '.' && self.get(end + 1).is_ascii_digit() {
            let part = digits(end + 1);
            written.push_str(&self.string(end, part));
            places = u8::try_from(part - end - 1).ok()?;
            end = part;
            plain = None;
        }
        Some(Literal {
            value: Decimal::parse(&written)?,
            end,
            plain,
            places,
        })
    }

    /// Whether the digits at `i` follow a number or a word that numbers things, so that a space after
    /// them separates and does not group.
    fn list_like(&self, i: usize) -> bool {
        let before = self.spaces_before(i);
        before < i && self.before(before).is_ascii_digit()
    }
}

/// A character in one width, in simplified form where numbers need it; `None` for what is invisible.
fn folded(c: char) -> Option<char> {
    Some(match c {
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => return None,
        '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' | '\u{3000}' | '\t' => ' ',
        '−' | '‐' | '‑' | '－' => '-',
        '〜' | '∼' | '～' => '~',
        '﹪' => '%',
        '’' => '\'',
        // these are marks of Chinese sentences, not separators within numbers
        '，' | '：' | '；' | '！' | '？' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ if is_han(c) => simplified(c),
        _ => c,
    })
}

fn simplified(c: char) -> char {
    use std::sync::LazyLock;

    use rustc_hash::FxHashMap;
    static TABLE: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let chars: Vec<char> = SIMPLIFIED.chars().collect();
        chars
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    });
    TABLE.get(&c).copied().unwrap_or(c)
}
