//! The units of XLIFF 2.0 to 2.2.

use super::super::inline::{Data, Style, content, content2, skip, text};
use super::{Segment, Xliff};
use crate::model::document::State;
use crate::xml::{Event, Fault, Tag};

impl Xliff {
    /// Reads a `<unit>` of XLIFF 2.
    pub(super) fn unit2(&mut self, tag: &Tag) -> Result<(), Fault> {
        let spot = self.xml.spot();
        let no = tag.get("translate").as_deref() == Some("no");
        let mut notes = Vec::new();
        let mut data = Data::new();
        let mut found: Vec<Segment> = Vec::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "notes" => self.notes2(&mut notes)?,
                    "originalData" => self.data2(&mut data)?,
                    "segment" => {
                        let mut segment = self.segment2(&tag, &data)?;
                        if no {
                            segment.refused = Some("it is marked as not to be translated");
                        }
                        found.push(segment);
                    }
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => break,
                Event::Text(_) => {}
            }
        }
        if found.is_empty() {
            found.push(Segment {
                spot,
                refused: Some("a <unit> has no <segment>"),
                ..Segment::default()
            });
        }
        for mut segment in found {
            segment.notes.clone_from(&notes);
            self.push(segment);
        }
        Ok(())
    }

    fn notes2(&mut self, notes: &mut Vec<String>) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(_) => notes.push(text(&mut self.xml)?),
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads the native codes that the elements in the segments refer to.
    fn data2(&mut self, data: &mut Data) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => {
                    let code = content(&mut self.xml, Style::Xliff2)?.text;
                    data.insert(tag.get("id").unwrap_or_default(), code);
                }
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    fn segment2(&mut self, tag: &Tag, data: &Data) -> Result<Segment, Fault> {
        let mut segment = Segment {
            spot: self.xml.spot(),
            // What names no state is in the first one (the default of XLIFF 2.0 to 2.2).
            state: match tag.get("state").as_deref() {
                None | Some("initial") => Some(State::Draft),
                Some(word) => State::named(word),
            },
            ..Segment::default()
        };
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "source" => segment.source = Some(content2(&mut self.xml, data)?),
                    "target" => segment.target = Some(content2(&mut self.xml, data)?),
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => return Ok(segment),
                Event::Text(_) => {}
            }
        }
    }
}
