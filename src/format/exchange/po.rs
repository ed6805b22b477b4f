//! GNU gettext PO, read: contexts, plural forms, flags, previous and obsolete
//! entries. (The format is described in the gettext manual, "PO Files".)

use std::collections::VecDeque;
use std::io::BufRead;

use encoding_rs::Encoding;

use super::{Bytes, Item, Refused, Unit, Variant, quote, side};
use crate::lang::Lang;
use crate::model::document::{Piece, State};
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

/// Which string of an entry a line goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Field {
    #[default]
    None,
    Context,
    Id,
    Plural,
    Translation(usize),
    /// What the original was before: it is not needed.
    Previous,
}

/// An entry while its lines are read.
#[derive(Debug, Default)]
struct Entry {
    spot: Spot,
    field: Field,
    /// Whether `msgid` was seen.
    id_seen: bool,
    context: Option<String>,
    id: String,
    plural: Option<String>,
    translations: Vec<String>,
    /// Where the strings were read: of `msgid`, of `msgid_plural`, of each `msgstr`.
    pieces: [Vec<Piece>; 12],
    remarks: Vec<String>,
    extracted: Vec<String>,
    files: Vec<String>,
    fuzzy: bool,
    obsolete: bool,
    fault: Option<(Spot, String)>,
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
        if line.is_empty() && !obsolete {
            self.finish();
            return;
        }
        let begins = line.starts_with('#') && !line.starts_with("#|")
            || line.starts_with("msgctxt")
            || (line.starts_with("msgid") && !line.starts_with("msgid_plural"));
        if begins && !self.entry.translations.is_empty() {
            self.finish();
        }
        let entry = &mut self.entry;
        if *entry == Entry::default() {
            entry.spot = spot;
        }
        entry.obsolete |= obsolete;
        if line.starts_with('#') || line.starts_with('|') {
            entry.comment(line);
        } else if let Err(reason) = entry.string(line, spot) {
            entry.fault.get_or_insert((spot, reason));
        }
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
            spot: entry.spot,
            variants: vec![variant(&source, id), variant(&target, translation)],
            source,
            state: if entry.fuzzy {
                State::Draft
            } else {
                State::Translated
            },
            document: entry.files.join(" | "),
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

impl PartialEq for Entry {
    /// Whether nothing but the place is different.
    fn eq(&self, other: &Self) -> bool {
        let parts = |e: &Self| (e.id_seen, e.fuzzy, e.obsolete, e.field, e.fault.is_some());
        let lists = |e: &Self| [e.remarks.len(), e.extracted.len(), e.files.len()];
        parts(self) == parts(other) && lists(self) == lists(other)
    }
}

impl Entry {
    /// A comment line of any kind.
    fn comment(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("#|").or_else(|| line.strip_prefix('|')) {
            if !rest.trim_start().starts_with('"') || self.field != Field::Previous {
                self.field = Field::Previous;
            }
        } else if let Some(flags) = line.strip_prefix("#,") {
            self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(places) = line.strip_prefix("#:") {
            for file in files(places) {
                if !file.is_empty() && !self.files.contains(&file) {
                    self.files.push(file);
                }
            }
        } else if let Some(text) = line.strip_prefix("#.") {
            self.extracted.push(text.trim().to_owned());
        } else if let Some(text) = line.strip_prefix('#') {
            self.remarks
                .push(text.strip_prefix(' ').unwrap_or(text).to_owned());
        }
    }

    /// A line with a keyword or the continuation of a string.
    fn string(&mut self, line: &str, spot: Spot) -> Result<(), String> {
        let (keyword, string) = match line.find('"') {
            Some(at) => crate::span::halves(line, at),
            None => (line, ""),
        };
        let (text, pieces) = unquoted(string)?;
        let start = spot.offset as u32 + keyword.len() as u32;
        match keyword.trim() {
            "" if self.field == Field::None => return Err("a string without a keyword".into()),
            "" => {}
            "msgctxt" => {
                self.field = Field::Context;
                self.context = Some(String::new());
            }
            "msgid" => {
                if !self.id_seen {
                    self.spot = spot;
                }
                self.id_seen = true;
                self.field = Field::Id;
            }
            "msgid_plural" => {
                self.field = Field::Plural;
                self.plural = Some(String::new());
            }
            keyword => {
                let form = translation(keyword)
                    .ok_or_else(|| format!("`{}` is no keyword of PO", quote(keyword)))?;
                if !self.id_seen {
                    return Err("a msgstr without a msgid".into());
                }
                self.translations
                    .resize((form + 1).max(self.translations.len()), String::new());
                self.field = Field::Translation(form);
            }
        }
        let (number, whole) = match self.field {
            Field::Context => {
                self.context.get_or_insert_default().push_str(&text);
                return Ok(());
            }
            Field::Id => (0, &mut self.id),
            Field::Plural => (1, self.plural.get_or_insert_default()),
            Field::Translation(form) => match self.translations.get_mut(form) {
                Some(translation) => (form + 2, translation),
                None => return Ok(()),
            },
            Field::None | Field::Previous => return Ok(()),
        };
        if let Some(known) = self.pieces.get_mut(number) {
            known.extend(pieces.iter().map(|piece| Piece {
                unit: whole.len() as u32 + piece.unit,
                file: start + piece.file,
            }));
        }
        whole.push_str(&text);
        Ok(())
    }
}

/// The files of a line of places, `a.c:10 b.c:7`; a name with spaces in it
/// stands between isolates (gettext 0.22).
fn files(places: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, part) in places.split('\u{2068}').enumerate() {
        let (whole, rest) = match part.split_once('\u{2069}') {
            Some((whole, rest)) if at > 0 => (Some(whole), rest),
            _ => (None, part),
        };
        found.extend(whole.map(|name| without_line(name).to_owned()));
        let rest = rest.split_whitespace().map(without_line);
        found.extend(rest.map(str::to_owned));
    }
    found
}

/// A place without its line.
fn without_line(place: &str) -> &str {
    match place.rsplit_once(':') {
        Some((file, line)) if line.chars().all(|c| c.is_ascii_digit()) => file,
        _ => place,
    }
}

/// The number of the form that `msgstr` or `msgstr[1]` names.
fn translation(keyword: &str) -> Option<usize> {
    let rest = keyword.strip_prefix("msgstr")?.trim();
    if rest.is_empty() {
        return Some(0);
    }
    let number = rest.strip_prefix('[')?.strip_suffix(']')?;
    number.trim().parse().ok().filter(|&form: &usize| form < 10)
}

/// The text of a quoted string, and where in it the text was read: an escape
/// is a piece of its own, at its second character, and what follows it another.
fn unquoted(string: &str) -> Result<(String, Vec<Piece>), String> {
    let inside = string.trim_end().strip_prefix('"');
    let Some(inside) = inside else {
        return Err("the string has no quotation marks".into());
    };
    let mut text = String::with_capacity(inside.len());
    let mut pieces = vec![Piece { unit: 0, file: 1 }];
    let mut chars = inside.char_indices().peekable();
    loop {
        match chars.next() {
            None => return Err("the string has no closing quotation mark".into()),
            Some((_, '"')) => break,
            Some((_, '\\')) => {
                let (at, c) = chars.next().ok_or("the string ends in a backslash")?;
                pieces.retain(|piece| (piece.unit as usize) < text.len());
                pieces.push(Piece {
                    unit: text.len() as u32,
                    file: at as u32 + 1,
                });
                match c {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'a' => text.push('\u{7}'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'v' => text.push('\u{b}'),
                    '"' | '\\' => text.push(c),
                    c => text.extend(['\\', c]),
                }
            }
            Some((_, c)) => text.push(c),
        }
    }
    match chars.find(|(_, c)| !c.is_whitespace()) {
        None => Ok((text, pieces)),
        Some(_) => Err("something follows the closing quotation mark".into()),
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
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> (Vec<Item>, Vec<String>) {
        let bytes: Bytes = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut po = Po::new(bytes, None, None);
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
