//! A title in 《》 on the Chinese side and how the English has it.

use super::{Check, Draft, Level, Run, View};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "name-title",
    level: Level::Note,
    mqm: "linguistic-conventions/typography",
    page: include_str!("name_title.md"),
    run: Run::Each(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let english = view.texts().find(|t| t.lang == Lang::En);
    let Some(english) = english else { return };
    for (at, _) in english.text.match_indices('《') {
        let rest = Span::new(at, english.text.len()).of(english.text);
        let end = rest
            .find('》')
            .map_or('《'.len_utf8(), |end| end + '》'.len_utf8());
        let span = Span::new(at, at + end);
        let inside = span.of(english.text);
        // A Chinese title may be cited in Chinese.
        if !inside.contains(is_han) && !english.in_code(span) {
            let bare = inside.trim_matches(['《', '》']);
            let message = format!(
                "{} is in Chinese title marks: italics or “ ” in English",
                quoted(inside)
            );
            drafts.push(Draft {
                suggestions: vec![format!("*{bare}*"), format!("“{bare}”")],
                ..Draft::new(english.at(span), message)
            });
        }
    }
    if !view.both() {
        return;
    }
    let Some(chinese) = view.texts().find(|t| t.lang == Lang::Zh) else {
        return;
    };
    let titles: Vec<Span> = titles(chinese.text);
    if titles.is_empty() || !shows_no_title(english.text) {
        return;
    }
    if let Some(first) = titles.first() {
        let message = format!(
            "nothing in the English looks like the title {}",
            quoted(first.of(chinese.text))
        );
        drafts.push(Draft::new(chinese.at(*first), message));
    }
}

/// What stands in 《》, with the marks.
fn titles(text: &str) -> Vec<Span> {
    let opened = text.match_indices('《');
    let spans = opened.filter_map(|(at, _)| {
        let end = Span::new(at, text.len()).of(text).find('》')?;
        Some(Span::new(at, at + end + '》'.len_utf8()))
    });
    spans.collect()
}

/// Whether a text has no italics, no quotation, no Chinese and no two capitalized words
/// beside each other.
fn shows_no_title(text: &str) -> bool {
    let marked = text.contains(['*', '_', '“', '"', '《', '‘'])
        || text.contains("<i>")
        || text.contains("<em>")
        || text.contains(is_han);
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase());
    let words: Vec<&str> = text.split_whitespace().collect();
    let several = words
        .windows(2)
        .skip(1)
        .any(|pair| pair.iter().all(|w| capital(w)));
    let spread = words.windows(3).skip(1).any(|three| {
        matches!(three, [a, link, b] if capital(a) && capital(b) && matches!(*link, "of" | "on" | "for" | "and" | "the" | "to" | "in"))
    });
    !marked && !several && !spread
}
