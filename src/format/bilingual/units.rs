//! Files that translation tools hand to each other: TMX, XLIFF, PO.

use std::io::Cursor;
use std::path::Path;

use super::{Bilingual, written_in};
use crate::error::{Error, Result};
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::format::date;
use crate::format::encoding::decode;
use crate::format::exchange::{Ask, Item, Kind, Reader, Refused, Unit, Variant, couples};
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::model::document::Piece;
use crate::span::{Span, halves};
use crate::text::decode::named;
use crate::text::stream::Spot;

pub(super) const TMX: Bilingual = Bilingual {
    name: "tmx",
    is: |path| Kind::of(path) == Some(Kind::Tmx),
    read: |path, bytes, zh| read(Kind::Tmx, path, bytes, zh),
};

pub(super) const XLIFF: Bilingual = Bilingual {
    name: "xliff",
    is: |path| Kind::of(path) == Some(Kind::Xliff),
    read: |path, bytes, zh| read(Kind::Xliff, path, bytes, zh),
};

pub(super) const PO: Bilingual = Bilingual {
    name: "po",
    is: |path| Kind::of(path) == Some(Kind::Po),
    read: |path, bytes, zh| read(Kind::Po, path, bytes, zh),
};

fn read(
    kind: Kind,
    path: &Path,
    bytes: &[u8],
    zh: Option<Locale>,
) -> Result<Option<Parsed<Bitext>>> {
    let (decoded, mut findings) = decode(path, bytes)?;
    let text = decoded.text;
    if decoded.guessed && says(&text, decoded.encoding) {
        findings.retain(|finding| finding.severity != Severity::Note);
    }
    let ask = Ask {
        encoding: Some("utf-8".into()),
        ..Ask::default()
    };
    let bytes = Box::new(Cursor::new(text.clone().into_bytes()));
    let mut reader = Reader::new(path, bytes, kind, &ask)?;
    let mut found: Vec<Unit> = Vec::new();
    let mut first = None;
    while let Some(item) = reader.next_item()? {
        match item {
            // What a program no longer uses is nobody's work.
            Item::Unit(unit) if kind == Kind::Po && obsolete(&unit, &text) => {}
            Item::Unit(unit) => found.push(unit),
            Item::Refused(refused) => {
                first.get_or_insert((refused.spot.line, refused.reason.clone()));
                findings.push(broken(kind, path, &refused));
            }
        }
    }
    // Of a PO file they tell only of obsolete entries.
    for note in reader.notes().into_iter().filter(|_| kind != Kind::Po) {
        findings.push(finding(path, note.spot, "", note.message));
    }
    if kind == Kind::Po {
        without_singulars(&mut found);
    }
    let units = units(&found, &text, zh);
    if units.is_empty() {
        // What an XLIFF file says not to translate is refused in a sound one too.
        return match first.filter(|_| kind != Kind::Xliff) {
            Some((line, reason)) => Err(Error::file(path, Some(line), reason)),
            None => Ok(None),
        };
    }
    let value = Bitext {
        layout: Layout::Table,
        format: match kind {
            Kind::Tmx => TMX.name,
            Kind::Xliff => XLIFF.name,
            _ => PO.name,
        },
        files: vec![File {
            path: path.into(),
            text,
        }],
        date: date::in_name(path),
        units,
    };
    Ok(Some(Parsed { value, findings }))
}

/// Whether a file itself says the encoding that was found.
fn says(text: &str, encoding: &str) -> bool {
    let (head, _) = halves(text, 2000);
    let said = ["encoding=", "charset="].into_iter();
    let mut said = said.filter_map(|key| head.split_once(key));
    said.any(|(_, rest)| {
        let label = rest.trim_start_matches(['"', '\'']);
        let label = label.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let named = label.take(1).find_map(named);
        named.is_some_and(|named| {
            let [there, here] = [named.name(), encoding].map(str::to_lowercase);
            // GBK is read as what contains it.
            there == here || there.starts_with("gb") && here.starts_with("gb")
        })
    })
}

/// Whether an entry of a PO file is kept there as a comment.
fn obsolete(unit: &Unit, text: &str) -> bool {
    let (_, from) = halves(text, unit.spot.offset as usize);
    from.trim_start().starts_with("#~")
}

