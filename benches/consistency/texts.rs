//! Real texts, one unit a line, with one side or both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use zhengming::finding::Finding;
use zhengming::format;
use zhengming::lang::{Lang, Locale};
use zhengming::model::bitext::{Bitext, Couple, File, Layout, Passage};
use zhengming::model::document::Piece;
use zhengming::tsv;

use crate::desk::unpacked;

/// Documents that are checked together.
pub(crate) struct Texts {
    pub(crate) name: &'static str,
    pub(crate) documents: Vec<Document>,
    /// What the source and the target are in; where there is no source, its language is not looked at.
    pub(crate) locales: [Locale; 2],
}

/// A document: its units, source and target; an empty source says that there is none.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) units: Vec<[String; 2]>,
}

impl Texts {
    /// Whether the texts are translations.
    pub(crate) fn bilingual(&self) -> bool {
        let first = self.documents.first().and_then(|d| d.units.first());
        first.is_some_and(|[source, _]| !source.is_empty())
    }

    /// The unit a finding is in, both texts.
    pub(crate) fn unit(&self, finding: &Finding) -> String {
        let mut documents = self.documents.iter();
        let document = documents.find(|d| *finding.place.path == *Path::new(&d.name));
        let unit = document.and_then(|d| d.units.get(finding.place.line as usize - 1));
        unit.map_or_else(String::new, |unit| unit.join(" | "))
    }

    pub(crate) fn bitexts(&self) -> Vec<Bitext> {
        self.documents.iter().map(|d| self.bitext(d)).collect()
    }

    fn bitext(&self, document: &Document) -> Bitext {
        let mut text = String::new();
        let mut units = Vec::new();
        for unit in &document.units {
            let mut passage = |side: usize, end: char| {
                let file = text.len() as u32;
                text.push_str(&unit[side]);
                text.push(end);
                (!unit[side].is_empty()).then(|| Passage {
                    text: unit[side].clone(),
                    locale: self.locales[side],
                    file: 0,
                    pieces: vec![Piece { unit: 0, file }],
                })
            };
            units.push(Couple {
                source: passage(0, '\t'),
                target: passage(1, '\n'),
                paragraph: units.len() as u32,
                ..Couple::default()
            });
        }
        let layout = if self.bilingual() {
            Layout::Table
        } else {
            Layout::Single
        };
        Bitext {
            layout,
            format: "tsv",
            files: vec![File {
                path: Path::new(&document.name).into(),
                text,
            }],
            date: None,
            units,
        }
    }
}

/// A unit's text on one line.
fn line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// Chinese that was broken at a fixed width, in the middle of words.
fn joined(text: &str) -> String {
    text.replace(['\n', '\r'], "").replace('\t', " ")
}

/// Every set: of its documents every second, from the first or the second on,
/// so that what is made better on one half is measured on the other.
pub(crate) fn all(data: &Path, half: usize) -> Vec<Texts> {
    let tico = every_second(tico(data), half);
    let laws = every_second(laws(data), half);
    let both = |units: &[[String; 2]], from: Lang| -> Vec<[String; 2]> {
        let order = |[zh, en]: &[String; 2]| match from {
            Lang::Zh => [zh.clone(), en.clone()],
            Lang::En => [en.clone(), zh.clone()],
        };
        units.iter().map(order).collect()
    };
    let set = |documents: &[(String, Vec<[String; 2]>)], name, from, zh| {
        let documents = documents.iter().map(|(name, units)| Document {
            name: name.clone(),
            units: both(units, from),
        });
        Texts {
            name,
            documents: documents.collect(),
            locales: match from {
                Lang::Zh => [zh, Locale::En],
                Lang::En => [Locale::En, zh],
            },
        }
    };
    let alone = |documents: &[(String, Vec<[String; 2]>)], name, lang: Lang, zh| {
        let side = usize::from(lang == Lang::En);
        let documents = documents.iter().map(|(name, units)| Document {
            name: name.clone(),
            units: units
                .iter()
                .map(|u| [String::new(), u[side].clone()])
                .collect(),
        });
        let locale = if lang == Lang::Zh { zh } else { Locale::En };
        Texts {
            name,
            documents: documents.collect(),
            locales: [locale; 2],
        }
    };
    vec![
        set(&tico, "TICO-19, en-zh", Lang::En, Locale::Hans),
        set(&tico, "TICO-19, zh-en", Lang::Zh, Locale::Hans),
        set(&laws, "ten laws of Taiwan, en-zh", Lang::En, Locale::Taiwan),
        set(&laws, "ten laws of Taiwan, zh-en", Lang::Zh, Locale::Taiwan),
        alone(&tico, "TICO-19, Chinese alone", Lang::Zh, Locale::Hans),
        alone(
            &laws,
            "ten laws of Taiwan, Chinese alone",
            Lang::Zh,
            Locale::Taiwan,
        ),
        orders(data, half),
    ]
}

