//! The paragraphs of one part of a Word file, and what each is made of.
//!
//! Nothing is built from the XML but the places of what matters in it: what is
//! not text is written back from its own bytes.

use std::ops::Range;

use crate::format::html::token::{self, Kind, Token};
use crate::span::{Span, halves};

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, with the number of its formatting.
    Text(String, usize),
    /// Something that stands in a line: a tab, a picture, a field, a footnote's number.
    Alone(Alone),
    /// What wraps text begins: a link, an insertion. Its bytes.
    Open(Span),
    /// It ends.
    Close(Span),
    /// What nobody sees: a bookmark, the range of a comment, deleted text.
    Hidden(Span),
}

/// Something that stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alone {
    /// Its bytes.
    pub(super) at: Span,
    /// The formatting of the run it needs around it, if it needs one.
    pub(super) run: Option<usize>,
    /// Whether it is a line break.
    pub(super) breaks: bool,
    /// Whether it stands for a word: a field, a formula.
    pub(super) word: bool,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Its bytes.
    pub(super) at: Span,
    /// Its start tag and its properties.
    pub(super) head: Span,
    /// Its properties; empty where it has none.
    pub(super) properties: Span,
    /// Whether it stands in a cell of a table.
    pub(super) cell: bool,
    /// What it is made of.
    pub(super) pieces: Vec<Piece>,
    /// The formattings of its runs.
    pub(super) formats: Vec<Formatting>,
    /// Whether something in it is nested too deep to be read.
    pub(super) deep: bool,
}

/// The formatting of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formatting {
    /// As it is compared.
    pub(super) compared: String,
    /// As it is written.
    pub(super) raw: Span,
    /// The prefixes that the run binds for what is in it, as written.
    pub(super) names: String,
}

/// The paragraphs of a part, in order; those of text boxes after the one that holds them.
pub(super) fn passages(xml: &str) -> Vec<Passage> {
    let tokens = token::tokens(xml);
    let ends = token::ends(&tokens);
    let reader = Reader {
        xml,
        tokens: &tokens,
        ends: &ends,
    };
    let mut cells = 0usize;
    let mut passages = Vec::new();
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        match (token.kind, token.name.as_str()) {
            // The same again, for programs that do not know the newer form.
            (Kind::Open, "mc:fallback") => next = reader.end(next),
            (Kind::Open, "w:tc") => cells += 1,
            (Kind::Close, "w:tc") => cells = cells.saturating_sub(1),
            (Kind::Open, "w:p") => passages.extend(reader.passage(next, cells > 0)),
            _ => {}
        }
        next += 1;
    }
    passages
}

struct Reader<'a> {
    xml: &'a str,
    tokens: &'a [Token],
    ends: &'a [Option<usize>],
}

/// A paragraph that is being read.
struct Reading {
    pieces: Vec<Piece>,
    formats: Vec<Formatting>,
    /// How many wraps are open.
    depth: usize,
    /// Whether something is nested too deep.
    deep: bool,
}

/// Wraps may be nested this deep.
const DEEPEST: usize = 32;

/// The end of a field is looked for in so many runs.
const LONGEST: usize = 512;

