//! *a* or *an* before a term, by the sound the term begins with.

use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::article::vowel_sound;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-article",
    level: Level::Note,
    mqm: "linguistic-conventions/grammar",
    page: include_str!("term_article.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::En {
        return;
    }
    for hit in text.hits() {
        let (before, _) = halves(text.text, hit.span.start as usize);
        let bare = before.trim_end_matches([' ', '\n', '“', '"', '‘', '*']);
        let Some(article) = bare
            .rsplit([' ', '\n', '(', '“', '"'])
            .next()
            .filter(|_| bare.len() < before.len())
        else {
            continue;
        };
        // Plan A, grade A: a capital that begins no sentence.
        let begin = bare.strip_suffix(article).unwrap_or("").trim_end();
        if article.starts_with('A') && begin.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
            continue;
        }
        let an = article.eq_ignore_ascii_case("an");
        if !an && !article.eq_ignore_ascii_case("a") {
            continue;
        }
        let term = hit.span.of(text.text);
        let Some(vowel) = vowel_sound(term) else {
            continue;
        };
        if vowel != an {
            let span = Span::new(bare.len() - article.len(), bare.len());
            let right = match (vowel, article.starts_with('A')) {
                (true, true) => "An",
                (true, false) => "an",
                (false, true) => "A",
                (false, false) => "a",
            };
            let message = format!("{} takes “{}”", quoted(term), right.to_lowercase());
            drafts.push(Draft {
                suggestions: vec![right.to_owned()],
                concept: hit.senses.first().map(|s| s.concept),
                ..Draft::new(text.at(span), message)
            });
        }
    }
}
