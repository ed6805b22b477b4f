//! Dressing a match as its segment is dressed: `<bpt i="1"/>` … `<ept i="1"/>`
//! of another program as `**` … `**`, or as nothing where the segment has none.
//!
//! What a segment has more than the match is not put in: nobody knows around
//! which words of the translation.

use super::Edit;
use crate::span::{Span, splice};
use crate::text::code::{codes, only_dresses};

/// A match in the dress of the segment.
pub(super) struct Dressed {
    pub(super) source: String,
    pub(super) target: String,
    /// The edits of the translation, in its order.
    pub(super) edits: Vec<Edit>,
}

/// The match of a segment in the segment's dress; `None` where it has that, or none can be told.
pub(super) fn dress(text: &str, source: &str, target: &str) -> Option<Dressed> {
    let [new, old, there] = [text, source, target].map(marks);
    if old.is_empty() {
        return None;
    }
    let (from, to) = if new.is_empty() {
        (vec![""; old.len()], vec![""; there.len()])
    } else {
        let to = counterparts(&old, &new, &there)?;
        (new.iter().map(|mark| mark.code).collect(), to)
    };
    let dressed = Dressed {
        source: with(source, &old, &from),
        target: with(target, &there, &to),
        edits: there
            .iter()
            .zip(&to)
            .map(|(mark, new)| Edit {
                from: mark.code.to_owned(),
                to: (*new).to_owned(),
                source: (*new).to_owned(),
            })
            .collect(),
    };
    // Emphasis depends on what stands beside it: at another place it may be none.
    let stands = new.is_empty() || marks(&dressed.target).len() == there.len();
    stands.then_some(dressed)
}

/// A code that dresses the text behind it or before it.
struct Mark<'t> {
    span: Span,
    code: &'t str,
    opens: bool,
}

/// What dresses a text, in order.
fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for span in codes(text) {
        let code = span.of(text);
        if !only_dresses(code) || code.starts_with("<!--") {
            continue;
        }
        let opens = if is_emphasis(code) {
            let before = marks.iter().filter(|mark| mark.code == code).count();
            before.is_multiple_of(2)
        } else {
            !closes(code)
        };
        marks.push(Mark { span, code, opens });
    }
    marks
}

fn is_emphasis(code: &str) -> bool {
    code.starts_with(['*', '_', '~'])
}

fn closes(code: &str) -> bool {
    let tag = code.trim_start_matches('<');
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
    code.starts_with("</") || code.starts_with(']') || matches!(name, Some("ept" | "ex" | "ec"))
}

/// What takes the place of each mark of the translation. The sources must be dressed alike, each
/// in marks that the other has not, and the translation in the marks of its source.
fn counterparts<'t>(
    old: &[Mark<'_>],
    new: &[Mark<'t>],
    there: &[Mark<'_>],
) -> Option<Vec<&'t str>> {
    let pairs = || old.iter().zip(new);
    let alike = old.len() == new.len() && pairs().all(|(old, new)| old.opens == new.opens);
    let shared = old.iter().any(|o| new.iter().any(|n| n.code == o.code));
    if !alike || shared || old.len() != there.len() {
        return None;
    }
    let times = |marks: &[Mark<'_>], code: &str| marks.iter().filter(|m| m.code == code).count();
    let counterpart = |mark: &Mark<'_>| {
        let same = |old: &Mark<'_>| old.code == mark.code && old.opens == mark.opens;
        let mut all = pairs()
            .filter(|(old, _)| same(old))
            .map(|(_, new)| new.code);
        let first = all.next()?;
        // Which of several it is cannot be told: words change places in translation.
        let sure = all.all(|code| code == first);
        (sure && times(old, mark.code) == times(there, mark.code)).then_some(first)
    };
    there.iter().map(counterpart).collect()
}

/// A text with other codes in the place of its marks.
fn with(text: &str, marks: &[Mark<'_>], codes: &[&str]) -> String {
    let mut changed = text.to_owned();
    // From the end, so that earlier places stay right.
    for (mark, code) in marks.iter().zip(codes).rev() {
        changed = splice(&changed, mark.span, code);
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_is_dressed_as_its_segment() {
        for (text, source, target, expected) in [
            (
                "本办法自公布之日起施行。",
                r#"本办法<bpt i="1" x="1"/>自公布之日起<ept i="1"/>施行。"#,
                r#"These Measures <bpt i="1" x="1"/>take effect<ept i="1"/> now."#,
                "These Measures take effect now.",
            ),
            (
                "本办法**自公布之日起**施行。",
                r#"本办法<bpt i="1" x="1"/>自公布之日起<ept i="1"/>施行。"#,
                r#"These Measures <bpt i="1" x="1"/>take effect<ept i="1"/> now."#,
                "These Measures **take effect** now.",
            ),
            (
                r#"请<g id="3">尽快</g>提交，<g id="4">勿</g>等待。"#,
                "请**尽快**提交，~~勿~~等待。",
                "~~Never~~ wait, hand in **soon**.",
                r#"<g id="4">Never</g> wait, hand in <g id="3">soon</g>."#,
            ),
            ("停用`a`。", "**停用**`a`。", "**Stop** `a`.", "Stop `a`."),
        ] {
            let dressed = dress(text, source, target).unwrap();
            assert_eq!(
                (dressed.source.as_str(), dressed.target.as_str()),
                (text, expected)
            );
        }
    }

    #[test]
    fn what_cannot_be_told_is_left() {
        for (text, source, target) in [
            ("**重要**", "重要", "Important"),
            ("**甲**、乙", "<b>甲</b>、<i>乙</i>", "<b>A</b>, <i>B</i>"),
            (
                r#"<g id="1">甲</g>、<g id="2">乙</g>"#,
                "**甲**、**乙**",
                "**A**, **B**",
            ),
            ("**甲**乙", "<b>甲</b>乙", "A B"),
            ("甲{0}", "甲{1}", "A {1}"),
            ("<b>甲</b>乙", "<b>甲</b>乙", "<b>A</b> B"),
        ] {
            assert!(dress(text, source, target).is_none(), "{text}");
        }
    }
}
