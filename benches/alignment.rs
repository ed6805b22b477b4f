//! Alignment against gold data.
//!
//! `cargo bench --bench alignment -- FOLDER [gold|articles|damage|speed]`, where
//! FOLDER holds the sets of docs/quality.md (`champollion-dev`, `udhr-hans`, …).
//! Prints, file by file and together, precision, recall and F1 over all beads,
//! omissions among them (strict), and over the non-empty ones where an overlap
//! on both sides is enough (lax; both as in the evaluation of Vecalign and
//! Bertalign); then the same for articles, and for texts that were damaged.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for the desk"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use zhengming::align::{Bead, Dictionary, Lexicon, Resources, Sentence, align};
use zhengming::model::document::Block;

#[path = "alignment/articles.rs"]
mod articles;
#[path = "alignment/damage.rs"]
mod damage;
mod desk;
#[path = "alignment/speed.rs"]
mod speed;

/// The files with manual gold.
const FILES: [&str; 3] = ["921008f", "UN19930101_020", "198706005"];

fn main() {
    let Some((data, arguments)) = desk::data("alignment") else {
        return;
    };
    let shipped = Resources {
        dictionary: Some(Dictionary::shipped()),
        ..Resources::default()
    };
    let wanted = |part: &str| arguments.first().is_none_or(|wanted| wanted == part);
    if wanted("gold") {
        dictionaries(&data, &shipped);
    }
    if wanted("articles") {
        articles::run(&data, &shipped);
    }
    if wanted("damage") {
        damage::run(&data, &shipped);
    }
    if wanted("speed") {
        speed::run(&data, arguments.get(1..).unwrap_or_default());
    }
    // What `speed` starts.
    if let [part, folder] = arguments.as_slice()
        && part == "speed-of"
    {
        speed::of(Path::new(folder), &shipped);
    }
}

/// The gold with the dictionary, parts of it, a memory and nothing.
fn dictionaries(data: &Path, shipped: &Resources<'_>) {
    println!("| set | dictionary | precision | recall | F1 | lax F1 | score off by | seconds |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    gold(data, "shipped", shipped, true);
    for part in 0..4 {
        let quarter = quarter(Dictionary::shipped(), part);
        let resources = Resources {
            dictionary: Some(&quarter),
            ..*shipped
        };
        gold(data, &format!("25 %, part {}", part + 1), &resources, false);
    }
    let pairs = fs::read_to_string(data.join("tico19/pairs.tsv")).unwrap();
    let pairs = pairs.lines().filter_map(|line| {
        let mut cells = line.split('\t').skip(1);
        Some((cells.next()?, cells.next()?))
    });
    let lexicon = Lexicon::learn(pairs, &Resources::default());
    let learnt = Resources {
        lexicon: Some(&lexicon),
        ..Resources::default()
    };
    gold(data, "none; TICO-19 as memory", &learnt, false);
    gold(data, "none", &Resources::default(), true);
}

/// Every line whose number divided by four leaves `part`.
fn quarter(dictionary: &Dictionary, part: usize) -> Dictionary {
    let lines = dictionary.to_compact().lines().skip(part).step_by(4);
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    Dictionary::parse(&text)
}

fn gold(data: &Path, name: &str, resources: &Resources<'_>, each: bool) {
    let mut all = Score::default();
    for file in FILES {
        let score = Gold::read(data, file).score(resources);
        if each {
            score.print(file, Some(name));
        }
        all.add(&score);
    }
    all.print("champollion-dev, pooled", Some(name));
}

/// Two texts, a sentence a line, and the beads somebody made by hand.
struct Gold {
    name: &'static str,
    zh: String,
    en: String,
    beads: Vec<Group>,
}

impl Gold {
    fn read(data: &Path, name: &'static str) -> Self {
        let folder = data.join("champollion-dev");
        let read = |end: &str| fs::read_to_string(folder.join(format!("{name}.{end}"))).unwrap();
        Self {
            name,
            zh: read("zh.txt"),
            en: read("en.txt"),
            beads: beads(&read("gold.tsv")),
        }
    }

    fn score(&self, resources: &Resources<'_>) -> Score {
        let (zh, en) = (lines(&self.zh), lines(&self.en));
        let begun = Instant::now();
        let found = align(&zh, &en, resources);
        let seconds = begun.elapsed().as_secs_f64();
        if std::env::var_os("SHOW").is_some_and(|show| show == self.name) {
            show(&self.beads, &found, &zh, &en);
        }
        Score::new(&self.beads, &found, seconds)
    }
}

/// A text of one sentence a line.
fn lines(text: &str) -> Vec<Sentence<'_>> {
    let sentence = |text| Sentence {
        text,
        paragraph: 0,
        block: Block::Paragraph,
    };
    text.lines().map(sentence).collect()
}

/// Sentences that belong together, by their numbers.
type Group = (Vec<u32>, Vec<u32>);

