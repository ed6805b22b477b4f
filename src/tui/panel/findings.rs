//! The findings of a whole document, narrowed by what is typed, and the selected one in full.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::finding::{Finding, Severity, Side};
use crate::model::document::Unit;
use crate::text::count::plural;
use crate::text::fold::fold;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, Styled, columns, marked};
use crate::tui::panel::Panel;
use crate::tui::state::{self, Editor};
use crate::tui::theme::Theme;

/// The findings of a whole document.
pub const PANEL: Panel = Panel { draw };

/// The gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// From so many columns on, what a finding marks has a column of its own.
const WIDE: usize = 100;

/// Stands before the selected finding.
const MARKER: &str = "▶";

/// The rows that the selected finding in full takes at most, with the rule above it.
const DETAIL: usize = 12;

/// The findings of a document, by the segments where they are told, and which is selected.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is typed.
    pub line: Line,
    /// The segment that was current when the list was opened.
    pub from: usize,
    /// The findings of each segment that has any.
    rows: BTreeMap<usize, Vec<Row>>,
    /// The selected one: its segment, and its number there. Where it is gone, the next one is.
    selected: (usize, usize),
}

/// A finding in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The finding; its place lies in its segment.
    pub finding: Finding,
    /// Whether it is one of the document as a whole.
    pub whole: bool,
    /// The other segments it is about.
    pub also: Vec<usize>,
    /// What is looked in for the words typed.
    text: String,
    /// The same folded, once words have been typed.
    key: OnceCell<String>,
    /// Whether what is typed lets it through.
    shown: bool,
}

impl Row {
    /// A finding of a segment, or of the document as a whole, then with the other segments.
    pub fn new(finding: &Finding, unit: Option<&Unit>, whole: Option<&[usize]>) -> Self {
        let texts = unit.map(|unit| [unit.source.as_str(), unit.target.as_str()]);
        let [source, target] = texts.unwrap_or_default();
        let (grave, message) = (finding.severity.name(), finding.message.as_str());
        let text = [grave, finding.rule, message, source, target];
        Self {
            finding: finding.clone(),
            whole: whole.is_some(),
            also: whole.unwrap_or_default().to_vec(),
            text: text.join("\n"),
            key: OnceCell::new(),
            shown: true,
        }
    }

    fn fits(&self, wanted: &[Wanted]) -> bool {
        wanted.iter().all(|one| match one {
            Wanted::Severity(severity) => self.finding.severity == *severity,
            Wanted::Word(word) => {
                let key = self.key.get_or_init(|| fold(&self.text));
                key.contains(word)
            }
        })
    }
}

/// A word of what is typed.
enum Wanted {
    /// `:error`, or as much of it as tells it from the others.
    Severity(Severity),
    /// A part of a rule's name, of a message, of a segment's texts.
    Word(String),
}

/// The words typed; all are looked for.
fn wanted(typed: &str) -> Vec<Wanted> {
    let severity = |word: &str| {
        let name = word.strip_prefix(':').filter(|name| !name.is_empty())?;
        let name = name.to_lowercase();
        let mut all = SEVERITIES.into_iter();
        all.find(|severity| severity.name().starts_with(&name))
    };
    let words = typed.split_whitespace();
    words
        .map(|word| match severity(word) {
            Some(severity) => Wanted::Severity(severity),
            None => Wanted::Word(fold(word)),
        })
        .collect()
}

impl State {
    /// A list that begins at a segment.
    pub fn new(from: usize) -> Self {
        Self {
            from,
            selected: (from, 0),
            ..Self::default()
        }
    }

    /// Takes the findings of all segments over.
    pub fn take(&mut self, rows: impl Iterator<Item = (usize, Vec<Row>)>) {
        self.rows.clear();
        for (unit, rows) in rows {
            self.put(unit, rows);
        }
    }

    /// Takes the findings of a segment over.
    pub fn put(&mut self, unit: usize, mut rows: Vec<Row>) {
        if rows.is_empty() {
            self.rows.remove(&unit);
            return;
        }
        let wanted = wanted(self.line.text());
        for row in &mut rows {
            row.shown = row.fits(&wanted);
        }
        self.rows.insert(unit, rows);
    }

