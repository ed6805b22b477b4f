//! The memory at size: building the index, and asking it.
//!
//! ```text
//! ZM_DATA=FOLDER cargo bench --bench memory [-- 10000 100000]
//! ```
//!
//! FOLDER holds in `memories/scale` `pairs_all.tsv.xz` (English, Chinese, origin;
//! `xz` unpacks it), `en_extra.tsv.xz` (English alone, where more units are asked for) and
//! `q_zh_500.txt`, `q_en_500.txt`; without it seeded text takes their place. The mean is of the thread's CPU time, the rest wall time, so that on a
//! busy machine the mean is the figure to trust. Every size is built and asked
//! in a process of its own, whose peak memory is shown.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use zhengming::lang::Lang;
use zhengming::memory::{Lookup, Memory, Mode, Places, Query};

mod desk;
use desk::{peak, process_cpu, unpacked};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", folder] => build(Path::new(folder)),
        ["ask", folder] => ask(Path::new(folder)),
        _ => all(&arguments),
    }
}

fn all(sizes: &[String]) {
    let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() {
        vec![10_000, 100_000]
    } else {
        sizes
    };
    let data = std::env::var_os("ZM_DATA").map(|data| PathBuf::from(data).join("memories/scale"));
    println!(
        "| units | measure | CPU mean | p50 | p95 | max | unit |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        write(data.as_deref(), size, folder.path());
        for task in ["build", "ask"] {
            let status = Command::new(std::env::current_exe().unwrap())
                .args([task, folder.path().to_str().unwrap()])
                .env("ZM_BENCH_SIZE", size.to_string())
                .status()
                .unwrap();
            assert!(status.success());
        }
    }
}

/// Writes a workspace of `size` units and the queries.
fn write(data: Option<&Path>, size: usize, folder: &Path) {
    let mut out = Parts::new(folder, size);
    let mut seed = 20_261_123u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    if let Some(data) = data {
        let mut left = size;
        let mut some = Vec::new();
        for file in ["pairs_all.tsv.xz", "en_extra.tsv.xz"] {
            let mut xz = Command::new("xz")
                .arg("-dc")
                .arg(data.join(file))
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let lines = BufReader::new(xz.stdout.take().unwrap()).lines();
            for line in lines.map_while(Result::ok).take(left) {
                let mut cells = line.split('\t');
                let (en, zh) = (cells.next().unwrap(), cells.next().unwrap_or_default());
                // A unit has two texts: English alone stands beside a dash.
                let zh = if file.starts_with("en") { "—" } else { zh };
                out.unit(zh, en);
                left -= 1;
                if left.is_multiple_of(5) && some.len() < 100_000 && zh != "—" {
                    some.push((zh.to_owned(), en.to_owned()));
                }
            }
            xz.kill().ok();
            xz.wait().unwrap();
        }
        for _ in 0..left {
            let (first, second) = (
                next(some.len() as u64) as usize,
                next(some.len() as u64) as usize,
            );
            let zh = spliced(&some[first].0, &some[second].0, "");
            let en = spliced(&some[first].1, &some[second].1, " ");
            out.unit(&zh, &en);
        }
        for lang in ["zh", "en"] {
            let queries = format!("q_{lang}_500.txt");
            fs::copy(data.join(&queries), folder.join(&queries)).unwrap();
            let terms = unpacked(&data.join(format!("terms_{lang}_100k.txt.xz")));
            // Spread over the list, which is in order of length.
            let some: Vec<&str> = terms.lines().step_by(200).collect();
            fs::write(folder.join(format!("terms_{lang}.txt")), some.join("\n")).unwrap();
        }
        return;
    }
    let mut sentence = || -> (String, String) {
        let words = 8 + next(20);
        // Squared: a few words are common, most are rare.
        let ids: Vec<u64> = (0..words).map(|_| next(60) * next(60)).collect();
        let zh = ids
            .iter()
            .filter_map(|id| char::from_u32(0x4E00 + *id as u32))
            .collect();
        let en: Vec<String> = ids.iter().map(|id| format!("w{id}")).collect();
        let en = en.join(" ");
        (zh, en)
    };
    let mut queries = (String::new(), String::new());
    for n in 0..size {
        let (zh, en) = sentence();
        out.unit(&format!("{zh}。"), &en);
        if n % (size / 500).max(1) == 0 {
            queries.0 += &(zh.replacen('一', "二", 1) + "！\n");
            queries.1 += &(en + "!\n");
        }
    }
    fs::write(folder.join("q_zh_500.txt"), queries.0).unwrap();
    fs::write(folder.join("q_en_500.txt"), queries.1).unwrap();
}

