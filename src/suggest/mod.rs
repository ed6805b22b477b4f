//! What to offer for a segment: its terms and numbers in the other language,
//! matches of the memory and their repair, parts that are known, and what this
//! document has chosen before.
//!
//! One engine serves both directions. The result is plain data and the
//! contract of `zm suggest --format json` (schema [`SCHEMA`]).

mod codes;
mod dress;
mod fragments;
mod matches;
mod names;
pub mod rendering;
mod repair;
pub mod terms;
mod used;

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::glossary::{ConceptId, Glossary};
use crate::lang::{Lang, Locale};
use crate::memory::{Memory, Retrieval};
use crate::model::concept::Validity;
use crate::model::document::State;
use crate::recognize::Recognizer;
use crate::span::Span;
use crate::text::distance::Op;

pub use used::{Scope, Used, UsedHint};

/// The version of the JSON shape.
pub const SCHEMA: &str = "zhengming.suggest/1";

/// The segment to suggest for, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The segment, inline codes as written.
    pub text: &'a str,
    /// The language it is in.
    pub from: Lang,
    /// What is to be written.
    pub to: Locale,
    /// The segment before it, or nothing.
    pub prev: &'a str,
    /// The segment after it, or nothing.
    pub next: &'a str,
    /// What the memory calls the document it stands in; what was confirmed at this very place
    /// is no match for it. Nothing where it stands in none.
    pub document: &'a str,
    /// The day terms must hold on: its document's; `None` where that is not known.
    pub date: Option<Date>,
    /// What its document has chosen so far.
    pub used: &'a Used,
    /// Memories whose matches weigh a little less, by name.
    pub secondary: &'a [String],
    /// The most matches wanted.
    pub limit: usize,
    /// The lowest base score wanted, 0–100.
    pub min_score: u8,
    /// Look at every unit of the memory.
    pub exact: bool,
}

impl<'a> Request<'a> {
    /// The usual request: five matches from 50 on.
    pub fn new(text: &'a str, from: Lang, to: Locale, used: &'a Used) -> Self {
        Self {
            text,
            from,
            to,
            prev: "",
            next: "",
            document: "",
            date: None,
            used,
            secondary: &[],
            limit: 5,
            min_score: 50,
            exact: false,
        }
    }
}

/// What is offered for a segment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestions {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The segment.
    pub source: String,
    /// The language it is in.
    pub from: Lang,
    /// What is to be written.
    pub to: Locale,
    /// Its terms, in the order of the text; a word with several concepts has one entry for each.
    pub terms: Vec<TermHint>,
    /// Its numbers, amounts and dates, in the order of the text.
    pub numbers: Vec<NumberHint>,
    /// The matches, best first.
    pub matches: Vec<Match>,
    /// Parts of it that the memory has as whole units, in the order of the text.
    pub fragments: Vec<Fragment>,
    /// Renderings used before for expressions that no glossary has.
    pub used: Vec<UsedHint>,
    /// Whether a match at or above the threshold can be missing.
    pub retrieval: Retrieval,
}

/// A term of the segment and its renderings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermHint {
    /// Where it stands.
    #[serde(flatten, serialize_with = "bytes")]
    pub span: Span,
    /// The term as it stands there.
    pub text: String,
    /// The renderings to use: what the document already uses, then as the glossary has them.
    pub preferred: Vec<String>,
    /// Renderings that may stand, abbreviations among them, in the same order.
    pub admitted: Vec<String>,
    /// Renderings never to be used.
    pub avoid: Vec<String>,
    /// The glossary row, as `path:line`.
    pub glossary: String,
    /// Subject field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The row's remark, or its definition.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How the row stands to the day, where it does not hold then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Validity>,
    /// The first day on which the row is right, where it names one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub valid_from: String,
    /// The last one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub valid_to: String,
    /// What the row says took its place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub superseded_by: String,
    /// The row that counts in its place, where it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
    /// False where the term may be a part of a longer word.
    pub sure: bool,
    /// The rendering this document or workspace has used most, where there was a choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
    /// The concept.
    #[serde(skip)]
    pub concept: ConceptId,
}

/// What counts in the place of a term that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instead {
    /// Its name in the language of the segment.
    pub source: String,
    /// Its renderings, as the glossary has them.
    pub preferred: Vec<String>,
    /// Its row, as `path:line`.
    pub glossary: String,
}

/// A choice that was made before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chosen {
    /// The rendering.
    pub target: String,
    /// How often.
    pub count: usize,
    /// Where.
    pub scope: Scope,
}

/// A quantity of the segment, written in the other language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberHint {
    /// Where it stands.
    #[serde(flatten, serialize_with = "bytes")]
    pub span: Span,
    /// The quantity as it stands there.
    pub text: String,
    /// What kind of quantity it is.
    pub kind: String,
    /// Its exact value.
    pub value: String,
    /// The quantity in the language written.
    pub target: String,
}

/// A match of the memory.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// The shown score: the match's own less its penalties.
    pub score: u8,
    /// floor(100 · (1 − token edit distance / longer token count)).
    pub base: u8,
    /// The matching source.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// What lowers the score.
    pub penalties: Vec<Penalty>,
    /// What leads from the match's source to the segment.
    pub diff: Vec<Piece>,
    /// The translation with terms, numbers and inline codes put right; `None` where nothing could be.
    pub repaired: Option<Repaired>,
    /// The memory it comes from.
    pub memory: String,
    /// The document it comes from.
    pub document: String,
    /// How far its translation had come.
    pub state: State,
    /// When it was confirmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// Who confirmed it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
}

