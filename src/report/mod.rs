//! Findings, written: one file a format.
//!
//! A format is a name and one function from [`Results`] to bytes. What a run
//! found is complete before the first byte is written, and the same results
//! give the same bytes: no format looks at a clock, a terminal or a file. To
//! add one: write `x.rs`, then name it twice below.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::fix::writable as fixable;
use crate::finding::{Finding, Severity};
use crate::text::count::plural;

pub mod github;
mod html;
pub mod human;
pub mod json;
mod junit;
mod markup;
mod page;
pub mod print;
mod sarif;
mod short;
pub mod style;
mod tsv;

pub use style::Style;

/// Every format, the default first.
pub const FORMATS: &[Format] = &[
    human::FORMAT,
    short::FORMAT,
    json::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    junit::FORMAT,
    html::FORMAT,
    tsv::FORMAT,
];

/// A way to write results.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What it is called after `--format`.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Writes all of it.
    pub write: fn(&Results, &Style, &mut dyn Write) -> io::Result<()>,
}

/// What a run of checks gave.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The files that were checked, in order, named as in the findings' places.
    pub files: Vec<Arc<Path>>,
    /// How many units they have.
    pub units: usize,
    /// What was found, sorted.
    pub findings: Vec<Finding>,
    /// Findings left out because the text itself allows them.
    pub suppressed: usize,
    /// Findings left out because the baseline has them.
    pub baselined: usize,
    /// What could not be checked; the rest was.
    pub unread: Vec<Unread>,
    /// The least severity that fails the run; `None` where no finding does.
    pub fail_on: Option<Severity>,
}

/// A file that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: PathBuf,
    /// Why not, in one sentence.
    pub message: String,
}

/// The severities, the gravest first.
pub const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

impl Results {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let same = self.findings.iter().filter(|f| f.severity == severity);
        same.count()
    }

    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        self.fail_on.is_some_and(|least| finding.severity >= least)
    }

    /// How many findings `--fix` would mend.
    pub fn fixable(&self) -> usize {
        self.findings.iter().filter(|f| fixable(f)).count()
    }

    /// What the counts are of, and what they leave out:
    /// `in 2 files, 9 units; 1 in the baseline`.
    pub fn scope(&self) -> String {
        let files = plural(self.files.len(), "file");
        let mut parts = vec![format!("in {files}, {}", plural(self.units, "unit"))];
        for (count, what) in [
            (self.suppressed, "suppressed in the text"),
            (self.baselined, "in the baseline"),
            (self.fixable(), "can be fixed by --fix"),
            (self.unread.len(), "not read"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.join("; ")
    }
}

/// Findings counted in words: `2 errors, 1 note`; `no findings` where there are none.
pub fn counted(findings: &[Finding]) -> String {
    let parts = SEVERITIES.iter().filter_map(|&severity| {
        let count = findings.iter().filter(|f| f.severity == severity).count();
        (count > 0).then(|| plural(count, severity.name()))
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Findings counted by something, in the order of [`SEVERITIES`].
fn counts<'a, K: Ord>(
    findings: &'a [Finding],
    key: impl Fn(&'a Finding) -> K,
) -> BTreeMap<K, [usize; 3]> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        let row: &mut [usize; 3] = counts.entry(key(finding)).or_default();
        let at = SEVERITIES.iter().position(|&s| s == finding.severity);
        if let Some(count) = at.and_then(|at| row.get_mut(at)) {
            *count += 1;
        }
    }
    counts
}

/// A path as it is written in reports: with `/` on every system.
fn path_text(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

/// A text as a terminal may be sent it, one column for each character taken out.
///
/// A document must not move the cursor, recolor the screen, break a line of
/// the report, or turn the reading direction of what stands behind it.
fn visible(text: &str) -> Cow<'_, str> {
    let stand_in = |c| match c {
        '\t' => Some(' '),
        c => stand_in(c),
    };
    if text.chars().any(|c| stand_in(c).is_some()) {
        text.chars().map(|c| stand_in(c).unwrap_or(c)).collect()
    } else {
        text.into()
    }
}

/// What is shown for a character that does something instead of being seen.
fn stand_in(c: char) -> Option<char> {
    match c {
        '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
