//! Real translations with the term lists that belong to them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use zhengming::align::Resources;
use zhengming::glossary::Glossary;
use zhengming::intake::{self, Ask};
use zhengming::lang::{Lang, Locale, Pair};
use zhengming::model::bitext::{Bitext, Couple, File, Layout, Passage};
use zhengming::model::document::Piece;
use zhengming::project::Project;
use zhengming::recognize::Recognizer;
use zhengming::tsv;

use crate::desk;

/// Texts and the glossary they are checked against.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) glossary: Glossary,
    pub(crate) bitexts: Vec<Bitext>,
}

/// Every set, each in both directions.
pub(crate) fn all(data: &Path) -> Vec<Set> {
    let mut sets = Vec::new();
    for from in [Lang::En, Lang::Zh] {
        sets.push(tico19(data, from));
        sets.push(laws(data, from));
        sets.push(declaration(data, from));
        sets.push(covenant(data, from));
        sets.push(report(data, from));
    }
    sets
}

/// Pairs as a document with one unit a line; the line of a finding is the unit's.
pub(crate) fn bitext(name: &str, zh: Locale, from: Lang, pairs: &[Pair<String>]) -> Bitext {
    let mut text = String::new();
    let mut units = Vec::new();
    for pair in pairs {
        let mut passage = |lang: Lang, end: char| {
            // One line a side pair: what breaks lines in it is only how it was printed.
            let side = pair[lang].replace(['\n', '\r'], " ");
            let file = text.len() as u32;
            text.push_str(&side);
            text.push(end);
            Some(Passage {
                text: side,
                locale: if lang == Lang::Zh { zh } else { Locale::En },
                file: 0,
                pieces: vec![Piece { unit: 0, file }],
            })
        };
        let source = passage(from, '\t');
        let target = passage(from.other(), '\n');
        units.push(Couple {
            source,
            target,
            paragraph: units.len() as u32,
            ..Couple::default()
        });
    }
    Bitext {
        layout: Layout::Pair,
        format: "tsv",
        files: vec![File {
            path: Path::new(name).into(),
            text,
        }],
        date: None,
        units,
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// A glossary of rows with `zh`, `zh_admitted`, `en`, `en_admitted`, `en_abbr`, `zh_abbr`.
fn glossary(rows: &[[String; 2]]) -> Glossary {
    let mut table = String::from("zh\tzh_admitted\ten\ten_admitted\n");
    for [zh, en] in rows {
        let zh = tsv::split_terms(zh);
        let en = tsv::split_terms(en);
        let row = [
            tsv::join_terms(zh.get(..1).unwrap_or_default()),
            tsv::join_terms(zh.get(1..).unwrap_or_default()),
            tsv::join_terms(en.get(..1).unwrap_or_default()),
            tsv::join_terms(en.get(1..).unwrap_or_default()),
        ];
        table += &row.join("\t");
        table.push('\n');
    }
    Glossary::new(Glossary::parse(Path::new("terms.tsv"), table.as_bytes()).value)
}

/// The renderings of a packed cell: `A : B`, `A/B`, `A（ABBR）`, `A [when …]`.
fn unpacked(cell: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0;
    for c in cell.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let parts = plain.split([':', '/', '：', '；', ';']);
    let parts = parts.flat_map(|part| part.split(['（', '(', '）', ')']));
    let parts = parts.map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn tico19(data: &Path, from: Lang) -> Set {
    let terms = read(&data.join("align/tico19/terms.tsv"));
    let mut concepts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (zh, en) in terms.lines().filter_map(|line| line.split_once('\t')) {
        // One concept an English term, whatever renderings the two lists give it.
        concepts.entry(en).or_default().extend(unpacked(zh));
    }
    let rows: Vec<_> = concepts
        .into_iter()
        .map(|(en, zh)| [tsv::join_terms(&zh), tsv::join_terms(&unpacked(en))])
        .collect();
    let text = read(&data.join("align/tico19/pairs.tsv"));
    let pairs: Vec<_> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t').skip(1).map(str::to_owned);
            Some(Pair {
                zh: cells.next()?,
                en: cells.next()?,
            })
        })
        .collect();
    Set {
        name: format!("TICO-19 with its term lists, from {from}"),
        glossary: glossary(&rows),
        bitexts: vec![bitext("tico19", Locale::Hans, from, &pairs)],
    }
}

fn laws(data: &Path, from: Lang) -> Set {
    let names = read(&data.join("glossaries/tw-law-names/tw_law_names_zh-Hant_en.tsv"));
    let rows: Vec<_> = names
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t').skip(1);
            let zh = tsv::join_terms(&[cells.next()?]);
            Some([zh, tsv::join_terms(&[cells.next()?])])
        })
        .collect();
    let packed = data.join("memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz");
    let text = desk::unpacked(&packed);
    // Only laws whose two versions are of one date; every twentieth article.
    let pairs: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| tsv::cells(line).map(Cow::into_owned).collect::<Vec<_>>())
        .filter(|cells| cells.get(2).is_some_and(|same| same == "1"))
        .step_by(20)
        .filter_map(|cells| {
            Some(Pair {
                // The Chinese is broken at 32 columns, in the middle of words.
                zh: cells.get(3)?.replace(['\n', '\r'], ""),
                en: cells.get(4)?.clone(),
            })
        })
        .collect();
    Set {
        name: format!("Taiwan law articles with the laws' names, from {from}"),
        glossary: glossary(&rows),
        bitexts: vec![bitext("laws", Locale::Taiwan, from, &pairs)],
    }
}

