//! Term recognition on real text: how much of what it reports the other
//! language confirms, how much of what the other language promises it finds,
//! and how fast, beside plain substring and whole-word search in one run.
//!
//! `ZM_DATA=folder cargo bench --bench recognition`; docs/quality.md has the
//! procedure, its limits and the figures. The folder holds
//! `align/tico19/{terms,pairs}.tsv`,
//! `glossaries/tw-law-names/tw_law_names_zh-Hant_en.tsv` and
//! `memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz` (unpacked by `xz`).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for the desk"
)]

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use zhengming::glossary::Glossary;
use zhengming::lang::{Lang, Pair};
use zhengming::recognize::{Recognizer, Scratch};
use zhengming::span::halves;
use zhengming::text::code::codes;
use zhengming::text::fold::{Folded, fold};
use zhengming::text::words::{is_word_boundary, words};
use zhengming::tsv;

mod desk;
use desk::cpu;

/// Which concepts are in which pairs.
type Found = HashSet<(u32, u32)>;

/// A list of terms and the text it is looked for in.
struct Set {
    name: &'static str,
    glossary: Glossary,
    pairs: Vec<Pair<String>>,
}

fn main() {
    let Some((data, _)) = desk::data("recognition") else {
        return;
    };
    for set in [tico19(&data), laws(&data)] {
        measure(&set);
    }
}

fn measure(set: &Set) {
    let begin = cpu();
    let recognizer = Recognizer::new(&set.glossary);
    println!(
        "\n## {}: {} concepts, {} pairs; forms {} zh, {} en; built in {:.0} ms",
        set.name,
        set.glossary.len(),
        set.pairs.len(),
        recognizer.forms(Lang::Zh),
        recognizer.forms(Lang::En),
        (cpu() - begin) * 1000.0,
    );
    let plain = Pair::each(|lang| Plain::new(&set.glossary, lang));
    let texts = Pair::each(|lang| -> Vec<String> {
        // Chinese is compared in one script on both sides, or plain search would find nothing.
        let pairs = set.pairs.iter().map(|pair| &pair[lang]);
        match lang {
            Lang::Zh => pairs.map(|text| fold(text)).collect(),
            Lang::En => pairs.map(|text| text.to_lowercase()).collect(),
        }
    });
    let substring = Pair::each(|lang| plain[lang].search(&texts[lang], false));
    let whole = Pair::each(|lang| plain[lang].search(&texts[lang], true));
    let evidence = Evidence::new(&set.glossary, &texts);

    println!("| text | method | reported | confirmed | recall |\n| --- | --- | --- | --- | --- |");
    for lang in [Lang::Zh, Lang::En] {
        // What must be found: one side has the term in plain sight, the other confirms it.
        let expected: Found = match lang {
            Lang::Zh => &substring.zh & &whole.en,
            Lang::En => substring
                .zh
                .iter()
                .copied()
                .filter(|f| evidence.en(*f))
                .collect(),
        };
        let (reported, all) = recognized(&recognizer, set, lang);
        let row = |method: &str, found: &Found, recalled: &Found| {
            let confirmed = found.iter().filter(|f| evidence.other(lang, **f)).count();
            println!(
                "| {lang} | {method} | {} | {:.1} % | {:.1} % |",
                found.len(),
                percent(confirmed, found.len()),
                percent(expected.intersection(recalled).count(), expected.len()),
            );
        };
        println!("| {lang} | (expected) | {} | | |", expected.len());
        row("zm", &reported[0], &reported[0]);
        row("zm, with nested", &all, &all);
        row("zm, doubtful hits only", &reported[1], &reported[1]);
        row("substring", &substring[lang], &substring[lang]);
        row("whole word", &whole[lang], &whole[lang]);
    }
    for lang in [Lang::Zh, Lang::En] {
        speed(set, &recognizer, lang);
    }
}

