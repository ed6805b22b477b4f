//! For people, like a good compiler: what, where, the line with a mark under
//! it, what belongs to it, what could stand there.

use std::io::{self, Write};

use rayon::prelude::*;

use super::style::{self, Style};
use super::{Format, Results, counted, fixable, path_text, visible};
use crate::finding::{Finding, Place, Severity, Side};
use crate::span::Span;
use crate::text::chars::quoted;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "human",
    about: "for people: the line, a mark under it, the glossary row, the fix",
    write,
};

fn write(results: &Results, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    // A dictionary has tens of thousands: some of them are written at a time, and in parallel.
    for some in results.findings.chunks(1 << 14) {
        let parts = some.par_chunks(1 << 8).map(|some| {
            let mut part = Vec::new();
            for found in some {
                finding(&mut part, found, style)?;
                part.push(b'\n');
            }
            Ok(part)
        });
        for part in parts.collect::<io::Result<Vec<_>>>()? {
            out.write_all(&part)?;
        }
    }
    for unread in &results.unread {
        let head = style.paint(style::BAD.bold(), "error");
        let path = path_text(&unread.path);
        writeln!(
            out,
            "{head}: {}: {}",
            visible(&path),
            visible(&unread.message)
        )?;
    }
    writeln!(out, "{}", summary(results, style))
}

/// Writes one finding.
pub fn finding(out: &mut dyn Write, finding: &Finding, style: &Style) -> io::Result<()> {
    let color = match finding.severity {
        Severity::Error => style::BAD,
        Severity::Warning => style::CARE,
        Severity::Note => style::PLACE,
    };
    let head = format!("{}[{}]", finding.severity.name(), finding.rule);
    let head = style.paint(color.bold(), head);
    writeln!(out, "{head}: {}", visible(&finding.message))?;

    let places = || std::iter::once(&finding.place).chain(&finding.related);
    let last = places().map(|place| place.line).max().unwrap_or_default();
    let sheet = Sheet {
        style,
        gutter: last.to_string().len(),
    };
    sheet.place(out, "-->", &finding.place, "^", color)?;
    for other in &finding.related {
        sheet.place(out, ":::", other, "-", style::PLACE)?;
    }
    // What the source has and the translation lacks has no place there to show.
    if let (Some(sides), Some(Side::Source), []) =
        (&finding.sides, finding.side, finding.related.as_slice())
    {
        sheet.aside(out, style::FAINT, "target", &sides.target)?;
    }
    if !finding.suggestions.is_empty() {
        let label = if fixable(finding) { "fix" } else { "use" };
        let fixes: Vec<String> = finding.suggestions.iter().map(|s| fix(s)).collect();
        sheet.aside(out, style::GOOD, label, &fixes.join(" or "))?;
    }
    if let Some(row) = &finding.concept {
        let row = format!("{} = {} ({})", row.zh, row.en, row.glossary);
        sheet.aside(out, style::FAINT, "glossary", &row)?;
    }
    Ok(())
}

/// What could be done with the marked text.
fn fix(suggestion: &str) -> String {
    if suggestion.is_empty() {
        "delete it".to_owned()
    } else if quotes_itself(suggestion) {
        // Marks around marks would change those that are written.
        suggestion.to_owned()
    } else {
        quoted(suggestion)
    }
}

/// Whether a text stands in quotation marks already, or has some in it that [`quoted`]
/// would show as others.
fn quotes_itself(text: &str) -> bool {
    let marks = ['“', '”', '‘', '’', '「', '」', '『', '』'];
    text.contains(['“', '”']) || text.starts_with(marks) && text.ends_with(marks)
}

/// The last line.
fn summary(results: &Results, style: &Style) -> String {
    let color = match results.findings.iter().map(|f| f.severity).max() {
        Some(Severity::Error) => style::BAD,
        Some(Severity::Warning) => style::CARE,
        Some(Severity::Note) => style::PLACE,
        None => style::GOOD,
    };
    let counted = style.paint(color.bold(), counted(&results.findings));
    format!("{counted} {}", results.scope())
}

