//! One expression rendered two ways, one name spelled two ways, found from
//! the texts alone: no glossary and no table of names has a part in it.
//!
//! Everything is counted over the texts of one run and takes time and memory
//! linear in their words. What a glossary has is left out: the rules of terms
//! speak of that.

use rustc_hash::FxHashMap;

use super::Text;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, simplified};
use crate::text::hash;
use crate::text::lemma::lemma;
use crate::text::number::MONTHS;

mod another;
mod evidence;
pub(super) mod latin;
mod meanings;
pub(super) mod originals;
mod phrases;
pub(super) mod renderings;
pub(super) mod spellings;
mod units;
mod usual;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// The number of the word in its [`Lexicon`]; [`BREAK`] where something
    /// stands that no expression reaches across.
    pub(super) word: u32,
    /// Where it stands.
    pub(super) span: Span,
}

/// Punctuation, a number, an inline code, a term of the glossary.
pub(super) const BREAK: u32 = 0;

/// A text as words.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The text.
    pub(super) text: &'a Text<'a>,
    /// Its words.
    pub(super) tokens: Vec<Token>,
}

impl Line<'_> {
    /// The span from one token to another.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        let at = |i: usize| self.tokens.get(i).map(|t| t.span).unwrap_or_default();
        Span {
            start: at(first).start,
            end: at(last).end,
        }
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    /// Chinese in simplified characters, English as its small-letter dictionary form.
    pub(super) text: String,
    /// Whether it only joins others: no expression begins or ends with it.
    pub(super) small: bool,
    /// How many characters it has.
    pub(super) chars: usize,
    /// Whether all of them are Han.
    pub(super) han: bool,
}

/// The different words of some texts in one language, by number.
#[derive(Debug)]
pub(super) struct Lexicon {
    lang: Lang,
    written: FxHashMap<String, u32>,
    lemmas: FxHashMap<String, u32>,
    /// The words; the first is [`BREAK`].
    pub(super) words: Vec<Word>,
}

impl Lexicon {
    /// One without words.
    pub(super) fn new(lang: Lang) -> Self {
        Self {
            lang,
            written: FxHashMap::default(),
            lemmas: FxHashMap::default(),
            words: vec![Word::default()],
        }
    }

    /// A word by its number.
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// Whether a word only joins others, or is none.
    pub(super) fn small(&self, number: u32) -> bool {
        self.word(number).small || number == BREAK
    }

    /// A text as words, new ones taken in.
    pub(super) fn read<'a>(&mut self, text: &'a Text<'a>) -> Line<'a> {
        let mut tokens: Vec<Token> = Vec::new();
        let mut key = String::new();
        let mut end = 0;
        let mut hits = text.hits().map(|hit| hit.span).peekable();
        for &span in text.words() {
            let gap = Span {
                start: end,
                end: span.start,
            };
            let joined = gap.of(text.text).chars().all(|c| match self.lang {
                Lang::Zh => c.is_whitespace(),
                Lang::En => c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'),
            });
            let stop = Token {
                word: BREAK,
                span: Span {
                    start: span.start,
                    end: span.start,
                },
            };
            while hits.next_if(|hit| hit.end <= span.start).is_some() {}
            let known = text.in_code(span) || hits.peek().is_some_and(|hit| hit.overlaps(span));
            if !joined || known {
                tokens.push(stop);
            }
            let word = if known {
                BREAK
            } else {
                self.number(span.of(text.text), &mut key)
            };
            tokens.push(Token { word, span });
            end = span.end;
        }
        Line { text, tokens }
    }

    fn number(&mut self, written: &str, key: &mut String) -> u32 {
        key.clear();
        match self.lang {
            Lang::Zh => key.extend(
                written
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(simplified)
                    .flat_map(char::to_lowercase),
            ),
            Lang::En => key.extend(written.chars().flat_map(char::to_lowercase)),
        }
        if let Some(&number) = self.written.get(key.as_str()) {
            return number;
        }
        let base = match self.lang {
            Lang::En => lemma(key),
            Lang::Zh => key.clone(),
        };
        let number = if is_number(&base) {
            BREAK
        } else if let Some(&number) = self.lemmas.get(&base) {
            number
        } else {
            let number = self.words.len() as u32;
            self.lemmas.insert(base.clone(), number);
            self.words.push(Word {
                small: is_small(key, self.lang) || is_small(&base, self.lang),
                chars: base.chars().count(),
                han: base.chars().all(is_han),
                text: base,
            });
            number
        };
        self.written.insert(key.clone(), number);
        number
    }
}

/// Whether a word counts, numbers or dates: 12, 3rd, 三十, 第三, 第三条, June.
fn is_number(word: &str) -> bool {
    // march and may are other words as well.
    let month = MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
    if month && !matches!(word, "march" | "may") {
        return true;
    }
    let digit = |c: char| c.is_numeric() || "一二三四五六七八九十百千万亿两零〇".contains(c);
    let mut chars = word.chars();
    match chars.next() {
        Some('第') => chars.next().is_some_and(digit),
        Some(c) if c.is_ascii_digit() => true,
        Some(c) => digit(c) && chars.all(|c| digit(c) || "年月日号岁个".contains(c)),
        None => true,
    }
}

