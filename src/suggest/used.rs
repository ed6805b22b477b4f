//! What this document, and then this workspace, has chosen before.
//!
//! The evidence is the translated units themselves: nothing is stored that
//! could disagree with them.

use serde::Serialize;

use super::Request;
use super::names::{Name, names};
use crate::lang::Lang;
use crate::memory::{Memory, Mode, Query};
use crate::recognize::Hit;
use crate::span::{Span, halves};
use crate::text::chars::is_latin_word;
use crate::text::code::without_tags;
use crate::text::fold::fold;
use crate::text::lemma::inflections;
use crate::text::token::{self, Kind};
use crate::text::written::passage;

/// Where a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In this document.
    Document,
    /// Elsewhere in this workspace.
    Workspace,
}

/// A rendering used before for an expression that no glossary has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedHint {
    /// The expression of the segment.
    pub source: String,
    /// What it was rendered as.
    pub target: String,
    /// How often.
    pub count: usize,
    /// Where.
    pub scope: Scope,
}

/// The translations of a document so far.
///
/// ```
/// use zhengming::suggest::Used;
/// let mut used = Used::new([("供应链韧性", "supply chain resilience")]);
/// used.add("提升供应链韧性", "improve supply chain resilience");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Used {
    units: Vec<Unit>,
}

/// A translated unit, with its texts folded as well.
#[derive(Debug, Clone)]
struct Unit {
    source: String,
    target: String,
    folded_source: String,
    folded_target: String,
}

impl Unit {
    /// Without tags: what they say is no wording.
    fn new(source: &str, target: &str) -> Self {
        let (source, target) = (without_tags(source), without_tags(target));
        Self {
            folded_source: fold(&source),
            folded_target: fold(&target),
            source,
            target,
        }
    }
}

impl Used {
    /// The choices of the translated units (source, target) of a document.
    pub fn new<'a>(units: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut used = Self::default();
        for (source, target) in units {
            used.add(source, target);
        }
        used
    }

    /// Takes one more translated unit in; one without a target says nothing.
    pub fn add(&mut self, source: &str, target: &str) {
        if !target.trim().is_empty() {
            self.units.push(Unit::new(source, target));
        }
    }

    /// The units whose source has an expression.
    pub(super) fn evidence(&self, expression: &str) -> Evidence {
        let folded = fold(expression);
        let has = |u: &&Unit| occurs(&u.folded_source, &folded);
        Evidence {
            units: self.units.iter().filter(has).cloned().collect(),
        }
    }
}

/// The units that have an expression in their source.
pub(super) struct Evidence {
    units: Vec<Unit>,
}

/// The most units of the memory that are looked at for one expression.
const UNITS: usize = 30;

