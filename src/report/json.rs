//! One object for programs: schema `zhengming.check/1`.
//!
//! Lines and columns count from 1, columns in Unicode code points; bytes from
//! 0, half-open.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Results, Style, path_text};
use crate::finding::{ConceptRow, Finding, Place, Severity, Side};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one object, schema zhengming.check/1",
    write,
};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    files: usize,
    units: usize,
    findings: Vec<Record<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    note: usize,
    suppressed: usize,
    baselined: usize,
}

/// A finding as an object.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    rule: &'static str,
    severity: Severity,
    path: Cow<'a, str>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    byte_start: u32,
    byte_end: u32,
    text: Cow<'a, str>,
    message: &'a str,
    suggestions: &'a [String],
    concept: Option<&'a ConceptRow>,
    mqm: &'static str,
    side: Option<Side>,
    related: Vec<Related<'a>>,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    path: Cow<'a, str>,
    line: u32,
    column: u32,
    text: Cow<'a, str>,
}

/// A finding as an object of schema `zhengming.check/1`.
pub fn record(finding: &Finding) -> Record<'_> {
    let place = &finding.place;
    Record {
        rule: finding.rule,
        severity: finding.severity,
        path: path_text(&place.path),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        byte_start: place.span.start,
        byte_end: place.span.end,
        text: place.marked(),
        message: &finding.message,
        suggestions: &finding.suggestions,
        concept: finding.concept.as_ref(),
        mqm: finding.mqm,
        side: finding.side,
        related: finding.related.iter().map(related).collect(),
    }
}

fn related(place: &Place) -> Related<'_> {
    Related {
        path: path_text(&place.path),
        line: place.line,
        column: place.column,
        text: place.marked(),
    }
}

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let report = Report {
        schema: "zhengming.check/1",
        files: results.files.len(),
        units: results.units,
        findings: results.findings.iter().map(record).collect(),
        summary: Summary {
            error: results.count(Severity::Error),
            warning: results.count(Severity::Warning),
            note: results.count(Severity::Note),
            suppressed: results.suppressed,
            baselined: results.baselined,
        },
    };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{results, written};

    #[test]
    fn the_object_is_what_the_contract_says() {
        let text = written("json", &results());
        assert!(text.starts_with(
            r#"{"schema":"zhengming.check/1","files":4,"units":7,"findings":[{"rule":"#
        ));
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            report["findings"][1],
            json!({
                "rule": "term-forbidden",
                "severity": "error",
                "path": "报告 1/brief.zh.md",
                "line": 2,
                "column": 5,
                "end_line": 2,
                "end_column": 10,
                "byte_start": 19,
                "byte_end": 34,
                "text": "创世纪计划",
                "message": "“创世纪计划” is deprecated",
                "suggestions": ["创世计划"],
                "concept": {"zh": "创世计划", "en": "Genesis Mission", "glossary": "glossaries/us.tsv:3"},
                "mqm": "terminology/inconsistent-with-resource",
                "side": "source",
                "related": [{"path": "报告 1/brief.en.md", "line": 2, "column": 13, "text": "Genesis Mission"}],
            })
        );
        assert_eq!(
            report["findings"][2]["side"],
            Value::Null,
            "where there is one text only"
        );
        assert_eq!(
            report["summary"],
            json!({"error": 1, "warning": 1, "note": 1, "suppressed": 2, "baselined": 1})
        );
    }
}
