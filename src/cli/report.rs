//! A finding for people: what, where, the line with a mark under it, what could stand there.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::out::{style, styled};
use crate::finding::{Finding, Place, Severity};
use crate::span::Span;
use crate::text::width::width;

/// The widest quote that is printed whole.
const COLUMNS: usize = 96;

/// Prints one finding.
pub(crate) fn human(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let color = match finding.severity {
        Severity::Error => style::BAD,
        Severity::Warning => style::CARE,
        Severity::Note => style::PLACE,
    };
    let head = format!("{}[{}]", finding.severity.name(), finding.rule);
    writeln!(out, "{}: {}", styled(color.bold(), head), finding.message)?;
    let place = &finding.place;
    let path = place.path.display();
    let arrow = styled(style::PLACE, "-->");
    writeln!(out, "  {arrow} {path}:{}:{}", place.line, place.column)?;
    quote(out, place, color)?;
    if !finding.suggestions.is_empty() {
        let fix = finding.suggestions.join("” or “");
        writeln!(out, "   {} “{fix}”", styled(style::GOOD, "use"))?;
    }
    if let Some(row) = &finding.concept {
        let row = format!("{} = {} ({})", row.zh, row.en, row.glossary);
        writeln!(out, "   {} {row}", styled(style::FAINT, "glossary"))?;
    }
    for other in &finding.related {
        quote(out, other, style::FAINT)?;
    }
    Ok(())
}

/// A finding in the shape of `zm check --format json` (schema `zhengming.check/1`).
pub(crate) fn json(finding: &Finding) -> Value {
    let place = &finding.place;
    let related = |p: &Place| {
        json!({
            "path": p.path.as_ref(),
            "line": p.line,
            "column": p.column,
            "text": p.mark.of(&p.quote),
        })
    };
    json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "path": place.path.as_ref(),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "byte_start": place.span.start,
        "byte_end": place.span.end,
        "text": place.mark.of(&place.quote),
        "message": finding.message,
        "suggestions": finding.suggestions,
        "concept": finding.concept,
        "mqm": finding.mqm,
        "side": finding.side,
        "related": finding.related.iter().map(related).collect::<Vec<_>>(),
    })
}

/// The line of a place with carets under it, cut to the part around them.
fn quote(out: &mut impl Write, place: &Place, color: anstyle::Style) -> io::Result<()> {
    if place.quote.is_empty() {
        return Ok(());
    }
    let text = place.quote.replace('\t', " ");
    let window = window(&text, place.mark);
    let gutter = " ".repeat(place.line.to_string().len());
    let before = Span::new(window.start as usize, place.mark.start as usize).of(&text);
    let end = place.mark.end.min(window.end) as usize;
    let marked = Span::new(place.mark.start as usize, end).of(&text);
    let (left, right) = (
        if window.start > 0 { "…" } else { "" },
        if (window.end as usize) < text.len() {
            "…"
        } else {
            ""
        },
    );
    let indent = " ".repeat(width(left) + width(before));
    let carets = styled(color, "^".repeat(width(marked).max(1)));
    writeln!(out, " {} | {left}{}{right}", place.line, window.of(&text))?;
    writeln!(out, " {gutter} | {indent}{carets}")
}

/// The part of a long line around a mark that fits.
fn window(text: &str, mark: Span) -> Span {
    if width(text) <= COLUMNS {
        return Span::all(text);
    }
    let lead = COLUMNS / 3;
    let mut start = 0;
    let mut columns = 0;
    // From the mark to the left while it fits, then from there to the right.
    let before = Span::new(0, mark.start as usize).of(text);
    for (i, c) in before.char_indices().rev() {
        columns += width(c.encode_utf8(&mut [0; 4]));
        if columns > lead {
            start = i + c.len_utf8();
            break;
        }
    }
    let mut end = text.len();
    columns = 0;
    for (i, c) in Span::new(start, text.len()).of(text).char_indices() {
        columns += width(c.encode_utf8(&mut [0; 4]));
        if columns > COLUMNS {
            end = start + i;
            break;
        }
    }
    Span::new(start, end)
}
