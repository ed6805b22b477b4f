//! The units of XLIFF 1.2.

use std::collections::{HashMap, VecDeque};

use super::super::inline::{Part, Style, content, parts, skip, text};
use super::super::{iso, state};
use super::{Segment, Xliff};
use crate::model::document::State;
use crate::xml::{Event, Fault, Tag};

impl Xliff {
    /// Reads a `<trans-unit>` of XLIFF 1.2.
    pub(super) fn unit1(&mut self, tag: &Tag) -> Result<(), Fault> {
        let mut all = Segment {
            spot: self.xml.spot(),
            ..Segment::default()
        };
        let no = |key: &str| tag.get(key).as_deref() == Some("no");
        let approved = tag.get("approved").as_deref() == Some("yes");
        if no("translate") {
            all.refused = Some("it is marked as not to be translated");
        }
        all.said_by(tag);
        let (mut marked, mut targets): (Vec<Part>, Vec<Part>) = Default::default();
        let mut defined: HashMap<String, Defined> = HashMap::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "source" => {
                        all.langs.0 = tag.get("xml:lang");
                        all.source = Some(content(&mut self.xml, Style::Xliff1)?);
                    }
                    "seg-source" => marked = parts(&mut self.xml, Style::Xliff1, true)?,
                    "target" => {
                        all.langs.1 = tag.get("xml:lang");
                        all.state = all.state.or_else(|| state1(&tag));
                        all.aligned = tag.get("state").as_deref() == Some("x-aligned");
                        targets = parts(&mut self.xml, Style::Xliff1, is_parted(&marked))?;
                    }
                    "note" => all.notes.push(text(&mut self.xml)?),
                    "context-group" => self.contexts(&mut all)?,
                    "sdl:seg-defs" => self.definitions(&mut defined)?,
                    "mq:comments" => self.comments(&mut all.notes)?,
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

    /// Reads memoQ's comments.
    fn comments(&mut self, notes: &mut Vec<String>) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(_) => notes.push(text(&mut self.xml)?),
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads what SDL says of segments.
    fn definitions(&mut self, defined: &mut HashMap<String, Defined>) -> Result<(), Fault> {
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => {
                    let said = self.definition(&tag)?;
                    if let Some(id) = tag.get("id") {
                        defined.insert(id, said);
                    }
                }
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads what SDL says of a segment.
    fn definition(&mut self, tag: &Tag) -> Result<Defined, Fault> {
        let state = tag.get("conf").and_then(|word| state(&word));
        let mut values: HashMap<String, String> = HashMap::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) if tag.name == "sdl:value" => {
                    let key = tag.get("key").unwrap_or_default();
                    values.insert(key, text(&mut self.xml)?);
                }
                Event::Start(_) => skip(&mut self.xml)?,
                Event::End(_) | Event::Eof => break,
                Event::Text(_) => {}
            }
        }
        let mut take = |date: &str, person: &str| {
            let when = values.remove(date).and_then(|date| invariant(&date))?;
            Some((when, values.remove(person).unwrap_or_default()))
        };
        // The person who changed it last, or nobody; not the one who made it.
        let last =
            take("modified_on", "last_modified_by").or_else(|| take("created_on", "created_by"));
        let (when, who) = last.unwrap_or_default();
        Ok(Defined {
            state: state.map(|(state, _)| state),
            when,
            who,
        })
    }
}

impl Segment {
    /// Takes in what memoQ's and Phrase's attributes of a `<trans-unit>` say.
    fn said_by(&mut self, tag: &Tag) {
        let status = tag.get("mq:status").and_then(|word| state(&word));
        self.state = status.map(|(state, _)| state);
        // What nobody has confirmed may be raw output of a machine.
        self.state = self.state.or(match tag.get("m:confirmed").as_deref() {
            Some("1" | "true") => Some(State::Translated),
            Some(_) => Some(State::Draft),
            None => None,
        });
        let person = tag.get("mq:lastchanginguser");
        let changed = tag.get("mq:lastchangedtimestamp");
        self.when = changed.and_then(|date| iso(&date)).unwrap_or_default();
        self.who = person.unwrap_or_default();
        let phrase = [
            ("m:modified-at", "m:modified-by"),
            ("m:created-at", "m:created-by"),
        ];
        let mut phrase = phrase.into_iter().filter_map(|(date, person)| {
            let milliseconds = tag.get(date)?.parse::<i64>().ok().filter(|at| *at > 0)?;
            let when = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
            Some((when.to_string(), tag.get(person).unwrap_or_default()))
        });
        if let Some(said) = phrase.next() {
            (self.when, self.who) = said;
        }
    }

    /// Takes in what SDL says of it.
    fn defined(self, said: Option<&Defined>) -> Self {
        let Some(said) = said else { return self };
        let told = |said: &String, before: String| match said.as_str() {
            "" => before,
            said => said.to_owned(),
        };
        Self {
            state: said.state.or(self.state),
            when: told(&said.when, self.when),
            who: told(&said.who, self.who),
            ..self
        }
    }
}

/// What SDL says of a segment.
#[derive(Debug, Default)]
struct Defined {
    state: Option<State>,
    when: String,
    who: String,
}

/// A date as SDL writes it in every language, in UTC: `02/06/2022 03:14:15`, the month first.
fn invariant(date: &str) -> Option<String> {
    let time = jiff::civil::DateTime::strptime("%m/%d/%Y %H:%M:%S", date.trim()).ok()?;
    Some(format!("{time}Z"))
}

/// Whether segments are marked inside a text: the first part is what is outside of them.
fn is_parted(parts: &[Part]) -> bool {
    parts.len() > 1
}

/// The segments of a `<trans-unit>`: those marked inside it; all of it is one
/// where none is marked, or its translation is not parted as its source is.
fn segments(
    all: Segment,
    marked: Vec<Part>,
    targets: Vec<Part>,
    defined: &HashMap<String, Defined>,
) -> Vec<Segment> {
    let told = |part: &Part| !part.text.trim().is_empty();
    let whole = !is_parted(&targets) && targets.first().is_some_and(told);
    if !is_parted(&marked) || whole {
        // Of several that it was made of the least says how far it has come.
        let least = defined
            .values()
            .min_by_key(|said| (said.state.is_none(), said.state));
        let whole = Segment {
            target: targets.into_iter().next(),
            ..all
        };
        return vec![whole.defined(least)];
    }
    let mut targets: Vec<Option<Part>> = targets.into_iter().skip(1).map(Some).collect();
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, target) in targets.iter().enumerate() {
        let mid = target.as_ref().map(|target| target.mid.clone());
        places
            .entry(mid.unwrap_or_default())
            .or_default()
            .push_back(at);
    }
    let mut found = Vec::new();
    for source in marked.into_iter().skip(1) {
        let at = places.get_mut(&source.mid).and_then(VecDeque::pop_front);
        let target = at.and_then(|at| targets.get_mut(at));
        let said = defined.get(&source.mid);
        let segment = Segment {
            spot: all.spot,
            langs: all.langs.clone(),
            target: target.and_then(Option::take),
            state: all.state,
            source: Some(source),
            who: all.who.clone(),
            when: all.when.clone(),
            notes: all.notes.clone(),
            refused: all.refused,
            ..Segment::default()
        };
        found.push(segment.defined(said));
    }
    for orphan in targets.into_iter().flatten() {
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