/// Leaves out the singular where one translation stands for it and for the plural, as in
/// Chinese: it is written for the plural (`1 day`, `%d days`: `%d 天`).
fn without_singulars(found: &mut Vec<Unit>) {
    let place = |unit: &Unit| {
        let translation = unit.variants.get(1)?;
        let first = translation.pieces.first()?.file;
        (!translation.text.is_empty()).then_some((unit.spot, first))
    };
    let places: Vec<_> = found.iter().map(place).collect();
    let mut next = places.iter().skip(1);
    let mut places = places.iter();
    found.retain(|_| {
        let (here, next) = (places.next(), next.next());
        here.is_none_or(Option::is_none) || here != next
    });
}

/// What is said of a unit that cannot be read: a PO file with one is none that programs take.
fn broken(kind: Kind, path: &Path, refused: &Refused) -> Finding {
    let found = finding(path, refused.spot, &refused.quote, refused.reason.clone());
    Finding {
        severity: if kind == Kind::Po {
            Severity::Error
        } else {
            Severity::Note
        },
        ..found
    }
}

fn finding(path: &Path, spot: Spot, quote: &str, message: String) -> Finding {
    let place = Place::line(path.into(), spot.line, quote);
    Finding::syntax("tm-syntax", Severity::Note, place, message)
}

/// A couple for each pair of a Chinese and an English text.
fn units(found: &[Unit], text: &str, zh: Option<Locale>) -> Vec<Couple> {
    let pairs: Vec<_> = (0..)
        .zip(found)
        .filter_map(|(at, unit)| Some((at, unit, couples(unit).ok()?)))
        .collect();
    let chinese = pairs.iter().flat_map(|(_, _, all)| all);
    let shown = written_in(chinese.map(|couple| couple.zh.text.as_str()), zh);
    let mut units = Vec::new();
    for (paragraph, unit, all) in &pairs {
        for couple in all {
            let tag = couple.zh.lang.parse::<Locale>().ok();
            // Most files say no more than `zh`; the characters tell what that is.
            let said = tag.filter(|_| couple.zh.lang.contains(['-', '_']));
            let sides = Pair {
                zh: passage(couple.zh, said.unwrap_or(shown), text),
                en: passage(couple.en, Locale::En, text),
            };
            let (source, target) = match couple.from {
                Lang::Zh => (sides.zh, sides.en),
                Lang::En => (sides.en, sides.zh),
            };
            units.push(Couple {
                source: Some(source),
                target: Some(target),
                paragraph: *paragraph,
                state: unit.state,
                note: unit.note.clone(),
                ..Couple::default()
            });
        }
    }
    units
}

fn passage(variant: &Variant, locale: Locale, text: &str) -> Passage {
    Passage {
        text: variant.text.clone(),
        locale,
        file: 0,
        pieces: exact(variant, text),
    }
}

