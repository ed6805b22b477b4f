//! Laws and declarations, where the numbers of the articles are the gold.
//!
//! An alignment is cut wherever an article begins in either text, at the next
//! end of a bead; the pieces must be the articles, on both sides. A bead across
//! the border of two articles joins them, one that misses it on a side parts
//! them, and either makes both wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use zhengming::align::{Bead, Resources, align};
use zhengming::lang::Lang;
use zhengming::span::halves;
use zhengming::text::number::quantities;

use super::{Group, Score, lines};

/// A run of so many lines without a counterpart is a long one.
const LONG: usize = 5;

/// Two texts, what was found, and the article every line is in.
pub(crate) struct Aligned {
    pub(crate) beads: Vec<Bead>,
    pub(crate) zh: Vec<u32>,
    pub(crate) en: Vec<u32>,
}

impl Aligned {
    fn read(folder: &Path, resources: &Resources<'_>) -> Self {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let (zh, en) = (read("zh.txt"), read("en.txt"));
        Self {
            beads: align(&lines(&zh), &lines(&en), resources),
            zh: articles(&zh, Lang::Zh),
            en: articles(&en, Lang::En),
        }
    }
}

pub(crate) fn run(data: &Path, resources: &Resources<'_>) {
    println!("\n| set | articles | precision | recall | F1 |");
    println!("| --- | --- | --- | --- | --- |");
    for set in ["udhr-hans", "udhr-hant", "assembly-law", "marriage-law"] {
        let aligned = Aligned::read(&data.join(set), resources);
        let gold = gold(&aligned);
        let score = Score::of(&gold, &pieces(&aligned));
        let (p, r, f) = score.strict();
        println!("| {set} | {} | {p:.3} | {r:.3} | {f:.3} |", gold.len());
    }
    versions(data, resources);
}

/// Two versions of a law: an article of the same number may have another text.
fn versions(data: &Path, resources: &Resources<'_>) {
    let Aligned { beads, zh, en } =
        Aligned::read(&data.join("women-law-version-mismatch"), resources);
    let full = |bead: &&Bead| !bead.zh.is_empty() && !bead.en.is_empty();
    let numbers = |of: &[u32], range: &std::ops::Range<u32>| -> BTreeSet<u32> {
        range.clone().map(|line| of[line as usize]).collect()
    };
    let pairs: Vec<&Bead> = beads.iter().filter(full).collect();
    let alike = |bead: &&&Bead| numbers(&zh, &bead.zh) == numbers(&en, &bead.en);
    let mean =
        |beads: &[&Bead]| beads.iter().map(|bead| bead.score).sum::<f32>() / beads.len() as f32;
    println!(
        "\nwomen-law: {} pairs, {} in articles of the same number, mean score {:.2}",
        pairs.len(),
        pairs.iter().filter(alike).count(),
        mean(&pairs),
    );
    let runs = beads.chunk_by(|a, b| !full(&a) && !full(&b));
    let runs: Vec<usize> = runs
        .filter(|run| run.iter().all(|bead| !full(&bead)))
        .map(<[Bead]>::len)
        .collect();
    let long: Vec<usize> = runs.iter().copied().filter(|&n| n >= LONG).collect();
    println!(
        "{} of {} lines without a counterpart, {} of them in {} runs of {LONG} and more, the longest {}",
        runs.iter().sum::<usize>(),
        zh.len() + en.len(),
        long.iter().sum::<usize>(),
        long.len(),
        runs.iter().max().unwrap_or(&0),
    );
    if std::env::var_os("SHOW").is_some_and(|show| show == "women-law") {
        for bead in pairs {
            let (zh, en) = (numbers(&zh, &bead.zh), numbers(&en, &bead.en));
            println!("{:.2} {zh:?} {en:?}", bead.score);
        }
    }
}

/// The number of the article every line is in; 0 before the first.
fn articles(text: &str, lang: Lang) -> Vec<u32> {
    let mut last = 0;
    let number = |line: &str| -> Option<u32> {
        let digits = match lang {
            Lang::En => {
                let rest = line.strip_prefix("Article ")?;
                let end = rest.find(|c: char| !c.is_ascii_digit());
                end.map_or(rest, |end| halves(rest, end).0).to_owned()
            }
            Lang::Zh => {
                let first = quantities(line, lang).into_iter().next()?;
                let (before, rest) = halves(line, first.core.end as usize);
                let heads = before.starts_with('第') && rest.starts_with(['条', '條']);
                let zhengming::text::number::Value::One(value) = first.value else {
                    return None;
                };
                heads.then(|| value.to_string())?
            }
        };
        digits.parse().ok()
    };
    let article = |line| {
        if number(line) == Some(last + 1) {
            last += 1;
        }
        last
    };
    text.lines().map(article).collect()
}

pub(crate) fn gold(aligned: &Aligned) -> Vec<Group> {
    let mut gold: BTreeMap<u32, Group> = BTreeMap::new();
    for (line, &article) in (0..).zip(&aligned.zh) {
        gold.entry(article).or_default().0.push(line);
    }
    for (line, &article) in (0..).zip(&aligned.en) {
        gold.entry(article).or_default().1.push(line);
    }
    gold.into_values().collect()
}

/// The beads, joined up to where an article begins.
pub(crate) fn pieces(aligned: &Aligned) -> Vec<Group> {
    let begins = |articles: &[u32], range: &std::ops::Range<u32>| {
        let at = range.start as usize;
        !range.is_empty() && at > 0 && articles[at] != articles[at - 1]
    };
    let mut pieces: Vec<Group> = vec![Group::default()];
    for bead in &aligned.beads {
        if begins(&aligned.zh, &bead.zh) || begins(&aligned.en, &bead.en) {
            pieces.push(Group::default());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.0.extend(bead.zh.clone());
            piece.1.extend(bead.en.clone());
        }
    }
    pieces
}
