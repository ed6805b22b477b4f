//! Texts to findings, one file a check.
//!
//! A check is a record of plain data and one function; its page (`x.md`) is
//! its help, its documentation and its test. To add one: write `x.rs` and
//! `x.md`, then name it twice below.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::glossary::Glossary;
use crate::memory::Memory;
use crate::recognize::Recognizer;

// What runs the checks, and what several of them share.
mod abbr;
mod allow;
mod baseline;
mod bibliography;
mod clause;
mod consistency;
mod context;
mod enumeration;
mod figures;
pub mod fix;
mod instrument;
mod lint;
mod near_forms;
mod noise;
mod organization;
#[cfg(test)]
mod page;
mod prose;
mod rendering;
mod run;
mod shelf;
mod sign;
mod stand_in;
mod usage;
mod view;

// The checks, in the order of `CHECKS`.
mod term_missing;
mod term_ambiguous_target;
mod term_article;
mod term_case;
mod term_dnt;
mod term_forbidden;
mod term_hyphen;
mod term_inconsistent;
mod term_inconsistent_unlisted;
mod term_superseded;
mod term_undecided;
mod term_unregistered;
mod term_variant;
mod name_title;
mod name_org;
mod name_person;
mod name_variant;
mod abbr_first_mention;
mod abbr_full_again;
mod abbr_pair;
mod abbr_redefined;
mod abbr_unexplained;
mod abbr_unused;
mod num_approx;
mod num_currency;
mod num_extra;
mod num_magnitude;
mod num_missing;
mod num_ordinal;
mod num_percent;
mod num_range;
mod num_times;
mod num_unit;
mod num_value;
mod date_mismatch;
mod date_style;
mod date_weekday;
mod seg_diff_source;
mod seg_diff_target;
mod seg_empty;
mod seg_length;
mod seg_repeat;
mod seg_same;
mod seg_sentences;
mod seg_tags;
mod seg_untranslated;
mod seg_url;
mod tm_disagree;
mod tm_unedited_fuzzy;
mod align_suspect;
mod punct_end;
mod punct_pair;
mod zh_book_title;
mod zh_ellipsis_dash;
mod zh_fullwidth_alnum;
mod zh_halfwidth_punct;
mod zh_latin_left;
mod zh_quote;
mod zh_sequence;
mod zh_spacing;
mod en_cjk_left;
mod en_locale;
mod script_mixed;
mod script_regional;
mod char_invisible;
mod gl_syntax;
mod gl_conflict;
mod gl_csv_injection;
mod gl_cycle;
mod gl_dead;
mod gl_dup;
mod gl_example;
mod gl_gap;
mod gl_initial_cap;
mod gl_merge;
mod gl_nested;
mod gl_noise;
mod gl_packed;
mod gl_pair_number;
mod gl_self_forbidden;
mod gl_short;
mod gl_swap;

pub use baseline::Baseline;
pub use lint::{Book, leveled, lint};
pub use noise::{Noise, noise, sample};
pub use run::{Job, Outcome, Segment, run, sort, together, unit};
pub use shelf::{Entry, Named, Remark, Shelf, Spelled, Spot};
pub use view::{At, Draft, Paper, Set, Text, View};

/// Every check.
pub const CHECKS: &[Check] = &[
    term_missing::CHECK,
    term_ambiguous_target::CHECK,
    term_article::CHECK,
    term_case::CHECK,
    term_dnt::CHECK,
    term_forbidden::CHECK,
    term_hyphen::CHECK,
    term_inconsistent::CHECK,
    term_inconsistent_unlisted::CHECK,
    term_superseded::CHECK,
    term_undecided::CHECK,
    term_unregistered::CHECK,
    term_variant::CHECK,
    name_title::CHECK,
    name_org::CHECK,
    name_person::CHECK,
    name_variant::CHECK,
    abbr_first_mention::CHECK,
    abbr_full_again::CHECK,
    abbr_pair::CHECK,
    abbr_redefined::CHECK,
    abbr_unexplained::CHECK,
    abbr_unused::CHECK,
    num_approx::CHECK,
    num_currency::CHECK,
    num_extra::CHECK,
    num_magnitude::CHECK,
    num_missing::CHECK,
    num_ordinal::CHECK,
    num_percent::CHECK,
    num_range::CHECK,
    num_times::CHECK,
    num_unit::CHECK,
    num_value::CHECK,
    date_mismatch::CHECK,
    date_style::CHECK,
    date_weekday::CHECK,
    seg_diff_source::CHECK,
    seg_diff_target::CHECK,
    seg_empty::CHECK,
    seg_length::CHECK,
    seg_repeat::CHECK,
    seg_same::CHECK,
    seg_sentences::CHECK,
    seg_tags::CHECK,
    seg_untranslated::CHECK,
    seg_url::CHECK,
    tm_disagree::CHECK,
    tm_unedited_fuzzy::CHECK,
    align_suspect::CHECK,
    punct_end::CHECK,
    punct_pair::CHECK,
    zh_book_title::CHECK,
    zh_ellipsis_dash::CHECK,
    zh_fullwidth_alnum::CHECK,
    zh_halfwidth_punct::CHECK,
    zh_latin_left::CHECK,
    zh_quote::CHECK,
    zh_sequence::CHECK,
    zh_spacing::CHECK,
    en_cjk_left::CHECK,
    en_locale::CHECK,
    script_mixed::CHECK,
    script_regional::CHECK,
    char_invisible::CHECK,
    gl_syntax::CHECK,
    gl_conflict::CHECK,
    gl_csv_injection::CHECK,
    gl_cycle::CHECK,
    gl_dead::CHECK,
    gl_dup::CHECK,
    gl_example::CHECK,
    gl_gap::CHECK,
    gl_initial_cap::CHECK,
    gl_merge::CHECK,
    gl_nested::CHECK,
    gl_noise::CHECK,
    gl_packed::CHECK,
    gl_pair_number::CHECK,
    gl_self_forbidden::CHECK,
    gl_short::CHECK,
    gl_swap::CHECK,
    allow::CHECK,
];

