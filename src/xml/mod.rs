//! XML, read as a stream and written: the only module that names quick-xml.
//!
//! Reading never trims, resolves entities and character references, and holds
//! one tag or text at a time, in any encoding. What a hostile file could make
//! large is bounded: the depth, a single tag or text, what entities expand to;
//! an entity made of other entities (the "billion laughs") is left as written
//! and named. Small sins that are common in exported memories, such as a bare
//! `&`, do not end the reading: they are read as written and named too
//! ([`Reader::notes`]).

mod entity;
mod write;

use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};

use entity::{Entities, Entity};

pub use crate::text::stream::Spot;
pub use write::{Writer, attribute, can_hold, escape};

use crate::error::Error;
use crate::text::decode;
use crate::text::stream::Stream;

/// What comes next in an XML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An element begins. An empty one (`<a/>`) is followed by its end.
    Start(Tag),
    /// Text, as it reads: references resolved, line ends as `\n`. One text may
    /// come in several pieces, each with its own place.
    Text(String),
    /// An element ends.
    End(String),
    /// The text is over.
    Eof,
}

/// The beginning of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without the prefix that the root element has.
    pub name: String,
    raw: BytesStart<'static>,
}

impl Tag {
    /// The value of an attribute, by its whole name (`xml:lang`).
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self.raw.try_get_attribute(name).ok().flatten()?;
        Some(value(&found))
    }

    /// All attributes with their values, in order.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let mut attributes = self.raw.attributes();
        let whole = attributes.with_checks(false).flatten();
        whole
            .map(|a| (a.key.as_ref().to_owned(), value(&a)))
            .collect()
    }
}

/// An attribute's value; as written, where it holds a reference that cannot be resolved.
fn value(attribute: &quick_xml::events::attributes::Attribute<'_>) -> String {
    match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.as_ref().to_owned(),
    }
}

/// What is wrong with an XML text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place.
    pub spot: Spot,
    /// What is wrong there.
    pub message: String,
}

impl Fault {
    /// As what ends the reading of a file.
    pub fn error(&self, path: &Path) -> Error {
        let message = format!("{} (column {})", self.message, self.spot.column);
        Error::file(path, Some(self.spot.line), message)
    }
}

/// Elements may be nested this deep.
const DEPTH: usize = 256;

/// Notes are kept up to this number.
const NOTES: usize = 1000;

/// A reader of an XML text.
///
/// ```
/// use zhengming::xml::{Event, Reader};
/// let text = "<tu>\n<seg a='1'>R&amp;D &#x6b63;名</seg></tu>";
/// let mut xml = Reader::new(text.as_bytes(), None);
/// let mut found = Vec::new();
/// loop {
///     match xml.next_event().unwrap() {
///         Event::Start(tag) if tag.name == "seg" => {
///             assert_eq!(tag.get("a").as_deref(), Some("1"));
///             assert_eq!((xml.spot().line, xml.spot().column), (2, 1));
///         }
///         Event::Text(text) => found.push(text),
///         Event::Eof => break,
///         _ => {}
///     }
/// }
/// assert_eq!(found.concat(), "\nR&D 正名");
/// ```
pub struct Reader<R: Read> {
    inner: quick_xml::Reader<Stream<R>>,
    buffer: Vec<u8>,
    spot: Spot,
    /// The elements that are open.
    open: usize,
    /// The root element's name and its prefix with the colon.
    root: Option<(String, String)>,
    entities: Entities,
    notes: Vec<Fault>,
    over: bool,
}

impl<R: Read> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader at {}:{}", self.spot.line, self.spot.column)
    }
}

