//! Paragraphs to units: cut into sentences, join what lines had broken, and
//! remember where every byte came from.
//!
//! Sentences are found in the paragraph's *plain* text: markup left out, a
//! code span as one word. A cut is then carried back into the file's text, to
//! a place where no link or emphasis is torn in two; where there is none, the
//! sentences stay together in one unit.

use super::{Lines, Paragraph, RunKind};
use crate::lang::Lang;
use crate::model::document::{Hole, Piece, Unit, in_file};
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::sentence::sentences;

/// What a code span is to the sentence splitter: a word that is no abbreviation.
const WORD: &str = "codes";

/// The units of all paragraphs, and the holes they go to. Paragraphs without
/// words (numbers, rules, a bare URL) give neither.
pub fn units(text: &str, paragraphs: &[Paragraph], lang: Lang) -> (Vec<Unit>, Vec<Hole>) {
    let lines = Lines::new(text);
    let (mut units, mut holes) = (Vec::new(), Vec::new());
    for paragraph in paragraphs {
        if !has_words(text, paragraph) {
            continue;
        }
        let first = units.len();
        for at in segments(text, paragraph, lang) {
            let (source, pieces) = source(text, paragraph, at, lang);
            units.push(Unit {
                source,
                block: paragraph.block,
                paragraph: holes.len() as u32,
                line: lines.number(at.start),
                pieces,
                ..Unit::default()
            });
        }
        if let (Some(start), Some(end)) = (paragraph.runs.first(), paragraph.runs.last()) {
            holes.push(Hole {
                at: Span {
                    start: start.at.start,
                    end: end.at.end,
                },
                slot: paragraph.slot,
                first: first as u32,
                count: (units.len() - first) as u32,
                prefix: paragraph.prefix.clone(),
            });
        }
    }
    (units, holes)
}

/// Whether there is anything to translate.
pub(super) fn has_words(text: &str, paragraph: &Paragraph) -> bool {
    let letters = |kind: RunKind| matches!(kind, RunKind::Char(c) if c.is_alphabetic());
    let words = |run: &str| run.contains(char::is_alphabetic) && !is_entity(run);
    let mut worded = paragraph.runs.iter().filter_map(|run| {
        let part = run.at.of(text).trim();
        let worded = letters(run.kind) || (run.kind == RunKind::Text && words(part));
        worded.then_some(part)
    });
    match (worded.next(), worded.next()) {
        (Some(only), None) => !is_url(only),
        (first, _) => first.is_some(),
    }
}

/// `&nbsp;`: the parser tells each entity apart from the text around it.
fn is_entity(run: &str) -> bool {
    run.starts_with('&') && run.ends_with(';') && !run.contains(char::is_whitespace)
}

fn is_url(text: &str) -> bool {
    let scheme = ["http://", "https://", "ftp://", "www.", "mailto:"];
    scheme.iter().any(|s| text.starts_with(s)) && !text.contains(|c: char| !c.is_ascii_graphic())
}

/// A place where a paragraph is cut: what lies there belongs to no unit.
#[derive(Clone, Copy)]
struct Cut {
    at: Span,
    /// A line break that is meant: nothing is joined across it.
    hard: bool,
}

/// The stretches of the file that become units.
fn segments(text: &str, paragraph: &Paragraph, lang: Lang) -> Vec<Span> {
    let (Some(first), Some(last)) = (paragraph.runs.first(), paragraph.runs.last()) else {
        return Vec::new();
    };
    let whole = outermost(&paragraph.whole);
    let mut cuts = Vec::new();
    for plain in Plain::parts(text, paragraph, lang, &whole) {
        let between = plain.cuts(text, lang, &whole).into_iter();
        cuts.extend(between.map(|at| Cut { at, hard: false }));
        cuts.extend(plain.end.map(|at| Cut { at, hard: true }));
    }
    let end = Span {
        start: last.at.end,
        end: last.at.end,
    };
    cuts.push(Cut {
        at: end,
        hard: true,
    });
    let mut segments: Vec<Span> = Vec::new();
    let mut start = first.at.start;
    let mut parted = true;
    for cut in cuts {
        let end = cut.at.start.max(start);
        let segment = trimmed(text, Span { start, end });
        if has_sentence(text, paragraph, segment) {
            segments.push(segment);
        } else if let Some(before) = segments.last_mut().filter(|_| !parted)
            && !segment.is_empty()
        {
            // What has neither letter nor digit is no sentence: it goes with its neighbor.
            before.end = segment.end;
        } else if !cut.hard {
            // Nothing before it on this line: it goes with what follows.
            continue;
        }
        parted = cut.hard;
        start = cut.at.end.max(start);
    }
    segments
}

