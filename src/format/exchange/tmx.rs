//! TMX 1.1 to 1.4, both levels (LISA OSCAR, 1998–2005), read.
//!
//! Attributes and properties that name what this program keeps go to their own
//! fields; all other properties are kept in the note, as `type=value`.

use std::cmp::Ordering;

use super::inline::{Style, content, skip, text};
use super::{Bytes, Item, Refused, Unit, Variant, iso, language, quote, state};
use crate::model::document::State;
use crate::xml::{Event, Fault, Reader, Tag};

/// What this program calls itself in the header.
pub(super) const TOOL: &str = "Zhengming";

/// A TMX file being read.
#[derive(Debug)]
pub(super) struct Tmx {
    pub(super) xml: Reader<Bytes>,
    /// The language that all units were translated from, where they are from one.
    source: String,
    /// Whether this program wrote it.
    pub(super) own: bool,
    /// Whether the root was seen.
    begun: bool,
}

impl Tmx {
    pub(super) fn new(bytes: Bytes, encoding: Option<&str>) -> Self {
        Self {
            xml: Reader::new(bytes, encoding),
            source: String::new(),
            own: false,
            begun: false,
        }
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) if !self.begun => {
                    self.begun = true;
                    if tag.name != "tmx" {
                        return Err(
                            self.fault(format!("this is not TMX: it begins with <{}>", tag.name))
                        );
                    }
                }
                Event::Start(tag) if tag.name == "header" => {
                    self.source = source(&tag).unwrap_or_default();
                    self.own = tag.get("creationtool").as_deref() == Some(TOOL);
                    skip(&mut self.xml)?;
                }
                Event::Start(tag) if tag.name == "tu" => return self.unit(&tag).map(Some),
                Event::Start(tag) if tag.name == "tuv" => {
                    let spot = self.xml.spot();
                    let quote = quote(&text(&mut self.xml)?);
                    return Ok(Some(Item::Refused(Refused {
                        spot,
                        reason: "a <tuv> outside of any <tu>".into(),
                        quote,
                    })));
                }
                Event::Eof if !self.begun => {
                    return Err(self.fault("this is not TMX: there is no element in it".into()));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn fault(&self, message: String) -> Fault {
        let spot = self.xml.spot();
        Fault { spot, message }
    }

    /// Reads a `<tu>` whose start was read.
    fn unit(&mut self, tag: &Tag) -> Result<Item, Fault> {
        let mut unit = Unit {
            spot: self.xml.spot(),
            source: source(tag).unwrap_or_else(|| self.source.clone()),
            state: State::Translated,
            ..Unit::default()
        };
        changed(&mut unit, tag);
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "tuv" => {
                        if let Err(reason) = self.variant(&mut unit, &tag)? {
                            return self.refuse(&unit, reason);
                        }
                    }
                    "prop" => self.property(&mut unit, &tag)?,
                    "note" => unit.remark(&text(&mut self.xml)?),
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => return Ok(Item::Unit(unit)),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads to the end of a unit that cannot be used.
    fn refuse(&mut self, unit: &Unit, reason: String) -> Result<Item, Fault> {
        let quote = quote(unit.variants.first().map_or("", |v| v.text.as_str()));
        skip(&mut self.xml)?;
        Ok(Item::Refused(Refused {
            spot: unit.spot,
            reason,
            quote,
        }))
    }

    /// Reads a `<tuv>`; the reason where it spoils its unit.
    fn variant(&mut self, unit: &mut Unit, tag: &Tag) -> Result<Result<(), String>, Fault> {
        let lang = tag.get("xml:lang").or_else(|| tag.get("lang"));
        changed(unit, tag);
        let mut segments = 0;
        let mut variant = Variant {
            lang: lang.clone().unwrap_or_default(),
            ..Variant::default()
        };
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "seg" => {
                        segments += 1;
                        let part = content(&mut self.xml, Style::Tmx)?;
                        (variant.text, variant.pieces) = (part.text, part.pieces);
                    }
                    "prop" => self.property(unit, &tag)?,
                    "note" => unit.remark(&text(&mut self.xml)?),
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => break,
                Event::Text(_) => {}
            }
        }
        let fault = match (segments, &lang) {
            (_, None) => Some("a <tuv> names no language"),
            // Nobody needs a text in a third language.
            (_, Some(tag)) if language(tag).is_none() => None,
            (0, _) => Some("a <tuv> has no <seg>"),
            (1, _) => None,
            _ => Some("a <tuv> has several <seg>"),
        };
        unit.variants.push(variant);
        Ok(fault.map_or(Ok(()), |fault| Err(fault.to_owned())))
    }

