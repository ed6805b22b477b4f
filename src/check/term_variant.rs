//! Nearly a term: with one slip, in another region's words, with a space inside.

use super::instrument::other_kind;
use super::near_forms::{Near, Slip};
use super::usage::repeated;
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::lang::{Lang, Locale};
use crate::model::concept::{Concept, TermStatus};
use crate::recognize::Hit;
use crate::span::{Span, halves};
use crate::suggest::terms::preferred;
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;
use crate::text::words::{is_word_boundary, words};

pub(super) const CHECK: Check = Check {
    id: "term-variant",
    level: Level::Warning,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_variant.md"),
    run: Run::Texts(run, repeated),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang == Lang::En {
        return kinds_of_law(text, drafts);
    }
    for hit in text.hits() {
        whole(text, hit, drafts);
    }
    let folded = &text.folded;
    let chars: Vec<char> = folded.text.chars().collect();
    let near = text.reference.near_forms().find(&chars);
    if near.is_empty() {
        return;
    }
    let ends: Vec<usize> = folded
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([folded.text.len()])
        .collect();
    let mut last = Span::default();
    for near in near {
        let (Some(&from), Some(&to)) = (ends.get(near.from), ends.get(near.to)) else {
            continue;
        };
        let form = Span::new(from, to).of(&folded.text);
        let span = folded.original(Span::new(from, to));
        if vetoed(text, &near, form, span) || last.overlaps(span) {
            continue;
        }
        last = span;
        drafts.push(slipped(text, &near, span));
    }
}

/// Laws of the other text that this one calls another kind of law than the glossary does.
fn kinds_of_law(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let glossary = text.reference.glossary;
    let looks = [
        "Law",
        "Act",
        "Statute",
        "Regulation",
        "Rule",
        "Measure",
        "Provision",
        "Code",
    ];
    if text.other.is_empty() || !looks.iter().any(|kind| text.text.contains(kind)) {
        return;
    }
    let mut seen = Vec::new();
    for hit in text
        .reference
        .recognizer
        .find(text.other, text.lang.other())
    {
        let mut senses = hit.senses.iter().map(|s| s.concept);
        let Some(id) = senses.next().filter(|id| !seen.contains(id)) else {
            continue;
        };
        seen.push(id);
        if text.names(id) || senses.any(|id| text.names(id)) {
            continue;
        }
        let suggestions = preferred(&glossary[id], text.locale);
        let other = suggestions.iter().find_map(|name| {
            let other = other_kind(text.text, name)?;
            let known = text.all.iter().any(|h| h.span.contains(other.span));
            (!known).then_some((other, name))
        });
        if let Some((other, name)) = other {
            let (place, name) = (quoted(other.span.of(text.text)), quoted(name));
            let kind = quoted(other.kind.of(text.text));
            let message = format!("{place} has {kind} where the glossary says {name}");
            drafts.push(Draft {
                suggestions,
                concept: Some(id),
                ..Draft::new(text.at(other.span), message)
            });
        }
    }
}

/// Whether a near form is something of its own: a term or part of one, a word of
/// the dictionary, a phrase with a particle.
fn vetoed(text: &Text<'_>, near: &Near, form: &str, span: Span) -> bool {
    let term = |h: &Hit| h.span.contains(span);
    let particle = match near.slip {
        Slip::More(c) | Slip::Less(c) => PARTICLES.contains(c),
        Slip::Other(..) => false,
    };
    if particle || text.all.iter().any(term) || text.in_code(span) {
        return true;
    }
    match near.slip {
        // 病预防 in 疾病预防 is no 病毒预防 without its 毒: it begins inside a word.
        Slip::More(_) | Slip::Less(_) => {
            let parts = text.words();
            let edge = |at: u32| is_word_boundary(text.text, parts, at as usize);
            let short = near.to - near.from < 4 && !in_marks(text.text, span);
            short || !edge(span.start) || !edge(span.end) || words(form).len() == 1
        }
        // A pair of characters is often one of two words beside each other.
        Slip::Other(..) => {
            let short = near.to - near.from < 3;
            let parts = text.words();
            let own = parts.iter().any(|w| {
                w.of(text.text).chars().count() > 1 && (w.overlaps(span) && !span.contains(*w))
            });
            own || (words(form).len() == 1 && !one_word(near.slip))
                || (short && !parts.iter().any(|w| w.start == span.start))
        }
    }
}

