//! The file an alignment is kept in while it is reviewed: tab-separated, one
//! row for a sentence of each side, beside the Chinese document.

use std::path::{Path, PathBuf};

use super::{Alignment, Bead, Mark, Sentence};
use crate::lang::{Lang, Pair};
use crate::model::document::Block;
use crate::tsv::{self, Table};

/// What its name ends in.
const ENDING: &str = ".align.tsv";
const COLUMNS: [&str; 6] = ["bead", "mark", "score", "zh_sentence", "en_sentence", "cut"];

/// Where the review of two documents is kept: beside the Chinese one.
///
/// ```
/// use std::path::Path;
/// let file = zhengming::review::path(Path::new("a/report.zh.md"), Path::new("b/report.en.md"));
/// assert_eq!(file, Path::new("a/report.zh.md+report.en.md.align.tsv"));
/// ```
pub fn path(zh: &Path, en: &Path) -> PathBuf {
    let mut name = zh.file_name().unwrap_or_default().to_owned();
    name.push("+");
    name.push(en.file_name().unwrap_or_default());
    name.push(ENDING);
    zh.with_file_name(name)
}

fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Open => "",
        Mark::Fixed => "fixed",
        Mark::Accepted => "accepted",
    }
}

/// The file's text.
pub(super) fn to_text(alignment: &Alignment) -> String {
    let mut text = tsv::join(&COLUMNS);
    text.push('\n');
    for (n, bead) in alignment.beads.iter().enumerate() {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| alignment.slice(lang, &bead.of[lang]));
        for k in 0..zh.len().max(en.len()) {
            let (zh, en) = (zh.get(k), en.get(k));
            let of = |one: Option<&Sentence>| one.map_or(String::new(), |s| s.text.clone());
            let cut = |one: Option<&Sentence>| one.is_some_and(|s| s.cut);
            let score = bead.score.filter(|_| k == 0);
            let cells = [
                (n + 1).to_string(),
                word(bead.mark).to_owned(),
                score.map_or_else(String::new, |score| format!("{score:.3}")),
                of(zh),
                of(en),
                match (cut(zh), cut(en)) {
                    (true, true) => "zh en",
                    (true, false) => "zh",
                    (false, true) => "en",
                    (false, false) => "",
                }
                .to_owned(),
            ];
            text.push_str(&tsv::join(&cells));
            text.push('\n');
        }
    }
    text
}

/// Reads the file's text.
///
/// # Errors
/// The line and what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Alignment, (u32, String)> {
    let table = Table::parse(text);
    let mut columns = [0; COLUMNS.len()];
    for (place, name) in columns.iter_mut().zip(COLUMNS) {
        let missing = || (1, format!("the column `{name}` is not there"));
        *place = table.column(name).ok_or_else(missing)?;
    }
    let [number, mark, score, zh, en, cut] = columns;
    let mut sentences: Pair<Vec<Sentence>> = Pair::default();
    let mut beads: Vec<Bead> = Vec::new();
    let mut last = String::new();
    for (at, row) in (2..).zip(table.rows()) {
        let name = row.cell(number).into_owned();
        if beads.is_empty() || name != last {
            let mark = match &*row.cell(mark) {
                "" => Mark::Open,
                "fixed" => Mark::Fixed,
                "accepted" => Mark::Accepted,
                other => return Err((at, format!("`{other}` is no mark: fixed or accepted"))),
            };
            let end = |lang: Lang| sentences[lang].len() as u32;
            let (zh, en) = (end(Lang::Zh), end(Lang::En));
            let mut bead = Bead::new(zh..zh, en..en, mark);
            bead.score = row.cell(score).parse().ok();
            beads.push(bead);
            last = name;
        }
        let cut = row.cell(cut).into_owned();
        for (lang, column) in [(Lang::Zh, zh), (Lang::En, en)] {
            let text = row.cell(column).into_owned();
            if text.is_empty() {
                continue;
            }
            sentences[lang].push(Sentence {
                text,
                paragraph: 0,
                block: Block::default(),
                cut: cut.split(' ').any(|one| one == lang.tag()),
            });
            if let Some(bead) = beads.last_mut() {
                bead.of[lang].end += 1;
            }
        }
    }
    beads.retain(|bead| !bead.of[Lang::Zh].is_empty() || !bead.of[Lang::En].is_empty());
    let mut alignment = Alignment::new(sentences);
    alignment.beads = beads;
    Ok(alignment)
}
