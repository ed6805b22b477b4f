//! What a person said of proposals: `judged.tsv`.

use std::collections::HashMap;
use std::fmt;
use std::fs;

use zhengming::propose::Proposal;

/// What a proposal is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The two render each other in the text, and it is a term somebody may want.
    Term,
    /// The two render each other; nobody needs it in a glossary.
    Right,
    /// A word too many or too few on a side.
    Boundary,
    /// They do not render each other.
    Wrong,
}

impl Verdict {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Term => "right",
            Self::Right => "right, no term",
            Self::Boundary => "boundary",
            Self::Wrong => "wrong",
        }
    }
}

/// Verdicts by set and pair.
pub(crate) struct Judged(HashMap<(String, String, String), Verdict>);

impl Judged {
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string("benches/proposals/judged.tsv").unwrap_or_default();
        let rows = text.lines().skip(1).filter(|line| !line.is_empty());
        let rows = rows.map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [set, zh, en, verdict] = cells[..] else {
                panic!("four cells: {line}");
            };
            let known = [
                Verdict::Term,
                Verdict::Right,
                Verdict::Boundary,
                Verdict::Wrong,
            ];
            let verdict = known.into_iter().find(|known| known.name() == verdict);
            let key = (set.to_owned(), zh.to_owned(), en.to_owned());
            (key, verdict.unwrap_or_else(|| panic!("no verdict: {line}")))
        });
        Self(rows.collect())
    }

    pub(crate) fn of(&self, set: &str, zh: &str, en: &str) -> Option<Verdict> {
        let key = (set.to_owned(), zh.to_owned(), en.to_owned());
        self.0.get(&key).copied()
    }

    pub(crate) fn tally(&self, set: &str, shown: &[&Proposal]) -> Tally {
        let mut tally = Tally::default();
        for p in shown {
            match self.of(set, &p.zh, &p.en) {
                Some(verdict) => tally.add(verdict),
                None => tally.unjudged += 1,
            }
        }
        tally
    }
}

/// How many of each verdict.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) boundary: usize,
    wrong: usize,
    unjudged: usize,
    terms: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Term => {
                self.right += 1;
                self.terms += 1;
            }
            Verdict::Right => self.right += 1,
            Verdict::Boundary => self.boundary += 1,
            Verdict::Wrong => self.wrong += 1,
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.right += other.right;
        self.boundary += other.boundary;
        self.wrong += other.wrong;
        self.unjudged += other.unjudged;
        self.terms += other.terms;
    }

    /// How many were judged.
    pub(crate) fn all(&self) -> usize {
        self.right + self.boundary + self.wrong
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |n: usize| n as f64 / self.all().max(1) as f64;
        write!(
            f,
            "{} | {:.3} | {:.3} | {:.3} | {} | {:.3}",
            self.all(),
            share(self.right),
            share(self.boundary),
            share(self.wrong),
            self.unjudged,
            share(self.terms)
        )
    }
}
