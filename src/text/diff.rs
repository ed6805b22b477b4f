//! What changed between two versions of a text, for people to read.

use serde::{Deserialize, Serialize};

use super::chars::{is_latin_word, is_mark};
use crate::span::Span;

/// What happens to a piece of text between an old and a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// In both.
    Equal,
    /// Only in the old.
    Delete,
    /// Only in the new.
    Insert,
}

/// The pieces that lead from `old` to `new`, compared exactly (nothing is
/// folded): by character for Chinese, by word for English.
///
/// The equal pieces are a longest common subsequence (Myers, "An O(ND)
/// difference algorithm and its variations", 1986). Neighbours of one kind are
/// merged, and where text is replaced the deletion comes first.
///
/// ```
/// use zhengming::text::diff::{Op, diff};
/// let pieces = diff("启动创世纪计划", "启动创世计划");
/// let expected = [(Op::Equal, "启动创世"), (Op::Delete, "纪"), (Op::Equal, "计划")];
/// assert!(pieces.iter().map(|(op, text)| (*op, text.as_str())).eq(expected));
/// ```
pub fn diff(old: &str, new: &str) -> Vec<(Op, String)> {
    let (a, b) = (atoms(old), atoms(new));
    let before = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let after = a[before..]
        .iter()
        .rev()
        .zip(b[before..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let mut pieces = Pieces::default();
    for atom in &a[..before] {
        pieces.add(Op::Equal, atom);
    }
    middle(
        &a[before..a.len() - after],
        &b[before..b.len() - after],
        &mut pieces,
    );
    for atom in &a[a.len() - after..] {
        pieces.add(Op::Equal, atom);
    }
    pieces.done()
}

/// The difference as one text: `[-what goes-]` and `{+what comes+}` in what stays, as git writes
/// differing words.
///
/// ```
/// use zhengming::text::diff::marked;
/// assert_eq!(marked("启动创世纪计划", "启动创世计划"), "启动创世[-纪-]计划");
/// assert_eq!(marked("a plan", "a program"), "a [-plan-]{+program+}");
/// ```
pub fn marked(old: &str, new: &str) -> String {
    let pieces = diff(old, new).into_iter();
    let pieces = pieces.map(|(op, text)| match op {
        Op::Equal => text,
        Op::Delete => format!("[-{text}-]"),
        Op::Insert => format!("{{+{text}+}}"),
    });
    pieces.collect()
}

/// What is compared as one: a Latin word, a number, or any other character.
fn atoms(text: &str) -> Vec<&str> {
    let mut atoms: Vec<Span> = Vec::new();
    let mut joins = false; // whether the last atom is a word that a letter continues
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let word = is_latin_word(c) || is_mark(c);
        match atoms.last_mut() {
            Some(last) if word && joins => last.end = end as u32,
            _ => atoms.push(Span::new(at, end)),
        }
        joins = word;
    }
    atoms.iter().map(|span| span.of(text)).collect()
}

/// Collects pieces: in a stretch without equal text all deletions come before all insertions.
#[derive(Default)]
struct Pieces {
    all: Vec<(Op, String)>,
    deleted: String,
    inserted: String,
}

impl Pieces {
    fn add(&mut self, op: Op, text: &str) {
        match op {
            Op::Delete => self.deleted.push_str(text),
            Op::Insert => self.inserted.push_str(text),
            Op::Equal => {
                self.flush();
                match self.all.last_mut() {
                    Some((Op::Equal, last)) => last.push_str(text),
                    _ => self.all.push((Op::Equal, text.to_owned())),
                }
            }
        }
    }

    fn flush(&mut self) {
        for (op, text) in [
            (Op::Delete, &mut self.deleted),
            (Op::Insert, &mut self.inserted),
        ] {
            if !text.is_empty() {
                self.all.push((op, std::mem::take(text)));
            }
        }
    }

    fn done(mut self) -> Vec<(Op, String)> {
        self.flush();
        self.all
    }
}

/// Edits after which the middle is shown as replaced whole: nobody reads such
/// a diff, and time and memory grow with the square.
const EDITS: isize = 1000;

/// The furthest point (as `x`) reached on the diagonals around 0, before a round of edits.
struct Front {
    /// The lowest diagonal stored.
    lowest: isize,
    reached: Vec<usize>,
}

impl Front {
    fn get(&self, k: isize) -> usize {
        let at = usize::try_from(k - self.lowest).ok();
        at.and_then(|at| self.reached.get(at)).copied().unwrap_or(0)
    }

    /// Where diagonal `k` (`x - y`) begins in round `edits`, and the diagonal it comes from.
    fn step(&self, k: isize, edits: isize) -> (usize, isize) {
        if edits == 0 {
            return (0, k);
        }
        let (left, right) = (self.get(k - 1), self.get(k + 1));
        if k == -edits || (k != edits && left < right) {
            (right, k + 1)
        } else {
            (left + 1, k - 1)
        }
    }
}

/// Myers' greedy search: the furthest point on each diagonal with 0, 1, 2… edits.
#[allow(
    clippy::many_single_char_names,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the paper's names; diagonals are signed, and no text has 2⁶³ atoms"
)]
fn middle(a: &[&str], b: &[&str], pieces: &mut Pieces) {
    let Some(fronts) = search(a, b) else {
        for atom in a {
            pieces.add(Op::Delete, atom);
        }
        for atom in b {
            pieces.add(Op::Insert, atom);
        }
        return;
    };
    // Walk back from the end.
    let mut script: Vec<(Op, &str)> = Vec::new();
    let (mut x, mut y) = (a.len(), b.len());
    for (edits, front) in fronts.iter().enumerate().rev() {
        let k = x as isize - y as isize;
        let (start, before) = front.step(k, edits as isize);
        while x > start {
            (x, y) = (x - 1, y - 1);
            script.push((Op::Equal, a[x]));
        }
        if edits == 0 {
            break;
        }
        if before > k {
            y -= 1;
            script.push((Op::Insert, b[y]));
        } else {
            x -= 1;
            script.push((Op::Delete, a[x]));
        }
    }
    for (op, text) in script.into_iter().rev() {
        pieces.add(op, text);
    }
}

