//! The translated document, and what is missing in it.

use crate::format;
use crate::lang::Locale;
use crate::model::document::{Document, Unit};

/// A translated document as it would be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The file: translated, with the source where there is no translation.
    pub bytes: Vec<u8>,
    /// Units without a translation: line of the document, source.
    pub untranslated: Vec<(u32, String)>,
    /// Units whose translation nobody has confirmed: line of the document, source.
    pub unconfirmed: Vec<(u32, String)>,
    /// Whether it may be handed over: nothing is untranslated, or a part was asked for.
    pub complete: bool,
}

/// Writes the translations into the document. Drafts are delivered, and told.
///
/// ```
/// use std::path::Path;
/// use zhengming::{format, lang::Locale, session::deliver};
/// let text = "# 创世计划\n\n能源部执行。\n";
/// let mut document = format::parse(Path::new("a.md"), text.into(), None).unwrap().value;
/// document.units[0].target = "Genesis Mission".into();
/// let delivery = deliver(&document, Locale::En, false);
/// assert!(!delivery.complete);
/// assert_eq!(delivery.untranslated, [(3, "能源部执行。".to_owned())]);
/// assert!(delivery.bytes.starts_with(b"# Genesis Mission\n"));
/// ```
pub fn deliver(document: &Document, to: Locale, partial: bool) -> Delivery {
    let told = |unit: &Unit| (unit.line, unit.source.clone());
    let (with, without): (Vec<&Unit>, Vec<&Unit>) = document
        .units
        .iter()
        .partition(|unit| !unit.target.trim().is_empty());
    let drafts = with.into_iter().filter(|unit| !unit.state.confirmed());
    Delivery {
        bytes: format::fill(document, to),
        complete: partial || without.is_empty(),
        untranslated: without.into_iter().map(told).collect(),
        unconfirmed: drafts.map(told).collect(),
    }
}
