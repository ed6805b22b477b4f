//! PO (gettext): lists of names are kept in it. An entry is a row; it is read
//! by the reader that memories are imported with.

use std::io::Cursor;
use std::path::Path;

use super::{APART, Cell, Content, Grid, Refused, Remark, Row, Spot, number};
use crate::error::Error;
use crate::format::exchange::{Ask, Item, Kind, Reader, Unit};
use crate::model::document::State;
use crate::text::stream;

/// Whether a text is made of entries.
pub(super) fn is_one(text: &str) -> bool {
    let starts = |word: &str| text.lines().take(500).any(|line| line.starts_with(word));
    starts("msgid \"") && starts("msgstr")
}

/// Reads the entries. The languages are the header's, or what the texts look like.
///
/// # Errors
/// It has no entries.
pub(super) fn parse(text: &str) -> Result<Content, Refused> {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let bytes = Box::new(Cursor::new(text.to_owned().into_bytes()));
    let ask = Ask {
        encoding: Some("utf-8".to_owned()),
        ..Ask::default()
    };
    let failed = |error: Error| -> Refused { (None, error.without_path()) };
    let mut reader = Reader::new(Path::new(""), bytes, Kind::Po, &ask).map_err(failed)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut rejected = Vec::new();
    let (mut source, mut target) = (String::new(), String::new());
    let (mut last, mut obsolete) = (0, 0);
    while let Some(item) = reader.next_item().map_err(failed)? {
        let unit = match item {
            Item::Unit(unit) => unit,
            Item::Refused(refused) => {
                rejected.push((at(refused.spot), refused.reason));
                continue;
            }
        };
        let msgid = unit.spot.line;
        // A plural form comes as another unit of the same place.
        let plural = std::mem::replace(&mut last, msgid) == msgid;
        if line(&lines, msgid).starts_with("#~") {
            obsolete += usize::from(!plural);
            continue;
        }
        let (id, translation) = (unit.variants.first(), unit.variants.get(1));
        if source.is_empty() {
            source.clone_from(&unit.source);
        }
        if target.is_empty() {
            target = translation.map_or(String::new(), |t| t.lang.clone());
        }
        let id = id.map_or("", |id| id.text.as_str());
        let first = rows.last_mut().and_then(|row| row.cells.first_mut());
        match first.filter(|_| plural) {
            Some(singular) if singular.text != id => {
                singular.text.push(APART);
                singular.text.push_str(id);
            }
            Some(_) => {}
            None => {
                let translation = translation.map_or("", |t| t.text.as_str());
                let line = begin(&lines, msgid);
                let flags = flags(&lines, line);
                rows.push(entry(line, [id, translation], &flags, &unit));
            }
        }
    }
    let named = |tag: &str, otherwise: &str| match tag {
        "" => otherwise.to_owned(),
        tag => tag.to_owned(),
    };
    let (source, target) = (named(&source, "en"), named(&target, "target"));
    let names = row(1, [&source, &target, "context", "comment", "status"]);
    rows.insert(0, names);
    let grid = Grid {
        rows,
        headed: true,
        ..Grid::default()
    };
    let mut content = Content::grids("PO", vec![grid]);
    content.rejected = rejected;
    if obsolete > 0 {
        let (_, are) = number(obsolete);
        let entries = if obsolete == 1 { "entry" } else { "entries" };
        let message = format!("{obsolete} obsolete {entries} (#~) {are} not read");
        let remark = Remark::new(Spot::default(), "obsolete", message);
        content.remarks.push(remark);
    }
    Ok(content)
}

fn at(spot: stream::Spot) -> Spot {
    Spot {
        sheet: None,
        line: spot.line,
        column: 0,
    }
}

/// A line by its number.
fn line<'t>(lines: &[&'t str], number: u32) -> &'t str {
    let at = (number as usize).checked_sub(1);
    at.and_then(|at| lines.get(at)).copied().unwrap_or("")
}

/// The line that an entry begins in: that of its `msgctxt` above its `msgid`, if it has one.
fn begin(lines: &[&str], msgid: u32) -> u32 {
    let mut above = msgid.saturating_sub(1);
    while line(lines, above).starts_with('"') {
        above -= 1;
    }
    if line(lines, above).starts_with("msgctxt") {
        above
    } else {
        msgid
    }
}

