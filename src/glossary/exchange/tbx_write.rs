//! TBX-Basic (ISO 30042:2019), in both styles: data categories as attributes
//! (DCA) or as tags (DCT).

use std::collections::HashSet;
use std::io;

use super::{About, Field, Record, made, tbx};
use crate::glossary::columns::{self, REGIONS, Slot};
use crate::lang::{Lang, Locale};
use crate::xml::{Writer, can_hold};

/// How data categories are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Dca,
    Dct,
}

/// Whether the dialect has a place for what a concept says in a column.
pub(super) fn holds(record: &Record, field: Field) -> bool {
    match field {
        Field::Id => is_own(record.text(field)),
        // Who made a change is said of a change, and a change has a day.
        Field::Updated | Field::By => date(record.text(Field::Updated)).is_some(),
        field => matches!(
            field,
            Field::Terms(..)
                | Field::Subject
                | Field::Status
                | Field::Definition
                | Field::Note
                | Field::Source
        ),
    }
}

/// How many concepts have the id of one before them.
pub(super) fn repeated(records: &[Record]) -> usize {
    let mut seen = HashSet::new();
    let own = records.iter().filter(|r| holds(r, Field::Id));
    own.filter(|r| !seen.insert(r.text(Field::Id))).count()
}

/// What of the columns that the dialect holds is not the same in the file, and in how
/// many concepts; `zh` is what the glossary's Chinese is written in.
pub(super) fn altered(records: &[Record], zh: Locale) -> Vec<(String, usize)> {
    let count = |any: fn(&str) -> bool| {
        let altered = records.iter().filter(|record| {
            let held = record.cells.iter().filter(|(f, _)| holds(record, **f));
            held.flat_map(|(_, list)| list).any(|text| any(text))
        });
        altered.count()
    };
    let mut all = vec![
        (
            "line breaks and tabs, which programs read as spaces".to_owned(),
            count(|text| text.contains(['\n', '\r', '\t'])),
        ),
        (
            "characters that XML cannot hold, which become U+FFFD".to_owned(),
            count(|text| !can_hold(text)),
        ),
    ];
    let another = records.iter().filter(|record| {
        let text = record.text(Field::Updated);
        date(text).is_some_and(|day| day != text)
    });
    all.push((
        "the form of `updated`, which becomes YYYY-MM-DD".to_owned(),
        another.count(),
    ));
    for (at, region) in (0..).zip(REGIONS) {
        let field = Field::Terms(Lang::Zh, Slot::Regional(at));
        if region == zh {
            let (name, tag) = (columns::name(field), tag_of(Slot::Regional(at), zh));
            let filled = records.iter().filter(|r| !r.list(field).is_empty());
            all.push((
                format!("the column `{name}`, whose terms stand under {tag}"),
                filled.count(),
            ));
        }
    }
    all.retain(|(_, count)| *count > 0);
    all
}

/// Writes concepts as a TBX file.
pub(super) fn write(records: &[Record], about: &About, style: Style) -> Vec<u8> {
    let mut out = Out {
        xml: Writer::new(Vec::new()),
        style,
    };
    // Writing into memory does not fail.
    let _ = out.file(records, about);
    out.xml.into_inner()
}

struct Out {
    xml: Writer<Vec<u8>>,
    style: Style,
}

impl Out {
    fn file(&mut self, records: &[Record], about: &About) -> io::Result<()> {
        self.xml.declaration()?;
        let mut root = vec![
            ("type", "TBX-Basic"),
            (
                "style",
                if self.style == Style::Dca {
                    "dca"
                } else {
                    "dct"
                },
            ),
            ("xml:lang", "en"),
            ("xmlns", "urn:iso:std:iso:30042:ed-2"),
        ];
        if self.style == Style::Dct {
            root.push(("xmlns:min", "http://www.tbxinfo.net/ns/min"));
            root.push(("xmlns:basic", "http://www.tbxinfo.net/ns/basic"));
        }
        self.open(0, "tbx", &root)?;
        self.open(1, "tbxHeader", &[])?;
        self.open(2, "fileDesc", &[])?;
        self.open(3, "titleStmt", &[])?;
        self.line(4, "title", &[], &about.title)?;
        self.close(3, "titleStmt")?;
        self.open(3, "sourceDesc", &[])?;
        self.line(
            4,
            "p",
            &[],
            &format!("Exported by Zhengming on {}", about.day),
        )?;
        self.close(3, "sourceDesc")?;
        self.close(2, "fileDesc")?;
        self.close(1, "tbxHeader")?;
        self.open(1, "text", &[])?;
        self.open(2, "body", &[])?;
        for (record, id) in records.iter().zip(ids(records)) {
            self.entry(record, &id, about)?;
        }
        self.close(2, "body")?;
        self.close(1, "text")?;
        self.close(0, "tbx")
    }

