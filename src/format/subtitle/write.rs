//! What is written into a cue: a translation, in lines.

use super::{apart, edge, mark_length};
use crate::format::mark::{self, Edge};
use crate::format::segment::joint;
use crate::lang::{Lang, Locale};
use crate::span::{Span, halves};
use crate::text::code::codes;
use crate::text::width::width;
use crate::text::words::{is_word_boundary, words};

/// A translation as it is written into a cue. `cue` is what stood there: the marks of it stay.
pub(in crate::format) fn written(vtt: bool, target: &str, cue: &str) -> String {
    if !vtt {
        // Nothing can be escaped here; with this alone a line could be taken for a time.
        return target.replace("-->", "→");
    }
    mark::escaped(target, |rest| {
        const KNOWN: &[&str] = &["c", "i", "b", "u", "v", "ruby", "rt", "lang"];
        let length = mark_length(rest)?;
        let tag = Span::new(0, length).of(rest);
        let known = match edge(tag) {
            Edge::Opens(name) | Edge::Closes(name) => KNOWN.contains(&name.as_str()),
            Edge::Neither => true,
        };
        (known || cue.contains(tag)).then_some(length)
    })
}

/// The columns of a line, by custom: 42 letters of English, 18 Chinese characters.
fn longest(lang: Lang) -> usize {
    match lang {
        Lang::En => 42,
        Lang::Zh => 36,
    }
}

/// A cue's text in as few lines as it needs, of about the same length; where the translator
/// has broken it, it stays so.
pub(in crate::format) fn broken(text: &str, to: Locale) -> String {
    // More lines than this are no subtitle.
    const LINES: usize = 8;
    let most = longest(to.lang());
    let all = shown(text);
    if text.contains('\n') || all <= most || all > most * LINES {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    let mut left = all.div_ceil(most);
    while left > 1 {
        let Some((at, gap)) = place(rest, left, most, to.lang()) else {
            break;
        };
        let (line, after) = halves(rest, at);
        out.push_str(line);
        out.push('\n');
        rest = halves(after, gap).1;
        left -= 1;
    }
    out.push_str(rest);
    out
}

/// The columns that are seen of a text.
fn shown(text: &str) -> usize {
    let hidden: usize = codes(text).iter().map(|code| width(code.of(text))).sum();
    width(text).saturating_sub(hidden)
}

/// Where a text of so many `lines` is broken best for the first time: where they become of one
/// length, rather behind a mark, never inside a word or a code; and how many bytes of white
/// space go.
fn place(text: &str, lines: usize, most: usize, lang: Lang) -> Option<(usize, usize)> {
    let all = shown(text);
    let aim = all / lines;
    let codes = codes(text);
    let words = words(text);
    let mut best: Option<(usize, (usize, usize))> = None;
    let mut columns = 0;
    let mut buffer = [0u8; 4];
    for (at, c) in text.char_indices() {
        let code = codes.iter().find(|code| code.range().contains(&at));
        let (line, rest) = halves(text, at);
        let next = rest.trim_start_matches(' ');
        let gap = rest.len() - next.len();
        // Read again, the line break must come to what stands here now.
        let same = gap < 2 && joint(line, next, lang).len() == gap;
        let inside = code.is_some_and(|code| (code.start as usize) < at);
        let torn = gap == 0 && !is_word_boundary(text, &words, at);
        let edge = line.trim().is_empty() || next.is_empty() || line.ends_with(' ');
        if same && !inside && !torn && !edge && fits_edges(line, next) && !apart(line, next) {
            let left = all.saturating_sub(columns + gap);
            let over = columns.saturating_sub(most) + left.saturating_sub(most * (lines - 1));
            let clause = if ends_clause(line) { 0 } else { aim / 2 };
            let cost = columns.abs_diff(aim) * 2 + over * 20 + clause;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (at, gap)));
            }
        }
        if code.is_none() {
            columns += width(c.encode_utf8(&mut buffer));
        }
    }
    best.map(|(_, place)| place)
}

/// Whether a line may end and the next begin so: the rules of GB/T 15834 for line edges.
fn fits_edges(line: &str, next: &str) -> bool {
    let opens = |c: char| "“‘（《〈【「『([{".contains(c);
    let closes = |c: char| "，。、；：？！）》〉】」』”’…—,.;:?!)]}%".contains(c);
    !line.ends_with(opens) && !next.starts_with(closes)
}

fn ends_clause(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '’', '"', ')', '）', '」', '』']);
    line.ends_with([
        '，', '。', '；', '：', '？', '！', '…', ',', '.', ';', ':', '?', '!', '—',
    ])
}