/// `1,2 TAB 3` a line, either side empty.
fn beads(text: &str) -> Vec<Group> {
    let numbers = |cell: &str| {
        cell.split(',')
            .filter_map(|n| n.trim().parse().ok())
            .collect()
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let cells = lines.map(|line| line.split_once('\t').unwrap_or((line, "")));
    cells.map(|(zh, en)| (numbers(zh), numbers(en))).collect()
}

fn group(bead: &Bead) -> Group {
    (bead.zh.clone().collect(), bead.en.clone().collect())
}

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
    lax: [usize; 4],
    /// Number, sum of the scores and number of right beads, by tenth of the score.
    bins: [(usize, f64, usize); 10],
    seconds: f64,
}

/// The tenth a score lies in.
fn bin(score: f32) -> usize {
    (1..10).filter(|n| score * 10.0 >= *n as f32).count()
}

impl Score {
    fn new(gold: &[Group], found: &[Bead], seconds: f64) -> Self {
        let known: BTreeSet<&Group> = gold.iter().collect();
        let groups: Vec<Group> = found.iter().map(group).collect();
        let mut score = Self::of(gold, &groups);
        for (bead, group) in found.iter().zip(&groups) {
            let bin = &mut score.bins[bin(bead.score)];
            bin.0 += 1;
            bin.1 += f64::from(bead.score);
            bin.2 += usize::from(known.contains(group));
        }
        score.seconds = seconds;
        score
    }

    /// Of groups that have no score of their own.
    fn of(gold: &[Group], groups: &[Group]) -> Self {
        let known: BTreeSet<&Group> = gold.iter().collect();
        let full = |groups: &[Group]| -> Vec<Group> {
            let full = groups
                .iter()
                .filter(|(zh, en)| !zh.is_empty() && !en.is_empty());
            full.cloned().collect()
        };
        let (a, b) = (full(gold), full(groups));
        Self {
            right: groups.iter().filter(|group| known.contains(group)).count(),
            found: groups.len(),
            gold: gold.len(),
            lax: [overlapping(&a, &b), b.len(), overlapping(&b, &a), a.len()],
            ..Self::default()
        }
    }

    /// Precision, recall and F1 over all beads.
    fn strict(&self) -> (f64, f64, f64) {
        let (p, r) = (share(self.right, self.found), share(self.right, self.gold));
        (p, r, mean(p, r))
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
        for (sum, n) in self.lax.iter_mut().zip(other.lax) {
            *sum += n;
        }
        for (bin, other) in self.bins.iter_mut().zip(other.bins) {
            *bin = (bin.0 + other.0, bin.1 + other.1, bin.2 + other.2);
        }
        self.seconds += other.seconds;
    }

    fn print(&self, set: &str, dictionary: Option<&str>) {
        let (p, r, f) = self.strict();
        let lax = mean(
            share(self.lax[0], self.lax[1]),
            share(self.lax[2], self.lax[3]),
        );
        // The mean distance between the scores of a tenth and the share that is right.
        let off: f64 = self
            .bins
            .iter()
            .map(|bin| (bin.1 - bin.2 as f64).abs())
            .sum();
        let off = off / self.found.max(1) as f64;
        println!(
            "| {set}{} | {p:.3} | {r:.3} | {f:.3} | {lax:.3} | {off:.3} | {:.2} |",
            dictionary.map_or(String::new(), |name| format!(" | {name}")),
            self.seconds
        );
        if std::env::var_os("BINS").is_some() {
            for bin in &self.bins {
                println!(
                    "    {:5} {:.3} {:.3}",
                    bin.0,
                    bin.1 / bin.0 as f64,
                    share(bin.2, bin.0)
                );
            }
        }
    }
}

fn share(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}

/// The harmonic mean.
fn mean(p: f64, r: f64) -> f64 {
    2.0 * p * r / (p + r).max(f64::MIN_POSITIVE)
}

/// How many of `these` overlap one of `those` on both sides.
fn overlapping(those: &[Group], these: &[Group]) -> usize {
    let mut of: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (zh, en) in those {
        for z in zh {
            of.entry(*z).or_default().extend(en);
        }
    }
    let meets = |(zh, en): &&Group| {
        let mut other = zh.iter().filter_map(|z| of.get(z));
        other.any(|other| en.iter().any(|e| other.contains(e)))
    };
    these.iter().filter(meets).count()
}

/// Prints where gold and result differ.
fn show(gold: &[Group], found: &[Bead], zh: &[Sentence<'_>], en: &[Sentence<'_>]) {
    let groups: Vec<Group> = found.iter().map(group).collect();
    differences(gold, &groups, zh, en);
}

fn differences(gold: &[Group], groups: &[Group], zh: &[Sentence<'_>], en: &[Sentence<'_>]) {
    let text = |numbers: &[u32], of: &[Sentence<'_>]| -> String {
        let texts = numbers.iter().map(|&n| of[n as usize].text);
        texts.collect::<Vec<_>>().join(" / ")
    };
    for (mark, these, those) in [("-", gold, groups), ("+", groups, gold)] {
        for group in these.iter().filter(|group| !those.contains(group)) {
            println!(
                "{mark} {:?}:{:?}\n    {}\n    {}",
                group.0,
                group.1,
                text(&group.0, zh),
                text(&group.1, en)
            );
        }
    }
}