/// Whether a stretch holds a letter, a digit or a code span.
fn has_sentence(text: &str, paragraph: &Paragraph, at: Span) -> bool {
    let first = paragraph.runs.partition_point(|run| run.at.end <= at.start);
    let runs = paragraph.runs.iter().skip(first);
    let mut runs = runs.take_while(|run| run.at.start < at.end);
    runs.any(|run| match run.kind {
        RunKind::Word => true,
        RunKind::Char(c) => c.is_alphanumeric(),
        RunKind::Text => {
            let start = run.at.start.max(at.start);
            let end = run.at.end.min(at.end);
            Span { start, end }.of(text).contains(char::is_alphanumeric)
        }
        RunKind::Mark | RunKind::Soft | RunKind::Hard => false,
    })
}

/// The stretches that lie in no other; they are disjoint and in order.
fn outermost(whole: &[Span]) -> Vec<Span> {
    let mut sorted = whole.to_vec();
    sorted.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut out: Vec<Span> = Vec::new();
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Whether byte `at` lies inside one of the disjoint stretches, not at its edge.
fn inside(whole: &[Span], at: u32) -> bool {
    let after = whole.partition_point(|span| span.start < at);
    let before = after.checked_sub(1).and_then(|i| whole.get(i));
    before.is_some_and(|span| at < span.end)
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start as usize + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// A part of a paragraph without its markup, with the way back.
#[derive(Default)]
struct Plain {
    text: String,
    /// Byte of `text`, the bytes of the file it stands for, and whether they are the same bytes.
    pieces: Vec<(u32, Span, bool)>,
    /// The meant line break after it.
    end: Option<Span>,
}

impl Plain {
    /// The parts between line breaks that are meant.
    fn parts(text: &str, paragraph: &Paragraph, lang: Lang, whole: &[Span]) -> Vec<Self> {
        let mut parts = vec![Self::default()];
        for (i, run) in paragraph.runs.iter().enumerate() {
            let breaks = run.kind == RunKind::Hard && !inside(whole, run.at.start);
            let Some(part) = parts.last_mut() else { break };
            match run.kind {
                RunKind::Text => part.push(run.at.of(text), run.at, true),
                RunKind::Char(c) => part.push(c.encode_utf8(&mut [0; 4]), run.at, false),
                RunKind::Word => part.push(WORD, run.at, false),
                RunKind::Mark => {}
                RunKind::Hard if breaks => {
                    part.end = Some(run.at);
                    parts.push(Self::default());
                }
                RunKind::Soft | RunKind::Hard => {
                    let next = paragraph.runs.get(i + 1).map_or("", |r| r.at.of(text));
                    let joint = joint(&part.text, next, lang);
                    part.push(joint, run.at, false);
                }
            }
        }
        parts
    }

    fn push(&mut self, plain: &str, at: Span, same: bool) {
        if !plain.is_empty() {
            self.pieces.push((self.text.len() as u32, at, same));
            self.text.push_str(plain);
        }
    }

    /// The byte of the file where byte `at` of the plain text begins.
    fn begin(&self, at: u32) -> Option<u32> {
        let after = self.pieces.partition_point(|(plain, ..)| *plain <= at);
        let (plain, file, same) = self.pieces.get(after.checked_sub(1)?)?;
        Some(if *same {
            file.start + (at - plain)
        } else {
            file.start
        })
    }

    /// The byte of the file after byte `at` of the plain text.
    fn after(&self, at: u32) -> Option<u32> {
        let after = self.pieces.partition_point(|(plain, ..)| *plain <= at);
        let (plain, file, same) = self.pieces.get(after.checked_sub(1)?)?;
        Some(if *same {
            file.start + (at - plain) + 1
        } else {
            file.end
        })
    }

    /// Where the file is cut between sentences: the white space there, or nothing.
    fn cuts(&self, text: &str, lang: Lang, whole: &[Span]) -> Vec<Span> {
        let found = sentences(&self.text, lang);
        let pairs = found.iter().zip(found.iter().skip(1));
        let cut = |(one, next): (&Span, &Span)| {
            let low = self.after(one.end.checked_sub(1)?)?;
            let high = self.begin(next.start)?;
            place_of_cut(text, low, high, whole)
        };
        pairs.filter_map(cut).collect()
    }
}

/// Where between the bytes `low` and `high` a cut tears nothing.
///
/// The first white space; without any, the last place: closing marks and a
/// footnote's number go with the sentence before, opening marks with the next.
fn place_of_cut(text: &str, low: u32, high: u32, whole: &[Span]) -> Option<Span> {
    let between = Span {
        start: low,
        end: high.max(low),
    }
    .of(text);
    let mut last = None;
    for (i, c) in between.char_indices().chain([(between.len(), '\0')]) {
        let at = low + i as u32;
        if inside(whole, at) {
            continue;
        }
        let here = Span { start: at, end: at };
        if c.is_whitespace() {
            return Some(here);
        }
        last = Some(here);
    }
    last
}

/// A unit's source: the file's text with line breaks joined, and where each piece was read.
fn source(text: &str, paragraph: &Paragraph, at: Span, lang: Lang) -> (String, Vec<Piece>) {
    let mut source = String::with_capacity(at.len());
    let mut pieces = Vec::new();
    let first = paragraph.runs.partition_point(|run| run.at.end <= at.start);
    let runs = paragraph.runs.get(first..).unwrap_or_default();
    for run in runs.iter().take_while(|run| run.at.start < at.end) {
        let part = Span {
            start: run.at.start.max(at.start),
            end: run.at.end.min(at.end),
        };
        let piece = Piece {
            unit: source.len() as u32,
            file: part.start,
        };
        match run.kind {
            RunKind::Text | RunKind::Word | RunKind::Mark => {
                // Runs that follow each other in both texts are one piece.
                let apart = pieces
                    .last()
                    .is_none_or(|last: &Piece| piece.file - last.file != piece.unit - last.unit);
                if apart {
                    pieces.push(piece);
                }
                // A lone carriage return is a line end nowhere else: a space of the same length.
                let plain = part.of(text).chars();
                source.extend(plain.map(|c| if c == '\r' { ' ' } else { c }));
            }
            RunKind::Char(c) => {
                source.push(c);
                pieces.push(piece);
                // Its last byte is the reference's last: what ends with it ends behind that.
                let last = source.len() as u32 - 1;
                if last > piece.unit {
                    pieces.push(Piece {
                        unit: last,
                        file: part.end - 1,
                    });
                }
            }
            RunKind::Soft => {
                let next = text.get(part.end as usize..).unwrap_or("");
                let joint = joint(&source, next, lang);
                if !joint.is_empty() {
                    // The space stands for the break itself, not for what was trimmed before it.
                    let at = part.of(text).find('\n').unwrap_or(0) as u32;
                    pieces.push(Piece {
                        file: part.start + at,
                        ..piece
                    });
                    source.push_str(joint);
                }
            }
            RunKind::Hard => {
                // A meant break inside an emphasis: it stays, without the next line's prefix.
                let (kept, _) = part
                    .of(text)
                    .split_once('\n')
                    .unwrap_or((part.of(text), ""));
                pieces.push(piece);
                source.push_str(kept.trim_end_matches('\r'));
                if part.of(text).contains('\n') {
                    source.push('\n');
                }
            }
        }
    }
    (source, pieces)
}

/// What stands for a line break between two texts: nothing inside Chinese and
/// after the hyphen of a word, otherwise a space.
///
/// ```
/// use zhengming::format::segment::joint;
/// use zhengming::lang::Lang;
/// assert_eq!(joint("能", "源", Lang::Zh), "");
/// assert_eq!(joint("，", "AI", Lang::Zh), "");
/// assert_eq!(joint("of", "the", Lang::En), " ");
/// assert_eq!(joint("long-", "term", Lang::En), "");
/// ```
pub fn joint(before: &str, after: &str, lang: Lang) -> &'static str {
    let mut back = before.chars().rev();
    let (Some(last), Some(first)) = (back.next(), after.chars().next()) else {
        return "";
    };
    let full = |c: char| is_full_width_mark(c) || (lang == Lang::Zh && "“”‘’…—".contains(c));
    let han = |c: char| is_han(c) || full(c);
    let hyphen =
        last == '-' && back.next().is_some_and(char::is_alphabetic) && first.is_lowercase();
    let spaced = |c: char| is_full_width_mark(c) || c.is_whitespace();
    let tight = (han(last) && han(first)) || spaced(last) || spaced(first) || hyphen;
    if tight { "" } else { " " }
}

/// Texts that follow each other in a file as one, and where each piece of it
/// was read; the space between two stands where the first one ends.
pub fn join<'a>(
    parts: impl IntoIterator<Item = (&'a str, &'a [Piece])>,
    lang: Lang,
) -> (String, Vec<Piece>) {
    let mut whole = (String::new(), Vec::new());
    for (text, pieces) in parts {
        let (all, read) = &mut whole;
        let between = joint(all, text, lang);
        if !between.is_empty() {
            let last = Span::new(all.len().saturating_sub(1), all.len());
            read.push(Piece {
                unit: all.len() as u32,
                file: in_file(read, last).end,
            });
            all.push_str(between);
        }
        let shift = all.len() as u32;
        read.extend(pieces.iter().map(|piece| Piece {
            unit: piece.unit + shift,
            file: piece.file,
        }));
        all.push_str(text);
    }
    whole
}

