//! XLIFF 1.2 and 2.0 to 2.2 (OASIS), read, with what SDL's and memoQ's
//! dialects say about a segment's state.
//!
//! Every segment is a unit. The segments of one `<file>` are each other's
//! neighbors, so that context matches work from them.

use std::collections::{HashMap, VecDeque};

use super::inline::{Part, Style, content, parts, skip, text};
use super::{Bytes, Item, Refused, Unit, Variant, quote, state};
use crate::model::document::State;
use crate::text::stream::Spot;
use crate::xml::{Event, Fault, Reader, Tag};

/// An XLIFF file being read.
#[derive(Debug)]
pub(super) struct Xliff {
    pub(super) xml: Reader<Bytes>,
    /// Whether this program wrote it.
    pub(super) own: bool,
    /// Its major version; 0 before the root was seen.
    version: u8,
    source: String,
    target: String,
    document: String,
    when: String,
    /// Read and waiting for their next neighbor.
    ready: VecDeque<Item>,
    /// The source of the segment before, in the same file.
    before: String,
    /// What ended the reading before the end, until it is said.
    broken: Option<Fault>,
    over: bool,
}

/// A segment as it is being put together.
#[derive(Debug, Default)]
struct Segment {
    spot: Spot,
    source: Option<Part>,
    target: Option<Part>,
    state: Option<State>,
    who: String,
    when: String,
    notes: Vec<String>,
    /// What this program writes as contexts: neighbors, subject.
    prev: Option<String>,
    next: Option<String>,
    subject: String,
    aligned: bool,
    /// Its own reason not to be used.
    refused: Option<&'static str>,
}

