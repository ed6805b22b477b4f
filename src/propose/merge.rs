//! Finds of the same pair made one proposal, and ranked.

use std::collections::{BTreeMap, HashMap};

use super::count::Counter;
use super::{Proposal, Source, Unit};
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// The most units that are named with a proposal.
const EXAMPLES: usize = 5;

/// A pair that one source found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) source: Source,
    pub(super) unit: u32,
    pub(super) abbreviation: Option<String>,
    pub(super) unsure: bool,
    pub(super) score: f32,
    pub(super) count: u32,
}

/// An English term without case, number and “the”: what makes two renderings one.
///
/// ```
/// use zhengming::propose::key;
/// assert_eq!(key("the Executive Orders"), key("executive order"));
/// ```
pub fn key(en: &str) -> String {
    let folded = fold(en);
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(lemma)
        .collect();
    if words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words.join(" ")
}

/// One proposal a pair, the likeliest first.
pub(super) fn merge(found: Vec<Found>, units: &[Unit<'_>]) -> Vec<Proposal> {
    let mut groups: BTreeMap<(String, String), Vec<Found>> = BTreeMap::new();
    for find in found {
        groups
            .entry((fold(&find.zh), key(&find.en)))
            .or_default()
            .push(find);
    }
    let counter = Counter::new(units.iter().map(|unit| unit.zh));
    let english = English::new(units);
    let groups = groups.into_values();
    let mut proposals: Vec<Proposal> = groups
        .filter_map(|group| one(&group, &counter, &english))
        .collect();
    proposals.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(b.count.cmp(&a.count))
            .then_with(|| (&a.zh, &a.en).cmp(&(&b.zh, &b.en)))
    });
    without_pieces(&mut proposals);
    for proposal in proposals.iter_mut().filter(|proposal| !proposal.unsure) {
        proposal.score = calibrated(proposal.score);
    }
    proposals
}

/// How likely it is that two terms render each other, by what ranks them: how good
/// a term it is counts there too. The places are those of a judged sample
/// (docs/quality.md, “Term proposals”), with straight lines between them.
fn calibrated(rank: f32) -> f32 {
    const PLACES: [(f32, f32); 6] = [
        (0.0, 0.45),
        (0.15, 0.6),
        (0.25, 0.78),
        (0.5, 0.86),
        (0.75, 0.95),
        (1.0, 0.98),
    ];
    let lines = PLACES.iter().zip(PLACES.iter().skip(1));
    let mut lines = lines.filter(|(_, to)| rank <= to.0);
    lines.next().map_or(0.98, |(from, to)| {
        from.1 + (to.1 - from.1) * (rank - from.0) / (to.0 - from.0)
    })
}

/// Leaves out a rendering that is a longer or a shorter one of a better proposal
/// for the same Chinese term: `Basel III Liquidity Coverage` of `Basel III`.
fn without_pieces(proposals: &mut Vec<Proposal>) {
    let mut better: HashMap<String, Vec<(String, u32)>> = HashMap::new();
    proposals.retain(|p| {
        let kept = better.entry(fold(&p.zh)).or_default();
        let en = format!(" {} ", key(&p.en));
        let piece = kept.iter().any(|(other, count)| {
            *count >= p.count && (en.contains(other.as_str()) || other.contains(&en))
        });
        if !piece {
            kept.push((en, p.count));
        }
        !piece
    });
}

fn one(group: &[Found], counter: &Counter, english: &English) -> Option<Proposal> {
    let best = group.iter().max_by(|a, b| a.score.total_cmp(&b.score))?;
    let mut units: Vec<u32> = group.iter().map(|find| find.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut sources: Vec<Source> = group.iter().map(|find| find.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let least = units.len() as u32;
    let count = group.iter().map(|f| f.count).max().unwrap_or(0).max(least);
    units.truncate(EXAMPLES);
    // Each source that says the same leaves half of the doubt.
    let doubt = 1.0 - best.score;
    let again = usize::from(best.source != Source::Words && least > 1);
    let more = i32::try_from(sources.len() - 1 + again).unwrap_or(i32::MAX);
    let (zh_count, _) = counter.count(&best.zh);
    Some(Proposal {
        zh: best.zh.clone(),
        en: best.en.clone(),
        score: 1.0 - doubt * 0.5f32.powi(more),
        count,
        zh_count: zh_count.max(1),
        en_count: english.count(&best.en),
        sources,
        units,
        abbreviation: group
            .iter()
            .find_map(|f| f.abbreviation.clone())
            .unwrap_or_default(),
        unsure: group.iter().all(|find| find.unsure),
        ..Proposal::default()
    })
}

/// Tells each proposal which other Chinese terms are proposed for the same English one.
pub(super) fn variants(proposals: &mut [Proposal]) {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for proposal in proposals.iter() {
        names
            .entry(key(&proposal.en))
            .or_default()
            .push(proposal.zh.clone());
    }
    for proposal in proposals {
        let others = names.get(&key(&proposal.en)).into_iter().flatten();
        proposal.variants = others
            .filter(|zh| **zh != proposal.zh)
            .take(4)
            .cloned()
            .collect();
    }
}

/// The English texts, to count in.
struct English(String);

impl English {
    fn new(units: &[Unit<'_>]) -> Self {
        let mut text = String::from(" ");
        for unit in units {
            // Names in brackets stand in Chinese text as well.
            for side in [unit.en, unit.zh] {
                for word in fold(side).split(|c: char| !c.is_ascii_alphanumeric()) {
                    if !word.is_empty() {
                        text.push_str(word);
                        text.push(' ');
                    }
                }
            }
            text.push_str("| ");
        }
        Self(text)
    }

    fn count(&self, term: &str) -> u32 {
        let folded = fold(term);
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let needle = format!(" {} ", words.join(" "));
        self.0.matches(&needle).count().max(1) as u32
    }
}
