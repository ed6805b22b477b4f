//! A final mark of another kind than the source's.

use super::usage::repeated;
use super::{Check, Draft, Level, Run, Text, View};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::model::document::Block;
use crate::span::{Span, halves};
use crate::text::code::only_dresses;

pub(super) const CHECK: Check = Check {
    id: "punct-end",
    level: Level::Warning,
    mqm: "linguistic-conventions/punctuation",
    page: include_str!("punct_end.md"),
    run: Run::Units(run, repeated),
};

/// What a text ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Colon,
    Semicolon,
    Comma,
    /// It breaks off.
    Trail,
    /// A letter or digit.
    Nothing,
}

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let (source, target) = (&view.source, &view.target);
    if matches!(target.block, Block::Heading | Block::Cell) {
        return;
    }
    let (Some((wanted, _)), Some((there, span))) = (end(source), end(target)) else {
        return;
    };
    let Some(at_most) = weight(wanted, there, view) else {
        return;
    };
    // DOE and the U.S. end in no full stop of their own.
    let abbreviation =
        |text: &Text<'_>, end| end == End::Stop && text.lang == Lang::En && abbreviated(text);
    if there == End::Nothing && abbreviation(source, wanted)
        || wanted == End::Nothing && abbreviation(target, there)
    {
        return;
    }
    // （刪除） is (Repealed.): a remark in brackets ends as its language has it.
    let bracketed = |text: &Text<'_>| {
        let text = text.text.trim();
        text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】'])
    };
    let bare = if there == End::Nothing {
        target
    } else {
        source
    };
    if [wanted, there].contains(&End::Nothing) && bracketed(bare) {
        return;
    }
    let mark = written(wanted, target.lang);
    let last = span.of(target.text);
    let mut place = span;
    let (suggestion, message) = if there == End::Nothing {
        let mut words = target.words().iter();
        place = *words.find(|word| word.end == span.end).unwrap_or(&span);
        (
            format!("{}{mark}", place.of(target.text)),
            format!(
                "the source ends with “{}”, the translation with nothing",
                written(wanted, source.lang)
            ),
        )
    } else if wanted == End::Nothing {
        (
            String::new(),
            format!("the translation ends with “{last}”, the source with nothing"),
        )
    } else {
        (
            mark.to_owned(),
            format!(
                "the translation ends with “{last}”, the source with “{}”",
                written(wanted, source.lang)
            ),
        )
    };
    drafts.push(Draft {
        at_most,
        suggestions: vec![suggestion],
        ..Draft::new(target.at(place), message)
    });
}

/// How much a difference weighs; `None` where it is none.
fn weight(wanted: End, there: End, view: &View<'_>) -> Option<Severity> {
    let target = &view.target;
    if wanted == there {
        return None;
    }
    let (zh, en, chinese, english) = match target.lang {
        Lang::Zh => (there, wanted, target, &view.source),
        Lang::En => (wanted, there, &view.source, target),
    };
    // In a list English has ; or “; and” or nothing where Chinese has 。 or ；.
    let item = target.block == Block::Item || listed(english);
    let between = matches!(en, End::Semicolon | End::Comma | End::Nothing);
    if item && between && matches!(zh, End::Stop | End::Semicolon | End::Comma) {
        return None;
    }
    // What leads to a list may end in 。 in Chinese, and has a colon in English.
    if en == End::Colon && zh == End::Stop {
        return None;
    }
    // A letter begins 各位家长： and Dear parents, and a list may stand outside of one that shows.
    if matches!(
        (zh, en),
        (End::Colon, End::Comma) | (End::Semicolon, End::Stop)
    ) {
        return None;
    }
    // 他问：“……吗？” is He asked whether ... in other words.
    let closed = |text: &Text<'_>| text.text.trim_end().ends_with(['”', '’', '」', '』', '"']);
    if (zh, en) == (End::Question, End::Stop) && closed(chinese) && !closed(english) {
        return Some(Severity::Note);
    }
    Some(match (wanted, there) {
        // Chinese closes list items with ； where English has a full stop or nothing.
        (End::Semicolon | End::Comma, _) | (_, End::Semicolon | End::Comma)
            if target.block == Block::Item =>
        {
            return None;
        }
        (End::Stop, End::Nothing) | (End::Nothing, End::Stop) if target.block == Block::Item => {
            Severity::Note
        }
        (End::Nothing, End::Question) => Severity::Note,
        (End::Question, _) | (_, End::Question) | (End::Stop, End::Nothing) => Severity::Warning,
        // Sentences are joined and parted, exclamations calmed.
        _ => Severity::Note,
    })
}

/// The final character of a text and what it is, closing quotes, brackets and codes left out.
fn end(text: &Text<'_>) -> Option<(End, Span)> {
    let mut at = unjoined(text).len();
    loop {
        let code = text.codes.iter().rev().find(|code| code.end as usize == at);
        if let Some(code) = code {
            if !only_dresses(code.of(text.text)) {
                return None;
            }
            at = code.start as usize;
            continue;
        }
        let head = halves(text.text, at).0;
        let c = head.chars().next_back()?;
        let start = at - c.len_utf8();
        if c.is_whitespace() || "”’\"'）)]】》」』›»*_".contains(c) {
            at = start;
            continue;
        }
        let kind = match c {
            '。' | '．' | '｡' if head.ends_with("。。。") => End::Trail,
            '.' if head.ends_with("...") => End::Trail,
            '.' | '。' | '．' | '｡' => End::Stop,
            '?' | '？' => End::Question,
            '!' | '！' => End::Exclamation,
            ':' | '：' | '︰' => End::Colon,
            ';' | '；' => End::Semicolon,
            ',' | '，' | '、' => End::Comma,
            '…' | '—' => End::Trail,
            _ => End::Nothing,
        };
        return Some((kind, Span::new(start, at)));
    }
}

/// A text without the `and` or `or` that leads from an item of a list to the next.
fn unjoined<'a>(text: &Text<'a>) -> &'a str {
    let whole = text.text.trim_end();
    let joins = ["and/or", "and", "or"].into_iter();
    let mut heads = joins.filter_map(|word| whole.strip_suffix(word).map(str::trim_end));
    let head = heads.find(|head| head.ends_with([';', ',']));
    head.filter(|_| text.lang == Lang::En).unwrap_or(whole)
}

/// Whether an English text ends as only an item of a list does: `;`, `; and`, `, or`.
fn listed(text: &Text<'_>) -> bool {
    let head = unjoined(text);
    head.ends_with(';') || head.len() < text.text.trim_end().len()
}

/// Whether an English text ends with an abbreviation: U.S., Inc., etc.
fn abbreviated(text: &Text<'_>) -> bool {
    let last = text.text.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_end_matches(|c: char| !c.is_alphanumeric());
    let known = [
        "Inc", "Corp", "Ltd", "Co", "etc", "No", "al", "Jr", "Sr", "Dr", "St", "approx",
    ];
    last.contains('.') || last.chars().count() == 1 || known.contains(&last)
}

fn written(end: End, lang: Lang) -> &'static str {
    let [zh, en] = match end {
        End::Stop => ["。", "."],
        End::Question => ["？", "?"],
        End::Exclamation => ["！", "!"],
        End::Colon => ["：", ":"],
        End::Semicolon => ["；", ";"],
        End::Comma => ["，", ","],
        End::Trail => ["……", "…"],
        End::Nothing => ["", ""],
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