impl<R: Read> Reader<R> {
    /// Begins to read. `encoding` is a label that the user gives; else a
    /// byte-order mark decides, the declaration, or the bytes themselves.
    pub fn new(input: R, encoding: Option<&str>) -> Self {
        let mut inner = quick_xml::Reader::from_reader(Stream::new(input, encoding, declared));
        let config = inner.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            inner,
            buffer: Vec::new(),
            spot: Spot::default(),
            open: 0,
            root: None,
            entities: Entities::default(),
            notes: Vec::new(),
            over: false,
        }
    }

    /// The next event; comments and processing instructions are passed over.
    /// After a fault there is nothing more to read.
    ///
    /// # Errors
    /// The text is not XML from here on, is cut off, or a bound is passed; the
    /// system refuses to read on.
    pub fn next_event(&mut self) -> Result<Event, Fault> {
        while !self.over {
            let next = self.step();
            self.over = matches!(next, Err(_) | Ok(Some(Event::Eof)));
            if let Some(event) = next? {
                return Ok(event);
            }
        }
        Ok(Event::Eof)
    }

    /// One event of the library; `None` for one that nobody wants.
    fn step(&mut self) -> Result<Option<Event>, Fault> {
        self.spot = self.inner.get_mut().mark();
        self.buffer.clear();
        let raw = match self.inner.read_event_into(&mut self.buffer) {
            Ok(raw) => raw,
            Err(error) => return Err(self.fault(error.to_string())),
        };
        Ok(Some(match raw {
            Raw::Start(start) => {
                let start = start.into_owned();
                return self.start(start).map(Some);
            }
            Raw::End(end) => {
                self.open = self.open.saturating_sub(1);
                let name = end.name();
                Event::End(plain(self.root.as_ref(), name.as_ref()).to_owned())
            }
            Raw::Text(text) => {
                let text = text.xml10_content().into_owned();
                if text.starts_with('&') {
                    self.note("a bare & is taken as text; XML writes &amp;");
                }
                Event::Text(text)
            }
            Raw::CData(text) => Event::Text(text.xml10_content().into_owned()),
            Raw::GeneralRef(reference) => {
                let reference = reference.into_owned();
                return self.reference(&reference).map(Some);
            }
            Raw::DocType(doctype) => {
                let doctype = doctype.into_inner().into_owned();
                self.entities.declare(&doctype);
                return Ok(None);
            }
            // Empty elements come as a start and an end.
            Raw::Decl(_) | Raw::PI(_) | Raw::Comment(_) | Raw::Empty(_) => return Ok(None),
            Raw::Eof => match &self.root {
                Some((root, _)) if self.open > 0 => {
                    let message = format!("the file ends before </{root}>: it is cut off");
                    return Err(self.fault(message));
                }
                _ => Event::Eof,
            },
        }))
    }

    fn start(&mut self, raw: BytesStart<'static>) -> Result<Event, Fault> {
        self.open += 1;
        if self.open > DEPTH {
            return Err(self.fault(format!("elements are nested more than {DEPTH} deep")));
        }
        let name = raw.name();
        let root = self.root.get_or_insert_with(|| {
            let name = name.as_ref().to_owned();
            let prefix = name.split_once(':').map(|(prefix, _)| format!("{prefix}:"));
            (name, prefix.unwrap_or_default())
        });
        let name = plain(Some(root), name.as_ref()).to_owned();
        Ok(Event::Start(Tag { name, raw }))
    }

    /// The text of a reference: a character, an entity of XML or of the file's
    /// own; as written where it is none of these.
    fn reference(&mut self, reference: &BytesRef<'static>) -> Result<Event, Fault> {
        let name: &str = reference;
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            return Ok(Event::Text(c.to_string()));
        }
        if let Some(text) = resolve_predefined_entity(name) {
            return Ok(Event::Text(text.to_owned()));
        }
        match self.entities.text(name) {
            Entity::Text(text) => return Ok(Event::Text(text)),
            Entity::TooMuch => {
                return Err(self.fault("entities expand to more than 16 MB: refused".into()));
            }
            Entity::Refused => self.note(&format!(
                "the entity &{name}; is made of markup, of other entities or of another file: \
                 refused, and left as written"
            )),
            Entity::Unknown => {
                self.note(&format!("&{name}; is not defined; it is left as written"));
            }
        }
        Ok(Event::Text(format!("&{name};")))
    }

    /// Where the last event began.
    pub fn spot(&self) -> Spot {
        self.spot
    }

    /// Where the next event begins, which is where the last one ended.
    pub fn end(&mut self) -> Spot {
        self.inner.get_mut().spot()
    }

    /// Bytes taken from the input so far.
    pub fn bytes(&mut self) -> u64 {
        self.inner.get_mut().taken()
    }

    /// The encoding, and whether it is a guess. Known once the first event was read.
    pub fn encoding(&mut self) -> (&'static str, bool) {
        self.inner.get_mut().encoding()
    }

    /// What was found since the last call that did not keep the text from being read.
    pub fn notes(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.notes)
    }

    fn fault(&self, message: String) -> Fault {
        let spot = self.spot;
        Fault { spot, message }
    }

    fn note(&mut self, message: &str) {
        if self.notes.len() < NOTES {
            self.notes.push(self.fault(message.to_owned()));
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start: Vec<u8> = head.iter().copied().take(200).collect();
    let start = String::from_utf8_lossy(&start);
    let (declaration, _) = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let label = rest.split(['"', '\'']).nth(1)?;
    decode::named(label)
}

/// A name without the prefix of the root element.
fn plain<'a>(root: Option<&(String, String)>, name: &'a str) -> &'a str {
    let prefix = root.map_or("", |(_, prefix)| prefix);
    name.strip_prefix(prefix).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All events, shortly, with their places; a fault ends them.
    fn events(bytes: &[u8]) -> (Vec<String>, Option<String>, Vec<String>) {
        let mut xml = Reader::new(bytes, None);
        let mut seen = Vec::new();
        let mut fault = None;
        loop {
            let at = |spot: Spot| format!("{}:{}", spot.line, spot.column);
            match xml.next_event() {
                Ok(Event::Start(tag)) => seen.push(format!("{} <{}>", at(xml.spot()), tag.name)),
                Ok(Event::End(name)) => seen.push(format!("</{name}>")),
                Ok(Event::Text(text)) => seen.push(text),
                Ok(Event::Eof) => break,
                Err(f) => fault = Some(format!("{}: {}", at(f.spot), f.message)),
            }
        }
        let notes = xml.notes().into_iter().map(|n| n.message).collect();
        (seen, fault, notes)
    }

    #[test]
    fn events_with_their_places_and_nothing_trimmed() {
        let text = "\u{feff}<?xml version='1.0'?>\r\n<!-- x --><t:a xmlns:t='u'>\r\n 正&lt;<t:b/> <u:c/></t:a>";
        let (seen, fault, notes) = events(text.as_bytes());
        assert_eq!(
            seen,
            [
                "\n",
                "2:11 <a>",
                "\n 正",
                "<",
                "3:7 <b>",
                "</b>",
                " ",
                "3:14 <u:c>",
                "</u:c>",
                "</a>"
            ]
        );
        assert_eq!((fault, notes), (None, Vec::new()));
    }

    #[test]
    fn every_usual_encoding() {
        let text = "<?xml version=\"1.0\" encoding=\"ENC\"?><a>术语</a>";
        let units = |label: &str| {
            text.replace("ENC", label)
                .encode_utf16()
                .collect::<Vec<_>>()
        };
        let little: Vec<u8> = units("utf-16")
            .into_iter()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = units("UTF-16")
            .into_iter()
            .flat_map(u16::to_be_bytes)
            .collect();
        let marked = [&[0xFE, 0xFF][..], &big].concat();
        let gb = encoding_rs::GBK
            .encode(&text.replace("ENC", "gb2312"))
            .0
            .into_owned();
        let silent = encoding_rs::GBK
            .encode("<a>术语 是 翻译 的 基础</a>")
            .0
            .into_owned();
        let lies = text.replace("ENC", "utf-16").into_bytes();
        for (bytes, name) in [
            (little, "UTF-16LE"),
            (big, "UTF-16BE"),
            (marked, "UTF-16BE"),
            (gb, "gb18030"),
            (silent, "gb18030"),
            (lies, "UTF-8"),
        ] {
            let mut xml = Reader::new(&bytes[..], None);
            let mut read = String::new();
            loop {
                match xml.next_event().unwrap() {
                    Event::Text(text) => read += &text,
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert!(read.starts_with("术语"), "{name}: {read}");
            assert_eq!(xml.encoding().0, name);
        }
    }

    #[test]
    fn entities_are_bounded() {
        let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM '/etc/passwd'>\n\
            <!ENTITY d '&#x4e2d;'>]><l>&a;&b;&c;&d;&nbsp;</l>";
        let (seen, fault, notes) = events(laughs.as_bytes());
        assert_eq!(
            seen.concat(),
            "1:86 <l>ha&b;&c;中&nbsp;</l>".replace("1:86", "2:25")
        );
        assert_eq!(fault, None);
        assert_eq!(notes.len(), 3, "{notes:?}");
        let big = format!(
            "<!DOCTYPE l [<!ENTITY a '{}'>]><l>{}</l>",
            "x".repeat(60_000),
            "&a;".repeat(300)
        );
        assert!(events(big.as_bytes()).1.unwrap().contains("16 MB"));
    }

    #[test]
    fn a_bare_ampersand_is_text_and_named() {
        let (seen, fault, notes) = events(b"<a>R & D, A&B; C&amp;D &");
        assert_eq!(seen.concat(), "1:1 <a>R & D, A&B; C&D &");
        assert_eq!(
            fault.unwrap(),
            "1:25: the file ends before </a>: it is cut off"
        );
        assert_eq!(notes.len(), 3);
    }

    #[test]
    fn broken_texts_are_faults_with_their_place() {
        for (text, place) in [
            ("<a>\n<b></a>", "2:4: "),
            ("<a>\n  <b", "2:3: "),
            ("<a>\n  <!-- x", "2:3: "),
            ("<a", "1:1: "),
        ] {
            let fault = events(text.as_bytes()).1.unwrap();
            assert!(fault.starts_with(place), "{text}: {fault}");
        }
        let deep = "<a>".repeat(1000);
        assert!(events(deep.as_bytes()).1.unwrap().contains("deep"));
        assert_eq!(events(b"").0, Vec::<String>::new());
        assert_eq!(events(b"plain text").0, ["plain text"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn no_text_is_too_strange(text in "[<>/a&;='\"! \\[\\]?术\u{0}\r\n-]{0,60}") {
            events(text.as_bytes());
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            events(&bytes);
        }

        #[test]
        fn what_is_written_is_read(text in "\\PC{0,20}[<>&'\"\r\n\t 术]{0,5}") {
            let mut out = Writer::new(Vec::new());
            out.start("a", &[("b", &text)]).unwrap();
            out.text(&text).unwrap();
            out.end("a").unwrap();
            let bytes = out.into_inner();
            let mut xml = Reader::new(&bytes[..], None);
            let mut read = String::new();
            loop {
                match xml.next_event().unwrap() {
                    Event::Start(tag) => proptest::prop_assert_eq!(tag.get("b").unwrap(), text.clone()),
                    Event::Text(part) => read += &part,
                    Event::Eof => break,
                    Event::End(_) => {}
                }
            }
            proptest::prop_assert_eq!(read, text);
        }
    }
}
