//! One source, several translations, over all documents of a run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{At, Check, Draft, Level, Run, Set, Text, View};
use crate::finding::{Severity, Side};
use crate::lang::Lang;
use crate::model::document::Block;
use crate::text::chars::{is_han, quoted};
use crate::text::width::fit;

pub(super) const CHECK: Check = Check {
    id: "seg-diff-target",
    level: Level::Warning,
    mqm: "fluency/inconsistency",
    page: include_str!("seg_diff_target.md"),
    run: Run::Set(run),
};

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    for group in groups(set, Side::Source) {
        let Some(usual) = group.usual() else { continue };
        let times = usual.views.len();
        for other in group.others() {
            let Some(first) = other.views.first() else {
                continue;
            };
            let shown = quoted(&fit(usual.text(Side::Target), SHOWN));
            let (usually, here) = (places(times), other.views.len());
            let message =
                format!("this source is translated {shown} in {usually}, and like this in {here}");
            // A clear majority, or a text too long to have two good translations by chance.
            let strong = times >= 3 && times > other.views.len() || long(&first.source);
            // Two documents may be two versions of one text.
            let beside = other.beside(usual);
            // Headings are worded anew in each document.
            if !beside && !long(&first.source) {
                continue;
            }
            let strong = strong && beside;
            drafts.push(Draft {
                at_most: first.at_most.min(if strong {
                    Severity::Error
                } else {
                    Severity::Note
                }),
                suggestions: vec![usual.text(Side::Target).to_owned()],
                related: other.elsewhere(usual, Side::Target),
                ..Draft::new(first.target.whole(), message)
            });
        }
    }
}

/// How many columns of a text are shown in a message.
pub(super) const SHOWN: usize = 60;

/// A number of places, in words.
pub(super) fn places(n: usize) -> String {
    if n == 1 {
        "1 place".to_owned()
    } else {
        format!("{n} places")
    }
}

/// Units whose texts of one side are the same, by what stands on the other.
pub(super) struct Group<'a> {
    /// In the order in which they first occur; never empty.
    variants: Vec<Variant<'a>>,
}

/// Units that have both texts the same.
pub(super) struct Variant<'a> {
    /// In order; never empty.
    pub(super) views: Vec<&'a View<'a>>,
}

impl<'a> Variant<'a> {
    /// The text of its first unit.
    pub(super) fn text(&self, side: Side) -> &'a str {
        self.views.first().map_or("", |view| view.text(side).text)
    }

    /// Whether a document has both of two variants.
    pub(super) fn beside(&self, other: &Self) -> bool {
        let papers = |variant: &Self| -> BTreeSet<u32> {
            let views = variant.views.iter();
            views.map(|view| view.target.whole().paper).collect()
        };
        !papers(self).is_disjoint(&papers(other))
    }

    /// Its places but the first, and the first place of another.
    pub(super) fn elsewhere(&self, usual: &Self, side: Side) -> Vec<At> {
        let own = self.views.iter().skip(1);
        let views = usual.views.iter().take(1).chain(own);
        views.map(|view| view.text(side).whole()).collect()
    }
}

impl<'a> Group<'a> {
    /// The variant of most units; the first of those.
    pub(super) fn usual(&self) -> Option<&Variant<'a>> {
        let most = self.variants.iter().map(|v| v.views.len()).max()?;
        self.variants.iter().find(|v| v.views.len() == most)
    }

    /// All but the usual one.
    pub(super) fn others(&self) -> impl Iterator<Item = &Variant<'a>> {
        let usual = self.usual();
        let same = move |v: &&Variant<'_>| usual.is_some_and(|usual| std::ptr::eq(*v, usual));
        self.variants.iter().filter(move |v| !same(v))
    }
}

/// The units with the same text on one side and several on the other. Headings,
/// cells and running text are told apart, and so are Taiwan's and the mainland's Chinese.
pub(super) fn groups<'a>(set: &'a Set<'_>, by: Side) -> Vec<Group<'a>> {
    let mut alike: HashMap<_, Vec<&View<'_>>> = HashMap::new();
    let views = set.papers.iter().flat_map(|paper| &paper.views);
    for view in views.filter(|view| view.both()) {
        let text = view.text(by);
        if short(text) || text.block == Block::Cell && !long(text) {
            continue;
        }
        let class = matches!(text.block, Block::Heading | Block::Cell).then_some(text.block);
        let key = (normal(text), class, view.source.locale, view.target.locale);
        alike.entry(key).or_default().push(view);
    }
    let other = match by {
        Side::Source => Side::Target,
        Side::Target => Side::Source,
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for views in alike.into_values().filter(|views| views.len() > 1) {
        let mut variants: Vec<Variant<'_>> = Vec::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for view in views {
            let next = variants.len();
            let number = *numbers.entry(normal(view.text(other))).or_insert(next);
            match variants.get_mut(number) {
                Some(variant) => variant.views.push(view),
                None => variants.push(Variant { views: vec![view] }),
            }
        }
        if variants.len() > 1 {
            groups.push(Group { variants });
        }
    }
    groups
}

/// What is compared of a text: its letters and digits, folded, without the number of a list's item.
fn normal(text: &Text<'_>) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '%' | '\u{FFFC}');
    let kept: String = unnumbered(&text.folded.text).chars().filter(kept).collect();
    kept.trim_end_matches('.').to_owned()
}

/// A text without the number that a list has before it: 六、, （三）, (b), 4.
fn unnumbered(text: &str) -> &str {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let letter = |part: &str| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_lowercase());
    let is = |part: &str| !part.is_empty() && (part.chars().all(number) || letter(part));
    let text = text.trim_start();
    let (end, rest) = match text.strip_prefix(['(', '（']) {
        Some(inner) => (inner.find([')', '）']), inner),
        None => (text.find(['、', '.', ')', '）', ',']), text),
    };
    let Some((number, rest)) = end.and_then(|at| rest.split_at_checked(at)) else {
        return text;
    };
    let mut after = rest.chars();
    after.next();
    // 1.5 is no number of an item.
    let item = is(number) && !after.as_str().starts_with(|c: char| c.is_ascii_digit());
    if item { after.as_str() } else { text }
}

/// Whether a text is a word or two: these have many right translations.
fn short(text: &Text<'_>) -> bool {
    less(text, 4, 2)
}

/// Whether a text is long enough to be a sentence.
pub(super) fn long(text: &Text<'_>) -> bool {
    !less(text, 12, 6)
}

/// Whether a text has fewer Han characters or English words.
fn less(text: &Text<'_>, han: usize, words: usize) -> bool {
    match text.lang {
        Lang::Zh => text
            .text
            .chars()
            .filter(|c| is_han(*c))
            .nth(han - 1)
            .is_none(),
        Lang::En => text.text.split_whitespace().nth(words - 1).is_none(),
    }
}