    /// Narrows the list to what is typed.
    pub fn filter(&mut self) {
        let wanted = wanted(self.line.text());
        for row in self.rows.values_mut().flatten() {
            row.shown = row.fits(&wanted);
        }
        self.selected = (0, 0);
    }

    /// The findings that are shown, each with its segment and its number there.
    fn shown(&self) -> impl Iterator<Item = ((usize, usize), &Row)> {
        let all = self.rows.iter().flat_map(|(unit, rows)| {
            let rows = rows.iter().enumerate();
            rows.map(move |(n, row)| ((*unit, n), row))
        });
        all.filter(|(_, row)| row.shown)
    }

    /// How many are shown.
    fn count(&self) -> usize {
        self.shown().count()
    }

    /// The number of the selected one among those shown.
    fn at(&self) -> usize {
        let before = self.shown().take_while(|(at, _)| *at < self.selected);
        before.count().min(self.count().saturating_sub(1))
    }

    /// Selects one of those shown, by its number.
    pub fn select(&mut self, number: usize) {
        let at = self.shown().nth(number).map(|(at, _)| at);
        self.selected = at.unwrap_or(self.selected);
    }

    /// Selects the one so many places further down, or up.
    pub fn step(&mut self, by: isize) {
        let last = self.count().saturating_sub(1);
        self.select(self.at().saturating_add_signed(by).min(last));
    }

    /// The selected finding, and its segment.
    pub fn chosen(&self) -> Option<(usize, &Row)> {
        let ((unit, _), row) = self.shown().nth(self.at())?;
        Some((unit, row))
    }
}

/// The finding that stands at a row of the screen, by its number.
pub fn item_at(findings: &State, area: Rect, row: u16) -> Option<usize> {
    let (list, _) = parts(area);
    super::item_at(list, row, findings.at(), findings.count())
}

/// The room of the list, and of the selected finding in full below it.
fn parts(area: Rect) -> (Rect, Rect) {
    let below = super::below(area);
    let detail = usize::from(below.height / 2).min(DETAIL) as u16;
    let list = Rect {
        height: below.height - detail,
        ..below
    };
    let rest = Rect {
        y: list.bottom(),
        height: detail,
        ..below
    };
    (list, rest)
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let findings = &state.findings;
    let title = title(editor, findings);
    let (caret, _) = super::searched(buffer, theme, area, &title, &findings.line);
    let (list, rest) = parts(area);
    let count = findings.count();
    if count == 0 {
        let (text, style) = if !findings.rows.is_empty() {
            ("no finding has these words in it", theme.quiet())
        } else if busy(editor).is_some() {
            ("checking …", theme.quiet())
        } else if editor.progress.drafts + editor.progress.confirmed == 0 {
            ("nothing is translated yet", theme.quiet())
        } else {
            ("✓ no findings in what is translated", theme.good())
        };
        let _ = Pen::new(buffer, theme, list).skip(2).put(text, style);
        return Some(caret);
    }
    let at = findings.at();
    let top = super::top(at, list.height.into(), count);
    let table = Table::new(editor, findings, list.width.into());
    let shown = findings.shown().enumerate().skip(top);
    for (y, (n, ((unit, _), row))) in shown.take(list.height.into()).enumerate() {
        let line = Rect {
            y: list.y + y as u16,
            height: 1,
            ..list
        };
        table.draw(buffer, theme, line, unit, row, n == at);
    }
    if let Some((unit, row)) = findings.chosen() {
        let (title, lines) = detail(state, editor, unit, row, rest.width.into());
        super::full(buffer, theme, rest, &title, &lines);
    }
    Some(caret)
}

/// How many findings there are of each severity, how many of them are shown, and what is still
/// being looked for.
fn title(editor: &Editor, findings: &State) -> String {
    let rows = || findings.rows.values().flatten();
    let counts = SEVERITIES.iter().filter_map(|severity| {
        let count = rows()
            .filter(|row| row.finding.severity == *severity)
            .count();
        (count > 0).then(|| plural(count, severity.name()))
    });
    let counts: Vec<String> = counts.collect();
    let mut title = "Findings".to_owned();
    if !counts.is_empty() {
        title = format!("{title} · {}", counts.join(", "));
    }
    if !findings.line.text().trim().is_empty() {
        title = format!("{title} · {} shown", findings.count());
    }
    match busy(editor) {
        Some(busy) => format!("{title} · {busy}"),
        None => title,
    }
}