/// The memory's files, filled one after the other.
struct Parts<'a> {
    folder: &'a Path,
    each: usize,
    units: usize,
    out: Option<BufWriter<fs::File>>,
}

impl<'a> Parts<'a> {
    fn new(folder: &'a Path, size: usize) -> Self {
        fs::create_dir(folder.join("memories")).unwrap();
        let files = std::env::var("ZM_BENCH_FILES").map_or(1, |n| n.parse().unwrap());
        Self {
            folder,
            each: size.div_ceil(files),
            units: 0,
            out: None,
        }
    }

    fn unit(&mut self, zh: &str, en: &str) {
        if self.units.is_multiple_of(self.each) {
            let name = format!("memories/tm{:03}.tsv", self.units / self.each);
            let mut out = BufWriter::new(fs::File::create(self.folder.join(name)).unwrap());
            writeln!(out, "zh\ten\tfrom\tstate").unwrap();
            self.out = Some(out);
        }
        let out = self.out.as_mut().unwrap();
        writeln!(out, "{zh}\t{en}\ten\ttranslated").unwrap();
        self.units += 1;
    }
}

/// The first half of one text and the second of another, cut between its words, or characters.
fn spliced(first: &str, second: &str, between: &str) -> String {
    let half = |text: &str, back: bool| -> String {
        let parts: Vec<&str> = match between {
            "" => text.split("").filter(|part| !part.is_empty()).collect(),
            _ => text.split(between).collect(),
        };
        let half = parts.len() / 2;
        let part = if back { &parts[half..] } else { &parts[..half] };
        part.join(between)
    };
    format!("{}{between}{}", half(first, false), half(second, true))
}

/// The memory's files.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("memories")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        name.starts_with("tm") && name.ends_with(".tsv")
    });
    files.sort();
    files
}

fn open(folder: &Path, memories: &[PathBuf]) -> Memory {
    let places = Places {
        index: Some(folder.join("index")),
        memories: memories.to_vec(),
        journal: Some(folder.join("memories/journal.tsv")),
    };
    Memory::open(&places).value
}

fn row(measure: &str, figures: [f64; 4], unit: &str) {
    let size = std::env::var("ZM_BENCH_SIZE").unwrap_or_default();
    let [mean, p50, p95, max] = figures;
    println!("| {size} | {measure} | {mean:.3} | {p50:.3} | {p95:.3} | {max:.3} | {unit} |");
}

fn one(measure: &str, figure: f64, unit: &str) {
    row(measure, [figure; 4], unit);
}

/// Milliseconds of CPU of this thread so far.
fn cpu() -> f64 {
    desk::cpu() * 1000.0
}

fn build(folder: &Path) {
    let start = Instant::now();
    let memories = files(folder);
    for n in 1..=memories.len() {
        open(folder, &memories[..n]).commit().unwrap();
    }
    one("build: wall", start.elapsed().as_secs_f64(), "s");
    one("build: CPU, all threads", process_cpu(), "s");
    one("build: peak memory", peak(), "MB");
    let files = fs::read_dir(folder.join("index/memory")).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap()).collect();
    let segments = files
        .iter()
        .filter(|file| file.path().extension().is_some_and(|e| e == "store"));
    one("segments of the index", segments.count() as f64, "");
    let bytes: u64 = files.iter().map(|f| f.metadata().unwrap().len()).sum();
    one("index on disk", bytes as f64 / 1e6, "MB");
}

/// Whether a measure is asked for: all are, unless `ZM_BENCH_ONLY` is a part of its name.
fn wanted(measure: &str) -> bool {
    std::env::var("ZM_BENCH_ONLY").is_ok_and(|only| measure.contains(&only))
        || std::env::var_os("ZM_BENCH_ONLY").is_none()
}

