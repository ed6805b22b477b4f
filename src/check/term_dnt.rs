//! A name that is not to be translated, and is not there.

use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::model::concept::{ConceptType, TermStatus};
use crate::text::chars::{is_latin_word, quoted};

pub(super) const CHECK: Check = Check {
    id: "term-dnt",
    level: Level::Error,
    mqm: "accuracy/do-not-translate",
    page: include_str!("term_dnt.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let mut seen = Vec::new();
    for hit in view.source.hits() {
        let kept = |id| view.glossary[id].kind == ConceptType::Dnt;
        let Some(sense) = hit
            .senses
            .first()
            .filter(|_| hit.senses.iter().all(|s| kept(s.concept)))
        else {
            continue;
        };
        if seen.contains(&sense.concept) {
            continue;
        }
        seen.push(sense.concept);
        let concept = &view.glossary[sense.concept];
        // The plural of a name is the name: its own spelling is asked for.
        let there = hit.span.of(view.source.text);
        let own = concept.terms[view.source.lang].get(usize::from(sense.term));
        let name = own.map_or(there, |t| &t.text);
        let right = |text: &str| text.chars().any(is_latin_word) && stands(view.target.text, text);
        let targets = concept.terms[view.target.lang].iter();
        let mut allowed = targets.filter(|t| t.status != TermStatus::Deprecated);
        if right(there)
            || right(name)
            || allowed.any(|t| plain(view.target.text).contains(&plain(&t.text)))
        {
            continue;
        }
        let message = format!(
            "{} is not to be translated and must stand as it is",
            quoted(name)
        );
        drafts.push(Draft {
            at_most: if hit.sure {
                Severity::Error
            } else {
                Severity::Note
            },
            suggestions: vec![name.to_owned()],
            concept: Some(sense.concept),
            ..Draft::new(view.source.at(hit.span), message)
        });
    }
}

/// Whether a name stands in a text as a word, letter for letter.
fn stands(text: &str, name: &str) -> bool {
    let (text, name) = (plain(text), plain(name));
    text.match_indices(&name).any(|(at, _)| {
        let (before, rest) = crate::span::halves(&text, at);
        let after = rest.strip_prefix(name.as_str()).unwrap_or("");
        let after = after.strip_prefix('s').unwrap_or(after);
        !before.ends_with(is_latin_word) && !after.starts_with(is_latin_word)
    })
}

/// A text in one width, with one hyphen and one space; its capitals stay.
fn plain(text: &str) -> String {
    let same = |c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        '\u{A0}' | '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(same).collect()
}
