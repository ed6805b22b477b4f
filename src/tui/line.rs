//! The text being typed: caret, selection, undo. It knows graphemes, words and
//! wrapped rows; it knows no keys and no screen.
//!
//! The caret never stands inside a grapheme: not inside é written as two code
//! points, not inside 👨‍👩‍👧, not between a Han character and its variation
//! selector. Every change goes through [`Line::replace`], so that one place
//! keeps that promise and one place records what undo needs.

use unicode_segmentation::GraphemeCursor;

use crate::span::{Span, splice};
use crate::text::width::Columns;
use crate::text::words::words;

/// A way to move the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// To the beginning of this or the previous word.
    WordLeft,
    /// To the beginning of the next word.
    WordRight,
    /// To the beginning of the row the text is wrapped into.
    RowStart,
    /// To its end.
    RowEnd,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the beginning of the text.
    Start,
    /// To its end.
    End,
}

/// How a text is wrapped on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrap {
    /// The columns of a row, that of the caret behind a full one included.
    pub columns: usize,
    /// How the terminal counts columns.
    pub measure: Columns,
}

impl Wrap {
    /// Rows of so many columns, ambiguous characters narrow.
    pub fn at(columns: usize) -> Self {
        Self {
            columns,
            measure: Columns::default(),
        }
    }
}

/// One change: what stood at `at`, and what stands there now.
#[derive(Debug, Clone)]
struct Change {
    at: usize,
    removed: String,
    inserted: String,
    caret: usize,
    typed: bool,
}

/// A text being edited.
///
/// ```
/// use zhengming::tui::line::Line;
/// let mut line = Line::new("創世計畫 👨‍👩‍👧");
/// line.backspace();
/// assert_eq!(line.text(), "創世計畫 ", "a family is one grapheme");
/// line.undo();
/// assert_eq!(line.text(), "創世計畫 👨‍👩‍👧");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Line {
    text: String,
    caret: usize,
    anchor: Option<usize>,
    /// The column that Up and Down aim for, kept over short rows.
    goal: Option<usize>,
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Whether the next typed character may join the last undo step.
    joins: bool,
    /// Stretches to be looked at again: what a repaired match changed.
    marks: Vec<Span>,
}

impl Line {
    /// A line with the caret at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            ..Self::default()
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret, in bytes.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What is selected; empty at the caret where nothing is.
    pub fn selection(&self) -> Span {
        let anchor = self.anchor.unwrap_or(self.caret);
        Span::new(anchor.min(self.caret), anchor.max(self.caret))
    }

    /// The selected text.
    pub fn selected(&self) -> &str {
        self.selection().of(&self.text)
    }

    /// The number of undo steps: typing that joins the last one does not raise it.
    pub fn steps(&self) -> usize {
        self.done.len()
    }

    /// The stretches marked for another look.
    pub fn marks(&self) -> &[Span] {
        &self.marks
    }

    /// Forgets the marks.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Forgets how the text came to be: undo goes no further back than to now.
    pub fn settle(&mut self) {
        self.done.clear();
        self.undone.clear();
        self.joins = false;
    }

    /// Forgets the selection.
    pub fn deselect(&mut self) {
        self.anchor = None;
    }

    /// Selects all.
    pub fn select_all(&mut self) {
        self.anchor = Some(0);
        self.caret = self.text.len();
        self.joins = false;
    }

    /// Selects a span, its edges moved out to those of graphemes.
    pub fn select(&mut self, span: Span) {
        self.anchor = Some(self.edge_before(span.start as usize));
        self.caret = self.edge_from(span.end as usize);
        self.joins = false;
    }

    // ---- changing ----

    /// Types text in the place of the selection. Characters typed one after
    /// another are one undo step up to the end of a word or a punctuation mark.
    pub fn insert(&mut self, text: &str) {
        self.put(text, true);
    }

    /// Puts in text that came as a whole (a term, a paste): its own undo step.
    pub fn paste(&mut self, text: &str) {
        self.put(&clean(text), false);
    }

    fn put(&mut self, text: &str, typed: bool) {
        if text.is_empty() && self.selection().is_empty() {
            return;
        }
        let typed = typed && self.selection().is_empty();
        self.replace(self.selection(), text, typed);
    }

    /// Makes the whole text another one, as one undo step, and marks stretches of it.
    pub fn set(&mut self, text: &str, marks: Vec<Span>) {
        self.anchor = None;
        if self.text != text {
            self.replace(Span::all(&self.text), text, false);
        }
        self.caret = self.text.len();
        self.marks = marks;
    }

