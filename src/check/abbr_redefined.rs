//! An abbreviation explained twice, as the same or as something else.

use std::collections::{HashMap, HashSet};

use super::abbr::{Defined, KNOWN, defined};
use super::{Check, Draft, Level, Paper, Run};
use crate::finding::{Severity, Side};
use crate::model::bitext::Layout;
use crate::span::halves;
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "abbr-redefined",
    level: Level::Warning,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_redefined.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    for side in [Side::Source, Side::Target] {
        let table = paper.bitext.layout == Layout::Table;
        if table && side == Side::Source {
            continue;
        }
        let mut again: HashSet<&str> = HashSet::new();
        let all = defined(paper, side);
        let mut first: HashMap<&str, &Defined<'_>> = HashMap::new();
        for this in &all {
            let before = *first.entry(this.abbr).or_insert(this);
            let (Some(was), Some(is)) = (name(before), name(this)) else {
                continue;
            };
            // Of a name and an original it cannot be told whether they are the same.
            if was.contains(is_han) != is.contains(is_han) {
                continue;
            }
            // 本法 is whatever law it stands in.
            let own = this.abbr.starts_with('本');
            if std::ptr::eq(before, this) || own || KNOWN.contains(&this.abbr) {
                continue;
            }
            let abbr = quoted(this.abbr);
            let (at_most, message) = if same(was, is) {
                // A table may hold many documents, and an appendix begins anew.
                if table || !again.insert(this.abbr) {
                    continue;
                }
                (Severity::Note, format!("{abbr} has been explained before"))
            } else {
                (
                    Severity::Error,
                    format!("{abbr} has been explained as {}", quoted(was)),
                )
            };
            drafts.push(Draft {
                at_most,
                related: vec![before.text.at(before.at)],
                ..Draft::new(this.text.at(this.at), message)
            });
        }
    }
}

/// What an abbreviation stands for, in Chinese or as its original.
fn name<'a>(place: &Defined<'a>) -> Option<&'a str> {
    place.full().or_else(|| original(place))
}

/// The original in the bracket before an abbreviation: 通用人工智能（Artificial General
/// Intelligence，AGI）.
fn original<'a>(place: &Defined<'a>) -> Option<&'a str> {
    let (before, _) = halves(place.text.text, place.at.start as usize);
    let (_, inside) = before.rsplit_once(['（', '('])?;
    let name = inside.trim_end_matches(|c: char| !c.is_alphanumeric());
    let name = name.trim_start();
    (name.is_ascii() && name.contains(' ')).then_some(name)
}

/// Whether two names are one: case, number, and how far back a name was read make no difference.
fn same(a: &str, b: &str) -> bool {
    let key = |name: &str| fold(name).trim_end_matches('s').replace('-', " ");
    let (a, b) = (key(a), key(b));
    a.ends_with(&b) || b.ends_with(&a)
}