/// The fronts before each round until both ends are reached; `None` after too many.
#[allow(
    clippy::many_single_char_names,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the paper's names; diagonals are signed, and no text has 2⁶³ atoms"
)]
fn search(a: &[&str], b: &[&str]) -> Option<Vec<Front>> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let mut fronts: Vec<Front> = Vec::new();
    let mut front = Front {
        lowest: 0,
        reached: vec![0],
    };
    for edits in 0..=EDITS.min(n + m) {
        let mut next = Front {
            lowest: -edits,
            reached: vec![0; 2 * edits as usize + 1],
        };
        // Diagonals outside the table cannot be on the way.
        let lowest = -edits + 2 * ((edits - m).max(0));
        let highest = edits - 2 * ((edits - n).max(0));
        for k in (lowest..=highest).step_by(2) {
            let mut x = front.step(k, edits).0;
            let mut y = (x as isize - k) as usize;
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            next.reached[(k + edits) as usize] = x;
            if x >= a.len() && y >= b.len() {
                fronts.push(front);
                return Some(fronts);
            }
        }
        fronts.push(std::mem::replace(&mut front, next));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        diff(old, new)
            .into_iter()
            .map(|(op, text)| match op {
                Op::Equal => text,
                Op::Delete => format!("[-{text}-]"),
                Op::Insert => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn diffs() {
        for (old, new, expected) in [
            ("", "", ""),
            ("正名", "正名", "正名"),
            ("", "正名", "[+正名+]"),
            ("正名", "", "[-正名-]"),
            ("启动创世纪计划", "启动创世计划", "启动创世[-纪-]计划"),
            (
                "能源部启动计划",
                "商务部结束计划",
                "[-能源-][+商务+]部[-启动-][+结束+]计划",
            ),
            ("the old plan", "the new plan", "the [-old-][+new+] plan"),
            ("a plan", "a plane", "a [-plan-][+plane+]"),
            ("5G网络", "6G网络", "[-5G-][+6G+]网络"),
            ("cafe\u{301} x", "cafe x", "[-cafe\u{301}-][+cafe+] x"),
            ("abc", "xyz", "[-abc-][+xyz+]"),
            ("国防部", "国务院", "国[-防部-][+务院+]"),
        ] {
            assert_eq!(shown(old, new), expected, "{old} → {new}");
        }
    }

    #[test]
    fn texts_without_anything_in_common_cost_little() {
        let (old, new) = ("创".repeat(3000), "世".repeat(3000));
        assert_eq!(diff(&old, &new), [(Op::Delete, old), (Op::Insert, new)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_diff_tells_both_texts(old in "[创世计划ab ]{0,12}", new in "[创世计划ab ]{0,12}") {
            let pieces = diff(&old, &new);
            let side = |leave: Op| -> String {
                pieces.iter().filter(|(op, _)| *op != leave).map(|(_, text)| text.as_str()).collect()
            };
            prop_assert_eq!(side(Op::Insert), old);
            prop_assert_eq!(side(Op::Delete), new);
            prop_assert!(pieces.windows(2).all(|two| two[0].0 != two[1].0), "neighbours are merged");
            prop_assert!(pieces.windows(2).all(|two| (two[0].0, two[1].0) != (Op::Insert, Op::Delete)));
        }

        #[test]
        fn a_diff_keeps_as_much_as_can_be(old in "[创世计划]{0,10}", new in "[创世计划]{0,10}") {
            let kept: usize = diff(&old, &new).iter()
                .filter(|(op, _)| *op == Op::Equal).map(|(_, text)| text.chars().count()).sum();
            let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
            for i in 0..a.len() {
                for j in 0..b.len() {
                    table[i + 1][j + 1] = if a[i] == b[j] { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
                }
            }
            prop_assert_eq!(kept, table[a.len()][b.len()]);
        }
    }
}
