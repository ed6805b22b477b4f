//! Markup and placeholders that one text has and the other has not.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Check, Draft, Level, Run, View, seg_url};
use crate::finding::Severity;
use crate::lang::{tag, tagged};
use crate::span::Span;
use crate::text::code::{codes, keys};

pub(super) const CHECK: Check = Check {
    id: "seg-tags",
    level: Level::Error,
    mqm: "design/markup",
    page: include_str!("seg_tags.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let mut source = Marks::of(view.source.text);
    let mut target = Marks::of(view.target.text);
    agree(&mut source.standing, &mut target.standing);
    standing(view, &source, &target, drafts);
    emphasis(view, &source, &target, drafts);
}

/// A code that stands for something: it must be in both texts.
struct Code {
    span: Span,
    /// What is told and offered.
    text: String,
    /// What must be equal.
    key: String,
}

/// The codes of a text, by what is asked of them.
struct Marks {
    standing: Vec<Code>,
    /// Emphasis marks that have their partner, opening and closing ones.
    dressing: Vec<Span>,
    /// Runs of `*` without a partner.
    lonely: Vec<Span>,
}

impl Marks {
    fn of(text: &str) -> Self {
        let all = codes(text);
        let mut marks = Self {
            standing: Vec::new(),
            dressing: Vec::new(),
            lonely: lonely(text, &all),
        };
        let mut images = Vec::new();
        for span in all {
            let code = span.of(text);
            if matches!(code, "[" | "![") {
                // A link is its destination; its bracket only says of which kind it is.
                images.push(code == "![");
            } else if code.chars().all(|c| matches!(c, '*' | '_' | '~')) {
                marks.dressing.push(span);
            } else if code.starts_with("<!--") && code.contains("zm:allow") {
                // What is allowed in a row of a table stands in it, for this program alone.
            } else if seg_url::bare(code).is_none() {
                let link = code.starts_with(']');
                let image = link && images.pop().unwrap_or_default();
                let text = match (link, image) {
                    (true, true) => format!("![{}", destination(code)),
                    (true, false) => destination(code),
                    _ => code.to_owned(),
                };
                let key = key(&text, link);
                marks.standing.push(Code { span, text, key });
            }
        }
        marks
    }

    /// How many pairs of a mark there are; `__` is another way to write `**`.
    fn pairs(&self, text: &str, mark: &str) -> usize {
        let same = |span: &&Span| starred(span.of(text)) == mark;
        self.dressing.iter().filter(same).count() / 2
    }
}

/// A link's end without its title, which is text: `](a.md "Title")` → `](a.md)`.
fn destination(code: &str) -> String {
    let inside = code.strip_prefix("](").and_then(|c| c.strip_suffix(')'));
    let Some(inside) = inside.map(str::trim) else {
        return code.to_owned(); // ][reference]
    };
    let bracketed = inside
        .strip_prefix('<')
        .and_then(|rest| rest.split_once('>'));
    let address = bracketed.map_or_else(
        || inside.split_whitespace().next().unwrap_or_default(),
        |(address, _)| address,
    );
    format!("]({address})")
}

/// What is compared of tags and placeholders depends on those of the other text.
fn agree(source: &mut [Code], target: &mut [Code]) {
    let [from, to] = keys([&written(source), &written(target)]);
    let all = source.iter_mut().zip(from);
    for (code, key) in all.chain(target.iter_mut().zip(to)) {
        if code.text.starts_with('<') {
            code.key = tag_key(&key);
        } else if code.text.starts_with('%') {
            code.key = key;
        }
    }
}

fn written(codes: &[Code]) -> Vec<&str> {
    codes.iter().map(|code| code.text.as_str()).collect()
}

/// What is compared of a code; a reference's label may be translated.
fn key(text: &str, link: bool) -> String {
    let Some((image, rest)) = text.split_once("](").filter(|_| link) else {
        return match text.split_once("][") {
            Some((image, _)) if link => format!("{image}][]"),
            _ => text.to_owned(),
        };
    };
    let address = rest.strip_suffix(')').unwrap_or(rest);
    format!("{image}]({})", address_key(address))
}

/// What is compared of a tag from which the words were taken out.
fn tag_key(tag: &str) -> String {
    static ADDRESS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?i)(\s(?:href|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')"#).ok());
    let Some(address) = ADDRESS.as_ref() else {
        return tag.to_owned();
    };
    let key = |found: &Captures<'_>| {
        let part = |at: usize| found.get(at).map(|part| part.as_str());
        let said = part(2).or(part(3)).unwrap_or_default();
        [part(1).unwrap_or_default(), &address_key(said)].concat()
    };
    address.replace_all(tag, key).into_owned()
}

/// What is compared of an address. A path leads from its own file, so only the
/// file's name counts, without its language and without the place in it, which
/// is a heading's name as a rule.
fn address_key(address: &str) -> String {
    if absolute(address) {
        return address.to_owned();
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let said = |part: &&str| !matches!(*part, "" | "." | "..") && tag(part).is_none();
    let file = path.rsplit('/').find(said).unwrap_or_default();
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let stem = tagged(stem).map_or(stem, |(stem, _)| stem);
    let file = format!("{stem}.{extension}").to_lowercase();
    file.replace('_', "-")
}

/// Whether an address is the same from everywhere.
fn absolute(address: &str) -> bool {
    address.contains("://") || address.starts_with("//") || address.starts_with("mailto:")
}

/// Whether two links lead to a site's pages in two languages.
fn sister(code: &Code, other: &Code) -> bool {
    let site = |code: &Code| {
        let (image, address) = code.text.split_once("](")?;
        let address = address.strip_suffix(')')?;
        absolute(address).then(|| (image.to_owned(), seg_url::key(address)))
    };
    site(code).is_some_and(|this| site(other) == Some(this))
}

/// An emphasis mark written with `*`.
fn starred(mark: &str) -> String {
    mark.replace('_', "*")
}

/// The runs of `*` that are no code: they have lost their partner.
fn lonely(text: &str, codes: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let here = Span::new(at, at + c.len_utf8());
        let free = c == '*' && !escaped && !codes.iter().any(|code| code.contains(here));
        escaped = c == '\\' && !escaped;
        if !free {
            continue;
        }
        match found.last_mut() {
            Some(run) if run.end == here.start => run.end = here.end,
            _ => found.push(here),
        }
    }
    found
}

/// Codes lost, invented or exchanged. Their order is free.
fn standing(view: &View<'_>, source: &Marks, target: &Marks, drafts: &mut Vec<Draft>) {
    let mut extra: Vec<&Code> = target.standing.iter().collect();
    let mut missing: Vec<&Code> = source.standing.iter().collect();
    missing.retain(|code| {
        let same = extra.iter().position(|other| other.key == code.key);
        same.map(|at| extra.remove(at)).is_none()
    });
    // A label that stands in the source as the words of its link: [home page].
    extra.retain(|code| {
        let label = code.text.strip_prefix(']');
        let label = label.filter(|label| label.starts_with('[') && label.len() > 2);
        label.is_none_or(|label| !view.source.text.contains(label))
    });
    for code in missing {
        let wanted = &code.text;
        // One of the same kind that the source has not took its place: one fault, one finding.
        let near = extra.iter().position(|other| sister(code, other));
        let instead = near.or_else(|| extra.iter().position(|other| kind(other) == kind(code)));
        let wrong = instead.map(|at| extra.remove(at));
        drafts.push(if let Some(wrong) = wrong {
            let message = format!("“{}” is not the source's “{wanted}”", wrong.text);
            Draft {
                at_most: if near.is_some() {
                    Severity::Note
                } else {
                    Severity::Error
                },
                suggestions: vec![wanted.clone()],
                related: vec![view.source.at(code.span)],
                ..Draft::new(view.target.at(wrong.span), message)
            }
        } else {
            let message = format!("“{wanted}” is not in the translation");
            Draft {
                suggestions: vec![wanted.clone()],
                ..Draft::new(view.source.at(code.span), message)
            }
        });
    }
    for code in extra {
        let message = format!("the source has no “{}”", code.text);
        drafts.push(Draft::new(view.target.at(code.span), message));
    }
}

/// What a code begins with says what it is: link or image, footnote, tag, code, placeholder.
fn kind(code: &Code) -> Option<char> {
    let first = code.text.trim_start_matches('!').chars().next();
    let first = first.map(|c| if code.text.starts_with('!') { ']' } else { c });
    first.filter(|c| !c.is_alphanumeric())
}

/// Emphasis that was lost, and marks without a partner. More emphasis than the
/// source has is the translator's: a book title in 《》 is in italics in English.
fn emphasis(view: &View<'_>, source: &Marks, target: &Marks, drafts: &mut Vec<Draft>) {
    let warning = |at, message| Draft {
        at_most: Severity::Warning,
        ..Draft::new(at, message)
    };
    let (from, to) = (view.source.text, view.target.text);
    if let Some(run) = target
        .lonely
        .get(source.lonely.len()..)
        .unwrap_or_default()
        .first()
    {
        let mark = run.of(to);
        let message = format!("“{mark}” has no partner");
        drafts.push(warning(view.target.at(*run), message));
        return;
    }
    let titles = |text: &str| text.chars().filter(|c| *c == '《').count();
    let mut told: Vec<String> = Vec::new();
    for span in &source.dressing {
        let mark = starred(span.of(from));
        if told.contains(&mark) {
            continue;
        }
        let there = target.pairs(to, &mark);
        let instead = if mark == "*" {
            titles(to).saturating_sub(titles(from))
        } else {
            0
        };
        if there + instead < source.pairs(from, &mark) {
            let message = format!("the emphasis “{mark}” is not in the translation");
            drafts.push(Draft {
                suggestions: vec![mark.clone()],
                ..warning(view.source.at(*span), message)
            });
        }
        told.push(mark);
    }
}
