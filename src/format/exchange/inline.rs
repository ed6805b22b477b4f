//! The content of a segment in XML: text with inline elements, as the text
//! with inline codes that this program keeps (`text::code`), and back.
//!
//! An element that holds a native code (`<ph>`, `<bpt>`, …) becomes that code
//! where it is one that `text::code` knows (`<b>`, `{0}`). Every other element
//! stays as an XML tag, which is such a code itself, and a native code nobody
//! knows is kept in its attribute `c`: `<ph x="1" c="{\b "/>`. So what tools
//! put into a segment survives, and comparing leaves it out.

use std::collections::HashMap;

use super::Bytes;
use crate::model::document::Piece;
use crate::span::Span;
use crate::text::code::{codes, only_dresses};
use crate::xml::{Event, Fault, Reader, Tag, attribute};

/// Whose inline elements these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Tmx,
    Xliff1,
    Xliff2,
}

/// What an inline element is.
enum Role {
    /// It holds a native code, which is not text.
    Native,
    /// It stands for a code and holds nothing.
    Empty,
    /// It dresses the text in it.
    Around,
    /// A note about the text in it: only the text is kept.
    About,
    /// A character that XML cannot hold.
    Character,
}

impl Style {
    fn role(self, name: &str) -> Role {
        match (self, name) {
            (Self::Tmx, "ph" | "bpt" | "ept" | "it" | "ut")
            | (Self::Xliff1, "ph" | "bpt" | "ept" | "it") => Role::Native,
            (Self::Xliff1, "x" | "bx" | "ex") | (Self::Xliff2, "ph" | "sc" | "ec") => Role::Empty,
            (Self::Xliff2, "cp") => Role::Character,
            (Self::Xliff1, "mrk") | (Self::Xliff2, "mrk" | "sm" | "em") | (_, "sub") => Role::About,
            _ => Role::Around,
        }
    }
}

/// The content of a segment, or of one of the segments marked inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The mark's `mid`; empty for what is outside of all marks.
    pub(super) mid: String,
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

impl Part {
    fn push(&mut self, text: &str, offset: u64) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            unit: self.text.len() as u32,
            file: offset as u32,
        });
        self.text.push_str(text);
    }
}

/// Reads the content of an element whose start was read, up to and with its end.
pub(super) fn content(xml: &mut Reader<Bytes>, style: Style) -> Result<Part, Fault> {
    let parts = read(xml, style, false, &Data::new())?;
    Ok(parts.into_iter().next().unwrap_or_default())
}

/// The native codes of a unit of XLIFF 2, by the ids of their `<data>`.
pub(super) type Data = HashMap<String, String>;

/// As [`content`], in XLIFF 2, with the native codes that its elements refer to.
pub(super) fn content2(xml: &mut Reader<Bytes>, data: &Data) -> Result<Part, Fault> {
    let parts = read(xml, Style::Xliff2, false, data)?;
    Ok(parts.into_iter().next().unwrap_or_default())
}

/// As [`content`]; with `split`, the segments that XLIFF 1.2 marks inside a text
/// (`<mrk mtype="seg" mid="1">`) are given apart, after what is outside of them.
pub(super) fn parts(
    xml: &mut Reader<Bytes>,
    style: Style,
    split: bool,
) -> Result<Vec<Part>, Fault> {
    read(xml, style, split, &Data::new())
}

