//! Words of Taiwan or Hong Kong in a text for the mainland.

use std::sync::OnceLock;

use super::{Check, Draft, Level, Run, Text};
use crate::lang::Locale;
use crate::span::{Span, halves};
use crate::text::chars::{quoted, table_rows};
use crate::text::script::script;
use crate::text::words::{is_word_boundary, words};

pub(super) const CHECK: Check = Check {
    id: "script-regional",
    level: Level::Note,
    mqm: "audience-appropriateness/locale-conventions",
    page: include_str!("script_regional.md"),
    run: Run::Text(run),
};

const WORDS: &str = include_str!("../data/regional/foreign.txt");

/// The words with the mainland's, sorted; and the characters they begin with.
struct Table {
    words: Vec<(&'static str, &'static str)>,
    starts: Vec<char>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut words: Vec<_> = table_rows(WORDS).collect();
        words.sort_unstable();
        let mut starts: Vec<char> = words.iter().filter_map(|(w, _)| w.chars().next()).collect();
        starts.dedup();
        Table { words, starts }
    })
}

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.locale != Locale::Hans {
        return;
    }
    let table = table();
    let mut found: Vec<(Span, &str)> = Vec::new();
    for (at, c) in text.text.char_indices() {
        if table.starts.binary_search(&c).is_err()
            || found.last().is_some_and(|(s, _)| at < s.end as usize)
        {
            continue;
        }
        let rest = halves(text.text, at).1;
        let from = table
            .words
            .partition_point(|(word, _)| word.chars().next() < Some(c));
        let same = table.words.iter().skip(from);
        let same = same.take_while(|(word, _)| word.starts_with(c));
        let longest = same
            .filter(|(word, _)| rest.starts_with(word))
            .max_by_key(|(word, _)| word.len());
        if let Some((word, right)) = longest {
            found.push((Span::new(at, at + word.len()), right));
        }
    }
    if found.is_empty() || script(text.text).is_some_and(|s| s != Locale::Hans) {
        return;
    }
    // 多数位于 has no 数位.
    let cuts = words(text.text);
    for (span, right) in found {
        let edges = [span.start, span.end];
        let whole = edges
            .iter()
            .all(|at| is_word_boundary(text.text, &cuts, *at as usize));
        let term = text.hits().any(|hit| hit.span.contains(span));
        if !whole || term || text.in_code(span) {
            continue;
        }
        let word = span.of(text.text);
        drafts.push(Draft {
            suggestions: vec![right.to_owned()],
            ..Draft::new(
                text.at(span),
                format!(
                    "{} is not said on the mainland: {}",
                    quoted(word),
                    quoted(right)
                ),
            )
        });
    }
}
