//! XLIFF 1.2 and 2.0 to 2.2 (OASIS), read, with what SDL's and memoQ's
//! dialects say about a segment's state.
//!
//! Every segment is a unit. The segments of one `<file>` are each other's
//! neighbors, so that context matches work from them.

mod one;
mod two;

use std::collections::VecDeque;

use super::inline::{Part, skip};
use super::{Bytes, Item, Refused, Unit, Variant, quote};
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
    /// The languages that its own source and target name.
    langs: (Option<String>, Option<String>),
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
        let (from, to) = segment.langs;
        let from = from.unwrap_or_else(|| self.source.clone());
        let to = to.unwrap_or_else(|| self.target.clone());
        let mut unit = Unit {
            spot: segment.spot,
            variants: vec![variant(&from, source), variant(&to, target)],
            source: from,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::tests::{bytes, listed};

    /// What each item of a file says, shortly.
    fn items(text: &str) -> Vec<String> {
        let mut xliff = Xliff::new(bytes(text), None);
        let short = |u: &Unit| {
            let (source, target, state) = (&u.variants[0], &u.variants[1], u.state.name());
            format!(
                "{}={} {state} {} [{}|{}] {}",
                source.text, target.text, u.document, u.prev, u.next, u.note
            )
        };
        listed(|| xliff.next_item(), short)
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
    fn a_translation_that_is_not_parted_is_that_of_the_whole_unit() {
        let text = "<xliff version='1.2'><file original='a' source-language='en' target-language='zh'><body>\n\
            <trans-unit><source>A. B.</source><seg-source><mrk mtype='seg' mid='1'>A.</mrk> <mrk mtype='seg' mid='2'>B.</mrk></seg-source>\
            <target>甲和乙。</target></trans-unit>\n\
            <trans-unit><source>C. D.</source><target><g id='1'><mrk mtype='seg' mid='1'>丙。</mrk><mrk mtype='seg' mid='2'>丁。</mrk></g></target></trans-unit>\n\
            <trans-unit><source>E. F.</source><seg-source><mrk mtype='seg' mid='1'>E.</mrk> <mrk mtype='seg' mid='2'>F.</mrk></seg-source>\
            <target><mrk mtype='seg' mid='2'>己。</mrk><mrk mtype='seg' mid='9'>庚。</mrk></target></trans-unit>\n\
            </body></file></xliff>";
        assert_eq!(
            items(text),
            [
                "2 A. B.=甲和乙。 translated a [|C. D.] ",
                "3 C. D.=<g id=\"1\">丙。丁。</g> translated a [A. B.|E.] ",
                "4 E.= translated a [C. D.|F.] ",
                "4 F.=己。 translated a [E.|] ",
                "4 it has no source text",
            ]
        );
    }

    #[test]
    fn a_text_may_name_its_language_itself() {
        let text = "<xliff version='1.0'><file source-language='en' original='a'><body>\n\
            <trans-unit><source>A</source><target xml:lang='zh-cn'>甲</target></trans-unit>\n\
            <trans-unit><source xml:lang='fr'>B</source><target xml:lang='zh-cn'>乙</target></trans-unit></body></file></xliff>";
        let mut xliff = Xliff::new(bytes(text), None);
        let short = |u: &Unit| {
            let langs: Vec<&str> = u.variants.iter().map(|v| v.lang.as_str()).collect();
            format!("{} {}", u.source, langs.join("="))
        };
        assert_eq!(
            listed(|| xliff.next_item(), short),
            ["2 en en=zh-cn", "3 fr fr=zh-cn"]
        );
    }

    #[test]
    fn what_dialects_of_1_2_say_of_a_segment() {
        let text = "<xliff version='1.2'><file original='a' source-language='en' target-language='zh'><body>\n\
            <trans-unit m:confirmed='1' m:trans-origin='mt' m:modified-at='1617179200000' m:modified-by='L'><source>A</source><target>甲</target></trans-unit>\n\
            <trans-unit m:confirmed='0' m:trans-origin='mt'><source>B</source><target>乙</target></trans-unit>\n\
            <trans-unit mq:status='Proofread' mq:lastchangedtimestamp='2023-05-09T07:11:05Z' mq:lastchanginguser='chen'><source>C</source><target>丙</target>\
            <mq:comments><mq:comment>check</mq:comment></mq:comments></trans-unit>\n\
            <trans-unit><source>D</source><seg-source><mrk mtype='seg' mid='1'>D</mrk></seg-source><target><mrk mtype='seg' mid='1'>丁</mrk></target>\
            <sdl:seg-defs><sdl:seg id='1' conf='Translated'><sdl:value key='created_on'>01/05/2022 10:00:00</sdl:value><sdl:value key='created_by'>W</sdl:value>\
            <sdl:value key='modified_on'>02/06/2022 03:14:15</sdl:value><sdl:value key='last_modified_by'>LI</sdl:value></sdl:seg></sdl:seg-defs></trans-unit>\n\
            </body></file></xliff>";
        let mut xliff = Xliff::new(bytes(text), None);
        let short = |u: &Unit| format!("{} {} {} {}", u.state.name(), u.when, u.who, u.note);
        assert_eq!(
            listed(|| xliff.next_item(), short),
            [
                "2 translated 2021-03-31T08:26:40Z L ",
                "3 draft   ",
                "4 reviewed 2023-05-09T07:11:05Z chen check",
                "5 translated 2022-02-06T03:14:15Z LI ",
            ]
        );
    }

    #[test]
    fn segments_of_2() {
        let text = "<xliff version='2.1' srcLang='en' trgLang='zh'><file id='f'><group><unit id='1'>\n\
            <notes><note>n</note></notes><originalData><data id='d'>x</data></originalData>\n\
            <segment state='reviewed'><source>One <pc id='1'>b</pc></source><target>一<pc id='1'>粗</pc></target></segment>\n\
            <ignorable><source> </source></ignorable>\n\
            <segment><source>Two</source><target>二</target></segment></unit>\n\
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
    fn native_codes_of_2_come_with_the_elements_that_refer_to_them() {
        let text = "<xliff version='2.0' srcLang='en' trgLang='zh'><file id='f'><unit id='1'>\n\
            <originalData><data id='a'>&lt;b></data><data id='b'>&lt;/b></data><data id='c'>{\\i </data><data id='d'>}</data><data id='e'>&lt;br/></data></originalData>\n\
            <segment state='final'><source><pc id='1' dataRefStart='a' dataRefEnd='b'>A</pc><ph id='2' dataRef='e'/></source>\
            <target><pc id='1' dataRefStart='c' dataRefEnd='d'>甲</pc><ph id='2' dataRef='c'/><ph id='3' dataRef='x'/></target></segment></unit></file></xliff>";
        assert_eq!(
            items(text),
            [
                r#"3 <b>A</b><br/>=<pc id="1" c="{\i " e="}">甲</pc><ph id="2" c="{\i "/><ph id="3" dataRef="x"/> final f [|] "#
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
