//! An abbreviation used before it is explained, or never explained.

use std::collections::{HashMap, HashSet};

use super::abbr::{KNOWN, Mention, body, defined, mentions};
use super::{Check, Draft, Level, Run, Set};
use crate::finding::{Severity, Side};
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::span::halves;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-first-mention",
    level: Level::Warning,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_first_mention.md"),
    run: Run::Set(run),
};

/// One nowhere explained that is used so often is worth a word.
const OFTEN: usize = 3;

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    let sides = [Side::Source, Side::Target];
    let mut elsewhere: HashSet<(Lang, &str)> = HashSet::new();
    for paper in &set.papers {
        for side in sides {
            let found = defined(paper, side).into_iter();
            elsewhere.extend(found.map(|d| (d.text.lang, d.abbr)));
        }
    }
    for paper in &set.papers {
        for side in sides {
            let table = paper.bitext.layout == Layout::Table;
            if table && side == Side::Source {
                continue; // a table's source is given
            }
            let mut first = HashMap::new();
            for d in defined(paper, side) {
                first.entry(d.abbr).or_insert((d.unit, d.at, d.text));
            }
            let mut uses: HashMap<&str, Vec<_>> = HashMap::new();
            for m in mentions(paper, side) {
                if body(m.text) && !KNOWN.contains(&m.abbr) && !shouted(&m) {
                    uses.entry(m.abbr).or_default().push(m);
                }
            }
            for (abbr, uses) in uses {
                let Some(use_) = uses.first() else { continue };
                let draft = Draft::new(use_.text.at(use_.at), String::new());
                if let Some((unit, at, text)) = first.get(abbr) {
                    if (use_.unit, use_.at) < (*unit, *at) {
                        drafts.push(Draft {
                            message: format!("{} is explained only after this", quoted(abbr)),
                            related: vec![text.at(*at)],
                            ..draft
                        });
                    }
                } else if !table
                    && uses.len() >= OFTEN
                    && plain(abbr)
                    && !elsewhere.contains(&(use_.text.lang, abbr))
                {
                    drafts.push(Draft {
                        at_most: Severity::Note,
                        message: format!("{} is nowhere explained", quoted(abbr)),
                        ..draft
                    });
                }
            }
        }
    }
}

/// Whether it stands beside another word in capitals: THE END has no abbreviations.
fn shouted(mention: &Mention<'_>) -> bool {
    let (before, rest) = halves(mention.text.text, mention.at.start as usize);
    let after = halves(rest, mention.at.len()).1;
    let capitals = |word: Option<&str>| {
        word.is_some_and(|word| {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            core.len() > 1 && core.bytes().all(|b| b.is_ascii_uppercase())
        })
    };
    capitals(before.split_whitespace().next_back()) || capitals(after.split_whitespace().next())
}

/// Whether it can be nothing but an abbreviation: model names have digits and hyphens.
fn plain(abbr: &str) -> bool {
    (2..=6).contains(&abbr.len()) && abbr.bytes().all(|b| b.is_ascii_uppercase())
}
