//! An organization called otherwise than usual.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use super::organization::{Name, names};
use super::{At, Check, Draft, Level, Run, Set, Text, View};
use crate::finding::{Severity, Side};
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "name-org",
    level: Level::Warning,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("name_org.md"),
    run: Run::Set(run),
};

/// A unit and the organizations its two texts name.
struct Unit<'a> {
    source: &'a Text<'a>,
    target: &'a Text<'a>,
    at_most: Severity,
    from: Vec<Name>,
    to: Vec<Name>,
}

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    // What one region's readers are given is not what another's are.
    let mut groups: BTreeMap<[&str; 2], Vec<Unit<'_>>> = BTreeMap::new();
    for paper in &set.papers {
        for view in paper.views.iter().filter(|v| v.both()) {
            let Some([from, to]) = both(view) else {
                continue;
            };
            let mut pair = |source, target, from, to| {
                let tags = [source, target].map(|t: &Text<'_>| t.locale.tag());
                groups.entry(tags).or_default().push(Unit {
                    source,
                    target,
                    at_most: view.at_most,
                    from,
                    to,
                });
            };
            // Which document of a pair is the translation nobody said: the other way round as well.
            if paper.bitext.layout == Layout::Pair {
                pair(&view.target, &view.source, to.clone(), from.clone());
            }
            pair(&view.source, &view.target, from, to);
        }
    }
    for mut units in groups.into_values() {
        settle(&mut units);
        let mut found: Vec<Draft> = units.iter().filter_map(country).collect();
        let known: BTreeSet<At> = found.iter().map(|draft| draft.at).collect();
        let others = compare(&units);
        found.extend(others.into_iter().filter(|d| !known.contains(&d.at)));
        drafts.extend(found);
    }
}

/// The organizations of the source and of the target, where both name some.
fn both(view: &View<'_>) -> Option<[Vec<Name>; 2]> {
    // English first: cutting Chinese into words is dear.
    let of = |side| {
        let names = names(view.text(side));
        (!names.is_empty()).then_some(names)
    };
    if view.source.lang == Lang::En {
        let from = of(Side::Source)?;
        Some([from, of(Side::Target)?])
    } else {
        let to = of(Side::Target)?;
        Some([of(Side::Source)?, to])
    }
}

/// Decides where each Chinese name begins: with the words before it that
/// mostly stand there.
fn settle(units: &mut [Unit<'_>]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in units.iter().flat_map(|u| u.from.iter().chain(&u.to)) {
        *counts.entry(name.key()).or_default() += 1;
        for longer in successors(name.longer(), Name::longer) {
            *counts.entry(longer.key()).or_default() += 1;
        }
    }
    let count = |name: &Name| counts.get(&name.key()).copied().unwrap_or_default();
    for name in units
        .iter_mut()
        .flat_map(|u| u.from.iter_mut().chain(&mut u.to))
    {
        let mut often = count(name);
        while let Some(longer) = name.longer() {
            let with = count(&longer);
            if with < 2 || 3 * with < 2 * often {
                break;
            }
            (*name, often) = (longer, with);
        }
    }
}

