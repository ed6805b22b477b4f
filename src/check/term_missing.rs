//! A term of the source whose concept the target does not name.

use std::cell::OnceCell;

use super::consistency::is_small;
use super::instrument::{other_kind, without_country};
use super::name_person::TITLES;
use super::rendering::{Loose, Nearness, initials, nearest};
use super::stand_in::Scene;
use super::usage::gathered;
use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::model::concept::{Concept, ConceptStatus, ConceptType, Term, TermStatus, Validity};
use crate::model::document::Block;
use crate::recognize::Hit;
use crate::span::{Span, halves};
use crate::suggest::terms::{in_full, preferred};
use crate::text::chars::quoted;
use crate::text::words::is_word_boundary;

pub(super) const CHECK: Check = Check {
    id: "term-missing",
    level: Level::Error,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_missing.md"),
    run: Run::Units(unit, gathered),
};

/// The terms of a unit that its target does not name.
pub(super) fn unit(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let mut seen: Vec<ConceptId> = Vec::new();
    let target = OnceCell::new();
    let scene = Scene::new(view);
    for hit in view.source.hits() {
        // Presence, not counts: a pronoun or a short form may stand for every further mention.
        let Some(first) = unmet(view, hit) else {
            continue;
        };
        if seen.contains(&first) {
            continue;
        }
        if within_words(view, hit) {
            continue;
        }
        seen.push(first);
        let concept = &view.glossary[first];
        // What has not been agreed on nobody has to keep to.
        if concept.status != ConceptStatus::Approved || of_another_kind(view, concept) {
            continue;
        }
        let term = hit.span.of(view.source.text);
        let all = target.get_or_init(|| Loose::new(view.target.text));
        let mut near = nearness(view, hit, all);
        let mut if_throughout = false;
        let rest = scene.rest(hit);
        if scene.has_stranger(hit) {
            near = near.min(nearness(view, hit, &rest));
        } else if near != Nearness::Variant {
            if scene.elsewise(hit, &rest) {
                continue;
            }
            if_throughout = ordinary(term, concept) && scene.synonym(hit, &rest);
        }
        if near == Nearness::Variant || by_family_name(view, concept) {
            continue;
        }
        let renderings = in_full(concept, view.target.locale);
        let wanted = renderings.first().map_or("", String::as_str);
        let (term, wanted) = (quoted(term), quoted(wanted));
        let message = format!("{term} is not rendered as the glossary has it: {wanted}");
        let at_most = if scene.opens_common_word(hit) && !scene.has_stranger(hit) {
            Severity::Note
        } else {
            weight(view, hit, concept, near)
        };
        drafts.push(Draft {
            at_most,
            suggestions: renderings,
            concept: Some(first),
            if_throughout,
            ..Draft::new(view.source.at(hit.span), message)
        });
    }
}

/// The concept a hit names and the target does not; nothing where any of its senses is met.
fn unmet(view: &View<'_>, hit: &Hit) -> Option<ConceptId> {
    let lang = view.target.lang;
    // A name that must not be translated has a rule of its own; what is right only
    // from a later day on nobody can have written.
    let with_renderings = |id: &ConceptId| {
        let concept = &view.glossary[*id];
        concept.kind != ConceptType::Dnt
            && concept.validity(view.date) != Validity::Upcoming
            && !concept.terms[lang].is_empty()
    };
    let concepts = hit.senses.iter().map(|s| s.concept);
    // A deprecated rendering names the concept too: that is another rule's finding.
    if concepts.clone().any(|id| view.target.names(id)) {
        return None;
    }
    concepts.clone().find(with_renderings)
}

