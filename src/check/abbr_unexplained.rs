//! An abbreviation that no document of the run explains.

use std::collections::HashSet;

use super::abbr::{KNOWN, body, defined, mentions, shouted};
use super::{Check, Draft, Level, Run, Set};
use crate::finding::Side;
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-unexplained",
    level: Level::Off,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_unexplained.md"),
    run: Run::Set(run),
};

/// One that is used so often is worth a word.
const OFTEN: usize = 3;

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    let sides = [Side::Source, Side::Target];
    let mut told: HashSet<(Lang, String)> = HashSet::new();
    for paper in &set.papers {
        for side in sides {
            let found = defined(paper, side).into_iter();
            told.extend(found.map(|d| (d.text.lang, d.abbr.to_owned())));
        }
    }
    // A bilingual table need not be a whole document.
    let whole = |layout| layout != Layout::Table;
    for paper in set.papers.iter().filter(|p| whole(p.bitext.layout)) {
        for side in sides {
            let uses = mentions(paper, side);
            let counts = |abbr: &str| {
                let same = uses.iter().filter(|m| m.abbr == abbr);
                same.filter(|m| body(m.text) && !shouted(m)).count()
            };
            for first in uses.iter().filter(|m| body(m.text) && !shouted(m)) {
                let key = (first.text.lang, first.abbr.to_owned());
                if KNOWN.contains(&first.abbr) || !plain(first.abbr) || told.contains(&key) {
                    continue;
                }
                let times = counts(first.abbr);
                if times >= OFTEN {
                    // Once a run: what one document's readers are told, all are.
                    told.insert(key);
                    let message = format!(
                        "{} is nowhere explained ({times} uses here)",
                        quoted(first.abbr)
                    );
                    drafts.push(Draft::new(first.text.at(first.at), message));
                }
            }
        }
    }
}

/// Whether it can be nothing but an abbreviation: model names have digits and hyphens.
fn plain(abbr: &str) -> bool {
    (2..=6).contains(&abbr.len()) && abbr.bytes().all(|b| b.is_ascii_uppercase())
}
