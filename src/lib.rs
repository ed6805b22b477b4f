//! Zhengming (正名): a bilingual (Chinese ⇄ English) terminology and
//! translation-memory tool. The program is `zm`.
//!
//! This page is the map. Modules stand in the order of their layers: **no
//! module uses one listed below it**, and `tests/architecture.rs` fails when
//! one does. Read from the top and every word has been explained before it is
//! used.

pub mod lang; // the two languages, and a value for each
pub mod span; // a stretch of a text; the only way to cut one
pub mod finding; // what is wrong, and where
pub mod error; // what the world refused
pub mod text; // strings: folding, tokens, sentences, numbers, width
pub mod model; // the field's nouns: unit, document, concept
pub mod tsv; // tab-separated rows, escapes, comments: glossaries, memories, work in progress
pub mod kept; // what was made of a big file, kept in the index and mapped
pub mod xml; // elements, texts, entities: read as a stream, and written
pub mod format; // bytes to documents and back, one file a format
pub mod glossary; // concepts, read, looked up and written back
pub mod recognize; // which terms are in this text
pub mod memory; // past units, looked up
pub mod suggest; // what to offer for this segment
pub mod align; // which sentences of two texts belong together
pub mod link; // which words of two sentences belong together
pub mod check; // units to findings, one file a check
pub mod propose; // which terms a text has, and what they are called in the other language
pub mod report; // findings, written: one file a format
pub mod project; // a workspace folder: its configuration and what it knows
pub mod intake; // files and folders to the texts of a run
pub mod upkeep; // glossaries in use: how well they serve, what a change touches
pub mod session; // one open document being translated
pub mod review; // an alignment or proposals being reviewed
pub mod tui; // faces: the terminal,
pub mod cli; // and the command line, which starts the other
