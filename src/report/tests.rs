//! What the formats share to be tested with: results that are hard to write.

use super::*;
use crate::finding::{ConceptRow, Place, Side, Sides};
use crate::span::Span;

/// Chinese quoted in full width, tabs, combining marks, markup, control characters.
pub(super) fn results() -> Results {
    let zh: Arc<Path> = Path::new("报告 1/brief.zh.md").into();
    let en: Arc<Path> = Path::new("报告 1/brief.en.md").into();
    let source = "# 摘要\n\t启动“创世纪计划”，投入500亿美元。\n";
    let target = "# Summary\nLaunch the \"Genesis Mission\" with <b>US$5 billion</b> & more.\n";
    let sides = Some(Arc::new(Sides {
        source: "启动“创世纪计划”，投入500亿美元。".to_owned(),
        target: "Launch the \"Genesis Mission\" with <b>US$5 billion</b> & more.".to_owned(),
    }));
    let place = |path: &Arc<Path>, text: &str, part: &str| {
        Place::new(path.clone(), text, Span::find(text, part).unwrap())
    };
    let term = Finding {
        rule: "term-forbidden",
        severity: Severity::Error,
        place: place(&zh, source, "创世纪计划"),
        side: Some(Side::Source),
        message: "“创世纪计划” is deprecated".to_owned(),
        suggestions: vec!["创世计划".to_owned()],
        safe: true,
        concept: Some(ConceptRow {
            zh: "创世计划".to_owned(),
            en: "Genesis Mission".to_owned(),
            glossary: "glossaries/us.tsv:3".to_owned(),
        }),
        mqm: "terminology/inconsistent-with-resource",
        related: vec![place(&en, target, "Genesis Mission")],
        sides: sides.clone(),
    };
    let number = Finding {
        rule: "num-value",
        severity: Severity::Warning,
        place: place(&en, target, "US$5 billion"),
        side: Some(Side::Target),
        message: "“US$5 billion” is not\nthe value\u{1b} of “500亿美元”".to_owned(),
        suggestions: vec!["US$50 billion".to_owned(), "US$50bn".to_owned()],
        safe: false,
        concept: None,
        mqm: "accuracy/mistranslation",
        related: Vec::new(),
        sides,
    };
    let form = Finding::syntax(
        "gl-syntax",
        Severity::Note,
        Place::line(Path::new("g.tsv").into(), 12, ""),
        "an empty row",
    );
    Results {
        files: vec![
            zh,
            en,
            Path::new("clean.md").into(),
            Path::new("g.tsv").into(),
        ],
        units: 7,
        findings: vec![number, term, form],
        suppressed: 2,
        baselined: 1,
        unread: vec![Unread {
            path: "bad.md".into(),
            message: "holds a NUL byte".to_owned(),
        }],
        fail_on: Some(Severity::Error),
    }
}

/// What a format makes of results.
pub(super) fn written(name: &str, results: &Results) -> String {
    let format = FORMATS.iter().find(|f| f.name == name).unwrap();
    let mut out = Vec::new();
    (format.write)(results, &Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_text_for_a_terminal_is_tame() {
    assert_eq!(visible("a\tb"), "a b");
    assert_eq!(visible("\u{1b}[31m\r\n\u{202e}x"), "␛[31m␍␊\u{fffd}x");
    assert!(matches!(visible("创世计划 e\u{301} 👧"), Cow::Borrowed(_)));
}

#[test]
fn no_results_are_no_failure() {
    for format in FORMATS {
        let once = written(format.name, &Results::default());
        assert_eq!(once, written(format.name, &Results::default()));
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    for format in FORMATS {
        assert_eq!(
            written(format.name, &results()),
            written(format.name, &results()),
            "{}",
            format.name
        );
    }
}