impl Xliff {
    pub(super) fn new(bytes: Bytes, encoding: Option<&str>) -> Self {
        Self {
            xml: Reader::new(bytes, encoding),
            own: false,
            version: 0,
            source: String::new(),
            target: String::new(),
            document: String::new(),
            when: String::new(),
            ready: VecDeque::new(),
            before: String::new(),
            broken: None,
            over: false,
        }
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, Fault> {
        loop {
            // The last one waits for the one after it.
            if self.ready.len() > 1 || self.over {
                let item = self.ready.pop_front();
                return match self.broken.take_if(|_| item.is_none()) {
                    Some(fault) => Err(fault),
                    None => Ok(item),
                };
            }
            if let Err(fault) = self.step() {
                // What was read before is given first.
                self.broken = Some(fault);
                self.over = true;
            }
        }
    }

    /// Reads one event, or all of one unit.
    fn step(&mut self) -> Result<(), Fault> {
        match self.xml.next_event()? {
            Event::Start(tag) if self.version == 0 => self.root(&tag)?,
            Event::Start(tag) => match (self.version, tag.name.as_str()) {
                (_, "file") => self.file(&tag),
                (1, "trans-unit") => self.unit1(&tag)?,
                (2, "unit") => self.unit2(&tag)?,
                (1, "tool") => self.own |= tag.get("tool-id").as_deref() == Some(super::tmx::TOOL),
                // Another file's own text.
                (_, "skl" | "skeleton" | "reference") => skip(&mut self.xml)?,
                // Groups, headers, what tools add: there may be units inside.
                _ => {}
            },
            Event::Eof => {
                self.over = true;
                if self.version == 0 {
                    return Err(self.fault("this is not XLIFF: there is no element in it"));
                }
            }
            Event::Text(_) | Event::End(_) => {}
        }
        Ok(())
    }

    fn fault(&self, message: &str) -> Fault {
        Fault {
            spot: self.xml.spot(),
            message: message.to_owned(),
        }
    }

    fn root(&mut self, tag: &Tag) -> Result<(), Fault> {
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        if name != "xliff" {
            return Err(self.fault(&format!("this is not XLIFF: it begins with <{}>", tag.name)));
        }
        let version = tag.get("version").unwrap_or_default();
        self.version = match version.split('.').next() {
            Some("2") => 2,
            // Whoever names no version writes 1.x as a rule.
            Some("1" | "") => 1,
            _ => {
                return Err(self.fault(&format!(
                    "XLIFF {version} is not known here: 1.x and 2.x are read"
                )));
            }
        };
        self.source = tag.get("srcLang").unwrap_or_default();
        self.target = tag.get("trgLang").unwrap_or_default();
        Ok(())
    }

    fn file(&mut self, tag: &Tag) {
        if self.version == 1 {
            self.source = tag.get("source-language").unwrap_or_default();
            self.target = tag.get("target-language").unwrap_or_default();
            self.when = tag
                .get("date")
                .and_then(|date| super::iso(&date))
                .unwrap_or_default();
        }
        self.document = tag
            .get("original")
            .or_else(|| tag.get("id"))
            .unwrap_or_default();
        self.before.clear();
    }

    /// Reads a `<trans-unit>` of XLIFF 1.2.
    fn unit1(&mut self, tag: &Tag) -> Result<(), Fault> {
        let mut all = Segment {
            spot: self.xml.spot(),
            ..Segment::default()
        };
        let no = |key: &str| tag.get(key).as_deref() == Some("no");
        let approved = tag.get("approved").as_deref() == Some("yes");
        if no("translate") {
            all.refused = Some("it is marked as not to be translated");
        }
        all.state = tag
            .get("mq:status")
            .and_then(|word| state(&word))
            .map(|s| s.0);
        all.who = tag.get("mq:lastchanginguser").unwrap_or_default();
        let mut marked: Vec<Part> = Vec::new();
        let mut targets: Vec<Part> = Vec::new();
        let mut defined: HashMap<String, State> = HashMap::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "source" => all.source = Some(content(&mut self.xml, Style::Xliff1)?),
                    "seg-source" => marked = parts(&mut self.xml, Style::Xliff1, true)?,
                    "target" => {
                        all.state = all.state.or_else(|| state1(&tag));
                        all.aligned = tag.get("state").as_deref() == Some("x-aligned");
                        targets = parts(&mut self.xml, Style::Xliff1, true)?;
                    }
                    "note" => all.notes.push(text(&mut self.xml)?),
                    "context-group" => self.contexts(&mut all)?,
                    "sdl:seg-defs" => self.definitions(&mut defined)?,
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => break,
                Event::Text(_) => {}
            }
        }
        if approved {
            all.state = Some(all.state.unwrap_or_default().max(State::Reviewed));
        }
        for segment in segments(all, marked, targets, &defined) {
            self.push(segment);
        }
        Ok(())
    }

    /// Reads the contexts that this program writes; others are passed over.
    fn contexts(&mut self, segment: &mut Segment) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => {
                    let kind = tag.get("context-type").unwrap_or_default();
                    let value = text(&mut self.xml)?;
                    match kind.as_str() {
                        "x-when" => segment.when = value,
                        "x-who" => segment.who = value,
                        "x-subject" => segment.subject = value,
                        "x-prev" => segment.prev = Some(value),
                        "x-next" => segment.next = Some(value),
                        _ => {}
                    }
                }
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads SDL's states of segments.
    fn definitions(&mut self, defined: &mut HashMap<String, State>) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => {
                    if let (Some(id), Some(word)) = (tag.get("id"), tag.get("conf"))
                        && let Some((state, _)) = state(&word)
                    {
                        defined.insert(id, state);
                    }
                    skip(&mut self.xml)?;
                }
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads a `<unit>` of XLIFF 2.
    fn unit2(&mut self, tag: &Tag) -> Result<(), Fault> {
        let spot = self.xml.spot();
        let no = tag.get("translate").as_deref() == Some("no");
        let mut notes = Vec::new();
        let mut found: Vec<Segment> = Vec::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "notes" => self.notes2(&mut notes)?,
                    "segment" => {
                        let mut segment = self.segment2(&tag)?;
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

    fn segment2(&mut self, tag: &Tag) -> Result<Segment, Fault> {
        let mut segment = Segment {
            spot: self.xml.spot(),
            state: tag.get("state").as_deref().and_then(|word| match word {
                "initial" => Some(State::Draft),
                word => State::named(word),
            }),
            ..Segment::default()
        };
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "source" => segment.source = Some(content(&mut self.xml, Style::Xliff2)?),
                    "target" => segment.target = Some(content(&mut self.xml, Style::Xliff2)?),
                    _ => skip(&mut self.xml)?,
                },
                Event::End(_) | Event::Eof => return Ok(segment),
                Event::Text(_) => {}
            }
        }
    }

    /// Makes a unit of a segment, and neighbors of it and the one before.
    fn push(&mut self, segment: Segment) {
        let source = segment.source.unwrap_or_default();
        let target = segment.target.unwrap_or_default();
        let empty = |part: &Part| part.text.trim().is_empty();
        let refused = segment
            .refused
            .or_else(|| empty(&source).then_some("it has no source text"));
        // The first of a file has nothing before it.
        let follows = !empty(&source) && !self.before.is_empty() && !self.own;
        if let Some(Item::Unit(last)) = self.ready.back_mut().filter(|_| follows) {
            last.next.clone_from(&source.text);
        }
        let before = std::mem::replace(&mut self.before, source.text.clone());
        if let Some(reason) = refused {
            self.ready.push_back(Item::Refused(Refused {
                spot: segment.spot,
                reason: reason.into(),
                quote: quote(&source.text),
            }));
            return;
        }
        let variant = |lang: &str, part: Part| Variant {
            lang: lang.to_owned(),
            text: part.text,
            pieces: part.pieces,
        };
        let mut unit = Unit {
            spot: segment.spot,
            source: self.source.clone(),
            variants: vec![variant(&self.source, source), variant(&self.target, target)],
            state: segment.state.unwrap_or(State::Translated),
            when: if segment.when.is_empty() {
                self.when.clone()
            } else {
                segment.when
            },
            who: segment.who,
            document: self.document.clone(),
            prev: segment
                .prev
                .unwrap_or(if self.own { String::new() } else { before }),
            next: segment.next.unwrap_or_default(),
            subject: segment.subject,
            aligned: segment.aligned,
            ..Unit::default()
        };
        for note in &segment.notes {
            unit.remark(note);
        }
        self.ready.push_back(Item::Unit(unit));
    }
}

