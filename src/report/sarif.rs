//! SARIF 2.1.0 (OASIS standard, errata 01): what code scanning reads.
//!
//! Columns are Unicode code points and said to be so: the standard's default
//! is UTF-16 units, which differ for 𠮷 and most emoji.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::print::fingerprints;
use super::{Format, Results, Style, page, path_text};
use crate::check::{self, Level};
use crate::finding::{Finding, Place, Side};
use crate::text::chars::quoted;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    write,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to: the folder the run was started in.
const BASE: &str = "%SRCROOT%";

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ids: BTreeSet<&str> = results.findings.iter().map(|f| f.rule).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let prints = fingerprints(&results.findings);
    let found = results.findings.iter().zip(&prints);
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "zm",
                "fullName": "Zhengming",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ids.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {
                "description": {"text": "The folder in which zm was started."},
            }},
            "invocations": [{
                "executionSuccessful": results.unread.is_empty(),
                "toolExecutionNotifications": results.unread.iter().map(|unread| json!({
                    "level": "error",
                    "message": message(&unread.message),
                    "locations": [{"physicalLocation": {"artifactLocation": artifact(&unread.path)}}],
                })).collect::<Vec<_>>(),
            }],
            "artifacts": results.files.iter().map(|path| json!({
                "location": artifact(path),
                "roles": ["analysisTarget"],
            })).collect::<Vec<_>>(),
            "results": found.map(|(finding, print)| result(finding, print, &ids)).collect::<Vec<_>>(),
            "properties": {
                "units": results.units,
                "suppressed": results.suppressed,
                "baselined": results.baselined,
            },
        }],
    });
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

/// A rule with its page as help. Findings about the form of glossaries and
/// memories belong to no check and have only an id.
fn rule(id: &str) -> Value {
    let Some(check) = check::named(id) else {
        return json!({"id": id});
    };
    let level = check
        .level
        .severity()
        .unwrap_or(crate::finding::Severity::Note);
    let text = page::prose(check.page);
    json!({
        "id": id,
        "shortDescription": {"text": page::first(check.page)},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": check.page},
        "defaultConfiguration": {"level": level.name(), "enabled": check.level != Level::Off},
        "properties": {"tags": [check.mqm]},
    })
}

fn result(finding: &Finding, print: &str, ids: &[&str]) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": ids.binary_search(&finding.rule).ok(),
        "level": finding.severity.name(),
        "message": message(&finding.message),
        "locations": [{"physicalLocation": physical(&finding.place)}],
        "partialFingerprints": {"zhengming/v1": print},
        "properties": {
            "mqm": finding.mqm,
            "side": finding.side,
            "concept": finding.concept,
            "suggestions": finding.suggestions,
            "safe": finding.safe,
        },
    });
    let related = finding.related.iter().enumerate();
    let related: Vec<Value> = related
        .map(|(id, place)| json!({"id": id, "physicalLocation": physical(place)}))
        .collect();
    // What a translation lacks is marked in the source, where nothing is to be replaced.
    let fixes: Vec<Value> = finding
        .suggestions
        .iter()
        .filter(|_| finding.safe || finding.side != Some(Side::Source))
        .map(|new| fix(&finding.place, new))
        .collect();
    for (key, list) in [("relatedLocations", related), ("fixes", fixes)] {
        if !list.is_empty() {
            result[key] = list.into();
        }
    }
    result
}

fn fix(place: &Place, new: &str) -> Value {
    let old = quoted(&place.marked());
    let text = if new.is_empty() {
        format!("Delete {old}")
    } else {
        format!("Replace {old} by {}", quoted(new))
    };
    json!({
        "description": {"text": text},
        "artifactChanges": [{
            "artifactLocation": artifact(&place.path),
            "replacements": [{"deletedRegion": region(place), "insertedContent": {"text": new}}],
        }],
    })
}

fn physical(place: &Place) -> Value {
    let mut region = region(place);
    region["snippet"] = json!({"text": place.marked()});
    let mut physical = json!({
        "artifactLocation": artifact(&place.path),
        "region": region,
    });
    // A line of a whole document is no context, and would be repeated for each finding.
    if place.line == place.end_line && (1..=4096).contains(&place.quote.len()) {
        physical["contextRegion"] = json!({
            "startLine": place.line,
            "snippet": {"text": place.quote},
        });
    }
    physical
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.line.max(1),
        "startColumn": place.column.max(1),
        "endLine": place.end_line.max(1),
        "endColumn": place.end_column.max(1),
    })
}

