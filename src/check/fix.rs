//! Safe fixes put into a text, and shown as a difference.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::finding::Finding;
use crate::format::exchange::Kind;
use crate::format::{Lines, docx, html, of, subtitle};
use crate::span::{Span, halves};

/// A replacement of some bytes of a file's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The bytes that go.
    pub at: Span,
    /// What comes in their place.
    pub new: String,
}

/// Whether a finding has a fix that can be nothing but right, and its file can be written with it.
pub fn writable(finding: &Finding) -> bool {
    finding.safe && !finding.suggestions.is_empty() && as_text(finding)
}

/// Whether the text of a fix can be written as it is: in the files of other
/// tools and in pages some characters are escaped, and a Word file is an archive.
fn as_text(finding: &Finding) -> bool {
    let path = &finding.place.path;
    if of(path).is_some_and(|format| format.name == docx::FORMAT.name) {
        return false;
    }
    let marked = of(path).is_some_and(|format| {
        format.name == html::FORMAT.name || format.name == subtitle::VTT.name
    });
    let escaping = marked || matches!(Kind::of(path), Some(Kind::Tmx | Kind::Xliff | Kind::Po));
    let special = |text: &str| text.contains(['&', '<', '>', '"', '\\', '\n']);
    let old = finding.place.marked();
    !escaping || !(special(&old) || finding.suggestions.iter().any(|new| special(new)))
}

/// The safe fixes among the findings of one file, in order, none touching
/// another: of two that would, the later waits for the next run.
pub fn safe<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Fix> {
    let fixes = findings.into_iter().filter(|f| f.safe);
    let fixes = fixes.filter_map(|f| {
        let old = f.place.marked();
        Some(parts(f.place.span, &old, f.suggestions.first()?))
    });
    let mut whole: Vec<Vec<Fix>> = fixes.collect();
    whole.sort();
    whole.dedup();
    // By where it begins: where it ends, one behind where it begins at least, and what it is.
    let mut taken: BTreeMap<u32, (u32, Fix)> = BTreeMap::new();
    for parts in whole {
        let end = |fix: &Fix| fix.at.end.max(fix.at.start + 1);
        let free = |part: &Fix| {
            let before = taken.range(..end(part)).next_back();
            before.is_none_or(|(_, (other, _))| *other <= part.at.start)
        };
        if parts.iter().all(free) {
            taken.extend(
                parts
                    .into_iter()
                    .map(|fix| (fix.at.start, (end(&fix), fix))),
            );
        }
    }
    taken.into_values().map(|(_, fix)| fix).collect()
}

/// A replacement as what it changes: of a quotation that gets other marks only the marks, so
/// that what it says can be mended at the same time.
fn parts(at: Span, old: &str, new: &str) -> Vec<Fix> {
    let inner = |text: &str| {
        let mut chars = text.chars();
        let (first, last) = (chars.next()?, chars.next_back()?);
        let inner = chars.as_str().to_owned();
        (!inner.is_empty()).then_some((first, inner, last))
    };
    match inner(old).zip(inner(new)) {
        Some(((open, was, close), (opens, is, closes))) if was == is => {
            let (start, end) = (at.start as usize, at.end as usize);
            let first = Fix {
                at: Span::new(start, start + open.len_utf8()),
                new: opens.into(),
            };
            let last = Fix {
                at: Span::new(end - close.len_utf8(), end),
                new: closes.into(),
            };
            vec![first, last]
        }
        _ => vec![Fix {
            at,
            new: new.to_owned(),
        }],
    }
}

/// The text with fixes put in; they are in order and do not touch.
///
/// ```
/// use zhengming::check::fix::{Fix, applied};
/// use zhengming::span::Span;
/// let text = "会议指出,要正名。";
/// let comma = Fix { at: Span::find(text, ",").unwrap(), new: "，".into() };
/// assert_eq!(applied(text, &[comma]), "会议指出，要正名。");
/// ```
pub fn applied(text: &str, fixes: &[Fix]) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut from = 0;
    for fix in fixes {
        fixed += Span::new(from, fix.at.start as usize).of(text);
        fixed += &fix.new;
        from = fix.at.end as usize;
    }
    fixed += halves(text, from).1;
    fixed
}

/// The lines that stand around a change.
const CONTEXT: usize = 2;

