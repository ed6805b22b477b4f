//! Subtitles: `SubRip` (SRT) and `WebVTT`.
//!
//! A cue's text is a paragraph. Its lines are joined, for they were broken where
//! they were full, and a translation is broken anew where it is too long for one
//! line. Lines that stand for themselves are paragraphs of their own: what two
//! people say (`- …`), and the two languages of a bilingual cue. Numbers, times,
//! settings and the blocks NOTE, STYLE and REGION stay.
//!
//! Reading goes by the time lines, so that a missing blank line or number ends
//! nothing. In SRT text behind a blank line still belongs to its cue, as players
//! show it; in `WebVTT` a block without times is no cue.

use super::mark::{self, Edge, Part};
use super::segment::joint;
use super::{Content, Format, Reading, RunKind};
use crate::lang::{Lang, Locale};
use crate::model::document::Slot;
use crate::span::{Span, halves};
use crate::text::chars::is_han;
use crate::text::code::codes;
use crate::text::width::width;
use crate::text::words::{is_word_boundary, words};

/// `SubRip` files.
pub const SRT: Format = Format {
    name: "srt",
    extensions: &["srt"],
    sniff: |text| {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.next().is_some_and(is_number) && lines.next().is_some_and(is_sound)
    },
    read: Reading::Text(|text| read(text, false)),
};

/// `WebVTT` files.
pub const VTT: Format = Format {
    name: "vtt",
    extensions: &["vtt"],
    sniff: |text| text.starts_with(MAGIC),
    read: Reading::Text(|text| read(text, true)),
};

/// What a `WebVTT` file begins with.
const MAGIC: &str = "WEBVTT";

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Its text without white space at the ends.
    text: &'a str,
    /// Where that begins in the file.
    at: usize,
}

impl Line<'_> {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len())
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let lead = whole.len() - whole.trim_start().len();
        let inner = whole.trim();
        lines.push(Line {
            text: inner,
            at: if inner.is_empty() { at } else { at + lead },
        });
        at += whole.len();
    }
    lines
}

/// What is read of a file, and what cannot be.
struct Walk<'a> {
    text: &'a str,
    vtt: bool,
    content: Content,
    /// Text in no cue.
    strays: Vec<Span>,
    /// Times that are none.
    times: Vec<Span>,
}

fn read(text: &str, vtt: bool) -> Content {
    let lines = lines(text);
    let mut walk = Walk {
        text,
        vtt,
        content: Content::default(),
        strays: Vec::new(),
        times: Vec::new(),
    };
    let times: Vec<usize> = (0..)
        .zip(&lines)
        .filter(|(_, line)| is_time(line.text))
        .map(|(at, _)| at)
        .collect();
    let heads = times.iter().enumerate().map(|(i, time)| {
        let floor = i.checked_sub(1).and_then(|before| times.get(before));
        head(&lines, *time, floor.map_or(0, |before| before + 1))
    });
    let heads: Vec<usize> = heads.chain([lines.len()]).collect();
    let first = heads.first().copied().unwrap_or_default();
    walk.before(lines.get(..first).unwrap_or_default());
    for (time, end) in times.iter().zip(heads.iter().skip(1)) {
        if let Some(line) = lines.get(*time).filter(|line| !is_sound(line.text)) {
            walk.times.push(line.span());
        }
        walk.cue(lines.get(time + 1..*end).unwrap_or_default());
    }
    walk.notes();
    walk.content
}