/// A plain text message: what would be read as a link, `[…](…)`, is escaped (3.11.6).
fn message(text: &str) -> Value {
    if text.contains("](") {
        json!({"text": text.replace('[', "\\[").replace(']', "\\]")})
    } else {
        json!({"text": text})
    }
}

fn artifact(path: &Path) -> Value {
    if path.is_absolute() {
        let path = uri(path);
        let slash = if path.starts_with('/') { "" } else { "/" };
        json!({"uri": format!("file://{slash}{path}")})
    } else {
        json!({"uri": uri(path), "uriBaseId": BASE})
    }
}

/// A path as a URI reference (RFC 3986), percent-encoded byte by byte.
fn uri(path: &Path) -> String {
    let text = path_text(path);
    let bytes = match &text {
        // Not UTF-8: the bytes of the name, not the stand-ins for them.
        std::borrow::Cow::Owned(_) if std::path::MAIN_SEPARATOR == '/' => {
            path.as_os_str().as_encoded_bytes()
        }
        text => text.as_bytes(),
    };
    let bytes = bytes.strip_prefix(b"./").unwrap_or(bytes);
    let mut uri = String::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::tests::{results, written};
    use super::*;

    fn run() -> Value {
        let log: Value = serde_json::from_str(&written("sarif", &results())).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["runs"].as_array().unwrap().len(), 1);
        log["runs"][0].clone()
    }

    #[test]
    fn a_result_says_where_what_and_how_to_mend_it() {
        let run = run();
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = &run["results"][1];
        assert_eq!(result["ruleId"], "term-forbidden");
        assert_eq!(result["level"], "error");
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            physical["artifactLocation"],
            json!({"uri": "%E6%8A%A5%E5%91%8A%201/brief.zh.md", "uriBaseId": "%SRCROOT%"})
        );
        assert_eq!(
            physical["region"],
            json!({
                "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 10,
                "snippet": {"text": "创世纪计划"},
            })
        );
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(
            change["replacements"][0]["insertedContent"]["text"],
            "创世计划"
        );
        assert_eq!(change["replacements"][0]["deletedRegion"]["startColumn"], 5);
        let related = &result["relatedLocations"][0];
        assert_eq!(
            related["physicalLocation"]["region"]["snippet"]["text"],
            "Genesis Mission"
        );
    }

    #[test]
    fn results_point_to_rules_and_rules_have_help() {
        let run = run();
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        let help = &rules.iter().find(|r| r["id"] == "term-forbidden").unwrap()["help"];
        assert!(
            help["markdown"]
                .as_str()
                .unwrap()
                .starts_with("# term-forbidden\n")
        );
        assert!(!help["text"].as_str().unwrap().contains("```"));
    }

    #[test]
    fn a_run_that_could_not_read_a_file_says_so() {
        let invocation = &run()["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        let told = &invocation["toolExecutionNotifications"][0];
        assert_eq!(told["message"]["text"], "holds a NUL byte");
    }

    #[test]
    fn what_is_missing_in_a_translation_is_no_replacement_in_the_source() {
        let mut missing = results().findings[1].clone();
        missing.safe = false;
        let result = result(&missing, "", &["term-forbidden"]);
        assert_eq!(result["fixes"], Value::Null);
        assert_eq!(result["properties"]["suggestions"][0], "创世计划");
    }

    #[test]
    fn paths_become_references() {
        for (path, expected) in [
            ("a.md", "a.md"),
            ("./a/b.md", "a/b.md"),
            (
                "../100% (终稿)#2.md",
                "../100%25%20(%E7%BB%88%E7%A8%BF)%232.md",
            ),
            ("c:x?.md", "c%3Ax%3F.md"),
        ] {
            assert_eq!(uri(Path::new(path)), expected);
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            let path = Path::new(std::ffi::OsStr::from_bytes(b"\xb4\xb4.md"));
            assert_eq!(uri(path), "%B4%B4.md");
            assert_eq!(artifact(Path::new("/a b"))["uri"], "file:///a%20b");
        }
    }

    #[test]
    fn brackets_that_look_like_a_link_are_text() {
        assert_eq!(message("[a](b)")["text"], "\\[a\\](b)");
        assert_eq!(message("[a]")["text"], "[a]");
    }
}
