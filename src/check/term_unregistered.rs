//! What looks like the name of a program, a law or a body, recurs, and is in
//! no glossary.

use std::collections::BTreeMap;

use super::{At, Check, Draft, Level, Paper, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "term-unregistered",
    level: Level::Note,
    mqm: "terminology/terminology-resource",
    page: include_str!("term_unregistered.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    // A name, its places, and whether a foreign form stands in brackets behind it.
    let mut names: BTreeMap<String, (Vec<At>, String)> = BTreeMap::new();
    for view in &paper.views {
        let Some(text) = view.texts().next() else {
            continue;
        };
        for span in candidates(text) {
            let known = text.all.iter().any(|h| {
                h.span.contains(span) || span.contains(h.span) && 3 * h.span.len() > 2 * span.len()
            });
            if !known && !text.in_code(span) {
                let entry = names.entry(fold(span.of(text.text))).or_default();
                entry.0.push(text.at(span));
                if entry.1.is_empty() {
                    foreign(text, span).clone_into(&mut entry.1);
                }
            }
        }
    }
    for (places, foreign) in names.into_values() {
        let Some((first, rest)) = places.split_first() else {
            continue;
        };
        if rest.is_empty() && foreign.is_empty() {
            continue;
        }
        let Some(view) = paper.views.get(first.unit as usize) else {
            continue;
        };
        let name = quoted(first.span.of(view.text(first.side).text));
        let with = if foreign.is_empty() {
            String::new()
        } else {
            format!(", with {}", quoted(&foreign))
        };
        let times = match places.len() {
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        let message = format!("{name} is in no glossary (used {times}{with})");
        drafts.push(Draft {
            related: rest.to_vec(),
            ..Draft::new(*first, message)
        });
    }
}

/// What names programs, laws and bodies end in.
const CHINESE: &[&str] = &[
    "计划",
    "法案",
    "战略",
    "倡议",
    "委员会",
    "协定",
    "框架",
    "条例",
    "议定书",
    "公约",
    "宣言",
    "峰会",
    "联盟",
    "基金会",
];
const ENGLISH: &[&str] = &[
    "Plan",
    "Act",
    "Strategy",
    "Initiative",
    "Commission",
    "Committee",
    "Agreement",
    "Framework",
    "Program",
    "Programme",
    "Mission",
    "Protocol",
    "Convention",
    "Treaty",
    "Alliance",
    "Foundation",
    "Agency",
    "Council",
    "Partnership",
    "Fund",
    "Institute",
];

/// Words before a name that are none of it.
const DETERMINERS: &[&str] = &[
    "The", "An", "Our", "Its", "Their", "This", "That", "These", "Those", "Each", "Every", "No",
    "In", "On", "At", "By", "For", "From", "Under", "With", "As", "But", "And", "If", "When",
];

fn candidates(text: &Text<'_>) -> Vec<Span> {
    match text.lang {
        Lang::Zh => in_marks(text.text),
        Lang::En => capitalized(text.text),
    }
}

/// What stands in quotation marks or 《》 and ends as a name does.
fn in_marks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('《', _) => open = Some((at + c.len_utf8(), '》')),
            ('“', _) => open = Some((at + c.len_utf8(), '”')),
            ('「', _) => open = Some((at + c.len_utf8(), '」')),
            (_, Some((start, close))) if c == close => {
                let mut span = Span::new(start, at);
                let inside = span.of(text);
                let (_, after) = halves(text, at + c.len_utf8());
                let ends = |s: &str| CHINESE.iter().any(|end| fold(s).ends_with(end));
                // “十四五”规划: the head may stand behind the mark.
                let head = CHINESE.iter().find(|end| after.starts_with(**end));
                if let (Some(head), '”' | '」') = (head, close) {
                    span = Span::new(start - '“'.len_utf8(), at + c.len_utf8() + head.len());
                }
                let length = inside.chars().filter(|c| is_han(*c)).count();
                if (ends(inside) && length > 3 || head.is_some()) && length < 30 {
                    found.push(span);
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Runs of two capitalized words or more that end as a name does; a sentence's
/// first word counts only with two others.
fn capitalized(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    for piece in text.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches([' ', '\n']);
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '”', '"', '\'', '’', '?', '!']);
        let lead = bare.len() - bare.trim_start_matches(['(', '“', '"', '‘']).len();
        let (_, core) = halves(bare, lead);
        // A determiner has a capital where a sentence begins, and is no part of a name.
        let capital =
            core.starts_with(char::is_uppercase) && core.len() > 1 && !DETERMINERS.contains(&core);
        let link = matches!(core, "of" | "for" | "and" | "on" | "the");
        if capital {
            let (start, words) = run.map_or((at + lead, 0), |(start, _, words)| (start, words));
            let end = at + bare.len();
            run = Some((start, end, words + 1));
            let initial = super_initial(text, start);
            if ENGLISH.contains(&core) && words + 1 > 1 + usize::from(initial) {
                found.push(Span::new(start, end));
            }
        } else if !(link && run.is_some()) {
            run = None;
        }
        if word.len() > bare.len() {
            run = None;
        }
        at += piece.len();
    }
    found
}

/// Whether a sentence begins here.
fn super_initial(text: &str, at: usize) -> bool {
    let (before, _) = halves(text, at);
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '“'])
}

/// The other language's form in brackets behind a place.
fn foreign<'a>(text: &Text<'a>, span: Span) -> &'a str {
    let (_, after) = halves(text.text, span.end as usize);
    let after = after.trim_start_matches(['》', '”', '」', ' ']);
    let Some(inside) = after.strip_prefix(['（', '(']) else {
        return "";
    };
    let inside = inside.split(['）', ')']).next().unwrap_or("");
    let other = match text.lang {
        Lang::Zh => inside.chars().filter(char::is_ascii_alphabetic).count() > 3,
        Lang::En => inside.contains(is_han),
    };
    if other { inside } else { "" }
}
