//! Texts of which a part is missing or out of place, made from the gold by lot.
//!
//! `DUMP=folder` writes them there, for `benches/alignment_peer.py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use zhengming::align::{Resources, align};

use super::{FILES, Gold, Group, Score, group, lines};
use crate::desk::Lots;

const SEEDS: u64 = 3;

pub(crate) fn run(data: &Path, resources: &Resources<'_>) {
    let files: Vec<Gold> = FILES.iter().map(|file| Gold::read(data, file)).collect();
    println!("\n| deleted | precision | recall | F1 | lax F1 | score off by | seconds |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for percent in [10, 30] {
        for chinese in [true, false] {
            let mut all = Score::default();
            for seed in 0..SEEDS {
                for file in &files {
                    let less = delete(file, chinese, percent, seed);
                    let side = if chinese { "zh" } else { "en" };
                    dump(&less, &format!("{}-{percent}{side}-{seed}", file.name));
                    all.add(&less.score(resources));
                }
            }
            let side = if chinese { "Chinese" } else { "English" };
            all.print(&format!("{percent} % of the {side} sentences"), None);
        }
    }
    println!("\n| swapped | pairs inside | wrong | wrong, scored 0.5 and more | F1 outside |");
    println!("| --- | --- | --- | --- | --- |");
    for file in &files {
        swapped(file, resources);
    }
    strangers(&files, resources);
    for file in &files {
        dump(file, file.name);
    }
}

/// The Chinese text of each file beside the English one of each: all pairs of different ones are wrong.
fn strangers(files: &[Gold], resources: &Resources<'_>) {
    println!("\n| Chinese | English | beads | pairs | scored 0.5 and more |");
    println!("| --- | --- | --- | --- | --- |");
    for zh in files {
        for en in files {
            let texts = (lines(&zh.zh), lines(&en.en));
            let beads = align(&texts.0, &texts.1, resources);
            let pairs = beads
                .iter()
                .filter(|b| !b.zh.is_empty() && !b.en.is_empty());
            let trusted = pairs.clone().filter(|bead| bead.score >= 0.5).count();
            let (all, pairs) = (beads.len(), pairs.count());
            println!(
                "| {} | {} | {all} | {pairs} | {trusted} |",
                zh.name, en.name
            );
        }
    }
}

fn dump(gold: &Gold, name: &str) {
    let Some(folder) = std::env::var_os("DUMP") else {
        return;
    };
    let folder = Path::new(&folder);
    let cell = |numbers: &[u32]| {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        numbers.join(",")
    };
    let beads = gold.beads.iter();
    let beads = beads.map(|(zh, en)| format!("{}\t{}\n", cell(zh), cell(en)));
    for (end, text) in [
        ("zh.txt", &gold.zh),
        ("en.txt", &gold.en),
        ("gold.tsv", &beads.collect()),
    ] {
        fs::write(folder.join(format!("{name}.{end}")), text).unwrap();
    }
}

/// Leaves out so many of a hundred sentences of one side, each by lot.
fn delete(gold: &Gold, chinese: bool, percent: u64, seed: u64) -> Gold {
    let text = if chinese { &gold.zh } else { &gold.en };
    let mut lots = Lots::new(seed);
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    let mut kept = String::new();
    for (line, sentence) in (0..).zip(text.lines()) {
        if lots.draw() % 100 >= percent {
            places.insert(line, places.len() as u32);
            kept.extend([sentence, "\n"]);
        }
    }
    let new = |numbers: &[u32]| -> Vec<u32> {
        let numbers = numbers.iter().filter_map(|n| places.get(n));
        numbers.copied().collect()
    };
    let mut beads = Vec::new();
    for (zh, en) in &gold.beads {
        let (zh, en) = if chinese {
            (new(zh), en.clone())
        } else {
            (zh.clone(), new(en))
        };
        if zh.is_empty() || en.is_empty() {
            // In the gold every omitted sentence is a bead of its own.
            beads.extend(zh.iter().map(|&z| (vec![z], Vec::new())));
            beads.extend(en.iter().map(|&e| (Vec::new(), vec![e])));
        } else {
            beads.push((zh, en));
        }
    }
    let (zh, en) = if chinese {
        (kept, gold.en.clone())
    } else {
        (gold.zh.clone(), kept)
    };
    Gold {
        name: gold.name,
        zh,
        en,
        beads,
    }
}

/// The third and the seventh tenth of the English text change places.
fn swapped(gold: &Gold, resources: &Resources<'_>) {
    let tenth = |n: usize| gold.beads.len() * n / 10;
    let (first, second) = (tenth(2)..tenth(3), tenth(6)..tenth(7));
    let order = (0..first.start)
        .chain(second.clone())
        .chain(first.end..second.start)
        .chain(first.clone())
        .chain(second.end..gold.beads.len());
    let old: Vec<&str> = gold.en.lines().collect();
    let mut en = String::new();
    let mut moved: BTreeMap<usize, Group> = BTreeMap::new();
    let mut next = 0;
    for at in order {
        let (zh, lines) = &gold.beads[at];
        for &line in lines {
            en.extend([old[line as usize], "\n"]);
        }
        let end = next + lines.len() as u32;
        moved.insert(at, (zh.clone(), (next..end).collect()));
        next = end;
    }
    let found = align(&lines(&gold.zh), &lines(&en), resources);
    let parted = |at: &usize| first.contains(at) || second.contains(at);
    let (inside, outside): (Vec<_>, Vec<_>) = moved.into_iter().partition(|(at, _)| parted(at));
    let [inside, outside] = [inside, outside]
        .map(|beads| -> Vec<Group> { beads.into_iter().map(|(_, bead)| bead).collect() });
    let touches = |group: &Group| {
        let of = |part: fn(&Group) -> &Vec<u32>| {
            part(group)
                .iter()
                .any(|n| inside.iter().any(|bead| part(bead).contains(n)))
        };
        of(|group| &group.0) || of(|group| &group.1)
    };
    let (within, without): (Vec<_>, Vec<_>) = found.iter().partition(|bead| touches(&group(bead)));
    let pairs: Vec<_> = within
        .iter()
        .filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty())
        .collect();
    let overlaps = |group: &Group| {
        inside.iter().any(|(zh, en)| {
            group.0.iter().any(|n| zh.contains(n)) && group.1.iter().any(|n| en.contains(n))
        })
    };
    let wrong: Vec<_> = pairs
        .iter()
        .filter(|bead| !overlaps(&group(bead)))
        .collect();
    let trusted = wrong.iter().filter(|bead| bead.score >= 0.5).count();
    let without: Vec<Group> = without.into_iter().map(group).collect();
    if std::env::var_os("SHOW").is_some_and(|show| show == gold.name) {
        super::differences(&outside, &without, &lines(&gold.zh), &lines(&en));
    }
    println!(
        "| {} | {} | {} | {trusted} | {:.3} |",
        gold.name,
        pairs.len(),
        wrong.len(),
        Score::of(&outside, &without).strict().2
    );
}
