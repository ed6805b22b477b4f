//! What is decided about a proposal, written at once: to the workspace's own
//! glossary, or to its list of rejected pairs.

use crate::error::Result;
use crate::glossary::{self, Column, Glossary, NewRow};
use crate::lang::Lang;
use crate::model::concept::Origin;
use crate::project::Project;

/// What somebody decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// A concept of its own.
    Accept(Box<NewRow>),
    /// Further terms of a concept.
    Merge(Origin, Vec<Addition>),
    /// Never to be proposed again.
    Reject {
        /// The Chinese term.
        zh: String,
        /// The English term.
        en: String,
    },
    /// What was decided before is taken back.
    TakeBack(Kept),
}

/// A term that is added to a concept.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    /// A term the concept has: it is looked for where lines have moved.
    pub was: String,
    /// The language.
    pub lang: Lang,
    /// The column.
    pub column: Column,
    /// The term.
    pub term: String,
}

/// What a decision wrote: so much is taken back when it is undone.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// A row of a glossary.
    Row {
        /// Where it stands.
        origin: Origin,
        /// Its Chinese term.
        zh: String,
        /// Its English term.
        en: String,
        /// Whether it is only proposed.
        proposed: bool,
    },
    /// Terms of a row that was there.
    Terms(Origin, Vec<Addition>),
    /// A rejected pair.
    Rejection {
        /// The Chinese term.
        zh: String,
        /// The English term.
        en: String,
    },
}

impl Choice {
    /// Writes it; `glossary` is what the workspace has so far. Gives what was written, nothing
    /// where something was taken back, and what is to be said.
    ///
    /// # Errors
    /// It cannot be written, or a row was changed by somebody else: then nothing was done.
    pub fn write(&self, project: &Project, glossary: &Glossary) -> Result<(Option<Kept>, String)> {
        match self {
            Self::Accept(row) => {
                let origin = project.add_term(glossary, row)?;
                let place = project.name(&origin.path);
                let said = format!("added: {place}:{}: {} = {}", origin.line, row.zh, row.en);
                let (zh, en) = (row.zh.clone(), row.en.clone());
                let proposed = row.proposed;
                let kept = Kept::Row {
                    origin,
                    zh,
                    en,
                    proposed,
                };
                Ok((Some(kept), said))
            }
            Self::Merge(origin, additions) => {
                for Addition {
                    was,
                    lang,
                    column,
                    term,
                } in additions
                {
                    glossary::append_term(&origin.path, origin.line, was, *lang, *column, term)?;
                }
                let terms: Vec<&str> = additions.iter().map(|add| add.term.as_str()).collect();
                let said = format!("{} added to {origin}", terms.join(", "));
                Ok((Some(Kept::Terms(origin.clone(), additions.clone())), said))
            }
            Self::Reject { zh, en } => {
                super::reject(project, zh, en)?;
                let said = format!("{zh} = {en} is not proposed again");
                let (zh, en) = (zh.clone(), en.clone());
                Ok((Some(Kept::Rejection { zh, en }), said))
            }
            Self::TakeBack(kept) => Ok((None, kept.take_back(project)?)),
        }
    }

    /// Whether a glossary is changed by it.
    pub fn changes_glossary(&self) -> bool {
        !matches!(
            self,
            Self::Reject { .. } | Self::TakeBack(Kept::Rejection { .. })
        )
    }
}

impl Kept {
    fn take_back(&self, project: &Project) -> Result<String> {
        match self {
            Self::Row { origin, zh, en, .. } => {
                glossary::remove_row(&origin.path, origin.line, zh, en)?;
                Ok(format!("{zh} = {en} taken out again"))
            }
            Self::Terms(origin, additions) => {
                for Addition {
                    was,
                    lang,
                    column,
                    term,
                } in additions
                {
                    glossary::remove_term(&origin.path, origin.line, was, *lang, *column, term)?;
                }
                Ok(format!("taken out of {origin} again"))
            }
            Self::Rejection { zh, en } => {
                super::allow(project, zh, en)?;
                Ok(format!("{zh} = {en} may be proposed again"))
            }
        }
    }
}
