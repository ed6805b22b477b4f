//! GNU gettext PO, read: contexts, plural forms, flags, previous and obsolete
//! entries. (The format is described in the gettext manual, "PO Files".)

mod entry;

use std::collections::VecDeque;
use std::io::BufRead;

use encoding_rs::Encoding;

use entry::Entry;

use super::{Bytes, Item, Refused, Unit, Variant, quote, side};
use crate::lang::Lang;
use crate::model::document::State;
use crate::text::decode;
use crate::text::detect;
use crate::text::stream::{Spot, Stream};
use crate::xml::Fault;

/// A PO file being read.
#[derive(Debug)]
pub(super) struct Po {
    pub(super) text: Stream<Bytes>,
    header: Header,
    entry: Entry,
    ready: VecDeque<Item>,
    notes: Vec<Fault>,
    /// Entries read, the header among them.
    entries: usize,
    obsolete: usize,
    over: bool,
}

/// What the header entry says.
#[derive(Debug, Default)]
struct Header {
    /// The language of the translations.
    target: String,
    /// The language of the originals.
    source: String,
    /// Whether this program wrote the file: contexts are its own then.
    own: bool,
}

impl Po {
    /// `tag` is the language that the file's name tells.
    pub(super) fn new(bytes: Bytes, encoding: Option<&str>, tag: Option<String>) -> Self {
        Self {
            text: Stream::new(bytes, encoding, charset),
            header: Header {
                target: tag.unwrap_or_default(),
                ..Header::default()
            },
            entry: Entry::default(),
            ready: VecDeque::new(),
            notes: Vec::new(),
            entries: 0,
            obsolete: 0,
            over: false,
        }
    }

    /// Whether this program wrote the file.
    pub(super) fn own(&self) -> bool {
        self.header.own
    }

    pub(super) fn notes(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.notes)
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, Fault> {
        let mut line = String::new();
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            if self.over {
                return Ok(None);
            }
            line.clear();
            let spot = self.text.mark();
            let fault = |message: String| Fault { spot, message };
            match self.text.read_line(&mut line) {
                Ok(0) => {
                    self.over = true;
                    self.finish();
                    if self.entries == 0 && self.ready.is_empty() {
                        return Err(fault("this is not a PO file: it has no msgid".into()));
                    }
                    self.sum(spot);
                }
                Ok(_) => self.line(line.trim_end_matches(['\n', '\r']), spot),
                Err(error) => {
                    self.over = true;
                    return Err(fault(error.to_string()));
                }
            }
        }
    }

    /// What is to be said of the whole file.
    fn sum(&mut self, spot: Spot) {
        if self.obsolete > 0 {
            let count = self.obsolete;
            self.notes.push(Fault {
                spot,
                message: format!(
                    "{count} obsolete entries (#~) are read too, with a note that says so"
                ),
            });
        }
    }

    fn line(&mut self, line: &str, spot: Spot) {
        let line = line.trim_start();
        let (line, obsolete) = match line.strip_prefix("#~") {
            Some(rest) => (rest.trim_start(), true),
            None => (line, false),
        };
        if line.is_empty() {
            self.finish();
            return;
        }
        if self.entry.ends_before(line) {
            if self.entry.translations.is_empty() {
                let place = self.entry.spot.unwrap_or(spot);
                let reason = "a msgid without a msgstr".to_owned();
                self.entry.fault.get_or_insert((place, reason));
            }
            self.finish();
        }
        self.entry.obsolete |= obsolete;
        self.entry.line(line, spot);
    }

    /// The entry that was read is whole.
    fn finish(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if !entry.id_seen && entry.fault.is_none() {
            return; // comments alone
        }
        self.entries += usize::from(entry.id_seen);
        if let Some((spot, reason)) = entry.fault {
            self.ready.push_back(Item::Refused(Refused {
                spot,
                reason,
                quote: quote(&entry.id),
            }));
            return;
        }
        if entry.id.is_empty() && entry.context.is_none() {
            self.header
                .read(entry.translations.first().map_or("", String::as_str));
            return;
        }
        self.obsolete += usize::from(entry.obsolete);
        self.units(&entry);
    }

    /// The units of an entry: one, or one for each of two plural forms.
    fn units(&mut self, entry: &Entry) {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let translated = entry.translations.iter().map(String::as_str);
        let mut translated = translated.filter(|text| !text.is_empty());
        if let Some(first) = translated.next() {
            pairs.push((&entry.id, first));
            // Chinese has one form for both.
            let last = translated.next_back().unwrap_or(first);
            if let Some(plural) = &entry.plural {
                pairs.push((plural, last));
            }
        }
        if pairs.is_empty() {
            pairs.push((&entry.id, ""));
        }
        for (id, text) in pairs {
            let unit = self.unit(entry, id, text);
            self.ready.push_back(Item::Unit(unit));
        }
    }

    fn unit(&self, entry: &Entry, id: &str, translation: &str) -> Unit {
        let (source, target) = self.header.languages(id, translation);
        // The string's own place, found by which string it is.
        let places = |text: &str| {
            let of = |string: &str| std::ptr::eq(string, text);
            let number = if of(&entry.id) {
                0
            } else if entry.plural.as_deref().is_some_and(of) {
                1
            } else {
                let form = entry.translations.iter().position(|t| of(t));
                form.map_or(0, |form| form + 2)
            };
            entry.pieces.get(number).cloned().unwrap_or_default()
        };
        let variant = |lang: &str, text: &str| Variant {
            lang: lang.to_owned(),
            text: text.to_owned(),
            pieces: places(text),
        };
        let mut unit = Unit {
            spot: entry.spot.unwrap_or_default(),
            variants: vec![variant(&source, id), variant(&target, translation)],
            source,
            state: if entry.fuzzy {
                State::Draft
            } else {
                State::Translated
            },
            document: entry.documents(),
            ..Unit::default()
        };
        unit.remark(&entry.remarks.join("\n"));
        unit.remark(&entry.extracted.join("\n"));
        if let Some(context) = entry.context.as_ref().filter(|_| !self.header.own) {
            unit.remark(&format!("context: {context}"));
        }
        if entry.obsolete {
            unit.remark("obsolete");
        }
        unit
    }
}