/// The pieces of a text, cut where the file has a carriage return that the text has not.
fn exact(variant: &Variant, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(variant.pieces.len());
    for (at, piece) in variant.pieces.iter().enumerate() {
        pieces.push(*piece);
        let next = variant.pieces.get(at + 1);
        let end = next.map_or(variant.text.len() as u32, |next| next.unit);
        let mut shift = 0;
        let part = Span {
            start: piece.unit,
            end,
        };
        for (line, _) in part.of(&variant.text).match_indices('\n') {
            let here = piece.file + line as u32 + shift;
            let pair = Span {
                start: here,
                end: here + 2,
            };
            if pair.of(text) == "\r\n" {
                shift += 1;
                pieces.push(Piece {
                    unit: piece.unit + line as u32,
                    file: here + 1,
                });
            }
        }
    }
    if pieces.first().is_none_or(|piece| piece.unit > 0) {
        pieces.insert(0, Piece { unit: 0, file: 0 });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place, in the file, of a part of a unit's target.
    fn place(kind: Kind, file: &str, part: &str) -> String {
        let path = Path::new("a.x");
        let bitext = read(kind, path, file.as_bytes(), None)
            .unwrap()
            .unwrap()
            .value;
        let mut found = String::new();
        for unit in &bitext.units {
            let target = unit.target.as_ref().unwrap();
            if let Some(span) = Span::find(&target.text, part) {
                let place = Place::new(path.into(), &bitext.files[0].text, target.in_file(span));
                found = format!(
                    "{}:{} {}",
                    place.line,
                    place.column,
                    place.mark.of(&place.quote)
                );
            }
        }
        found
    }

    #[test]
    fn places_are_those_of_the_file() {
        let tmx = "<tmx version='1.4'>\r\n<body><tu><tuv xml:lang='zh'><seg>研发\r\n与&lt;计划</seg></tuv>\r\n\
            <tuv xml:lang='en'><seg>R&amp;D and\r\nthe <bpt i='1'>&lt;b&gt;</bpt>plan<ept i='1'>&lt;/b&gt;</ept>s</seg></tuv></tu></body></tmx>";
        assert_eq!(place(Kind::Tmx, tmx, "D and"), "4:31 D and");
        assert_eq!(place(Kind::Tmx, tmx, "plan"), "5:31 plan");
        let xliff = "<xliff version='1.2'><file source-language='zh' target-language='en'><body><trans-unit id='1'>\n\
            <source>研发</source>\n<target>the R&#38;D plan</target></trans-unit></body></file></xliff>";
        assert_eq!(place(Kind::Xliff, xliff, "D plan"), "3:19 D plan");
        let po = "msgid \"\"\nmsgstr \"Language: en\\n\"\n\nmsgid \"研发\"\nmsgstr \"\"\n\"the \\\"R and D\\\" \"\n\"plan\\n\"\n";
        assert_eq!(place(Kind::Po, po, "R and D"), "6:8 R and D");
        assert_eq!(place(Kind::Po, po, "plan"), "7:2 plan");
    }

    /// Source and target of each unit, and what is said.
    fn po(entries: &str) -> (Vec<String>, Vec<String>) {
        let file = format!("msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\n{entries}");
        let read = read(Kind::Po, Path::new("a.po"), file.as_bytes(), None);
        let parsed = read.unwrap().unwrap();
        let text = |passage: &Option<Passage>| passage.as_ref().unwrap().text.clone();
        let units = parsed.value.units.iter();
        let units = units.map(|unit| format!("{}={}", text(&unit.source), text(&unit.target)));
        let said = parsed.findings.iter().map(Finding::short);
        (units.collect(), said.collect())
    }

    #[test]
    fn an_encoding_that_the_file_says_is_no_guess() {
        assert!(says("<?xml version='1.0' encoding='GBK'?>", "gb18030"));
        assert!(says(
            "\"Content-Type: text/plain; charset=big5\\n\"",
            "Big5"
        ));
        assert!(!says("<?xml version='1.0'?>", "gb18030"));
    }

    #[test]
    fn one_translation_of_two_numbers_is_the_plurals() {
        let day = "msgid \"1 day\"\nmsgid_plural \"%d days\"\nmsgstr[0] \"%d 天\"\n";
        assert_eq!(po(day).0, ["%d days=%d 天"]);
        let two = format!("{day}msgstr[1] \"%d 日\"\n");
        assert_eq!(po(&two).0, ["1 day=%d 天", "%d days=%d 日"]);
    }

    #[test]
    fn broken_entries_are_errors_and_obsolete_ones_are_no_units() {
        let entries = "msgid \"a\"\nmsgstr \"甲\n\nmsgid \"b\"\nmsgstr \"乙\"\n\n\
                       #~ msgid \"c\"\n#~ msgstr \"丙\"\n";
        let (units, said) = po(entries);
        assert_eq!(units, ["b=乙"]);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].contains(":5:") && said[0].contains("error[tm-syntax]"),
            "{said:?}"
        );
        let file = "msgid \"a\"\nmsgstr \"甲\" x\n";
        let error = read(Kind::Po, Path::new("a.po"), file.as_bytes(), None).unwrap_err();
        assert!(error.to_string().contains("follows the closing"), "{error}");
    }

    #[test]
    fn a_unit_without_a_translation_is_one_to_check() {
        let po = "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"energy\"\nmsgstr \"\"\n";
        let read = read(Kind::Po, Path::new("a.po"), po.as_bytes(), None)
            .unwrap()
            .unwrap();
        assert_eq!(read.value.units.len(), 1);
        assert_eq!(read.findings, []);
    }
}