/// The lines below a finding's first, with room for line numbers at the left.
struct Sheet<'a> {
    style: &'a Style,
    gutter: usize,
}

impl Sheet<'_> {
    /// A place: where it is, its line, marks under the line.
    fn place(
        &self,
        out: &mut dyn Write,
        arrow: &str,
        place: &Place,
        mark: &str,
        color: anstyle::Style,
    ) -> io::Result<()> {
        let gutter = " ".repeat(self.gutter);
        let path = path_text(&place.path);
        let arrow = self.style.paint(style::PLACE, arrow);
        let (line, column) = (place.line, place.column);
        writeln!(out, "{gutter}{arrow} {}:{line}:{column}", visible(&path))?;
        if place.quote.is_empty() {
            return Ok(());
        }
        let shown = Window::new(&place.quote, place.mark, self.style);
        let marks = self.style.paint(color.bold(), mark.repeat(shown.marks));
        let bar = self.style.paint(style::PLACE, "|");
        let number = format!("{line:>width$}", width = self.gutter);
        let number = self.style.paint(style::PLACE, number);
        writeln!(out, "{number} {bar} {}", shown.line)?;
        writeln!(out, "{gutter} {bar} {}{marks}", " ".repeat(shown.indent))
    }

    /// A line that says something more.
    fn aside(
        &self,
        out: &mut dyn Write,
        color: anstyle::Style,
        label: &str,
        text: &str,
    ) -> io::Result<()> {
        let sign = self.style.paint(style::PLACE, "=");
        let label = self.style.paint(color, label);
        let columns = self.style.columns;
        let text = columns.fit(&visible(text), self.style.width);
        writeln!(out, "{} {sign} {label}: {text}", " ".repeat(self.gutter))
    }
}

/// The part of a line around a mark that fits, and where the marks under it go.
struct Window {
    /// What is shown, `…` where something was left out.
    line: String,
    /// The columns before the marks.
    indent: usize,
    /// The columns under which the marks go, at least one.
    marks: usize,
}

impl Window {
    fn new(quote: &str, mark: Span, style: &Style) -> Self {
        let columns = style.columns;
        let before = visible(Span::new(0, mark.start as usize).of(quote));
        let marked = visible(mark.of(quote));
        let after = visible(Span::new(mark.end as usize, quote.len()).of(quote));
        // Measured together: a mark may begin with a combining character.
        let whole = [before.as_ref(), &marked, &after].concat();
        if columns.width(&whole) <= style.width {
            return Self::of(&before, &marked, &after, style);
        }
        // A third of the room goes to what stands before, and more where the rest is short.
        let rest = columns.width(&marked) + columns.width(&after);
        let lead = (style.width / 3).max(style.width.saturating_sub(rest));
        let before = if columns.width(&before) > lead {
            ["…", columns.cut_left(&before, lead.saturating_sub(1))].concat()
        } else {
            before.into_owned()
        };
        let room = style.width.saturating_sub(columns.width(&before)).max(1);
        let left = room.saturating_sub(columns.width(&marked));
        if left == 0 {
            return Self::of(&before, &columns.fit(&marked, room), "", style);
        }
        let after = columns.fit(&after, left);
        Self::of(&before, &marked, &after, style)
    }

