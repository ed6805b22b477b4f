//! Term proposals against term lists, and as a person judged them.
//!
//! `cargo bench --bench proposals -- DATA [known|first|brackets|score]`;
//! docs/quality.md has the figures. DATA holds `align/`, `documents/` and
//! `memories/`. Without a part, all of them:
//!
//! * `known`: of the Chinese terms in a list, how many have the list's English
//!   term as their likeliest rendering.
//! * `first`: of the first proposals, how many are in the list, and how many
//!   were judged right.
//! * `brackets`: of a hundred pairs in brackets, drawn by lot, how many were
//!   judged right.
//! * `score`: by tenth of the score, the share that was judged right.
//!
//! `list SET N` prints the first proposals of a set, and `unjudged` behind a part
//! those it shows that nobody judged, with their places, as rows for
//! `benches/proposals/judged.tsv`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_sign_loss,
    missing_docs,
    reason = "a program for the desk"
)]

mod desk;
#[path = "proposals/judged.rs"]
mod judged;
#[path = "proposals/texts.rs"]
mod texts;

use std::collections::BTreeMap;
use std::path::Path;

use zhengming::align::Dictionary;
use zhengming::propose::{Knowledge, Material, Proposal, Rejected, Source, Unit, propose};

use judged::{Judged, Tally, Verdict};
use texts::Set;

fn main() {
    let Some((data, args)) = desk::data("proposals") else {
        return;
    };
    let data = data.as_path();
    let mut args: Vec<&str> = args.iter().map(String::as_str).collect();
    let unjudged = args.last() == Some(&"unjudged");
    args.truncate(args.len() - usize::from(unjudged));
    let desk = Desk {
        judged: Judged::read(),
        unjudged,
    };
    if let ["list", name, n] = args.as_slice() {
        let mut sets = texts::all(data).into_iter().chain(texts::bracketed(data));
        let set = sets.find(|set| set.name == *name);
        return list(&desk, &set.unwrap(), n.parse().unwrap());
    }
    let wanted = |part: &str| args.first().is_none_or(|wanted| *wanted == part);
    if wanted("known") || wanted("first") || wanted("score") {
        let sets = texts::all(data);
        let found: Vec<(&Set, Vec<Proposal>)> =
            sets.iter().map(|set| (set, proposals(set))).collect();
        if wanted("first") {
            desk.first(&found);
        }
        if wanted("score") {
            desk.score(&found);
        }
        if wanted("known") {
            known(&found);
        }
    }
    if wanted("brackets") {
        desk.brackets(data);
    }
}

fn knowledge() -> Knowledge<'static> {
    Knowledge {
        dictionary: Some(Dictionary::shipped()),
        ..Knowledge::default()
    }
}

fn proposals(set: &Set) -> Vec<Proposal> {
    propose(&set.units(), &knowledge())
}

/// The likeliest rendering of every term of a list: by what is proposed for it,
/// and, where nothing is, by what the words of each place render.
fn known(found: &[(&Set, Vec<Proposal>)]) {
    println!("\n## Known terms\n");
    println!(
        "| set | terms | proposed | right of proposed | right of all, by place | in the first three |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (set, proposals) in found.iter().filter(|(set, _)| !set.terms.is_empty()) {
        let material = Material::new(&set.units(), Some(Dictionary::shipped()));
        let mut best: BTreeMap<&str, &str> = BTreeMap::new();
        for p in proposals {
            best.entry(&p.zh).or_insert(&p.en);
        }
        let mut terms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (zh, en) in &set.terms {
            terms.entry(zh).or_default().push(en);
        }
        let [mut covered, mut right, mut placed, mut three] = [0; 4];
        for (zh, ens) in &terms {
            let hit = |found: &str| ens.iter().any(|en| same(found, en));
            covered += usize::from(best.contains_key(zh));
            right += usize::from(best.get(zh).is_some_and(|en| hit(en)));
            let renderings = material.renderings(zh);
            let first = renderings.first().is_some_and(|(en, _)| hit(en));
            placed += usize::from(first);
            three += usize::from(renderings.iter().take(3).any(|(en, _)| hit(en)));
            if !first && std::env::var_os("SHOW").is_some() {
                println!(
                    "    {zh}: {:?} and not {}",
                    renderings.first(),
                    ens.join(" | ")
                );
            }
        }
        println!(
            "| {} | {} | {covered} | {:.3} | {:.3} | {:.3} |",
            set.name,
            terms.len(),
            share(right, covered),
            share(placed, terms.len()),
            share(three, terms.len())
        );
    }
}

/// Whether two English terms differ in case and number at most.
fn same(a: &str, b: &str) -> bool {
    Rejected::parse(&format!("zh\ten\n一\t{a}\n")).has("一", b)
}

struct Desk {
    judged: Judged,
    unjudged: bool,
}

impl Desk {
    /// The first of every set, by the list and as judged.
    fn first(&self, found: &[(&Set, Vec<Proposal>)]) {
        println!("\n## The first proposals\n");
        println!(
            "| set | units | proposals | first 250 in the list | but for number | judged | right | boundary | wrong | unjudged | right and a term |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (set, proposals) in found {
            let top = || proposals.iter().take(250);
            let list = || set.terms.iter();
            let exact = top()
                .filter(|p| list().any(|(zh, en)| *zh == p.zh && en.eq_ignore_ascii_case(&p.en)));
            let near = top().filter(|p| list().any(|(zh, en)| *zh == p.zh && same(en, &p.en)));
            let listed = |n: usize| match set.terms.len() {
                0 => "-".to_owned(),
                _ => format!("{:.3}", share(n, 250)),
            };
            let shown: Vec<&Proposal> = proposals.iter().take(set.judged).collect();
            println!(
                "| {} | {} | {} | {} | {} | {} |",
                set.name,
                set.units.len(),
                proposals.len(),
                listed(exact.count()),
                listed(near.count()),
                self.judged.tally(&set.name, &shown)
            );
            self.ask(&set.name, &shown, &set.units());
        }
    }

