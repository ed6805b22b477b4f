//! How fast terms are recognized in real text, from raw text to hits, stage by
//! stage, beside the bare automaton over the same terms and text.
//!
//! `cargo bench --bench recognition_speed -- FOLDER`; the folder holds
//! `glossaries/cc-cedict/cedict_1_0_ts_utf-8_mdbg.txt`,
//! `memories/scale/pairs_all.tsv.xz` and `memories/scale/terms_en_100k.txt.xz`
//! (unpacked by `xz`). What is measured takes turns; medians of five, CPU time
//! of the thread.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use zhengming::glossary::Glossary;
use zhengming::lang::Lang;
use zhengming::recognize::{Hit, Recognizer, Scratch};
use zhengming::text::code::codes;
use zhengming::text::fold::Folded;
use zhengming::text::hash;
use zhengming::text::words::warm_up;

mod desk;
use desk::{cpu, unpacked};

/// So much text is searched, in bytes.
const TEXT: usize = 20_000_000;

fn main() {
    let Some((data, _)) = desk::data("recognition_speed") else {
        return;
    };
    let pairs = unpacked(&data.join("memories/scale/pairs_all.tsv.xz"));
    let (zh, en) = (dictionary(&data), english(&data));
    println!("| text | terms | hits | what | MB/s |\n| --- | --- | --- | --- | --- |");
    for (lang, column, terms) in [(Lang::Zh, 1, &zh), (Lang::En, 0, &en)] {
        let mut bytes = 0;
        let texts: Vec<&str> = pairs
            .lines()
            .filter_map(|row| row.split('\t').nth(column))
            .take_while(|text| {
                bytes += text.len();
                bytes < TEXT
            })
            .collect();
        for count in [10_000, 84_000] {
            measure(lang, &texts, terms.get(..count).unwrap_or(terms));
        }
    }
}

/// What is measured.
const NAMES: [&str; 7] = [
    "zm, raw text to hits",
    "only its inline codes",
    "only its codes and folding",
    "only its search in folded text",
    "zm, with nested hits",
    "automaton, leftmost longest",
    "automaton, overlapping",
];

fn measure(lang: Lang, texts: &[&str], terms: &[String]) {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let recognizer = Recognizer::only(&glossary(lang, terms), lang);
    let longest = automaton(terms, MatchKind::LeftmostLongest);
    let every = automaton(terms, MatchKind::Standard);
    let folded: Vec<Folded> = texts
        .iter()
        .map(|t| Folded::without(t, &codes(t)))
        .collect();
    let (mut room, mut hits, mut fold) = (Scratch::default(), Vec::<Hit>::new(), Folded::default());
    let mut count = 0;
    let mut find = |text: &str, folded: &Folded| {
        recognizer.find_in(text, folded, lang, None, &mut room, &mut hits);
        hits.len()
    };
    let mut times = [const { Vec::new() }; NAMES.len()];
    for _ in 0..5 {
        for (what, times) in times.iter_mut().enumerate() {
            let begin = cpu();
            let mut sum = 0;
            for (text, known) in texts.iter().zip(&folded) {
                sum += match what {
                    0 => {
                        fold.refold(text, &codes(text));
                        find(text, &fold)
                    }
                    1 => codes(text).len(),
                    2 => {
                        fold.refold(text, &codes(text));
                        fold.text.len()
                    }
                    3 => find(text, known),
                    4 => recognizer.find_all(text, lang, None).len(),
                    5 => longest.leftmost_find_iter(text).count(),
                    _ => every.find_overlapping_iter(text).count(),
                };
            }
            times.push(cpu() - begin);
            if what == 0 {
                count = sum;
            }
            black_box(sum);
        }
    }
    for (name, mut times) in NAMES.into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let rate = bytes as f64 / 1e6 / times[times.len() / 2];
        println!(
            "| {lang} | {} | {count} | {name} | {rate:.1} |",
            terms.len()
        );
    }
}

fn automaton(terms: &[String], kind: MatchKind) -> CharwiseDoubleArrayAhoCorasick<u32> {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(kind)
        .build_with_values(terms.iter().map(|term| (term, 0)))
        .unwrap()
}

/// The words of a dictionary of at least two Han characters, in an order that means nothing.
fn dictionary(data: &Path) -> Vec<String> {
    warm_up();
    let path = data.join("glossaries/cc-cedict/cedict_1_0_ts_utf-8_mdbg.txt");
    let file = fs::read_to_string(path).unwrap();
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| line.split(' ').nth(1));
    let han = |c| ('\u{4e00}'..='\u{9fff}').contains(&c);
    shuffled(words.filter(|word| word.chars().count() > 1 && word.chars().all(han)))
}

fn english(data: &Path) -> Vec<String> {
    let terms = unpacked(&data.join("memories/scale/terms_en_100k.txt.xz"));
    shuffled(terms.lines().filter(|term| term.len() > 2))
}

fn shuffled<'t>(terms: impl Iterator<Item = &'t str>) -> Vec<String> {
    let distinct: BTreeSet<&str> = terms.collect();
    let mut terms: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
    terms.sort_by_key(|term| hash::bytes(term.as_bytes()));
    terms
}

fn glossary(lang: Lang, terms: &[String]) -> Glossary {
    let file = format!("{lang}\n{}\n", terms.join("\n"));
    let path = Path::new("terms.tsv");
    let mut glossary = Glossary::default();
    glossary.add(path, Glossary::parse(path, file.as_bytes()).value);
    glossary
}
