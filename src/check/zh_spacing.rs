//! Spaces between Han characters and letters or digits: in a document here and there not.

use super::prose::{SIDES, texts};
use super::{At, Check, Draft, Level, Paper, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "zh-spacing",
    level: Level::Note,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_spacing.md"),
    run: Run::Paper(run),
};

/// So few places are no habit.
const FEW: usize = 5;

/// The places between a Han character and a letter, or a digit, with a space and without.
#[derive(Default)]
struct Places {
    spaced: Vec<At>,
    solid: Vec<At>,
}

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    for side in SIDES {
        let mut letters = Places::default();
        let mut digits = Places::default();
        for text in texts(paper, side).filter(|text| text.lang == Lang::Zh) {
            count(text, &mut letters, &mut digits);
        }
        drafts.extend(minority(letters, "letters"));
        drafts.extend(minority(digits, "digits"));
    }
}

/// One finding for all places that are not as most are.
fn minority(places: Places, what: &str) -> Option<Draft> {
    let (spaced, solid) = (places.spaced.len(), places.solid.len());
    let (few, many, with) = if spaced < solid {
        (places.spaced, solid, "a space")
    } else {
        (places.solid, spaced, "no space")
    };
    // As many of both is no habit to hold anybody to.
    if many < FEW || few.len() * 2 > many {
        return None;
    }
    let first = *few.first()?;
    let message = format!(
        "{with} between Chinese and {what}, {} here and in {many} places it is otherwise",
        match few.len() {
            1 => "once:".to_owned(),
            n => format!("{n} times:"),
        }
    );
    let suggestion = if with == "a space" { "" } else { " " };
    Some(Draft {
        at_most: Severity::Note,
        suggestions: vec![suggestion.to_owned()],
        related: few.into_iter().skip(1).collect(),
        ..Draft::new(first, message)
    })
}

fn count(text: &Text<'_>, letters: &mut Places, digits: &mut Places) {
    if !text.text.bytes().any(|b| b.is_ascii_alphanumeric()) {
        return;
    }
    let chars: Vec<(usize, char)> = text.text.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let Some(&(next_at, next)) = chars.get(i + 1) else {
            break;
        };
        let spaced = next == ' ';
        let across = if spaced {
            chars.get(i + 2)
        } else {
            chars.get(i + 1)
        };
        let Some(&(end, d)) = across else { continue };
        let place = match (is_han(c), is_han(d)) {
            (true, false) if d.is_ascii_alphanumeric() => d,
            (false, true) if c.is_ascii_alphanumeric() => c,
            _ => continue,
        };
        let whole = Span::new(at, end + d.len_utf8());
        // 2025年 and 第3条 are never spaced, and a name is written as it is.
        let fixed = place.is_ascii_digit() && (is_counter(d) || c == '第');
        let name = || {
            let mut hits = text.all.iter();
            hits.any(|hit| hit.span.contains(whole)) || text.in_code(whole)
        };
        if fixed || name() {
            continue;
        }
        let span = if spaced {
            Span::new(next_at, next_at + 1)
        } else {
            Span::new(next_at, next_at)
        };
        let places = if place.is_ascii_digit() {
            &mut *digits
        } else {
            &mut *letters
        };
        if spaced {
            places.spaced.push(text.at(span));
        } else {
            places.solid.push(text.at(span));
        }
    }
}

/// Characters that follow a number without a space in every style.
fn is_counter(c: char) -> bool {
    "年月日时時分秒号號点點期届屆次条條款项項章节節页頁".contains(c)
}
