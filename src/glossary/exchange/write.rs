//! Glossaries written in the formats that others read.

use rust_xlsxwriter::Workbook;

use super::{Field, Record, is_list, made, tbx_write};
use crate::error::{Error, Result};
use crate::glossary::columns::{self, Slot};
use crate::lang::{Lang, Locale};
use crate::text::chars::one_line;

/// A format that glossaries are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Our own.
    Tsv,
    /// TBX-Basic, data categories as attributes.
    TbxDca,
    /// TBX-Basic, data categories as tags.
    TbxDct,
    /// UTX 1.11.
    Utx,
    /// `OmegaT`'s list: term, translation, remark.
    Omegat,
    /// Our columns, parted by commas, after a byte-order mark.
    Csv,
    /// Our columns in a workbook.
    Xlsx,
}

/// What is to be said about a glossary besides its concepts.
#[derive(Debug, Clone)]
pub struct About {
    /// Its name.
    pub title: String,
    /// The language that is translated from.
    pub from: Lang,
    /// What its Chinese is written in.
    pub zh: Locale,
    /// The day, as `2026-11-23`.
    pub day: String,
}

/// Writes concepts.
///
/// ```
/// use zhengming::glossary::exchange::{About, Format, of_glossary, write};
/// use zhengming::lang::{Lang, Locale};
/// let records = of_glossary("zh\ten\ten_avoid\n能源部\tDepartment of Energy\tEnergy Ministry\n").unwrap();
/// let about = About { title: "a".into(), from: Lang::Zh, zh: Locale::Hans, day: "2026-11-23".into() };
/// let csv = write(Format::Csv, &records, &about).unwrap();
/// assert_eq!(String::from_utf8(csv).unwrap(), "\u{FEFF}zh,en,en_avoid\r\n能源部,Department of Energy,Energy Ministry\r\n");
/// ```
///
/// # Errors
/// There is nothing to write, or too much for a workbook.
pub fn write(format: Format, records: &[Record], about: &About) -> Result<Vec<u8>> {
    if records.is_empty() {
        return Err(Error::Usage("there is no concept to write".into()));
    }
    Ok(match format {
        Format::Tsv => own(records, "\t", "\n", &Record::written),
        Format::Csv => {
            let cell = |record: &Record, field| quoted(&plain_cell(record, field));
            // Without the mark Excel reads it in the code page of the system.
            let mark = "\u{FEFF}".as_bytes();
            [mark, &own(records, ",", "\r\n", &cell)].concat()
        }
        Format::Xlsx => return xlsx(records),
        Format::Omegat => omegat(records, about.from).into_bytes(),
        Format::Utx => utx(records, about).into_bytes(),
        Format::TbxDca => tbx_write::write(records, about, tbx_write::Style::Dca),
        Format::TbxDct => tbx_write::write(records, about, tbx_write::Style::Dct),
    })
}

/// What a format cannot hold of some concepts: the columns, and in how many concepts each.
pub fn losses(format: Format, records: &[Record], from: Lang) -> Vec<(&'static str, usize)> {
    let held = |record: &Record, field: Field| match format {
        Format::Tsv | Format::Csv | Format::Xlsx => true,
        Format::TbxDca | Format::TbxDct => tbx_write::holds(record, field),
        Format::Utx => {
            matches!(
                field,
                Field::Terms(_, Slot::Preferred | Slot::Admitted | Slot::Avoid)
                    | Field::Status
                    | Field::Id
                    | Field::Note
            ) && field != Field::Terms(from, Slot::Avoid)
        }
        Format::Omegat => matches!(
            field,
            Field::Terms(_, Slot::Preferred | Slot::Admitted | Slot::Abbreviation) | Field::Note
        ),
    };
    let lost = |field: Field| {
        let filled = records.iter().filter(|r| !r.list(field).is_empty());
        let lost = filled.filter(|r| !held(r, field));
        let again = match (format, field) {
            (Format::TbxDca | Format::TbxDct, Field::Id) => tbx_write::repeated(records),
            _ => 0,
        };
        lost.count() + again
    };
    let lost = columns::FIELDS.iter().map(|(name, of)| (*name, lost(*of)));
    lost.filter(|(_, count)| *count > 0).collect()
}

