//! An abbreviation used before it is explained.

use std::collections::HashMap;

use super::abbr::{KNOWN, body, defined, mentions, shouted};
use super::{Check, Draft, Level, Run, Set, Text};
use crate::finding::Side;
use crate::model::bitext::Layout;
use crate::model::document::Block;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-first-mention",
    level: Level::Warning,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_first_mention.md"),
    run: Run::Set(run),
};

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    let sides = [Side::Source, Side::Target];
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
                if body(m.text) && !title(m.text) && !KNOWN.contains(&m.abbr) && !shouted(&m) {
                    uses.entry(m.abbr).or_default().push(m);
                }
            }
            for (abbr, uses) in uses {
                let (Some(use_), Some((unit, at, text))) = (uses.first(), first.get(abbr)) else {
                    continue;
                };
                if (use_.unit, use_.at) < (*unit, *at) {
                    drafts.push(Draft {
                        related: vec![text.at(*at)],
                        ..Draft::new(
                            use_.text.at(use_.at),
                            format!("{} is explained only after this", quoted(abbr)),
                        )
                    });
                }
            }
        }
    }
}

/// Whether a text is a title in all but its markup: a paragraph that ends in no mark.
fn title(text: &Text<'_>) -> bool {
    let end = text
        .text
        .trim_end_matches(|c: char| c.is_whitespace() || "”’\"'）)]】》」』*_`".contains(c));
    text.block == Block::Paragraph && end.ends_with(char::is_alphanumeric)
}
