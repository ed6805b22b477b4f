//! The review of proposals: the list, and beside or below it the evidence of the
//! selected one and the places that have both of its terms.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::lang::Lang;
use crate::propose::Proposal;
use crate::review::proposal::{Decision, Item, Kept, List, Places, Spot};
use crate::text::fold::fold;
use crate::tui::paint::{Pen, Styled, columns, marked, rule};
use crate::tui::panel::Panel;
use crate::tui::state;
use crate::tui::theme::Theme;

/// The review of proposals.
pub const PANEL: Panel = Panel { draw };

/// From this width on, the evidence stands beside the list.
const WIDE: u16 = 120;
/// Columns before the Chinese term: marker, mark, score, group.
const GUTTER: usize = 10;
/// Columns of the count at the right.
const COUNT: usize = 6;

/// The open review, and where in it the reviewer is.
#[derive(Debug)]
pub struct State {
    /// The proposals.
    pub list: List,
    /// The numbers of those that are shown.
    pub shown: Vec<usize>,
    /// What is shown: a word, or `:open`; empty for all.
    pub filter: String,
    /// The current one.
    pub at: usize,
    /// Where its terms stand, once known.
    pub places: Option<Places>,
    /// The place shown first.
    pub place: usize,
    /// The one that was warned about: the next Enter counts.
    pub warned: Option<usize>,
    /// What they are proposed from: asked for the same again, the review goes on.
    pub of: String,
    /// What had the keyboard when the review was asked for.
    pub from: state::Focus,
}

impl State {
    /// A review at its first proposal.
    pub fn new(list: List, of: String, from: state::Focus) -> Self {
        let mut open = Self {
            list,
            shown: Vec::new(),
            filter: String::new(),
            at: 0,
            places: None,
            place: 0,
            warned: None,
            of,
            from,
        };
        open.sift();
        open
    }

    /// The current proposal, unless nothing is shown.
    pub fn item(&self) -> Option<&Item> {
        self.shown.binary_search(&self.at).ok()?;
        self.list.items.get(self.at)
    }

    /// Takes over where the terms of a proposal stand.
    pub fn placed(&mut self, at: usize, places: Places) {
        if at == self.at {
            self.places = Some(places);
        }
    }

    /// Shows what the filter lets through; the place stays, or goes to the next that is shown.
    pub fn sift(&mut self) {
        let wanted = fold(self.filter.trim());
        let fits = |item: &Item| match wanted.as_str() {
            "" => true,
            ":open" => item.open(),
            word => [&item.proposal.zh, &item.proposal.en]
                .into_iter()
                .any(|term| fold(term).contains(word)),
        };
        let items = self.list.items.iter().enumerate();
        self.shown = items
            .filter(|(_, item)| fits(item))
            .map(|(at, _)| at)
            .collect();
        let next = self.shown.partition_point(|at| *at < self.at);
        let next = self.shown.get(next).or(self.shown.last());
        self.at = next.copied().unwrap_or(self.at);
    }
}

/// The parts of the screen: the list, and what is known of the selected one.
fn parts(area: Rect) -> (Rect, Rect) {
    if area.width >= WIDE {
        let left = area.width / 2;
        let list = Rect {
            width: left,
            ..area
        };
        let detail = Rect {
            x: area.x + left + 1,
            width: area.width - left - 1,
            ..area
        };
        return (list, detail);
    }
    let rows = (area.height * 2 / 5).max(3);
    let list = Rect {
        height: rows,
        ..area
    };
    let detail = Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    };
    (list, detail)
}

/// The first row of the list, as a number among those shown.
fn first(open: &State, rows: u16) -> usize {
    let here = open.shown.partition_point(|at| *at < open.at);
    super::top(here, rows.into(), open.shown.len())
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let open = state.proposals.as_ref()?;
    let (list, detail) = parts(area);
    if open.shown.is_empty() {
        let say = if open.list.items.is_empty() {
            "nothing to propose"
        } else {
            "no proposal is like that"
        };
        let _ = Pen::new(buffer, theme, list)
            .skip(1)
            .put(say, theme.quiet());
        return None;
    }
    let top = first(open, list.height);
    let mut caret = None;
    let shown = open.shown.iter().skip(top).take(list.height.into());
    for (row, &at) in (0..).zip(shown) {
        let line = Rect {
            y: list.y + row,
            height: 1,
            ..list
        };
        if at == open.at {
            caret = Some(Position {
                x: line.x,
                y: line.y,
            });
        }
        draw_item(buffer, theme, line, open, at);
    }
    if area.width >= WIDE {
        for y in area.y..area.bottom() {
            let line = Rect {
                x: list.right(),
                y,
                width: 1,
                height: 1,
            };
            let _ = Pen::new(buffer, theme, line).put("│", theme.rule());
        }
    }
    draw_detail(buffer, theme, detail, open);
    caret
}

