//! Rows of one concept, put together.

use rustc_hash::FxHashMap;

use super::layout::Layout;
use super::names::Role;
use super::rows::{Outcome, is_single};
use crate::glossary::columns::{Field, Slot};
use crate::glossary::exchange::{Record, is_list};
use crate::lang::Lang;
use crate::text::fold::fold;

/// The most rows of one concept.
const MOST: usize = 500;

/// Rows of one concept put together: those of one entry, and where words say how terms stand those of one term.
///
/// `by_row` says that words about terms speak of the whole row, for which its `target` term stands.
pub(super) fn grouped(
    layout: &Layout,
    (target, by_row): (Lang, bool),
    all: Vec<Outcome>,
) -> Vec<Outcome> {
    let words = layout
        .columns
        .iter()
        .any(|c| matches!(c.role, Role::TermStatus(_) | Role::Forbidden));
    let ids = layout
        .columns
        .iter()
        .any(|c| c.role == Role::Field(Field::Id));
    // Where nobody knows the status of a concept, its term is beside that of another row.
    let doubts = all
        .iter()
        .any(|one| matches!(one, Outcome::Record(record) if is_doubtful(record)));
    let by_id = layout.long || words || (ids && !layout.ours);
    if !(by_id || doubts) {
        return all;
    }
    let all = if words && by_row {
        turned(target, all)
    } else {
        all
    };
    let mut known: FxHashMap<(bool, String), usize> = FxHashMap::default();
    let mut out: Vec<Outcome> = Vec::with_capacity(all.len());
    for outcome in all {
        let Outcome::Record(record) = outcome else {
            out.push(outcome);
            continue;
        };
        let id = record.text(Field::Id);
        let source = match fold(record.name(target.other())) {
            source if source.is_empty() || record.class.is_empty() => source,
            source => format!("{source}\t{}", record.class),
        };
        let keys: Vec<(bool, String)> = [(true, id.to_owned()), (false, source)]
            .into_iter()
            .filter(|(is_id, key)| {
                let counts = if *is_id { by_id } else { words || doubts };
                counts && !key.is_empty()
            })
            .collect();
        let same = keys
            .iter()
            .filter_map(|key| known.get(key))
            .find(|at| match out.get(**at) {
                Some(Outcome::Record(other)) => is_one(layout, words, other, &record),
                _ => false,
            });
        if let Some(&at) = same
            && let Some(Outcome::Record(first)) = out.get_mut(at)
        {
            if first.rows < MOST {
                absorb(first, record);
            } else {
                let why = too_many(first, &record);
                out.push(Outcome::Rejected(record.spot, why));
            }
            continue;
        }
        for key in keys {
            known.entry(key).or_insert(out.len());
        }
        out.push(Outcome::Record(record));
    }
    out
}

/// Whether two rows with one id or source term are of one concept; `words` says that there are words about terms.
fn is_one(layout: &Layout, words: bool, a: &Record, b: &Record) -> bool {
    let id = a.text(Field::Id);
    let same_id = !id.is_empty() && id == b.text(Field::Id);
    let rest = same_id && (is_part(a) || is_part(b));
    let shared = rest || one_concept(a, b);
    let one = layout.long || (shared && one_subject(a, b));
    let meant = words || same_id || is_doubtful(a) || is_doubtful(b);
    let told = layout.long || same_id;
    let against = contradict(a, b) || (!told && are_rivals(a, b));
    one && meant && !apart(a, b) && !against
}

/// Whether a term has a word about its standing that nobody knows.
fn is_doubtful(record: &Record) -> bool {
    !record.doubtful.is_empty()
}

/// Why a row is not put together with those that are of the same concept.
fn too_many(first: &Record, record: &Record) -> String {
    let id = record.text(Field::Id);
    let (what, name) = if !id.is_empty() && id == first.text(Field::Id) {
        ("id", id)
    } else {
        ("term", first.name(Lang::Zh))
    };
    format!(
        "{MOST} rows have its {what} `{name}` before: no concept has so many rows; a column that is no id is left out with --map skip=COLUMN"
    )
}

