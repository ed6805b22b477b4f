//! Search and replace in the translations of a document: what is looked for, the places where it
//! stands, and the selected one before and after.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::model::document::Unit;
use crate::span::{Span, halves, splice};
use crate::text::count::{plural, thousands};
use crate::text::replace::{Found, Query, Rules};
use crate::tui::command::Command;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, Styled, columns, marked, rule};
use crate::tui::panel::Panel;
use crate::tui::state::{self, Editor};
use crate::tui::theme::Theme;

/// Search and replace in the translations of a document.
pub const PANEL: Panel = Panel { draw };

/// What stands before the lines that are typed in.
const LABELS: [&str; 3] = ["find", "replace with", "in the source"];
/// The line of what is looked for.
pub const FIND: usize = 0;
/// The line of what is put in its place.
pub const WITH: usize = 1;
/// The line of what the source must have.
pub const SOURCE: usize = 2;

/// So many segments are looked at in one go: keys come in between.
const SLICE: usize = 500;

/// Stands before the selected place.
const MARKER: &str = "▶";

/// The rows that the selected place takes at most, with the rule above it.
const DETAIL: usize = 10;

/// The rows of a text that are shown round its place.
const ROUND: usize = 3;

/// What is typed, where it stands, and which place is selected.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The lines: what is looked for, what is put in its place, what the source must have.
    pub lines: [Line; 3],
    /// The line that has the caret.
    pub at: usize,
    /// How it is looked for.
    pub rules: Rules,
    /// The segment that was current when this was opened.
    pub from: usize,
    /// The key that was pressed with nothing to put in: once more, and it counts.
    pub warned: Option<Command>,
    /// The number of the search: what belongs to an earlier one comes too late.
    pub round: u32,
    /// What is looked for, once something is typed.
    search: Option<Search>,
    /// The segments in which it was found.
    rows: BTreeMap<usize, Found>,
    /// Where the selected place is: its segment, and its first byte there. Where it is gone, the
    /// next one is; behind the last one, the first.
    selected: (usize, u32),
}

/// A search, and how far it is.
#[derive(Debug, Clone)]
struct Search {
    query: Query,
    source: Option<Query>,
    /// The first segment that was not looked at.
    next: usize,
}

impl State {
    /// Makes it ready for a segment: with what is selected there in the target and in the source,
    /// or else with what was looked for last.
    pub fn open(&mut self, from: usize, target: &str, source: &str) {
        if !target.is_empty() || !source.is_empty() {
            self.lines = [target, "", source].map(Line::new);
        }
        self.from = from;
        // What is known goes before what is to be typed.
        self.at = if target.is_empty() { FIND } else { WITH };
        if let Some(line) = self.line() {
            line.select_all();
        }
    }

    /// The line that has the caret.
    pub fn line(&mut self) -> Option<&mut Line> {
        self.lines.get_mut(self.at)
    }

    /// To the next line, or the one before.
    pub fn step_line(&mut self, next: bool) {
        let count = self.lines.len();
        self.at = (self.at + if next { 1 } else { count - 1 }) % count;
    }

    /// The text of a line, as it is typed: white space counts.
    fn text(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", Line::text)
    }

    /// What is put in the place of what is found.
    pub fn with(&self) -> &str {
        self.text(WITH)
    }

    /// Forgets how the lines came to be: undo goes no further back than to what was replaced.
    pub fn settle(&mut self) {
        for line in &mut self.lines {
            line.settle();
        }
    }

    /// Begins to look for what is typed.
    pub fn begin(&mut self) {
        let of_source = Rules {
            variants: true,
            ..Rules::default()
        };
        let query = Query::new(self.text(FIND), self.rules);
        let source = Query::new(self.text(SOURCE).trim(), of_source);
        self.search = query.map(|query| Search {
            query,
            source,
            next: 0,
        });
        self.rows.clear();
        self.warned = None;
        self.round = self.round.wrapping_add(1);
    }

    /// Looks at some more segments; whether there are more.
    pub fn slice(&mut self, units: &[Unit]) -> bool {
        let Some(search) = &mut self.search else {
            return false;
        };
        let from = search.next;
        search.next = (from + SLICE).min(units.len());
        let more = search.next < units.len();
        for (at, unit) in units.iter().enumerate().skip(from).take(SLICE) {
            self.look(at, unit);
        }
        more
    }

    /// Looks at a segment, as it is now.
    pub fn look(&mut self, at: usize, unit: &Unit) {
        let found = self.found(unit);
        if found == Found::default() {
            self.rows.remove(&at);
        } else {
            self.rows.insert(at, found);
        }
    }

