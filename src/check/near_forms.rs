//! An index of what a Chinese term looks like with one slip in it.
//!
//! A slip inside of a term leaves the two characters of one of its ends as
//! they are (of four characters or more, one that is in the first two is not in
//! the last two). So two tables of ends, and a look at each pair of characters
//! of a text, find all terms that a text may have nearly.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{MatchMode, TermStatus};
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// The terms of a glossary by their ends.
#[derive(Debug, Default)]
pub(super) struct NearForms {
    terms: Vec<(ConceptId, Vec<char>)>,
    /// By the first two characters.
    heads: FxHashMap<[char; 2], Vec<End>>,
    /// By the last two characters.
    tails: FxHashMap<[char; 2], Vec<End>>,
    /// Terms with a character taken for another, by the first two characters.
    confused: FxHashMap<[char; 2], Vec<(u32, Vec<char>)>>,
}

/// What is looked at of a term before the term itself.
#[derive(Debug, Clone, Copy)]
struct End {
    number: u32,
    /// How many characters the term has.
    length: usize,
    /// The character at its other end.
    other: char,
}

/// A near form in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) concept: ConceptId,
    /// The number of its first character and of the one behind its last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// What the slip is.
    pub(super) slip: Slip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// One character too many.
    More(char),
    /// One character is missing.
    Less(char),
    /// One for another that looks or sounds the same.
    Other(char, char),
}

impl NearForms {
    pub(super) fn new(glossary: &Glossary) -> Self {
        let mut index = Self::default();
        for (id, concept) in glossary
            .iter()
            .filter(|(_, c)| c.matching != MatchMode::Exact)
        {
            for term in &concept.terms[Lang::Zh] {
                let chars: Vec<char> = fold(&term.text).trim().chars().collect();
                let right = matches!(term.status, TermStatus::Preferred | TermStatus::Admitted);
                if right && chars.len() > 1 && chars.iter().all(|c| is_han(*c)) {
                    index.add(id, chars);
                }
            }
        }
        index
    }

    fn add(&mut self, id: ConceptId, chars: Vec<char>) {
        let number = self.terms.len() as u32;
        for (at, c) in chars.iter().enumerate() {
            for other in confusable(*c) {
                let mut form = chars.clone();
                form[at] = other;
                if let Some(head) = form.first_chunk() {
                    self.confused.entry(*head).or_default().push((number, form));
                }
            }
        }
        if chars.len() > 3
            && let (Some(head), Some(tail)) = (chars.first_chunk(), chars.last_chunk())
        {
            let end = |other| End {
                number,
                length: chars.len(),
                other,
            };
            self.heads.entry(*head).or_default().push(end(tail[1]));
            self.tails.entry(*tail).or_default().push(end(head[0]));
        }
        self.terms.push((id, chars));
    }

    /// The near forms in the folded characters of a text.
    pub(super) fn find(&self, text: &[char]) -> Vec<Near> {
        let mut found = Vec::new();
        for (at, pair) in text.windows(2).enumerate() {
            let Some(pair) = pair.first_chunk() else {
                continue;
            };
            if !is_han(pair[0]) {
                continue;
            }
            // With a character more or less inside, the other end is one further or nearer.
            for end in self.heads.get(pair).into_iter().flatten() {
                let last = |length: usize| text.get(at + length - 1) == Some(&end.other);
                if last(end.length + 1) || last(end.length - 1) {
                    self.try_at(text, at, end.number, &mut found);
                }
            }
            for end in self.tails.get(pair).into_iter().flatten() {
                for length in [end.length + 1, end.length - 1] {
                    if let Some(from) = (at + 2).checked_sub(length)
                        && text.get(from) == Some(&end.other)
                    {
                        self.try_at(text, from, end.number, &mut found);
                    }
                }
            }
            for (number, form) in self.confused.get(pair).into_iter().flatten() {
                if let Some((concept, term)) = self.terms.get(*number as usize)
                    && text.get(at..at + form.len()) == Some(form)
                    && let Some((right, wrong)) = term.iter().zip(form).find(|(a, b)| a != b)
                {
                    found.push(Near {
                        concept: *concept,
                        from: at,
                        to: at + form.len(),
                        slip: Slip::Other(*wrong, *right),
                    });
                }
            }
        }
        found.sort_by_key(|n| (n.from, n.to, n.concept));
        found.dedup();
        found
    }

    /// Whether a term stands here with one character more or less inside.
    fn try_at(&self, text: &[char], from: usize, number: u32, found: &mut Vec<Near>) {
        let Some((concept, term)) = self.terms.get(number as usize) else {
            return;
        };
        let rest = text.get(from..).unwrap_or_default();
        let same = term.iter().zip(rest).take_while(|(a, b)| a == b).count();
        if same == 0 || same >= term.len() {
            return;
        }
        let (_, asked) = term.split_at(same);
        let (_, there) = rest.split_at(same);
        let mut push = |slip, length| {
            found.push(Near {
                concept: *concept,
                from,
                to: from + length,
                slip,
            });
        };
        if let [more, after @ ..] = there
            && after.starts_with(asked)
            && is_han(*more)
            && !(at_the_edge(same, term.len()))
        {
            push(Slip::More(*more), term.len() + 1);
        }
        if let [less, after @ ..] = asked
            && !after.is_empty()
            && there.starts_with(after)
        {
            push(Slip::Less(*less), term.len() - 1);
        }
    }
}

/// Whether a further character here makes another first or last word of one
/// character into one of two: 数据安全法, 数据安全办法.
fn at_the_edge(at: usize, length: usize) -> bool {
    at == 1 || at + 1 == length
}

/// The characters that are often written for another.
fn confusable(c: char) -> impl Iterator<Item = char> {
    static GROUPS: LazyLock<FxHashMap<char, &str>> = LazyLock::new(|| {
        let groups = CONFUSED.iter();
        let of = |group: &'static str| group.chars().map(move |c| (c, group));
        groups.copied().flat_map(of).collect()
    });
    let group = GROUPS.get(&c).copied().unwrap_or_default();
    group.chars().filter(move |other| *other != c)
}

const CONFUSED: &[&str] = &[
    "己已巳",
    "账帐",
    "像象",
    "做作",
    "订定",
    "份分",
    "籍藉",
    "戊戌戍",
    "末未",
    "洲州",
    "采彩",
    "贷货",
    "侯候",
    "副幅",
    "竞竟",
    "拨拔",
    "折拆",
    "仓舱",
    "既即",
    "辨辩辫",
    "蓝篮",
    "密蜜",
    "练炼",
    "暴爆",
    "布部",
    "记纪",
    "截载",
    "衷哀",
    "震振",
    "赢嬴",
    "融溶熔",
    "偿尝",
    "坐座",
];