/// Punctuation that carries its own space: 、。《》（），：；！？ and their kin.
fn is_full_width_mark(c: char) -> bool {
    matches!(u32::from(c), 0x3000..=0x3004 | 0x3008..=0x301F | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20
        | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::format;
    use crate::lang::Lang;
    use crate::model::document::{Block, Document};

    fn document(text: &str, from: Lang) -> Document {
        let bytes = text.as_bytes().to_vec();
        format::parse(Path::new("a.md"), bytes, Some(from))
            .unwrap()
            .value
    }

    fn sources(text: &str, from: Lang) -> Vec<String> {
        let units = document(text, from).units;
        units.into_iter().map(|unit| unit.source).collect()
    }

    #[test]
    fn no_cut_tears_a_mark_from_its_partner() {
        for (text, parts) in [
            ("**一句。二句。**三句。", vec!["**一句。二句。**", "三句。"]),
            ("**一句。** **二句。**", vec!["**一句。**", "**二句。**"]),
            ("[一。二](u。v)三。四。", vec!["[一。二](u。v)三。", "四。"]),
            ("用`a。b`吧。好。", vec!["用`a。b`吧。", "好。"]),
            ("注。[^1]文。\n\n[^1]: 无", vec!["注。[^1]", "文。", "无"]),
            ("<b>一。二。</b>三。", vec!["<b>一。二。</b>", "三。"]),
            ("一。<br>二。", vec!["一。", "二。"]),
            ("*一。二", vec!["*一。", "二"]),
        ] {
            assert_eq!(sources(text, Lang::Zh), parts, "{text}");
        }
    }

    #[test]
    fn what_has_no_words_is_no_unit() {
        for text in [
            "2025",
            "| 1 | 2 |\n|---|---|\n| 3% | — |",
            "`code`",
            "---",
            "https://a.b/c",
        ] {
            assert_eq!(sources(text, Lang::Zh), [""; 0], "{text}");
        }
        assert_eq!(sources("说明。……\n", Lang::Zh), ["说明。……"]);
        assert_eq!(sources("::: tip\n说明。\n:::\n", Lang::Zh), ["说明。"]);
    }

    #[test]
    fn broken_lines_are_joined() {
        assert_eq!(
            sources("能源\n部（DOE）\n执行，\nAI 先行。", Lang::Zh),
            ["能源部（DOE）执行，AI 先行。"]
        );
        let quoted = "> - The order takes\n>   effect on **Nov.\n>   24**, long-\n>   term.\n";
        assert_eq!(
            sources(quoted, Lang::En),
            ["The order takes effect on **Nov. 24**, long-term."]
        );
    }

    #[test]
    fn units_know_their_block_paragraph_and_line() {
        let text = "---\ntitle: 标题\n---\n\n# 一\n\n- 二。三。\n\n> 四\n";
        let units = document(text, Lang::Zh).units;
        let found: Vec<_> = units
            .iter()
            .map(|u| (u.block, u.paragraph, u.line))
            .collect();
        assert_eq!(
            found,
            [
                (Block::Heading, 0, 2),
                (Block::Heading, 1, 5),
                (Block::Item, 2, 7),
                (Block::Item, 2, 7),
                (Block::Quote, 3, 9),
            ]
        );
    }

    #[test]
    fn the_date_is_the_front_matters_or_the_names() {
        let date = |path: &str, text: &str| {
            let bytes = text.as_bytes().to_vec();
            let document = format::parse(Path::new(path), bytes, None).unwrap().value;
            document.date.map(|date| date.to_string())
        };
        assert_eq!(date("2025-11-24-a.md", "文").unwrap(), "2025-11-24");
        let text = "---\ndate: '2025-01-02T08:00'\n---\n";
        assert_eq!(date("2025-11-24-a.md", text).unwrap(), "2025-01-02");
        assert_eq!(date("2025-99-99.md", "---\ndate: soon\n---\n"), None);
    }
}
