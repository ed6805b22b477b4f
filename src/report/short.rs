//! `path:line:column: severity[rule]: message`: what editors, `grep` and `sort` read.

use std::io::{self, Write};

use super::{Format, Results, Style, path_text, visible};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "short",
    about: "one line a finding",
    write,
};

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in &results.findings {
        writeln!(out, "{}", visible(&finding.short()))?;
    }
    for unread in &results.unread {
        let path = path_text(&unread.path);
        writeln!(
            out,
            "{}: error: {}",
            visible(&path),
            visible(&unread.message)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{results, written};

    #[test]
    fn one_line_a_finding() {
        assert_eq!(
            written("short", &results()),
            "\
报告 1/brief.en.md:2:38: warning[num-value]: “US$5 billion” is not␊the value␛ of “500亿美元”
报告 1/brief.zh.md:2:5: error[term-forbidden]: “创世纪计划” is deprecated
g.tsv:12:1: note[gl-syntax]: an empty row
bad.md: error: holds a NUL byte
"
        );
    }
}