/// The segments of a `<trans-unit>`: those marked inside it, where source and
/// target are marked alike; else all of it is one.
fn segments(
    all: Segment,
    marked: Vec<Part>,
    targets: Vec<Part>,
    defined: &HashMap<String, State>,
) -> Vec<Segment> {
    let mut inside = marked.into_iter().skip(1).peekable();
    if inside.peek().is_none() {
        let whole = targets.into_iter().reduce(|mut whole, part| {
            whole.text.push_str(&part.text);
            whole
        });
        let state = defined
            .values()
            .next()
            .copied()
            .filter(|_| defined.len() == 1);
        return vec![Segment {
            target: whole,
            state: state.or(all.state),
            ..all
        }];
    }
    let mut targets: Vec<Part> = targets.into_iter().skip(1).collect();
    let mut found = Vec::new();
    for source in inside {
        let at = targets.iter().position(|target| target.mid == source.mid);
        let state = defined.get(&source.mid).copied().or(all.state);
        found.push(Segment {
            spot: all.spot,
            target: at.map(|at| targets.remove(at)),
            source: Some(source),
            state,
            who: all.who.clone(),
            when: all.when.clone(),
            notes: all.notes.clone(),
            refused: all.refused,
            ..Segment::default()
        });
    }
    for orphan in targets {
        found.push(Segment {
            spot: all.spot,
            target: Some(orphan),
            ..Segment::default()
        });
    }
    found
}

