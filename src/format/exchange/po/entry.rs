//! One entry of a PO file, while its lines are read.

use std::collections::HashSet;

use super::super::quote;
use crate::model::document::Piece;
use crate::text::stream::Spot;

/// A string may be so long, in bytes.
const LONGEST: usize = 16 << 20;

/// Which string of an entry a line goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Field {
    #[default]
    None,
    Context,
    Id,
    Plural,
    Translation(usize),
}

/// An entry while its lines are read.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Where its `msgid` is; before that was seen, its first line.
    pub(super) spot: Option<Spot>,
    field: Field,
    /// Whether `msgid` was seen.
    pub(super) id_seen: bool,
    pub(super) context: Option<String>,
    pub(super) id: String,
    pub(super) plural: Option<String>,
    pub(super) translations: Vec<String>,
    /// Where the strings were read: of `msgid`, of `msgid_plural`, of each `msgstr`.
    pub(super) pieces: [Vec<Piece>; 12],
    pub(super) remarks: Vec<String>,
    pub(super) extracted: Vec<String>,
    files: Vec<String>,
    pub(super) fuzzy: bool,
    pub(super) obsolete: bool,
    /// Why it cannot be used, and where that is.
    pub(super) fault: Option<(Spot, String)>,
}

impl Entry {
    /// Whether a line is the first of another entry than the one that is being read.
    pub(super) fn ends_before(&self, line: &str) -> bool {
        let comment = line.starts_with('#') && !line.starts_with("#|");
        let string = line.starts_with("msgctxt")
            || (line.starts_with("msgid") && !line.starts_with("msgid_plural"));
        let original = self.id_seen && string;
        original || (!self.translations.is_empty() && comment)
    }

    /// Reads a line, of which the mark of an obsolete entry was taken away.
    pub(super) fn line(&mut self, line: &str, spot: Spot) {
        self.spot.get_or_insert(spot);
        if line.starts_with(['#', '|']) {
            self.comment(line);
        } else if let Err(reason) = self.string(line, spot) {
            self.fault.get_or_insert((spot, reason));
        }
    }

    /// The files it stands in, none twice.
    pub(super) fn documents(&self) -> String {
        let mut seen = HashSet::new();
        let files = self.files.iter().map(String::as_str);
        let files = files.filter(|file| !file.is_empty() && seen.insert(*file));
        files.collect::<Vec<_>>().join(" | ")
    }

    /// A comment line of any kind. What the original was before (`#|`) is not needed.
    fn comment(&mut self, line: &str) {
        if line.starts_with("#|") || line.starts_with('|') {
            self.field = Field::None;
        } else if let Some(flags) = line.strip_prefix("#,") {
            self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(places) = line.strip_prefix("#:") {
            self.files.extend(files(places));
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
        self.keyword(keyword.trim(), spot)?;
        let (text, pieces) = unquoted(string)?;
        let start = spot.offset as u32 + keyword.len() as u32;
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
            Field::None => return Ok(()),
        };
        if whole.len() + text.len() > LONGEST {
            return Err("the string is longer than 16 MB".into());
        }
        if let Some(known) = self.pieces.get_mut(number) {
            known.extend(pieces.iter().map(|piece| Piece {
                unit: whole.len() as u32 + piece.unit,
                file: start + piece.file,
            }));
        }
        whole.push_str(&text);
        Ok(())
    }

    /// The string that a keyword begins; without one, the last goes on.
    fn keyword(&mut self, keyword: &str, spot: Spot) -> Result<(), String> {
        match keyword {
            "" if self.field == Field::None => return Err("a string without a keyword".into()),
            "" => {}
            "msgctxt" => {
                self.field = Field::Context;
                self.context = Some(String::new());
            }
            "msgid" => {
                self.spot = Some(spot);
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
                let there = self.translations.get(form);
                if there.is_some_and(|text| !text.is_empty()) {
                    return Err(format!("a second {}", quote(keyword)));
                }
                self.translations
                    .resize((form + 1).max(self.translations.len()), String::new());
                self.field = Field::Translation(form);
            }
        }
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
