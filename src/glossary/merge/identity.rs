//! Which line of one version is which of another.
//!
//! A row is known by its `id`; else by its Chinese and subject field; what one
//! side renamed, by its English, or by where it stands and how much of it is
//! left. A comment is known by its text and the row below it.

use std::collections::HashMap;
use std::hash::Hash;

use super::file::{Concept, File, Item};

/// The most rows between two known ones that are compared with each other.
const GAP: usize = 48;
/// How much of two rows must be the same for one to be the other, in hundredths.
const ALIKE: usize = 60;

/// For each line of three versions a number: the same number is the same line.
pub(super) fn numbers(files: [&File; 3]) -> [Vec<u32>; 3] {
    let [base, ours, theirs] = files.map(Known::of);
    let numbers: Vec<u32> = (0..).take(base.len()).collect();
    let mut next = base.len() as u32;
    let mut fresh = |found: Vec<Option<u32>>| -> Vec<u32> {
        let number = |number: Option<u32>| {
            number.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        found.into_iter().map(number).collect()
    };
    let pick = |found: Vec<Option<usize>>, numbers: &[u32]| -> Vec<Option<u32>> {
        let found = found.into_iter();
        found
            .map(|at| at.and_then(|at| numbers.get(at)).copied())
            .collect()
    };
    let our_numbers = fresh(pick(matched(&ours, &base, true), &numbers));
    let mut found = pick(matched(&theirs, &base, true), &numbers);
    // What both added may be the same.
    let new = |known: &Known, has: &dyn Fn(usize) -> bool| known.only(|at| !has(at));
    let ours_new = new(&ours, &|at| {
        our_numbers
            .get(at)
            .is_some_and(|n| (*n as usize) < base.len())
    });
    let theirs_new = new(&theirs, &|at| found.get(at).is_some_and(Option::is_some));
    let both = pick(matched(&theirs_new, &ours_new, false), &our_numbers);
    for (number, both) in found.iter_mut().zip(both) {
        *number = number.or(both);
    }
    let their_numbers = fresh(found);
    [numbers, our_numbers, their_numbers]
}

/// For each line of the new version its place in the old one, where it was there.
pub(in crate::glossary) fn earlier(new: &File, old: &File) -> Vec<Option<usize>> {
    matched(&Known::of(new), &Known::of(old), true)
}

/// The lines of a version by what they are known by; those that are not asked
/// about are there, and known by nothing.
struct Known(Vec<Line>);

#[derive(Clone, PartialEq, Eq)]
enum Line {
    Header,
    Comment(String),
    Row(Concept),
    Nothing,
}

impl Known {
    fn of(file: &File) -> Self {
        let line = |item: &Item| match item {
            Item::Header => Line::Header,
            Item::Comment(text) => Line::Comment(text.clone()),
            Item::Row(row) => Line::Row(file.concept(row)),
        };
        Self(file.items.iter().map(line).collect())
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn only(&self, wanted: impl Fn(usize) -> bool) -> Self {
        let lines = self.0.iter().enumerate();
        let line = |(at, line): (usize, &Line)| {
            if wanted(at) {
                line.clone()
            } else {
                Line::Nothing
            }
        };
        Self(lines.map(line).collect())
    }

    /// What row each line stands above; `rows` gives the counterparts. Rows
    /// without one are passed over where `over`.
    fn below(&self, over: bool, rows: &[Option<usize>]) -> Vec<Place> {
        let mut next = Some(None);
        let mut below: Vec<Place> = self
            .0
            .iter()
            .zip(rows)
            .rev()
            .map(|(line, row)| {
                let stands = !matches!(line, Line::Comment(_) | Line::Nothing);
                if stands && (row.is_some() || !over) {
                    next = row.map(Some);
                }
                next
            })
            .collect();
        below.reverse();
        below
    }

    fn row(&self, at: usize) -> Option<&Concept> {
        match self.0.get(at)? {
            Line::Row(concept) => Some(concept),
            _ => None,
        }
    }
}

/// For each line of `new` the line of `old` that it was; `edited` says that one
/// may have been made of the other.
fn matched(new: &Known, old: &Known, edited: bool) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        new,
        old,
        found: vec![None; new.len()],
        taken: vec![false; old.len()],
    };
    pairs.headers();
    pairs.by(false, |c| Some(c.text.clone()));
    pairs.by(true, |c| (!c.id.is_empty()).then(|| c.id.clone()));
    pairs.by(false, |c| {
        Some([&*c.zh, &*c.subject, &*c.en].map(str::to_owned))
    });
    pairs.by(true, |c| {
        (!c.zh.is_empty()).then(|| [&*c.zh, &*c.subject].map(str::to_owned))
    });
    if edited {
        pairs.by(true, |c| (!c.zh.is_empty()).then(|| c.zh.clone()));
        pairs.by(true, |c| (!c.en.is_empty()).then(|| c.en.clone()));
        pairs.alike();
    }
    pairs.comments();
    pairs.found
}

