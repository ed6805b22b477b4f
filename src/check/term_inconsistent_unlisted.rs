//! One expression that no glossary has, rendered in two ways.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::consistency::renderings::{Otherwise, renderings};
use super::{Check, Draft, Level, Run, Set, Text};
use crate::finding::Severity;
use crate::format::bilingual::work;
use crate::model::bitext::{Bitext, Layout};
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-inconsistent-unlisted",
    level: Level::Note,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("term_inconsistent_unlisted.md"),
    run: Run::Set(run),
};

/// A unit of one comparison: its source, its target, and the most a finding may weigh.
type Pair<'a> = (&'a Text<'a>, &'a Text<'a>, Severity);

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    // What one region's readers are given is no variant of what another's are.
    let mut groups: BTreeMap<[&str; 2], Vec<Pair<'_>>> = BTreeMap::new();
    for paper in &set.papers {
        let directed = says_direction(paper.bitext);
        for view in paper.views.iter().filter(|v| v.both()) {
            let mut pair = |source, target| {
                let tags = [source, target].map(|t: &Text<'_>| t.locale.tag());
                let group = groups.entry(tags).or_default();
                group.push((source, target, view.at_most));
            };
            pair(&view.source, &view.target);
            // Which text is the translation nobody said: the other way round as well.
            if !directed {
                pair(&view.target, &view.source);
            }
        }
    }
    for pairs in groups.values() {
        let Some((source, target, _)) = pairs.first() else {
            continue;
        };
        let texts = pairs.iter().map(|(s, t, _)| [*s, *t]);
        let found = renderings(texts, [source.lang, target.lang]);
        let found = found
            .iter()
            .filter_map(|one| Some((one, draft(one, pairs)?)));
        drafts.extend(joined(found, pairs));
    }
}

/// Whether a bilingual text says which of its sides is the translation: the files of translation
/// tools and work in progress do; of a pair, and of the columns of a table, it is only supposed.
fn says_direction(bitext: &Bitext) -> bool {
    let tool = ["tmx", "xliff", "po"].contains(&bitext.format);
    bitext.layout == Layout::Table && (tool || work::is(&bitext.path()))
}

/// One finding for all places of a document that have the same other rendering.
fn joined<'f>(
    found: impl Iterator<Item = (&'f Otherwise, Draft)>,
    pairs: &[Pair<'_>],
) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let mut numbers: HashMap<(u32, &str, String), usize> = HashMap::new();
    for (one, draft) in found {
        let other = pairs.get(one.unit as usize).map(|(_, target, _)| {
            let written = one.target.of(target.text);
            written.to_lowercase()
        });
        let key = (
            draft.at.paper,
            one.usual.as_str(),
            other.unwrap_or_default(),
        );
        match numbers.entry(key) {
            Entry::Occupied(first) => {
                if let Some(first) = kept.get_mut(*first.get()) {
                    first.at_most = first.at_most.max(draft.at_most);
                    first.related.push(draft.at);
                }
            }
            Entry::Vacant(slot) => {
                slot.insert(kept.len());
                kept.push(draft);
            }
        }
    }
    kept
}

fn draft(found: &Otherwise, pairs: &[Pair<'_>]) -> Option<Draft> {
    let &(source, target, at_most) = pairs.get(found.unit as usize)?;
    let [all, usual, other] = found.counts;
    let message = format!(
        "{} is {} in {usual} of {all} places and {} in {other}",
        quoted(found.source.of(source.text)),
        quoted(&found.usual),
        quoted(found.target.of(target.text)),
    );
    let related = found.places.iter().filter_map(|&(unit, span)| {
        let (_, target, _) = pairs.get(unit as usize)?;
        Some(target.at(span))
    });
    Some(Draft {
        at_most: if found.strong {
            at_most
        } else {
            Severity::Note
        },
        suggestions: vec![found.usual.clone()],
        related: related.collect(),
        ..Draft::new(target.at(found.target), message)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::check::{Job, Levels, Reference, run};
    use crate::format::bilingual;
    use crate::glossary::Glossary;
    use crate::recognize::Recognizer;

    #[test]
    fn the_columns_of_a_table_do_not_say_which_side_is_the_translation() {
        let table = "zh\ten\n\
            供应链韧性是优先事项。\tSupply chain resilience is a priority.\n\
            理事会讨论了供应链韧性。\tThe council discussed supply chain resilience.\n\
            各部部长将汇报供应链韧性。\tMinisters will report on supply chain resilience.\n\
            预算支持供应链韧性。\tThe budget supports supply chain resilience.\n\
            投资提高供应链弹性。\tInvestment improves supply chain resilience.\n\
            市场是开放的。\tThe market is open.\n\
            法院已经裁决。\tThe court has decided.\n\
            委员会将于周一开会。\tThe committee will meet on Monday.\n";
        let read = bilingual::read(Path::new("a.tsv"), table.as_bytes(), None);
        let jobs = [Job {
            bitext: read.unwrap().unwrap().value,
            levels: Levels::new(),
        }];
        let (glossary, recognizer) = (Glossary::default(), Recognizer::default());
        let found = run(&jobs, &Reference::new(&glossary, &recognizer)).findings;
        let mut found = found.iter().filter(|f| f.rule == super::CHECK.id);
        let one = found.next().unwrap();
        assert_eq!((one.place.line, one.place.column), (6, 5));
        assert!(one.message.contains("“供应链弹性” in 1"), "{}", one.message);
    }
}
