//! Near spellings of one Chinese expression: one character put in, left out
//! or replaced.
//!
//! An expression is a stretch of whole words that recurs or stands in quotation
//! marks. A variant of it is rare beside it and does not read as words of the
//! dictionary where it differs (创计划, 哈玛斯): two expressions that do are two
//! expressions (国务院, 国务卿). Expression and variant find each other by what
//! is left when one character is taken out of each (the symmetric deletion of
//! Garbe, 2012), so that the work is linear in the text.

use std::collections::HashMap;

use super::{BREAK, Hash, Keyed, Lexicon, Line, Sketch, is_small, key};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, simplified};
use crate::text::pinyin;
use crate::text::regional;

/// A rare spelling of a recurring expression.
#[derive(Debug, Clone)]
pub(in crate::check) struct Variant {
    /// Where it stands: the number of the text, the place in it.
    pub(in crate::check) places: Vec<(u32, Span)>,
    /// The expression, where it stands.
    pub(in crate::check) usual: Vec<(u32, Span)>,
    /// Whether nothing speaks against it.
    pub(in crate::check) strong: bool,
}

/// The shortest and the longest expression, in characters.
const SHORTEST: usize = 3;
const LONGEST: usize = 10;
/// The most words of one: a name that the dictionary does not know falls into characters.
const WORDS: usize = 6;
/// How often an expression occurs at least.
const TIMES: u32 = 3;
/// The most places of one expression or variant that are kept.
const PLACES: usize = 50;

/// A stretch of whole words.
#[derive(Debug, Clone, Default)]
struct Form {
    chars: Vec<char>,
    /// For each character the number of characters of its word.
    cut: Vec<u8>,
    /// For each character whether its word begins there.
    begins: Vec<bool>,
    places: Vec<(u32, Span)>,
    count: u32,
    marked: bool,
}

/// What a stretch is before it is a form.
struct Window<'w, 'a> {
    line: &'w Line<'a>,
    first: usize,
    last: usize,
}

impl Window<'_, '_> {
    fn span(&self) -> Span {
        self.line.span(self.first, self.last)
    }

    /// Whether it stands between quotation or title marks.
    fn marked(&self) -> bool {
        marked(self.line.text.text, self.span())
    }
}

/// The variants among some texts of one locale.
pub(in crate::check) fn spellings(lines: &[Line<'_>], lexicon: &Lexicon) -> Vec<Variant> {
    let tokens: usize = lines.iter().map(|l| l.tokens.len()).sum();
    let mut sketch = Sketch::new(tokens * 3);
    for line in lines {
        windows(line, lexicon, Edges::Full, |key, _| sketch.add(key));
    }
    let mut forms: Keyed<Form> = Keyed::default();
    for (n, line) in (0..).zip(lines) {
        windows(line, lexicon, Edges::Full, |key, window| {
            let often = u32::from(sketch.count(key)) >= TIMES;
            if often || window.marked() {
                take(&mut forms, key, n, &window, lexicon);
            }
        });
    }
    forms.retain(|_, form| form.count >= TIMES || form.marked);
    let mut usual: Vec<Form> = forms.into_values().collect();
    usual.sort_by(|a, b| (&a.places, &a.chars).cmp(&(&b.places, &b.chars)));
    let mut near: Keyed<Vec<u32>> = Keyed::default();
    for (i, form) in (0..).zip(&usual) {
        for signature in signatures(&form.chars) {
            near.entry(signature).or_default().push(i);
        }
    }
    let mut rare: Keyed<Form> = Keyed::default();
    for (n, line) in (0..).zip(lines) {
        windows(line, lexicon, Edges::Any, |key, window| {
            if sketch.count(key) > 8 {
                return;
            }
            if rare.contains_key(&key) || loose(&window, lexicon) || window.marked() {
                let chars = chars(&window, lexicon);
                let known = || signatures(&chars).any(|s| near.contains_key(&s));
                if rare.contains_key(&key) || known() {
                    take(&mut rare, key, n, &window, lexicon);
                }
            }
        });
    }
    let mut rare: Vec<Form> = rare.into_values().collect();
    rare.sort_by(|a, b| (&a.places, &a.chars).cmp(&(&b.places, &b.chars)));
    let seen = Seen::new(lines, lexicon);
    let found = rare
        .iter()
        .filter_map(|form| variant(form, &usual, &near, &seen));
    outermost(found.collect())
}

fn take(forms: &mut Keyed<Form>, key: u64, n: u32, window: &Window<'_, '_>, lexicon: &Lexicon) {
    let form = forms.entry(key).or_insert_with(|| {
        let mut form = Form {
            chars: chars(window, lexicon),
            ..Form::default()
        };
        for token in &window.line.tokens[window.first..=window.last] {
            let len = lexicon.word(token.word).chars;
            form.cut.extend((0..len).map(|_| len as u8));
            form.begins.extend((0..len).map(|i| i == 0));
        }
        form
    });
    form.count += 1;
    form.marked |= window.marked();
    if form.places.len() < PLACES {
        form.places.push((n, window.span()));
    }
}

fn chars(window: &Window<'_, '_>, lexicon: &Lexicon) -> Vec<char> {
    let tokens = &window.line.tokens[window.first..=window.last];
    tokens
        .iter()
        .flat_map(|t| lexicon.word(t.word).text.chars())
        .collect()
}

/// Whether a stretch has a full word of one character: where a spelling is
/// wrong the dictionary falls into such.
fn loose(window: &Window<'_, '_>, lexicon: &Lexicon) -> bool {
    window.line.tokens[window.first..=window.last]
        .iter()
        .any(|t| lexicon.word(t.word).chars == 1)
}

/// What a stretch may begin and end with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edges {
    /// A full word.
    Full,
    /// Any word: a misspelled one may fall into small ones.
    Any,
}