impl Evidence {
    /// The units of the memory whose source has an expression.
    pub(super) fn of_memory(expression: &str, from: Lang, memory: &Memory) -> Self {
        let query = Query {
            text: expression.to_owned(),
            mode: Mode::Exact,
            lang: Some(from),
            limit: UNITS,
        };
        // A query without wild cards cannot be malformed; no evidence is the answer to any failure.
        let found = memory
            .concordance(&query)
            .map(|c| c.hits)
            .unwrap_or_default();
        let units = found.iter().map(|hit| {
            let entry = &hit.entry;
            Unit::new(entry.text(from), entry.text(from.other()))
        });
        Self {
            units: units.collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// In how many of the units a rendering is used, in any inflected form; where it stands
    /// within a longer one of `all` (capacity in production capacity), that one is.
    pub(super) fn times(&self, rendering: &str, all: &[String]) -> usize {
        let forms = folded_forms(rendering);
        let longer = all.iter().filter(|other| other.len() > rendering.len());
        let longer: Vec<String> = longer.flat_map(|other| folded_forms(other)).collect();
        let uses = |u: &&Unit| {
            let text = u.folded_target.as_str();
            let taken: Vec<Span> = longer.iter().flat_map(|form| places(text, form)).collect();
            let free = |place: Span| !taken.iter().any(|longer| longer.contains(place));
            forms.iter().any(|form| places(text, form).any(free))
        };
        self.units.iter().filter(uses).count()
    }

    /// What the units render an expression as, and how many of them.
    ///
    /// Marked names (“…”, 《…》) stand against each other in order where both
    /// sides have equally many. Without such marks it is the longest wording
    /// that the targets share and that the `others` (units without the
    /// expression) do not have.
    fn rendering(&self, name: &Name, lang: Lang, others: &[&Unit]) -> Option<(String, usize)> {
        let marked = self.marked(name, lang);
        marked.or_else(|| self.shared(lang.other(), others))
    }

    /// The counterpart by marks.
    fn marked(&self, name: &Name, lang: Lang) -> Option<(String, usize)> {
        let wanted = fold(&name.text);
        let mut counts: Vec<(String, usize)> = Vec::new();
        for unit in &self.units {
            let marked = |text, lang| -> Vec<Name> {
                let all = names(text, lang).into_iter();
                all.filter(|n| n.marked).collect()
            };
            let sources = marked(&unit.source, lang);
            let targets = marked(&unit.target, lang.other());
            if sources.len() != targets.len() {
                continue;
            }
            let pairs = sources.iter().zip(&targets);
            for (_, target) in pairs.filter(|(s, _)| fold(&s.text) == wanted) {
                match counts
                    .iter_mut()
                    .find(|(t, _)| fold(t) == fold(&target.text))
                {
                    Some((_, n)) => *n += 1,
                    None => counts.push((target.text.clone(), 1)),
                }
            }
        }
        counts
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// The longest wording all targets share and no other unit has.
    fn shared(&self, lang: Lang, others: &[&Unit]) -> Option<(String, usize)> {
        let first = self.units.iter().min_by_key(|u| u.target.len())?;
        if self.units.len() < 2 {
            return None;
        }
        let everywhere = |wording: &str| {
            let folded = fold(wording);
            self.units.iter().all(|u| occurs(&u.folded_target, &folded))
                && !others.iter().any(|u| occurs(&u.folded_target, &folded))
        };
        let wordings = wordings(&first.target, lang);
        let found = wordings.into_iter().find(|w| everywhere(w))?;
        Some((found, self.units.len()))
    }
}

/// The most tokens of a wording, and the fewest by language.
const LONGEST: usize = 12;

/// The stretches of a text that can be a rendering, longest first: at least
/// four Han characters or two words, without punctuation, and not beginning or
/// ending with a small word.
fn wordings(text: &str, lang: Lang) -> Vec<String> {
    let tokens = token::tokens(text);
    let fewest = match lang {
        Lang::Zh => 4,
        Lang::En => 2,
    };
    let mut found = Vec::new();
    for length in (fewest..=LONGEST).rev() {
        for window in tokens.windows(length) {
            let plain = window.iter().all(|t| t.kind != Kind::Symbol);
            let (Some(first), Some(last)) = (window.first(), window.last()) else {
                continue;
            };
            let small = [first, last].iter().any(|t| is_small(t.span.of(text)));
            if plain && !small {
                let span = Span {
                    start: first.span.start,
                    end: last.span.end,
                };
                found.push(span.of(text).to_owned());
            }
        }
    }
    found
}

/// Words that begin or end no rendering.
fn is_small(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "has", "have", "in", "is", "its", "it",
        "of", "on", "or", "that", "the", "this", "to", "was", "were", "will", "with", "的", "了",
        "是", "在", "和", "与", "将", "等", "对", "为",
    ];
    SMALL.contains(&word.to_lowercase().as_str())
}

/// All forms of a rendering, folded.
pub(super) fn folded_forms(rendering: &str) -> Vec<String> {
    inflections(rendering).iter().map(|f| fold(f)).collect()
}

/// Whether a folded text has a folded expression.
fn occurs(text: &str, expression: &str) -> bool {
    places(text, expression).next().is_some()
}

/// Where a folded text has a folded expression; Latin edges are word edges.
pub(super) fn places<'t>(text: &'t str, expression: &'t str) -> impl Iterator<Item = Span> + 't {
    let latin = |c: Option<char>| c.is_some_and(is_latin_word);
    let hard_start = latin(expression.chars().next());
    let hard_end = latin(expression.chars().next_back());
    let all = text.match_indices(expression);
    let all = all.map(|(at, found)| Span::new(at, at + found.len()));
    all.filter(move |place| {
        let (before, _) = halves(text, place.start as usize);
        let (_, after) = halves(text, place.end as usize);
        let joined_start = hard_start && latin(before.chars().next_back());
        let joined_end = hard_end && latin(after.chars().next());
        !place.is_empty() && !joined_start && !joined_end
    })
}

/// The names of a segment that are looked at.
const NAMES: usize = 20;

/// What was used for the names of a segment that no term covers.
pub(super) fn hints(request: &Request<'_>, hits: &[Hit], memory: &Memory) -> Vec<UsedHint> {
    let lang = request.from;
    let mut found: Vec<UsedHint> = Vec::new();
    for name in names(request.text, lang).into_iter().take(NAMES) {
        let covered = hits.iter().any(|h| h.span.contains(name.span));
        if covered || found.iter().any(|h| h.source == name.text) {
            continue;
        }
        let folded = fold(&name.text);
        let units = request.used.units.iter();
        let others: Vec<_> = units
            .filter(|u| !occurs(&u.folded_source, &folded))
            .collect();
        let here = request
            .used
            .evidence(&name.text)
            .rendering(&name, lang, &others);
        let (choice, scope) = if here.is_some() {
            (here, Scope::Document)
        } else {
            let evidence = Evidence::of_memory(&name.text, lang, memory);
            (evidence.rendering(&name, lang, &others), Scope::Workspace)
        };
        if let Some((target, count)) = choice {
            found.push(UsedHint {
                source: name.text,
                target: passage(&target, request.to),
                count,
                scope,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Locale;

    fn hints_for(text: &str, from: Lang, units: &[(&str, &str)]) -> Vec<UsedHint> {
        let used = Used::new(units.iter().copied());
        let request = Request::new(text, from, Locale::from(from.other()), &used);
        hints(&request, &[], &Memory::default())
    }

    #[test]
    fn a_quoted_name_is_offered_as_it_was_rendered() {
        let units = [("启动“星门计划”。", "It launched the “Stargate Project”.")];
        let found = hints_for("“星门计划”进展顺利。", Lang::Zh, &units);
        assert_eq!(found[0].target, "Stargate Project");
        assert_eq!((found[0].count, found[0].scope), (1, Scope::Document));
    }

    #[test]
    fn an_unquoted_rendering_is_what_the_translations_share() {
        let units = [
            (
                "《芯片法案》已通过。",
                "The CHIPS and Science Act was passed.",
            ),
            (
                "企业支持《芯片法案》。",
                "Companies back the CHIPS and Science Act.",
            ),
            ("企业支持改革。", "Companies back the reform."),
        ];
        let found = hints_for("《芯片法案》的影响", Lang::Zh, &units);
        assert_eq!(found[0].target, "CHIPS and Science Act");
        assert_eq!(found[0].count, 2);
    }

    #[test]
    fn what_tags_say_is_no_wording() {
        let units = [
            (
                "《芯片法案》通过。",
                "<bpt i=\"1\" type=\"2\"/>It<ept i=\"1\"/> passed.",
            ),
            (
                "支持《芯片法案》。",
                "<bpt i=\"1\" type=\"2\"/>They<ept i=\"1\"/> back it.",
            ),
        ];
        assert_eq!(hints_for("《芯片法案》的影响", Lang::Zh, &units), []);
    }

    #[test]
    fn a_capitalized_name_finds_its_chinese() {
        let units = [
            ("The Stargate Project began.", "星门计划开始了。"),
            ("They joined the Stargate Project.", "他们加入了星门计划。"),
        ];
        let found = hints_for("Funds for the Stargate Project", Lang::En, &units);
        assert_eq!(found[0].target, "星门计划");
    }

    #[test]
    fn renderings_are_counted_as_words_in_any_inflection() {
        let used = Used::new([("两项计划", "two plans"), ("计划", "a planet")]);
        assert_eq!(used.evidence("计划").times("plan", &[]), 1);
    }

    #[test]
    fn a_rendering_within_a_longer_one_is_not_counted() {
        let used = Used::new([
            ("提高产能", "raise production capacity"),
            ("扩大产能", "expand production capacities"),
            ("产能利用率", "capacity utilization"),
        ]);
        let all = ["capacity", "production capacity"].map(str::to_owned);
        let times = |text| used.evidence("产能").times(text, &all);
        assert_eq!((times("capacity"), times("production capacity")), (1, 2));
    }
}
