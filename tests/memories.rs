//! Whole runs of `zm` that look into memories: what is offered, written, counted and refused.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use serde_json::Value;

mod support;
use support::{folder, out, zm};

/// What a run with `--format json` printed.
fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_draft_has_the_codes_of_its_document() {
    let memory = "zh\ten\n\
        参见 https://a.example/x 页面。\tSee https://a.example/x.\n\
        请联系 a@b.com。\tContact a@b.com.\n\
        **停用**此项。\t**Stop** this.\n\
        共%s项。\t%s items.\n";
    let document =
        "参见 https://b.example/y/z 页面。\n\n请联系 c@d.org。\n\n停用此项。\n\n共%s项。\n";
    let glossary = "zh\ten\n能源部\tDepartment of Energy\n";
    let folder = folder(&[
        ("glossaries/g.tsv", glossary),
        ("memories/m.tsv", memory),
        ("d.zh.md", document),
    ]);
    let output = zm(folder.path(), &["draft", "d.zh.md", "-o", "-"]);
    let expected = "See https://b.example/y/z.\n\nContact c@d.org.\n\n停用此项。\n\n%s items.\n";
    assert_eq!(out(&output), expected);
    let found = json(&zm(
        folder.path(),
        &["suggest", "--format", "json", "请联系 c@d.org。"],
    ));
    let best = &found["matches"][0];
    assert_eq!((&best["score"], &best["base"]), (&97.into(), &80.into()));
    assert_eq!(best["repaired"]["complete"], true);
    assert_eq!(best["repaired"]["edits"][0]["to"], "c@d.org");
}