/// The state that a `<target>` of XLIFF 1.2 names.
fn state1(tag: &Tag) -> Option<State> {
    let qualifier = tag.get("state-qualifier").unwrap_or_default();
    if ["mt-suggestion", "leveraged-mt", "fuzzy-match"].contains(&qualifier.as_str()) {
        return Some(State::Draft);
    }
    match tag.get("state")?.as_str() {
        "new" | "needs-translation" | "needs-adaptation" | "needs-l10n" => Some(State::Draft),
        "translated"
        | "needs-review-translation"
        | "needs-review-adaptation"
        | "needs-review-l10n" => Some(State::Translated),
        "signed-off" => Some(State::Reviewed),
        "final" => Some(State::Final),
        word => state(word.strip_prefix("x-").unwrap_or(word)).map(|(state, _)| state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each item of a file says, shortly.
    fn items(text: &str) -> Vec<String> {
        let bytes: Bytes = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut xliff = Xliff::new(bytes, None);
        let mut found = Vec::new();
        loop {
            match xliff.next_item() {
                Ok(Some(Item::Unit(u))) => found.push(format!(
                    "{} {}={} {} {} [{}|{}] {}",
                    u.spot.line,
                    u.variants[0].text,
                    u.variants[1].text,
                    u.state.name(),
                    u.document,
                    u.prev,
                    u.next,
                    u.note
                )),
                Ok(Some(Item::Refused(r))) => found.push(format!("{} {}", r.spot.line, r.reason)),
                Ok(None) => return found,
                Err(fault) => {
                    found.push(format!("{}: {}", fault.spot.line, fault.message));
                    return found;
                }
            }
        }
    }

    #[test]
    fn states_and_neighbors_of_1_2() {
        let text = "<xliff version='1.2' xmlns='u'>\n<file original='a.docx' source-language='en' target-language='zh-CN'><header/><body>\n\
            <trans-unit id='1'><source>One</source><target state='signed-off'>一</target><note>n</note><alt-trans><source>x</source><target>x</target></alt-trans></trans-unit>\n\
            <group><trans-unit id='2' approved='yes'><source>Two</source><target>二</target></trans-unit></group>\n\
            <trans-unit id='3'><source>Three</source><target/></trans-unit>\n\
            <trans-unit id='4' translate='no'><source>4</source><target>4</target></trans-unit>\n\
            <trans-unit id='5'><source>Five</source><target state='translated' state-qualifier='leveraged-mt'>五</target></trans-unit>\n\
            </body></file></xliff>";
        assert_eq!(
            items(text),
            [
                "3 One=一 reviewed a.docx [|Two] n",
                "4 Two=二 reviewed a.docx [One|Three] ",
                "5 Three= translated a.docx [Two|4] ",
                "6 it is marked as not to be translated",
                "7 Five=五 draft a.docx [4|] ",
            ]
        );
    }

    #[test]
    fn segments_marked_inside_a_unit() {
        let text = "<xliff version='1.2'><file original='a' source-language='en' target-language='zh'><body><trans-unit>\n\
            <source>A. B.</source><seg-source><g id='1'><mrk mtype='seg' mid='7'>A.</mrk> <mrk mtype='seg' mid='8'>B.</mrk></g></seg-source>\n\
            <target><g id='1'><mrk mtype='seg' mid='8'>乙。</mrk><mrk mtype='seg' mid='7'>甲。</mrk></g></target>\n\
            <sdl:seg-defs><sdl:seg id='7' conf='Translated'/><sdl:seg id='8' conf='ApprovedSignOff'><sdl:x/></sdl:seg></sdl:seg-defs>\n\
            </trans-unit></body></file></xliff>";
        assert_eq!(
            items(text),
            ["1 A.=甲。 translated a [|B.] ", "1 B.=乙。 final a [A.|] "]
        );
    }

    #[test]
    fn segments_of_2() {
        let text = "<xliff version='2.1' srcLang='en' trgLang='zh'><file id='f'><group><unit id='1'>\n\
            <notes><note>n</note></notes><originalData><data id='d'>x</data></originalData>\n\
            <segment state='reviewed'><source>One <pc id='1'>b</pc></source><target>一<pc id='1'>粗</pc></target></segment>\n\
            <ignorable><source> </source></ignorable>\n\
            <segment state='initial'><source>Two</source><target>二</target></segment></unit>\n\
            <unit id='2'></unit></group></file></xliff>";
        assert_eq!(
            items(text),
            [
                "3 One <pc id=\"1\">b</pc>=一<pc id=\"1\">粗</pc> reviewed f [|Two] n",
                "5 Two=二 draft f [One <pc id=\"1\">b</pc>|] n",
                "6 a <unit> has no <segment>",
            ]
        );
    }

    #[test]
    fn what_was_read_before_the_file_breaks_is_given() {
        let text = "<xliff version='1.2'><file source-language='en' target-language='zh'><body>\n\
            <trans-unit><source>A</source><target>甲</target></trans-unit>\n<trans-unit><source>B";
        let found = items(text);
        assert_eq!(found.len(), 2);
        assert!(found[1].contains("cut off"), "{found:?}");
        assert!(items("<xliff version='9'/>")[0].contains("not known"));
        assert!(items("<tmx/>")[0].contains("<tmx>"));
    }
}
