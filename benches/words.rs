//! Word alignment against gold data.
//!
//! `cargo bench --bench words -- FOLDER`, where FOLDER holds
//! `tsinghua-wa-dev` and `denero-wa-dev`: prints the alignment error rate (Och
//! and Ney 2003) of each model, from the sentences of the set alone and the
//! dictionary that ships.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for the desk"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use zhengming::align::Dictionary;
use zhengming::lang::Pair;
use zhengming::link::{Join, Model, link};

mod desk;

fn main() {
    let Some((folder, _)) = desk::data("words") else {
        return;
    };
    println!("| set | dictionary | model | joined by | AER | precision | recall | seconds |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for set in ["tsinghua-wa-dev", "denero-wa-dev"] {
        let gold = Gold::read(&folder.join(set));
        for (model, name) in [
            (Model::Words, "IBM-1"),
            (Model::Jumps, "HMM"),
            (Model::Fertility, "HMM and fertility"),
        ] {
            gold.measure(set, Some(Dictionary::shipped()), model, name);
        }
        gold.measure(set, None, Model::Fertility, "HMM and fertility");
    }
}

struct Gold {
    pairs: Vec<Pair<Vec<String>>>,
    sure: Vec<BTreeSet<(u32, u32)>>,
    possible: Vec<BTreeSet<(u32, u32)>>,
}

impl Gold {
    fn read(folder: &Path) -> Self {
        let lines = |name: &str| {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            let lines = text
                .lines()
                .map(|line| line.split(' ').map(str::to_owned).collect());
            lines.collect::<Vec<Vec<String>>>()
        };
        let pairs = lines("zh.txt").into_iter().zip(lines("en.txt"));
        let links = |line: &Vec<String>, all: bool| {
            let parts = line.iter().filter(|part| all || !part.ends_with("-P"));
            let numbers = parts.filter_map(|part| {
                let mut numbers = part.split('-');
                Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
            });
            numbers.collect()
        };
        let gold = lines("align.txt");
        Self {
            pairs: pairs.map(|(zh, en)| Pair { zh, en }).collect(),
            sure: gold.iter().map(|line| links(line, false)).collect(),
            possible: gold.iter().map(|line| links(line, true)).collect(),
        }
    }

    fn measure(&self, set: &str, dictionary: Option<&Dictionary>, model: Model, name: &str) {
        let start = Instant::now();
        let linked = link(&self.pairs, dictionary, model);
        let seconds = start.elapsed().as_secs_f32();
        for (join, join_name) in [
            (Join::GrowDiag, "grow-diag"),
            (Join::Intersection, "intersection"),
        ] {
            let (mut all, mut right, mut found, mut sure) = (0, 0, 0, 0);
            for (at, linked) in linked.iter().enumerate() {
                let links = linked.links(join);
                all += links.len();
                right += links
                    .iter()
                    .filter(|link| self.possible[at].contains(link))
                    .count();
                found += links
                    .iter()
                    .filter(|link| self.sure[at].contains(link))
                    .count();
                sure += self.sure[at].len();
            }
            let aer = 1.0 - (right + found) as f32 / (all + sure) as f32;
            println!(
                "| {set} | {} | {name} | {join_name} | {:.1} | {:.1} | {:.1} | {seconds:.1} |",
                if dictionary.is_some() {
                    "shipped"
                } else {
                    "none"
                },
                100.0 * aer,
                100.0 * right as f32 / all as f32,
                100.0 * found as f32 / sure as f32,
            );
        }
    }
}