fn read(
    xml: &mut Reader<Bytes>,
    style: Style,
    split: bool,
    data: &Data,
) -> Result<Vec<Part>, Fault> {
    let mut parts = vec![Part::default()];
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    loop {
        bounded(xml, parts.get(at).map_or(0, |part| part.text.len()))?;
        let event = xml.next_event()?;
        let offset = xml.spot().offset;
        let mut push = |at: usize, text: &str| {
            if let Some(part) = parts.get_mut(at) {
                part.push(text, offset);
            }
        };
        match event {
            Event::Text(text) => push(at, &text),
            Event::Start(tag) => match style.role(&tag.name) {
                Role::Native => push(at, &native(xml, &tag)?),
                Role::Empty => {
                    skip(xml)?;
                    push(at, &standing(&tag, data));
                }
                Role::Character => {
                    skip(xml)?;
                    push(at, &character(&tag));
                }
                Role::Around => {
                    let (begin, end) = around(&tag, data);
                    push(at, &begin);
                    open.push(Open::Around(end));
                }
                Role::About if is_deleted(&tag) => skip(xml)?,
                Role::About if split && tag.get("mtype").as_deref() == Some("seg") => {
                    open.push(Open::Segment(at));
                    at = parts.len();
                    let mid = tag.get("mid").unwrap_or_else(|| at.to_string());
                    parts.push(Part {
                        mid,
                        ..Part::default()
                    });
                }
                Role::About => open.push(Open::About),
            },
            Event::End(_) => match open.pop() {
                Some(Open::Around(end)) => push(at, &end),
                Some(Open::Segment(before)) => at = before,
                Some(Open::About) => {}
                None => return Ok(parts),
            },
            Event::Eof => return Ok(parts),
        }
    }
}

/// An element that is open.
enum Open {
    /// The code that ends it.
    Around(String),
    About,
    /// A marked segment, and the part it lies in.
    Segment(usize),
}

/// Whether an element marks what a translator has deleted while changes were
/// tracked, as SDL's tools write it.
fn is_deleted(tag: &Tag) -> bool {
    tag.get("mtype").as_deref() == Some("x-sdl-deleted")
}

/// A text that comes in pieces may be so long, in bytes.
const LONGEST: usize = 16 << 20;

fn bounded(xml: &Reader<Bytes>, length: usize) -> Result<(), Fault> {
    if length <= LONGEST {
        return Ok(());
    }
    Err(Fault {
        spot: xml.spot(),
        message: "a text is longer than 16 MB: refused".into(),
    })
}

/// Passes over the rest of an element whose start was read.
pub(super) fn skip(xml: &mut Reader<Bytes>) -> Result<(), Fault> {
    let mut depth = 0usize;
    loop {
        match xml.next_event()? {
            Event::Text(_) => {}
            Event::Start(_) => depth += 1,
            Event::End(_) if depth > 0 => depth -= 1,
            Event::End(_) | Event::Eof => return Ok(()),
        }
    }
}

/// All text in an element whose start was read, without what its elements mean.
pub(super) fn text(xml: &mut Reader<Bytes>) -> Result<String, Fault> {
    let mut depth = 0usize;
    let mut all = String::new();
    loop {
        match xml.next_event()? {
            Event::Text(text) => {
                all.push_str(&text);
                bounded(xml, all.len())?;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) if depth > 0 => depth -= 1,
            Event::End(_) | Event::Eof => return Ok(all),
        }
    }
}

/// The code of an element that holds a native code.
fn native(xml: &mut Reader<Bytes>, tag: &Tag) -> Result<String, Fault> {
    let plain = [tag.get("type"), tag.get("ctype")].contains(&Some(PLAIN.to_owned()));
    let code = text(xml)?;
    if plain || is_itself(&tag.name, &code) {
        return Ok(code);
    }
    Ok(written(tag, Some(&code), "/>"))
}

/// The code of an element that stands for one, and of XLIFF 2 may refer to it.
fn standing(tag: &Tag, data: &Data) -> String {
    let native = tag.get("dataRef").and_then(|id| data.get(&id));
    match native {
        Some(code) if is_itself(&tag.name, code) => code.clone(),
        native => written(tag, native.map(String::as_str), "/>"),
    }
}

/// The codes before and behind what an element dresses.
fn around(tag: &Tag, data: &Data) -> (String, String) {
    let native = |key: &str| {
        tag.get(key)
            .and_then(|id| data.get(&id))
            .map_or("", String::as_str)
    };
    let (start, end) = (native("dataRefStart"), native("dataRefEnd"));
    if known(start) && known(end) && closes(start, end) {
        return (start.to_owned(), end.to_owned());
    }
    let close = format!("</{}>", tag.name);
    if start.is_empty() && end.is_empty() {
        return (written(tag, None, ">"), close);
    }
    let begin = written(tag, Some(start), "");
    (format!("{begin} e=\"{}\">", attribute(end)), close)
}

