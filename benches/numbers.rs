//! Numbers on real translations: in how many pairs do the values disagree?
//!
//! `ZM_DATA=folder cargo bench --bench numbers`; docs/quality.md has the
//! figures. The folder holds `align/tico19/pairs.tsv` and
//! `memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz` (unpacked by `xz`).
//! `SHOW=20` also prints the first disagreements of each set.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

use std::fs;

use zhengming::lang::Lang;
use zhengming::text::number::{Quantity, quantities, unmatched};
use zhengming::tsv;

mod desk;

fn main() {
    let Some((data, _)) = desk::data("numbers") else {
        return;
    };
    println!(
        "| set | pairs | with quantities | values disagree | of all pairs | digit strings differ |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    let pairs = fs::read_to_string(data.join("align/tico19/pairs.tsv")).unwrap();
    measure("TICO-19", pairs.lines(), 1);
    let packed = data.join("memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz");
    let articles = desk::unpacked(&packed);
    // Every twentieth article: a sample of all laws.
    measure(
        "Taiwan laws, every 20th article",
        articles.lines().skip(1).step_by(20),
        3,
    );
}

/// Counts the pairs whose Chinese stands in column `zh` and whose English is in the next.
fn measure<'a>(name: &str, lines: impl Iterator<Item = &'a str>, zh: usize) {
    let show: usize = std::env::var("SHOW").map_or(0, |n| n.parse().unwrap_or(0));
    let [mut all, mut with, mut apart, mut digits, mut strings] = [0usize; 5];
    for line in lines {
        let cells: Vec<_> = tsv::cells(line).collect();
        let [Some(zh), Some(en)] = [cells.get(zh), cells.get(zh + 1)] else {
            continue;
        };
        all += 1;
        if !runs(zh).is_empty() || !runs(en).is_empty() {
            digits += 1;
            strings += usize::from(runs(zh) != runs(en));
        }
        let (ours, theirs) = (quantities(zh, Lang::Zh), quantities(en, Lang::En));
        with += usize::from(!ours.is_empty() || !theirs.is_empty());
        let (left, right) = unmatched(&ours, &theirs);
        if !left.is_empty() || !right.is_empty() {
            apart += 1;
            if apart <= show {
                println!(
                    "{zh}\n{en}\n  {} | {}",
                    texts(zh, &ours, &left),
                    texts(en, &theirs, &right)
                );
            }
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "| {name} | {all} | {with} | {:.1} % | {:.1} % | {:.1} % |",
        share(apart, with),
        share(apart, all),
        share(strings, digits)
    );
}

/// The runs of digits, sorted: what a comparison of strings would compare.
fn runs(text: &str) -> Vec<&str> {
    let mut runs: Vec<_> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    runs.sort_unstable();
    runs
}

/// Some quantities as they are written.
fn texts(text: &str, quantities: &[Quantity], which: &[usize]) -> String {
    let some: Vec<_> = which.iter().map(|&i| quantities[i].span.of(text)).collect();
    some.join(", ")
}