/// Whether a place stands alone in quotation marks or brackets: three characters
/// without their fourth are mostly the ends of other words elsewhere.
fn in_marks(text: &str, span: Span) -> bool {
    let (before, _) = halves(text, span.start as usize);
    let (_, after) = halves(text, span.end as usize);
    before.ends_with(['“', '「', '《', '（', '(', '"', '‘'])
        && after.starts_with(['”', '」', '》', '）', ')', '"', '’'])
}

/// Whether both spellings are in dictionaries and yet one word: 账户, 帐户.
fn one_word(slip: Slip) -> bool {
    matches!(slip, Slip::Other('账', '帐') | Slip::Other('帐', '账'))
}

/// Characters that tie words together and make a phrase of a term.
const PARTICLES: &str = "的地得之与和及或了着过不非新老大小各总副前後后上下中内外间多双全省市县区州年月日号第\
     一二三四五六七八九十我你他她它们其此该本自为被把将对在于做等性式型化者";

fn slipped(text: &Text<'_>, near: &Near, span: Span) -> Draft {
    let concept = &text.reference.glossary[near.concept];
    let suggestions = preferred(concept, text.locale);
    let wanted = suggestions.first().map_or("", String::as_str);
    let (place, term) = (quoted(span.of(text.text)), quoted(wanted));
    let message = match near.slip {
        Slip::More(c) => format!("{place} looks like {term} with “{c}” too many"),
        Slip::Less(c) => format!("{place} looks like {term} without its “{c}”"),
        Slip::Other(wrong, right) => {
            format!("{place} looks like {term} with “{wrong}” for “{right}”")
        }
    };
    // Three characters without their fourth are often words of their own.
    let weak = matches!(near.slip, Slip::Less(_)) && near.to - near.from < 4;
    Draft {
        at_most: if weak {
            Severity::Note
        } else {
            Severity::Error
        },
        suggestions,
        concept: Some(near.concept),
        ..Draft::new(text.at(span), message)
    }
}

/// What recognition forgives: another region's word, a space inside.
fn whole(text: &Text<'_>, hit: &Hit, drafts: &mut Vec<Draft>) {
    let place = hit.span.of(text.text);
    let Some(sense) = hit
        .senses
        .first()
        .filter(|s| s.status != TermStatus::Deprecated)
    else {
        return;
    };
    let concept = &text.reference.glossary[sense.concept];
    if parted(place) && !concept.terms[Lang::Zh].iter().any(|t| parted(&t.text)) {
        let solid: String = place.chars().filter(|c| !c.is_whitespace()).collect();
        let message = format!("{} has a space inside", quoted(place));
        drafts.push(Draft {
            suggestions: vec![solid],
            ..of(text, hit, sense.concept, message)
        });
    } else if text.locale == Locale::Hans && foreign(hit, text, concept, place) {
        let suggestions = preferred(concept, text.locale);
        let wanted = suggestions.first().map_or("", String::as_str);
        let message = format!(
            "{} is another region's word for {}",
            quoted(place),
            quoted(wanted)
        );
        drafts.push(Draft {
            suggestions,
            at_most: if hit.sure {
                Severity::Error
            } else {
                Severity::Note
            },
            ..of(text, hit, sense.concept, message)
        });
    }
}

fn of(text: &Text<'_>, hit: &Hit, id: ConceptId, message: String) -> Draft {
    Draft {
        concept: Some(id),
        ..Draft::new(text.at(hit.span), message)
    }
}

/// Whether a blank stands between two Han characters of a line.
fn parted(place: &str) -> bool {
    let mut before = None;
    let mut gap = false;
    for c in place.chars() {
        if matches!(c, ' ' | '\u{3000}' | '\u{a0}') {
            gap = true;
            continue;
        }
        if gap && is_han(c) && before.is_some_and(is_han) {
            return true;
        }
        gap = false;
        before = Some(c);
    }
    false
}

/// Whether a hit is no term of the row but a regional form of one.
fn foreign(hit: &Hit, text: &Text<'_>, concept: &Concept, place: &str) -> bool {
    if place.is_ascii() || !place.contains(is_han) {
        return false;
    }
    let own = |c: &Concept| {
        let here = solid(place);
        c.terms[Lang::Zh]
            .iter()
            .any(|t| solid(&t.text) == here && t.locale.is_none())
    };
    // Another row may have the very form.
    let rows = hit
        .senses
        .iter()
        .map(|s| &text.reference.glossary[s.concept]);
    !rows.into_iter().any(own) && !own(concept)
}

/// A text's letters, folded, without marks.
fn solid(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