/// The Universal Declaration, in both scripts, by article where both sides have as many lines.
fn declaration(data: &Path, from: Lang) -> Set {
    let bitexts = [("udhr-hans", Locale::Hans), ("udhr-hant", Locale::Hant)].map(|(name, zh)| {
        let folder = data.join("align").join(name);
        let articles = |file: &str, head: &[&str]| -> Vec<Vec<String>> {
            let text = read(&folder.join(file));
            let mut articles = vec![Vec::new()];
            for line in text.lines().filter(|l| !l.trim().is_empty()) {
                if head.iter().any(|h| line.starts_with(h)) {
                    articles.push(Vec::new());
                }
                articles.last_mut().unwrap().push(line.to_owned());
            }
            articles
        };
        let zh_articles = articles("zh.txt", &["第"]);
        let en_articles = articles("en.txt", &["Article "]);
        let mut pairs = Vec::new();
        for (zh, en) in zh_articles.into_iter().zip(en_articles) {
            if zh.len() == en.len() {
                pairs.extend(zh.into_iter().zip(en).map(|(zh, en)| Pair { zh, en }));
            }
        }
        bitext(name, zh, from, &pairs)
    });
    Set {
        name: format!("Universal Declaration with the shipped glossaries, from {from}"),
        glossary: shipped(),
        bitexts: bitexts.into(),
    }
}

/// The Contributor Covenant: documents as they are, aligned by the program.
fn covenant(data: &Path, from: Lang) -> Set {
    let folder = data.join("documents/contributor-covenant/content/version");
    let files = [
        ("1/4/code-of-conduct", ".zh-cn"),
        ("1/4/code-of-conduct", ".zh-tw"),
        ("2/0/code_of_conduct", ".zh-cn"),
        ("2/1/code_of_conduct", ".zh-cn"),
    ];
    let pairs =
        files.map(|(stem, tail)| [tail, ""].map(|tail| folder.join(format!("{stem}{tail}.md"))));
    paired(
        "Contributor Covenant with the shipped glossaries",
        from,
        shipped(),
        &pairs,
    )
}

/// The report of the Hong Kong Monetary Authority of 2015, aligned by the program.
fn report(data: &Path, from: Lang) -> Set {
    let folder = data.join("align/wmt25-hkma/2015");
    let terms = read(&folder.join("terms.tsv"));
    let mut concepts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in terms.lines() {
        let mut cells = line.split('\t');
        if let (Some(zh), Some(en)) = (cells.next(), cells.next()) {
            // One concept a Chinese term, whatever renderings the list gives it.
            concepts.entry(zh).or_default().push(en);
        }
    }
    let rows: Vec<_> = concepts
        .into_iter()
        .map(|(zh, en)| [tsv::join_terms(&[zh]), tsv::join_terms(&en)])
        .collect();
    let pairs: Vec<_> = (0..9)
        .map(|n| ["zh", "en"].map(|lang| folder.join(format!("{n:02}.{lang}.md"))))
        .collect();
    paired(
        "HKMA report of 2015 with its term list",
        from,
        glossary(&rows),
        &pairs,
    )
}

/// Documents that translate each other, read and aligned as `zm check` does.
fn paired(name: &str, from: Lang, glossary: Glossary, pairs: &[[PathBuf; 2]]) -> Set {
    let mut project = Project::default();
    project.config.languages.from = Some(from);
    let recognizer = Recognizer::new(&glossary);
    let dictionary = project.dictionary().unwrap();
    let resources = Resources {
        dictionary: Some(&dictionary),
        glossary: Some((&glossary, &recognizer)),
        lexicon: None,
    };
    let ask = Ask {
        pairs: pairs.to_vec(),
        ..Ask::default()
    };
    let intake = intake::take(&ask, &project, &resources).unwrap();
    assert!(intake.unread.is_empty(), "{:?}", intake.unread);
    Set {
        name: format!("{name}, from {from}"),
        glossary,
        bitexts: intake.bitexts,
    }
}

fn shipped() -> Glossary {
    let mut paths: Vec<_> = fs::read_dir("glossaries")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .collect();
    paths.sort();
    Glossary::read(&paths).unwrap().value
}