/// Whether a native code stands in a text as itself. A placeholder in the place of a
/// paired code (`{}`, `{1}` of other programs) would lose its partner.
pub(super) fn is_itself(name: &str, code: &str) -> bool {
    let paired = matches!(name, "bpt" | "ept" | "sc" | "ec");
    known(code) && (!paired || code.starts_with('<') || only_dresses(code))
}

/// The kind of a native code that this program wrote and reads as it stands.
pub(super) const PLAIN: &str = "x-plain";

/// Whether a text is nothing but codes that `text::code` knows, by themselves
/// or (emphasis, links) by their partner.
pub(super) fn known(code: &str) -> bool {
    if !code.is_empty() && !code.starts_with('<') && only_dresses(code) {
        return true;
    }
    let mut end = 0;
    for span in codes(code) {
        if span.start != end {
            return false;
        }
        end = span.end;
    }
    end > 0 && end as usize == code.len()
}

/// A tag as it stands in a text, with a native code in its attribute `c`.
pub(super) fn written(tag: &Tag, native: Option<&str>, close: &str) -> String {
    let mut out = format!("<{}", tag.name);
    // A native code that is here needs no reference to where it was.
    let refers = |key: &str| native.is_some() && key.starts_with("dataRef");
    let attributes = tag.attributes();
    let attributes = attributes.iter().filter(|(key, _)| !refers(key));
    let mut add = |key: &str, value: &str| {
        out.extend([" ", key, "=\"", &attribute(value), "\""]);
    };
    for (key, value) in attributes {
        add(key, value);
    }
    if let Some(native) = native.filter(|native| !native.is_empty()) {
        add("c", native);
    }
    out.push_str(close);
    out
}

/// The character of `<cp hex="001A"/>`.
fn character(tag: &Tag) -> String {
    let hex = tag.get("hex").unwrap_or_default();
    let found = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
    found.unwrap_or('\u{FFFD}').to_string()
}

