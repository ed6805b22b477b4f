//! TBX (ISO 30042) 2 and 3 in either style, and `MultiTerm`'s XML, which is built alike.
//!
//! Vendors differ in where they put things, so the reader goes by what a
//! thing is called, on whatever level it stands: `type="definition"` (DCA, TBX
//! 2) and `<basic:definition>` (DCT) are the same to it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Asked, Body, Content, Encoding, Field, Known, Record, Remark, Spot, number};
use crate::error::{Error, Result};
use crate::glossary::columns::{Slot, of_locale};
use crate::glossary::words::{self, Standing, day, is_abbreviation, standing};
use crate::lang::{Lang, Locale};
use crate::text::chars::one_line;
use crate::text::decode::Unread;
use crate::xml::{Event, Reader, Tag};

/// The name of the first element of XML bytes; `None` where they are not XML.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    let head: Vec<u8> = bytes
        .iter()
        .copied()
        .take(20_000)
        .filter(|byte| *byte != 0)
        .collect();
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    if !text.starts_with('<') {
        return None;
    }
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..)?;
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-'))
            .collect();
        if !name.is_empty() {
            return Some(name.rsplit(':').next().unwrap_or(&name).to_owned());
        }
        if rest.starts_with("!--") {
            rest = rest.split_once("-->")?.1;
        } else if rest.starts_with("!DOCTYPE") && rest.split_once('>')?.0.contains('[') {
            rest = rest.split_once("]>")?.1;
        }
    }
    None
}

/// Reads the concepts of a TBX file.
///
/// # Errors
/// It is XML of another kind, or broken.
pub(super) fn read(path: &Path, bytes: &[u8], asked: &Asked, root: &str) -> Result<Content> {
    if let Some(why) = other(root) {
        return Err(Error::file(path, None, why));
    }
    let mut xml = Reader::new(bytes, asked.encoding.as_deref());
    let mut file = File::default();
    loop {
        match xml.next_event().map_err(|fault| fault.error(path))? {
            Event::Start(tag) => {
                let spot = xml.spot();
                file.start(
                    &tag,
                    Spot {
                        sheet: None,
                        line: spot.line,
                        column: spot.column,
                    },
                );
            }
            Event::Text(text) => file.text.push_str(&text),
            Event::End(name) => file.end(&local(&name)),
            Event::Eof => break,
        }
    }
    let (name, guessed) = xml.encoding();
    let notes = xml.notes().into_iter().map(|note| {
        let spot = Spot {
            sheet: None,
            line: note.spot.line,
            column: note.spot.column,
        };
        Remark::new(spot, "xml", note.message)
    });
    let mut remarks: Vec<Remark> = notes.collect();
    remarks.append(&mut file.remarks);
    remarks.extend(file.left_out());
    Ok(Content {
        format: if root == "mtf" {
            "MultiTerm XML".to_owned()
        } else {
            format!("TBX{}", file.dialect)
        },
        encoding: Some(Encoding {
            name,
            known: match (&asked.encoding, guessed) {
                (Some(_), _) => Known::Said,
                (None, true) => Known::Guessed,
                (None, false) => Known::Sure,
            },
            bom: bytes.starts_with(&[0xEF, 0xBB, 0xBF])
                || bytes.starts_with(&[0xFF, 0xFE])
                || bytes.starts_with(&[0xFE, 0xFF]),
            crlf: bytes.windows(2).take(100_000).any(|two| two == b"\r\n"),
            unread: Unread::new(),
        }),
        body: Body::Records(file.records),
        remarks,
        rejected: Vec::new(),
    })
}

/// Why XML with this first element is not read here; `None` where it is.
fn other(root: &str) -> Option<String> {
    Some(match root.to_lowercase().as_str() {
        "tbx" | "martif" | "mtf" | "martifheader" => return None,
        "tmx" | "xliff" => {
            "is a translation memory or a document: `zm memory import` takes it".to_owned()
        }
        "html" | "table" | "body" => {
            "is a web page under another name: open it in a spreadsheet and save it as XLSX"
                .to_owned()
        }
        "workbook" => "is a workbook of Excel 2003 in XML: save it as XLSX".to_owned(),
        _ => format!("is XML of a kind not read here (<{root}>); of XML, TBX is"),
    })
}

/// A name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// A term being read.
#[derive(Default)]
struct Term {
    text: String,
    standing: Option<Standing>,
    short: bool,
}