/// What fixes change, as a unified difference that `patch` and `git apply` take.
pub fn difference(path: &str, text: &str, fixes: &[Fix]) -> String {
    let index = Lines::new(text);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // Fixes whose surroundings touch are shown together.
    let mut hunks: Vec<(usize, usize, Vec<Fix>)> = Vec::new();
    for fix in fixes {
        let line = |at: u32| index.number(at) as usize - 1;
        let (first, last) = (
            line(fix.at.start),
            line(fix.at.end.max(fix.at.start + 1) - 1),
        );
        match hunks.last_mut() {
            Some(hunk) if first <= hunk.1 + 2 * CONTEXT => {
                hunk.1 = last.max(hunk.1);
                hunk.2.push(fix.clone());
            }
            _ => hunks.push((first, last, vec![fix.clone()])),
        }
    }
    if hunks.is_empty() {
        return String::new();
    }
    let mut out = format!("--- {path}\n+++ {path}\n");
    let mut shift = 0isize;
    for (first, last, fixes) in hunks {
        let from = first.saturating_sub(CONTEXT);
        let to = (last + CONTEXT + 1).min(lines.len());
        let start = fixes.first().map_or(0, |fix| index.start(fix.at.start)) as usize;
        let before = lines.get(from..first).unwrap_or_default();
        let start = start - before.iter().map(|l| l.len()).sum::<usize>();
        let old: String = lines.get(from..to).unwrap_or_default().concat();
        let moved: Vec<Fix> = fixes
            .into_iter()
            .map(|fix| Fix {
                at: Span::new(fix.at.start as usize - start, fix.at.end as usize - start),
                new: fix.new,
            })
            .collect();
        let new = applied(&old, &moved);
        hunk(&mut out, from, &old, &new, &mut shift);
    }
    out
}

/// One hunk: the lines that both have stand once.
fn hunk(out: &mut String, from: usize, old: &str, new: &str, shift: &mut isize) {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_inclusive('\n').collect(),
        new.split_inclusive('\n').collect(),
    );
    let begin = from.cast_signed() + 1;
    let _ = writeln!(
        out,
        "@@ -{begin},{} +{},{} @@",
        old.len(),
        begin + *shift,
        new.len()
    );
    *shift += new.len().cast_signed() - old.len().cast_signed();
    let mut print = |sign: char, lines: &[&str]| {
        for line in lines {
            let end = if line.ends_with('\n') {
                ""
            } else {
                "\n\\ No newline at end of file\n"
            };
            let _ = write!(out, "{sign}{line}{end}");
        }
    };
    if old.len() == new.len() {
        // Line stands for line: those between two changes are not changed.
        let pairs: Vec<(&str, &str)> = old.into_iter().zip(new).collect();
        for run in pairs.chunk_by(|a, b| (a.0 == a.1) == (b.0 == b.1)) {
            let (was, is): (Vec<&str>, Vec<&str>) = run.iter().copied().unzip();
            if was == is {
                print(' ', &was);
            } else {
                print('-', &was);
                print('+', &is);
            }
        }
        return;
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tails = old.iter().rev().zip(new.iter().rev());
    let room = old.len().min(new.len()) - head;
    let tail = tails.take(room).take_while(|(a, b)| a == b).count();
    print(' ', old.get(..head).unwrap_or_default());
    print('-', old.get(head..old.len() - tail).unwrap_or_default());
    print('+', new.get(head..new.len() - tail).unwrap_or_default());
    print(' ', old.get(old.len() - tail..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::finding::{Place, Severity};

    fn fix(text: &str, old: &str, new: &str) -> Fix {
        Fix {
            at: Span::find(text, old).unwrap(),
            new: new.to_owned(),
        }
    }

    #[test]
    fn a_difference_is_one_that_patch_takes() {
        let text = "一\n二,三\n四\n五\n六\n七\n八\n九\n十;";
        let fixes = [fix(text, ",", "，"), fix(text, ";", "；")];
        let expected = "\
--- a.md
+++ a.md
@@ -1,4 +1,4 @@
 一
-二,三
+二，三
 四
 五
@@ -7,3 +7,3 @@
 八
 九
-十;
\\ No newline at end of file
+十；
\\ No newline at end of file
";
        assert_eq!(difference("a.md", text, &fixes), expected);
    }

    #[test]
    fn what_stands_between_two_changes_stands_once() {
        let text = "一,二\n\n三;四\n五\n";
        let fixes = [fix(text, ",", "，"), fix(text, ";", "；")];
        let expected = "\
--- a.md
+++ a.md
@@ -1,4 +1,4 @@
-一,二
+一，二
\x20
-三;四
+三；四
 五
";
        assert_eq!(difference("a.md", text, &fixes), expected);
    }

    #[test]
    fn of_two_fixes_that_touch_the_first_is_made() {
        let find = |at: Span, new: &str| Finding {
            safe: true,
            suggestions: vec![new.to_owned()],
            ..Finding::syntax(
                "x",
                Severity::Note,
                Place::new(Path::new("a").into(), "一,,二", at),
                "",
            )
        };
        let both = [find(Span::new(3, 5), "，"), find(Span::new(4, 5), "")];
        let fixes = safe(&both);
        assert_eq!(applied("一,,二", &fixes), "一，二");
    }

    #[test]
    fn fixes_are_counted_where_they_can_be_written() {
        let writes = |path: &str, new: &str| {
            let place = Place::new(Path::new(path).into(), "一,二", Span::new(3, 4));
            let mut finding = Finding::syntax("a", Severity::Error, place, String::new());
            finding.safe = true;
            finding.suggestions = vec![new.to_owned()];
            writable(&finding)
        };
        assert!(writes("a.md", "，"));
        assert!(writes("a.html", "，"));
        assert!(!writes("a.html", "<"));
        assert!(!writes("a.docx", "，"));
    }
}
