//! Near spellings of one Chinese expression: one character put in, left out
//! or replaced.
//!
//! An expression is a stretch of whole words that recurs or stands in quotation
//! marks. A variant of it is rare beside it and does not read as words of the
//! dictionary where it differs (创计划, 哈玛斯): two expressions that do are two
//! expressions (国务院, 国务卿), unless the word that differs stands in no other
//! expression (创世计划, 创世纪计划). Expression and variant find each other by what
//! is left when one character is taken out of each (the symmetric deletion of
//! Garbe, 2012), so that the work is linear in the text.

mod judge;
mod seen;

use std::collections::HashMap;

use super::{BREAK, Hash, Keyed, Lexicon, Line, Sketch, key};
use crate::span::Span;
use judge::is_variant;
use seen::Seen;

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
    /// The number of its first word.
    head: u32,
}

impl Form {
    /// How many characters the word at a place has.
    fn cut_at(&self, at: usize) -> u8 {
        self.cut.get(at).copied().unwrap_or_default()
    }
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

    /// The number of its first word.
    fn head(&self) -> u32 {
        self.line.tokens.get(self.first).map_or(BREAK, |t| t.word)
    }

    /// Whether it is two words of which the first stands nowhere else, where the two are seen
    /// so many times.
    fn tied(&self, times: u8, seen: &Seen<'_>) -> bool {
        self.last == self.first + 1 && seen.times(self.head()) <= times.into()
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
    let seen = Seen::new(lines, lexicon);
    let mut rare: Keyed<Form> = Keyed::default();
    for (n, line) in (0..).zip(lines) {
        windows(line, lexicon, Edges::Any, |key, window| {
            let times = sketch.count(key);
            if times > 8 {
                return;
            }
            let open = loose(&window, lexicon) || window.tied(times, &seen);
            if rare.contains_key(&key) || open || window.marked() {
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
    let found = rare
        .iter()
        .filter_map(|form| variant(form, &usual, &near, &seen));
    outermost(found.collect())
}

fn take(forms: &mut Keyed<Form>, key: u64, n: u32, window: &Window<'_, '_>, lexicon: &Lexicon) {
    let form = forms.entry(key).or_insert_with(|| {
        let mut form = Form {
            chars: chars(window, lexicon),
            head: window.head(),
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
