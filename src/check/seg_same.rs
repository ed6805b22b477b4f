//! A target that is its source.

use super::seg_untranslated::{WORDS, han, own, telling, words};
use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "seg-same",
    level: Level::Error,
    mqm: "accuracy/untranslated",
    page: include_str!("seg_same.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    if !same(view) {
        return;
    }
    let source = own(view, &view.source);
    let (at_most, message) = match view.source.lang {
        Lang::Zh if han(&source) > 0 => (Severity::Error, "the translation is the source itself"),
        // Nobody says which was translated from; of a quotation or an address it is right.
        Lang::Zh if words(&source).count() >= WORDS => {
            (Severity::Warning, "both texts are the same English")
        }
        Lang::En if words(&source).count() >= WORDS => {
            (Severity::Error, "the translation is the source itself")
        }
        Lang::En if telling(&source) => (Severity::Warning, "the translation is the source itself"),
        Lang::En if words(&source).next().is_some() => {
            (Severity::Note, "the name stands as in the source")
        }
        _ => return,
    };
    drafts.push(Draft {
        at_most,
        ..Draft::new(view.target.whole(), message.to_owned())
    });
}

/// Whether the two texts are the same but for width, case and script.
pub(super) fn same(view: &View<'_>) -> bool {
    let (source, target) = (view.source.text, view.target.text);
    // Folding changes no text's first letter into one of the other language.
    source == target || {
        let near = source.len().abs_diff(target.len()) * 4 <= source.len();
        let alike = near && view.source.folded.text == view.target.folded.text;
        // The codes too.
        alike && fold(source) == fold(target)
    }
}
