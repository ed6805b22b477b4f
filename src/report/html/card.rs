//! A finding as a card: what, where, both texts, what could stand there.

use std::io::{self, Write};

use super::text::{lang, locate, marked, mixed};
use crate::finding::{Finding, Place, Side};
use crate::report::markup::escape;
use crate::report::{fixable, path_text};

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
            let mut related = finding.related.iter().filter(|p| !p.mark.is_empty());
            let there = related.find_map(|p| locate(text, p));
            marked(text, there, OTHER)
        };
        writeln!(out, "<div><h4>{title}</h4>\n{text}</div>")?;
    }
    writeln!(out, "</div>")
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
        let text = marked(&place.quote, Some(place.mark), OTHER);
        rows.push((
            "See also",
            format!("<span class=\"faint\">{}</span>{text}", at(place)),
        ));
    }
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "<dl>")?;
    for (label, value) in rows {
        writeln!(out, "<dt>{label}</dt><dd>{value}</dd>")?;
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
