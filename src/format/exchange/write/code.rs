//! Inline codes as the elements that TMX and XLIFF 1.2 have for them.
//!
//! What a reader of these formats made of an element (see `inline`) is made
//! that element again; a code of ours becomes the content of one.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::super::inline::{PLAIN, Stretch, is_itself, known, stretches, tag_name, written};
use crate::text::code::only_dresses;
use crate::xml::{self, Event, Reader, Tag};

/// Whose elements are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Tmx,
    Xliff,
}

/// An element's attributes.
type Attributes = Vec<(&'static str, String)>;

impl Dialect {
    /// The attributes that an element holding a native code may have (where
    /// only some may) and must have; `None` where it is no such element.
    fn native(
        self,
        name: &str,
    ) -> Option<(Option<&'static [&'static str]>, &'static [&'static str])> {
        Some(match (self, name) {
            (Self::Tmx, "bpt") => (Some(&["i", "x", "type"]), &["i"]),
            (Self::Tmx, "ept") => (Some(&["i"]), &["i"]),
            (Self::Tmx, "it") => (Some(&["pos", "x", "type"]), &["pos"]),
            (Self::Tmx, "ph") => (Some(&["x", "assoc", "type"]), &[]),
            (Self::Tmx, "ut") => (Some(&["x"]), &[]),
            (Self::Xliff, "bpt" | "ept" | "ph") => (None, &["id"]),
            (Self::Xliff, "it") => (None, &["id", "pos"]),
            _ => return None,
        })
    }

    /// Whether an element stands for a code and holds nothing.
    fn is_empty(self, name: &str) -> bool {
        self == Self::Xliff && matches!(name, "x" | "bx" | "ex")
    }

    /// Whether a tag is that of an element around text, as the format has it.
    fn is_around(self, tag: &Tag) -> bool {
        let attributes = tag.attributes();
        match self {
            Self::Tmx => {
                tag.name == "hi"
                    && attributes
                        .iter()
                        .all(|(key, _)| key == "x" || key == "type")
            }
            Self::Xliff => tag.name == "g" && attributes.iter().any(|(key, _)| key == "id"),
        }
    }

    /// The attributes of an element for a code of ours: `pair` is the pair's
    /// number, `number` the code's own.
    fn attributes(self, name: &str, pair: usize, number: usize, end: bool) -> Attributes {
        let (pair, number) = (pair.to_string(), number.to_string());
        match (self, name) {
            (Self::Tmx, "bpt") => vec![("i", pair), ("x", number)],
            (Self::Tmx, "ept") => vec![("i", pair)],
            (Self::Tmx, "it") => {
                let pos = if end { "end" } else { "begin" };
                vec![("pos", pos.to_owned()), ("x", number)]
            }
            (Self::Tmx, _) => vec![("x", number)],
            (Self::Xliff, "bpt" | "ept") => vec![("id", number), ("rid", pair)],
            (Self::Xliff, "it") => {
                let pos = if end { "close" } else { "open" };
                vec![("id", number), ("pos", pos.to_owned())]
            }
            (Self::Xliff, _) => vec![("id", number)],
        }
    }

    /// The attribute that says what kind of code it is.
    fn kind(self) -> &'static str {
        match self {
            Self::Tmx => "type",
            Self::Xliff => "ctype",
        }
    }
}

/// The numbers of the codes of one unit: the same code has the same number in both texts.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The numbers of each code, and how many of them the text has used.
    codes: HashMap<String, (Vec<usize>, usize)>,
    last: usize,
}

impl Numbers {
    fn of(&mut self, code: &str) -> usize {
        let (numbers, used) = self.codes.entry(code.to_owned()).or_default();
        let known = numbers.get(*used).copied();
        *used += 1;
        known.unwrap_or_else(|| {
            self.last += 1;
            numbers.push(self.last);
            self.last
        })
    }

    /// Another text begins.
    fn begin(&mut self) {
        for (_, used) in self.codes.values_mut() {
            *used = 0;
        }
    }
}