    /// Replaces a span, as one undo step, the caret behind it.
    pub fn put_at(&mut self, span: Span, text: &str) {
        let start = self.edge_before(span.start as usize);
        let end = self.edge_from(span.end as usize);
        self.anchor = None;
        self.replace(Span::new(start, end), text, false);
    }

    /// Deletes the selection, or the grapheme before the caret.
    pub fn backspace(&mut self) {
        self.delete_to(self.before(self.caret));
    }

    /// Deletes the selection, or the grapheme behind the caret.
    pub fn delete(&mut self) {
        self.delete_to(self.after(self.caret));
    }

    /// Deletes back to the beginning of the word: one Chinese word, not a whole run of Han.
    pub fn kill_word(&mut self) {
        self.delete_to(self.word_left());
    }

    /// Deletes to the beginning of the next word.
    pub fn kill_word_right(&mut self) {
        self.delete_to(self.word_right());
    }

    /// Deletes to the end of the text.
    pub fn kill_end(&mut self) {
        let end = self.text.len();
        self.delete_to(end);
    }

    fn delete_to(&mut self, at: usize) {
        let mut span = self.selection();
        if span.is_empty() {
            span = Span::new(at.min(self.caret), at.max(self.caret));
        }
        if !span.is_empty() {
            self.replace(span, "", false);
        }
    }

    fn replace(&mut self, span: Span, new: &str, typed: bool) {
        let removed = span.of(&self.text).to_owned();
        let at = span.start as usize;
        self.undone.clear();
        let joined = typed && self.joins && removed.is_empty();
        let last = self.done.last_mut().filter(|last| {
            joined && last.typed && last.at + last.inserted.len() == at && goes_on(&last.inserted)
        });
        if let Some(last) = last {
            last.inserted.push_str(new);
        } else {
            self.done.push(Change {
                at,
                removed,
                inserted: new.to_owned(),
                caret: self.caret,
                typed,
            });
        }
        self.apply(span, new);
        self.joins = typed;
    }

    /// Changes the text and moves everything that points into it.
    fn apply(&mut self, span: Span, new: &str) {
        self.text = splice(&self.text, span, new);
        let by = i64::try_from(new.len()).unwrap_or(0) - i64::try_from(span.len()).unwrap_or(0);
        self.marks
            .retain(|mark| mark.end <= span.start || mark.start >= span.end);
        for mark in &mut self.marks {
            if mark.start >= span.end {
                let moved = |at: u32| u32::try_from(i64::from(at) + by).unwrap_or(0);
                *mark = Span {
                    start: moved(mark.start),
                    end: moved(mark.end),
                };
            }
        }
        self.anchor = None;
        self.goal = None;
        // A combining mark joins what stands before it, a joiner what comes after.
        self.caret = self.edge_from(span.start as usize + new.len());
    }

