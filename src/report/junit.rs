//! `JUnit` XML: what GitLab, Jenkins and Azure read. A file is a test suite, a
//! rule with findings in it a test case.
//!
//! A test fails where the run fails: findings below the severity that fails a
//! run are printed by a test that passes. A file without findings is one test
//! that passes, so that it can be seen to have been checked.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::markup::escape;
use super::{Format, Results, Style, path_text};
use crate::finding::Finding;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    about: "JUnit XML, for GitLab, Jenkins and others",
    write,
};

/// The findings of one file, by rule.
type Cases<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    // Findings may be about files that were not checked themselves, as a glossary.
    let mut suites: Vec<(String, Cases<'_>)> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let places = results.findings.iter().map(|f| &f.place.path);
    for path in results.files.iter().chain(places) {
        let name = path_text(path).into_owned();
        index.entry(name.clone()).or_insert_with(|| {
            suites.push((name, Cases::new()));
            suites.len() - 1
        });
    }
    for finding in &results.findings {
        let at = index.get(path_text(&finding.place.path).as_ref());
        if let Some((_, cases)) = at.and_then(|&at| suites.get_mut(at)) {
            cases.entry(finding.rule).or_default().push(finding);
        }
    }
    let tests: usize = suites.iter().map(|(_, cases)| cases.len().max(1)).sum();
    let failures: usize = suites.iter().map(|(_, cases)| failed(results, cases)).sum();
    let unread = results.unread.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"zm check\" tests=\"{}\" failures=\"{failures}\" errors=\"{unread}\">",
        tests + unread
    )?;
    for (path, cases) in &suites {
        suite(results, path, cases, out)?;
    }
    for file in &results.unread {
        let path = escape(&path_text(&file.path));
        let message = escape(&file.message);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase name=\"read\" classname=\"{path}\">\n      \
             <error message=\"{message}\" type=\"unread\"/>\n    \
             </testcase>\n  </testsuite>"
        )?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(results: &Results, path: &str, cases: &Cases<'_>, out: &mut dyn Write) -> io::Result<()> {
    let path = escape(path);
    let (tests, failures) = (cases.len().max(1), failed(results, cases));
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    )?;
    if cases.is_empty() {
        writeln!(
            out,
            "    <testcase name=\"zm check\" classname=\"{path}\"/>"
        )?;
    }
    for (rule, findings) in cases {
        writeln!(out, "    <testcase name=\"{rule}\" classname=\"{path}\">")?;
        let (bad, other): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|f| results.fails(f));
        // Of the gravest, the first.
        if let Some(worst) = bad.iter().rev().max_by_key(|f| f.severity) {
            let message = match bad.len() {
                1 => worst.message.clone(),
                more => format!("{} (and {} more)", worst.message, more - 1),
            };
            writeln!(
                out,
                "      <failure message=\"{}\" type=\"{}\">{}</failure>",
                escape(&message),
                worst.severity.name(),
                lines(&bad)
            )?;
        }
        if !other.is_empty() {
            writeln!(out, "      <system-out>{}</system-out>", lines(&other))?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Findings as the text of an element, one a line.
fn lines(findings: &[&Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(|f| escape(&f.short())).collect();
    lines.join("\n")
}

/// How many rules have a finding that fails the run.
fn failed(results: &Results, cases: &Cases<'_>) -> usize {
    let bad = cases
        .values()
        .filter(|list| list.iter().any(|f| results.fails(f)));
    bad.count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{results, written};
    use super::*;

    #[test]
    fn a_file_is_a_suite_and_a_rule_a_case() {
        let mut results = results();
        results.findings.swap(0, 1);
        let found = written("junit", &results);
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"zm check\" tests=\"5\" failures=\"1\" errors=\"1\">
  <testsuite name=\"报告 1/brief.zh.md\" tests=\"1\" failures=\"1\" errors=\"0\">
    <testcase name=\"term-forbidden\" classname=\"报告 1/brief.zh.md\">
      <failure message=\"“创世纪计划” is deprecated\" type=\"error\">报告 1/brief.zh.md:2:5: error[term-forbidden]: “创世纪计划” is deprecated</failure>
    </testcase>
  </testsuite>
  <testsuite name=\"报告 1/brief.en.md\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase name=\"num-value\" classname=\"报告 1/brief.en.md\">
      <system-out>报告 1/brief.en.md:2:38: warning[num-value]: “US$5 billion” is not&#10;the value␛ of “500亿美元”</system-out>
    </testcase>
  </testsuite>
  <testsuite name=\"clean.md\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase name=\"zm check\" classname=\"clean.md\"/>
  </testsuite>
  <testsuite name=\"g.tsv\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase name=\"gl-syntax\" classname=\"g.tsv\">
      <system-out>g.tsv:12:1: note[gl-syntax]: an empty row</system-out>
    </testcase>
  </testsuite>
  <testsuite name=\"bad.md\" tests=\"1\" failures=\"0\" errors=\"1\">
    <testcase name=\"read\" classname=\"bad.md\">
      <error message=\"holds a NUL byte\" type=\"unread\"/>
    </testcase>
  </testsuite>
</testsuites>
";
        assert_eq!(found, expected, "{found}");
    }

    /// Every element closed in order, every reference known, no character forbidden.
    fn is_well_formed(xml: &str) -> bool {
        let mut open = Vec::new();
        for part in xml.split('<').skip(1) {
            let Some((tag, text)) = part.split_once('>') else {
                return false;
            };
            let name = tag.split(' ').next().unwrap_or_default();
            if let Some(name) = tag.strip_prefix('/') {
                if open.pop() != Some(name) {
                    return false;
                }
            } else if !tag.ends_with(['/', '?']) {
                open.push(name);
            }
            let mut references = [tag, text].into_iter().flat_map(|t| t.split('&').skip(1));
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;", "#10;", "#9;"];
            if tag.matches('"').count() % 2 == 1
                || !references.all(|r| known.iter().any(|k| r.starts_with(k)))
            {
                return false;
            }
        }
        let allowed = |c| matches!(c, '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
        open.is_empty() && xml.chars().all(allowed)
    }

    #[test]
    fn whatever_stands_in_a_document_it_is_well_formed() {
        let mut results = results();
        assert!(is_well_formed(&written("junit", &results)));
        let odd = "<a b='c\">&amp;]]></testcase>\0\u{1b}\u{ffff}\r\n\t“创世”";
        for finding in &mut results.findings {
            finding.message = odd.to_owned();
            finding.place.path = std::path::Path::new(odd).into();
        }
        results.unread[0].path = odd.into();
        results.unread[0].message = odd.to_owned();
        let found = written("junit", &results);
        assert!(is_well_formed(&found), "{found}");
    }

    #[test]
    fn what_fails_a_test_is_what_fails_the_run() {
        let mut results = results();
        let failures = |results: &Results| written("junit", results).matches("<failure ").count();
        results.fail_on = Some(crate::finding::Severity::Note);
        assert_eq!(failures(&results), 3);
        results.fail_on = None;
        assert_eq!(failures(&results), 0);
    }

    #[test]
    fn several_findings_of_a_rule_are_one_failure() {
        let mut results = results();
        let again = results.findings[1].clone();
        results.findings.push(again);
        let found = written("junit", &results);
        assert!(found.contains("is deprecated (and 1 more)"), "{found}");
        assert_eq!(found.matches("<failure ").count(), 1);
    }
}
