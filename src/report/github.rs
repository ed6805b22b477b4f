//! Workflow commands for GitHub Actions: findings as annotations on the lines
//! they are about, and a summary in Markdown for the run's page.
//!
//! GitHub shows ten annotations of each kind a step and drops the rest without
//! a word. So the gravest go first, ten a kind, and what is left is printed in
//! the log in a fold of its own.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{
    Format, Results, SEVERITIES, Style, counted, fixable, path_text, plural, stand_in, visible,
};
use crate::finding::{Finding, Severity};
use crate::text::chars::quoted;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations for GitHub Actions",
    write,
};

/// How many annotations of one kind a step may have.
const ANNOTATIONS: usize = 10;

/// How many findings a summary lists. GitHub refuses summaries over 1 MiB.
const LISTED: usize = 200;

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let unread = results.unread.iter().take(ANNOTATIONS);
    for unread in unread.clone() {
        let file = property(&path_text(&unread.path));
        let message = data(&format!("not checked: {}", unread.message));
        writeln!(out, "::error file={file},title=not read::{message}")?;
    }
    let mut rest: Vec<String> = Vec::new();
    for unread in results.unread.iter().skip(ANNOTATIONS) {
        rest.push(format!("{}: {}", path_text(&unread.path), unread.message));
    }
    for severity in SEVERITIES {
        let taken = if severity == Severity::Error {
            unread.len()
        } else {
            0
        };
        let same = results.findings.iter().filter(|f| f.severity == severity);
        for (i, finding) in same.enumerate() {
            if i + taken < ANNOTATIONS {
                writeln!(out, "{}", annotation(finding))?;
            } else {
                rest.push(finding.short());
            }
        }
    }
    if !rest.is_empty() {
        writeln!(out, "::group::{} more", rest.len())?;
        for line in rest {
            writeln!(out, "- {}", log(&line))?;
        }
        writeln!(out, "::endgroup::")?;
    }
    writeln!(out, "{} {}", counted(&results.findings), results.scope())
}

fn annotation(finding: &Finding) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = &finding.place;
    let mut line = format!(
        "::{kind} file={},line={},endLine={}",
        property(&path_text(&place.path)),
        place.line,
        place.end_line
    );
    // Columns are refused where the lines differ.
    if place.line == place.end_line {
        let _ = write!(line, ",col={},endColumn={}", place.column, place.end_column);
    }
    let mut message = finding.message.clone();
    if !finding.suggestions.is_empty() {
        let _ = write!(message, "\n{}", advice(finding));
    }
    if let Some(row) = &finding.concept {
        let _ = write!(message, "\n{} = {} ({})", row.zh, row.en, row.glossary);
    }
    let _ = write!(
        line,
        ",title={}::{}",
        property(finding.rule),
        data(&message)
    );
    line
}

/// `use “x” or “y”`.
fn advice(finding: &Finding) -> String {
    let quotes: Vec<String> = finding
        .suggestions
        .iter()
        .map(|new| match new.as_str() {
            "" => "nothing".to_owned(),
            new => quoted(new),
        })
        .collect();
    let label = if fixable(finding) { "fix" } else { "use" };
    format!("{label}: {}", quotes.join(" or "))
}

/// A command's message.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c => out.push(stand_in(c).unwrap_or(c)),
        }
    }
    out
}

/// A command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log that is no command, whatever a document says: the runner
/// reads `::` at a line's beginning and the older `##[` anywhere.
fn log(line: &str) -> String {
    visible(line).replace("##[", "## [")
}

/// What `$GITHUB_STEP_SUMMARY` is to hold: counts by rule, then the findings,
/// the gravest first, in Markdown.
pub fn summary(results: &Results) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "## zm check: {}\n", counted(&results.findings));
    let _ = writeln!(out, "{}", capital(&results.scope()));
    for unread in &results.unread {
        let (path, why) = (path_text(&unread.path), &unread.message);
        let _ = writeln!(out, "\n**Not checked:** {}: {}", cell(&path), cell(why));
    }
    if results.findings.is_empty() {
        return out;
    }
    out.push_str("\n| rule | errors | warnings | notes |\n| --- | ---: | ---: | ---: |\n");
    for (rule, counts) in super::counts(&results.findings, |f| f.rule) {
        let [errors, warnings, notes] = counts;
        let _ = writeln!(out, "| {rule} | {errors} | {warnings} | {notes} |");
    }
    out.push_str("\n| place | rule | what | instead |\n| --- | --- | --- | --- |\n");
    let sorted = SEVERITIES.iter().flat_map(|&severity| {
        let same = results.findings.iter();
        same.filter(move |f| f.severity == severity)
    });
    for finding in sorted.take(LISTED) {
        let place = &finding.place;
        let at = format!("{}:{}:{}", path_text(&place.path), place.line, place.column);
        let what = format!("{}: {}", finding.severity.name(), finding.message);
        let new = finding.suggestions.join(" / ");
        let cells = [&at, finding.rule, &what, &new].map(cell);
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    if results.findings.len() > LISTED {
        let more = plural(results.findings.len() - LISTED, "more finding");
        let _ = writeln!(out, "\n{more} in the log.");
    }
    out
}

