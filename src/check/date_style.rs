//! English dates written in more than one order within a document.

use super::{Check, Draft, Level, Paper, Run, Text};
use crate::finding::Side;
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::model::document::Block;
use crate::span::halves;
use crate::text::number::{Quantity, Value};

pub(super) const CHECK: Check = Check {
    id: "date-style",
    level: Level::Note,
    mqm: "style/inconsistent-style",
    page: include_str!("date_style.md"),
    run: Run::Paper(run),
};

/// How many other places a finding names.
const MOST_RELATED: usize = 10;

/// In what order a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// November 24, 2025
    MonthFirst,
    /// 24 November 2025
    DayFirst,
    /// 2025-11-24
    Numeric,
}

impl Style {
    const ALL: [Self; 3] = [Self::MonthFirst, Self::DayFirst, Self::Numeric];

    fn name(self) -> &'static str {
        match self {
            Self::MonthFirst => "month first",
            Self::DayFirst => "day first",
            Self::Numeric => "in digits",
        }
    }

    /// A date written so.
    fn model(self, year: bool) -> &'static str {
        match (self, year) {
            (Self::MonthFirst, true) => "January 2, 2000",
            (Self::MonthFirst, false) => "January 2",
            (Self::DayFirst, true) => "2 January 2000",
            (Self::DayFirst, false) => "2 January",
            (Self::Numeric, _) => "2000-01-02",
        }
    }
}

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let table = paper.bitext.layout == Layout::Table;
    for side in [Side::Source, Side::Target] {
        if table && side == Side::Source {
            continue;
        }
        let texts = paper.views.iter().map(|view| view.text(side));
        let texts = texts.filter(|text| text.lang == Lang::En && text.block != Block::Cell);
        let dates: Vec<_> = texts.flat_map(dates).collect();
        let count = |style| dates.iter().filter(|(.., s)| *s == style).count();
        // The most used one; of equals, the one that comes first.
        let first = dates.first().map(|(.., style)| *style);
        let most = Style::ALL
            .into_iter()
            .max_by_key(|style| (count(*style), first == Some(*style)));
        let Some(usual) = most else {
            continue;
        };
        // One finding for each other way of writing: it is a choice, made once a document.
        for other in Style::ALL.into_iter().filter(|style| *style != usual) {
            let mut these = dates.iter().filter(|(.., style)| *style == other);
            let Some((text, quantity, _)) = these.next() else {
                continue;
            };
            let written = quantity.core.of(text.text);
            let message = format!(
                "“{written}” is written {} ({} here), {} dates are {}",
                other.name(),
                count(other),
                count(usual),
                usual.name()
            );
            let year = matches!(quantity.value, Value::Date(date) if date.year.is_some());
            let wanted = quantity.render_like(usual.model(year), Lang::En);
            let able = year || usual != Style::Numeric;
            drafts.push(Draft {
                suggestions: able.then_some(wanted).into_iter().collect(),
                related: these
                    .map(|(text, q, _)| text.at(q.core))
                    .take(MOST_RELATED)
                    .collect(),
                ..Draft::new(text.at(quantity.core), message)
            });
        }
    }
}

/// The dates with a day that are the text's own words, with how they are written.
fn dates<'t, 'a>(text: &'t Text<'a>) -> impl Iterator<Item = (&'t Text<'a>, &'t Quantity, Style)> {
    text.quantities.iter().filter_map(move |quantity| {
        let Value::Date(date) = quantity.value else {
            return None;
        };
        date.day.and(date.month)?;
        let style = style(quantity.core.of(text.text))?;
        let own = !text.in_code(quantity.span) && !in_quotes(text.text, quantity.span.start);
        own.then_some((text, quantity, style))
    })
}

/// How a date is written; `None` for forms that are a matter of register (the 24th of November) or
/// that are only a part of one (the 26 of November 24–26).
fn style(written: &str) -> Option<Style> {
    let letters = written.contains(|c: char| c.is_ascii_alphabetic());
    if written.contains(" of ") {
        return None;
    }
    match (letters, written.starts_with(|c: char| c.is_ascii_digit())) {
        (true, true) => Some(Style::DayFirst),
        (true, false) => Some(Style::MonthFirst),
        (false, _) => written.contains(['-', '/', '.']).then_some(Style::Numeric),
    }
}

/// Whether a place is within quotation marks: others' words keep their dates.
fn in_quotes(text: &str, at: u32) -> bool {
    let (before, _) = halves(text, at as usize);
    let straight = before.matches('"').count() % 2 == 1;
    let open = before.rfind('“');
    straight || open.is_some() && open > before.rfind('”')
}