/// Where a cue begins whose time stands on a line: there, or with the number or name before it.
fn head(lines: &[Line<'_>], time: usize, floor: usize) -> usize {
    let blank = |at: usize| lines.get(at).is_none_or(|line| line.text.is_empty());
    let Some(before) = time.checked_sub(1).filter(|at| *at >= floor && !blank(*at)) else {
        return time;
    };
    let number = lines.get(before).is_some_and(|line| is_number(line.text));
    let named = before
        .checked_sub(1)
        .is_none_or(|at| at >= floor && blank(at));
    if number || named { before } else { time }
}

impl Walk<'_> {
    /// What stands before the first cue.
    fn before(&mut self, lines: &[Line<'_>]) {
        let mut blocks = blocks(lines);
        if self.vtt {
            let begun = self.text.starts_with(MAGIC);
            if begun {
                blocks.next();
            } else {
                let at = lines.first().map_or(Span::default(), |line| line.span());
                let message = format!(
                    "a file of this kind begins with a line {MAGIC}: players will refuse this one"
                );
                self.content.notes.push((at, message));
            }
        }
        for block in blocks {
            self.stray(block);
        }
    }

    /// The lines of a cue, and whatever follows it before the next one.
    fn cue(&mut self, lines: &[Line<'_>]) {
        let empty = lines.first().is_none_or(|line| line.text.is_empty());
        for (i, block) in blocks(lines).enumerate() {
            if !self.vtt || (i == 0 && !empty) {
                self.paragraphs(block);
            } else {
                self.stray(block);
            }
        }
    }

    /// A block without a time.
    fn stray(&mut self, block: &[Line<'_>]) {
        let Some(first) = block.first() else { return };
        let kept = ["NOTE", "STYLE", "REGION"].iter().any(|name| {
            let rest = first.text.strip_prefix(*name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        let worded = block
            .iter()
            .any(|line| line.text.contains(char::is_alphabetic));
        if worded && !(self.vtt && kept) {
            self.strays.push(first.span());
        }
    }

    /// The lines that stand together, as one paragraph, or several.
    fn paragraphs(&mut self, block: &[Line<'_>]) {
        for lines in block.chunk_by(|line, next| !apart(line.text, next.text)) {
            let mut parts = Vec::new();
            for (i, line) in lines.iter().enumerate() {
                let lead = if i == 0 {
                    dash(line.text).unwrap_or(0)
                } else {
                    0
                };
                let at = Span::new(line.at + lead, line.at + line.text.len());
                if let Some(before) = lines.get(i.wrapping_sub(1)) {
                    let gap = Span::new(before.at + before.text.len(), line.at);
                    parts.push(Part::plain(gap, RunKind::Soft));
                }
                marked(self.text, at, &mut parts);
            }
            let (mut paragraph, _) = mark::paragraph(self.text, &parts);
            if !paragraph.runs.is_empty() {
                paragraph.slot = Slot::Cue;
                self.content.paragraphs.push(paragraph);
            }
        }
    }

    fn notes(&mut self) {
        let mut note = |found: &[Span], one: &str, many: &str, message: &str| {
            let Some(first) = found.first() else { return };
            let message = match found.len() {
                1 => format!("{one} {message}"),
                count => format!("{count} {many} {message}; the first is here"),
            };
            self.content.notes.push((*first, message));
        };
        note(
            &self.strays,
            "this text stands",
            "texts stand",
            "in no cue, for no line says from when to when it is shown: left as it is",
        );
        note(
            &self.times,
            "this time",
            "times",
            "cannot be read; the text is read all the same",
        );
    }
}

/// The bytes of a text up to the end of the first cue that begins in it; 0 where none does.
///
/// ```
/// use zhengming::format::subtitle::next_cue;
/// let text = "a remark\n\n00:01.000 --> 00:02.000\n一\n\n二\n";
/// assert_eq!(text.get(..next_cue(text)), text.get(..text.len() - 6));
/// ```
pub fn next_cue(text: &str) -> usize {
    let lines = lines(text);
    let mut after = lines.iter().skip_while(|line| !is_time(line.text));
    after.next();
    let cue = after.take_while(|line| !line.text.is_empty());
    cue.last().map_or(0, |line| line.at + line.text.len())
}

/// The stretches between blank lines.
fn blocks<'a, 'b>(lines: &'a [Line<'b>]) -> impl Iterator<Item = &'a [Line<'b>]> {
    let parts = lines.split(|line| line.text.is_empty());
    parts.filter(|block| !block.is_empty())
}

fn is_number(line: &str) -> bool {
    let line = line.trim_matches('\u{FEFF}');
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line says from when to when, be it badly.
fn is_time(line: &str) -> bool {
    let line = line.trim_start_matches('\u{FEFF}');
    if let Some((from, _)) = line.split_once("-->") {
        return from.starts_with(|c: char| c.is_ascii_digit()) && from.contains(':');
    }
    let arrow = ["->", "–>"]
        .iter()
        .find_map(|arrow| line.split_once(*arrow));
    arrow.is_some_and(|(from, to)| is_clock(from.trim()) && is_clock(to.trim()))
}

/// Whether a line says from when to when as it should.
fn is_sound(line: &str) -> bool {
    let line = line.trim_start_matches('\u{FEFF}');
    line.split_once("-->").is_some_and(|(from, to)| {
        let to = to.split_whitespace().next().unwrap_or_default();
        is_clock(from.trim()) && is_clock(to)
    })
}

/// `01:02:03,456` or `02:03.456`.
fn is_clock(text: &str) -> bool {
    let parts = || text.split([':', '.', ',']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.contains(':') && (2..=4).contains(&parts().count()) && parts().all(digits)
}

/// The bytes of the dash, with the space behind it, before what somebody says.
fn dash(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(['-', '–', '—', '‐', '－'])?;
    let said = rest.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']);
    let digit = said.len() == rest.len() && said.starts_with(|c: char| c.is_ascii_digit());
    let other = said.is_empty() || said.starts_with(['-', '–', '—', '>']);
    (!digit && !other).then_some(line.len() - said.len())
}

/// Whether two lines of a cue stand each for itself.
fn apart(line: &str, next: &str) -> bool {
    let line = without_marks(line);
    let next = without_marks(next);
    // A long dash may also begin the second line of one sentence.
    let spoken = dash(next).is_some() && (next.starts_with('-') || dash(line).is_some());
    let han = |line: &str| line.contains(is_han);
    let latin = |line: &str| {
        let small = |pair: [char; 2]| pair.iter().all(char::is_ascii_lowercase);
        let after = line.chars().skip(1);
        line.chars()
            .zip(after)
            .any(|(one, other)| small([one, other]))
    };
    let other = |one: &str, other: &str| han(one) && !han(other) && latin(other);
    spoken || other(line, next) || other(next, line)
}

/// A line without the marks it begins with.
fn without_marks(mut line: &str) -> &str {
    while let Some(length) = mark_length(line) {
        line = halves(line, length).1.trim_start();
    }
    line
}

/// The bytes of the mark that a text begins with: `<i>`, `</c>`, `<v Ann>`, `<00:01.000>`, `{\an8}`.
fn mark_length(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("{\\") {
        let end = rest.find(['{', '}', '\n'])?;
        return halves(rest, end).1.starts_with('}').then_some(end + 3);
    }
    let rest = text.strip_prefix('<')?;
    let end = rest.find(['<', '>', '\n'])?;
    let (inside, after) = halves(rest, end);
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let good = tag || inside == "/" || is_clock(inside);
    (good && after.starts_with('>')).then_some(end + 2)
}

/// What a tag begins or ends.
fn edge(tag: &str) -> Edge {
    let Some(inside) = tag.strip_prefix('<') else {
        return Edge::Neither;
    };
    let name = |inside: &str| -> String {
        let letters = inside.chars().take_while(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    match inside.strip_prefix('/') {
        Some(inside) => Edge::Closes(name(inside)),
        None if inside.starts_with(|c: char| c.is_ascii_digit()) => Edge::Neither,
        None => Edge::Opens(name(inside)),
    }
}

/// Adds a line's text and marks.
fn marked(text: &str, at: Span, parts: &mut Vec<Part>) {
    let line = at.of(text);
    let start = at.start as usize;
    let (mut told, mut next) = (0, 0);
    while let Some(found) = halves(line, next).1.find(['<', '{']) {
        let here = next + found;
        let Some(length) = mark_length(halves(line, here).1) else {
            next = here + 1;
            continue;
        };
        let mark = Span::new(here, here + length);
        mark::texts(text, Span::new(told, here).shifted(start), parts);
        parts.push(Part {
            at: mark.shifted(start),
            kind: RunKind::Mark,
            edge: edge(mark.of(line)),
        });
        (told, next) = (here + length, here + length);
    }
    mark::texts(text, Span::new(told, line.len()).shifted(start), parts);
}

/// A translation as it is written into a cue. `cue` is what stood there: the marks of it stay.
pub(super) fn written(vtt: bool, target: &str, cue: &str) -> String {
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
pub(super) fn broken(text: &str, to: Locale) -> String {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::format;
    use crate::model::document::Document;

    fn document(name: &str, text: &str, from: Lang) -> Document {
        let parsed = format::parse(Path::new(name), text.into(), Some(from));
        parsed.unwrap().value
    }

    fn sources(name: &str, text: &str) -> Vec<String> {
        let units = document(name, text, Lang::En).units;
        units.into_iter().map(|unit| unit.source).collect()
    }

    /// The cues of a file with these texts.
    fn cues(texts: &[&str]) -> String {
        let cue = |(number, text): (usize, &&str)| {
            format!("{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{text}\n\n")
        };
        (1..).zip(texts).map(cue).collect()
    }

    fn filled(name: &str, text: &str, from: Lang, targets: &[&str]) -> String {
        let mut document = document(name, text, from);
        assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
        for (unit, target) in document.units.iter_mut().zip(targets) {
            unit.target = (*target).to_owned();
        }
        String::from_utf8(format::fill(&document, from.other().into())).unwrap()
    }

    #[test]
    fn a_cue_is_a_paragraph_and_its_lines_are_joined() {
        let text = cues(&[
            "The order takes\neffect on Nov. 24.",
            "<i>Nobody knows. Or do they?</i>",
            "{\\an8}Above the <b>rest</b>",
            "42",
        ]);
        assert_eq!(
            sources("a.srt", &text),
            [
                "The order takes effect on Nov. 24.",
                "Nobody knows.",
                "Or do they?",
                "Above the <b>rest</b>",
            ]
        );
    }

    #[test]
    fn lines_of_two_speakers_or_languages_stand_each_for_itself() {
        let text = cues(&[
            "- Where is it?\n-Over there,\nby the door.",
            "能源部启动\n创世计划\nThe Department of Energy\nlaunches it",
            "He waited\n— and left.",
            "-5 degrees\ntoday",
        ]);
        assert_eq!(
            sources("a.srt", &text),
            [
                "Where is it?",
                "Over there, by the door.",
                "能源部启动创世计划",
                "The Department of Energy launches it",
                "He waited — and left.",
                "-5 degrees today",
            ]
        );
    }

    #[test]
    fn only_the_cues_of_a_webvtt_file_are_text() {
        let text = "WEBVTT - Title\nKind: captions\n\nNOTE a remark\nover lines\n\nSTYLE\n::cue { color: red }\n\n\
            intro\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello <c.loud>there</c>\n\n\
            00:02.000 --> 00:03.000\n&nbsp;\n\nREGION\nid:x\n\n00:03.000 --> 00:04.000\nFish &amp; chips\n";
        assert_eq!(
            sources("a.vtt", text),
            ["Hello <c.loud>there</c>", "Fish & chips"]
        );
    }

    #[test]
    fn broken_files_are_read_as_far_as_they_can_be() {
        // No blank line, no number, a time that is none, text behind a blank line.
        let text = "junk before\n\n1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:03,000 --> 00:00:0x\nTwo.\n\nStill two.\n\n00:00:05,000 --> 00:00:06,000\nThree.";
        let parsed = format::parse(Path::new("a.srt"), text.into(), Some(Lang::En)).unwrap();
        let found: Vec<_> = parsed.value.units.iter().map(|u| &*u.source).collect();
        assert_eq!(found, ["One.", "Two.", "Still two.", "Three."]);
        let told: Vec<_> = parsed.findings.iter().map(|f| f.place.line).collect();
        assert_eq!(told, [1, 7]);
        let vtt = "00:01.000 --> 00:02.000\nA\n\nlost\n\n00:03.000 --> 00:04.000\nB\n";
        let parsed = format::parse(Path::new("a.vtt"), vtt.into(), Some(Lang::En)).unwrap();
        assert_eq!(parsed.value.units.len(), 2);
        assert_eq!(parsed.findings.len(), 2, "{:?}", parsed.findings);
        for text in ["", "\n\n", "1\n", "-->", "1\n00:00:01,000 --> 00:00:02,000"] {
            assert!(document("a.srt", text, Lang::En).units.is_empty());
        }
    }

    #[test]
    fn a_translation_is_broken_where_it_is_too_long() {
        let one = |text: &str, from, target| filled("a.srt", &cues(&[text]), from, &[target]);
        assert_eq!(
            one(
                "能源部启动\n创世计划",
                Lang::Zh,
                "The Department of Energy launches the Genesis Mission"
            ),
            cues(&["The Department of Energy\nlaunches the Genesis Mission"])
        );
        assert_eq!(
            one("能源部\n启动", Lang::Zh, "It starts today"),
            cues(&["It starts today"])
        );
        assert_eq!(
            one("能源部启动创世计划", Lang::Zh, "It starts\n\ntoday"),
            cues(&["It starts\ntoday"])
        );
        assert_eq!(
            one(
                "It is said that it will take ten years",
                Lang::En,
                "能源部周一表示，将在十年内完成全部建设任务"
            ),
            cues(&["能源部周一表示，\n将在十年内完成全部建设任务"])
        );
    }

    #[test]
    fn a_translation_makes_no_other_cue() {
        let text = cues(&["甲。"]).replace('\n', "\r\n");
        let hostile = "A\n\n2\n00:00:01,000 --> 00:00:02,000\nB";
        let srt = filled("a.srt", &text, Lang::Zh, &[hostile]);
        assert_eq!(document("a.srt", &srt, Lang::En).holes.len(), 1, "{srt}");
        assert!(srt.contains("A\r\n2\r\n00:00:01,000 → 00:00:02,000\r\nB\r\n\r\n"));
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>甲</i>乙 <x>丙</x>\n";
        let vtt = filled(
            "a.vtt",
            text,
            Lang::Zh,
            &["R&D &lt; <i>A</i> <y>--> <x>B</x>"],
        );
        assert!(
            vtt.ends_with("\nR&amp;D &lt; <i>A</i> &lt;y&gt;--&gt; <x>B</x>\n"),
            "{vtt}"
        );
    }
}
