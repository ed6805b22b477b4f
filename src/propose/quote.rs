//! “创世计划” and “Genesis Mission”: what stands in marks on both sides.

use super::merge::Found;
use super::{Material, Source, Unit};
use crate::span::Span;
use crate::text::chars::is_han;

/// A quotation of more characters is a sentence.
const LONGEST: usize = 30;

/// Every pair of quoted terms of a unit that render each other.
pub(super) fn find(units: &[Unit<'_>], material: &Material<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, unit) in (0..).zip(units) {
        if unit.en.is_empty() {
            continue;
        }
        for zh in marked(unit.zh) {
            let term = zh.of(unit.zh).trim();
            let length = term.chars().count();
            if !term.contains(is_han) || !(2..=LONGEST).contains(&length) {
                continue;
            }
            let Some((en, likely, marked)) = material.counterpart(at, zh) else {
                continue;
            };
            found.push(Found {
                zh: term.to_owned(),
                en,
                source: Source::Quote,
                unit: at,
                abbreviation: None,
                unsure: false,
                score: if marked { 0.9 } else { 0.55 + 0.25 * likely },
                count: 1,
            });
        }
    }
    found
}

/// What Markdown sets apart at the end of a text: the text of a link, or what is emphasized.
pub(super) fn apart(text: &str) -> Option<&str> {
    let inner = if let Some(link) = text.strip_suffix(')') {
        let (label, _) = link.rsplit_once("](")?;
        label.rsplit_once('[')?.1
    } else {
        let mark = text.chars().next_back();
        let mark = mark.filter(|mark| matches!(mark, '*' | '_'))?;
        text.trim_end_matches(mark).rsplit_once(mark)?.1
    };
    Some(apart(inner).unwrap_or(inner))
}

/// What stands in quotation or book-title marks.
pub(super) fn marked(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' | '「' | '『' | '《' => open.push((c, at + c.len_utf8())),
            '”' | '」' | '』' | '》' => {
                let wanted = match c {
                    '”' => '“',
                    '」' => '「',
                    '』' => '『',
                    _ => '《',
                };
                if let Some(place) = open.iter().rposition(|(mark, _)| *mark == wanted) {
                    let from = open.get(place).map_or(at, |(_, from)| *from);
                    open.truncate(place);
                    out.push(Span::new(from, at));
                }
            }
            _ => {}
        }
    }
    out
}