impl Term {
    /// Takes in a word about it; what is to be avoided stays so.
    fn stands(&mut self, word: Standing) {
        if !matches!(self.standing, Some(Standing::Avoid(_))) {
            self.standing = Some(word);
        }
    }
}

/// A file being read.
#[derive(Default)]
struct File {
    /// What the root element says of the dialect, for people.
    dialect: String,
    records: Vec<Record>,
    remarks: Vec<Remark>,
    /// The elements that are open: name, and the kind of thing it holds.
    open: Vec<(String, String)>,
    /// The text of the element that is open.
    text: String,
    entry: Option<Record>,
    /// The terms of the entry by language: `None` for a third one.
    terms: Vec<(Option<Locale>, Term)>,
    language: Option<(String, Option<Locale>)>,
    term: Option<Term>,
    /// The last transaction: what it was, who, when.
    transaction: [String; 3],
    /// What the transaction was that the entry's day is from.
    dated: Option<String>,
    /// Things that have no column, and how often they stand there.
    unknown: BTreeMap<String, usize>,
    languages: BTreeMap<String, usize>,
}

/// The note that says in TBX that a concept is proposed: the dialect has no place for it.
pub(super) const PROPOSED: &str = "status: proposed";

const ENTRY: [&str; 3] = ["conceptEntry", "termEntry", "conceptGrp"];
const LANGUAGE: [&str; 3] = ["langSec", "langSet", "languageGrp"];
const TERM: [&str; 4] = ["termSec", "tig", "ntig", "termGrp"];
/// Elements whose `type` says what they hold.
const TYPED: [&str; 9] = [
    "descrip",
    "admin",
    "termNote",
    "transac",
    "transacNote",
    "descripNote",
    "adminNote",
    "ref",
    "xref",
];
/// Elements that mark a part of a text, and are part of it.
const MARKS: [&str; 5] = ["hi", "foreign", "sc", "ec", "ph"];
/// Elements that only hold others, or text of their parent's.
const FRAMES: [&str; 14] = [
    "descripGrp",
    "adminGrp",
    "transacGrp",
    "termNoteGrp",
    "noteGrp",
    "hi",
    "foreign",
    "sc",
    "ec",
    "ph",
    "body",
    "text",
    "back",
    "tbx",
];

impl File {
    /// What is said of things that have no column, and of other languages.
    fn left_out(&self) -> Vec<Remark> {
        let whole = |kind, message| Remark::new(Spot::default(), kind, message);
        let unknown = self.unknown.iter().map(|(key, count)| {
            let (_, are) = number(*count);
            let why = "as a glossary has no column for it";
            whole(
                "left",
                format!("`{key}`: {count} {are} not imported, {why}"),
            )
        });
        let others = self.languages.iter().map(|(language, count)| {
            let (s, are) = number(*count);
            let message = format!("{count} term{s} in `{language}` {are} not imported");
            whole("language", message)
        });
        unknown.chain(others).collect()
    }

    fn start(&mut self, tag: &Tag, spot: Spot) {
        let name = local(&tag.name);
        let get = |key: &str| tag.get(key).unwrap_or_default();
        if ["tbx", "martif"].contains(&name.as_str()) {
            let style = get("style");
            self.dialect = match (get("type").as_str(), style.as_str()) {
                ("" | "TBX", _) => String::new(),
                (kind, "") => format!(" ({kind})"),
                (kind, style) => format!(" ({kind}, {style})"),
            };
        }
        if ENTRY.contains(&name.as_str()) {
            let mut record = Record::at(spot);
            record.join(Field::Id, &get("id"));
            record.disown();
            self.entry = Some(record);
            self.terms.clear();
            self.language = None;
            self.dated = None;
            self.transaction = <[String; 3]>::default();
        }
        if LANGUAGE.contains(&name.as_str()) {
            self.speaks(&get("xml:lang"));
        }
        if name == "language" {
            let code = get("lang");
            self.speaks(
                if code.is_empty() {
                    tag.get("type").unwrap_or_default()
                } else {
                    code
                }
                .as_str(),
            );
        }
        if TERM.contains(&name.as_str()) && self.term.is_none() && self.language.is_some() {
            self.term = Some(Term::default());
        }
        let kind = match get("type") {
            kind if TYPED.contains(&name.as_str()) && !kind.is_empty() => kind,
            _ => name.clone(),
        };
        if self.entry.is_some() && !get("target").is_empty() {
            self.count(&format!("target of {kind}"));
        }
        // Marks inside a text are part of it; anything else begins anew.
        if !self.is_mark(&name) {
            self.text.clear();
        }
        self.open.push((name, kind));
    }

