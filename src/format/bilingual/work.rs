//! Work in progress: the file `<doc>.zm.tsv` beside a document, or the
//! `<doc>.start.tsv` it was handed over with. What its columns mean,
//! `session::table` says.

use std::path::{Path, PathBuf};

use super::{Bilingual, tsv};
use crate::error::Result;
use crate::finding::Parsed;
use crate::format;
use crate::lang::{Lang, Locale};
use crate::model::bitext::Bitext;
use crate::tsv::beside;

/// How the names of work files end.
const ENDINGS: [&str; 2] = [".zm.tsv", ".start.tsv"];

/// The files of work on a document: of what was begun, and of what it was handed over with.
pub fn files(document: &Path) -> [PathBuf; 2] {
    ENDINGS.map(|ending| beside(document, ending))
}

/// The document that a work file is of; `None` for any other file.
pub fn document(work: &Path) -> Option<PathBuf> {
    let name = work.file_name()?.to_str()?;
    let mut endings = ENDINGS.iter();
    let name = endings.find_map(|ending| name.strip_suffix(ending))?;
    Some(work.with_file_name(name))
}

/// Whether a file is a work file, by its name.
pub fn is(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

pub(super) const FORMAT: Bilingual = Bilingual {
    name: "work",
    is,
    read,
};

fn read(path: &Path, bytes: &[u8], zh: Option<Locale>) -> Result<Option<Parsed<Bitext>>> {
    tsv::table(path, bytes, zh, |text, columns| {
        // The comment lines on top name the direction; the columns' order means nothing.
        columns.from = said(text, "from")
            .and_then(Lang::from_tag)
            .or_else(|| language(path))
            .unwrap_or_default();
        let to: Option<Locale> = said(text, "to").and_then(|to| to.parse().ok());
        if let Some(to) = to.filter(|to| to.lang() != columns.from) {
            columns.written[to.lang()] = Some(to);
        }
    })
}

/// The language of the document that a work file is of.
fn language(work: &Path) -> Option<Lang> {
    let read = format::read(&document(work)?, None).ok()?;
    Some(read.value.from)
}

/// What a comment line says: `# from: zh`.
fn said<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let comments = text.lines().take_while(|line| line.starts_with('#'));
    let mut said = comments.filter_map(|line| line.trim_start_matches('#').split_once(':'));
    let (_, value) = said.find(|(key, _)| key.trim() == name)?;
    Some(value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::State;

    #[test]
    fn work_says_its_direction_and_its_orphans_are_gone() {
        let file = "# document: a.md\n# from: en\n# to: zh-TW\n\
                    zh\ten\tstate\tnote\thow\n\
                    軟體\tsoftware\ttranslated\tzm:allow term-missing\t\n\
                    \tenergy\tinitial\t\t\n\
                    算力\tgone\ttranslated\t\torphan\n";
        let read = read(Path::new("a.md.zm.tsv"), file.as_bytes(), None).unwrap();
        let units = read.unwrap().value.units;
        assert_eq!(units.len(), 2);
        let target = units[0].target.as_ref().unwrap();
        assert_eq!(
            (target.text.as_str(), target.locale),
            ("軟體", Locale::Taiwan)
        );
        assert_eq!(units[0].note, "zm:allow term-missing");
        assert_eq!(units[0].state, State::Translated);
        assert_eq!(units[1].source.as_ref().unwrap().text, "energy");
    }
}