/// What is still being looked for, and how far that is.
fn busy(editor: &Editor) -> Option<String> {
    let (left, of) = (editor.checking.left.len(), editor.checking.of);
    if left > 0 {
        let done = of.saturating_sub(left);
        return Some(format!("{done} of {} checked …", plural(of, "segment")));
    }
    let running = editor.whole.running.is_some();
    running.then(|| "checking the document as a whole …".to_owned())
}

/// Where the columns of the list begin.
struct Table {
    /// The digits of a segment's number.
    digits: usize,
    /// The columns of a rule's name.
    rule: usize,
    /// The columns of what a finding marks; 0 where there is no room.
    excerpt: usize,
    /// All columns.
    width: usize,
}

impl Table {
    fn new(editor: &Editor, findings: &State, width: usize) -> Self {
        // The names of rules are plain letters, and these are all rows in every frame.
        let widest = findings.shown().map(|(_, row)| row.finding.rule.len());
        let widest = widest.max().unwrap_or(0);
        Self {
            digits: editor.session.len().max(1).ilog10() as usize + 1,
            rule: widest.min(width / 4),
            excerpt: if width >= WIDE { width / 4 } else { 0 },
            width,
        }
    }

    /// A finding: how grave it is, its segment, its rule, what is wrong, what it marks.
    fn draw(
        &self,
        buffer: &mut Buffer,
        theme: Theme,
        line: Rect,
        unit: usize,
        row: &Row,
        selected: bool,
    ) {
        let pick = |style| if selected { theme.selected() } else { style };
        let part = |x: usize, width: usize| Rect {
            x: line.x + x as u16,
            width: width as u16,
            ..line
        };
        if selected {
            let _ = Pen::new(buffer, theme, line).fill(theme.selected());
        }
        let finding = &row.finding;
        let grave = theme.severity(finding.severity);
        let digits = self.digits;
        let marker = if selected { MARKER } else { " " };
        // The marks may be two columns wide.
        let wide = columns(MARKER, theme);
        let _ = Pen::new(buffer, theme, line)
            .put(marker, pick(theme.active()))
            .pad(wide, pick(theme.text()))
            .put(Theme::severity_mark(finding.severity), pick(grave))
            .pad(wide + 2, pick(theme.text()))
            .put(&format!("{:>digits$}", unit + 1), pick(theme.quiet()));
        let rule = wide + 2 + digits + 1;
        let message = rule + self.rule + 1;
        let room = self.width.saturating_sub(message + self.excerpt);
        let _ = Pen::new(buffer, theme, part(rule, self.rule)).put(finding.rule, pick(grave));
        let text = flat(&finding.message);
        let _ = Pen::new(buffer, theme, part(message, room)).put(&text, pick(theme.text()));
        if self.excerpt > 1 {
            let at = part(message + room + 1, self.excerpt - 1);
            let text = flat(&finding.place.marked());
            let _ = Pen::new(buffer, theme, at).put(&text, pick(theme.quiet()));
        }
    }
}

/// A text in one row.
fn flat(text: &str) -> String {
    text.replace('\n', "⏎")
}