    /// Whether an element in the one that is open is a mark inside of its text: `MultiTerm` has
    /// cross-references there, others have them beside.
    fn is_mark(&self, name: &str) -> bool {
        let holds = |(parent, _): &(String, String)| {
            let parent = parent.as_str();
            let frames = [&ENTRY[..], &LANGUAGE[..], &TERM[..], &FRAMES[..]];
            !frames.iter().any(|names| names.contains(&parent))
        };
        let reference = ["xref", "ref"].contains(&name);
        MARKS.contains(&name) || reference && self.open.last().is_some_and(holds)
    }

    fn speaks(&mut self, tag: &str) {
        let locale = tag
            .parse()
            .ok()
            .or_else(|| Lang::from_tag(tag).map(Locale::from));
        self.language = Some((tag.to_owned(), locale));
    }

    fn end(&mut self, name: &str) {
        let Some((_, kind)) = self.open.pop() else {
            return;
        };
        if self.is_mark(name) {
            return;
        }
        let text = one_line(&std::mem::take(&mut self.text));
        let inside_term = self
            .open
            .iter()
            .any(|(name, _)| TERM.contains(&name.as_str()));
        if name == "term" {
            if let Some(term) = &mut self.term {
                term.text = text;
            }
        } else if TERM.contains(&name) && !inside_term {
            self.end_term();
        } else if LANGUAGE.contains(&name) {
            self.language = None;
        } else if ENTRY.contains(&name) {
            self.end_entry();
        } else if name == "transacGrp" {
            self.end_transaction();
        } else if self.entry.is_some() && !FRAMES.contains(&name) && !text.is_empty() {
            self.say(&kind, &text);
        } else if !FRAMES.contains(&name)
            && !text.is_empty()
            && self.open.iter().any(|(name, _)| name == "back")
        {
            self.count(&format!("{kind} in <back>"));
        }
    }

    /// Something that is said about the entry, a language of it or a term.
    fn say(&mut self, kind: &str, text: &str) {
        let plain = kind.to_lowercase().replace([' ', '-', '_'], "");
        let foreign = matches!(self.language, Some((_, None)));
        let Some(record) = &mut self.entry else {
            return;
        };
        match (plain.as_str(), &mut self.term) {
            (
                "administrativestatus"
                | "normativeauthorization"
                | "status"
                | "usagestatus"
                | "termstatus"
                | "lionstatus",
                Some(term),
            ) => {
                if let Some(word) = standing(text) {
                    term.stands(word);
                } else {
                    // Not agreed on, for all that is known of it.
                    term.standing = term.standing.or(Some(Standing::Proposed));
                    self.count(&format!("{kind} {text}"));
                }
            }
            // Other words about its use have no column.
            ("usage", Some(term)) if standing(text).is_some() => {
                term.stands(standing(text).unwrap_or(Standing::Admitted));
            }
            ("forbidden", Some(term)) if words::is_answer(text) => {
                if words::is_yes(text) {
                    term.stands(Standing::Avoid(true));
                }
            }
            // MultiTerm has a field for it, by whatever name: `Type` is its own.
            ("termtype" | "type", Some(term)) if words::is_term_type(text) => {
                term.short = is_abbreviation(text);
            }
            ("termtype", Some(_)) => self.count(&format!("{kind} {text}")),
            ("type", None) if words::is_type(text) && record.text(Field::Type).is_empty() => {
                record.join(Field::Type, words::concept_type(text).unwrap_or_default());
            }
            ("abbreviatedformfor" | "abbreviationfor", Some(term)) => term.short = true,
            ("processstatus" | "status" | "entrystatus", None)
                if standing(text) == Some(Standing::Proposed) =>
            {
                record.join(Field::Status, "proposed");
            }
            ("transactiontype", _) => text.clone_into(&mut self.transaction[0]),
            // MultiTerm says here who it was.
            ("origination" | "modification", _) => {
                self.transaction[0].clone_from(&plain);
                if self.transaction[1].is_empty() && text != plain {
                    text.clone_into(&mut self.transaction[1]);
                }
            }
            ("responsibility" | "responsibleperson", _) => {
                text.clone_into(&mut self.transaction[1]);
            }
            ("date", _) => text.clone_into(&mut self.transaction[2]),
            ("note", None) if text == PROPOSED => record.join(Field::Status, "proposed"),
            // What is said in a third language stays there.
            _ if foreign => self.count(&format!("{kind} in another language")),
            ("subjectfield" | "subject" | "domain", _) => record.join(Field::Subject, text),
            ("definition" | "explanation", _) => record.join(Field::Definition, text),
            (
                "note" | "context" | "example" | "usagenote" | "comment" | "samplesentence"
                | "usageexample",
                _,
            ) => record.join(Field::Note, text),
            ("source" | "sourceidentifier" | "reference", _) => record.join(Field::Source, text),
            ("concept", _) if record.text(Field::Id).is_empty() => record.join(Field::Id, text),
            _ => self.count(kind),
        }
    }