/// Calls `each` with every stretch of words that may be an expression.
fn windows(
    line: &Line<'_>,
    lexicon: &Lexicon,
    edges: Edges,
    mut each: impl FnMut(u64, Window<'_, '_>),
) {
    for first in 0..line.tokens.len() {
        let any = edges == Edges::Any;
        if line.tokens[first].word == BREAK || lexicon.small(line.tokens[first].word) && !any {
            continue;
        }
        let mut len = 0;
        let mut hash = Hash::default();
        for last in first..line.tokens.len().min(first + WORDS) {
            let token = line.tokens[last];
            let word = lexicon.word(token.word);
            if token.word == BREAK || !word.han {
                break;
            }
            len += word.chars;
            if len > LONGEST {
                break;
            }
            word.text.chars().for_each(|c| hash.add(c.into()));
            if len < SHORTEST || word.small && !any {
                continue;
            }
            each(hash.key(), Window { line, first, last });
        }
    }
}

/// Whether a stretch stands between quotation or title marks.
fn marked(text: &str, span: Span) -> bool {
    let (before, _) = crate::span::halves(text, span.start as usize);
    let (_, after) = crate::span::halves(text, span.end as usize);
    let open = before.chars().next_back();
    let close = after.chars().next();
    matches!(
        (open, close),
        (Some('“'), Some('”'))
            | (Some('「'), Some('」'))
            | (Some('『'), Some('』'))
            | (Some('《'), Some('》'))
            | (Some('〈'), Some('〉'))
            | (Some('"'), Some('"'))
    )
}

/// The numbers of a form and of what is left of it without one of its characters.
fn signatures(chars: &[char]) -> impl Iterator<Item = u64> + '_ {
    let without = move |skip: usize| {
        let rest = (0..).zip(chars).filter(move |(i, _)| *i != skip);
        key(rest.map(|(_, &c)| u32::from(c)))
    };
    (0..=chars.len()).map(without)
}

/// How a variant differs from an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    /// The variant has a character more, at this place of it.
    More(usize),
    /// The variant lacks a character, that at this place of the expression.
    Less(usize),
    /// Another character stands at this place.
    Other(usize),
}

/// The one edit that leads from an expression to a variant, inside of both.
fn edit(usual: &[char], other: &[char]) -> Option<Edit> {
    let start = usual.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = usual
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let covered = |whole: usize, gap: usize| start + end + gap >= whole;
    let inside = start > 0 && end > 0;
    match (usual.len(), other.len()) {
        (n, m) if n == m && start < n && covered(n, 1) => Some(Edit::Other(start)),
        (n, m) if n + 1 == m && inside && covered(m, 1) => Some(Edit::More(start.min(n))),
        (n, m) if n == m + 1 && inside && covered(n, 1) => Some(Edit::Less(start.min(m))),
        _ => None,
    }
}

