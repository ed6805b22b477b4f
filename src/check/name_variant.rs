//! Two near spellings of one name or term in texts of one language.

use std::collections::BTreeMap;

use super::consistency::spellings::{Variant, spellings};
use super::consistency::{Lexicon, latin, originals};
use super::{At, Check, Draft, Level, Run, Set, Text, View};
use crate::finding::{Severity, Side};
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "name-variant",
    level: Level::Note,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("name_variant.md"),
    run: Run::Set(run),
};

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    // What one region writes is no variant of what another does.
    let mut groups: BTreeMap<&str, Vec<&Text<'_>>> = BTreeMap::new();
    for paper in &set.papers {
        let table = paper.bitext.layout == Layout::Table;
        let texts = paper.views.iter().flat_map(View::texts);
        for text in texts.filter(|t| !table || t.whole().side == Side::Target) {
            groups.entry(text.locale.tag()).or_default().push(text);
        }
    }
    for texts in groups.values() {
        let mut say = |found: Vec<Variant>, kind: Kind| {
            for variant in &found {
                drafts.extend(each(variant, texts, kind));
            }
        };
        match texts.first().map(|t| t.lang) {
            Some(Lang::Zh) => {
                let mut lexicon = Lexicon::new(Lang::Zh);
                let lines: Vec<_> = texts.iter().map(|t| lexicon.read(t)).collect();
                say(spellings(&lines, &lexicon), Kind::Spelling);
                let [names, originals] = originals::originals(texts);
                say(names, Kind::Name);
                say(originals, Kind::Original);
            }
            Some(Lang::En) => {
                say(latin::names(texts), Kind::Spelling);
                say(latin::compounds(texts), Kind::Spelling);
            }
            None => {}
        }
    }
}

/// What differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Spelling,
    /// Names of one original.
    Name,
    /// Originals of one name.
    Original,
}

/// The most other places that are named.
const RELATED: usize = 5;

/// A finding for each document that has a variant, with its other places there.
fn each(variant: &Variant, texts: &[&Text<'_>], kind: Kind) -> Vec<Draft> {
    let at = |place: &(u32, crate::span::Span)| -> Option<(At, &str)> {
        let text = texts.get(place.0 as usize)?;
        Some((text.at(place.1), place.1.of(text.text)))
    };
    let usual: Vec<(At, &str)> = variant.usual.iter().filter_map(at).collect();
    let mut found: Vec<Draft> = Vec::new();
    let mut first: BTreeMap<(u32, &str), usize> = BTreeMap::new();
    for (place, here) in variant.places.iter().filter_map(at) {
        let known = first.get(&(place.paper, here));
        if let Some(known) = known.and_then(|i| found.get_mut(*i)) {
            known.related.push(place);
            continue;
        }
        let Some((_, there)) = usual.first() else {
            continue;
        };
        first.insert((place.paper, here), found.len());
        let times = match usual.len() {
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        let what = match kind {
            Kind::Spelling => "spelled",
            Kind::Name => "with the same original",
            Kind::Original => "for the same name",
        };
        let message = format!("{} here, {} {what} {times}", quoted(here), quoted(there));
        found.push(Draft {
            at_most: if variant.strong {
                Severity::Warning
            } else {
                Severity::Note
            },
            suggestions: vec![(*there).to_owned()],
            related: usual.iter().take(RELATED).map(|(at, _)| *at).collect(),
            ..Draft::new(place, message)
        });
    }
    found
}
