//! The units of XLIFF 1.2.

use std::collections::{HashMap, VecDeque};

use super::super::inline::{Part, Style, content, parts, skip, text};
use super::super::state;
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
        all.state = tag
            .get("mq:status")
            .and_then(|word| state(&word))
            .map(|s| s.0);
        all.who = tag.get("mq:lastchanginguser").unwrap_or_default();
        let (mut marked, mut targets): (Vec<Part>, Vec<Part>) = Default::default();
        let mut defined: HashMap<String, State> = HashMap::new();
        loop {
            match self.xml.next_event()? {
                Event::Start(tag) => match tag.name.as_str() {
                    "source" => all.source = Some(content(&mut self.xml, Style::Xliff1)?),
                    "seg-source" => marked = parts(&mut self.xml, Style::Xliff1, true)?,
                    "target" => {
                        all.state = all.state.or_else(|| state1(&tag));
                        all.aligned = tag.get("state").as_deref() == Some("x-aligned");
                        targets = parts(&mut self.xml, Style::Xliff1, is_parted(&marked))?;
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
    defined: &HashMap<String, State>,
) -> Vec<Segment> {
    let told = |part: &Part| !part.text.trim().is_empty();
    let whole = !is_parted(&targets) && targets.first().is_some_and(told);
    if !is_parted(&marked) || whole {
        return vec![Segment {
            target: targets.into_iter().next(),
            state: defined.values().min().copied().or(all.state),
            ..all
        }];
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
        found.push(Segment {
            spot: all.spot,
            target: target.and_then(Option::take),
            state: defined.get(&source.mid).copied().or(all.state),
            source: Some(source),
            who: all.who.clone(),
            when: all.when.clone(),
            notes: all.notes.clone(),
            refused: all.refused,
            ..Segment::default()
        });
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
