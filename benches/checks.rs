//! The checks on real translations: how often good ones are flagged, and how
//! often a planted fault is found.
//!
//! `cargo bench --bench checks -- DATA [rates|mutate|dump RULE|sample RULES N]`;
//! docs/quality.md has the figures. DATA holds `align/` and `memories/`.
//!
//! * `rates`: findings of every rule by severity in thousand units, and the
//!   flags of `term-missing` in all recognized uses of terms.
//! * `mutate`: in each of 500 units one rendering, and in each of 500 one
//!   number, date or currency is replaced (seeded); how many are found.
//! * `dump RULE`: the findings of a rule, or of a family (`num`).
//! * `sample RULES N`: so many of them drawn by lot, to be judged by hand.
//!
//! `only NAME…` behind any of these keeps the sets with these words in their names.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

mod desk;
#[path = "checks/mutate.rs"]
mod mutate;
#[path = "checks/sets.rs"]
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zhengming::check::{CHECKS, Job, Levels, Outcome, Reference, run};
use zhengming::finding::{Finding, Severity};
use zhengming::glossary::ConceptId;
use zhengming::model::bitext::Bitext;
use zhengming::model::concept::ConceptStatus;
use zhengming::recognize::Recognizer;

use sets::Set;

fn main() {
    let Some((data, args)) = desk::data("checks") else {
        return;
    };
    let mut words: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut sets = sets::all(&data);
    if let Some(part) = words.iter().position(|word| *word == "only") {
        let names = words.split_off(part).split_off(1);
        sets.retain(|set| names.iter().all(|name| set.name.contains(name)));
    }
    match words.as_slice() {
        [] | ["rates"] => sets.iter().for_each(rates),
        ["mutate"] => sets.iter().for_each(mutate::measure),
        ["dump", rules] => dump(&sets, rules, usize::MAX),
        ["sample", rules, n] => dump(&sets, rules, n.parse().unwrap()),
        _ => println!("rates, mutate, dump RULE, or sample RULES N"),
    }
}

/// Checks some texts against a set's glossary.
fn checked(set: &Set, recognizer: &Recognizer, bitexts: &[Bitext]) -> Outcome {
    let jobs: Vec<_> = bitexts
        .iter()
        .map(|bitext| Job {
            bitext: bitext.clone(),
            levels: Levels::new(),
        })
        .collect();
    run(&jobs, &Reference::new(&set.glossary, recognizer))
}

/// Findings in thousand units, and flags in uses.
fn rates(set: &Set) {
    let recognizer = Recognizer::new(&set.glossary);
    let units: usize = set.bitexts.iter().map(|b| b.units.len()).sum();
    let outcome = checked(set, &recognizer, &set.bitexts);
    println!(
        "\n## {}: {units} units, {} concepts",
        set.name,
        set.glossary.len()
    );
    println!("| rule | error | warning | note | in 1,000 units |\n| --- | --- | --- | --- | --- |");
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in &outcome.findings {
        counts.entry(finding.rule).or_default()[finding.severity as usize] += 1;
    }
    for check in CHECKS {
        let [note, warning, error] = counts.get(check.id).copied().unwrap_or_default();
        let share = 1000.0 * (note + warning + error) as f64 / units as f64;
        println!(
            "| {} | {error} | {warning} | {note} | {share:.1} |",
            check.id
        );
    }
    uses(set, &recognizer, &outcome.findings);
    let figures: BTreeSet<_> = outcome
        .findings
        .iter()
        .filter(|f| f.rule.starts_with("num-") || f.rule.starts_with("date-"))
        .map(unit)
        .collect();
    println!(
        "number and date rules flag {} units: {:.2} %",
        figures.len(),
        100.0 * figures.len() as f64 / units as f64
    );
}

/// The unit a finding is about: its file's line in these sets.
fn unit(finding: &Finding) -> (std::sync::Arc<Path>, u32) {
    (finding.place.path.clone(), finding.place.line)
}

/// The flags of `term-missing` in all uses: a concept counts once a unit.
fn uses(set: &Set, recognizer: &Recognizer, findings: &[Finding]) {
    let mut uses = [0usize; 2];
    for couple in set.bitexts.iter().flat_map(|b| &b.units) {
        let (Some(source), Some(target)) = (&couple.source, &couple.target) else {
            continue;
        };
        let to = target.locale.lang();
        let mut seen = BTreeSet::new();
        for hit in recognizer.find(&source.text, source.locale.lang()) {
            let concepts: Vec<_> = hit.senses.iter().map(|s| s.concept).collect();
            let known = |id: &ConceptId| {
                let concept = &set.glossary[*id];
                !concept.terms[to].is_empty() && concept.status == ConceptStatus::Approved
            };
            if concepts.iter().any(known) {
                uses[0] += 1;
                uses[1] += usize::from(seen.insert(concepts));
            }
        }
    }
    let flags = findings.iter().filter(|f| f.rule == "term-missing");
    let by = |severity| flags.clone().filter(|f| f.severity == severity).count();
    let share = |n: usize| 100.0 * n as f64 / uses[1].max(1) as f64;
    let [error, warning, note] = [Severity::Error, Severity::Warning, Severity::Note].map(by);
    println!(
        "term-missing: {} flags in {} uses, a concept once a unit ({} hits): {:.1} % \
         (error {:.1}, warning {:.1}, note {:.1})",
        error + warning + note,
        uses[1],
        uses[0],
        share(error + warning + note),
        share(error),
        share(warning),
        share(note),
    );
}

/// Where a line of [`dump`] is: its path and line.
fn unit_of(line: &str) -> String {
    line.split(':').take(2).collect::<Vec<_>>().join(":")
}

/// Prints findings of a rule, of rules (`a,b`), or of families (`num`), `most` of them drawn by lot.
fn dump(sets: &[Set], rules: &str, most: usize) {
    let wanted = |f: &Finding| {
        rules.split(',').any(|rule| {
            f.rule == rule
                || f.rule
                    .strip_prefix(rule)
                    .is_some_and(|r| r.starts_with('-'))
        })
    };
    let mut lots = desk::Lots::new(17);
    let mut lines = Vec::new();
    for set in sets {
        let recognizer = Recognizer::new(&set.glossary);
        let findings = checked(set, &recognizer, &set.bitexts).findings;
        for finding in findings.iter().filter(|f| wanted(f)) {
            let texts = match &finding.sides {
                Some(sides) => format!("{}\n    {}", sides.source, sides.target),
                None => finding.place.quote.clone(),
            };
            let line = format!("{}\n    {texts}", finding.short());
            lines.push((lots.draw(), line));
        }
    }
    if most < lines.len() {
        lines.sort();
        // One of a unit: a table left out has a hundred.
        let mut units = BTreeSet::new();
        lines.retain(|(_, line)| units.insert(unit_of(line)));
        lines.truncate(most);
    }
    for (_, line) in lines {
        println!("{line}");
    }
}
