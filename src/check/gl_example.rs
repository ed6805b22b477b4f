//! An example of a row that does not behave as the row says.

use std::collections::HashMap;
use std::path::Path;

use super::run::run as check;
use super::shelf::{Entry, Remark, Shelf, Spot};
use super::{CHECKS, Check, Job, Level, Levels, Reference, Run};
use crate::finding::Finding;
use crate::glossary::{ConceptId, Field};
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::model::document::Piece;
use crate::recognize::Hit;
use crate::text::chars::quoted;
use crate::text::detect;
use crate::tsv;

pub(super) const CHECK: Check = Check {
    id: "gl-example",
    level: Level::Error,
    mqm: "terminology/termbase",
    page: include_str!("gl_example.md"),
    run: Run::Glossary(run),
};

/// What parts a text from its translation in an example.
const ARROWS: [&str; 3] = [" => ", " ⇒ ", " → "];

/// An example and where it stands.
struct Example<'a> {
    concept: ConceptId,
    entry: &'a Entry<'a>,
    good: bool,
    text: &'a str,
    at: Spot,
}

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    let examples = examples(shelf);
    if examples.is_empty() {
        return;
    }
    let reference = shelf.reference();
    let levels = levels();
    let jobs = (0..).zip(&examples).map(|(number, example)| Job {
        bitext: bitext(number, example.text),
        levels: levels.clone(),
    });
    let jobs: Vec<Job> = jobs.collect();
    let findings = check(&jobs, &reference).findings;
    // The first finding of each row in each example.
    let mut first: HashMap<(&Path, &str), &Finding> = HashMap::new();
    for finding in &findings {
        if let Some(concept) = &finding.concept {
            let of = (&*finding.place.path, &*concept.glossary);
            first.entry(of).or_insert(finding);
        }
    }
    for (job, example) in jobs.iter().zip(&examples) {
        let path = job.bitext.path();
        let row = example.entry.concept().origin.to_string();
        let found = first.get(&(&*path, &*row)).copied();
        remarks.extend(remark(example, found, &reference, &job.bitext));
    }
}

/// What is wrong with an example; `found` is the first finding of its row.
fn remark(
    example: &Example<'_>,
    found: Option<&Finding>,
    reference: &Reference<'_>,
    bitext: &Bitext,
) -> Option<Remark> {
    let text = quoted(example.text);
    let message = match (example.good, found) {
        (true, Some(finding)) => {
            let (rule, says) = (finding.rule, &finding.message);
            format!("{text} is listed as `good`, but {rule} says: {says}")
        }
        (true, None) if !names(bitext, example.concept, reference) => {
            format!("{text} is listed as `good`, but no term of its row is found in it")
        }
        (false, None) => format!("{text} is listed as `bad`, but nothing is found wrong in it"),
        _ => return None,
    };
    Some(Remark::new(example.at, message))
}

fn examples<'a>(shelf: &'a Shelf<'a>) -> Vec<Example<'a>> {
    let mut examples = Vec::new();
    for (id, entry) in shelf.iter() {
        let Some(sheet) = shelf.sheets.get(entry.sheet as usize) else {
            continue;
        };
        for (field, texts) in [
            (Field::Good, &entry.row.concept.good),
            (Field::Bad, &entry.row.concept.bad),
        ] {
            let Some(cell) = sheet.cell(entry.row, field).filter(|_| !texts.is_empty()) else {
                continue;
            };
            let spans = tsv::term_spans(&sheet.text, cell);
            examples.extend(spans.zip(texts).map(|(span, text)| Example {
                concept: id,
                entry,
                good: field == Field::Good,
                text,
                at: entry.spot(span),
            }));
        }
    }
    examples
}

/// An example as units to check: a text, or a text and its translation.
fn bitext(number: usize, example: &str) -> Bitext {
    let parted = ARROWS.iter().find_map(|arrow| example.split_once(arrow));
    let (source, target) = parted.map_or((None, example), |(a, b)| (Some(a), b));
    let passage = |text: &str, at: usize| {
        let lang = detect::language(text).unwrap_or_default();
        Passage {
            text: text.to_owned(),
            locale: lang.into(),
            file: 0,
            pieces: vec![Piece {
                unit: 0,
                file: at as u32,
            }],
        }
    };
    Bitext {
        layout: if source.is_some() {
            Layout::Pair
        } else {
            Layout::Single
        },
        format: "txt",
        files: vec![File {
            path: Path::new(&format!("example {number}")).into(),
            text: example.to_owned(),
        }],
        date: None,
        units: vec![Couple {
            source: source.map(|text| passage(text, 0)),
            target: Some(passage(target, example.len() - target.len())),
            ..Couple::default()
        }],
    }
}

/// The levels of a run in which only rules speak that look at one text or unit.
fn levels() -> Levels {
    let set = CHECKS
        .iter()
        .filter(|check| matches!(check.run, Run::Set(_)));
    set.map(|check| (check.id.to_owned(), Level::Off)).collect()
}

/// Whether a text of an example has a term of a concept.
fn names(bitext: &Bitext, concept: ConceptId, reference: &Reference<'_>) -> bool {
    let mut passages = bitext
        .units
        .iter()
        .flat_map(|u| u.source.iter().chain(&u.target));
    passages.any(|passage| {
        let hits = reference
            .recognizer
            .find_all(&passage.text, passage.locale.lang(), None);
        let named = |hit: &Hit| hit.senses.iter().any(|sense| sense.concept == concept);
        hits.iter().any(named)
    })
}