    fn count(&mut self, kind: &str) {
        *self.unknown.entry(kind.to_owned()).or_default() += 1;
    }

    /// The last change of an entry is its day, and who made it; other transactions are counted.
    fn end_transaction(&mut self) {
        let [what, who, when] = std::mem::take(&mut self.transaction);
        let Some(record) = &mut self.entry else {
            return;
        };
        let what = match what.as_str() {
            "" => "transaction".to_owned(),
            what => format!("transaction {what}"),
        };
        if self.language.is_some() {
            return self.count(&format!("{what} of a language or term"));
        }
        let day = day(&when).filter(|day| record.text(Field::Updated) < day.as_str());
        let Some(day) = day else {
            return self.count(&what);
        };
        record.cells.insert(Field::Updated, vec![day]);
        if !who.is_empty() {
            record.cells.insert(Field::By, vec![who]);
        }
        if let Some(earlier) = self.dated.replace(what) {
            self.count(&earlier);
        }
    }

    fn end_term(&mut self) {
        let (Some(term), Some((tag, locale))) = (self.term.take(), &self.language) else {
            return;
        };
        if locale.is_none() {
            *self.languages.entry(tag.clone()).or_default() += 1;
            if let Some(record) = &mut self.entry
                && !record.others.contains(tag)
            {
                record.others.push(tag.clone());
            }
        }
        if !term.text.is_empty() {
            self.terms.push((*locale, term));
        }
    }

    /// Puts the terms of an entry into their columns: where none of a language is
    /// said to be preferred the first is, and the others are admitted.
    fn end_entry(&mut self) {
        let Some(mut record) = self.entry.take() else {
            return;
        };
        let mut seen: Vec<Field> = Vec::new();
        let preferred: Vec<Locale> = self
            .terms
            .iter()
            .filter(|(_, t)| t.standing == Some(Standing::Preferred) && !t.short)
            .filter_map(|(l, _)| *l)
            .collect();
        for (locale, term) in std::mem::take(&mut self.terms) {
            let Some(locale) = locale else { continue };
            let name = of_locale(locale, Slot::Preferred);
            let lang = locale.lang();
            let any = preferred.contains(&locale);
            let field = match term.standing {
                Some(Standing::Avoid(_) | Standing::Superseded) => Field::Terms(lang, Slot::Avoid),
                _ if term.short => Field::Terms(lang, Slot::Abbreviation),
                Some(Standing::Admitted) => Field::Terms(lang, Slot::Admitted),
                Some(Standing::Preferred) => name,
                _ if !any && !seen.contains(&name) => name,
                _ => Field::Terms(lang, Slot::Admitted),
            };
            match term.standing {
                Some(Standing::Superseded) => {
                    let message = format!(
                        "`{}` is superseded: it goes to the column of terms to avoid; since when is not known",
                        term.text
                    );
                    self.remarks
                        .push(Remark::new(record.spot.clone(), "superseded", message));
                }
                Some(Standing::Avoid(true)) => {
                    let message = format!("`{}` is forbidden: that becomes deprecated", term.text);
                    self.remarks
                        .push(Remark::new(record.spot.clone(), "forbidden", message));
                }
                Some(Standing::Proposed) => record.join(Field::Status, "proposed"),
                _ => {}
            }
            seen.push(field);
            record.add(field, &term.text);
        }
        for lang in [Lang::Zh, Lang::En] {
            promote(&mut record, lang);
        }
        self.records.push(record);
    }
}

/// A language that has only short forms has the first of them as its term.
fn promote(record: &mut Record, lang: Lang) {
    let named = record
        .terms(lang)
        .any(|(field, _)| !matches!(field, Field::Terms(_, Slot::Abbreviation)));
    let short = Field::Terms(lang, Slot::Abbreviation);
    if !named && let Some(list) = record.cells.get_mut(&short) {
        let first = list.remove(0);
        if list.is_empty() {
            record.cells.remove(&short);
        }
        record.add(Field::Terms(lang, Slot::Preferred), &first);
    }
}

#[cfg(test)]
mod tests;