/// What a rare form is a variant of.
fn variant(
    form: &Form,
    usual: &[Form],
    near: &Keyed<Vec<u32>>,
    texts: &Seen<'_>,
) -> Option<Variant> {
    let mut best: Option<(bool, u32, &Form)> = None;
    let mut seen = Vec::new();
    for signature in signatures(&form.chars) {
        for &i in near.get(&signature).into_iter().flatten() {
            if seen.contains(&i) {
                continue;
            }
            seen.push(i);
            let Some(known) = usual.get(i as usize) else {
                continue;
            };
            let Some(strong) = is_variant(form, known, texts) else {
                continue;
            };
            if best.is_none_or(|(s, count, _)| (strong, known.count) > (s, count)) {
                best = Some((strong, known.count, known));
            }
        }
    }
    best.map(|(strong, _, known)| Variant {
        places: form.places.clone(),
        usual: known.places.clone(),
        strong,
    })
}

/// Whether a form is a variant of an expression, and whether beyond doubt.
fn is_variant(form: &Form, usual: &Form, seen: &Seen<'_>) -> Option<bool> {
    let edit = edit(&usual.chars, &form.chars)?;
    let both_marked = form.marked && usual.marked && form.chars.len() >= 4;
    // A unit that is wrong is often wrong throughout.
    let [here, there] = [form, usual].map(texts);
    let rare = form.count * 3 <= usual.count
        || here * 3 <= there && form.count < usual.count
        || both_marked && form.count < usual.count;
    if !rare || region(form, usual) {
        return None;
    }
    let pair = Pair {
        form,
        usual,
        seen,
        both_marked,
        // One word of the dictionary that is none any more was not meant to be others.
        word: usual
            .cut
            .iter()
            .all(|&n| usize::from(n) == usual.chars.len()),
        often: usual.count >= 4 && (form.count * 4 <= usual.count || here * 4 <= there),
    };
    let sure = match edit {
        Edit::Other(at) => pair.other(at)?,
        Edit::Less(at) => pair.less(at)?,
        Edit::More(at) => pair.more(at)?,
    };
    let strong = (sure || both_marked) && usual.count >= TIMES;
    // Most of what is only near is another expression.
    (strong || both_marked).then_some(strong)
}

/// A rare form beside an expression that it may be a variant of.
struct Pair<'f> {
    form: &'f Form,
    usual: &'f Form,
    seen: &'f Seen<'f>,
    /// Whether both stand in marks.
    both_marked: bool,
    /// Whether the expression is one word of the dictionary.
    word: bool,
    /// Whether the expression is far the more common one.
    often: bool,
}