    fn property(&mut self, unit: &mut Unit, tag: &Tag) -> Result<(), Fault> {
        let name = tag.get("type").unwrap_or_default();
        let value = text(&mut self.xml)?;
        property(unit, &name, &value);
        Ok(())
    }
}

/// The language that `srclang` names; `None` for `*all*`.
fn source(tag: &Tag) -> Option<String> {
    tag.get("srclang").filter(|tag| !tag.starts_with('*'))
}

/// Takes the dates and persons of a tag: the latest change counts, with the
/// person who made it; where it names none, nobody is known to have.
fn changed(unit: &mut Unit, tag: &Tag) {
    let dates = [("changedate", "changeid"), ("creationdate", "creationid")];
    for (date, id) in dates {
        let who = tag.get(id).unwrap_or_default();
        let written = tag.get(date).unwrap_or_default();
        let when = iso(&written).unwrap_or_default();
        if when.is_empty() && !written.is_empty() {
            unit.remark(&format!("{date}={written}"));
        }
        match when.cmp(&unit.when) {
            Ordering::Greater => (unit.when, unit.who) = (when, who),
            Ordering::Equal if unit.who.is_empty() => unit.who = who,
            Ordering::Equal | Ordering::Less => {}
        }
    }
}

/// Takes a property in: to the field it is of, or to the note.
fn property(unit: &mut Unit, name: &str, value: &str) {
    if value.trim().is_empty() {
        return;
    }
    let field = match name.to_ascii_lowercase().as_str() {
        "document" | "x-document" | "txt::filename" | "filename" | "x-filename" | "file"
        | "x-file" => &mut unit.document,
        "subject" | "x-subject" | "domain" | "x-domain" => &mut unit.subject,
        "prev" | "x-prev" | "x-context-pre" => &mut unit.prev,
        "next" | "x-next" | "x-context-post" => &mut unit.next,
        "x-when" if unit.when.is_empty() => &mut unit.when,
        "x-state" | "x-confirmationlevel" | "x-confirmationlevel:singlestring" => {
            match state(value) {
                Some((state, aligned)) => (unit.state, unit.aligned) = (state, aligned),
                None => unit.remark(&format!("{name}={value}")),
            }
            return;
        }
        // memoQ's word for what an aligner made.
        "aligned" if value.trim().eq_ignore_ascii_case("yes") => {
            (unit.state, unit.aligned) = (State::Draft, true);
            return;
        }
        _ => {
            unit.remark(&format!("{name}={value}"));
            return;
        }
    };
    if field.is_empty() {
        // memoQ writes the neighbor with its element, codes and all.
        *field = segment(value).unwrap_or_else(|| {
            let value = value.strip_prefix("<seg>").unwrap_or(value);
            value.strip_suffix("</seg>").unwrap_or(value).to_owned()
        });
    } else if field != value {
        let other = format!("{name}={value}");
        unit.remark(&other);
    }
}