#[cfg(test)]
impl Match {
    /// A match of a score and nothing else to be said of it.
    fn bare(score: u8, base: u8, source: &str, target: &str) -> Self {
        Self {
            score,
            base,
            source: source.to_owned(),
            target: target.to_owned(),
            penalties: Vec::new(),
            diff: Vec::new(),
            repaired: None,
            memory: String::new(),
            document: String::new(),
            state: State::Translated,
            when: String::new(),
            who: String::new(),
        }
    }
}

/// Why a match weighs less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "penalty")]
pub enum Penalty {
    /// An aligner made the pair and nobody has confirmed it.
    Aligned {
        /// What is subtracted.
        points: u8,
    },
    /// Nobody has confirmed the translation.
    Unreviewed {
        /// What is subtracted.
        points: u8,
    },
    /// The same source has several translations.
    Ambiguous {
        /// What is subtracted.
        points: u8,
    },
    /// It comes from a memory of lower priority.
    OtherMemory {
        /// What is subtracted.
        points: u8,
    },
    /// The translation has a term that the glossary deprecates.
    DeprecatedTerm {
        /// What is subtracted.
        points: u8,
        /// The term as it stands in the translation.
        term: String,
    },
}

impl Penalty {
    /// What it subtracts from the score.
    pub fn points(&self) -> u8 {
        match self {
            Self::Aligned { points }
            | Self::Unreviewed { points }
            | Self::Ambiguous { points }
            | Self::OtherMemory { points }
            | Self::DeprecatedTerm { points, .. } => *points,
        }
    }

    /// What to call it on a screen.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Aligned { .. } => "aligned",
            Self::Unreviewed { .. } => "unreviewed",
            Self::Ambiguous { .. } => "ambiguous",
            Self::OtherMemory { .. } => "other memory",
            Self::DeprecatedTerm { .. } => "deprecated term",
        }
    }
}

/// A piece of a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What happens to it.
    pub op: Op,
    /// Its text.
    pub text: String,
}

/// A match's translation, put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// The translation.
    pub target: String,
    /// What was changed.
    pub edits: Vec<Edit>,
    /// Whether nothing of the difference is left.
    pub complete: bool,
}

/// A rendering swapped for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The old rendering.
    pub from: String,
    /// The new one; empty for a code that the segment has not.
    pub to: String,
    /// What it rests on: the term, quantity or code of the segment.
    pub source: String,
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to.as_str() {
            "" => write!(f, "without {}", self.from),
            to => write!(f, "{} → {to}", self.from),
        }
    }
}

/// A part of the segment that the memory has as a whole unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fragment {
    /// Where it stands.
    #[serde(flatten, serialize_with = "bytes")]
    pub span: Span,
    /// The part.
    pub source: String,
    /// Its translation.
    pub target: String,
}

/// A span as the contract has it: `byte_start`, `byte_end`.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn bytes<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Bytes {
        byte_start: u32,
        byte_end: u32,
    }
    let bytes = Bytes {
        byte_start: span.start,
        byte_end: span.end,
    };
    bytes.serialize(serializer)
}

/// Everything there is to offer for a segment.
///
/// ```
/// use std::path::Path;
/// use zhengming::glossary::Glossary;
/// use zhengming::lang::{Lang, Locale};
/// use zhengming::memory::Memory;
/// use zhengming::recognize::Recognizer;
/// use zhengming::suggest::{suggest, Request, Used};
///
/// let table = "zh\ten\n能源部\tDepartment of Energy\n创世计划\tGenesis Mission\n";
/// let concepts = Glossary::parse(Path::new("us.tsv"), table.as_bytes()).value;
/// let glossary = Glossary::new(concepts);
/// let recognizer = Recognizer::new(&glossary);
/// let text = "能源部将投入500亿美元启动“创世计划”。";
/// let used = Used::default();
/// let request = Request::new(text, Lang::Zh, Locale::En, &used);
/// let found = suggest(&request, &glossary, &recognizer, &Memory::default());
/// assert_eq!(found.terms[0].preferred, ["Department of Energy"]);
/// assert_eq!(found.terms[1].preferred, ["Genesis Mission"]);
/// assert_eq!(found.numbers[0].target, "US$50 billion");
/// ```
pub fn suggest(
    request: &Request<'_>,
    glossary: &Glossary,
    recognizer: &Recognizer,
    memory: &Memory,
) -> Suggestions {
    let hits = recognizer.find_at(request.text, request.from, request.date);
    let numbers = terms::numbers(request, &hits);
    let found = matches::matches(request, glossary, recognizer, memory);
    Suggestions {
        schema: SCHEMA,
        source: request.text.to_owned(),
        from: request.from,
        to: request.to,
        terms: terms::terms(request, &hits, glossary, memory),
        numbers,
        matches: found.0,
        fragments: fragments::fragments(request, memory),
        used: used::hints(request, &hits, memory),
        retrieval: found.1,
    }
}