    /// What of each tenth of the score was judged right.
    fn score(&self, found: &[(&Set, Vec<Proposal>)]) {
        println!("\n## The score\n");
        println!("| score | proposals | judged | mean score | right | right or boundary |");
        println!("| --- | --- | --- | --- | --- | --- |");
        let sets = found.iter().filter(|(set, _)| set.sampled > 0);
        let all: usize = sets.map(|(_, proposals)| proposals.len()).sum();
        for tenth in (0..10).rev() {
            let here = |p: &Proposal| (p.score * 10.0).floor().clamp(0.0, 9.0) as usize == tenth;
            let mut tally = Tally::default();
            let mut sum = 0.0;
            let mut count = 0;
            for (set, proposals) in found.iter().filter(|(set, _)| set.sampled > 0) {
                let mut shown: Vec<&Proposal> = proposals.iter().filter(|p| here(p)).collect();
                count += shown.len();
                shown.sort_by_key(|p| lot(&p.zh, &p.en));
                shown.truncate(set.sampled);
                for p in &shown {
                    if let Some(verdict) = self.judged.of(&set.name, &p.zh, &p.en) {
                        sum += f64::from(p.score);
                        tally.add(verdict);
                    }
                }
                self.ask(&set.name, &shown, &set.units());
            }
            println!(
                "| {:.1} | {count} | {} | {:.2} | {:.2} | {:.2} |",
                tenth as f64 / 10.0,
                tally.all(),
                sum / tally.all().max(1) as f64,
                share(tally.right, tally.all()),
                share(tally.right + tally.boundary, tally.all()),
            );
        }
        println!("\n{all} proposals");
    }

    /// A hundred pairs in brackets, by lot, the same number of each kind of text.
    fn brackets(&self, data: &Path) {
        println!("\n## Pairs in brackets\n");
        println!(
            "| text | pairs | boundary unsure | judged | right | boundary | wrong | unjudged | right and a term |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        let sets = texts::bracketed(data);
        let mut total = Tally::default();
        for set in &sets {
            let units = set.units();
            let proposals = propose(&units, &knowledge());
            let mut pairs: Vec<&Proposal> = proposals
                .iter()
                .filter(|p| {
                    p.sources.contains(&Source::Bracket) || p.sources.contains(&Source::Alias)
                })
                .collect();
            pairs.sort_by_key(|p| lot(&p.zh, &p.en));
            let all = pairs.len();
            pairs.retain(|p| !p.unsure);
            let unsure = all - pairs.len();
            pairs.truncate(set.judged);
            let tally = self.judged.tally(&set.name, &pairs);
            println!("| {} | {all} | {unsure} | {tally} |", set.name);
            total.join(&tally);
            self.ask(&set.name, &pairs, &units);
        }
        println!("| together | | | {total} |");
    }

    /// Rows to judge, with what there is to see.
    fn ask(&self, set: &str, shown: &[&Proposal], units: &[Unit<'_>]) {
        if !self.unjudged {
            return;
        }
        for p in shown {
            if self.judged.of(set, &p.zh, &p.en).is_none() {
                println!(
                    "? {set}\t{}\t{}\t{:.2} {}",
                    p.zh,
                    p.en,
                    p.score,
                    p.evidence()
                );
                for unit in p.units.iter().take(2).map(|&at| units[at as usize]) {
                    println!(
                        "      {}\n      {}",
                        around(unit.zh, &p.zh),
                        around(unit.en, &p.en)
                    );
                }
            }
        }
    }
}

/// A text, cut short around a term.
fn around(text: &str, term: &str) -> String {
    let at = text.find(term).unwrap_or(0);
    let before = text.char_indices().take_while(|(i, _)| *i < at).count();
    let from = before.saturating_sub(60);
    text.chars()
        .skip(from)
        .take(term.chars().count() + 120)
        .collect()
}

fn list(desk: &Desk, set: &Set, n: usize) {
    for p in proposals(set).iter().take(n) {
        let listed = set
            .terms
            .iter()
            .any(|(zh, en)| *zh == p.zh && same(en, &p.en));
        let verdict = desk.judged.of(&set.name, &p.zh, &p.en);
        let unit = p.units.first().map(|&at| &set.units[at as usize]);
        let around = unit.map_or(String::new(), |[zh, _]| around(zh, &p.zh));
        println!(
            "{:.3} {} {}\t{}\t{}\t{}\t{}",
            p.score,
            if listed { "=" } else { " " },
            verdict.map_or("?", Verdict::name),
            p.zh,
            p.en,
            p.evidence(),
            around.replace('\n', " ")
        );
    }
}

/// A number drawn for a pair, always the same.
fn lot(zh: &str, en: &str) -> u64 {
    let bytes = zh.bytes().chain([0]).chain(en.bytes());
    // FNV-1a, mixed once more: the last letters alone would decide the high bits little.
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn share(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}
