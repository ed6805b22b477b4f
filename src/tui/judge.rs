//! What judges a translation: the terms, and how grave each rule's findings are.
//!
//! The worker checks with it while somebody types, and Enter asks it at once
//! where that answer is still under way: checking a segment takes less than a
//! frame, and a key that waited for an answer would let the next ones land in
//! the wrong segment.

use std::sync::Arc;

use crate::check::{self, Job, Levels, Made, Reference, Segment, Stop};
use crate::finding::Finding;
use crate::glossary::Glossary;
use crate::recognize::Recognizer;
use crate::tui::action::Inspect;

/// The glossaries with their recognition, and the rules' severities.
#[derive(Debug, Default)]
pub struct Judge {
    /// The concepts.
    pub glossary: Glossary,
    /// Their recognition.
    pub recognizer: Recognizer,
    /// How grave each rule's findings are.
    pub levels: Levels,
    made: Arc<Made>,
}

impl Judge {
    /// Prepares to recognize the terms of `glossary`.
    pub fn new(glossary: Glossary, levels: Levels) -> Self {
        Self {
            recognizer: Recognizer::new(&glossary),
            glossary,
            levels,
            made: Arc::default(),
        }
    }

    /// What is wrong with a segment's translation.
    pub fn check(&self, inspect: &Inspect) -> Vec<Finding> {
        let segment = Segment {
            path: inspect.path.as_path().into(),
            line: inspect.line,
            source: &inspect.source,
            target: &inspect.target,
            from: inspect.from,
            to: inspect.to,
            date: inspect.date,
        };
        let reference = Reference::with(&self.glossary, &self.recognizer, &self.made);
        check::unit(&segment, &reference, &self.levels)
    }

    /// What is wrong with a translation as a whole; nothing where `stop` ended the check.
    pub fn together(&self, job: &mut Job, stop: &Stop) -> Vec<Finding> {
        let reference = Reference::with(&self.glossary, &self.recognizer, &self.made);
        check::together(job, &reference.until(stop))
    }
}