/// Writes a text with its codes.
pub(super) fn segment<W: Write>(
    out: &mut xml::Writer<W>,
    dialect: Dialect,
    text: &str,
    numbers: &mut Numbers,
) -> io::Result<()> {
    numbers.begin();
    let stretches = stretches(text);
    // Pairs that were elements before keep their numbers: ours come after them.
    let floor = highest(dialect, &stretches);
    let mut elements: Vec<usize> = Vec::new();
    // Pairs of which one code would not be read back as it is.
    let mut plain: HashSet<usize> = HashSet::new();
    for stretch in &stretches {
        if let Stretch::Open(code, pair) | Stretch::Close(code, pair) = stretch
            && !known(code)
        {
            plain.insert(*pair);
        }
    }
    for stretch in stretches {
        let (code, name, pair) = match stretch {
            Stretch::Text(text) => {
                out.text(text)?;
                continue;
            }
            Stretch::Alone(code) => {
                if let Some((tag, content)) = restored(dialect, code) {
                    element(out, &tag, content.as_deref())?;
                    continue;
                }
                (code, lone(code), 0)
            }
            Stretch::Open(code, pair) => {
                if let Some(tag) = tag_of(code).filter(|tag| dialect.is_around(tag)) {
                    let attributes = tag.attributes();
                    let attributes: Vec<_> = pairs(&attributes).collect();
                    out.start(&tag.name, &attributes)?;
                    elements.push(pair);
                    continue;
                }
                (code, "bpt", pair)
            }
            Stretch::Close(code, pair) => {
                if elements.last() == Some(&pair) {
                    elements.pop();
                    out.raw(code)?;
                    continue;
                }
                (code, "ept", pair)
            }
        };
        let verbatim = plain.contains(&pair) || !known(code);
        let name = if verbatim { "ph" } else { name };
        let number = numbers.of(code);
        let end = code.starts_with("</");
        let mut attributes = dialect.attributes(name, floor + pair, number, end);
        if verbatim {
            attributes.push((dialect.kind(), PLAIN.to_owned()));
        }
        let attributes: Vec<_> = attributes.iter().map(|(k, v)| (*k, v.as_str())).collect();
        out.element(name, &attributes, code)?;
    }
    Ok(())
}

fn pairs(attributes: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    attributes.iter().map(|(k, v)| (k.as_str(), v.as_str()))
}

/// The element for a code without a partner.
fn lone(code: &str) -> &'static str {
    let tag = code.starts_with('<') && !code.starts_with("<!") && !code.starts_with("<?");
    if tag && only_dresses(code) && !code.ends_with("/>") {
        "it"
    } else {
        "ph"
    }
}

/// Writes an element that a reader made a code of.
fn element<W: Write>(out: &mut xml::Writer<W>, tag: &Tag, content: Option<&str>) -> io::Result<()> {
    let all = tag.attributes();
    let attributes: Vec<_> = pairs(&all)
        .filter(|(key, _)| content.is_none() || *key != "c")
        .collect();
    match content {
        Some(content) => out.element(&tag.name, &attributes, content),
        None => out.empty(&tag.name, &attributes),
    }
}

/// The element that a reader made a code of, and the native code it held; only
/// where reading it again gives the same.
fn restored(dialect: Dialect, code: &str) -> Option<(Tag, Option<String>)> {
    let name = tag_name(code)?;
    let native = dialect.native(name);
    if !code.ends_with("/>") || (native.is_none() && !dialect.is_empty(name)) {
        return None;
    }
    let tag = tag_of(code)?;
    if written(&tag, None, "/>") != code {
        return None;
    }
    let Some((may, must)) = native else {
        return tag.get("id").is_some().then_some((tag, None));
    };
    let attributes = tag.attributes();
    let mut keys = attributes.iter().map(|(key, _)| key.as_str());
    let allowed = |key: &str| key == "c" || may.is_none_or(|may| may.contains(&key));
    if !keys.clone().all(allowed) || !must.iter().all(|key| keys.clone().any(|k| k == *key)) {
        return None;
    }
    // The native code stands last; one that is known would be read as itself.
    let content = tag.get("c");
    let last = content.is_none() || keys.next_back() == Some("c");
    let again = content
        .as_deref()
        .is_none_or(|c| !c.is_empty() && !is_itself(&tag.name, c));
    let plain = tag.get(dialect.kind()).as_deref() == Some(PLAIN);
    let place =
        dialect != Dialect::Tmx || tag.get("pos").is_none_or(|p| p == "begin" || p == "end");
    let content = content.unwrap_or_default();
    (last && again && place && !plain).then_some((tag, Some(content)))
}

/// A tag that stands in a text.
fn tag_of(code: &str) -> Option<Tag> {
    let mut xml = Reader::new(code.as_bytes(), Some("utf-8"));
    match xml.next_event() {
        Ok(Event::Start(tag)) => Some(tag),
        _ => None,
    }
}

/// The highest number of a pair that is an element already.
fn highest(dialect: Dialect, stretches: &[Stretch<'_>]) -> usize {
    let numbers = stretches.iter().filter_map(|stretch| match stretch {
        Stretch::Alone(code) => {
            let (tag, _) = restored(dialect, code)?;
            let number = tag.get("i").or_else(|| tag.get("rid"))?;
            number.parse::<usize>().ok()
        }
        _ => None,
    });
    numbers
        .filter(|number| *number < 100_000)
        .max()
        .unwrap_or(0)
}