/// Each edit: whether it makes a variant, and whether beyond doubt.
impl Pair<'_> {
    fn stray(&self, at: usize) -> bool {
        self.form.cut_at(at) == 1 && self.seen.stray(self.form, at)
    }

    /// Another character at a place.
    fn other(&self, at: usize) -> Option<bool> {
        let &Pair {
            form,
            usual,
            seen,
            word,
            ..
        } = self;
        let joins = small(usual.chars.get(at)) || small(form.chars.get(at));
        let sounds = sounds(form, usual, at);
        let edge = at == 0 || at + 1 == form.chars.len();
        let bonds = [seen.bond(form, at), seen.bond(form, at + 1)];
        let strange = bonds.iter().all(|&n| n <= form.count);
        // Between two others one that it never stands beside is enough.
        let beside = strange || !edge && sounds && bonds.iter().any(|&n| n <= form.count);
        let free = form.cut_at(at) == 1 && beside;
        if !(self.stray(at) || sounds && free) || joins && !(word || sounds && free) {
            return None;
        }
        let value = usual.chars.get(at).is_some_and(|&c| VALUES.contains(c));
        // What sounds alike and is never written there was meant to be the other, whatever that is.
        let meant = sounds && form.cut_at(at) == 1 && (strange || edge && self.outside(at));
        // A word of one character may stand before any name: 致電信, 指電信.
        let loose = at == 0 && usual.cut_at(at) == 1 && !word && !self.stray(at);
        let doubtful = edge && small(form.chars.get(at)) || value && !meant || loose;
        let broken = word && !edge && free && strange;
        let sure = replaced(form, usual, at, broken)?;
        if !sounds && !broken {
            return None;
        }
        let alike = sounds && free || meant || broken && self.stray(at);
        Some((sure || alike && self.often) && !doubtful)
    }

    /// Whether the character at an edge never stands beside the rest of the expression
    /// elsewhere, which is common.
    fn outside(&self, at: usize) -> bool {
        let inner = if at == 0 { 1 } else { at };
        let Self {
            form, usual, seen, ..
        } = self;
        seen.bond(form, inner) <= form.count && usual.count >= 6 * form.count
    }

    /// A character left out.
    fn less(&self, at: usize) -> Option<bool> {
        let &Pair {
            form, usual, seen, ..
        } = self;
        let part = usual.cut_at(at);
        if usual.chars.get(at).is_some_and(|&c| VALUES.contains(c)) {
            return None;
        }
        let free = seen.bond(form, at) <= form.count;
        let broken = free || at > 0 && self.stray(at - 1) || self.stray(at);
        if small(usual.chars.get(at)) && !self.word
            || !(broken && part > 1 || self.both_marked || name(usual, at))
        {
            return None;
        }
        // One character often stands for its word of two: 業 for 業務.
        let left = if usual.begins.get(at) == Some(&true) {
            Some(at)
        } else {
            at.checked_sub(1)
        };
        let lost = left.is_some_and(|i| self.stray(i) && !small(form.chars.get(i)));
        let sure = broken && (part > 2 || lost && free && part > 1 && self.often);
        (sure || self.both_marked || part > 2).then_some(sure)
    }

    /// A character put in.
    fn more(&self, at: usize) -> Option<bool> {
        let &Pair { form, usual, .. } = self;
        let new = form.chars.get(at);
        let twice = at > 0 && (form.chars.get(at - 1) == new || form.chars.get(at + 1) == new);
        let inner = at > 1 && at + 2 < form.chars.len();
        let inside = usual.begins.get(at) == Some(&false);
        let strange = self.stray(at) && !small(new);
        // Where one word ends with the character that the next begins with, it stands twice.
        let doubled = twice && (inner || inside && self.stray(at));
        if !(doubled || strange && (inside || name(usual, at)) || self.both_marked) {
            return None;
        }
        let sure = doubled || strange && inside && usual.cut_at(at) > 2;
        (sure || self.both_marked).then_some(sure)
    }
}

impl Form {
    /// How many characters the word at a place has.
    fn cut_at(&self, at: usize) -> u8 {
        self.cut.get(at).copied().unwrap_or_default()
    }
}

/// Whether a character only joins others.
fn small(c: Option<&char>) -> bool {
    c.is_some_and(|c| is_small(c.encode_utf8(&mut [0; 4]), Lang::Zh))
}

/// How many texts a form was seen in, of the places that are kept.
fn texts(form: &Form) -> usize {
    let texts: std::collections::BTreeSet<u32> = form.places.iter().map(|p| p.0).collect();
    texts.len()
}

/// Whether one is what the other is called in another region.
fn region(form: &Form, usual: &Form) -> bool {
    let text = |form: &Form| form.chars.iter().collect::<String>();
    regional::variants(&text(usual)).contains(&text(form))
}

/// Whether two characters in one place sound alike but for their tones.
fn sounds(form: &Form, usual: &Form, at: usize) -> bool {
    let reading = |form: &Form| form.chars.get(at).and_then(|&c| pinyin::reading(c));
    reading(form).is_some() && reading(form) == reading(usual)
}

/// What the texts show of single characters and of characters side by side.
struct Seen<'l> {
    lines: &'l [Line<'l>],
    /// How often each character stands as a word by itself.
    alone: HashMap<char, u32>,
    /// How often two characters stand side by side.
    pairs: Sketch,
}