/// A check: what it is called, how grave its findings are, and how it looks.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its id, in kebab case; it names the fault.
    pub id: &'static str,
    /// How grave its findings are where nothing is configured and nothing lowers them.
    pub level: Level,
    /// The MQM category.
    pub mqm: &'static str,
    /// Its page: help, documentation and test.
    pub page: &'static str,
    /// What it looks at, and how.
    pub run: Run,
}

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Each text by itself, whatever the other side says: both texts of a
    /// pair, the only text of a document alone, the translation in a table.
    Text(fn(&Text<'_>, &mut Vec<Draft>)),
    /// Each unit, also one with a single text.
    Each(fn(&View<'_>, &mut Vec<Draft>)),
    /// Each unit that has both texts.
    Unit(fn(&View<'_>, &mut Vec<Draft>)),
    /// As `Unit`, and what the findings of a whole document come to.
    Units(
        fn(&View<'_>, &mut Vec<Draft>),
        fn(&Paper<'_>, Vec<Draft>) -> Vec<Draft>,
    ),
    /// As `Text`, and what the findings of a whole document come to.
    Texts(
        fn(&Text<'_>, &mut Vec<Draft>),
        fn(&Paper<'_>, Vec<Draft>) -> Vec<Draft>,
    ),
    /// A whole document, alone or with its translation.
    Paper(fn(&Paper<'_>, &mut Vec<Draft>)),
    /// All documents of a run together.
    Set(fn(&Set<'_>, &mut Vec<Draft>)),
    /// All glossaries of a run, each by itself or together.
    Glossary(fn(&Shelf<'_>, &mut Vec<Remark>)),
}

/// What texts are checked against.
#[derive(Debug)]
pub struct Reference<'a> {
    /// The concepts.
    pub glossary: &'a Glossary,
    /// Their recognition.
    pub recognizer: &'a Recognizer,
    /// Past units; `None` where nothing asks for them.
    pub memory: Option<&'a Memory>,
    made: Arc<Made>,
    stop: Stop,
}

/// Tells a run, from another thread, that nobody waits for it any more: it then ends early and
/// finds nothing. Clones are of the same run.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Ends the run.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the run is to end.
    pub fn stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether both are of one run.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What checks make of a glossary, each thing when it is first asked for.
#[derive(Debug, Default)]
pub struct Made {
    near_forms: OnceLock<near_forms::NearForms>,
    lowered: OnceLock<Option<Recognizer>>,
    people: OnceLock<name_person::People>,
}

impl<'a> Reference<'a> {
    /// What a glossary says.
    pub fn new(glossary: &'a Glossary, recognizer: &'a Recognizer) -> Self {
        Self::with(glossary, recognizer, &Arc::default())
    }

    /// The same, for one check after another: nothing is made twice of the glossary.
    pub fn with(glossary: &'a Glossary, recognizer: &'a Recognizer, made: &Arc<Made>) -> Self {
        Self {
            glossary,
            recognizer,
            memory: None,
            made: made.clone(),
            stop: Stop::default(),
        }
    }

    /// The same, for a run that `stop` ends.
    #[must_use]
    pub fn until(mut self, stop: &Stop) -> Self {
        self.stop = stop.clone();
        self
    }

    /// Makes now what `term-variant` will ask for, beside other work.
    pub fn warm_up(&self) {
        self.near_forms();
    }

    /// The glossary's Chinese people, by their names in the wrong order.
    fn family_first(&self) -> &name_person::People {
        let people = &self.made.people;
        people.get_or_init(|| name_person::family_first(self.glossary))
    }

    /// What the glossary's Chinese terms look like with a slip, made when it is first asked for.
    fn near_forms(&self) -> &near_forms::NearForms {
        let near_forms = &self.made.near_forms;
        near_forms.get_or_init(|| near_forms::NearForms::new(self.glossary))
    }
}

/// The check of an id.
pub fn named(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.id == id)
}

/// How grave a rule's findings are, or that it is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// The rule is off.
    Off,
}

impl Level {
    /// `error`, `warning`, `note` or `off`.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }

    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// The configured severities, by rule.
pub type Levels = BTreeMap<String, Level>;