/// Runs something for every item and shows the CPU time of each.
fn each<T>(measure: &str, items: &[T], mut run: impl FnMut(&T) -> usize) {
    if !wanted(measure) {
        return;
    }
    let mut found = 0;
    let begin = cpu();
    let mut times: Vec<f64> = items
        .iter()
        .map(|item| {
            let start = Instant::now();
            found += usize::from(run(item) > 0);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    let mean = (cpu() - begin) / items.len() as f64;
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    let share = 100 * found / items.len();
    row(
        &format!("{measure} ({share} % found)"),
        [mean, at(50), at(95), at(100)],
        "ms",
    );
}

fn ask(folder: &Path) {
    let start = cpu();
    let memory = open(folder, &files(folder));
    one("open", cpu() - start, "ms");
    let queries = |lang: Lang| -> Vec<String> {
        let text = fs::read_to_string(folder.join(format!("q_{lang}_500.txt"))).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    for from in [Lang::Zh, Lang::En] {
        let all = queries(from);
        let lookup = |text: &str, min: u8, exact: bool| {
            let found = memory.candidates(&Lookup {
                text,
                from,
                prev: "",
                next: "",
                limit: 5,
                min,
                exact,
            });
            found.list.len()
        };
        each(&format!("{from}: exact and same shape only"), &all, |q| {
            lookup(q, 95, false)
        });
        each(&format!("{from}: candidates from 70"), &all, |q| {
            lookup(q, 70, false)
        });
        each(&format!("{from}: candidates from 50"), &all, |q| {
            lookup(q, 50, false)
        });
        each(&format!("{from}: every entry, from 50"), &all[..100], |q| {
            lookup(q, 50, true)
        });
        if wanted("recall") {
            recall(&memory, from, &all);
        }
        // What a user selects: a term, or the first characters or words of a segment.
        let parts: Vec<String> = match fs::read_to_string(folder.join(format!("terms_{from}.txt")))
        {
            Ok(terms) => terms.lines().map(str::to_owned).collect(),
            Err(_) => all
                .iter()
                .map(|q| match from {
                    Lang::Zh => q.chars().take(3).collect(),
                    Lang::En => q.split(' ').take(2).collect::<Vec<_>>().join(" "),
                })
                .collect(),
        };
        let search = |text: &str, mode: Mode| {
            let query = Query {
                text: text.to_owned(),
                mode,
                lang: Some(from),
                limit: 20,
            };
            memory.concordance(&query).map_or(0, |found| found.total)
        };
        each(&format!("{from}: concordance"), &parts, |q| {
            search(q, Mode::Exact)
        });
        each(
            &format!("{from}: concordance by pattern"),
            &parts[..5],
            |q| search(&regex_escape(q), Mode::Regex),
        );
        if from == Lang::Zh {
            let queries = [
                "wangluo",
                "chuangshijihua",
                "csjh",
                "rgzn",
                "wenjian xitong",
            ];
            each("zh: concordance by pinyin", &queries, |q| {
                search(q, Mode::Pinyin)
            });
        }
    }
    one("asking: peak memory", peak(), "MB");
}

/// What share of the best matches, and of the five best, is found of those that
/// looking at every entry finds; by base score, ties count.
fn recall(memory: &Memory, from: Lang, queries: &[String]) {
    let bases = |text: &str, min: u8, exact: bool| -> Vec<u8> {
        let lookup = Lookup {
            text,
            from,
            prev: "",
            next: "",
            limit: 5,
            min,
            exact,
        };
        let found = memory.candidates(&lookup).list;
        let mut bases: Vec<u8> = found.iter().map(|c| c.base).collect();
        bases.sort_unstable_by_key(|base| std::cmp::Reverse(*base));
        bases
    };
    for min in [70, 50] {
        let (mut first, mut firsts, mut five, mut fives) = (0, 0, 0, 0);
        for text in queries {
            let wanted = bases(text, min, true);
            let found = bases(text, min, false);
            if let Some(best) = wanted.first() {
                firsts += 1;
                first += usize::from(found.first() == Some(best));
            }
            fives += wanted.len();
            let pairs = wanted.iter().zip(&found);
            five += pairs.filter(|(wanted, found)| wanted == found).count();
        }
        let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        one(
            &format!("{from}: recall@1 from {min}"),
            share(first, firsts),
            "%",
        );
        one(
            &format!("{from}: recall@5 from {min}"),
            share(five, fives),
            "%",
        );
    }
}

/// A text as a pattern that matches it.
fn regex_escape(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            c.is_ascii_punctuation()
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect()
}