    fn of(before: &str, marked: &str, after: &str, style: &Style) -> Self {
        let indent = style.columns.width(before);
        let end = style.columns.width(&[before, marked].concat());
        Self {
            line: [before, marked, after].concat(),
            indent,
            marks: end.saturating_sub(indent).max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::{results, written};
    use super::*;

    #[test]
    fn a_report_for_people() {
        let expected = "\
warning[num-value]: “US$5 billion” is not␊the value␛ of “500亿美元”
 --> 报告 1/brief.en.md:2:38
2 | Launch the \"Genesis Mission\" with <b>US$5 billion</b> & more.
  |                                      ^^^^^^^^^^^^
  = use: “US$50 billion” or “US$50bn”

error[term-forbidden]: “创世纪计划” is deprecated
 --> 报告 1/brief.zh.md:2:5
2 |  启动“创世纪计划”，投入500亿美元。
  |       ^^^^^^^^^^
 ::: 报告 1/brief.en.md:2:13
2 | Launch the \"Genesis Mission\" with <b>US$5 billion</b> & more.
  |             ---------------
  = fix: “创世计划”
  = glossary: 创世计划 = Genesis Mission (glossaries/us.tsv:3)

note[gl-syntax]: an empty row
  --> g.tsv:12:1

error: bad.md: holds a NUL byte
1 error, 1 warning, 1 note in 4 files, 7 units; 2 suppressed in the text; 1 in the baseline; 1 can be fixed by --fix; 1 not read
";
        let found = written("human", &results());
        assert_eq!(found, expected, "{found}");
    }

    #[test]
    fn the_marks_stand_under_the_marked_characters() {
        let narrow = Style {
            width: 20,
            ..Style::default()
        };
        for (quote, part, line, indent, marks) in [
            ("启动创世计划。", "创世", "启动创世计划。", 4, 4),
            ("a\tb\tc", "c", "a b c", 4, 1),
            ("e\u{301}x", "\u{301}", "e\u{301}x", 1, 1),
            (
                "一👨\u{200d}👩\u{200d}👧二",
                "二",
                "一👨\u{200d}👩\u{200d}👧二",
                4,
                2,
            ),
            // An insertion marks the column where it would go.
            ("创世", "", "创世", 0, 1),
            (
                "一二三四五六七八九十甲乙丙丁",
                "甲乙",
                "…六七八九十甲乙丙丁",
                11,
                4,
            ),
            (
                "一二三四五六七八九十甲乙丙丁",
                "二",
                "一二三四五六七八九…",
                2,
                2,
            ),
            (
                "一二三四五六七八九十甲乙丙丁",
                "二三四五六七八九十甲乙丙",
                "一二三四五六七八九…",
                2,
                17,
            ),
        ] {
            let shown = Window::new(quote, Span::find(quote, part).unwrap(), &narrow);
            assert_eq!(
                (shown.line.as_str(), shown.indent, shown.marks),
                (line, indent, marks),
                "{quote}"
            );
        }
    }

    #[test]
    fn what_a_translation_lacks_is_shown_beside_it() {
        let mut results = results();
        results.findings.retain(|f| f.rule == "term-forbidden");
        results.findings[0].related.clear();
        let found = written("human", &results);
        assert!(
            found.contains("\n  = target: Launch the \"Genesis"),
            "{found}"
        );
    }

    #[test]
    fn a_fix_is_shown_as_it_is_written() {
        for (suggestion, shown) in [
            ("", "delete it"),
            ("创世计划", "“创世计划”"),
            ("“人工智能”", "“人工智能”"),
            ("「創世計畫」", "「創世計畫」"),
            ("”", "”"),
        ] {
            assert_eq!(fix(suggestion), shown);
        }
    }

    #[test]
    fn colors_only_where_they_are_wanted() {
        let found = &results().findings[1];
        let mut out = Vec::new();
        finding(&mut out, found, &Style::colored()).unwrap();
        assert!(out.contains(&0x1b));
        assert!(!written("human", &results()).contains('\u{1b}'));
    }

    #[test]
    fn a_place_of_another_text_is_no_panic() {
        let mut odd = Finding::syntax(
            "gl-syntax",
            Severity::Note,
            Place::line(Path::new("g.tsv").into(), 1, "创世"),
            "",
        );
        odd.place.mark = Span::new(1, 900);
        finding(&mut Vec::new(), &odd, &Style::default()).unwrap();
    }
}
