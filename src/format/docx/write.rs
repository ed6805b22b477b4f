//! A paragraph of a Word file as a translator sees it, and back.

use std::collections::{BTreeMap, HashSet};

use super::part::{Alone, Passage, Piece};
use crate::format::RunKind;
use crate::format::mark::{Edge, Part};
use crate::span::{Span, halves};
use crate::xml;

/// What a code of a paragraph stands for.
#[derive(Debug, Clone, Copy)]
enum Code {
    /// Text in another formatting than the paragraph's own.
    Format(usize),
    /// Something that stands in a line.
    Alone(Alone),
    /// What wraps text: how it begins, how it ends, and the formatting that is usual in it.
    Wrap(Span, Span, usize),
}

/// The formatting that most of some text has; `None` where there is no text.
fn usual(pieces: &[Piece], passage: &Passage) -> Option<usize> {
    let mut lengths = vec![0; passage.formats.len()];
    for piece in pieces {
        if let Piece::Text(text, format) = piece
            && let Some(length) = lengths.get_mut(*format)
        {
            *length += text.chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    let most = lengths.iter().max().copied().filter(|most| *most > 0)?;
    // Of equals the first.
    lengths.iter().position(|length| *length == most)
}

/// What is wrapped by what begins with one of some pieces.
fn wrapped(pieces: &[Piece], open: usize) -> &[Piece] {
    let mut depth = 0usize;
    for (at, piece) in pieces.iter().enumerate().skip(open) {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return pieces.get(open + 1..at).unwrap_or_default();
        }
    }
    &[]
}

/// A paragraph that is being shown.
struct Showing<'a> {
    text: &'a mut String,
    parts: Vec<Part>,
    codes: Vec<Code>,
    /// The formatting that is open, as long as it is not the usual one.
    open: Option<usize>,
}

/// Adds a paragraph as it is shown to a text, and says what it is made of.
pub(super) fn shown(passage: &Passage, text: &mut String) -> Vec<Part> {
    show(passage, text).parts
}

fn show<'a>(passage: &Passage, text: &'a mut String) -> Showing<'a> {
    let mut showing = Showing {
        text,
        parts: Vec::new(),
        codes: Vec::new(),
        open: None,
    };
    // The wraps that are open, and the formatting that needs no code in each.
    let mut wraps: Vec<usize> = Vec::new();
    let mut plain = vec![usual(&passage.pieces, passage).unwrap_or(0)];
    for (here, piece) in passage.pieces.iter().enumerate() {
        let usual_here = plain.last().copied().unwrap_or(0);
        match piece {
            Piece::Hidden(_) => {}
            Piece::Text(words, format) => {
                // White space looks like what it stands in, unless it is underlined.
                let key = passage
                    .formats
                    .get(*format)
                    .map_or("", |format| format.compared.as_str());
                if !words.trim().is_empty() || key.contains("<w:u ") {
                    showing.format((*format != usual_here).then_some(*format));
                }
                // A line break in the XML is a space.
                let words = words.replace(['\n', '\r'], " ");
                showing.push(&words, RunKind::Text, Edge::Neither);
            }
            Piece::Alone(alone) => {
                if alone.run != showing.open {
                    showing.format(None);
                }
                let kind = match (alone.breaks, alone.word) {
                    (true, _) => RunKind::Hard,
                    (_, true) => RunKind::Word,
                    _ => RunKind::Mark,
                };
                showing.codes.push(Code::Alone(*alone));
                let code = format!("<x id=\"{}\"/>", showing.codes.len());
                showing.push(&code, kind, Edge::Neither);
            }
            Piece::Open(at) => {
                showing.format(None);
                wraps.push(showing.codes.len());
                let inside = wrapped(&passage.pieces, here);
                let inside = usual(inside, passage).unwrap_or(usual_here);
                plain.push(inside);
                showing.begin(Code::Wrap(*at, Span::default(), inside));
            }
            Piece::Close(at) => {
                showing.format(None);
                let wrap = wraps.pop().and_then(|wrap| showing.codes.get_mut(wrap));
                if let Some(Code::Wrap(_, close, _)) = wrap {
                    *close = *at;
                }
                plain.pop();
                showing.end();
            }
        }
    }
    showing.format(None);
    showing
}

impl Showing<'_> {
    fn push(&mut self, written: &str, kind: RunKind, edge: Edge) {
        let start = self.text.len();
        self.text.push_str(written);
        let at = Span::new(start, self.text.len());
        match self.parts.last_mut() {
            // Words are in several runs for reasons that nobody sees.
            Some(last) if last.kind == RunKind::Text && kind == RunKind::Text => {
                last.at.end = at.end;
            }
            _ => self.parts.push(Part { at, kind, edge }),
        }
    }

    fn begin(&mut self, code: Code) {
        self.codes.push(code);
        let tag = format!("<g id=\"{}\">", self.codes.len());
        self.push(&tag, RunKind::Mark, Edge::Opens("g".to_owned()));
    }

    fn end(&mut self) {
        self.push("</g>", RunKind::Mark, Edge::Closes("g".to_owned()));
    }

    /// Goes on in another formatting; `None` is the usual one.
    fn format(&mut self, format: Option<usize>) {
        if format == self.open {
            return;
        }
        if self.open.is_some() {
            self.end();
        }
        if let Some(format) = format {
            self.begin(Code::Format(format));
        }
        self.open = format;
    }
}

/// Paragraphs of a part that are written anew, by where they begin, with where they end.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<u32, (u32, String)>);

