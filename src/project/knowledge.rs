//! What a workspace knows, opened: glossary, recognizer, memory.

use crate::error::Result;
use crate::finding::Parsed;
use crate::glossary::Glossary;
use crate::memory::Memory;
use crate::recognize::Recognizer;

use super::Project;

/// The language resources a segment is translated with.
pub struct Knowledge {
    /// The concepts, of all glossaries, in order of priority.
    pub glossary: Glossary,
    /// Their recognition in texts.
    pub recognizer: Recognizer,
    /// The past units.
    pub memory: Memory,
}

impl Knowledge {
    /// Opens everything of a workspace. Rows that could not be used are findings.
    ///
    /// A command that does not need the memory asks the [`Project`] for the
    /// glossary alone: opening the index costs more than reading the terms.
    pub fn open(project: &Project) -> Result<Parsed<Self>> {
        let glossary = project.glossary()?;
        let memory = project.memory()?;
        let recognizer = Recognizer::new(&glossary.value);
        let mut findings = glossary.findings;
        findings.extend(memory.findings);
        let value = Self {
            glossary: glossary.value,
            recognizer,
            memory: memory.value,
        };
        Ok(Parsed { value, findings })
    }
}
