//! A term whose rendering is missing in most of the units that were confirmed.

use super::noise::{noise, sample};
use super::shelf::{Remark, Shelf};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "gl-noise",
    level: Level::Note,
    mqm: "terminology/termbase",
    page: include_str!("gl_noise.md"),
    run: Run::Glossary(run),
};

/// The most units that are looked at.
const MOST: usize = 20_000;

/// A term must be in so many of them.
const LEAST: usize = 4;

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    if shelf.memories.is_empty() {
        return;
    }
    let memories = shelf.memories.iter();
    // What cannot be read is told by those who need the memory.
    let Ok(entries) = sample(memories.map(|(path, journal)| (&**path, *journal)), MOST) else {
        return;
    };
    for (id, noise) in noise(&entries, &shelf.reference()) {
        let Some(entry) = shelf.entries.get(id.0 as usize) else {
            continue;
        };
        if noise.units < LEAST || 2 * noise.absent <= noise.units {
            continue;
        }
        let concept = entry.concept();
        let message = format!(
            "{} is not rendered as {} in {} of the {} units of the memory that have it: is a synonym missing, or is it found where it is not meant?",
            quoted(concept.name(Lang::Zh)),
            quoted(concept.name(Lang::En)),
            noise.absent,
            noise.units
        );
        remarks.push(Remark::note(entry.head(Lang::Zh), message));
    }
}
