//! Time and memory as texts grow: laws of Taiwan, cut into sentences.
//!
//! Every size is aligned in a process of its own, which reads nothing but the two texts. Which
//! article a sentence is of is known, so what is right at that size is told as well.

use std::fs;
use std::path::Path;
use std::process::Command;

use zhengming::align::{Resources, align};
use zhengming::lang::Lang;
use zhengming::text::sentence::sentences;

use super::articles::{Aligned, gold, pieces};
use super::{Score, lines};
use crate::desk::{peak, process_cpu, unpacked};

/// The numbers of Chinese sentences.
const SIZES: [usize; 5] = [1_000, 10_000, 50_000, 100_000, 200_000];

/// Makes the texts and lets each size be aligned; other sizes than [`SIZES`] where some are given.
pub(crate) fn run(data: &Path, sizes: &[String]) {
    let packed = data.join("../memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz");
    let laws = unpacked(&packed);
    println!("\n| unit | Chinese | English | CPU s | peak MB | articles right |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let folder = std::env::temp_dir().join(format!("zm-alignment-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut sizes: Vec<usize> = sizes.iter().map(|size| size.parse().unwrap()).collect();
    if sizes.is_empty() {
        write(&laws, 10_000, false, &folder);
        child(data, &folder, "article");
        sizes.extend(SIZES);
    }
    for size in sizes {
        write(&laws, size, true, &folder);
        child(data, &folder, "sentence");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Writes articles until there are so many Chinese units, each line with the number of its article.
fn write(laws: &str, size: usize, cut: bool, folder: &Path) {
    let mut texts = [String::new(), String::new()];
    let mut count = 0;
    for (number, row) in laws.lines().skip(1).enumerate() {
        if count >= size {
            break;
        }
        let cells: Vec<&str> = row.split('\t').skip(3).collect();
        // Line breaks stand in the middle of Chinese words.
        let (zh, en) = (cells[0].replace("\\n", ""), cells[1].replace("\\n", " "));
        for ((text, lang), out) in [(zh, Lang::Zh), (en, Lang::En)].iter().zip(&mut texts) {
            let spans = sentences(text, *lang).into_iter();
            let parts: Vec<&str> = if cut {
                spans.map(|span| span.of(text)).collect()
            } else {
                vec![text]
            };
            count += parts.len() * usize::from(*lang == Lang::Zh);
            out.extend(parts.iter().map(|part| format!("{number}\t{part}\n")));
        }
    }
    for (name, text) in ["zh", "en"].iter().zip(texts) {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn child(data: &Path, folder: &Path, unit: &str) {
    let program = std::env::current_exe().unwrap();
    let child = Command::new(program)
        .args([data, Path::new("speed-of"), folder])
        .output()
        .unwrap();
    print!("| {unit} {}", String::from_utf8_lossy(&child.stdout));
}

/// Aligns the two texts of a folder and prints what it took.
pub(crate) fn of(folder: &Path, resources: &Resources<'_>) {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let parted = |text: &str| -> (Vec<u32>, String) {
        let (numbers, mut texts) = (text.lines(), String::new());
        let numbers = numbers.map(|line| {
            let (number, text) = line.split_once('\t').unwrap();
            texts.extend([text, "\n"]);
            number.parse().unwrap()
        });
        (numbers.collect(), texts)
    };
    let ((zh_articles, zh), (en_articles, en)) = (parted(&read("zh")), parted(&read("en")));
    let begun = process_cpu();
    let beads = align(&lines(&zh), &lines(&en), resources);
    let (seconds, peak) = (process_cpu() - begun, peak());
    let aligned = Aligned {
        beads,
        zh: zh_articles,
        en: en_articles,
    };
    println!(
        "| {} | {} | {seconds:.2} | {peak:.0} | {:.4} |",
        aligned.zh.len(),
        aligned.en.len(),
        Score::of(&gold(&aligned), &pieces(&aligned)).strict().2
    );
}
