//! From glossaries to findings.

use std::path::PathBuf;

use rayon::prelude::*;

use super::allow::{self, Commented};
use super::run::severity;
use super::shelf::{Remark, Shelf, Spot, spelled};
use super::{CHECKS, Check, Levels, Outcome, Run, named, sort};
use crate::finding::{Finding, Severity};
use crate::format::Lines;
use crate::glossary::Sheet;

/// A glossary of a run.
#[derive(Debug)]
pub struct Book {
    /// The file.
    pub sheet: Sheet,
    /// The configured severities; `None` for a file that nobody asked about and
    /// that is there for what it says of the others' terms.
    pub levels: Option<Levels>,
}

/// Checks glossaries, in order of priority, each by itself and all together.
///
/// `memories` are those of the workspace, each with whether it is its journal.
/// What the reader had to say of those that are asked about is among the
/// findings. They are sorted by path, line and column, and the same in every run.
///
/// ```
/// use std::path::Path;
/// use zhengming::check::{Book, Levels, lint};
/// use zhengming::glossary::Sheet;
/// let file = "zh\ten\nplan\t计划\n";
/// let sheet = Sheet::parse(Path::new("a.tsv"), file.as_bytes());
/// let book = Book { sheet, levels: Some(Levels::new()) };
/// assert_eq!(lint(&[book], &[]).findings[0].rule, "gl-swap");
/// ```
pub fn lint(books: &[Book], memories: &[(PathBuf, bool)]) -> Outcome {
    let sheets: Vec<&Sheet> = books.iter().map(|book| &book.sheet).collect();
    let terms = spelled(&sheets);
    let shelf = Shelf::new(sheets, &terms, memories);
    let lines: Vec<Lines<'_>> = books.iter().map(|b| Lines::new(&b.sheet.text)).collect();
    let checks = CHECKS.par_iter().filter_map(|check| {
        let Run::Glossary(run) = check.run else {
            return None;
        };
        let mut levels = books.iter().filter_map(|book| book.levels.as_ref());
        let on = levels.any(|levels| severity(check, levels).is_some());
        on.then_some((check, run))
    });
    let said = checks.map(|(check, run)| {
        let mut remarks = Vec::new();
        run(&shelf, &mut remarks);
        let findings = remarks
            .into_iter()
            .filter_map(|remark| finding(check, remark, books, &lines));
        findings.collect::<Vec<_>>()
    });
    let mut findings: Vec<Finding> = said.collect::<Vec<_>>().into_iter().flatten().collect();
    for book in books {
        let Some(levels) = &book.levels else { continue };
        let read = book.sheet.findings.iter().cloned();
        findings.extend(read.filter_map(|finding| leveled(finding, levels)));
    }
    let files = books.iter().filter_map(|book| {
        Some(Commented {
            path: &book.sheet.path,
            text: &book.sheet.text,
            format: "tsv",
            levels: book.levels.as_ref()?,
        })
    });
    let mut outcome = allow::apply(findings, &files.collect::<Vec<_>>(), &[]);
    sort(&mut outcome.findings);
    outcome
}

/// A finding of a reader, as grave as its rule is configured at most; `None` where that is off.
pub fn leveled(mut finding: Finding, levels: &Levels) -> Option<Finding> {
    let at_most = match named(finding.rule) {
        // The reader knows how grave each of its findings is.
        Some(check) => severity(check, levels)?,
        None => match levels.get(finding.rule) {
            Some(level) => {
                finding.severity = level.severity()?;
                finding.severity
            }
            None => Severity::Error,
        },
    };
    finding.severity = finding.severity.min(at_most);
    Some(finding)
}

/// A remark with its place, where somebody asked about that file.
fn finding(
    check: &'static Check,
    remark: Remark,
    books: &[Book],
    lines: &[Lines<'_>],
) -> Option<Finding> {
    let book = books.get(remark.at.sheet as usize)?;
    let severity = severity(check, book.levels.as_ref()?)?;
    let place = |spot: Spot| {
        let number = spot.sheet as usize;
        let path = &books.get(number)?.sheet.path;
        Some(lines.get(number)?.place(path.clone(), spot.span))
    };
    let related = remark.related.iter().filter_map(|spot| place(*spot));
    Some(Finding {
        rule: check.id,
        severity: severity.min(remark.at_most),
        place: place(remark.at)?,
        side: None,
        message: remark.message,
        safe: remark.safe && !remark.suggestions.is_empty(),
        suggestions: remark.suggestions,
        concept: None,
        mqm: check.mqm,
        related: related.collect(),
        sides: None,
    })
}
