//! Accepted findings: what is in the baseline is not reported again.
//!
//! A finding is known again by its rule, its file and the marked text, and not
//! by its line, so that edits elsewhere in the file do not bring it back. How
//! often it may occur is counted: one more of the same is new.

use std::collections::BTreeMap;
use std::path::Path;

use crate::finding::{Finding, Severity};
use crate::tsv;

/// The first line of the file; another number is another way to know a finding again.
const TITLE: &str = "# zm baseline 1: accepted findings; `zm check --write-baseline` writes it";
/// What the first line of a baseline of any version begins with.
const FAMILY: &str = "# zm baseline ";
const COLUMNS: &str = "rule\tpath\ttext\tcount";

/// Accepted findings and how often each may occur.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    accepted: BTreeMap<[String; 3], usize>,
}

impl Baseline {
    /// All of some findings. `name` gives the name of a path that does not
    /// depend on the current folder.
    pub fn of(findings: &[Finding], name: impl Fn(&Path) -> String) -> Self {
        let mut accepted = BTreeMap::new();
        for finding in findings {
            *accepted.entry(key(finding, &name)).or_default() += 1;
        }
        Self { accepted }
    }

    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// The line (from 1) that is not one of a baseline of this version, and why.
    pub fn parse(text: &str) -> Result<Self, (u32, String)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().next().unwrap_or("").trim_end();
        if first != TITLE {
            let message = match first.strip_prefix(FAMILY) {
                Some(rest) => {
                    let version = rest.split(':').next().unwrap_or("");
                    format!("is of version {version}, and this program knows version 1")
                }
                None => "is not a baseline".to_owned(),
            };
            let advice = "write it anew with --write-baseline";
            return Err((1, format!("{message}: {advice}")));
        }
        let mut accepted = BTreeMap::new();
        for (number, line) in tsv::rows(text).filter(|(_, line)| *line != COLUMNS) {
            let cells: Vec<String> = tsv::cells(line).map(Into::into).collect();
            let count = cells.get(3).and_then(|n| n.parse::<usize>().ok());
            let (Ok([rule, path, text, _]), Some(count)) = (<[String; 4]>::try_from(cells), count)
            else {
                let message = "is not a row of four cells (rule, path, text, count)";
                return Err((number, message.to_owned()));
            };
            *accepted.entry([rule, path, text]).or_default() += count;
        }
        Ok(Self { accepted })
    }

    /// The text of the file, sorted, so that a version's differences can be read.
    ///
    /// ```
    /// use zhengming::check::Baseline;
    /// let baseline = Baseline::default();
    /// assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline));
    /// ```
    pub fn to_text(&self) -> String {
        let mut text = format!("{TITLE}\n{COLUMNS}\n");
        for ([rule, path, marked], count) in &self.accepted {
            let count = count.to_string();
            text += &tsv::join(&[rule.as_str(), path, marked, &count]);
            text.push('\n');
        }
        text
    }

    /// Leaves out what is accepted; gives the number left out.
    ///
    /// Of more findings than are accepted the gravest stay, then the last ones.
    pub fn apply(&self, findings: &mut Vec<Finding>, name: impl Fn(&Path) -> String) -> usize {
        let mut left = self.accepted.clone();
        let before = findings.len();
        let mut out = vec![false; before];
        for severity in [Severity::Note, Severity::Warning, Severity::Error] {
            let of = findings.iter().zip(&mut out);
            for (finding, out) in of.filter(|(f, _)| f.severity == severity) {
                if let Some(count) = left.get_mut(&key(finding, &name)).filter(|n| **n > 0) {
                    *count -= 1;
                    *out = true;
                }
            }
        }
        let mut out = out.into_iter();
        findings.retain(|_| !out.next().unwrap_or_default());
        before - findings.len()
    }
}

/// What a finding is known by.
fn key(finding: &Finding, name: &impl Fn(&Path) -> String) -> [String; 3] {
    let place = &finding.place;
    let marked = place.mark.of(&place.quote).to_owned();
    [finding.rule.to_owned(), name(&place.path), marked]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::span::Span;

    fn findings(text: &str, word: &str) -> Vec<Finding> {
        let places = text.match_indices(word).map(|(at, _)| {
            let span = Span::new(at, at + word.len());
            Place::new(Path::new("a.md").into(), text, span)
        });
        let made = places.map(|p| Finding::syntax("char-invisible", Severity::Error, p, "?"));
        made.collect()
    }

    fn name(path: &Path) -> String {
        path.display().to_string()
    }

    #[test]
    fn accepted_findings_stay_accepted_when_lines_move_and_one_more_is_new() {
        let baseline = Baseline::of(&findings("创世 创世\n", "创世"), name);
        let baseline = Baseline::parse(&baseline.to_text()).unwrap();
        let mut moved = findings("一\n创世\n二创世创世\n", "创世");
        assert_eq!(baseline.apply(&mut moved, name), 2);
        assert_eq!(moved.len(), 1);
        assert_eq!((moved[0].place.line, moved[0].place.column), (3, 4));
    }

    #[test]
    fn another_version_and_a_broken_row_are_told() {
        let (line, message) = Baseline::parse("# zm baseline 7: x\n").unwrap_err();
        assert_eq!(line, 1);
        assert!(message.contains("version 7"), "{message}");
        let text = Baseline::default().to_text() + "term-missing\ta.md\n";
        assert_eq!(Baseline::parse(&text).unwrap_err().0, 3);
    }
}