    /// What is found in a segment.
    pub fn found(&self, unit: &Unit) -> Found {
        let Some(search) = &self.search else {
            return Found::default();
        };
        let found = search.query.places(&unit.target, self.with());
        let source = search.source.as_ref();
        if found != Found::default() && source.is_none_or(|query| query.is_in(&unit.source)) {
            found
        } else {
            Found::default()
        }
    }

    /// How many segments were looked at, while there are more.
    pub fn looked(&self, of: usize) -> Option<usize> {
        let next = self.search.as_ref()?.next;
        (next < of).then_some(next)
    }

    /// The segments in which something was found.
    pub fn units(&self) -> Vec<usize> {
        self.rows.keys().copied().collect()
    }

    /// The places, each with its segment.
    fn places(&self) -> impl Iterator<Item = (usize, Span)> {
        let rows = self.rows.iter();
        rows.flat_map(|(unit, found)| found.places.iter().map(move |place| (*unit, *place)))
    }

    /// How many places there are.
    pub fn count(&self) -> usize {
        self.rows.values().map(|found| found.places.len()).sum()
    }

    /// The number of the selected place.
    fn number(&self) -> usize {
        let before = |(unit, place): &(usize, Span)| (*unit, place.start) < self.selected;
        let number = self.places().take_while(before).count();
        if number < self.count() { number } else { 0 }
    }

    /// The selected place, and its segment.
    pub fn chosen(&self) -> Option<(usize, Span)> {
        self.places().nth(self.number())
    }

    /// Selects a place by its number.
    pub fn select(&mut self, number: usize) {
        let at = self.places().nth(number);
        let at = at.map(|(unit, place)| (unit, place.start));
        self.selected = at.unwrap_or(self.selected);
    }

    /// Selects the first place from a byte of a segment on.
    pub fn select_from(&mut self, unit: usize, byte: usize) {
        self.selected = (unit, u32::try_from(byte).unwrap_or(u32::MAX));
    }

    /// Selects the place so many further down, or up.
    pub fn step(&mut self, by: isize) {
        let last = self.count().saturating_sub(1);
        self.select(self.number().saturating_add_signed(by).min(last));
    }
}

/// The place that stands at a row of the screen, by its number.
pub fn item_at(replace: &State, area: Rect, row: u16) -> Option<usize> {
    let (list, _) = parts(area);
    super::item_at(list, row, replace.number(), replace.count())
}

/// The room of the list below the lines, and of the selected place below that.
fn parts(area: Rect) -> (Rect, Rect) {
    let above = 1 + LABELS.len() as u16;
    let height = area.height.saturating_sub(above);
    let detail = usize::from(height / 2).min(DETAIL) as u16;
    let list = Rect {
        y: area.y + above,
        height: height - detail,
        ..area
    };
    let rest = Rect {
        y: list.bottom(),
        height: detail,
        ..area
    };
    (list, rest)
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let replace = &state.replace;
    rule(buffer, theme, area, &title(editor, replace), true);
    let caret = lines(buffer, theme, area, replace);
    let (list, rest) = parts(area);
    let count = replace.count();
    if count == 0 {
        let text = nothing(editor, replace);
        let _ = Pen::new(buffer, theme, list)
            .skip(2)
            .put(text, theme.quiet());
        return caret;
    }
    let number = replace.number();
    let top = super::top(number, list.height.into(), count);
    let shown = replace.places().enumerate().skip(top);
    for (y, (n, (unit, place))) in shown.take(list.height.into()).enumerate() {
        let line = Rect {
            y: list.y + y as u16,
            height: 1,
            ..list
        };
        row(buffer, theme, line, editor, (unit, place), n == number);
    }
    if let Some((unit, place)) = replace.chosen() {
        let (title, lines) = detail(theme, editor, replace, unit, place, rest.width.into());
        super::full(buffer, theme, rest, &title, &lines);
    }
    caret
}

/// The lines to type in; gives the caret's place.
fn lines(buffer: &mut Buffer, theme: Theme, area: Rect, replace: &State) -> Option<Position> {
    let wide = LABELS.iter().map(|label| columns(label, theme)).max();
    let wide = wide.unwrap_or(0);
    let mut caret = None;
    for (n, (label, line)) in LABELS.iter().zip(&replace.lines).enumerate() {
        let row = Rect {
            y: area.y + 1 + n as u16,
            height: 1,
            ..area
        };
        let gap = " ".repeat(wide.saturating_sub(columns(label, theme)));
        let at = super::input(buffer, theme, row, &format!("{gap}{label} › "), line);
        if n == replace.at {
            caret = Some(at);
        }
    }
    caret
}