fn every_second<T>(all: Vec<T>, half: usize) -> Vec<T> {
    all.into_iter().skip(half).step_by(2).collect()
}

/// The documents of TICO-19.
fn tico(data: &Path) -> Vec<(String, Vec<[String; 2]>)> {
    let text = fs::read_to_string(data.join("align/tico19/pairs.tsv")).unwrap();
    let mut documents: BTreeMap<String, Vec<[String; 2]>> = BTreeMap::new();
    for cells in rows(&text) {
        let name = cells[0].split(':').next().unwrap_or_default().to_owned();
        let unit = [joined(&cells[1]), line(&cells[2])];
        documents.entry(name).or_default().push(unit);
    }
    documents.into_iter().collect()
}

fn rows(text: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    let cells = |line| tsv::cells(line).map(std::borrow::Cow::into_owned).collect();
    text.lines().map(cells)
}

/// Every twentieth of the laws with eighty articles and more whose two versions are of one date.
fn laws(data: &Path) -> Vec<(String, Vec<[String; 2]>)> {
    let text = unpacked(&data.join("memories/tw-laws/tw_law_articles_zh-Hant_en.tsv.xz"));
    let mut laws: BTreeMap<String, Vec<[String; 2]>> = BTreeMap::new();
    for cells in rows(&text).skip(1).filter(|cells| cells[2] == "1") {
        let unit = [joined(&cells[3]), line(&cells[4])];
        laws.entry(cells[0].clone()).or_default().push(unit);
    }
    laws.retain(|_, units| units.len() >= 80);
    let step = (laws.len() / 20).max(1);
    laws.into_iter().step_by(step).take(20).collect()
}

/// English documents of the White House, a paragraph a unit.
fn orders(data: &Path, half: usize) -> Texts {
    let folder = data.join("align/us-executive-orders-en");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    names.sort();
    let documents = every_second(names, half).into_iter().map(|name| {
        let bytes = fs::read(&name).unwrap();
        let parsed = format::parse(Path::new(&name), bytes, Some(Lang::En)).unwrap();
        let units = parsed.value.units.iter();
        Document {
            units: units.map(|u| [String::new(), line(&u.source)]).collect(),
            name,
        }
    });
    Texts {
        name: "White House documents, English alone",
        documents: documents.collect(),
        locales: [Locale::En; 2],
    }
}

/// The first `units` units of software prose.
pub(crate) fn many(data: &Path, units: usize) -> Texts {
    let text = unpacked(&data.join("memories/scale/pairs_all.tsv.xz"));
    let units = rows(&text)
        .take(units)
        .map(|cells| [line(&cells[0]), line(&cells[1])]);
    Texts {
        name: "software prose",
        documents: vec![Document {
            name: "pairs".to_owned(),
            units: units.collect(),
        }],
        locales: [Locale::En, Locale::Hans],
    }
}