/// The mark of a decision and its look: nothing is said by color alone.
fn sign(item: &Item, theme: Theme) -> (&'static str, Style) {
    match &item.decision {
        Decision::Open if item.proposal.unsure => ("?", theme.number()),
        Decision::Open => (" ", theme.text()),
        Decision::Skipped => ("·", theme.quiet()),
        Decision::Writing => ("…", theme.quiet()),
        Decision::Done(Kept::Row { proposed: true, .. }) => ("~", theme.good()),
        Decision::Done(Kept::Row { .. }) => ("✓", theme.good()),
        Decision::Done(Kept::Terms(..)) => ("+", theme.good()),
        Decision::Done(Kept::Rejection { .. }) => ("✗", theme.bad()),
    }
}

/// The stroke that holds those of one English name together.
fn stroke(list: &List, at: usize) -> &'static str {
    let group = |at: Option<usize>| at.and_then(|at| list.items.get(at)).map(|item| item.group);
    let own = group(Some(at));
    let (above, below) = (group(at.checked_sub(1)) == own, group(Some(at + 1)) == own);
    match (above, below) {
        (false, false) => " ",
        (false, true) => "┌",
        (true, true) => "├",
        (true, false) => "└",
    }
}

/// What stands in the list for a proposal: what was accepted, where that is not what was proposed.
fn terms(item: &Item) -> (&str, &str) {
    match &item.decision {
        Decision::Done(Kept::Row { zh, en, .. }) => (zh, en),
        _ => (&item.proposal.zh, &item.proposal.en),
    }
}

fn draw_item(buffer: &mut Buffer, theme: Theme, line: Rect, open: &State, at: usize) {
    let Some(item) = open.list.items.get(at) else {
        return;
    };
    let current = at == open.at;
    let pick = |style| if current { theme.selected() } else { style };
    let text = if item.open() {
        theme.text()
    } else {
        theme.quiet()
    };
    let (mark, style) = sign(item, theme);
    let (zh, en) = terms(item);
    let room = usize::from(line.width).saturating_sub(GUTTER + COUNT);
    let (left, right) = (room * 2 / 5, room - room * 2 / 5);
    let measure = theme.measure();
    let count = format!(
        "{:>width$}",
        format!("{}×", item.proposal.count),
        width = COUNT - 1
    );
    let _ = Pen::new(buffer, theme, line)
        .put(if current { "▶" } else { " " }, theme.strong())
        .put(mark, pick(style))
        .put(" ", pick(text))
        .put(&format!("{:.2}", item.proposal.score), pick(theme.quiet()))
        .put(" ", pick(text))
        .put(stroke(&open.list, at), pick(theme.key()))
        .put(" ", pick(text))
        .put(&measure.fit(zh, left.saturating_sub(1)), pick(text))
        .pad(GUTTER + left, pick(text))
        .put(&measure.fit(en, right.saturating_sub(1)), pick(text))
        .pad(GUTTER + room, pick(text))
        .put(&count, pick(theme.quiet()))
        .fill(pick(text));
}

/// The evidence, and the places.
fn draw_detail(buffer: &mut Buffer, theme: Theme, area: Rect, open: &State) {
    let Some(item) = open.item() else {
        return;
    };
    let (zh, en) = terms(item);
    rule(buffer, theme, area, &format!("{zh} = {en}"), false);
    let width = usize::from(area.width).saturating_sub(2);
    let mut lines: Vec<Styled> = Vec::new();
    for (text, style) in evidence(open, item, theme) {
        let spans = theme.measure().wrap(&text, width);
        lines.extend(
            spans
                .into_iter()
                .map(|span| vec![(span.of(&text).trim_end().to_owned(), style)]),
        );
    }
    let rows = usize::from(area.height);
    for (y, line) in (1..rows).zip(&lines) {
        draw_line(buffer, theme, area, y, line);
    }
    let used = 1 + lines.len().min(rows.saturating_sub(1));
    if used >= rows {
        return;
    }
    let rest = Rect {
        y: area.y + used as u16,
        height: area.height - used as u16,
        ..area
    };
    draw_places(buffer, theme, rest, open);
}

fn draw_line(buffer: &mut Buffer, theme: Theme, area: Rect, y: usize, line: &Styled) {
    let mut pen = Pen::new(buffer, theme, area).at(1, y);
    for (text, style) in line {
        pen = pen.put(text, *style);
    }
    let _ = pen;
}