/// How many places there are, what stays as it is, how it is looked for and how far that is.
fn title(editor: &Editor, replace: &State) -> String {
    let mut parts = vec!["Replace".to_owned()];
    let found = || replace.rows.values();
    let count = replace.count();
    if count > 0 {
        let segments = found().filter(|found| !found.places.is_empty()).count();
        parts.push(format!(
            "{} in {}",
            plural(count, "place"),
            plural(segments, "segment")
        ));
    }
    let in_codes: usize = found().map(|found| found.in_codes).sum();
    if in_codes > 0 {
        parts.push(format!("{} in codes stay", thousands(in_codes)));
    }
    let settled: usize = found().map(|found| found.settled).sum();
    if settled > 0 {
        parts.push(format!("{} there already", thousands(settled)));
    }
    if replace.rules.whole_words {
        parts.push("whole words".to_owned());
    }
    if replace.rules.variants {
        parts.push("variants too".to_owned());
    }
    let all = editor.session.len();
    if let Some(looked) = replace.looked(all) {
        parts.push(format!("{} of {} …", thousands(looked), thousands(all)));
    }
    parts.join(" · ")
}

/// Why there is no place.
fn nothing(editor: &Editor, replace: &State) -> &'static str {
    if replace.search.is_none() {
        "type what to look for in the translations"
    } else if replace.looked(editor.session.len()).is_some() {
        "looking …"
    } else if replace.rows.is_empty() {
        "no translation has this"
    } else {
        "nothing to replace: what was found is in codes, or is there already"
    }
}

/// A place: its segment, how far that is, and the text round the place.
fn row(
    buffer: &mut Buffer,
    theme: Theme,
    line: Rect,
    editor: &Editor,
    (unit, place): (usize, Span),
    selected: bool,
) {
    let Some(of) = editor.session.unit(unit) else {
        return;
    };
    let pick = |style| if selected { theme.selected() } else { style };
    if selected {
        let _ = Pen::new(buffer, theme, line).fill(theme.selected());
    }
    let digits = editor.session.len().max(1).ilog10() as usize + 1;
    let marker = if selected { MARKER } else { " " };
    let (mark, style) = theme.state(of.state);
    // The marks may be two columns wide.
    let wide = columns(MARKER, theme);
    let _ = Pen::new(buffer, theme, line)
        .put(marker, pick(theme.active()))
        .pad(wide, pick(theme.text()))
        .put(&format!("{:>digits$} ", unit + 1), pick(theme.quiet()))
        .put(mark, pick(style));
    let indent = (wide + digits + 1 + wide + 1) as u16;
    let room = Rect {
        x: line.x + indent,
        width: line.width.saturating_sub(indent),
        ..line
    };
    // Nothing moves where a line break becomes a space.
    let text = of.target.replace('\n', " ");
    let (before, _) = halves(&text, place.start as usize);
    let (_, after) = halves(&text, place.end as usize);
    let most = usize::from(room.width) / 3;
    let mut pen = Pen::new(buffer, theme, room);
    if columns(before, theme) > most {
        let short = theme.measure().cut_left(before, most.saturating_sub(2));
        pen = pen
            .put("…", pick(theme.text()))
            .put(short, pick(theme.text()));
    } else {
        pen = pen.put(before, pick(theme.text()));
    }
    let _ = pen
        .put(place.of(&text), strong(pick(theme.bad())))
        .put(after, pick(theme.text()));
}

/// A look that is seen on any ground, without colors too.
fn strong(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
}

/// The selected place: before, after, and the source.
fn detail(
    theme: Theme,
    editor: &Editor,
    replace: &State,
    unit: usize,
    place: Span,
    width: usize,
) -> (String, Vec<Styled>) {
    let Some(of) = editor.session.unit(unit) else {
        return (String::new(), Vec::new());
    };
    let arrow = "→ ";
    let room = width.saturating_sub(3 + columns(arrow, theme));
    let with = replace.with();
    let start = place.start as usize;
    let new = splice(&of.target, place, with);
    let put = Span::new(start, start + with.len());
    let mut lines = Vec::new();
    let mut add = |first: &str, rows: Vec<Styled>| {
        for (n, mut row) in rows.into_iter().enumerate() {
            let blank = " ".repeat(columns(arrow, theme));
            let before = if n == 0 { first.to_owned() } else { blank };
            row.insert(0, (before, theme.quiet()));
            lines.push(row);
        }
    };
    let blank = " ".repeat(columns(arrow, theme));
    let (gone, came) = (strong(theme.bad()), strong(theme.inserted()));
    add(
        &blank,
        round(theme, &of.target, place, &[place], gone, room),
    );
    add(arrow, round(theme, &new, put, &[put], came, room));
    let search = replace.search.as_ref();
    let query = search.and_then(|search| search.source.as_ref());
    let spans = query.map_or_else(Vec::new, |query| query.all(&of.source));
    let first = spans.first().copied().unwrap_or_default();
    let look = theme.strong().add_modifier(Modifier::UNDERLINED);
    add(&blank, round(theme, &of.source, first, &spans, look, room));
    let confirmed = if of.state.confirmed() {
        " · confirmed; then it is to be confirmed again"
    } else {
        ""
    };
    (format!("Segment {}{confirmed}", unit + 1), lines)
}