/// The text of a whole element `<seg>`; `None` where a value is none.
fn segment(value: &str) -> Option<String> {
    if !value.starts_with("<seg>") {
        return None;
    }
    let bytes: Bytes = Box::new(std::io::Cursor::new(value.to_owned().into_bytes()));
    let mut xml = Reader::new(bytes, Some("utf-8"));
    xml.next_event().ok()?;
    content(&mut xml, Style::Tmx).ok().map(|part| part.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::tests::bytes;

    fn items(body: &str) -> Vec<Item> {
        let text = format!(
            "<tmx version='1.4'><header srclang='en-US' creationtool='X'><note>n</note></header>\
             <body>{body}</body></tmx>"
        );
        let mut tmx = Tmx::new(bytes(&text), None);
        let mut found = Vec::new();
        while let Some(item) = tmx.next_item().unwrap() {
            found.push(item);
        }
        found
    }

    #[test]
    fn what_a_unit_says_about_itself() {
        let found = items(
            "<tu changedate='20200102T030405Z' changeid='李' creationdate='20190102T030405Z' creationid='王'>\
             <note>一</note><prop type='x-document'>a.docx</prop><prop type='x-Client:SingleString'>DOE</prop>\
             <prop type='x-ConfirmationLevel'>ApprovedSignOff</prop><prop type='x-context-pre'>&lt;seg&gt;Before&lt;/seg&gt;</prop>\
             <tuv xml:lang='EN-US'><seg>Energy</seg></tuv><tuv lang='ZH-CN' changedate='20210102T030405Z'><note>二</note><seg>能源</seg></tuv></tu>",
        );
        let [Item::Unit(unit)] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (unit.when.as_str(), unit.who.as_str()),
            ("2021-01-02T03:04:05Z", "")
        );
        assert_eq!(
            (
                unit.source.as_str(),
                unit.document.as_str(),
                unit.prev.as_str()
            ),
            ("en-US", "a.docx", "Before")
        );
        assert_eq!(unit.note, "一 | x-Client:SingleString=DOE | 二");
        assert_eq!((unit.state, unit.variants.len()), (State::Final, 2));
        assert_eq!(unit.variants[1].lang, "ZH-CN");
    }

    #[test]
    fn a_neighbor_is_written_as_its_unit_is() {
        let pair = "<bpt i='1'>{}</bpt>B<ept i='1'>{}</ept>";
        let escaped = format!("A &amp;amp; {}", pair.replace('<', "&lt;"));
        let found = items(&format!(
            "<tu><prop type='x-context-pre'>&lt;seg>{escaped}&lt;/seg></prop>\
             <tuv xml:lang='en'><seg>A &amp; {pair}</seg></tuv><tuv xml:lang='zh'><seg>甲</seg></tuv></tu>"
        ));
        let [Item::Unit(unit)] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            unit.prev,
            "A & <bpt i=\"1\" c=\"{}\"/>B<ept i=\"1\" c=\"{}\"/>"
        );
        assert_eq!(unit.prev, unit.variants[0].text);
    }

    #[test]
    fn languages_may_have_names_in_place_of_tags() {
        let found = items(
            "<tu><tuv xml:lang='English (United States)'><seg>a</seg></tuv><tuv xml:lang='简体中文'><seg>甲</seg></tuv></tu>",
        );
        let [Item::Unit(unit)] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(super::super::couples(unit).unwrap().len(), 1);
    }

    #[test]
    fn what_memoq_aligned_is_marked_so() {
        let unit = |word: &str| {
            format!(
                "<tu><prop type='aligned'>{word}</prop><tuv xml:lang='en'><seg>a</seg></tuv>\
                 <tuv xml:lang='zh'><seg>甲</seg></tuv></tu>"
            )
        };
        let found = items(&[unit("yes"), unit("no")].concat());
        let told = found.iter().map(|item| match item {
            Item::Unit(unit) => (unit.state, unit.aligned, unit.note.as_str()),
            Item::Refused(refused) => panic!("{refused:?}"),
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (State::Draft, true, ""),
                (State::Translated, false, "aligned=no")
            ]
        );
    }

    #[test]
    fn the_latest_change_and_its_person_go_together() {
        let found = items(
            "<tu changedate='20200102T030405Z' changeid='李'>\
             <tuv xml:lang='en' creationdate='20180102T030405Z' creationid='王'><seg>a</seg></tuv>\
             <tuv xml:lang='zh' changedate='20210102T030405Z' changeid='张' creationid='赵'><seg>甲</seg></tuv></tu>\
             <tu creationid='王'><tuv xml:lang='en'><seg>b</seg></tuv><tuv xml:lang='zh' changeid='李'><seg>乙</seg></tuv></tu>",
        );
        let told = found.iter().map(|item| match item {
            Item::Unit(unit) => (unit.when.as_str(), unit.who.as_str()),
            Item::Refused(refused) => panic!("{refused:?}"),
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("2021-01-02T03:04:05Z", "张"), ("", "王")]
        );
    }

    #[test]
    fn units_that_cannot_be_used_have_a_reason_and_do_not_spoil_the_next() {
        let found = items(
            "<tu><tuv><seg>a</seg></tuv><tuv xml:lang='zh'><seg>甲</seg></tuv></tu>\
             <tu><tuv xml:lang='en'></tuv></tu><tuv xml:lang='en'><seg>b</seg></tuv>\
             <tu srclang='*all*'><tuv xml:lang='zh'><seg>乙</seg></tuv></tu>\
             <tu><tuv xml:lang='fr'/><tuv xml:lang='zh'><seg>丙</seg></tuv></tu>",
        );
        let reasons: Vec<String> = found
            .iter()
            .map(|item| match item {
                Item::Unit(unit) => format!("unit from {:?}", unit.source),
                Item::Refused(refused) => refused.reason.clone(),
            })
            .collect();
        assert_eq!(
            reasons,
            [
                "a <tuv> names no language",
                "a <tuv> has no <seg>",
                "a <tuv> outside of any <tu>",
                "unit from \"en-US\"",
                "unit from \"en-US\""
            ]
        );
    }

    #[test]
    fn another_file_is_refused() {
        let bytes: Bytes = Box::new(&b"<xliff/>"[..]);
        let fault = Tmx::new(bytes, None).next_item().unwrap_err();
        assert!(fault.message.contains("<xliff>"));
        let bytes: Bytes = Box::new(&b"plain"[..]);
        assert!(Tmx::new(bytes, None).next_item().is_err());
    }
}
