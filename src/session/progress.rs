//! How far a translation has come, and which units are shown.

use super::Session;
use crate::model::document::State;
use crate::text::chars::is_han;

/// How much text there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Volume {
    /// Han characters.
    pub han: usize,
    /// Words that are not Han: runs between white space or Han with a letter or digit in them.
    pub words: usize,
}

impl Volume {
    /// Counts a text.
    ///
    /// ```
    /// use zhengming::session::Volume;
    /// assert_eq!(Volume::of("使用 GPT-5 模型"), Volume { han: 4, words: 1 });
    /// ```
    pub fn of(text: &str) -> Self {
        let words = text.split(|c: char| c.is_whitespace() || is_han(c));
        Self {
            han: text.chars().filter(|c| is_han(*c)).count(),
            words: words
                .filter(|word| word.contains(char::is_alphanumeric))
                .count(),
        }
    }

    fn add(&mut self, other: Self) {
        self.han += other.han;
        self.words += other.words;
    }
}

/// How far a translation has come, in units and in text of the source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// All units.
    pub units: usize,
    /// Units without a target.
    pub untranslated: usize,
    /// Units whose target nobody has confirmed.
    pub drafts: usize,
    /// Units that are confirmed.
    pub confirmed: usize,
    /// Units whose source has changed since they were translated.
    pub changed: usize,
    /// Units with findings.
    pub with_findings: usize,
    /// Units that repeat an earlier one.
    pub repetitions: usize,
    /// Translations whose source is gone.
    pub orphans: usize,
    /// The text of all units.
    pub volume: Volume,
    /// The text of the confirmed units.
    pub confirmed_volume: Volume,
}

impl Progress {
    /// Confirmed text in percent of all, rounded down, so that 100 means done.
    pub fn percent(&self) -> u8 {
        // A Chinese text has 1.6 characters for an English word, roughly.
        let weight = |volume: Volume| volume.han * 5 + volume.words * 8;
        let all = weight(self.volume);
        if all == 0 || self.confirmed == self.units {
            return 100;
        }
        (weight(self.confirmed_volume) * 100 / all).min(99) as u8
    }
}

/// Which units are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Without a target.
    Untranslated,
    /// With a target that nobody has confirmed.
    Draft,
    /// Confirmed.
    Confirmed,
    /// Needing work: untranslated, draft, changed, or with findings.
    Open,
    /// Whose source has changed.
    Changed,
    /// With findings.
    WithFindings,
    /// That occur more than once.
    Repetitions,
    /// With a remark.
    WithNotes,
}

impl Filter {
    /// All filters, in the order to offer them.
    pub const ALL: [Self; 9] = [
        Self::All,
        Self::Open,
        Self::Untranslated,
        Self::Draft,
        Self::Confirmed,
        Self::Changed,
        Self::WithFindings,
        Self::Repetitions,
        Self::WithNotes,
    ];

    /// Its name on screens.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Untranslated => "untranslated",
            Self::Draft => "draft",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
            Self::WithFindings => "with findings",
            Self::Repetitions => "repetitions",
            Self::WithNotes => "with notes",
        }
    }
}

impl Session {
    /// Whether a filter lets a unit through.
    pub fn passes(&self, filter: Filter, at: usize) -> bool {
        let (Some(unit), Some(facts)) = (self.unit(at), self.facts.get(at)) else {
            return false;
        };
        match filter {
            Filter::All => true,
            Filter::Open => self.needs_work(at),
            Filter::Untranslated => unit.state == State::Initial,
            Filter::Draft => unit.state == State::Draft,
            Filter::Confirmed => unit.state.confirmed(),
            Filter::Changed => !facts.was.is_empty(),
            Filter::WithFindings => self.findings.get(at).is_some_and(|count| *count > 0),
            Filter::Repetitions => self.repetitions(at).len() > 1,
            Filter::WithNotes => !unit.note.is_empty(),
        }
    }

    /// The units a filter lets through, in order.
    pub fn filtered(&self, filter: Filter) -> Vec<usize> {
        (0..self.len())
            .filter(|at| self.passes(filter, *at))
            .collect()
    }

    /// How far the translation has come.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress {
            units: self.len(),
            orphans: self.orphans.len(),
            ..Progress::default()
        };
        for (at, unit) in self.document.units.iter().enumerate() {
            let volume = self.volumes.get(at).copied().unwrap_or_default();
            progress.volume.add(volume);
            match unit.state {
                State::Initial => progress.untranslated += 1,
                State::Draft => progress.drafts += 1,
                State::Translated | State::Reviewed | State::Final => {
                    progress.confirmed += 1;
                    progress.confirmed_volume.add(volume);
                }
            }
            let first = self.repetitions(at).first().map(|first| *first as usize);
            progress.repetitions += usize::from(first.is_some_and(|first| first < at));
            progress.changed += usize::from(self.passes(Filter::Changed, at));
            progress.with_findings += usize::from(self.passes(Filter::WithFindings, at));
        }
        progress
    }
}
