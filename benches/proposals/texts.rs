//! The texts that terms are proposed from.

use std::fs;
use std::path::{Path, PathBuf};

use zhengming::align::Resources;
use zhengming::intake::{self, Ask};
use zhengming::lang::Lang;
use zhengming::project::Project;
use zhengming::propose::{Unit, units};

use crate::desk::unpacked;

/// Units, and the terms that are known to be in them.
pub(crate) struct Set {
    pub(crate) name: String,
    /// Chinese and English.
    pub(crate) units: Vec<[String; 2]>,
    pub(crate) terms: Vec<(String, String)>,
    /// How many of the first are judged.
    pub(crate) judged: usize,
    /// How many of each tenth of the score are judged.
    pub(crate) sampled: usize,
}

impl Set {
    fn new(name: &str, units: Vec<[String; 2]>) -> Self {
        Self {
            name: name.to_owned(),
            units,
            terms: Vec::new(),
            judged: 0,
            sampled: 0,
        }
    }

    pub(crate) fn units(&self) -> Vec<Unit<'_>> {
        let units = self.units.iter();
        units.map(|[zh, en]| Unit { zh, en }).collect()
    }
}

/// Everything both sides of which there are.
pub(crate) fn all(data: &Path) -> Vec<Set> {
    let align = data.join("align");
    let mut hkma = Set::new("hkma-2015", hkma(&align.join("wmt25-hkma/2015")));
    hkma.terms = terms(&align.join("wmt25-hkma/2015/terms.tsv"));
    (hkma.judged, hkma.sampled) = (100, 5);
    let mut tico = Set::new("tico-19", tico(&align));
    tico.terms = terms(&align.join("tico19/terms-occurring.tsv"));
    (tico.judged, tico.sampled) = (100, 5);
    let mut sets = vec![hkma, tico];
    // Smaller ones, of other kinds, to see that it is not for two texts alone.
    for (name, pairs) in others(data) {
        let mut set = Set::new(name, documents(&pairs));
        set.judged = 25;
        sets.push(set);
    }
    let mut laws = Set::new("taiwan-laws", laws(data));
    laws.judged = 25;
    sets.push(laws);
    sets
}

fn others(data: &Path) -> Vec<(&'static str, Vec<[PathBuf; 2]>)> {
    let align = data.join("align");
    let champollion = |name: &str| {
        let at = |lang| align.join(format!("champollion-dev/{name}.{lang}.txt"));
        vec![[at("zh"), at("en")]]
    };
    let texts = |name: &str| {
        let at = |lang| align.join(format!("{name}/{lang}.txt"));
        vec![[at("zh"), at("en")]]
    };
    vec![
        ("hansard", champollion("921008f")),
        ("un", champollion("UN19930101_020")),
        ("magazine", champollion("198706005")),
        ("assembly-law", texts("assembly-law")),
    ]
}

/// Articles of laws, translated at the same time.
fn laws(data: &Path) -> Vec<[String; 2]> {
    let path = data.join("memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz");
    let rows = packed(&path, usize::MAX).into_iter();
    let rows = rows.filter(|row| row.get(2).is_some_and(|same| same == "1"));
    let rows = rows.filter_map(|row| Some([row.get(3)?.clone(), row.get(4)?.clone()]));
    rows.take(2000).collect()
}

fn hkma(folder: &Path) -> Vec<[String; 2]> {
    let at = |n: u32, lang| folder.join(format!("{n:02}.{lang}.md"));
    let pairs: Vec<_> = (0..9)
        .map(|n| ["zh", "en"].map(|lang| at(n, lang)))
        .collect();
    documents(&pairs)
}

/// Documents aligned as `zm propose` does.
fn documents(pairs: &[[PathBuf; 2]]) -> Vec<[String; 2]> {
    let mut project = Project::default();
    project.config.languages.from = Some(Lang::En);
    let dictionary = project.dictionary().unwrap();
    let resources = Resources {
        dictionary: Some(&dictionary),
        ..Resources::default()
    };
    let ask = Ask {
        pairs: pairs.to_vec(),
        ..Ask::default()
    };
    let intake = intake::take(&ask, &project, &resources).unwrap();
    assert!(intake.unread.is_empty(), "{:?}", intake.unread);
    let units = units(&intake.bitexts);
    units
        .iter()
        .map(|unit| [unit.zh, unit.en].map(str::to_owned))
        .collect()
}

fn tico(align: &Path) -> Vec<[String; 2]> {
    let text = fs::read_to_string(align.join("tico19/pairs.tsv")).unwrap();
    let cells = text.lines().filter_map(|line| {
        let mut cells = line.split('\t').skip(1).map(str::to_owned);
        Some([cells.next()?, cells.next()?])
    });
    cells.collect()
}

fn terms(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap();
    let cells = text.lines().filter_map(|line| {
        let mut cells = line.split('\t').map(str::to_owned);
        Some((cells.next()?, cells.next()?))
    });
    cells.collect()
}

/// Texts with Latin in brackets, of several kinds, with their English sides where there are any.
pub(crate) fn bracketed(data: &Path) -> Vec<Set> {
    let alone = |text: String| [text, String::new()];
    let tico = tico(&data.join("align")).into_iter();
    let software = packed(&data.join("memories/scale/pairs_all.tsv.xz"), 200_000);
    let software = software.into_iter().filter_map(|row| {
        let mut cells = row.into_iter();
        let (en, zh) = (cells.next()?, cells.next()?);
        in_brackets(&zh).then_some([zh, en])
    });
    let mut files = Vec::new();
    walk(&data.join("documents"), &mut files);
    walk(&data.join("align"), &mut files);
    walk(&data.join("glossaries/quantecon-benchmark"), &mut files);
    walk(&data.join("memories/creativecommons-po"), &mut files);
    files.retain(|path| !path.to_string_lossy().contains("tico19"));
    files.sort();
    let texts = files
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    let lines: Vec<String> = texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let lines = lines
        .into_iter()
        .filter(|line| in_brackets(line))
        .map(alone);
    let mut sets = vec![
        Set::new("brackets: health (tico-19)", tico.collect()),
        Set::new("brackets: software (scale)", software.collect()),
        Set::new("brackets: laws, reports, pages", lines.collect()),
    ];
    for (set, judged) in sets.iter_mut().zip([43, 43, 33]) {
        set.judged = judged;
    }
    sets
}

/// Whether a Latin letter stands behind a bracket that stands behind a Chinese one.
fn in_brackets(text: &str) -> bool {
    let bracket = |at: usize| {
        let (before, behind) = text.split_at_checked(at).unwrap_or_default();
        let behind = behind.chars().nth(1);
        let before = before
            .trim_end_matches([' ', '”', '」', '》', '"'])
            .chars()
            .next_back();
        behind.is_some_and(|c| c.is_ascii_alphabetic()) && before.is_some_and(|c| c > '\u{3000}')
    };
    text.match_indices(['(', '（']).any(|(at, _)| bracket(at))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The first rows of a packed table.
fn packed(path: &Path, rows: usize) -> Vec<Vec<String>> {
    let text = unpacked(path);
    let rows = text.lines().skip(1).take(rows);
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}