/// How many concepts a format does not hold at all: a list of pairs none with terms in one language alone.
///
/// ```
/// use zhengming::glossary::exchange::{Format, left_out, of_glossary};
/// use zhengming::lang::Lang;
/// let records = of_glossary("zh\ten\n关税\ttariff\n配额\t\n").unwrap();
/// assert_eq!(left_out(Format::Omegat, &records, Lang::Zh), 1);
/// assert_eq!(left_out(Format::Csv, &records, Lang::Zh), 0);
/// ```
pub fn left_out(format: Format, records: &[Record], from: Lang) -> usize {
    let none = |record: &&Record, lang| listed(record, lang).is_empty();
    let one_sided = |record: &&Record| match format {
        Format::Omegat => none(record, Lang::Zh) || none(record, Lang::En),
        Format::Utx => !is_paired(record, from),
        _ => false,
    };
    records.iter().filter(one_sided).count()
}

/// Whether UTX has a row for a concept: there is a term to use in the language translated from,
/// and one to use or to avoid in the other.
fn is_paired(record: &Record, from: Lang) -> bool {
    let to = from.other();
    let avoids = !record.list(Field::Terms(to, Slot::Avoid)).is_empty();
    let has = |lang| record.terms(lang).next().is_some();
    has(from) && (has(to) || avoids)
}

/// What of the columns that a format holds is not the same in it, and in how many concepts
/// each; `zh` is what their Chinese is written in.
pub fn altered(format: Format, records: &[Record], zh: Locale) -> Vec<(String, usize)> {
    match format {
        Format::TbxDca | Format::TbxDct => tbx_write::altered(records, zh),
        _ => Vec::new(),
    }
}

/// The columns that some concepts fill, in order; `zh` and `en` always.
fn used(records: &[Record]) -> Vec<(&'static str, Field)> {
    let needed = |field: Field| matches!(field, Field::Terms(_, Slot::Preferred));
    let fields = columns::FIELDS.iter().copied();
    fields
        .filter(|(_, field)| needed(*field) || records.iter().any(|r| !r.list(*field).is_empty()))
        .collect()
}

/// Our columns as text.
fn own(
    records: &[Record],
    mark: &str,
    end: &str,
    cell: &dyn Fn(&Record, Field) -> String,
) -> Vec<u8> {
    let used = used(records);
    let names: Vec<&str> = used.iter().map(|(name, _)| *name).collect();
    let mut text = names.join(mark) + end;
    for record in records {
        let cells: Vec<String> = used.iter().map(|(_, field)| cell(record, *field)).collect();
        let row = cells.join(mark);
        // A row must not become a comment.
        let guard = if mark == "\t" && row.starts_with('#') {
            "\\"
        } else {
            ""
        };
        text.push_str(guard);
        text.push_str(&row);
        text.push_str(end);
    }
    text.into_bytes()
}

/// A cell where only the bar between terms needs care.
fn plain_cell(record: &Record, field: Field) -> String {
    if !is_list(field) {
        return record.text(field).to_owned();
    }
    let terms: Vec<String> = record
        .list(field)
        .iter()
        .map(|term| term.replace('|', "\\|"))
        .collect();
    terms.join(" | ")
}