/// Why it is proposed, and what the glossary has already.
fn evidence(open: &State, item: &Item, theme: Theme) -> Vec<(String, Style)> {
    // What the glossary has is told below, with its place.
    let proposal = Proposal {
        known: Vec::new(),
        ..item.proposal.clone()
    };
    let counts = format!(
        "{} · {} {}×, {} {}×",
        proposal.evidence(),
        Lang::Zh,
        proposal.zh_count,
        Lang::En,
        proposal.en_count
    );
    let mut lines = vec![(counts, theme.text())];
    let kin = open.list.kin(open.at);
    for kin in kin.iter().take(3) {
        let own = matches!(&item.decision, Decision::Done(Kept::Row { origin, .. }) if *origin == kin.origin);
        if !own {
            let text = format!("the glossary has {} = {} ({})", kin.zh, kin.en, kin.origin);
            lines.push((text, theme.number()));
        }
    }
    match &item.decision {
        Decision::Done(Kept::Row { origin, .. }) => {
            lines.push((format!("accepted: {origin}"), theme.good()));
        }
        Decision::Done(Kept::Terms(origin, _)) => {
            lines.push((format!("merged into {origin}"), theme.good()));
        }
        Decision::Done(Kept::Rejection { .. }) => {
            lines.push(("rejected".to_owned(), theme.bad()));
        }
        Decision::Open | Decision::Skipped | Decision::Writing => {}
    }
    lines
}

/// The places that have the terms, from the chosen one on.
fn draw_places(buffer: &mut Buffer, theme: Theme, area: Rect, open: &State) {
    let Some(places) = &open.places else {
        rule(buffer, theme, area, "looking …", false);
        return;
    };
    let s = if places.both == 1 { "" } else { "s" };
    let mut title = format!("{} place{s} with both", places.both);
    for (count, lang) in [(places.zh, Lang::Zh), (places.en, Lang::En)] {
        if count > 0 {
            title = format!("{title} · {count} with {lang} alone");
        }
    }
    rule(buffer, theme, area, &title, false);
    let rows = usize::from(area.height).saturating_sub(1);
    let width = usize::from(area.width).saturating_sub(2);
    // A long unit leaves room for its other side.
    let most = (rows.saturating_sub(1) / 2).max(1);
    let mut y = 1;
    for (number, spot) in (1..).zip(&places.spots).skip(open.place) {
        for line in draw_spot(spot, number, places.spots.len(), width, most, theme) {
            if y > rows {
                return;
            }
            draw_line(buffer, theme, area, y, &line);
            y += 1;
        }
    }
}

/// A place: where it is, and both sides with the terms marked.
fn draw_spot(
    spot: &Spot,
    number: usize,
    all: usize,
    width: usize,
    most: usize,
    theme: Theme,
) -> Vec<Styled> {
    let line = spot.line.map_or(String::new(), |line| format!(":{line}"));
    let alone = if spot.both {
        ""
    } else {
        " · rendered otherwise?"
    };
    let head = format!("{number}/{all} {}{line}{alone}", spot.path.display());
    let mut lines = vec![vec![(head, theme.quiet())]];
    for lang in [Lang::Zh, Lang::En] {
        let text = spot.texts[lang].replace('\n', " ");
        if text.is_empty() {
            continue;
        }
        let spans = &spot.spans[lang];
        let wrapped = theme.measure().wrap(&text, width);
        let found = spans.first().map_or(0, |span| span.start);
        let at = wrapped.iter().position(|line| line.end > found);
        // The line that has the term is among those shown.
        let skip = at.unwrap_or(0).saturating_sub(most - 1);
        let shown = wrapped.into_iter().skip(skip).take(most);
        lines.extend(shown.map(|line| marked(&text, line, spans, theme.active(), theme)));
    }
    lines
}

/// The bar at the top: where, how far, whether it is on disk.
pub fn title(state: &state::State, area: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let Some(open) = &state.proposals else {
        return;
    };
    let here = open.shown.partition_point(|at| *at < open.at);
    let filter = if open.filter.is_empty() {
        String::new()
    } else {
        format!(" “{}”", open.filter)
    };
    let left = format!(
        " {}/{} proposals{filter}",
        (here + 1).min(open.shown.len()),
        open.shown.len()
    );
    let tally = open.list.tally();
    let saved = if open.list.writing() {
        "● unsaved "
    } else {
        "✓ saved "
    };
    let right = format!(
        "{} accepted · {} rejected · {} open  {saved}",
        tally.accepted, tally.rejected, tally.open
    );
    let bar = theme.bar();
    let room = usize::from(area.width).saturating_sub(columns(&right, theme) + 1);
    let left = theme.measure().fit(&left, room);
    let _ = Pen::new(buffer, theme, area).put(&left, bar).fill(bar);
    let from = columns(&left, theme);
    let _ = Pen::new(buffer, theme, area).at(from, 0).right(&right, bar);
}

/// The proposal at a column and row of the screen.
pub fn item_at(state: &state::State, area: Rect, column: u16, row: u16) -> Option<usize> {
    let open = state.proposals.as_ref()?;
    let (list, _) = parts(area);
    let inside = column < list.right() && row < list.bottom();
    let y = row.checked_sub(list.y).filter(|_| inside)?;
    open.shown
        .get(first(open, list.height) + usize::from(y))
        .copied()
}
