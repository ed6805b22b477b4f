//! One page for whoever reads a report without this program: a client, a
//! translator, the printer.
//!
//! It holds everything it needs and is forbidden to load anything. Filters
//! need the script; without it the page is the whole report, folded by file.
//! There is no date in it: the same results give the same page.

mod card;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::markup::escape;
use super::{Format, Results, SEVERITIES, Style, counted, counts, page, path_text};
use crate::check;
use crate::finding::{Finding, Severity};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "one page with both sides, to filter and to print",
    write,
};

/// The findings of one file, each with its number in the report.
type Part<'a> = (String, Vec<(usize, &'a Finding)>);

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut parts: Vec<Part<'_>> = Vec::new();
    let places = results.findings.iter().map(|f| &f.place.path);
    for path in results.files.iter().chain(places) {
        let name = path_text(path).into_owned();
        names.entry(name.clone()).or_insert_with(|| {
            parts.push((name, Vec::new()));
            parts.len() - 1
        });
    }
    for (number, finding) in (1..).zip(&results.findings) {
        let at = names.get(path_text(&finding.place.path).as_ref());
        if let Some((_, part)) = at.and_then(|&at| parts.get_mut(at)) {
            part.push((number, finding));
        }
    }
    head(results, out)?;
    tables(results, &parts, out)?;
    filter(results, &parts, out)?;
    for (file, (name, findings)) in (1..).zip(&parts) {
        if findings.is_empty() {
            continue;
        }
        let name = escape(name);
        writeln!(out, "<details class=\"file\" id=\"file-{file}\" open>")?;
        writeln!(out, "<summary><h2 class=\"path\">{name}</h2></summary>")?;
        for (number, finding) in findings {
            card::write(finding, *number, file, out)?;
        }
        writeln!(out, "</details>")?;
    }
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "</main>\n<footer class=\"faint\"><p>Made by zm {version}.</p></footer>"
    )?;
    writeln!(out, "<script>\n{}</script>", include_str!("page.js"))?;
    writeln!(out, "</body>\n</html>")
}

fn head(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let counted = counted(&results.findings);
    writeln!(
        out,
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Translation check: {counted}</title>
<style>
{}</style>
</head>
<body>
<header>
<h1>Translation check</h1>
<p>{counted} {}</p>
</header>
<main>"#,
        include_str!("page.css"),
        results.scope()
    )?;
    if results.unread.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"error\">\n<h2>Not checked</h2>\n<ul>")?;
    for unread in &results.unread {
        let (path, why) = (path_text(&unread.path), &unread.message);
        let path = escape(&path);
        writeln!(
            out,
            "<li><span class=\"path\">{path}</span>: {}</li>",
            text::mixed(why)
        )?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn tables(results: &Results, parts: &[Part<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section>\n<h2>Counts</h2>")?;
    let categories = counts(&results.findings, |f| f.mqm);
    let categories = categories
        .iter()
        .map(|(mqm, counts)| (category(mqm), *counts));
    let caption = "By category of MQM, the Multidimensional Quality Metrics";
    table(caption, "category", categories, out)?;

    let first = |rule| results.findings.iter().position(|f| f.rule == rule);
    let rules = counts(&results.findings, |f| f.rule);
    let rules = rules.iter().map(|(rule, counts)| {
        let number = first(*rule).map_or(0, |at| at + 1);
        let about = check::named(rule).map(|check| text::code(&page::first(check.page)));
        let about = about.map_or(String::new(), |a| {
            format!("<br><span class=\"faint\">{a}</span>")
        });
        (
            format!("<a href=\"#finding-{number}\"><code>{rule}</code></a>{about}"),
            *counts,
        )
    });
    table("By rule", "rule", rules, out)?;

    let files = (1..).zip(parts).map(|(file, (name, findings))| {
        let name = format!("<span class=\"path\">{}</span>", escape(name));
        let count = |severity| {
            let same = findings.iter().filter(|(_, f)| f.severity == severity);
            same.count()
        };
        if findings.is_empty() {
            (name, [0; 3])
        } else {
            (
                format!("<a href=\"#file-{file}\">{name}</a>"),
                SEVERITIES.map(count),
            )
        }
    });
    table("By file", "file", files, out)?;
    writeln!(out, "</section>")
}

/// `terminology/inconsistent-with-resource` in words.
fn category(mqm: &str) -> String {
    let words = mqm.replace('-', " ").replace('/', ": ");
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    escape(&first.into_iter().chain(chars).collect::<String>())
}

/// A table of counts; the first cells are HTML.
fn table(
    caption: &str,
    what: &str,
    rows: impl Iterator<Item = (String, [usize; 3])>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{what}</th>\
         <th scope=\"col\" class=\"count\">errors</th><th scope=\"col\" class=\"count\">warnings</th>\
         <th scope=\"col\" class=\"count\">notes</th><th scope=\"col\" class=\"count\">all</th></tr></thead>\n<tbody>"
    )?;
    let mut all = [0; 3];
    for (name, counts) in rows {
        all = [all[0] + counts[0], all[1] + counts[1], all[2] + counts[2]];
        writeln!(out, "<tr><td>{name}</td>{}</tr>", numbers(counts))?;
    }
    writeln!(
        out,
        "</tbody>\n<tfoot><tr><td>all</td>{}</tr></tfoot>\n</table></div>",
        numbers(all)
    )
}

fn numbers(counts: [usize; 3]) -> String {
    let cells = counts.into_iter().chain([counts.iter().sum()]);
    let cells: Vec<String> = cells
        .map(|n| format!("<td class=\"count\">{n}</td>"))
        .collect();
    cells.concat()
}

/// Hidden until the script shows it: without it, it would do nothing.
fn filter(results: &Results, parts: &[Part<'_>], out: &mut dyn Write) -> io::Result<()> {
    let all = results.findings.len();
    writeln!(out, "<form id=\"filter\" hidden>")?;
    writeln!(out, "<label>Rule <select name=\"rule\">")?;
    writeln!(out, "<option value=\"\">all ({all})</option>")?;
    for (rule, counts) in counts(&results.findings, |f| f.rule) {
        let count: usize = counts.iter().sum();
        writeln!(out, "<option value=\"{rule}\">{rule} ({count})</option>")?;
    }
    writeln!(out, "</select></label>\n<label>File <select name=\"file\">")?;
    writeln!(out, "<option value=\"\">all ({all})</option>")?;
    for (file, (name, findings)) in (1..).zip(parts) {
        if !findings.is_empty() {
            let (name, count) = (escape(name), findings.len());
            writeln!(out, "<option value=\"{file}\">{name} ({count})</option>")?;
        }
    }
    writeln!(
        out,
        "</select></label>\n<fieldset><legend>Severity</legend>"
    )?;
    for severity in SEVERITIES {
        let (name, count) = (severity.name(), results.count(severity));
        let label = match severity {
            Severity::Error => "errors",
            Severity::Warning => "warnings",
            Severity::Note => "notes",
        };
        writeln!(
            out,
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked> {label} ({count})</label>"
        )?;
    }
    writeln!(
        out,
        "</fieldset>\n<button type=\"reset\">Show all</button>\n<output id=\"shown\"></output>\n</form>"
    )
}

#[cfg(test)]
mod tests;