/// The selected finding in full: what is wrong, what can be put in, the texts with the place.
fn detail(
    state: &state::State,
    editor: &Editor,
    unit: usize,
    row: &Row,
    width: usize,
) -> (String, Vec<Styled>) {
    let theme = state.theme;
    let finding = &row.finding;
    let room = width.saturating_sub(3);
    let mut lines: Vec<Styled> = Vec::new();
    for line in theme.measure().wrap(&finding.message, room) {
        lines.push(marked(&finding.message, line, &[], theme.text(), theme));
    }
    if let Some(fix) = finding.suggestions.first() {
        let key = state.keys.hint("finding-fix");
        let there = finding.side == Some(Side::Target) && !finding.place.span.is_empty();
        let does = if there { " → " } else { " puts in " };
        lines.push(vec![
            (key.to_owned(), theme.key()),
            (does.to_owned(), theme.quiet()),
            (flat(fix), theme.good()),
        ]);
    }
    let mut remarks = Vec::new();
    if !row.also.is_empty() {
        let also: Vec<_> = row.also.iter().map(|at| (at + 1).to_string()).collect();
        let noun = if also.len() == 1 {
            "segment"
        } else {
            "segments"
        };
        remarks.push(format!("see {noun} {}", also.join(", ")));
    }
    if let Some(concept) = &finding.concept {
        let (zh, en) = (&concept.zh, &concept.en);
        let row = Path::new(&concept.glossary).file_name();
        let row = row.unwrap_or_default().to_string_lossy();
        remarks.push(format!("{zh} = {en} ({row})"));
    }
    if !remarks.is_empty() {
        lines.push(vec![(remarks.join(" · "), theme.quiet())]);
    }
    let strong = theme.bad().add_modifier(Modifier::UNDERLINED);
    let of = editor.session.unit(unit);
    let sides = of.map(|of| [(Side::Source, &of.source), (Side::Target, &of.target)]);
    for (side, text) in sides.into_iter().flatten() {
        let place = Some(finding.place.span).filter(|_| finding.side == Some(side));
        let text = text.replace('\n', " ");
        for line in theme.measure().wrap(&text, room) {
            lines.push(marked(&text, line, place.as_slice(), strong, theme));
        }
    }
    let whole = if row.whole {
        " · of the document as a whole"
    } else {
        ""
    };
    (format!("Segment {}{whole}", unit + 1), lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::span::Span;

    fn row(rule: &'static str, severity: Severity, text: &str) -> Row {
        let place = Place::new(Path::new("a.md").into(), text, Span::all(text));
        let unit = Unit {
            source: text.to_owned(),
            ..Unit::default()
        };
        let finding = Finding::syntax(rule, severity, place, "this is wrong");
        Row::new(&finding, Some(&unit), None)
    }

    /// A list of four findings in three segments.
    fn list() -> State {
        let mut findings = State::new(3);
        let all = [
            (
                1,
                vec![
                    row("term-forbidden", Severity::Error, "創世計劃"),
                    row("punct-end", Severity::Note, "能源部"),
                ],
            ),
            (
                4,
                vec![row("num-missing", Severity::Warning, "500亿美元 Error")],
            ),
            (7, vec![row("term-case", Severity::Note, "Ｄｏｅ")]),
        ];
        findings.take(all.into_iter());
        findings
    }

    fn shown(findings: &State) -> Vec<&'static str> {
        findings.shown().map(|(_, row)| row.finding.rule).collect()
    }

    #[test]
    fn what_is_typed_narrows_by_rule_severity_and_text() {
        let mut findings = list();
        let cases: [(&str, &[&str]); 9] = [
            (
                "",
                &["term-forbidden", "punct-end", "num-missing", "term-case"],
            ),
            ("term", &["term-forbidden", "term-case"]),
            ("error", &["term-forbidden", "num-missing"]),
            (":error", &["term-forbidden"]),
            (":N", &["punct-end", "term-case"]),
            ("term :n", &["term-case"]),
            ("创世计划", &["term-forbidden"]),
            ("doe", &["term-case"]),
            (":x", &[]),
        ];
        for (typed, rules) in cases {
            findings.line = Line::new(typed);
            findings.filter();
            assert_eq!(shown(&findings), rules, "{typed}");
        }
    }

    #[test]
    fn the_list_begins_at_the_segment_and_keeps_its_row() {
        let mut findings = list();
        let chosen = |findings: &State| {
            let (unit, row) = findings.chosen().unwrap();
            (unit, row.finding.rule)
        };
        assert_eq!(chosen(&findings), (4, "num-missing"));
        // What is found before it moves nothing.
        findings.put(0, vec![row("seg-same", Severity::Note, "x")]);
        assert_eq!(chosen(&findings), (4, "num-missing"));
        // Where it is put right, the next one is selected.
        findings.put(4, Vec::new());
        assert_eq!(chosen(&findings), (7, "term-case"));
        findings.step(-2);
        assert_eq!(chosen(&findings), (1, "term-forbidden"));
        findings.step(isize::MIN);
        assert_eq!(chosen(&findings), (0, "seg-same"));
        findings.step(9);
        assert_eq!(chosen(&findings), (7, "term-case"));
        findings.put(7, Vec::new());
        assert_eq!(chosen(&findings), (1, "punct-end"));
        findings.take(std::iter::empty());
        assert!(findings.chosen().is_none());
        findings.step(1);
    }
}
