//! Whether a rare form is a variant of a common expression: by the one edit
//! that leads from the one to the other, and what the texts show beside it.

use std::collections::BTreeSet;

use super::seen::Seen;
use super::{Form, TIMES};
use crate::check::consistency::is_small;
use crate::lang::Lang;
use crate::text::pinyin;
use crate::text::regional;

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

/// Whether a form is a variant of an expression, and whether beyond doubt.
pub(super) fn is_variant(form: &Form, usual: &Form, seen: &Seen<'_>) -> Option<bool> {
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
        if self.rival(at) {
            return Some(true);
        }
        if !self.both_marked && form.cut.iter().all(|&n| n > 1) {
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

    /// Whether both are two words, one of them with a character more behind the first, and that
    /// first word stands in no other expression: 创世计划, 创世纪计划, but not 管理计划, 管理者计划.
    fn rival(&self, at: usize) -> bool {
        let &Pair {
            form, usual, seen, ..
        } = self;
        let more = form.chars.len() > usual.chars.len();
        let (long, short) = if more { (form, usual) } else { (usual, form) };
        let cut = |form: &Form, at: usize| usize::from(form.cut_at(at));
        let rest = long.chars.len().saturating_sub(at + 1);
        let same = cut(long, at + 1) == rest && cut(short, at) == rest;
        let words = at > 1 && rest > 1 && same && cut(short, 0) == at;
        let own = |form: &Form, times: u32| seen.times(form.head) <= times;
        // The dictionary may have the first word with the character, or fall into such of one.
        let joined = cut(long, 0) == at + 1 && own(form, form.count) && own(usual, usual.count);
        let torn = more && (0..=at).any(|i| self.stray(i));
        let alone = torn && own(usual, usual.count + form.count);
        let new = long.chars.get(at);
        let other = new.is_none_or(|&c| SUFFIXES.contains(c) || VALUES.contains(c));
        words && usual.count >= 4 && (joined || alone) && !other && !small(new)
    }

    /// A character put in.
    fn more(&self, at: usize) -> Option<bool> {
        let &Pair { form, usual, .. } = self;
        if self.rival(at) {
            return Some(true);
        }
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

/// Whether a character only joins others.
fn small(c: Option<&char>) -> bool {
    c.is_some_and(|c| is_small(c.encode_utf8(&mut [0; 4]), Lang::Zh))
}

/// How many texts a form was seen in, of the places that are kept.
fn texts(form: &Form) -> usize {
    let texts: BTreeSet<u32> = form.places.iter().map(|p| p.0).collect();
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

/// Characters that make another word of a word when they stand behind it.
const SUFFIXES: &str = "者性力化业人员家学部会院法权物品量率界型式度论观派系族国城局厅处司署组队团社所站厂店校班层级类种\
    款项条件期代际网端板机器体群带线点面费金价值税券单证书表图版稿案区地";

/// Characters that stand for each other in names of different things.
const VALUES: &str = "〇零一二三四五六七八九十百千万亿两甲乙丙丁戊己庚辛东西南北上下左右前后内外正副大小高低男女新旧\
    多少长短主次父母子女夫妻春夏秋冬年月日时分秒省市县区乡镇村";