struct Pairs<'a> {
    new: &'a Known,
    old: &'a Known,
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs<'_> {
    fn pair(&mut self, new: usize, old: usize) {
        if let (Some(found), Some(taken)) = (self.found.get_mut(new), self.taken.get_mut(old)) {
            *found = Some(old);
            *taken = true;
        }
    }

    fn headers(&mut self) {
        let at = |known: &Known| known.0.iter().position(|line| *line == Line::Header);
        if let (Some(new), Some(old)) = (at(self.new), at(self.old)) {
            self.pair(new, old);
        }
    }

    /// The lines of either version that have no partner yet.
    fn free(&self) -> [Vec<usize>; 2] {
        let new = (0..self.new.len()).filter(|at| self.found.get(*at) == Some(&None));
        let old = (0..self.old.len()).filter(|at| self.taken.get(*at) == Some(&false));
        [new.collect(), old.collect()]
    }

    /// Pairs rows with one key, in order; where `unique`, only if each side has
    /// one. Rows with different ids are never the same.
    fn by<K: Hash + Eq>(&mut self, unique: bool, key: impl Fn(&Concept) -> Option<K>) {
        let [new, old] = self.free();
        let mut groups: HashMap<K, [Vec<usize>; 2]> = HashMap::new();
        for (side, (known, lines)) in [(self.new, new), (self.old, old)].into_iter().enumerate() {
            for at in lines {
                if let Some(key) = known.row(at).and_then(&key)
                    && let Some(group) = groups.entry(key).or_default().get_mut(side)
                {
                    group.push(at);
                }
            }
        }
        for [new, old] in groups.into_values() {
            if unique && (new.len() != 1 || old.len() != 1) {
                continue;
            }
            for (new, old) in new.into_iter().zip(old) {
                if self.may_be(new, old) {
                    self.pair(new, old);
                }
            }
        }
    }

    fn may_be(&self, new: usize, old: usize) -> bool {
        let ids = [self.new.row(new), self.old.row(old)].map(|row| row.map_or("", |c| &c.id));
        ids[0] == ids[1] || ids.iter().any(|id| id.is_empty())
    }

    /// Pairs rows that stand behind one known row and are mostly the same.
    fn alike(&mut self) {
        let [new, old] = self.free();
        let mut gaps: HashMap<Option<usize>, [Vec<usize>; 2]> = HashMap::new();
        let mut behind = None;
        let mut next = new.into_iter().peekable();
        for at in 0..self.new.len() {
            if next.next_if_eq(&at).is_some() {
                if self.new.row(at).is_some() {
                    gaps.entry(behind).or_default()[0].push(at);
                }
            } else if self.new.row(at).is_some() {
                behind = self.found.get(at).copied().flatten();
            }
        }
        let mut behind = None;
        let mut next = old.into_iter().peekable();
        for at in 0..self.old.len() {
            if next.next_if_eq(&at).is_some() {
                if self.old.row(at).is_some() {
                    gaps.entry(behind).or_default()[1].push(at);
                }
            } else if self.old.row(at).is_some() {
                behind = Some(at);
            }
        }
        for [new, old] in gaps.into_values() {
            if new.len() <= GAP && old.len() <= GAP {
                self.gap(&new, &old);
            }
        }
    }

    fn gap(&mut self, new: &[usize], old: &[usize]) {
        let mut scores = Vec::new();
        for &n in new {
            for &o in old.iter().filter(|o| self.may_be(n, **o)) {
                let texts = self.new.row(n).zip(self.old.row(o));
                let score = texts.map_or(0, |(a, b)| likeness(&a.text, &b.text));
                if score >= ALIKE {
                    scores.push((std::cmp::Reverse(score), n, o));
                }
            }
        }
        scores.sort_unstable();
        for (_, n, o) in scores {
            if self.found.get(n) == Some(&None) && self.taken.get(o) == Some(&false) {
                self.pair(n, o);
            }
        }
    }

    /// Pairs comments with one text: first those above the same row; then those
    /// above the same row once rows that only one version has are passed over;
    /// then in order.
    fn comments(&mut self) {
        let mut kept: Vec<Option<usize>> = vec![None; self.old.len()];
        for old in self.found.iter().flatten() {
            if let Some(kept) = kept.get_mut(*old) {
                *kept = Some(*old);
            }
        }
        for over in [false, true] {
            let new = self.new.below(over, &self.found);
            self.comments_at(&new, &self.old.below(over, &kept));
        }
        let all = |known: &Known| vec![Some(None); known.len()];
        self.comments_at(&all(self.new), &all(self.old));
    }

    /// Pairs comments with one text and one place, where they have any.
    fn comments_at(&mut self, new_places: &[Place], old_places: &[Place]) {
        let [new, old] = self.free();
        let mut waiting: HashMap<(&str, Option<usize>), Vec<usize>> = HashMap::new();
        for at in old.into_iter().rev() {
            if let Some(Line::Comment(text)) = self.old.0.get(at)
                && let Some(place) = old_places.get(at).copied().flatten()
            {
                waiting.entry((text, place)).or_default().push(at);
            }
        }
        for at in new {
            if let Some(Line::Comment(text)) = self.new.0.get(at)
                && let Some(place) = new_places.get(at).copied().flatten()
                && let Some(old) = waiting.get_mut(&(text, place)).and_then(Vec::pop)
            {
                self.pair(at, old);
            }
        }
    }
}

/// The row of the old version that stands below a line, `Some(None)` where none
/// does; `None` where the row below has no counterpart.
type Place = Option<Option<usize>>;

/// How much of two texts is the same, in hundredths (Dice's coefficient over characters).
fn likeness(a: &str, b: &str) -> usize {
    let mut count: HashMap<char, usize> = HashMap::new();
    let counted = |c: &char| c.is_alphanumeric();
    for c in a.chars().filter(counted) {
        *count.entry(c).or_default() += 1;
    }
    let (mut shared, mut total) = (0usize, a.chars().filter(counted).count());
    for c in b.chars().filter(counted) {
        total += 1;
        if let Some(left) = count.get_mut(&c).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    (200 * shared).checked_div(total).unwrap_or(0)
}
