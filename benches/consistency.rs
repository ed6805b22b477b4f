//! Consistency without a glossary on real texts: how many planted variants are
//! found, and how much of what is said is right.
//!
//! `cargo bench --bench consistency -- DATA [held] [quiet|speed|dump]`; docs/quality.md has
//! the figures. `held` takes the half of the documents that the rules were not made on. DATA holds `align/` and `memories/`.
//!
//! * without a word: 50 variants are planted (seeded), the rest of the
//!   warnings is counted by the judgements in `benches/consistency/judged.tsv`.
//! * `quiet`: warnings and notes on the texts as they are.
//! * `speed`: seconds for 10,000 and 100,000 units.
//! * `dump`: the warnings that were not planted and that nobody has judged, with their units.
//! * `more`: four times as many variants, to see what one lot of 50 leaves to luck.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

mod desk;
#[path = "consistency/plant.rs"]
mod plant;
#[path = "consistency/texts.rs"]
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use zhengming::check::{CHECKS, Job, Level, Levels, Reference, run};
use zhengming::finding::{Finding, Severity};
use zhengming::glossary::Glossary;
use zhengming::recognize::Recognizer;

use plant::{KINDS, Planted};
use texts::Texts;

const RULES: [&str; 2] = ["term-inconsistent-unlisted", "name-variant"];

/// Variants planted, of each kind as evenly as the texts allow.
const PLANTED: usize = 50;

fn main() {
    let Some((data, args)) = desk::data("consistency") else {
        return;
    };
    let has = |word: &str| args.iter().any(|a| a == word);
    let half = usize::from(has("held"));
    match () {
        () if has("speed") => speed(&data),
        () if has("quiet") => texts::all(&data, half).iter().for_each(quiet),
        () => {
            let wanted = if has("more") { 4 * PLANTED } else { PLANTED };
            measure(&data, half, wanted, has("dump"));
        }
    }
}

/// The findings of the two rules, every other rule off.
fn findings(texts: &Texts) -> Vec<Finding> {
    let glossary = Glossary::default();
    let recognizer = Recognizer::new(&glossary);
    let off = CHECKS.iter().filter(|c| !RULES.contains(&c.id));
    let mut levels: Levels = off.map(|c| (c.id.to_owned(), Level::Off)).collect();
    // Both are notes by default; what is said where they may be more is measured.
    levels.extend(RULES.map(|rule| (rule.to_owned(), Level::Warning)));
    let found = run(
        &jobs(texts, &levels),
        &Reference::new(&glossary, &recognizer),
    )
    .findings;
    found
        .into_iter()
        .filter(|f| RULES.contains(&f.rule))
        .collect()
}

/// The texts, to be checked with these severities.
fn jobs(texts: &Texts, levels: &Levels) -> Vec<Job> {
    let bitexts = texts.bitexts().into_iter();
    let job = |bitext| Job {
        bitext,
        levels: levels.clone(),
    };
    bitexts.map(job).collect()
}

fn quiet(texts: &Texts) {
    let found = findings(texts);
    let units: usize = texts.documents.iter().map(|d| d.units.len()).sum();
    print!("| {} | {units} |", texts.name);
    for rule in RULES {
        for severity in [Severity::Warning, Severity::Note] {
            let n = found
                .iter()
                .filter(|f| f.rule == rule && f.severity == severity)
                .count();
            print!(" {n} |");
        }
    }
    println!();
}

/// Seconds of a whole run with only these two rules, and with none.
fn speed(data: &Path) {
    for units in [10_000, 100_000] {
        let texts = texts::many(data, units);
        let glossary = Glossary::default();
        let recognizer = Recognizer::new(&glossary);
        let reference = Reference::new(&glossary, &recognizer);
        for on in [&[][..], &RULES[..1], &RULES[1..], &RULES[..]] {
            let off = CHECKS.iter().filter(|c| !on.contains(&c.id));
            let levels: Levels = off.map(|c| (c.id.to_owned(), Level::Off)).collect();
            let jobs = jobs(&texts, &levels);
            let start = Instant::now();
            let n = run(&jobs, &reference).findings.len();
            println!(
                "{units} units, {on:?}: {:.2} s, {n} findings",
                start.elapsed().as_secs_f64()
            );
        }
    }
}

/// What was said of the warnings that were not planted.
fn judgements() -> BTreeMap<(String, String), bool> {
    let text = include_str!("consistency/judged.tsv");
    let rows = text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| {
        let [set, message, verdict, ..] = row.as_slice() else {
            return None;
        };
        Some((
            ((*set).to_owned(), (*message).to_owned()),
            *verdict == "right",
        ))
    })
    .collect()
}

/// A finding as the judgements name it: without its counts, which change with what is planted.
fn said(finding: &Finding) -> String {
    let digits: String = finding
        .message
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect();
    format!("{}: {digits}", finding.rule)
}

fn measure(data: &Path, half: usize, wanted: usize, dump: bool) {
    let sets = texts::all(data, half);
    let judged = judgements();
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut warnings = [0usize; 4]; // planted, right, wrong, not judged
    let dictionaries = [false, true].map(|traditional| plant::Words::read(data, traditional));
    let (mut left, mut sets_left) = (wanted, sets.len());
    for mut texts in sets {
        let traditional = texts.locales.iter().any(|l| l.traditional());
        let words = &dictionaries[usize::from(traditional)];
        let planted = plant::plant(&mut texts, words, left / sets_left);
        left -= planted.len();
        sets_left -= 1;
        let found = findings(&texts);
        for one in &planted {
            let hits = found.iter().filter(|f| one.is(f));
            let best = hits.map(|f| f.severity).max();
            let counts = kinds.entry(KINDS[one.kind]).or_default();
            counts[0] += 1;
            counts[1] += usize::from(best >= Some(Severity::Warning));
            counts[2] += usize::from(best.is_some());
            if best < Some(Severity::Warning) {
                println!(
                    "{} {}: {} -> {} ({})",
                    if best.is_none() { "missed" } else { "a note" },
                    texts.name,
                    one.usual,
                    one.variant,
                    one.place()
                );
            }
        }
        let mut seen = BTreeSet::new();
        for finding in found.iter().filter(|f| f.severity >= Severity::Warning) {
            let key = (texts.name.to_owned(), said(finding));
            if planted.iter().any(|one: &Planted| one.is(finding)) {
                warnings[0] += 1;
                continue;
            }
            let verdict = judged.get(&key);
            warnings[match verdict {
                Some(true) => 1,
                Some(false) => 2,
                None => 3,
            }] += 1;
            if dump && verdict.is_none() && seen.insert(key.1.clone()) {
                println!("{}\t{}\t?\t{}", key.0, key.1, texts.unit(finding));
            }
        }
    }
    println!("\n| kind | planted | found as warning | found at all |\n| --- | --- | --- | --- |");
    let mut all = [0; 3];
    for (kind, counts) in &kinds {
        println!("| {kind} | {} | {} | {} |", counts[0], counts[1], counts[2]);
        (0..3).for_each(|i| all[i] += counts[i]);
    }
    let percent = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "recall {:.0} % ({} of {}), at any level {:.0} %",
        percent(all[1], all[0]),
        all[1],
        all[0],
        percent(all[2], all[0])
    );
    let [planted, right, wrong, open] = warnings;
    let total = planted + right + wrong + open;
    println!(
        "warnings {total}: {planted} planted, {right} faults of the original, {wrong} wrong, {open} not judged"
    );
    println!(
        "precision {:.0} % of those judged, {:.0} % if what nobody judged is wrong",
        percent(planted + right, planted + right + wrong),
        percent(planted + right, total)
    );
}