/// How near the target comes to any rendering of what a hit may mean.
fn nearness(view: &View<'_>, hit: &Hit, target: &Loose) -> Nearness {
    if stands_for(view, hit.span.of(view.source.text)) {
        return Nearness::Variant;
    }
    let lang = view.target.lang;
    let concepts = || hit.senses.iter().map(|s| &view.glossary[s.concept]);
    let terms: Vec<&Term> = concepts().flat_map(|c| right(c, lang)).collect();
    let bare = terms.iter().filter_map(|term| {
        let text = without_country(&term.text)?.into();
        Some(Term {
            text,
            ..(*term).clone()
        })
    });
    let bare: Vec<Term> = bare.collect();
    let near = nearest(target, terms.iter().copied().chain(&bare));
    if near == Nearness::Variant {
        return near;
    }
    // Parts that are terms themselves may stand as the glossary has those.
    let parts = view
        .source
        .all
        .iter()
        .filter(|h| h.span != hit.span && hit.span.contains(h.span));
    let met = |h: &&Hit| h.senses.iter().any(|s| view.target.names(s.concept));
    let senses = parts.filter(met).flat_map(|h| &h.senses);
    let parts: Vec<&Term> = senses
        .flat_map(|s| right(&view.glossary[s.concept], lang))
        .collect();
    let whole = concepts().flat_map(|c| right(c, lang));
    let rest = whole.flat_map(|term| parts.iter().filter_map(|part| without(term, part)));
    if !parts.is_empty()
        && rest
            .into_iter()
            .any(|rest| target.nearness(&rest) == Nearness::Variant)
    {
        return Nearness::Variant;
    }
    near
}

/// Whether the target names a person by the family name alone: *President Xi*, *Mr. Trump*.
fn by_family_name(view: &View<'_>, concept: &Concept) -> bool {
    let text = view.target.text;
    if view.target.lang != Lang::En || concept.kind != ConceptType::Person {
        return false;
    }
    let western = concept.name(Lang::Zh).contains('·');
    // A name beside it is another person's, or misspelled.
    let alone = |at: usize, name: &str| {
        let (before, rest) = halves(text, at);
        let (_, after) = halves(rest, name.len());
        let inside = before.ends_with(char::is_alphanumeric);
        let goes_on = after.starts_with(char::is_alphanumeric);
        let follows = after.strip_prefix([' ', '-']).unwrap_or_default();
        let last = before.trim_end().rsplit([' ', '\n']).next();
        let last = last.unwrap_or_default().trim_end_matches('.');
        let given = western
            && last.starts_with(char::is_uppercase)
            && last.ends_with(char::is_alphabetic)
            && !TITLES.contains(&last)
            && !is_small(&last.to_lowercase(), Lang::En);
        !inside && !goes_on && !given && !follows.starts_with(char::is_uppercase)
    };
    let mut families = right(concept, Lang::En).filter_map(|term| {
        let (first, rest) = term.text.split_once(' ')?;
        let last = rest.rsplit(' ').next();
        if western { last } else { Some(first) }
    });
    families.any(|name| text.match_indices(name).any(|(at, _)| alone(at, name)))
}

/// What of a term is left without a part; `None` where it has no such part.
fn without(term: &Term, part: &Term) -> Option<Term> {
    let (before, after) = term.text.split_once(&*part.text)?;
    let rest = format!("{} {}", before.trim(), after.trim());
    let rest = rest.trim();
    rest.contains(char::is_alphanumeric).then(|| Term {
        text: rest.into(),
        ..term.clone()
    })
}

/// Whether the target names in full what an abbreviation of the source stands for.
fn stands_for(view: &View<'_>, abbreviation: &str) -> bool {
    let letters = abbreviation.chars().count();
    let capitals = abbreviation.chars().all(|c| c.is_ascii_uppercase());
    if !(2..9).contains(&letters) || !capitals {
        return false;
    }
    // What is left in Latin letters is the matter of zh-latin-left.
    let mut words = view.target.words().iter();
    words.any(|word| word.of(view.target.text) == abbreviation)
        || view.target.all.iter().flat_map(|h| &h.senses).any(|sense| {
            let terms = &view.glossary[sense.concept].terms[Lang::En];
            terms
                .iter()
                .any(|term| initials(&term.text) == abbreviation)
        })
}

/// Whether the target has the name of a law but says another kind of law: `term-variant` says so.
fn of_another_kind(view: &View<'_>, concept: &Concept) -> bool {
    let target = &view.target;
    let other = |name: &String| {
        let other = other_kind(target.text, name);
        other.is_some_and(|o| !target.all.iter().any(|h| h.span.contains(o.span)))
    };
    target.lang == Lang::En && preferred(concept, target.locale).iter().any(other)
}

/// The terms of a concept that may stand.
fn right(concept: &Concept, lang: Lang) -> impl Iterator<Item = &Term> {
    let terms = concept.terms[lang].iter();
    terms.filter(|t| t.status != TermStatus::Deprecated)
}