/// What is reported (surely; and only the doubtful), and what is known including nested terms.
fn recognized(recognizer: &Recognizer, set: &Set, lang: Lang) -> ([Found; 2], Found) {
    let mut reported = [Found::new(), Found::new()];
    let mut all = Found::new();
    for (number, pair) in (0..).zip(&set.pairs) {
        for hit in recognizer.find_all(&pair[lang], lang, None) {
            for sense in &hit.senses {
                all.insert((number, sense.concept.0));
                if !hit.nested {
                    reported[0].insert((number, sense.concept.0));
                    if !hit.sure {
                        reported[1].insert((number, sense.concept.0));
                    }
                }
            }
        }
    }
    (reported, all)
}

/// Plain search: the terms as they are, in small letters, Chinese in one script.
struct Plain {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    concepts: Vec<Vec<u32>>,
    lang: Lang,
}

impl Plain {
    fn new(glossary: &Glossary, lang: Lang) -> Self {
        let mut terms: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (id, concept) in glossary.iter() {
            for term in &concept.terms[lang] {
                let text = match lang {
                    Lang::Zh => fold(&term.text),
                    Lang::En => term.text.to_lowercase(),
                };
                terms.entry(text).or_default().push(id.0);
            }
        }
        let patterns = (0u32..)
            .zip(terms.keys())
            .map(|(number, text)| (text.clone(), number));
        Self {
            automaton: CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::Standard)
                .build_with_values(patterns)
                .unwrap(),
            concepts: terms.into_values().collect(),
            lang,
        }
    }

    fn search(&self, texts: &[String], whole: bool) -> Found {
        let mut found = Found::new();
        for (number, text) in (0..).zip(texts) {
            let cut = if whole && self.lang == Lang::Zh {
                words(text)
            } else {
                Vec::new()
            };
            for hit in self.automaton.find_overlapping_iter(text) {
                let edge = |at: usize| match self.lang {
                    Lang::Zh => is_word_boundary(text, &cut, at),
                    Lang::En => {
                        let (before, after) = halves(text, at);
                        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                        !(letter(before.chars().next_back()) && letter(after.chars().next()))
                    }
                };
                if !whole || (edge(hit.start()) && edge(hit.end())) {
                    let concepts = &self.concepts[hit.value() as usize];
                    found.extend(concepts.iter().map(|concept| (number, *concept)));
                }
            }
        }
        found
    }
}

/// Whether a side of a pair names a concept, by the plainest means.
struct Evidence<'t> {
    terms: Vec<Pair<Vec<String>>>,
    zh: &'t [String],
    en: Vec<String>,
}

impl<'t> Evidence<'t> {
    fn new(glossary: &Glossary, texts: &'t Pair<Vec<String>>) -> Self {
        let terms = glossary.concepts().map(|concept| Pair {
            zh: concept.terms.zh.iter().map(|t| fold(&t.text)).collect(),
            en: concept.terms.en.iter().map(|t| stems(&t.text)).collect(),
        });
        Self {
            terms: terms.collect(),
            zh: &texts.zh,
            en: texts.en.iter().map(|text| stems(text)).collect(),
        }
    }

    /// Whether the other side of the pair confirms a hit.
    fn other(&self, lang: Lang, found: (u32, u32)) -> bool {
        match lang {
            Lang::Zh => self.en(found),
            Lang::En => self.has(found, Lang::Zh, &self.zh[found.0 as usize]),
        }
    }

    fn en(&self, found: (u32, u32)) -> bool {
        self.has(found, Lang::En, &self.en[found.0 as usize])
    }

    fn has(&self, (_, concept): (u32, u32), lang: Lang, text: &str) -> bool {
        let terms = &self.terms[concept as usize][lang];
        terms.iter().any(|term| text.contains(term))
    }
}

/// The words of an English text without their commonest endings, each between spaces.
fn stems(text: &str) -> String {
    let mut out = String::from(" ");
    let lower = text.to_lowercase().replace("'s", "").replace("’s", "");
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        let stem = ["ing", "ed", "es", "s", "e"]
            .into_iter()
            .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 2))
            .unwrap_or(word);
        match stem.strip_suffix('y').filter(|stem| stem.len() > 2) {
            Some(stem) => out.extend([stem, "i"]),
            None => out.push_str(stem),
        }
        out.push(' ');
    }
    out
}

