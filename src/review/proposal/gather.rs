//! The material that proposals are made from, and the proposals it gives.

use std::path::PathBuf;
use std::sync::Arc;

use crate::align::Resources;
use crate::error::Result;
use crate::finding::{Finding, Place};
use crate::intake::{self, Ask};
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::project::Project;
use crate::propose::{self, Knowledge, Proposal, Rejected, Unit};
use crate::recognize::Recognizer;
use crate::report::Unread;
use crate::review::{Alignment, Least, Mark};
use crate::span::Span;

/// In a larger file lines are not counted: a hundred places would keep a key waiting.
const LARGE: usize = 8 << 20;
/// Beads that are less likely right than this propose nothing.
const LEAST: f32 = 0.5;

/// The texts that proposals are made from.
#[derive(Debug, Clone, Default)]
pub struct Material {
    bitexts: Arc<Vec<Bitext>>,
}

impl Material {
    /// The units, by the numbers that [`Proposal::units`] has.
    pub fn units(&self) -> Vec<Unit<'_>> {
        propose::units(&self.bitexts)
    }

    /// Where a unit stands: its file, and its line where that is known and quickly told.
    pub fn place(&self, unit: u32) -> Option<(PathBuf, Option<u32>)> {
        let mut left = unit as usize;
        let bitext = self.bitexts.iter().find(|bitext| {
            let here = left < bitext.units.len();
            left -= if here { 0 } else { bitext.units.len() };
            here
        })?;
        let couple = bitext.units.get(left)?;
        let passage = couple.source.as_ref().or(couple.target.as_ref())?;
        let file = bitext.files.get(passage.file as usize)?;
        let known = !passage.pieces.is_empty() && !file.text.is_empty() && file.text.len() < LARGE;
        let at = passage.in_file(Span::all(&passage.text));
        let line = known.then(|| Place::new(Arc::clone(&file.path), &file.text, at).line);
        Some((file.path.to_path_buf(), line))
    }
}

/// What a run found to propose.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The texts.
    pub material: Material,
    /// The proposals, the likeliest first.
    pub proposals: Vec<Proposal>,
    /// What is wrong with the form of what was read.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// The proposals of documents, tables and memories; documents that translate each other are
/// aligned first.
///
/// # Errors
/// There is nothing to read; a glossary, dictionary or the list of rejected pairs cannot be read.
pub fn gather(project: &Project, ask: &Ask) -> Result<Gathered> {
    let glossary = project.glossary()?;
    let recognizer = Recognizer::new(&glossary.value);
    let dictionary = project.dictionary()?;
    let resources = Resources {
        dictionary: Some(dictionary.as_ref()).filter(|dictionary| !dictionary.is_empty()),
        glossary: Some((&glossary.value, &recognizer)),
        lexicon: None,
    };
    let intake = intake::take(ask, project, &resources)?;
    let mut findings = glossary.findings;
    findings.extend(intake.findings);
    let rejected = super::rejected(project)?;
    let material = Material {
        bitexts: Arc::new(intake.bitexts),
    };
    let knowledge = Knowledge {
        dictionary: resources.dictionary,
        glossary: Some(&glossary.value),
        rejected: Some(&rejected),
    };
    let proposals = propose::propose(&material.units(), &knowledge);
    Ok(Gathered {
        material,
        proposals,
        findings,
        unread: intake.unread,
    })
}

/// The proposals of an alignment as it stands in its review.
///
/// # Errors
/// A glossary, dictionary or the list of rejected pairs cannot be read.
pub fn aligned(
    project: &Project,
    alignment: &Alignment,
    documents: &Pair<PathBuf>,
) -> Result<Gathered> {
    let glossary = project.glossary()?;
    let dictionary = project.dictionary()?;
    let rejected: Rejected = super::rejected(project)?;
    let knowledge = Knowledge {
        dictionary: Some(dictionary.as_ref()).filter(|dictionary| !dictionary.is_empty()),
        glossary: Some(&glossary.value),
        rejected: Some(&rejected),
    };
    let material = Material {
        bitexts: Arc::new(vec![bitext(alignment, documents)]),
    };
    let proposals = propose::propose(&material.units(), &knowledge);
    Ok(Gathered {
        material,
        proposals,
        findings: glossary.findings,
        unread: Vec::new(),
    })
}

/// The beads that are fixed or likely right, as units. Which line they stand on is not known here.
fn bitext(alignment: &Alignment, documents: &Pair<PathBuf>) -> Bitext {
    let wanted = |bead: &&crate::review::Bead| {
        Least::Score(LEAST).wants(bead) || (bead.mark == Mark::Fixed && !bead.one_sided())
    };
    let passage = |lang: Lang, range| Passage {
        text: alignment.text(lang, range),
        locale: match lang {
            Lang::Zh => Locale::Hans,
            Lang::En => Locale::En,
        },
        file: u32::from(lang == Lang::En),
        pieces: Vec::new(),
    };
    let units = alignment.beads.iter().filter(wanted).map(|bead| Couple {
        source: Some(passage(Lang::Zh, &bead.of.zh)),
        target: Some(passage(Lang::En, &bead.of.en)),
        ..Couple::default()
    });
    let file = |path: &PathBuf| File {
        path: path.as_path().into(),
        text: String::new(),
    };
    Bitext {
        layout: Layout::Pair,
        format: "",
        files: vec![file(&documents.zh), file(&documents.en)],
        date: None,
        units: units.collect(),
    }
}