impl Reader<'_> {
    /// The token that ends the element that begins with one: itself, where it is empty.
    fn end(&self, start: usize) -> usize {
        self.ends.get(start).copied().flatten().unwrap_or(start)
    }

    /// The bytes from one token to another.
    fn span(&self, first: usize, last: usize) -> Span {
        let start = self.tokens.get(first).map_or(0, |token| token.at.start);
        let end = self.tokens.get(last).map_or(start, |token| token.at.end);
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The elements right inside a stretch: their first and last tokens.
    fn elements(&self, inside: Range<usize>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut next = inside.start;
        while let Some(token) = self.tokens.get(next).filter(|_| next < inside.end) {
            if matches!(token.kind, Kind::Open | Kind::Empty) {
                let end = self.end(next);
                found.push((next, end));
                next = end;
            }
            next += 1;
        }
        found
    }

    fn name(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.name.as_str())
    }

    fn passage(&self, start: usize, cell: bool) -> Option<Passage> {
        let end = self.end(start);
        if end == start {
            return None; // It is never closed.
        }
        let children = self.elements(start + 1..end);
        let properties = children.first().filter(|(at, _)| self.name(*at) == "w:ppr");
        let head = self.span(start, properties.map_or(start, |(_, last)| *last));
        let mut reading = Reading {
            pieces: Vec::new(),
            formats: Vec::new(),
            depth: 0,
            deep: false,
        };
        let rest = children.get(usize::from(properties.is_some())..);
        self.children(rest.unwrap_or_default(), &mut reading);
        Some(Passage {
            at: self.span(start, end),
            head,
            properties: properties
                .map_or(Span::default(), |(first, last)| self.span(*first, *last)),
            cell,
            pieces: reading.pieces,
            formats: reading.formats,
            deep: reading.deep,
        })
    }

    /// What stands in a paragraph, or in what wraps a part of one.
    fn children(&self, children: &[(usize, usize)], reading: &mut Reading) {
        let mut next = 0;
        while let Some(&(first, last)) = children.get(next) {
            next += 1;
            match self.name(first) {
                "w:r" => {
                    if let Some(taken) = self.field(children.get(next - 1..), reading) {
                        next += taken - 1;
                    } else if let Some((base, close)) = self.ruby(first, last) {
                        let inside = self.elements(base + 1..close);
                        self.wrapped((first, base), (close, last), &inside, reading);
                    } else {
                        self.run(first, last, reading);
                    }
                }
                "w:hyperlink" | "w:ins" | "w:moveto" | "w:smarttag" | "w:dir" | "w:bdo"
                | "w:customxml"
                    if last > first =>
                {
                    let inside = self.elements(first + 1..last);
                    self.wrapped((first, first), (last, last), &inside, reading);
                }
                "w:fldsimple" if last > first && self.links(first) => {
                    let inside = self.elements(first + 1..last);
                    self.wrapped((first, first), (last, last), &inside, reading);
                }
                "w:sdt" => self.control(first, last, reading),
                "w:prooferr" => {}
                "w:del" | "w:movefrom" => {
                    reading.pieces.push(Piece::Hidden(self.span(first, last)));
                }
                _ if last == first => reading.pieces.push(Piece::Hidden(self.span(first, last))),
                _ => reading.alone(self.span(first, last), None, true),
            }
        }
    }

    /// The first and the last token of what has a phonetic guide, where a run is that alone.
    fn ruby(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let children = self.elements(first + 1..last.max(first + 1));
        let mut seen = children.iter().filter(|(at, _)| self.name(*at) != "w:rpr");
        let (start, end) = *seen.next()?;
        if seen.next().is_some() || self.name(start) != "w:ruby" {
            return None;
        }
        let parts = self.elements(start + 1..end.max(start + 1));
        let mut bases = parts
            .iter()
            .filter(|(at, _)| self.name(*at) == "w:rubybase");
        bases.next().copied().filter(|(base, close)| close > base)
    }

    /// What wraps text: its first tokens and its last ones, and what is between.
    fn wrapped(
        &self,
        open: (usize, usize),
        close: (usize, usize),
        inside: &[(usize, usize)],
        reading: &mut Reading,
    ) {
        if reading.depth == DEEPEST {
            reading.deep = true;
            return reading.alone(self.span(open.0, close.1), None, true);
        }
        reading.depth += 1;
        reading.pieces.push(Piece::Open(self.span(open.0, open.1)));
        self.children(inside, reading);
        reading.depth -= 1;
        reading
            .pieces
            .push(Piece::Close(self.span(close.0, close.1)));
    }

    /// A control whose content is text.
    fn control(&self, first: usize, last: usize, reading: &mut Reading) {
        let parts = self.elements(first + 1..last.max(first + 1));
        let content = parts
            .iter()
            .find(|(at, _)| self.name(*at) == "w:sdtcontent");
        match content {
            Some(&(start, end)) if end > start => {
                let inside = self.elements(start + 1..end);
                self.wrapped((first, start), (end, last), &inside, reading);
            }
            _ => reading.pieces.push(Piece::Hidden(self.span(first, last))),
        }
    }

    /// The field that begins with the first of some elements, and how many of them it takes.
    /// Half of one is kept where it stands. `None` where no field begins or ends there.
    fn field(&self, children: Option<&[(usize, usize)]>, reading: &mut Reading) -> Option<usize> {
        let children = children?;
        let &(first, last) = children.first()?;
        let marks = self.field_marks(first, last);
        if marks.is_empty() && !self.instructs(first, last) {
            return None;
        }
        let (mut depth, mut parted) = (0usize, None);
        let mut instruction = String::new();
        for (at, &(start, end)) in children.iter().enumerate().take(LONGEST) {
            if depth <= 1 && parted.is_none() {
                instruction += &self.instruction(start, end);
            }
            for mark in self.field_marks(start, end) {
                match mark {
                    "begin" => depth += 1,
                    "separate" if depth == 1 => parted = Some(at),
                    "end" => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            if depth > 0 {
                continue;
            }
            if marks.first() != Some(&"begin") {
                break;
            }
            let inside = parted.and_then(|parted| {
                let inside = children.get(parted + 1..at)?;
                let (_, open) = children.get(parted)?;
                let link = instruction.trim_start().starts_with("HYPERLINK");
                link.then_some((*open, inside))
            });
            match inside {
                Some((open, inside)) => self.wrapped((first, open), (start, end), inside, reading),
                None => reading.alone(self.span(first, end), None, true),
            }
            return Some(at + 1);
        }
        reading.pieces.push(Piece::Hidden(self.span(first, last)));
        Some(1)
    }

    /// The marks of fields in a run: `begin`, `separate`, `end`.
    fn field_marks(&self, first: usize, last: usize) -> Vec<&str> {
        let tokens = self.tokens.get(first..=last).unwrap_or_default();
        let marks = tokens.iter().filter(|token| token.name == "w:fldchar");
        let kinds = marks.filter_map(|token| token.attribute(self.xml, "w:fldchartype"));
        kinds.map(|at| at.of(self.xml)).collect()
    }

    /// Whether a field in one element is a link.
    fn links(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        let told = token.and_then(|token| token.attribute(self.xml, "w:instr"));
        told.is_some_and(|told| told.of(self.xml).trim_start().starts_with("HYPERLINK"))
    }

    fn instructs(&self, first: usize, last: usize) -> bool {
        let tokens = self.tokens.get(first..=last).unwrap_or_default();
        tokens.iter().any(|token| token.name == "w:instrtext")
    }

    /// What a run tells a field to do.
    fn instruction(&self, first: usize, last: usize) -> String {
        let elements = self.elements(first + 1..last.max(first + 1));
        let told = elements
            .iter()
            .filter(|(at, _)| self.name(*at) == "w:instrtext");
        told.map(|(start, end)| self.characters(*start, *end))
            .collect()
    }

    /// The text between two tags, as it reads.
    fn characters(&self, start: usize, end: usize) -> String {
        let tokens = self.tokens.get(start + 1..end.max(start + 1));
        let tokens = tokens.unwrap_or_default().iter();
        let texts = tokens.filter_map(|token| {
            let raw = token.at.of(self.xml);
            match token.kind {
                Kind::Text => Some(plain(raw)),
                // A section of characters is text as it stands.
                Kind::Aside => {
                    let inside = raw.strip_prefix("<![CDATA[")?;
                    Some(inside.strip_suffix("]]>").unwrap_or(inside).to_owned())
                }
                _ => None,
            }
        });
        texts.collect()
    }

    /// The prefixes that a run binds and something in it has.
    fn names(&self, first: usize, last: usize) -> String {
        let mut names = String::new();
        let Some(token) = self.tokens.get(first) else {
            return names;
        };
        let inside = self.tokens.get(first + 1..last.max(first + 1));
        let inside = inside.unwrap_or_default();
        for attribute in &token.attributes {
            let Some(rest) = attribute.name.of(self.xml).strip_prefix("xmlns") else {
                continue;
            };
            let used = match rest.strip_prefix(':') {
                Some("w") => false,
                Some(prefix) => {
                    let tags = inside.iter().filter(|token| token.kind != Kind::Text);
                    let named = format!("{prefix}:");
                    tags.map(|token| token.at.of(self.xml))
                        .any(|tag| tag.contains(&named))
                }
                None => inside.iter().any(|token| {
                    matches!(token.kind, Kind::Open | Kind::Empty) && !token.name.contains(':')
                }),
            };
            if used {
                // With the quotation mark that ends its value.
                let written = Span {
                    start: attribute.name.start,
                    end: attribute.value.end + 1,
                };
                names.push(' ');
                names.push_str(written.of(self.xml));
            }
        }
        names
    }

    fn run(&self, first: usize, last: usize, reading: &mut Reading) {
        let children = self.elements(first + 1..last.max(first + 1));
        let own = children.first().filter(|(at, _)| self.name(*at) == "w:rpr");
        let raw = own.map_or(Span::default(), |(start, end)| self.span(*start, *end));
        let format = reading.format(compared(self, own.copied()), raw, self.names(first, last));
        for &(start, end) in children.iter().skip(usize::from(own.is_some())) {
            match self.name(start) {
                "w:t" => {
                    let text = self.characters(start, end);
                    let kept = self
                        .tokens
                        .get(start)
                        .is_some_and(|token| token.says(self.xml, "xml:space", "preserve"));
                    let text = if kept {
                        text
                    } else {
                        text.trim_matches([' ', '\t', '\r', '\n']).to_owned()
                    };
                    if !text.is_empty() {
                        reading.pieces.push(Piece::Text(text, format));
                    }
                }
                "w:lastrenderedpagebreak" => {}
                name => {
                    let typed = self
                        .tokens
                        .get(start)
                        .and_then(|token| token.attribute(self.xml, "w:type"));
                    let breaks = name == "w:cr" || (name == "w:br" && typed.is_none());
                    reading.pieces.push(Piece::Alone(Alone {
                        at: self.span(start, end),
                        run: Some(format),
                        breaks,
                        word: false,
                    }));
                }
            }
        }
    }
}

impl Reading {
    fn alone(&mut self, at: Span, run: Option<usize>, word: bool) {
        self.pieces.push(Piece::Alone(Alone {
            at,
            run,
            breaks: false,
            word,
        }));
    }

    /// The number of a formatting.
    fn format(&mut self, compared: String, raw: Span, names: String) -> usize {
        let mut all = self.formats.iter();
        let known = all.position(|other| other.compared == compared && other.names == names);
        known.unwrap_or_else(|| {
            self.formats.push(Formatting {
                compared,
                raw,
                names,
            });
            self.formats.len() - 1
        })
    }
}

/// A run's formatting without what parts words that look alike: the language, the fonts of the
/// scripts in a text, how letters are set. A font of signs is another matter.
fn compared(reader: &Reader<'_>, properties: Option<(usize, usize)>) -> String {
    const UNSEEN: &[&str] = &[
        "w:lang",
        "w:noproof",
        "w:kern",
        "w:spacing",
        "w:szcs",
        "w:bcs",
        "w:ics",
    ];
    let Some((start, end)) = properties else {
        return String::new();
    };
    let mut seen = String::new();
    for (first, last) in reader.elements(start + 1..end.max(start + 1)) {
        let name = reader.name(first);
        let written = reader.span(first, last).of(reader.xml);
        let signs = ["Wingdings", "Webdings", "Symbol"];
        let plain = name == "w:rfonts" && !signs.iter().any(|font| written.contains(*font));
        if !plain && !UNSEEN.contains(&name) {
            seen.push_str(written);
        }
    }
    seen
}

/// A text of XML as it reads: the references that XML knows are their characters.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, here) = halves(rest, at);
        out.push_str(before);
        let end = here.find(';').unwrap_or(0);
        let name = Span::new(1, end).of(here);
        let code = match name.strip_prefix("#x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => name
                .strip_prefix('#')
                .and_then(|digits| digits.parse().ok()),
        };
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => code.and_then(char::from_u32),
        };
        out.push(character.unwrap_or('&'));
        rest = halves(here, if character.is_some() { end + 1 } else { 1 }).1;
    }
    out.push_str(rest);
    out
}
