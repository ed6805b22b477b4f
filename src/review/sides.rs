//! The two texts of an alignment: read, and which of them is Chinese.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::align::{self, Sentence};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::format::{self, encoding, segment::joint};
use crate::lang::{Lang, Pair};
use crate::model::document::Unit;
use crate::text::detect;

/// So much of a text tells its language.
const SAMPLE: usize = 200_000;

/// How two documents are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Every line is a sentence: nothing is split or joined.
    pub segmented: bool,
    /// The language of the one that is named first; `None` for what its text tells.
    pub from: Option<Lang>,
}

/// The two texts, by language.
#[derive(Debug)]
pub struct Sides {
    /// The language of the one that was named first.
    pub source: Lang,
    /// What is wrong with the form of the two.
    pub findings: Vec<Finding>,
    /// What is worth knowing about them: an empty one, one in no certain language.
    pub notes: Vec<String>,
    texts: Pair<Side>,
}

/// One text.
#[derive(Debug, Default)]
struct Side {
    path: PathBuf,
    units: Vec<Unit>,
}

impl Sides {
    /// Reads two files, one of which must be Chinese and the other English.
    ///
    /// # Errors
    /// A file that cannot be read; two files in one language.
    pub fn read(paths: [&Path; 2], reading: Reading) -> Result<Self> {
        let [first, second] = paths;
        let Reading { segmented, from } = reading;
        let told = from.map(Lang::other);
        let (mut findings, mut notes) = (Vec::new(), Vec::new());
        let (first, second) = (
            Side::read(first, segmented, from, &mut findings)?,
            Side::read(second, segmented, told, &mut findings)?,
        );
        let seen = [first.language(), second.language()];
        if let (Some(from), [Some(one), Some(other)]) = (from, seen)
            && one == from.other()
            && other == from
        {
            let message = format!(
                "--from says that {} is {}, but its text is {}: leave --from out, the texts tell",
                first.path.display(),
                name(from),
                name(one)
            );
            return Err(Error::Usage(message));
        }
        let langs = [from.or(seen[0]), told.or(seen[1])];
        let source = match langs {
            [Some(one), Some(other)] if one == other && from.is_none() => {
                let message = format!(
                    "{} and {} are both {}: one of them must be in the other language",
                    first.path.display(),
                    second.path.display(),
                    name(one)
                );
                return Err(Error::Usage(message));
            }
            [Some(one), _] => one,
            [None, Some(other)] => other.other(),
            [None, None] => Lang::Zh,
        };
        let sides = [&first, &second].into_iter().zip(seen);
        let langs = [source, source.other()];
        notes.extend(
            sides
                .zip(langs)
                .filter_map(|((side, seen), lang)| side.note(seen, lang)),
        );
        let mut sides: Pair<Side> = Pair::default();
        sides[source] = first;
        sides[source.other()] = second;
        Ok(Self {
            source,
            findings,
            notes,
            texts: sides,
        })
    }

    /// The sentences of a language, as the aligner takes them.
    pub fn sentences(&self, lang: Lang) -> Vec<Sentence<'_>> {
        align::sentences(&self.texts[lang].units)
    }

    /// The file in a language.
    pub fn path(&self, lang: Lang) -> &Path {
        &self.texts[lang].path
    }

    /// The units of a language.
    pub fn units(&self, lang: Lang) -> &[Unit] {
        &self.texts[lang].units
    }

    /// The text of some sentences of a language, joined.
    pub fn text(&self, lang: Lang, range: &Range<u32>) -> String {
        let places = range.start as usize..range.end as usize;
        let mut text = String::new();
        for unit in self.units(lang).get(places).into_iter().flatten() {
            text.push_str(joint(&text, &unit.source, lang));
            text.push_str(&unit.source);
        }
        text
    }

    /// The lines of some sentences: `3-7`.
    pub fn lines(&self, lang: Lang, range: &Range<u32>) -> String {
        let line = |at: u32| {
            self.texts[lang]
                .units
                .get(at as usize)
                .map_or(0, |unit| unit.line)
        };
        match (line(range.start), line(range.end.saturating_sub(1))) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        }
    }
}

/// A language, in words.
fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}

impl Side {
    fn read(
        path: &Path,
        segmented: bool,
        from: Option<Lang>,
        told: &mut Vec<Finding>,
    ) -> Result<Self> {
        let units = if segmented {
            let bytes = format::bytes(path)?;
            let (decoded, findings) = encoding::decode(path, &bytes)?;
            told.extend(findings);
            let lines = (1..).zip(decoded.text.lines());
            let unit = |(line, text): (u32, &str)| Unit {
                source: text.trim().to_owned(),
                line,
                ..Unit::default()
            };
            lines.map(unit).collect()
        } else {
            let parsed = format::read(path, from)?;
            told.extend(parsed.findings);
            parsed.value.units
        };
        Ok(Self {
            path: path.to_owned(),
            units,
        })
    }

    /// What is worth knowing about it, taken as a text in a language.
    fn note(&self, seen: Option<Lang>, lang: Lang) -> Option<String> {
        let (path, taken) = (self.path.display(), name(lang));
        if self.units.iter().all(|unit| unit.source.is_empty()) {
            return Some(format!("{path}: no text in it"));
        }
        match seen {
            None => Some(format!(
                "{path}: the text does not tell its language; taken as {taken}"
            )),
            Some(Lang::En) if detect::is_foreign(&self.sample()) => Some(format!(
                "{path}: this is hardly English; taken as {taken}: expect little of the alignment"
            )),
            Some(seen) if seen != lang => Some(format!(
                "{path}: the text is {}; taken as {taken}, as --from says",
                name(seen)
            )),
            Some(_) => None,
        }
    }

    /// The language its text is in, where that can be told.
    fn language(&self) -> Option<Lang> {
        detect::language(&self.sample())
    }

    /// So much of its text as tells its language.
    fn sample(&self) -> String {
        let mut sample = String::new();
        for unit in &self.units {
            sample.push_str(&unit.source);
            sample.push('\n');
            if sample.len() > SAMPLE {
                break;
            }
        }
        sample
    }
}