impl<'l> Seen<'l> {
    /// Characters alone are counted where the words on both sides are longer, small
    /// or none: a name that the dictionary does not know falls into characters side by side.
    fn new(lines: &'l [Line<'l>], lexicon: &Lexicon) -> Self {
        let single = |word: u32| !lexicon.small(word) && lexicon.word(word).chars == 1;
        let mut alone = HashMap::new();
        let mut pairs = Sketch::new(lines.iter().map(|l| l.tokens.len()).sum());
        for line in lines {
            let at = |i: usize| line.tokens.get(i).map_or(BREAK, |t| t.word);
            let mut last = None;
            for (i, token) in line.tokens.iter().enumerate() {
                for c in lexicon.word(token.word).text.chars() {
                    if let Some(last) = last {
                        pairs.add(pair(last, c));
                    }
                    last = Some(c);
                }
                if token.word == BREAK {
                    last = None;
                }
                let beside = [i.wrapping_sub(1), i + 1].map(at);
                if single(token.word) && !beside.into_iter().any(single) {
                    let c = lexicon.word(token.word).text.chars().next();
                    *alone.entry(c.unwrap_or_default()).or_default() += 1;
                }
            }
        }
        Self {
            lines,
            alone,
            pairs,
        }
    }

    /// Whether a character of a form stands as a word nowhere else.
    fn stray(&self, form: &Form, at: usize) -> bool {
        let times = form.chars.get(at).and_then(|c| self.alone.get(c));
        times.copied().unwrap_or(0) <= form.count
    }

    /// How often the characters before and behind a place of a form stand side by side.
    fn bond(&self, form: &Form, at: usize) -> u32 {
        let [outer_before, outer_after] = self.outside(form);
        let before = match at.checked_sub(1) {
            Some(i) => form.chars.get(i).copied(),
            None => outer_before,
        };
        match (before, form.chars.get(at).copied().or(outer_after)) {
            (Some(a), Some(b)) => self.pairs.count(pair(a, b)).into(),
            _ => 0,
        }
    }

    /// The Han characters on both sides of a form's first place.
    fn outside(&self, form: &Form) -> [Option<char>; 2] {
        let Some(&(n, span)) = form.places.first() else {
            return [None; 2];
        };
        let text = self.lines.get(n as usize).map_or("", |l| l.text.text);
        let (before, _) = crate::span::halves(text, span.start as usize);
        let (_, after) = crate::span::halves(text, span.end as usize);
        [before.chars().next_back(), after.chars().next()]
            .map(|c| c.filter(|&c| is_han(c)).map(simplified))
    }
}

fn pair(a: char, b: char) -> u64 {
    key([u32::from(a), u32::from(b)])
}

/// Whether the characters around a place of an expression are no words: so names are cut.
fn name(form: &Form, at: usize) -> bool {
    let around = form.cut.iter().skip(at.saturating_sub(1)).take(2);
    form.chars.len() >= 4 && around.clone().count() == 2 && around.into_iter().all(|&n| n == 1)
}

/// Whether a character in place of another makes a variant, and whether beyond
/// doubt; `broken` says that it is in one word that falls apart by it.
fn replaced(form: &Form, usual: &Form, at: usize, broken: bool) -> Option<bool> {
    let (old, new) = (*usual.chars.get(at)?, *form.chars.get(at)?);
    if VALUES.contains(old) && VALUES.contains(new) {
        return None;
    }
    let inner = at > 0 && at + 1 < form.chars.len();
    let word = usual.cut.get(at).is_some_and(|&n| n > 1);
    let sounds = sounds(form, usual, at);
    let long = form.chars.len() >= 4;
    match () {
        () if sounds && inner => Some(true),
        // 负责任 is no variant of 负责人: what is left is a word.
        () if sounds && word => Some(lonely(form, at)),
        () if sounds => Some(false),
        () if inner && (long || broken) && (word || name(usual, at)) => Some(false),
        () => None,
    }
}

/// Whether the characters beside a place are no parts of longer words.
fn lonely(form: &Form, at: usize) -> bool {
    let beside = [at.wrapping_sub(1), at + 1];
    let mut cut = beside.into_iter().filter_map(|i| form.cut.get(i));
    cut.all(|&n| n == 1)
}

/// Characters that stand for each other in names of different things.
const VALUES: &str = "〇零一二三四五六七八九十百千万亿两甲乙丙丁戊己庚辛东西南北上下左右前后内外正副大小高低男女新旧\
    多少长短主次父母子女夫妻春夏秋冬年月日时分秒省市县区乡镇村";

/// One variant a place: that with the longest expression.
fn outermost(mut found: Vec<Variant>) -> Vec<Variant> {
    let size = |v: &Variant| v.places.first().map_or(0, |(_, span)| span.len());
    found.sort_by_key(|v| {
        (
            std::cmp::Reverse(v.strong),
            std::cmp::Reverse(size(v)),
            v.places.clone(),
        )
    });
    let mut taken: HashMap<u32, Vec<Span>> = HashMap::new();
    for one in &mut found {
        one.places.retain(|(n, span)| {
            let spans = taken.entry(*n).or_default();
            let free = !spans.iter().any(|s| s.overlaps(*span));
            if free {
                spans.push(*span);
            }
            free
        });
    }
    found.retain(|v| !v.places.is_empty());
    found
}