/// The first letter in upper case.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// A text in a cell of a Markdown table, with nothing in it read as markup.
/// Findings quote whole passages now and then: what is longer than a few lines is cut.
fn cell(text: &str) -> String {
    const LONGEST: usize = 400;
    let mut out = String::with_capacity(text.len());
    for (i, c) in visible(text).chars().enumerate() {
        if i == LONGEST {
            out.push('…');
            break;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '!' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{results, written};
    use super::*;

    #[test]
    fn annotations_stand_on_their_lines() {
        let found = written("github", &results());
        let expected = "\
::error file=bad.md,title=not read::not checked: holds a NUL byte
::error file=报告 1/brief.zh.md,line=2,endLine=2,col=5,endColumn=10,title=term-forbidden::“创世纪计划” is deprecated%0Afix: “创世计划”%0A创世计划 = Genesis Mission (glossaries/us.tsv:3)
::warning file=报告 1/brief.en.md,line=2,endLine=2,col=38,endColumn=50,title=num-value::“US$5 billion” is not%0Athe value␛ of “500亿美元”%0Ause: “US$50 billion” or “US$50bn”
::notice file=g.tsv,line=12,endLine=12,col=1,endColumn=1,title=gl-syntax::an empty row
1 error, 1 warning, 1 note in 4 files, 7 units; 2 suppressed in the text; 1 in the baseline; 1 can be fixed by --fix; 1 not read
";
        assert_eq!(found, expected, "{found}");
    }

    #[test]
    fn no_more_than_ten_of_a_kind_and_none_forgotten() {
        let mut results = results();
        let one = results.findings[1].clone();
        results.findings.extend(std::iter::repeat_n(one, 13));
        let found = written("github", &results);
        assert_eq!(found.matches("\n::error ").count() + 1, 10);
        assert_eq!(found.matches("\n- ").count(), 14 + 1 - 10);
        assert!(found.contains("\n::group::5 more\n- "), "{found}");
        assert!(
            found.contains("\n::notice "),
            "other kinds have ten of their own"
        );
    }

    #[test]
    fn a_document_cannot_give_commands() {
        assert_eq!(property("a%,b:c"), "a%25%2Cb%3Ac");
        assert_eq!(data("a%\r\n::error::x"), "a%25%0D%0A::error::x");
        assert_eq!(
            log("x\n::add-mask::y ##[add-mask]z"),
            "x␊::add-mask::y ## [add-mask]z"
        );
    }

    #[test]
    fn the_summary_counts_and_lists() {
        let found = summary(&results());
        let expected = r"## zm check: 1 error, 1 warning, 1 note

In 4 files, 7 units; 2 suppressed in the text; 1 in the baseline; 1 can be fixed by --fix; 1 not read

**Not checked:** bad.md: holds a NUL byte

| rule | errors | warnings | notes |
| --- | ---: | ---: | ---: |
| gl-syntax | 0 | 0 | 1 |
| num-value | 0 | 1 | 0 |
| term-forbidden | 1 | 0 | 0 |

| place | rule | what | instead |
| --- | --- | --- | --- |
| 报告 1/brief.zh.md:2:5 | term-forbidden | error: “创世纪计划” is deprecated | 创世计划 |
| 报告 1/brief.en.md:2:38 | num-value | warning: “US\$5 billion” is not␊the value␛ of “500亿美元” | US\$50 billion / US\$50bn |
| g.tsv:12:1 | gl-syntax | note: an empty row |  |
";
        assert_eq!(found, expected, "{found}");
        assert_eq!(
            summary(&Results::default()),
            "## zm check: no findings\n\nIn 0 files, 0 units\n"
        );
    }

    #[test]
    fn a_long_summary_says_what_it_leaves_out() {
        let mut results = results();
        let one = results.findings[1].clone();
        results.findings.extend(std::iter::repeat_n(one, 300));
        let found = summary(&results);
        assert!(found.ends_with("\n103 more findings in the log.\n"));
        assert!(found.len() < 1 << 20);
    }

    #[test]
    fn a_cell_is_text() {
        assert_eq!(
            cell("a|b\n<b>**[x](y)**"),
            "a\\|b␊&lt;b&gt;\\*\\*\\[x\\](y)\\*\\*"
        );
        assert_eq!(cell(&"字".repeat(500)).chars().count(), 401);
    }
}