    fn entry(&mut self, record: &Record, id: &str, about: &About) -> io::Result<()> {
        self.open(3, "conceptEntry", &[("id", id)])?;
        for (field, element, category) in [
            (Field::Subject, "descrip", "subjectField"),
            (Field::Definition, "descrip", "definition"),
            (Field::Source, "admin", "source"),
        ] {
            let text = record.text(field);
            if !text.is_empty() {
                let module = if field == Field::Subject {
                    "min"
                } else {
                    "basic"
                };
                self.category(4, element, category, module, text)?;
            }
        }
        if !record.text(Field::Note).is_empty() {
            self.line(4, "note", &[], record.text(Field::Note))?;
        }
        if record.text(Field::Status) == "proposed" {
            self.line(4, "note", &[], tbx::PROPOSED)?;
        }
        self.transaction(record)?;
        let mut tags = vec![about.zh.tag()];
        for (at, _) in (0..).zip(REGIONS) {
            let tag = tag_of(Slot::Regional(at), about.zh);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        for tag in tags {
            self.language(record, Lang::Zh, tag, |slot| tag_of(slot, about.zh) == tag)?;
        }
        self.language(record, Lang::En, "en", |_| true)?;
        self.close(3, "conceptEntry")
    }

    fn transaction(&mut self, record: &Record) -> io::Result<()> {
        let (day, who) = (record.text(Field::Updated), record.text(Field::By));
        let Some(day) = date(day) else {
            return Ok(());
        };
        self.open(4, "transacGrp", &[])?;
        self.category(5, "transac", "transactionType", "basic", "modification")?;
        if !who.is_empty() {
            self.category(5, "transacNote", "responsibility", "basic", who)?;
        }
        self.line(5, "date", &[], &day)?;
        self.close(4, "transacGrp")
    }

    fn language(
        &mut self,
        record: &Record,
        lang: Lang,
        tag: &str,
        wanted: impl Fn(Slot) -> bool,
    ) -> io::Result<()> {
        let terms = record.cells.iter().filter_map(|(field, list)| match field {
            Field::Terms(l, slot) if *l == lang && wanted(*slot) => Some((*slot, list)),
            _ => None,
        });
        let terms: Vec<(Slot, &String)> = terms
            .flat_map(|(slot, list)| list.iter().map(move |term| (slot, term)))
            .collect();
        if terms.is_empty() {
            return Ok(());
        }
        self.open(4, "langSec", &[("xml:lang", tag)])?;
        for (slot, term) in terms {
            self.open(5, "termSec", &[])?;
            self.line(6, "term", &[], term)?;
            let status = match slot {
                Slot::Preferred | Slot::Regional(_) => "preferredTerm-admn-sts",
                Slot::Admitted | Slot::Abbreviation => "admittedTerm-admn-sts",
                Slot::Avoid => "deprecatedTerm-admn-sts",
            };
            self.category(6, "termNote", "administrativeStatus", "min", status)?;
            if slot == Slot::Abbreviation {
                self.category(6, "termNote", "termType", "basic", "abbreviation")?;
            }
            self.close(5, "termSec")?;
        }
        self.close(4, "langSec")
    }

    /// A data category, in the file's style.
    fn category(
        &mut self,
        depth: usize,
        element: &str,
        category: &str,
        module: &str,
        text: &str,
    ) -> io::Result<()> {
        match self.style {
            Style::Dca => self.line(depth, element, &[("type", category)], text),
            Style::Dct => self.line(depth, &format!("{module}:{category}"), &[], text),
        }
    }

    fn open(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.indent(depth)?;
        self.xml.start(name, attributes)?;
        self.xml.raw("\n")
    }

    fn close(&mut self, depth: usize, name: &str) -> io::Result<()> {
        self.indent(depth)?;
        self.xml.end(name)?;
        self.xml.raw("\n")
    }

    fn line(
        &mut self,
        depth: usize,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> io::Result<()> {
        self.indent(depth)?;
        self.xml.element(name, attributes, text)?;
        self.xml.raw("\n")
    }

    fn indent(&mut self, depth: usize) -> io::Result<()> {
        self.xml.raw(&"  ".repeat(depth))
    }
}

/// The language of a Chinese column in a glossary whose `zh` is written as one locale has it.
fn tag_of(slot: Slot, zh: Locale) -> &'static str {
    let Slot::Regional(at) = slot else {
        return zh.tag();
    };
    match REGIONS.get(usize::from(at)) {
        Some(region) if *region != zh => region.tag(),
        // In a glossary of Taiwan `zh` is Taiwan's already.
        _ => Locale::Hant.tag(),
    }
}

/// A day as the dialect writes it, `YYYY-MM-DD`; `None` where a text is none.
fn date(text: &str) -> Option<String> {
    let day: jiff::civil::Date = text.trim().parse().ok()?;
    (1..=9999).contains(&day.year()).then(|| day.to_string())
}

/// The ids of the entries, which the dialect asks for: a concept's own where XML allows it.
fn ids(records: &[Record]) -> Vec<String> {
    made::ids(records, is_own)
}

/// Whether an id is written as it is, and is taken for a concept's own when it is read again.
fn is_own(id: &str) -> bool {
    is_name(id) && !made::is_made(id)
}

/// Whether every program takes a text as an XML id. Schemas (`xs:ID`) go by the names
/// of XML 1.0, fourth edition, which knows fewer letters than the fifth; of them
/// these are: Latin of ISO 8859-1, kana, and the ideographs of Unicode 2.
fn is_name(text: &str) -> bool {
    let begins = |c: char| {
        matches!(
            c,
            '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
                | '\u{F8}'..='\u{FF}' | '\u{3007}' | '\u{3041}'..='\u{3094}'
                | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FA5}'
        )
    };
    let goes_on =
        |c: char| begins(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{30FC}'..='\u{30FE}');
    text.starts_with(begins) && text.chars().all(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_an_id() {
        assert!(
            ["c1", "_1", "概念-1", "é.2", "〇1", "データ"]
                .into_iter()
                .all(is_name)
        );
        let none = ["", "1", "ª1", "id²", "a b", "7:8", "①a"];
        assert!(!none.into_iter().any(is_name));
        // Names only since the fifth edition of XML 1.0.
        let new = ["㐀1", "𠀀1", "ﬀ1", "ₐ1", "ϳ1", "Ⅰ1", "龦1", "鿿1"];
        assert!(!new.into_iter().any(is_name));
    }

    #[test]
    fn days_have_one_form() {
        let day = Some("2026-03-01".to_owned());
        assert_eq!(date("2026-03-01"), day);
        assert_eq!(date("20260301"), day);
        assert_eq!(date("2026-03-01T10:00:00"), day);
        let none = [
            "",
            "March",
            "2026-3-1",
            "2026-02-30",
            "0000-01-01",
            "-000001-01-01",
        ];
        assert!(none.into_iter().all(|text| date(text).is_none()));
    }

    #[test]
    fn every_entry_has_an_id_of_its_own() {
        let text =
            "zh\ten\tid\n关税\ttariff\t\n关税\ttariff\t7\n配额\tquota\tc1\n份额\tshare\tc1\n";
        let records = crate::glossary::exchange::of_glossary(text).unwrap();
        let all = ids(&records);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 4);
        assert!(all.iter().all(|id| is_name(id)), "{all:?}");
        assert_eq!(all[2], "c1");
        assert_eq!(all[1], format!("{}-2", all[0]));
        assert!([0, 1, 3].into_iter().all(|at| made::is_made(&all[at])));
        assert_eq!(all, ids(&records), "the same in every export");
        assert!(!made::is_made("zm-1") && !made::is_made("c1"));
    }
}