/// How much a missing rendering may weigh: little where the hit itself is not
/// certain (one character, a soft boundary), where a
/// neighbor has the rendering, or where the word may stand for itself.
fn weight(view: &View<'_>, hit: &Hit, concept: &Concept, near: Nearness) -> Severity {
    let term = hit.span.of(view.source.text);
    let short = term.chars().count() == 1;
    if !hit.sure || short || inside_word(view, hit) || beside(view, hit) || understood(view, hit) {
        Severity::Note
    } else if near == Nearness::Part
        || ordinary(term, concept)
        || view.source.block == Block::Heading
    {
        Severity::Warning
    } else {
        Severity::Error
    }
}

/// Whether a Chinese term of a few characters begins or ends inside a word.
fn inside_word(view: &View<'_>, hit: &Hit) -> bool {
    let text = view.source.text;
    let few = hit.span.of(text).chars().count() < FEW;
    if view.source.lang != Lang::Zh || !few {
        return false;
    }
    let words = view.source.words();
    let edge = |at: u32| is_word_boundary(text, words, at as usize);
    !edge(hit.span.start) || !edge(hit.span.end)
}

/// Whether what looks like a Chinese term is the ends of other words: 医疗法 in 医疗法人, 民法 in
/// 国民法官. Of two characters the dictionary must be sure at both ends.
fn within_words(view: &View<'_>, hit: &Hit) -> bool {
    if !inside_word(view, hit) {
        return false;
    }
    let text = view.source.text;
    // A word that shares more with the term than one character has it in it: 上呼吸道.
    let cut = |at: u32| {
        let mut words = view.source.words().iter();
        let word = words.find(|word| word.start < at && at < word.end)?;
        let from = word.start.max(hit.span.start) as usize;
        let shared = Span::new(from, word.end.min(hit.span.end) as usize);
        Some(shared.of(text).chars().count() < 2)
    };
    let ends = [hit.span.start, hit.span.end].map(|at| cut(at) == Some(true));
    match hit.span.of(text).chars().count() {
        0 | 1 => false,
        2 => ends == [true, true],
        _ => ends.contains(&true),
    }
}

/// From this many characters on a hit is surely the term.
const FEW: usize = 6;

/// Whether a neighbor's target names what a hit may mean and its source does
/// not: a sentence may have been cut or moved.
fn beside(view: &View<'_>, hit: &Hit) -> bool {
    let names = |text: &str, lang| {
        let recognizer = view.target.reference.recognizer;
        let found = recognizer.find_all(text, lang, view.date);
        let mut senses = found.iter().flat_map(|h| &h.senses);
        senses.any(|there| hit.senses.iter().any(|s| s.concept == there.concept))
    };
    let mut neighbors = view.neighbor_sources.iter().zip(&view.neighbors);
    neighbors.any(|(source, target)| {
        !target.is_empty() && names(target, view.target.lang) && !names(source, view.source.lang)
    })
}

/// Whether the sentence before names what a hit may mean, and this one may do without: a
/// pronoun stands for it, or it is the subject of what English puts in the passive.
fn understood(view: &View<'_>, hit: &Hit) -> bool {
    let [before, _] = view.neighbors;
    if before.is_empty() || view.target.lang != Lang::En {
        return false;
    }
    let pronoun = || {
        let words = view.target.words().iter();
        let mut words = words.map(|word| word.of(view.target.text).to_lowercase());
        words.any(|word| PRONOUNS.contains(&word.as_str()))
    };
    let recognizer = view.target.reference.recognizer;
    let named = || {
        let found = recognizer.find_all(before, Lang::En, view.date);
        let mut senses = found.iter().flat_map(|h| &h.senses);
        senses.any(|there| hit.senses.iter().any(|s| s.concept == there.concept))
    };
    (hit.span.start == 0 || pronoun()) && named()
}

/// English words that stand for somebody or something named before.
const PRONOUNS: &[&str] = &["it", "they", "them", "he", "she", "we", "us"];

/// Whether a term is a word that texts also use without meaning the concept:
/// one English word in small letters, two Chinese characters.
fn ordinary(term: &str, concept: &Concept) -> bool {
    let short = match term.chars().next() {
        Some(c) if c.is_ascii() => !term.contains([' ', '-']) && !term.contains(char::is_uppercase),
        _ => term.chars().count() < 3,
    };
    concept.kind == ConceptType::Term && short
}