impl Edits {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a text in the place of some bytes, and of what was put inside them.
    pub(super) fn put(&mut self, at: Span, new: String) {
        let inside: Vec<u32> = self
            .0
            .range(at.start..at.end)
            .map(|(start, _)| *start)
            .collect();
        for start in inside {
            self.0.remove(&start);
        }
        self.0.insert(at.start, (at.end, new));
    }

    /// Some bytes with what was put in their place.
    pub(super) fn applied(&self, xml: &str, span: Span) -> String {
        let mut out = String::with_capacity(span.len());
        let mut done = span.start;
        for (start, (end, new)) in self.0.range(span.start..span.end) {
            out.push_str(
                Span {
                    start: done,
                    end: (*start).max(done),
                }
                .of(xml),
            );
            out.push_str(new);
            done = *end;
        }
        out.push_str(
            Span {
                start: done,
                end: span.end.max(done),
            }
            .of(xml),
        );
        out
    }
}

/// A paragraph that is being written.
struct Writing<'a> {
    xml: &'a str,
    passage: &'a Passage,
    edits: &'a Edits,
    out: String,
    /// Text that waits for the end of its run.
    words: String,
    /// The codes that are open, each with the formatting it gives.
    open: Vec<(Code, usize)>,
    usual: usize,
}

/// A paragraph as XML, with another text.
pub(super) fn paragraph(xml: &str, passage: &Passage, text: &str, edits: &Edits) -> String {
    let mut old = String::new();
    let codes = show(passage, &mut old).codes;
    let mut writing = Writing {
        xml,
        passage,
        edits,
        out: passage.head.of(xml).to_owned(),
        words: String::new(),
        open: Vec::new(),
        usual: usual(&passage.pieces, passage).unwrap_or(0),
    };
    let seen = |piece: &Piece| !matches!(piece, Piece::Hidden(_));
    let first = passage.pieces.iter().position(seen).unwrap_or(0);
    let parted = passage.pieces.split_at_checked(first);
    let (before, after) = parted.unwrap_or_default();
    writing.hidden(before);
    let mut used = HashSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '\n']) {
        let (words, here) = halves(rest, at);
        writing.words.push_str(words);
        let taken = writing.code(here, &codes, &mut used);
        if taken == 0 {
            writing.words.push_str(halves(here, 1).0);
        }
        rest = halves(here, taken.max(1)).1;
    }
    writing.words.push_str(rest);
    while writing.close() {}
    writing.flush();
    writing.hidden(after);
    writing.out.push_str("</w:p>");
    writing.out
}

impl Writing<'_> {
    /// What nobody sees, as it stands.
    fn hidden(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Hidden(at) = piece {
                self.out += &self.edits.applied(self.xml, *at);
            }
        }
    }

    /// The code or line break that a text begins with: how many bytes it takes; 0 where none does.
    fn code(&mut self, text: &str, codes: &[Code], used: &mut HashSet<usize>) -> usize {
        if text.starts_with('\n') {
            self.flush();
            self.run(self.current(), "<w:br/>");
            return 1;
        }
        if text.starts_with("</g>") {
            self.close();
            return 4;
        }
        let numbered = |begin: &str, end: &str| {
            let (number, after) = text.strip_prefix(begin)?.split_once(end)?;
            let number: usize = number.parse().ok()?;
            let code = codes.get(number.checked_sub(1)?)?;
            Some((number, *code, text.len() - after.len()))
        };
        if let Some((_, Code::Alone(alone), length)) = numbered("<x id=\"", "\"/>") {
            self.flush();
            let raw = self.edits.applied(self.xml, alone.at);
            match alone.run {
                Some(format) => self.run(format, &raw),
                None => self.out += &raw,
            }
            return length;
        }
        match numbered("<g id=\"", "\">") {
            Some((number, code @ Code::Wrap(open, _, usual), length)) => {
                self.flush();
                // A link stands once: a second one of its kind is the text alone.
                if used.insert(number) {
                    self.out.push_str(open.of(self.xml));
                    self.open.push((code, usual));
                } else {
                    let outer = self.current();
                    self.open.push((Code::Format(outer), outer));
                }
                length
            }
            Some((_, code @ Code::Format(format), length)) => {
                self.flush();
                self.open.push((code, format));
                length
            }
            _ => 0,
        }
    }

    /// The formatting of what comes next.
    fn current(&self) -> usize {
        self.open.last().map_or(self.usual, |(_, format)| *format)
    }

    /// Ends what was begun last; whether there was anything.
    fn close(&mut self) -> bool {
        self.flush();
        let Some((code, _)) = self.open.pop() else {
            return false;
        };
        if let Code::Wrap(_, close, _) = code {
            self.out.push_str(close.of(self.xml));
        }
        true
    }

    /// Writes the text that waits.
    fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let words = xml::escape(&std::mem::take(&mut self.words)).into_owned();
        let text = format!("<w:t xml:space=\"preserve\">{words}</w:t>");
        self.run(self.current(), &text);
    }

    /// Writes a run.
    fn run(&mut self, format: usize, inside: &str) {
        let properties = self.passage.formats.get(format);
        let names = properties.map_or("", |format| format.names.as_str());
        let properties = properties.map_or("", |format| format.raw.of(self.xml));
        self.out += "<w:r";
        self.out += names;
        self.out += ">";
        self.out += properties;
        self.out += inside;
        self.out += "</w:r>";
    }
}
