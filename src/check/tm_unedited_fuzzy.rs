//! A translation taken over from a similar source and not edited.

use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::memory::{Lookup, rank};
use crate::text::chars::quoted;
use crate::text::number::{quantities, unmatched};
use crate::text::token::{Kind, tokens};

pub(super) const CHECK: Check = Check {
    id: "tm-unedited-fuzzy",
    level: Level::Error,
    mqm: "accuracy/mistranslation",
    page: include_str!("tm_unedited_fuzzy.md"),
    run: Run::Unit(run),
};

/// The lowest base score of a match anybody would take over.
const NEAR: u8 = 70;

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let Some(memory) = view.source.reference.memory else {
        return;
    };
    let from = view.source.lang;
    // Units with this very translation: of what were they one?
    let found = memory.exact(view.target.text, from.other());
    let lookup = Lookup {
        text: view.source.text,
        from,
        prev: "",
        next: "",
        limit: 1,
        min: NEAR,
        exact: false,
    };
    let scored = found
        .iter()
        .map(|entry| (rank::score(&lookup, entry).1, entry));
    let Some((base, entry)) = scored.max_by_key(|(base, _)| *base) else {
        return;
    };
    if !(NEAR..100).contains(&base) {
        return;
    }
    let was = entry.text(from);
    if let Some((what, at_most)) = differing(view, was) {
        drafts.push(Draft {
            at_most,
            ..Draft::new(
                view.target.whole(),
                format!(
                    "the memory has this translation for {}, and {what}",
                    quoted(was)
                ),
            )
        });
    }
}

/// What this source says and the other did not, where the translation, being
/// the same, cannot say both; and how sure that is.
fn differing(view: &View<'_>, was: &str) -> Option<(String, Severity)> {
    let lang = view.source.lang;
    let not = |part: &str| format!("it does not say {}", quoted(part));
    let own = &view.source.quantities;
    let others = quantities(was, lang);
    let (new, _) = unmatched(own, &others);
    let unsaid = unmatched(own, &view.target.quantities).0;
    if let Some(number) = new
        .iter()
        .find(|i| unsaid.contains(i))
        .and_then(|i| own.get(*i))
    {
        return Some((not(number.span.of(view.source.text)), Severity::Error));
    }
    let recognizer = view.source.reference.recognizer;
    let old: Vec<ConceptId> = recognizer
        .find_all(was, lang, view.date)
        .iter()
        .flat_map(|hit| hit.senses.iter().map(|s| s.concept))
        .collect();
    for hit in view.source.hits() {
        let known = |id: ConceptId| old.contains(&id) || view.target.names(id);
        if hit.senses.iter().all(|s| !known(s.concept)) {
            let at_most = if hit.sure {
                Severity::Error
            } else {
                Severity::Note
            };
            return Some((not(hit.span.of(view.source.text)), at_most));
        }
    }
    // A name in Latin letters stands so in both languages.
    let words = tokens(view.source.text)
        .into_iter()
        .filter(|t| t.kind == Kind::Word);
    let name = words.map(|t| t.span.of(view.source.text)).find(|word| {
        let name = word.starts_with(char::is_uppercase) && word.len() > 1 && word.is_ascii();
        name && !has(was, word) && !has(view.target.text, word)
    })?;
    // In English a capital may only begin a sentence.
    let sure = lang == crate::lang::Lang::Zh;
    Some((
        not(name),
        if sure {
            Severity::Error
        } else {
            Severity::Note
        },
    ))
}

/// Whether a text has a word, in any case.
fn has(text: &str, word: &str) -> bool {
    tokens(text)
        .iter()
        .any(|t| t.span.of(text).eq_ignore_ascii_case(word))
}
