//! Writing XML: escaped, in order, nothing else.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether XML can hold all characters of a text: it has no way to write most
/// control characters.
///
/// ```
/// use zhengming::xml::can_hold;
/// assert!(can_hold("正\tname\n"));
/// assert!(!can_hold("a\u{1}b"));
/// ```
pub fn can_hold(text: &str) -> bool {
    !text.contains(refused)
}

fn refused(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text as XML holds it; characters that it cannot hold ([`can_hold`]) become U+FFFD.
///
/// ```
/// use zhengming::xml::escape;
/// assert_eq!(escape("R&D <b>"), "R&amp;D &lt;b&gt;");
/// ```
pub fn escape(text: &str) -> Cow<'_, str> {
    written(text, false)
}

/// The value of an attribute as it stands between double quotes.
pub fn attribute(value: &str) -> Cow<'_, str> {
    written(value, true)
}

fn written(text: &str, attribute: bool) -> Cow<'_, str> {
    let special = |c: char| match c {
        '&' | '<' | '>' | '\r' => true,
        '"' | '\t' | '\n' => attribute,
        _ => refused(c),
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A parser would take it for a line end.
            '\r' => out.push_str("&#13;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\n' if attribute => out.push_str("&#10;"),
            _ if refused(c) => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A writer of XML. It adds no white space of its own.
///
/// ```
/// use zhengming::xml::Writer;
/// let mut out = Writer::new(Vec::new());
/// out.start("seg", &[("n", "1")]).unwrap();
/// out.text("R&D").unwrap();
/// out.empty("br", &[]).unwrap();
/// out.end("seg").unwrap();
/// assert_eq!(out.into_inner(), b"<seg n=\"1\">R&amp;D<br/></seg>");
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out }
    }

    /// The first line of an XML file.
    pub fn declaration(&mut self) -> io::Result<()> {
        self.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// The beginning of an element.
    pub fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes, ">")
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes, "/>")
    }

    /// The end of an element.
    pub fn end(&mut self, name: &str) -> io::Result<()> {
        write!(self.out, "</{name}>")
    }

    /// An element with nothing but text in it.
    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        self.text(text)?;
        self.end(name)
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.raw(&escape(text))
    }

    /// Something that is XML already: white space between elements, a document type.
    pub fn raw(&mut self, xml: &str) -> io::Result<()> {
        self.out.write_all(xml.as_bytes())
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], close: &str) -> io::Result<()> {
        write!(self.out, "<{name}")?;
        for (key, value) in attributes {
            write!(self.out, " {key}=\"{}\"", attribute(value))?;
        }
        self.raw(close)
    }
}