/// The flags of an entry, which stand among the comments above the line that it begins in.
fn flags<'t>(lines: &[&'t str], begin: u32) -> Vec<&'t str> {
    let above = (1..begin).rev().map(|number| line(lines, number));
    let comments = above.take_while(|line| line.starts_with('#'));
    let flags = comments.filter_map(|line| line.strip_prefix("#,"));
    flags
        .flat_map(|flags| flags.split(','))
        .map(str::trim)
        .collect()
}

/// The row of an entry. What Weblate's flags say of a term is its status. Its context is the last part of the reader's note.
fn entry(line: u32, [id, translation]: [&str; 2], flags: &[&str], unit: &Unit) -> Row {
    let note = unit.note.as_str();
    let (comment, context) = match note.strip_prefix("context: ") {
        Some(context) => ("", context),
        None => note.rsplit_once(" | context: ").unwrap_or((note, "")),
    };
    let fuzzy = (unit.state == State::Draft).then_some("fuzzy");
    let known = ["read-only", "forbidden"];
    let said = known.into_iter().filter(|flag| flags.contains(flag));
    let status: Vec<&str> = fuzzy.into_iter().chain(said).collect();
    let comment = comment.replace('\n', " ");
    row(
        line,
        [id, translation, context, &comment, &status.join(", ")],
    )
}

fn row(line: u32, texts: [&str; 5]) -> Row {
    let cell = |(column, text): (u32, &str)| Cell {
        text: text.to_owned(),
        line,
        column,
    };
    Row {
        line,
        cells: (1..).zip(texts).map(cell).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;

    #[test]
    fn messages_become_rows() {
        let text = "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n\n#. Name for AFG\nmsgid \"Afghanistan\"\nmsgstr \"阿富汗\"\n\n\
            #, fuzzy\nmsgctxt \"x\"\nmsgid \"a \"\n\"\\\"b\\\"\"\nmsgid_plural \"bs\"\nmsgstr[0] \"乙\"\nmsgstr[1] \"丙\"\n\n#~ msgid \"old\"\n#~ msgstr \"旧\"\n";
        assert!(is_one(text));
        let content = parse(text).unwrap();
        let Body::Grids(grids) = content.body else {
            panic!()
        };
        let rows: Vec<Vec<&str>> = grids[0]
            .rows
            .iter()
            .map(|r| r.cells.iter().map(|c| c.text.as_str()).collect())
            .collect();
        assert_eq!(rows[0][1], "zh_CN");
        assert_eq!(rows[1], ["Afghanistan", "阿富汗", "", "Name for AFG", ""]);
        assert_eq!(rows[2], ["a \"b\"\u{1F}bs", "乙", "x", "", "fuzzy"]);
        assert_eq!((rows.len(), grids[0].rows[2].line), (3, 10));
        assert_eq!(
            content.remarks[0].message,
            "1 obsolete entry (#~) is not read"
        );
    }

    #[test]
    fn flags_say_how_terms_stand() {
        let text = "msgid \"\"\nmsgstr \"\"\n\n#. why\n#, terminology, forbidden\nmsgctxt \"git\"\nmsgid \"trunk\"\nmsgstr \"主干\"\n\n\
            #, read-only, terminology\nmsgid \"Weblate\"\nmsgstr \"Weblate\"\n\n#, fuzzy, forbidden\nmsgid \"b\"\nmsgstr \"乙\"\n\nmsgid \"c\"\nmsgstr \"丙\"\n";
        let Body::Grids(grids) = parse(text).unwrap().body else {
            panic!()
        };
        let said: Vec<&str> = grids[0].rows.iter().map(|row| row.text(4)).collect();
        let wanted = ["status", "forbidden", "read-only", "fuzzy, forbidden", ""];
        assert_eq!(said, wanted);
    }

    #[test]
    fn a_broken_entry_is_rejected_with_its_place() {
        let text = "msgid \"a\nmsgstr \"甲\"\n\nmsgid \"b\"\nmsgstr \"乙\"\n";
        let content = parse(text).unwrap();
        assert_eq!(content.rejected[0].0.line, 1);
        assert!(content.rejected[0].1.contains("no closing quotation mark"));
    }
}
