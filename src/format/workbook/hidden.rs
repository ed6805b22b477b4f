//! The rows and columns of a sheet that a workbook keeps from view.
//!
//! Known of XLSX alone, whose parts say it in `<col hidden="1">` and
//! `<row hidden="1">`; rows that a filter leaves out are hidden too.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::xml::{Event, Reader, Tag};

/// Rows and columns, both from 0, in order.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) rows: Vec<u32>,
    pub(crate) columns: Vec<u32>,
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What is hidden in a sheet; nothing where the workbook's parts cannot be told apart, since
/// who reads its cells says what is wrong with it.
pub(super) fn hidden(bytes: &[u8], sheet: &str) -> Hidden {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok();
    let found = archive.and_then(|mut archive| {
        let part = part(&mut archive, sheet)?;
        // Most sheets hide nothing, which is seen without understanding them.
        if !says(archive.by_name(&part).ok()?, b" hidden=") {
            return None;
        }
        of_sheet(archive.by_name(&part).ok()?)
    });
    found.unwrap_or_default()
}

/// The name of a sheet's part of the archive.
fn part(archive: &mut Archive<'_>, sheet: &str) -> Option<String> {
    let of_sheet = |tag: &Tag| {
        let named = tag.name == "sheet" && tag.get("name").as_deref() == Some(sheet);
        let mut attributes = tag.attributes().into_iter().filter(|_| named);
        attributes.find_map(|(name, id)| name.ends_with(":id").then_some(id))
    };
    let id = find(archive.by_name("xl/workbook.xml").ok()?, of_sheet)?;
    let of_id = |tag: &Tag| {
        let found = tag.get("Id").as_deref() == Some(id.as_str());
        found.then(|| tag.get("Target")).flatten()
    };
    let target = find(archive.by_name("xl/_rels/workbook.xml.rels").ok()?, of_id)?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// What the first element has that has it.
fn find<T>(input: impl Read, wanted: impl Fn(&Tag) -> Option<T>) -> Option<T> {
    let mut xml = Reader::new(input, None);
    loop {
        match xml.next_event().ok()? {
            Event::Start(tag) => {
                if let Some(found) = wanted(&tag) {
                    return Some(found);
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Whether some bytes are among those of an input.
fn says(mut input: impl Read, wanted: &[u8]) -> bool {
    let mut seen: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    while let Ok(read) = input.read(&mut chunk) {
        if read == 0 {
            break;
        }
        seen.extend(chunk.iter().take(read));
        if seen.windows(wanted.len()).any(|window| window == wanted) {
            return true;
        }
        // What is left may be the beginning of what is looked for.
        let left = seen.len().saturating_sub(wanted.len());
        seen.drain(..left);
    }
    false
}

/// What a sheet's part says, as far as it can be read.
fn of_sheet(input: impl Read) -> Option<Hidden> {
    let mut all = Hidden::default();
    let mut xml = Reader::new(input, None);
    let mut row = 0;
    while let Ok(event) = xml.next_event() {
        let tag = match event {
            Event::Start(tag) => tag,
            Event::Eof => break,
            _ => continue,
        };
        let number = |name: &str| tag.get(name).and_then(|text| text.parse::<u32>().ok());
        let hidden = || {
            tag.get("hidden")
                .is_some_and(|is| is == "1" || is == "true")
        };
        match tag.name.as_str() {
            "col" if hidden() => {
                let (first, last) = (number("min")?, number("max")?.min(super::COLUMNS));
                all.columns.extend(first.saturating_sub(1)..last);
            }
            "row" => {
                // Rows count on where they have no number.
                row = number("r").unwrap_or(row.saturating_add(1));
                if hidden() {
                    all.rows.push(row.saturating_sub(1));
                }
            }
            _ => {}
        }
    }
    Some(all)
}