/// A word about a row speaks of its target term, but forbids what the row alone says: where
/// another row uses that term and none the source term, this one is meant. It goes to the other row.
/// So does a source term whose only translation is admitted, where another row prefers that.
fn turned(target: Lang, all: Vec<Outcome>) -> Vec<Outcome> {
    let source = target.other();
    let uses = |record: &Record, lang| record.terms(lang).next().is_some();
    let record = |at: usize| match all.get(at) {
        Some(Outcome::Record(record)) => Some(record),
        _ => None,
    };
    let records = || (0..all.len()).filter_map(move |at| Some((at, record(at)?)));
    let mut good: FxHashMap<(Lang, String), Vec<usize>> = FxHashMap::default();
    for (at, record) in records().filter(|(_, r)| uses(r, source) && uses(r, target)) {
        for lang in [source, target] {
            for (_, term) in record.terms(lang) {
                good.entry((lang, fold(term))).or_default().push(at);
            }
        }
    }
    let user =
        |lang: Lang, term: &str, (own, of): (usize, &Record), preferred: bool| -> Option<usize> {
            let rows = good.get(&(lang, fold(term)))?;
            let near = |other: &Record| one_subject(other, of) && !apart(other, of);
            let fits = |other: &Record| near(other) && (!preferred || prefers(other, lang, term));
            let mut rows = rows.iter().copied().filter(|at| *at != own);
            rows.find(|at| record(*at).is_some_and(fits))
        };
    let home = |own: usize, of: &Record| -> Option<usize> {
        let known = |(_, term): (Field, &str)| user(source, term, (own, of), false).is_some();
        if !uses(of, source) || of.terms(source).any(known) {
            return None;
        }
        let admitted = Field::Terms(target, Slot::Admitted);
        let preferred = uses(of, target);
        if preferred && of.terms(target).any(|(field, _)| field != admitted) {
            return None;
        }
        let avoided = Field::Terms(target, Slot::Avoid);
        let field = if preferred { admitted } else { avoided };
        let terms = of.list(field).iter();
        let mut homes = terms.map(|term| user(target, term, (own, of), preferred));
        let first = homes.next()??;
        homes.all(|home| home == Some(first)).then_some(first)
    };
    let moves: Vec<(usize, usize)> = records()
        .filter_map(|(at, record)| Some((at, home(at, record)?)))
        .collect();
    let mut all: Vec<Option<Outcome>> = all.into_iter().map(Some).collect();
    for (from, to) in moves {
        if let Some(Outcome::Record(mut record)) = all.get_mut(from).and_then(Option::take)
            && let Some(Some(Outcome::Record(into))) = all.get_mut(to)
        {
            // One that is admitted stays so beside what is preferred there.
            if !uses(&record, target) {
                record.cells.remove(&Field::Terms(target, Slot::Avoid));
                forbid(&mut record, source);
            }
            absorb(into, record);
        }
    }
    all.into_iter().flatten().collect()
}

/// Whether a term is a row's preferred one.
fn prefers(record: &Record, lang: Lang, term: &str) -> bool {
    let preferred = record.list(Field::Terms(lang, Slot::Preferred));
    preferred.iter().any(|known| fold(known) == fold(term))
}

/// Puts all terms of a language among those to avoid.
fn forbid(record: &mut Record, lang: Lang) {
    let terms: Vec<String> = record
        .terms(lang)
        .map(|(_, text)| text.to_owned())
        .collect();
    let used = |field: &Field| matches!(field, Field::Terms(l, slot) if *l == lang && *slot != Slot::Avoid);
    record.cells.retain(|field, _| !used(field));
    for term in &terms {
        record.add(Field::Terms(lang, Slot::Avoid), term);
    }
}

/// Whether a row does not name a concept in both languages: it has terms of one alone, or none
/// that is preferred.
fn is_part(record: &Record) -> bool {
    let names = |lang| {
        let mut terms = record.terms(lang).map(|(field, _)| field);
        terms.any(|field| matches!(field, Field::Terms(_, Slot::Preferred | Slot::Regional(_))))
    };
    !names(Lang::Zh) || !names(Lang::En)
}

/// Whether two rows differ in what one concept has one of: its id, its word class, its dates.
fn apart(a: &Record, b: &Record) -> bool {
    let differ = |field| {
        let (x, y) = (a.text(field), b.text(field));
        !x.is_empty() && !y.is_empty() && x != y
    };
    let dates = [Field::ValidFrom, Field::ValidTo];
    a.is_told_from(b) || dates.into_iter().any(differ)
}