/// Chinese words that only join others.
const SMALL_ZH: &str = "的 了 是 在 和 与 及 或 将 等 对 为 之 其 以 于 由 从 到 被 把 也 都 就 而 但 并 不 无 有 \
    这 那 此 该 各 每 个 向 至 使 令 让 给 得 地 着 过 来 去 上 下 中 内 外 间 前 后 时 里 可 能 会 要 应 须 需 \
    已 曾 正 更 最 很 又 再 还 则 所 者 即 如 若 因 故 且 仅 只 均 皆 亦 未 非 勿 莫 乃 当 按 经 据 依 用 作 做 \
    您 你 我 他 她 它 们 什么 哪 谁 怎 吗 呢 吧 啊 以及 或者 但是 因为 所以 如果 可以 可能 应当 应该 必须 进行 根据 \
    我们 他们 你们 她们 它们 这些 那些 这个 那个 这种 那种 之间 其中 其他 其它 以下 以上 以外 以内 之后 之前 通过 \
    对于 关于 由于 为了 而且 并且 没有 不得 不能 不是 还是 就是 也是 虽然 然而 因此 此外 同时 以便 为止 起来 \
    自己 任何 所有 一个 一种 一些 许多 包括 属于 成为 作为 有关 依照 按照 为 认为 表示 称 称为 名为 例如 比如 尤其 \
    非常 已经 正在 曾经 不会 不要 需要 能够 是否 如何 怎么 怎样 多少 几 多 少 大 小 新 旧 好 年 月 日 天 次 名 位 条 项 款 种 类 些 \
    之一 下列 左列 上述 前述 上列 前项 同项 一定 以内 一样 同样 一般 相同 一部分 一方面 过去 近年 几年 去年 今年 明年";

/// English words that only join others, as written and as dictionary forms.
const SMALL_EN: &str = "a an and as at by for from has have had having in is its it of on or that the this to was were \
    will with be been being are am not no nor but if then than so such these those there their they them he she his \
    her him we our us you your i me my who whom whose which what when where why how all any each every some many much \
    more most other another both either neither few several own same only also just very too may might can could \
    should would shall must do does did done doing make made get got let about above after again against before below \
    between during into out over through under until up upon within without while because since although though \
    however therefore thus e.g i.e etc per via one two three four five first second next last new well use used using \
    include including said say says according based due like than yet still even ever never always often now here \
    it's don't doesn't isn't aren't wasn't weren't can't won't didn't s t re ve ll d m \
    following preceding foregoing aforesaid aforementioned certain herein hereof thereof therein less";

pub(super) fn is_small(word: &str, lang: Lang) -> bool {
    use std::collections::HashSet;
    use std::sync::OnceLock;
    static ZH: OnceLock<HashSet<&str>> = OnceLock::new();
    static EN: OnceLock<HashSet<&str>> = OnceLock::new();
    match lang {
        Lang::Zh => {
            let words = ZH.get_or_init(|| SMALL_ZH.split_whitespace().collect());
            words.contains(word) || !word.contains(is_han)
        }
        Lang::En => {
            let words = EN.get_or_init(|| SMALL_EN.split_whitespace().collect());
            words.contains(word) || word.len() < 2
        }
    }
}

/// The number of a sequence of numbers (FNV-1a, with its bits mixed).
pub(super) fn key(numbers: impl IntoIterator<Item = u32>) -> u64 {
    let mut hash = Hash::default();
    numbers.into_iter().for_each(|n| hash.add(n));
    hash.key()
}

/// A [`key`] in the making: one sequence is often the beginning of the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hash(hash::Hash);

impl Hash {
    /// Takes in the next number.
    pub(super) fn add(&mut self, n: u32) {
        self.0.number(n);
    }

    /// The number of the sequence so far.
    pub(super) fn key(self) -> u64 {
        let hash = self.0.plain();
        let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ (hash >> 29)
    }
}

/// A map by [`key`]s.
pub(super) type Keyed<V> = FxHashMap<u64, V>;

/// Counts that are never too low, in memory that does not grow: whatever is
/// rare by them needs no place of its own in a map.
pub(super) struct Sketch(Vec<u8>);

impl Sketch {
    /// One for about so many keys.
    pub(super) fn new(keys: usize) -> Self {
        let size = keys.saturating_mul(4).next_power_of_two();
        Self(vec![0; size.clamp(1 << 10, 1 << 25)])
    }

    /// Counts a key.
    pub(super) fn add(&mut self, key: u64) {
        let at = self.at(key);
        self.0[at] = self.0[at].saturating_add(1);
    }

    /// How often a key was counted, or more; at most 255.
    pub(super) fn count(&self, key: u64) -> u8 {
        self.0[self.at(key)]
    }

    fn at(&self, key: u64) -> usize {
        (key >> 7) as usize & (self.0.len() - 1)
    }
}
