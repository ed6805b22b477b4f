//! Which terms a text has, with what they are called in the other language.
//!
//! [`propose`] reads units (two sides, or one with the other language in
//! brackets) and gives ranked [`Proposal`]s with their evidence: what stands in
//! brackets, what stands in quotation marks on both sides, and what
//! [`link`](crate::link) finds rendered alike again and again. It decides
//! nothing: a person accepts or rejects, and what was rejected is not proposed
//! again.

use std::collections::{HashMap, HashSet};

use crate::align::Dictionary;
use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::model::bitext::Bitext;
use crate::model::concept::TermStatus;
use crate::text::count::plural;
use crate::text::fold::fold;

mod boundary;
mod bracket;
mod count;
mod edge;
mod english;
mod expand;
mod foreign;
mod material;
mod merge;
mod phrase;
mod quote;
mod reach;
mod rejected;

pub use material::Material;
pub use merge::key;
pub use rejected::Rejected;

/// A unit to look for terms in; a side it does not have is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit<'a> {
    /// The Chinese text.
    pub zh: &'a str,
    /// The English text.
    pub en: &'a str,
}

/// What is known beforehand. All of it may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Knowledge<'a> {
    /// A dictionary; [`Dictionary::shipped`] is one.
    pub dictionary: Option<&'a Dictionary>,
    /// The terms there are: they are left out, unless the text renders them differently.
    pub glossary: Option<&'a Glossary>,
    /// The pairs that somebody rejected.
    pub rejected: Option<&'a Rejected>,
}

/// Where a proposal comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// One term stands in brackets behind the other: 创世计划（Genesis Mission）.
    Bracket,
    /// Both stand in quotation or book-title marks, or the English one begins with capitals.
    Quote,
    /// The text gives the term a shorter name: （以下简称“美中委”）.
    Alias,
    /// The words of the two render each other.
    Words,
}

impl Source {
    /// Its name: `bracket`, `quote`, `alias`, `words`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bracket => "bracket",
            Self::Quote => "quote",
            Self::Alias => "alias",
            Self::Words => "words",
        }
    }
}

/// A pair of terms somebody may want in a glossary.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    /// The Chinese term.
    pub zh: String,
    /// The English term.
    pub en: String,
    /// How likely it is that the two render each other, 0 to 1.
    pub score: f32,
    /// The number of units in which the two were found together.
    pub count: u32,
    /// The number of times the Chinese term stands in the units.
    pub zh_count: u32,
    /// The number of times the English term stands in the units.
    pub en_count: u32,
    /// Where the pair comes from, sorted.
    pub sources: Vec<Source>,
    /// The units that have it, by number, the first few.
    pub units: Vec<u32>,
    /// The English abbreviation that the text gives with it; empty for none.
    pub abbreviation: String,
    /// Whether it is unsure where the Chinese term begins.
    pub unsure: bool,
    /// How a glossary renders the Chinese term, where it does so differently.
    pub known: Vec<String>,
    /// Other Chinese terms proposed for the same English one.
    pub variants: Vec<String>,
}

impl Proposal {
    /// One line that says why: `bracket; 3 units; also 创世纪计划`.
    pub fn evidence(&self) -> String {
        let mut parts: Vec<String> = self.sources.iter().map(|s| s.name().to_owned()).collect();
        parts.push(plural(self.count, "unit"));
        if self.unsure {
            parts.push("boundary unsure".to_owned());
        }
        if !self.abbreviation.is_empty() {
            parts.push(format!("abbreviation {}", self.abbreviation));
        }
        if !self.known.is_empty() {
            parts.push(format!("the glossary has {}", self.known.join(" | ")));
        }
        if !self.variants.is_empty() {
            parts.push(format!("also {}", self.variants.join(" | ")));
        }
        parts.join("; ")
    }
}

/// The units of texts, for [`propose`]: both sides of what is translated, and documents alone.
pub fn units(bitexts: &[Bitext]) -> Vec<Unit<'_>> {
    let couples = bitexts.iter().flat_map(|bitext| &bitext.units);
    let sides = couples.map(|couple| {
        let mut unit = Unit::default();
        for passage in [&couple.source, &couple.target].into_iter().flatten() {
            match passage.locale.lang() {
                Lang::Zh => unit.zh = &passage.text,
                Lang::En => unit.en = &passage.text,
            }
        }
        unit
    });
    sides.collect()
}

/// The term pairs of some units, the likeliest first.
///
/// ```
/// use zhengming::propose::{Knowledge, Unit, propose};
/// let units = [Unit { zh: "总统签署行政令，正式启动“创世计划”（Genesis Mission）。", en: "" }];
/// let proposals = propose(&units, &Knowledge::default());
/// assert_eq!((&*proposals[0].zh, &*proposals[0].en), ("创世计划", "Genesis Mission"));
/// ```
pub fn propose(units: &[Unit<'_>], knowledge: &Knowledge<'_>) -> Vec<Proposal> {
    let material = Material::new(units, knowledge.dictionary);
    let mut found = bracket::find(units, &material, knowledge.dictionary);
    found.extend(quote::find(units, &material));
    found.extend(phrase::find(&material));
    let mut proposals = merge::merge(found, units);
    if let Some(rejected) = knowledge.rejected {
        proposals.retain(|p| !rejected.has(&p.zh, &p.en));
    }
    if let Some(glossary) = knowledge.glossary {
        known(&mut proposals, glossary);
    }
    merge::variants(&mut proposals);
    proposals
}

/// Leaves out what a glossary has, and tells where it renders a term differently.
fn known(proposals: &mut Vec<Proposal>, glossary: &Glossary) {
    let mut renderings: HashMap<String, Vec<String>> = HashMap::new();
    let mut pairs: HashSet<(String, String)> = HashSet::new();
    for (_, concept) in glossary.iter() {
        let preferred = concept.name(Lang::En).to_owned();
        for zh in &concept.terms.zh {
            // What must not be written is known too, and not to be proposed again.
            let both = concept
                .terms
                .en
                .iter()
                .map(|en| (fold(&zh.text), merge::key(&en.text)));
            pairs.extend(both);
            if zh.status == TermStatus::Deprecated || preferred.is_empty() {
                continue;
            }
            let known = renderings.entry(fold(&zh.text)).or_default();
            if !known.contains(&preferred) {
                known.push(preferred.clone());
            }
        }
    }
    proposals.retain(|p| !pairs.contains(&(fold(&p.zh), merge::key(&p.en))));
    // The words of a text linked, a part of a rendering often stands for the whole: that is
    // no other rendering.
    let mut keys: HashMap<&str, Vec<&str>> = HashMap::new();
    for (zh, en) in &pairs {
        keys.entry(zh).or_default().push(en);
    }
    let part = |zh: &str, en: &str| {
        let en = format!(" {} ", merge::key(en));
        let mut known = keys.get(zh).into_iter().flatten();
        known.any(|known| format!(" {known} ").contains(&en))
    };
    proposals.retain(|p| p.sources != [Source::Words] || !part(&fold(&p.zh), &p.en));
    for proposal in proposals {
        if let Some(known) = renderings.get(&fold(&proposal.zh)) {
            proposal.known.clone_from(known);
        }
    }
}