/// A name and whose it is: one Chinese name may be of two countries.
type Meant = (String, Option<&'static str>);

fn meant(name: &Name) -> Meant {
    (name.key(), name.country)
}

/// The fewest units that show what an organization is usually called.
const LEAST: usize = 3;

/// Where an organization is not called what most units call it.
fn compare(units: &[Unit<'_>]) -> Vec<Draft> {
    let mut sources: BTreeMap<Meant, Vec<usize>> = BTreeMap::new();
    let mut targets: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        for name in &unit.from {
            let known = sources.entry(meant(name)).or_default();
            if known.last() != Some(&n) {
                known.push(n);
            }
        }
        for name in &unit.to {
            targets.entry(name.key()).or_default().insert(n);
        }
    }
    let usual: BTreeMap<&Meant, &str> = sources
        .iter()
        .filter_map(|(key, having)| Some((key, usual(units, having, &targets)?)))
        .collect();
    let mut found = Vec::new();
    for (&key, usual_key) in &usual {
        let having = sources.get(key).map_or(&[][..], Vec::as_slice);
        let called = targets.get(*usual_key);
        let (with, without): (BTreeSet<usize>, BTreeSet<usize>) = having
            .iter()
            .partition(|n| called.is_some_and(|t| t.contains(n)));
        for n in without {
            let others = |name: &Name| {
                let key = name.key();
                let mut here = units[n].from.iter();
                let another = here.any(|f| usual.get(&meant(f)).is_some_and(|u| *u == key));
                // What stands beside the usual name is another organization.
                another || targets.get(&key).is_some_and(|t| !t.is_disjoint(&with))
            };
            found.extend(otherwise(
                units,
                (key, usual_key),
                (n, &with, having.len()),
                others,
            ));
        }
    }
    found
}

/// What the units that name an organization mostly call it in the target.
fn usual<'t>(
    units: &[Unit<'_>],
    having: &[usize],
    targets: &'t BTreeMap<String, BTreeSet<usize>>,
) -> Option<&'t str> {
    if having.len() < LEAST {
        return None;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for unit in having.iter().filter_map(|n| units.get(*n)) {
        let keys: BTreeSet<String> = unit.to.iter().map(Name::key).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let (key, with) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    let (key, all) = targets.get_key_value(&key)?;
    // What is named as often without it is another organization.
    let own = 2 * with >= all.len();
    (with >= LEAST && 5 * with >= 3 * having.len() && own).then_some(key)
}

/// The finding where a unit calls an organization something that can only be it.
fn otherwise(
    units: &[Unit<'_>],
    (key, usual): (&Meant, &str),
    (n, with, all): (usize, &BTreeSet<usize>, usize),
    another: impl Fn(&Name) -> bool,
) -> Option<Draft> {
    let unit = units.get(n)?;
    let source = unit.from.iter().find(|name| meant(name) == *key)?;
    // The rules of terms speak of what the glossary has.
    if unit.source.hits().any(|hit| hit.span.contains(source.span)) {
        return None;
    }
    let written = |n: &usize| {
        let unit = units.get(*n)?;
        let name = unit.to.iter().find(|name| name.key() == usual)?;
        Some((unit, name))
    };
    let (first, majority) = with.iter().find_map(written)?;
    let lang = unit.target.lang;
    let ways = |name: &Name| successors(Some(name.clone()), Name::longer);
    let name = unit.to.iter().flat_map(ways).find(|name| {
        // The unit may tell of another country's without saying so in Chinese.
        let foreign = name.country.is_some() && name.country != majority.country;
        near(name, majority, lang) && !foreign && !another(name)
    })?;
    let called = majority.span.of(first.target.text);
    let message = format!(
        "{} is {} here and {} in {} of {all} places",
        quoted(source.span.of(unit.source.text)),
        quoted(name.span.of(unit.target.text)),
        quoted(called),
        with.len(),
    );
    let related = with.iter().filter_map(written).take(5);
    let sure = 5 * with.len() >= 4 * (all - 1);
    Some(Draft {
        at_most: if sure { unit.at_most } else { Severity::Note },
        suggestions: vec![called.to_owned()],
        related: related.map(|(u, name)| u.target.at(name.span)).collect(),
        ..Draft::new(unit.target.at(name.span), message)
    })
}

/// Whether two different names can be of one organization: of another kind in
/// the same matter, or of the same kind with one word for another.
fn near(name: &Name, usual: &Name, lang: Lang) -> bool {
    let parts = |name: &Name| -> BTreeSet<String> {
        match lang {
            Lang::Zh => name.words.concat().chars().map(String::from).collect(),
            Lang::En => name.words.iter().cloned().collect(),
        }
    };
    let (own, other) = (parts(name), parts(usual));
    let shared = own.intersection(&other).count();
    let [more, less] = [own.len() - shared, other.len() - shared];
    if name.kind != usual.kind {
        return more == 0 && less == 0;
    }
    shared > 0 && more == 1 && less == 1
}

/// The ministries of the People's Republic of China, by what their names say:
/// what they are called in English is no department.
const MINISTRIES: [&str; 20] = [
    "外交",
    "国防",
    "教育",
    "科技",
    "科学技术",
    "工业和信息化",
    "公安",
    "民政",
    "司法",
    "财政",
    "人力资源和社会保障",
    "自然资源",
    "生态环境",
    "住房和城乡建设",
    "交通运输",
    "水利",
    "农业农村",
    "商务",
    "文化和旅游",
    "应急管理",
];

/// A ministry of the United States, a department of China: the one has only
/// departments, the other's 部 are ministries.
fn country(unit: &Unit<'_>) -> Option<Draft> {
    if unit.source.lang == Lang::En {
        return None;
    }
    let of = |code: &str| {
        let own = unit
            .from
            .iter()
            .filter(|f| f.kind == "部" && f.country == Some(code));
        own.collect::<Vec<_>>()
    };
    let (american, chinese) = (of("US"), of("CN"));
    let ministries = unit.from.iter().filter(|f| f.kind == "部").count();
    let wrong = |name: &&Name| match (name.kind.as_str(), name.country) {
        ("ministry", Some("US")) => !american.is_empty(),
        ("ministry", None) => !american.is_empty() && american.len() == ministries,
        ("department", Some("CN")) => chinese
            .iter()
            .any(|f| MINISTRIES.contains(&f.words.concat().as_str())),
        _ => false,
    };
    let name = unit.to.iter().find(wrong)?;
    let (source, right) = match name.kind.as_str() {
        "ministry" => (american.first()?, "Department"),
        _ => (chinese.first()?, "Ministry"),
    };
    if unit.source.hits().any(|hit| hit.span.contains(source.span)) {
        return None;
    }
    let (whose, was) = match right {
        "Department" => ("the United States", "Ministry"),
        _ => ("China", "Department"),
    };
    let written = name.span.of(unit.target.text);
    let suggestion = written.replacen(was, right, 1);
    let message = format!(
        "{} is of {whose}: {} and not {}",
        quoted(source.span.of(unit.source.text)),
        quoted(&suggestion),
        quoted(written)
    );
    Some(Draft {
        at_most: unit.at_most,
        suggestions: vec![suggestion],
        ..Draft::new(unit.target.at(name.span), message)
    })
}
