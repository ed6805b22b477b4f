//! Leverage: how much of documents the memory has already, in the bands that
//! translation is planned and paid by.

use std::collections::HashSet;
use std::ops::AddAssign;

use rayon::prelude::*;

use super::rank::Lookup;
use super::{Memory, Retrieval};
use crate::lang::Lang;
use crate::text::fold::fold;
use crate::text::hash;
use crate::text::volume::Volume;

/// A band of matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Band {
    /// The same segment between the same neighbors, or after or before one of them.
    #[serde(rename = "context")]
    Context,
    /// A segment that came before, in this document or one before it.
    #[serde(rename = "repetition")]
    Repetition,
    /// The same segment.
    #[serde(rename = "100")]
    Exact,
    /// The same but for case, width, numbers, punctuation or codes.
    #[serde(rename = "95-99")]
    Nearly,
    /// 85 to 94.
    #[serde(rename = "85-94")]
    High,
    /// 75 to 84.
    #[serde(rename = "75-84")]
    Middle,
    /// 50 to 74.
    #[serde(rename = "50-74")]
    Low,
    /// Nothing that is like it.
    #[serde(rename = "none")]
    None,
}

impl Band {
    /// All of them, best first, with their names.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Context, "101-102"),
        (Self::Repetition, "repetition"),
        (Self::Exact, "100"),
        (Self::Nearly, "95-99"),
        (Self::High, "85-94"),
        (Self::Middle, "75-84"),
        (Self::Low, "50-74"),
        (Self::None, "none"),
    ];

    fn of(score: u8) -> Self {
        match score {
            101.. => Self::Context,
            100 => Self::Exact,
            95..=99 => Self::Nearly,
            85..=94 => Self::High,
            75..=84 => Self::Middle,
            50..=74 => Self::Low,
            _ => Self::None,
        }
    }
}

/// Segments and how much text they hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Amount {
    /// Segments.
    pub segments: u64,
    /// Their text.
    #[serde(flatten)]
    pub volume: Volume,
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.segments += other.segments;
        self.volume += other.volume;
    }
}

/// What of a text the memory has, by [`Band::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leverage {
    /// The amount in each band.
    pub bands: [Amount; Band::ALL.len()],
}

impl Leverage {
    /// All bands together.
    pub fn total(&self) -> Amount {
        let mut total = Amount::default();
        for amount in self.bands {
            total += amount;
        }
        total
    }

    /// The amount in a band.
    pub fn of(&self, band: Band) -> Amount {
        let at = Band::ALL.iter().position(|(known, _)| *known == band);
        at.and_then(|at| self.bands.get(at))
            .copied()
            .unwrap_or_default()
    }
}

impl AddAssign for Leverage {
    fn add_assign(&mut self, other: Self) {
        for (band, more) in self.bands.iter_mut().zip(other.bands) {
            *band += more;
        }
    }
}

/// Segments that came before, of all documents of one analysis.
#[derive(Debug, Default)]
pub struct Seen(HashSet<u64>);

/// The leverage of a document's segments, and whether all that scores under 70
/// was looked at. A segment is counted in the first band it belongs to, in the
/// order of [`Band::ALL`]; scores are those before penalties.
///
/// `exact` looks at every entry for what scores under 70. `seen` goes from one
/// document to the next: what one has is a repetition in those after it.
pub fn analyze(
    memory: &Memory,
    segments: &[&str],
    from: Lang,
    exact: bool,
    seen: &mut Seen,
) -> (Leverage, Retrieval) {
    let beside = |at: Option<usize>| at.and_then(|at| segments.get(at)).copied().unwrap_or("");
    let scores: Vec<(u8, Retrieval)> = segments
        .par_iter()
        .enumerate()
        .map(|(at, text)| {
            let found = memory.candidates(&Lookup {
                text,
                from,
                prev: beside(at.checked_sub(1)),
                next: beside(Some(at + 1)),
                limit: 1,
                min: 50,
                exact,
            });
            let score = found.list.first().map_or(0, |best| best.score);
            (score, found.retrieval)
        })
        .collect();
    let mut leverage = Leverage::default();
    let mut retrieval = Retrieval::Exact;
    for (text, (score, how)) in segments.iter().zip(scores) {
        if how != Retrieval::Exact {
            retrieval = how;
        }
        let repeated = !seen.0.insert(hash::bytes(fold(text).as_bytes()));
        let band = match Band::of(score) {
            Band::Context => Band::Context,
            _ if repeated => Band::Repetition,
            band => band,
        };
        let at = Band::ALL.iter().position(|(known, _)| *known == band);
        if let Some(amount) = at.and_then(|at| leverage.bands.get_mut(at)) {
            *amount += Amount {
                segments: 1,
                volume: Volume::of(text),
            };
        }
    }
    (leverage, retrieval)
}
