//! The field's nouns, as plain data: translation unit, document, concept.

pub mod bitext;
pub mod concept;
pub mod document;