/// Whether two rows do not differ in subject.
fn one_subject(a: &Record, b: &Record) -> bool {
    let (x, y) = (a.text(Field::Subject), b.text(Field::Subject));
    x.is_empty() || y.is_empty() || fold(x) == fold(y)
}

/// Whether one row forbids what the other uses: to put them together would settle it.
fn contradict(a: &Record, b: &Record) -> bool {
    let forbids = |a: &Record, b: &Record, lang| {
        let avoided = a.list(Field::Terms(lang, Slot::Avoid));
        avoided.iter().any(|avoided| {
            let avoided = fold(avoided);
            b.terms(lang).any(|(_, term)| fold(term) == avoided)
        })
    };
    let langs = [Lang::Zh, Lang::En];
    langs
        .into_iter()
        .any(|lang| forbids(a, b, lang) || forbids(b, a, lang))
}

/// Whether two rows prefer different terms for one: nothing says whether these are synonyms.
fn are_rivals(a: &Record, b: &Record) -> bool {
    let rivals = |lang| {
        let field = Field::Terms(lang, Slot::Preferred);
        let sure = |r: &Record| !r.doubtful.contains(&lang) && !r.list(field).is_empty();
        let shared = a.list(field).iter().any(|term| prefers(b, lang, term));
        sure(a) && sure(b) && !shared
    };
    rivals(Lang::Zh) || rivals(Lang::En)
}

/// Whether two rows name one thing: they share a term.
fn one_concept(a: &Record, b: &Record) -> bool {
    let shares = |lang| {
        let all = |r: &Record| -> Vec<String> {
            let avoid = r
                .list(Field::Terms(lang, Slot::Avoid))
                .iter()
                .map(String::as_str);
            r.terms(lang)
                .map(|(_, text)| text)
                .chain(avoid)
                .map(fold)
                .collect()
        };
        let known = all(a);
        all(b).iter().any(|term| known.contains(term))
    };
    [Lang::Zh, Lang::En].into_iter().any(shares)
}

/// A term whose standing nobody knows is preferred only as long as no other row has one.
fn give_way(into: &mut Record, from: &Record, lang: Lang) {
    let field = Field::Terms(lang, Slot::Preferred);
    if from.list(field).is_empty() {
        return;
    }
    if into.list(field).is_empty() {
        if from.doubtful.contains(&lang) {
            into.doubtful.push(lang);
        }
        return;
    }
    if !into.doubtful.contains(&lang) || from.doubtful.contains(&lang) {
        return;
    }
    into.doubtful.retain(|of| *of != lang);
    for term in into.cells.remove(&field).unwrap_or_default() {
        into.add(Field::Terms(lang, Slot::Admitted), &term);
    }
}

/// Adds a row to another of the same concept: what was preferred there stays so.
fn absorb(into: &mut Record, from: Record) {
    into.rows += from.rows;
    for lang in [Lang::Zh, Lang::En] {
        give_way(into, &from, lang);
    }
    for (field, list) in from.cells {
        for text in list {
            match field {
                Field::Terms(lang, Slot::Preferred) if !into.list(field).is_empty() => {
                    if !into.terms(lang).any(|(_, known)| known == text) {
                        into.add(Field::Terms(lang, Slot::Admitted), &text);
                    }
                }
                _ if is_list(field) => into.add(field, &text),
                Field::Updated if into.text(field) < text.as_str() => {
                    into.cells.insert(field, vec![text]);
                }
                _ if is_single(field) => {
                    if into.text(field).is_empty() {
                        into.join(field, &text);
                    }
                }
                _ => into.join(field, &text),
            }
        }
    }
    once(into);
}

/// One that is preferred need not be admitted as well.
pub(super) fn once(record: &mut Record) {
    for lang in [Lang::Zh, Lang::En] {
        let preferred = record.list(Field::Terms(lang, Slot::Preferred)).to_vec();
        let field = Field::Terms(lang, Slot::Admitted);
        if let Some(list) = record.cells.get_mut(&field) {
            list.retain(|term| !preferred.contains(term));
            if list.is_empty() {
                record.cells.remove(&field);
            }
        }
    }
}