/// The rows of a text round a place, with spans of it marked.
fn round(
    theme: Theme,
    text: &str,
    place: Span,
    spans: &[Span],
    look: Style,
    room: usize,
) -> Vec<Styled> {
    // Nothing moves where a line break becomes a space.
    let text = text.replace('\n', " ");
    let rows = theme.measure().wrap(&text, room);
    let at = rows.partition_point(|row| row.end <= place.start);
    let first = at.saturating_sub(1).min(rows.len().saturating_sub(ROUND));
    let rows = rows.into_iter().skip(first).take(ROUND);
    rows.map(|row| marked(&text, row, spans, look, theme))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(targets: &[&str]) -> Vec<Unit> {
        let units = targets.iter().map(|target| Unit {
            source: "创世纪计划".to_owned(),
            target: (*target).to_owned(),
            ..Unit::default()
        });
        units.collect()
    }

    fn searched(find: &str, with: &str, units: &[Unit]) -> State {
        let mut replace = State::default();
        replace.open(1, find, "");
        replace.lines = [find, with, ""].map(Line::new);
        replace.select_from(1, 0);
        replace.begin();
        while replace.slice(units) {}
        replace
    }

    #[test]
    fn the_list_begins_at_the_segment_and_goes_on_from_the_beginning() {
        let mut units = units(&["a plan, a plan", "none", "Plan", ""]);
        let mut replace = searched("plan", "mission", &units);
        assert_eq!(replace.count(), 3);
        assert_eq!(replace.chosen(), Some((2, Span::new(0, 4))));
        // As if it were replaced: the next one is selected, here the first.
        units[2].target = "mission".to_owned();
        replace.look(2, &units[2]);
        replace.select_from(2, 7);
        assert_eq!(replace.chosen(), Some((0, Span::new(2, 6))));
        replace.step(1);
        assert_eq!(replace.chosen(), Some((0, Span::new(10, 14))));
        replace.step(isize::MAX);
        assert_eq!(replace.chosen(), Some((0, Span::new(10, 14))));
        replace.step(isize::MIN);
        assert_eq!(replace.chosen(), Some((0, Span::new(2, 6))));
        units[0].target.clear();
        replace.look(0, &units[0]);
        assert_eq!((replace.count(), replace.chosen()), (0, None));
        replace.step(1);
    }

    #[test]
    fn the_source_narrows() {
        let mut units = units(&["a plan", "a plan"]);
        units[1].source = "別的計畫".to_owned();
        let mut replace = searched("plan", "", &units);
        assert_eq!(replace.units(), [0, 1]);
        replace.lines[SOURCE] = Line::new("计划 ");
        replace.begin();
        assert!(!replace.slice(&units));
        assert_eq!(replace.units(), [0, 1], "variants count in the source");
        replace.lines[SOURCE] = Line::new("创世纪");
        replace.begin();
        replace.slice(&units);
        assert_eq!(replace.units(), [0]);
        replace.lines[FIND] = Line::new("");
        replace.begin();
        assert!(!replace.slice(&units));
        assert_eq!(replace.count(), 0);
    }

    #[test]
    fn a_long_document_is_looked_through_in_slices() {
        let units = units(&["a plan"].repeat(2 * SLICE + 1));
        let mut replace = State::default();
        replace.lines[FIND] = Line::new("plan");
        replace.begin();
        assert!(replace.slice(&units));
        assert_eq!(replace.looked(units.len()), Some(SLICE));
        assert_eq!(replace.count(), SLICE);
        assert!(replace.slice(&units));
        assert!(!replace.slice(&units));
        assert_eq!(replace.looked(units.len()), None);
        assert_eq!(replace.count(), units.len());
    }

    #[test]
    fn a_long_text_is_shown_round_its_place() {
        let text = format!("{}plan{}", "词".repeat(100), "语".repeat(100));
        let place = Span::find(&text, "plan").unwrap();
        let rows = round(Theme::MONO, &text, place, &[place], Style::new(), 20);
        assert_eq!(rows.len(), ROUND);
        let shown: String = rows.into_iter().flatten().map(|(text, _)| text).collect();
        assert!(shown.contains("plan"), "{shown}");
        let rows = round(Theme::MONO, "", Span::default(), &[], Style::new(), 20);
        assert!(rows.len() <= 1);
    }
}
