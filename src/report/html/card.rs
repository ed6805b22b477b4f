//! A finding as a card: what, where, both texts, what could stand there.

use std::io::{self, Write};

use super::text::{lang, locate, marked, mixed};
use crate::finding::{Finding, Place, Side};
use crate::report::markup::escape;
use crate::report::{fixable, path_text};
use crate::span::Span;

const OTHER: &str = " class=\"other\"";

pub(super) fn write(
    finding: &Finding,
    number: usize,
    file: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (severity, rule) = (finding.severity.name(), finding.rule);
    writeln!(
        out,
        "<article class=\"{severity}\" id=\"finding-{number}\" data-severity=\"{severity}\" \
         data-rule=\"{rule}\" data-file=\"{file}\">"
    )?;
    writeln!(
        out,
        "<h3><span class=\"severity\">{severity}</span>: {}</h3>",
        mixed(&finding.message)
    )?;
    writeln!(
        out,
        "<p class=\"faint\"><a href=\"#finding-{number}\">{}</a> · <code>{rule}</code> · {}</p>",
        at(&finding.place),
        super::category(finding.mqm)
    )?;
    texts(finding, out)?;
    details(finding, out)?;
    writeln!(out, "</article>")
}

/// A place by name, line and column.
fn at(place: &Place) -> String {
    let path = escape(&path_text(&place.path));
    format!(
        "<span class=\"path\">{path}:{}:{}</span>",
        place.line, place.column
    )
}

/// Both texts side by side, or the only one.
fn texts(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let place = &finding.place;
    let Some(sides) = &finding.sides else {
        return if place.quote.is_empty() {
            Ok(())
        } else {
            writeln!(out, "{}", marked(&place.quote, Some(place.mark), ""))
        };
    };
    writeln!(out, "<div class=\"sides\">")?;
    for (side, title, text) in [
        (Side::Source, "Source", &sides.source),
        (Side::Target, "Translation", &sides.target),
    ] {
        let text = if finding.side == Some(side) {
            marked(text, locate(text, place), "")
        } else {
            marked(text, other(finding, text).map(|(_, there)| there), OTHER)
        };
        writeln!(out, "<div><h4>{title}</h4>\n{text}</div>")?;
    }
    writeln!(out, "</div>")
}

/// The first related place that stands in a text, and where.
fn other<'a>(finding: &'a Finding, text: &str) -> Option<(&'a Place, Span)> {
    let mut related = finding.related.iter().filter(|p| !p.mark.is_empty());
    related.find_map(|place| Some((place, locate(text, place)?)))
}

/// Whether a related place is the one marked in the other text.
fn shown_above(finding: &Finding, place: &Place) -> bool {
    let text = finding
        .sides
        .as_ref()
        .and_then(|sides| match finding.side? {
            Side::Source => Some(&sides.target),
            Side::Target => Some(&sides.source),
        });
    let marked = text.and_then(|text| other(finding, text));
    marked.is_some_and(|(there, _)| there == place)
}

fn details(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if !finding.suggestions.is_empty() {
        let label = if fixable(finding) { "Fix" } else { "Use" };
        let new: Vec<String> = finding.suggestions.iter().map(|s| suggestion(s)).collect();
        rows.push((label, new.join(" or ")));
    }
    if let Some(row) = &finding.concept {
        let [zh, en] = [&row.zh, &row.en].map(|term| escape(term));
        let origin = escape(&row.glossary);
        rows.push((
            "Glossary",
            format!(
                "<span lang=\"zh\">{zh}</span> = {en} <span class=\"faint path\">{origin}</span>"
            ),
        ));
    }
    for place in &finding.related {
        let at = format!("<span class=\"faint\">{}</span>", at(place));
        // What is marked in the other text above need not be shown again.
        let text = if shown_above(finding, place) {
            String::new()
        } else {
            marked(&place.quote, Some(place.mark), OTHER)
        };
        rows.push(("See also", at + &text));
    }
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "<dl>")?;
    let mut last = "";
    for (label, value) in rows {
        // Several places are several descriptions of one term.
        if label != last {
            writeln!(out, "<dt>{label}</dt>")?;
        }
        writeln!(out, "<dd>{value}</dd>")?;
        last = label;
    }
    writeln!(out, "</dl>")
}

fn suggestion(new: &str) -> String {
    if new.is_empty() {
        "delete it".to_owned()
    } else {
        format!("<ins lang=\"{}\">{}</ins>", lang(new), escape(new))
    }
}