impl Header {
    fn read(&mut self, text: &str) {
        for line in text.lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "language" if !value.is_empty() => value.clone_into(&mut self.target),
                "x-source-language" if !value.is_empty() => value.clone_into(&mut self.source),
                "x-generator" => self.own = value.starts_with(super::tmx::TOOL),
                _ => {}
            }
        }
    }

    /// The languages of an original and its translation: as the header says;
    /// where it says nothing, as the texts look.
    fn languages(&self, id: &str, translation: &str) -> (String, String) {
        let tag = |lang: Option<Lang>| lang.map_or_else(String::new, |lang| lang.tag().to_owned());
        let target = if self.target.is_empty() {
            tag(detect::language(translation))
        } else {
            self.target.clone()
        };
        if !self.source.is_empty() {
            return (self.source.clone(), target);
        }
        // By custom programs are written in English.
        let source = match side(&target) {
            Some(Lang::En) => tag(detect::language(id)),
            _ => "en".to_owned(),
        };
        (source, target)
    }
}

/// The encoding that the header names.
fn charset(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.split_once("charset=")?;
    let label = rest.split(['\\', '"', ';', ' ', '\n']).next()?;
    decode::named(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::tests::bytes;

    fn items(text: &str) -> (Vec<Item>, Vec<String>) {
        let mut po = Po::new(bytes(text), None, None);
        let mut found = Vec::new();
        while let Some(item) = po.next_item().unwrap() {
            found.push(item);
        }
        (found, po.notes().into_iter().map(|n| n.message).collect())
    }

    /// The line, both texts, state and note of each unit; the line and reason of what is refused.
    fn short(text: &str) -> Vec<String> {
        let one = |item: &Item| match item {
            Item::Unit(u) => format!(
                "{} {}={} {} {}",
                u.spot.line,
                u.variants[0].text,
                u.variants[1].text,
                u.state.name(),
                u.note
            ),
            Item::Refused(r) => format!("{} {}", r.spot.line, r.reason),
        };
        items(text).0.iter().map(one).collect()
    }

    const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n\n";

    #[test]
    fn entries_of_all_kinds() {
        let text = format!(
            "{HEAD}# remark\n#. extracted\n#: src/a.c:10 src/b.c:7\n#, fuzzy, c-format\n#| msgid \"old\"\n#| \"er\"\n\
             msgctxt \"menu\"\nmsgid \"Open \"\n\"%s\\n\"\nmsgstr \"打开 %s\\n\"\n\n\
             msgid \"file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d 个文件\"\n\
             #~ msgid \"gone\"\n#~ msgstr \"没了\"\n\nmsgid \"todo\"\nmsgstr \"\"\n"
        );
        assert_eq!(
            short(&text),
            [
                "12 Open %s\n=打开 %s\n draft remark | extracted | context: menu",
                "16 file=%d 个文件 translated ",
                "16 %d files=%d 个文件 translated ",
                "19 gone=没了 translated obsolete",
                "22 todo= translated ",
            ]
        );
        let (found, notes) = items(&text);
        let Item::Unit(unit) = &found[0] else {
            panic!()
        };
        assert_eq!(unit.document, "src/a.c | src/b.c");
        assert_eq!(
            (unit.source.as_str(), unit.variants[1].lang.as_str()),
            ("en", "zh_CN")
        );
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn broken_entries_are_refused_and_the_next_one_is_read() {
        let text = format!(
            "{HEAD}msgid \"a\nmsgstr \"甲\"\n\nmsgstr \"乙\"\n\nmsgid \"c\"\nmsgwhat \"丙\"\n\nmsgid \"d\"\nmsgstr \"丁\" x\n\n\
             msgid \"e\"\nmsgstr \"戊\"\n"
        );
        assert_eq!(
            short(&text),
            [
                "5 the string has no closing quotation mark",
                "8 a msgstr without a msgid",
                "11 `msgwhat` is no keyword of PO",
                "14 something follows the closing quotation mark",
                "16 e=戊 translated ",
            ]
        );
    }

    #[test]
    fn two_entries_without_a_line_between_are_not_one() {
        let text = format!(
            "{HEAD}msgid \"a\"\nmsgid \"b\"\nmsgstr \"乙\"\nmsgid \"c\"\nmsgstr \"丙\"\nmsgstr \"丁\"\n#~\n\
             #: x.c:1 y.c:2 x.c:3\nmsgid \"d\"\nmsgstr \"戊\"\n"
        );
        assert_eq!(
            short(&text),
            [
                "5 a msgid without a msgstr",
                "6 b=乙 translated ",
                "10 a second msgstr",
                "13 d=戊 translated ",
            ]
        );
        let Some(Item::Unit(last)) = items(&text).0.pop() else {
            panic!()
        };
        assert_eq!(last.document, "x.c | y.c");
    }

    #[test]
    fn languages_are_those_of_the_header_or_of_the_texts() {
        let tags = |header: &str, entry: &str| {
            let text = format!("msgid \"\"\nmsgstr \"{header}\"\n\n{entry}");
            let (found, _) = items(&text);
            let Item::Unit(unit) = &found[0] else {
                panic!()
            };
            format!("{}>{}", unit.variants[0].lang, unit.variants[1].lang)
        };
        let chinese = "msgid \"open\"\nmsgstr \"打开\"\n";
        assert_eq!(tags("Language: fr\\n", chinese), "en>fr");
        assert_eq!(tags("", chinese), "en>zh");
        assert_eq!(
            tags("Language: en\\n", "msgid \"打开\"\nmsgstr \"open\"\n"),
            "zh>en"
        );
        assert_eq!(
            tags("Language: zh\\nX-Source-Language: de\\n", chinese),
            "de>zh"
        );
    }

    #[test]
    fn another_file_is_refused() {
        let bytes: Bytes = Box::new(&b"\xde\x12\x04\x95\0\0"[..]);
        let mut po = Po::new(bytes, None, None);
        let found: Vec<_> = std::iter::from_fn(|| po.next_item().transpose())
            .take(5)
            .collect();
        assert!(
            found
                .iter()
                .any(|item| matches!(item, Err(_) | Ok(Item::Refused(_))))
        );
    }
}