    /// Takes the last step back; `false` when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(change) = self.done.pop() else {
            return false;
        };
        let span = Span::new(change.at, change.at + change.inserted.len());
        self.apply(span, &change.removed);
        self.caret = self.edge_from(change.caret);
        self.joins = false;
        self.undone.push(change);
        true
    }

    /// Does again what was undone last; `false` when there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.undone.pop() else {
            return false;
        };
        let span = Span::new(change.at, change.at + change.removed.len());
        self.apply(span, &change.inserted);
        self.joins = false;
        self.done.push(change);
        true
    }

    // ---- moving ----

    /// Moves the caret, selecting on the way where asked; `wrap` is how the text is
    /// shown. `false` when the caret stands at that edge already.
    pub fn go(&mut self, to: Move, select: bool, wrap: Wrap) -> bool {
        let selected = self.selection();
        let had = !selected.is_empty();
        if select {
            self.anchor.get_or_insert(self.caret);
        } else {
            self.anchor = None;
        }
        let goal = self.goal.take();
        let from = self.caret;
        self.joins = false;
        self.caret = match to {
            Move::Left if had && !select => selected.start as usize,
            Move::Right if had && !select => selected.end as usize,
            Move::Left => self.before(from),
            Move::Right => self.after(from),
            Move::WordLeft => self.word_left(),
            Move::WordRight => self.word_right(),
            Move::Start => 0,
            Move::End => self.text.len(),
            Move::RowStart | Move::RowEnd | Move::Up | Move::Down => {
                let rows = rows(&self.text, wrap);
                let (row, column) = place(&self.text, &rows, from, wrap);
                let goal = goal.unwrap_or(column);
                match to {
                    Move::RowStart => self.at_column(&rows, row, 0, wrap),
                    Move::RowEnd => self.at_column(&rows, row, usize::MAX, wrap),
                    _ => {
                        let next = match to {
                            Move::Up => row.checked_sub(1),
                            _ => Some(row + 1).filter(|&next| next < rows.len()),
                        };
                        self.goal = Some(goal);
                        next.map_or(from, |next| self.at_column(&rows, next, goal, wrap))
                    }
                }
            }
        };
        self.caret != from || had && !select
    }

    /// Puts the caret at a row and column, as a mouse does.
    pub fn click(&mut self, row: usize, column: usize, wrap: Wrap) {
        let rows = rows(&self.text, wrap);
        self.caret = self.at_column(&rows, row.min(rows.len().saturating_sub(1)), column, wrap);
        self.anchor = None;
        self.joins = false;
    }

    /// The byte of a row nearest to a column, on a grapheme's edge, and on that row.
    fn at_column(&self, rows: &[Span], row: usize, column: usize, wrap: Wrap) -> usize {
        let Some(&span) = rows.get(row) else {
            return self.caret;
        };
        // The end of a row that goes on without a space is the beginning of the next.
        let shared = rows.get(row + 1).is_some_and(|next| next.start == span.end);
        let (mut at, end) = (span.start as usize, span.end as usize);
        let mut columns = 0;
        while at < end {
            let next = self.after(at);
            columns += wrap.measure.width(Span::new(at, next).of(&self.text));
            if columns > column || shared && next >= end {
                break;
            }
            at = next;
        }
        // A row may end inside of \r\n.
        self.edge_before(at)
    }

    fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor
            .next_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(self.text.len())
    }

    /// The nearest grapheme's edge at or after a byte.
    fn edge_from(&self, at: usize) -> usize {
        let at = self.text.ceil_char_boundary(at.min(self.text.len()));
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            at
        } else {
            self.after(at)
        }
    }

    /// The nearest grapheme's edge at or before a byte.
    fn edge_before(&self, at: usize) -> usize {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            at
        } else {
            self.before(at)
        }
    }

    fn word_left(&self) -> usize {
        let starts = word_starts(&self.text);
        let start = starts.iter().rev().find(|&&start| start < self.caret);
        self.edge_before(start.copied().unwrap_or(0))
    }

    fn word_right(&self) -> usize {
        let starts = word_starts(&self.text);
        let start = starts.iter().find(|&&start| start > self.caret);
        self.edge_from(start.copied().unwrap_or(self.text.len()))
    }

    /// The word at the caret, or else the last one before it.
    pub fn word(&self) -> Span {
        let caret = self.caret as u32;
        let words = words(&self.text);
        let spoken = |w: &&Span| w.of(&self.text).chars().any(char::is_alphanumeric);
        let at = words.iter().find(|w| w.start <= caret && caret < w.end);
        let before = || words.iter().rfind(|w| w.end <= caret && spoken(w));
        let word = at.filter(spoken).or_else(before);
        word.copied().unwrap_or(Span {
            start: caret,
            end: caret,
        })
    }
}

/// Where words begin, punctuation and white space left out.
fn word_starts(text: &str) -> Vec<usize> {
    words(text)
        .into_iter()
        .filter(|word| word.of(text).chars().any(char::is_alphanumeric))
        .map(|word| word.start as usize)
        .collect()
}

/// Whether typing goes on within one undo step after this: not after white space or punctuation.
fn goes_on(typed: &str) -> bool {
    typed
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
}

/// A pasted text with one kind of line break and without control characters, which could
/// otherwise steer the terminal.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|&c| c == '\n' || !c.is_control())
        .collect()
}

/// The rows a text takes: line breaks as written (they belong to no row), and wrapped. There is
/// always one.
///
/// The last column is left free: the caret stands there behind a full row.
pub fn rows(text: &str, wrap: Wrap) -> Vec<Span> {
    let columns = wrap.columns.saturating_sub(1).max(2);
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let rows = wrap.measure.wrap(line, columns);
        if rows.is_empty() {
            all.push(Span::new(start, start));
        }
        all.extend(rows.into_iter().map(|row| row.shifted(start)));
        start += line.len() + 1;
    }
    all
}

/// The row and column of a byte.
pub fn place(text: &str, rows: &[Span], at: usize, wrap: Wrap) -> (usize, usize) {
    let at = at as u32;
    let row = rows
        .partition_point(|row| row.start <= at)
        .saturating_sub(1);
    let span = rows.get(row).copied().unwrap_or_default();
    let before = Span {
        start: span.start,
        end: at.clamp(span.start, span.end),
    };
    (row, wrap.measure.width(before.of(text)))
}

#[cfg(test)]
mod tests;