/// A cell of CSV (RFC 4180).
fn quoted(cell: &str) -> String {
    let special = cell.contains(['"', ',', '\n', '\r'])
        || cell.starts_with([' ', '#'])
        || cell.ends_with(' ');
    if special {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A workbook: every cell is text, so that nothing is taken for a formula, a number or a date.
fn xlsx(records: &[Record]) -> Result<Vec<u8>> {
    let failed = |e: rust_xlsxwriter::XlsxError| {
        Error::Usage(format!("a workbook cannot hold this glossary: {e}"))
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("glossary").map_err(failed)?;
    let used = used(records);
    for (at, (name, _)) in used.iter().enumerate() {
        sheet.write_string(0, at as u16, *name).map_err(failed)?;
    }
    for (row, record) in (1..).zip(records) {
        for (at, (_, field)) in used.iter().enumerate() {
            let cell = plain_cell(record, *field);
            if !cell.is_empty() {
                sheet.write_string(row, at as u16, cell).map_err(failed)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}

/// The terms of a language that a list of pairs holds.
fn listed(record: &Record, lang: Lang) -> Vec<String> {
    let terms = record.terms(lang);
    let terms = terms.filter(|(field, _)| !matches!(field, Field::Terms(_, Slot::Regional(_))));
    terms.map(|(_, term)| one_line(term)).collect()
}

/// A row for every pair of a term and a rendering.
fn omegat(records: &[Record], from: Lang) -> String {
    let mut text = String::new();
    for record in records {
        for source in listed(record, from) {
            for target in listed(record, from.other()) {
                let note = one_line(record.text(Field::Note));
                let guard = if source.starts_with('#') { " " } else { "" };
                text.push_str(format!("{guard}{source}\t{target}\t{note}").trim_end_matches('\t'));
                text.push('\n');
            }
        }
    }
    text
}

/// A row for every pair, with its standing and the concept's number.
fn utx(records: &[Record], about: &About) -> String {
    let tag = |lang: Lang| {
        if lang == Lang::Zh {
            about.zh.tag()
        } else {
            "en"
        }
    };
    let (from, to) = (about.from, about.from.other());
    let mut text = format!(
        "#UTX 1.11; {}/{}; {}; creator: Zhengming; dictionary ID: {}\r\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\tcomment\r\n",
        tag(from),
        tag(to),
        about.day,
        one_line(&about.title).replace(';', ",")
    );
    let ids = made::ids(records, |_| false);
    let paired = |(record, _): &(&Record, String)| is_paired(record, from);
    for (record, made) in records.iter().zip(ids).filter(paired) {
        let list = |lang, slot| {
            record
                .list(Field::Terms(lang, slot))
                .iter()
                .map(|t| one_line(t))
                .collect::<Vec<_>>()
        };
        let id = match record.text(Field::Id) {
            "" => made,
            id => one_line(id),
        };
        let approved = if record.text(Field::Status) == "proposed" {
            "provisional"
        } else {
            "approved"
        };
        let note = one_line(record.text(Field::Note));
        // What is to be avoided stands for no concept.
        let first = |lang| {
            let preferred = list(lang, Slot::Preferred).into_iter().next();
            let any = || record.terms(lang).next().map(|(_, term)| one_line(term));
            preferred.or_else(any).unwrap_or_default()
        };
        let mut row = |source: &str, target: &str, standing: &str, note: &str| {
            text.push_str(
                format!("{source}\t{target}\t\t{standing}\t{id}\t{note}").trim_end_matches('\t'),
            );
            text.push_str("\r\n");
        };
        let (source, target) = (first(from), first(to));
        let avoided = list(to, Slot::Avoid);
        if !target.is_empty() {
            row(&source, &target, approved, &note);
            for other in list(to, Slot::Preferred).iter().skip(1) {
                row(&source, other, approved, "");
            }
            for other in list(from, Slot::Preferred).iter().skip(1) {
                row(other, &target, approved, "");
            }
            for other in list(to, Slot::Admitted).iter().filter(|t| **t != target) {
                row(&source, other, "non-standard", "");
            }
            for other in list(from, Slot::Admitted).iter().filter(|t| **t != source) {
                row(other, &target, "non-standard", "");
            }
        }
        for other in &avoided {
            let note = if target.is_empty() { note.as_str() } else { "" };
            row(&source, other, "forbidden", note);
        }
    }
    text
}
