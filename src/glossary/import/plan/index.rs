//! Which concepts have a term, so that a row finds its own among thousands of
//! homonyms without a look at each.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::lang::Lang;

/// Of so many concepts with one term each is looked at; of more, those that
/// have the row's subject or its other term, and the first ones.
const MANY: usize = 32;

/// Concepts by their numbers, in order.
type List = SmallVec<[u32; 4]>;

/// The concepts that have a term.
#[derive(Default)]
struct Having {
    all: List,
    /// The same by subject, once they are many.
    subjects: Option<Box<FxHashMap<String, List>>>,
}

/// Concepts by folded term, for each language.
#[derive(Default)]
pub(super) struct Index([FxHashMap<String, Having>; 2]);

impl Index {
    /// Adds a concept with a term. `subject` gives the folded subject of a concept.
    pub(super) fn add(
        &mut self,
        lang: Lang,
        term: String,
        at: u32,
        subject: impl Fn(u32) -> String,
    ) {
        let having = self.0[place(lang)].entry(term).or_default();
        insert(&mut having.all, at);
        if let Some(subjects) = &mut having.subjects {
            insert(subjects.entry(subject(at)).or_default(), at);
        } else if having.all.len() > MANY {
            let mut subjects: FxHashMap<String, List> = FxHashMap::default();
            for &at in &having.all {
                subjects.entry(subject(at)).or_default().push(at);
            }
            having.subjects = Some(Box::new(subjects));
        }
    }

    /// The concepts that have a term, in order.
    pub(super) fn having(&self, lang: Lang, term: &str) -> &[u32] {
        let having = self.0[place(lang)].get(term);
        having.map_or(&[], |having| &having.all)
    }

    /// The concepts that a row may belong to by its folded terms and subject,
    /// each once, in order.
    pub(super) fn candidates(&self, zh: &[String], en: &[String], subject: &str) -> Vec<u32> {
        let mut found = Vec::new();
        for list in zh.iter().flat_map(|term| self.lists(term, subject)) {
            found.extend(list.iter().take(MANY));
            if list.len() > MANY {
                let others = en.iter().map(|term| self.having(Lang::En, term));
                found.extend(others.flat_map(|other| common(list, other).take(MANY)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The last concept with one of some Chinese terms that is of another subject.
    pub(super) fn homonym(&self, zh: &[String], other: impl Fn(u32) -> bool) -> Option<u32> {
        let last = |term: &String| {
            let all = self.having(Lang::Zh, term).iter().rev().take(MANY);
            all.copied().find(|at| other(*at))
        };
        zh.iter().filter_map(last).max()
    }

    /// The concepts with a Chinese term; of many, those of a subject and those of none.
    fn lists(&self, term: &str, subject: &str) -> SmallVec<[&[u32]; 2]> {
        let having = self.0[place(Lang::Zh)].get(term).into_iter();
        let lists = having.flat_map(|having| match &having.subjects {
            Some(subjects) if !subject.is_empty() => {
                let lists = [subject, ""].map(|of| subjects.get(of));
                lists.map(|list| list.map_or(&[][..], |list| &**list))
            }
            _ => [&*having.all, &[]],
        });
        lists.collect()
    }
}

fn place(lang: Lang) -> usize {
    usize::from(lang == Lang::En)
}

/// Adds a number to a list in order, which it nearly always ends.
fn insert(list: &mut List, at: u32) {
    if list.last().is_none_or(|last| *last < at) {
        list.push(at);
    } else if let Err(place) = list.binary_search(&at) {
        list.insert(place, at);
    }
}

/// What two lists in order have in common.
fn common<'l>(one: &'l [u32], other: &'l [u32]) -> impl Iterator<Item = u32> + 'l {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let both = short.iter().copied();
    both.filter(|at| long.binary_search(at).is_ok())
}