/// A stretch of a segment, for writing it to a format that tells codes from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch<'t> {
    /// Text.
    Text(&'t str),
    /// A code that stands alone.
    Alone(&'t str),
    /// A code that opens a pair, with the pair's number, from 1.
    Open(&'t str, usize),
    /// The code that closes it.
    Close(&'t str, usize),
}

/// A segment as text and codes, those that belong together numbered alike.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    // The places in `open` of codes that one code closes, the last on top; some are gone.
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut pairs = 0;
    let mut at = 0;
    for span in codes(text) {
        let between = Span::new(at, span.start as usize).of(text);
        if !between.is_empty() {
            out.push(Stretch::Text(between));
        }
        at = span.end as usize;
        let code = span.of(text);
        let stack = closed_by(code).and_then(|name| places.get_mut(name));
        let partner = stack.and_then(|stack| {
            let stands = |at: usize| open.get(at).is_some_and(|(_, known)| closes(known, code));
            std::iter::from_fn(|| stack.pop()).find(|at| stands(*at))
        });
        if let Some(partner) = partner {
            pairs += 1;
            let (place, opening) = open[partner];
            // What was opened inside and is not closed yet stands alone.
            open.truncate(partner);
            out[place] = Stretch::Open(opening, pairs);
            out.push(Stretch::Close(code, pairs));
        } else {
            if let Some(name) = opens(code) {
                places.entry(name).or_default().push(open.len());
                open.push((out.len(), code));
            }
            out.push(Stretch::Alone(code));
        }
    }
    let rest = Span::new(at, text.len()).of(text);
    if !rest.is_empty() {
        out.push(Stretch::Text(rest));
    }
    out
}

/// Whether one code closes what another opened: `<b>` and `</b>`, `**` and `**`.
fn closes(opening: &str, code: &str) -> bool {
    opens(opening).is_some_and(|name| closed_by(code) == Some(name))
}

/// The name of what a code opens; emphasis is its own.
fn opens(code: &str) -> Option<&str> {
    if is_emphasis(code) {
        return Some(code);
    }
    tag_name(code).filter(|_| !code.ends_with("/>"))
}

/// The name of what a code closes.
fn closed_by(code: &str) -> Option<&str> {
    if is_emphasis(code) {
        return Some(code);
    }
    let end = code.strip_prefix("</")?;
    Some(end.trim_end_matches('>').trim_end())
}

fn is_emphasis(code: &str) -> bool {
    code.chars().all(|c| matches!(c, '*' | '_' | '~'))
}

/// The name of an opening tag.
pub(super) fn tag_name(code: &str) -> Option<&str> {
    let inside = code.strip_prefix('<')?;
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = Span::new(0, end).of(inside);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(inside: &str, style: Style) -> String {
        let text = format!("<seg>{inside}</seg>");
        let bytes: Bytes = Box::new(std::io::Cursor::new(text.into_bytes()));
        let mut xml = Reader::new(bytes, None);
        xml.next_event().unwrap();
        content(&mut xml, style).unwrap().text
    }

    #[test]
    fn native_codes_that_are_known_are_themselves() {
        let text = taken(
            "按<bpt i='1' x='1'>&lt;b&gt;</bpt>确定<ept i='1'>&lt;/b&gt;</ept>，<ph>{0}</ph>",
            Style::Tmx,
        );
        assert_eq!(text, "按<b>确定</b>，{0}");
    }

    #[test]
    fn a_placeholder_that_is_half_of_a_pair_keeps_its_element() {
        let text = taken(
            "<bpt i='1' type='bold'>{}</bpt>完成<ept i='1'>{}</ept><bpt i='2'>[</bpt>网<ept i='2'>](a.md)</ept>",
            Style::Tmx,
        );
        assert_eq!(
            text,
            r#"<bpt i="1" type="bold" c="{}"/>完成<ept i="1" c="{}"/>[网](a.md)"#
        );
    }

    #[test]
    fn what_nobody_knows_is_kept_in_a_tag_that_is_a_code() {
        let text = taken(
            r#"a<bpt i="1">{\b </bpt>b<ept i="1">}</ept><ph x="2"/><ut>{\cs6 &lt;a "x"&gt;}</ut><hi type="u">c</hi>"#,
            Style::Tmx,
        );
        assert_eq!(
            text,
            r#"a<bpt i="1" c="{\b "/>b<ept i="1" c="}"/><ph x="2"/><ut c="{\cs6 &lt;a &quot;x&quot;&gt;}"/><hi type="u">c</hi>"#
        );
        let letters: String = stretches(&text)
            .into_iter()
            .filter_map(|s| match s {
                Stretch::Text(text) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(letters, "abc", "only text is text");
    }

    #[test]
    fn sub_flows_stay_inside_their_code() {
        let text = taken("x<ph>&lt;img alt=\"<sub>标志</sub>\"&gt;</ph>y", Style::Tmx);
        assert_eq!(text, "x<img alt=\"标志\">y");
    }

    #[test]
    fn codes_of_xliff() {
        let one =
            "<g id='1' ctype='bold'>粗</g><x id='2' equiv-text='{{n}}'/><mrk mtype='term'>词</mrk>";
        assert_eq!(
            taken(one, Style::Xliff1),
            "<g id=\"1\" ctype=\"bold\">粗</g><x id=\"2\" equiv-text=\"{{n}}\"/>词"
        );
        let tracked = "保<mrk mtype='x-sdl-deleted'>旧<g id='1'>的</g></mrk><mrk mtype='x-sdl-added'>新</mrk>";
        assert_eq!(taken(tracked, Style::Xliff1), "保新");
        let two = "<pc id='1'>粗</pc><ph id='2' disp='a'/><mrk id='m' type='term'>词</mrk><cp hex='0041'/>";
        assert_eq!(
            taken(two, Style::Xliff2),
            "<pc id=\"1\">粗</pc><ph id=\"2\" disp=\"a\"/>词A"
        );
    }

    #[test]
    fn pairs_are_found_across_each_other() {
        let text = "<b>a<i>b</b>c</i>**d**{0}</u>";
        let kinds: Vec<String> = stretches(text)
            .iter()
            .map(|s| match s {
                Stretch::Text(t) => (*t).to_owned(),
                Stretch::Alone(c) => format!("[{c}]"),
                Stretch::Open(c, n) | Stretch::Close(c, n) => format!("{n}:{c}"),
            })
            .collect();
        assert_eq!(
            kinds.concat(),
            "1:<b>a[<i>]b1:</b>c[</i>]2:**d2:**[{0}][</u>]"
        );
    }
}