/// Raw text to hits, and the bare automaton over the same terms and text.
fn speed(set: &Set, recognizer: &Recognizer, lang: Lang) {
    let bytes: usize = set.pairs.iter().map(|pair| pair[lang].len()).sum();
    let rate = |work: &mut dyn FnMut()| {
        let best = (0..3).map(|_| {
            let begin = cpu();
            work();
            cpu() - begin
        });
        bytes as f64 / 1e6 / best.fold(f64::MAX, f64::min)
    };
    let (mut scratch, mut hits, mut folded) = (Scratch::default(), Vec::new(), Folded::default());
    let mut count = 0;
    let whole = rate(&mut || {
        count = 0;
        for pair in &set.pairs {
            let text = &pair[lang];
            folded.refold(text, &codes(text));
            recognizer.find_in(text, &folded, lang, None, &mut scratch, &mut hits);
            count += hits.len();
        }
    });
    let folding = rate(&mut || {
        for pair in &set.pairs {
            folded.refold(&pair[lang], &codes(&pair[lang]));
        }
    });
    let terms: BTreeMap<&str, u32> = set
        .glossary
        .concepts()
        .flat_map(|concept| &concept.terms[lang])
        .map(|term| (&*term.text, 0))
        .collect();
    let bare: CharwiseDoubleArrayAhoCorasick<u32> = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(terms)
        .unwrap();
    let bare = rate(&mut || {
        for pair in &set.pairs {
            std::hint::black_box(bare.leftmost_find_iter(&pair[lang]).count());
        }
    });
    println!(
        "{lang}: {:.1} MB, {count} hits; raw text to hits {whole:.0} MB/s (folding alone {folding:.0}, bare automaton {bare:.0}){}",
        bytes as f64 / 1e6,
        if cfg!(debug_assertions) {
            "; debug build, no figure to keep"
        } else {
            ""
        },
    );
}

fn tico19(data: &Path) -> Set {
    let folder = data.join("align/tico19");
    let terms = fs::read_to_string(folder.join("terms.tsv")).unwrap();
    let pairs = fs::read_to_string(folder.join("pairs.tsv")).unwrap();
    let mut concepts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (zh, en) in terms.lines().filter_map(|line| line.split_once('\t')) {
        // One concept an English term, whatever renderings the two lists give it.
        concepts.entry(en).or_default().push(zh);
    }
    let rows = concepts
        .into_iter()
        .map(|(en, zh)| (tsv::join_terms(&zh), tsv::join_terms(&[en])));
    Set {
        name: "TICO-19 terms in its 3,071 segments",
        glossary: glossary(rows),
        pairs: pairs
            .lines()
            .map(|line| {
                let mut cells = line.split('\t').skip(1).map(str::to_owned);
                Pair {
                    zh: cells.next().unwrap(),
                    en: cells.next().unwrap(),
                }
            })
            .collect(),
    }
}

fn laws(data: &Path) -> Set {
    let names = data.join("glossaries/tw-law-names/tw_law_names_zh-Hant_en.tsv");
    let names = fs::read_to_string(names).unwrap();
    let rows = names.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        (tsv::join_terms(&[cells[1]]), tsv::join_terms(&[cells[2]]))
    });
    let articles = data.join("memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz");
    let articles = desk::unpacked(&articles);
    Set {
        name: "Taiwan's law names in its law articles",
        glossary: glossary(rows),
        pairs: articles
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<_> = tsv::cells(line).collect();
                Pair {
                    zh: cells[3].to_string(),
                    en: cells[4].to_string(),
                }
            })
            .collect(),
    }
}

fn glossary(rows: impl Iterator<Item = (String, String)>) -> Glossary {
    let mut file = String::from("zh\ten\n");
    for (zh, en) in rows {
        file.extend([&zh, "\t", &en, "\n"]);
    }
    let path = Path::new("terms.tsv");
    let parsed = Glossary::parse(path, file.as_bytes());
    for finding in &parsed.findings {
        println!("{}", finding.short());
    }
    let mut glossary = Glossary::default();
    glossary.add(path, parsed.value);
    glossary
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
