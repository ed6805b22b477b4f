//! HTML and XHTML pages.
//!
//! The file's own bytes are kept; a tokenizer says where things are. Elements
//! that begin a line of their own end a paragraph, all others are marks inside
//! it, as written. Text are also the title, the words of attributes (`alt`,
//! `title`, `placeholder`, `aria-label`, …) and what `<meta>` describes the page
//! with. Scripts, styles, code, `<pre>`, templates, comments and whatever says
//! `translate="no"` stay.

pub(super) mod token;
mod write;

use super::mark::{self, Edge, Part};
use super::{Content, Format, Paragraph, Reading, Run, RunKind, date, segment};
use crate::model::document::{Block, Slot};
use crate::span::Span;
use token::{Kind, Token};

pub(super) use write::{charset, declared, enclosed, value, written};

/// Web pages.
pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    sniff,
    read: Reading::Text(read),
};

/// A text that begins as a page does.
fn sniff(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(15).collect();
    let head = head.to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Elements that begin and end a paragraph; all others stand inside one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "base",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "datalist",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "meta",
    "nav",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "source",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
    "video",
    "xmp",
];

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Elements whose content stays, whatever it is.
const KEPT: &[&str] = &[
    "code", "iframe", "math", "noembed", "noframes", "pre", "script", "style", "svg", "template",
    "textarea", "xmp",
];

/// Of these, those that stand for no word.
const SILENT: &[&str] = &["noembed", "script", "style", "svg"];

/// An element that says what kind of text is in it, or that parts lists and tables.
struct Holder {
    name: String,
    block: Option<Block>,
}

/// Elements may be nested this deep; what is deeper counts as the text around it.
const DEPTH: usize = 256;

struct Walk<'a> {
    text: &'a str,
    content: Content,
    holders: Vec<Holder>,
    /// The paragraph being read.
    parts: Vec<Part>,
    /// Its start tags, each with the part that it is.
    tags: Vec<(usize, &'a Token)>,
}

fn read(text: &str) -> Content {
    let tokens = token::tokens(text);
    let ends = token::ends(&tokens);
    let mut walk = Walk {
        text,
        content: Content::default(),
        holders: Vec::new(),
        parts: Vec::new(),
        tags: Vec::new(),
    };
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        let here = next;
        next += 1;
        match token.kind {
            Kind::Text => mark::texts(text, token.at, &mut walk.parts),
            Kind::Aside => walk.parts.push(Part::plain(token.at, RunKind::Mark)),
            // That of an element whose tag was written as an empty one.
            Kind::Raw => {}
            Kind::Close => walk.close(token),
            Kind::Open | Kind::Empty if is_kept(text, token) => {
                let end = ends.get(here).copied().flatten().unwrap_or(here);
                let inside = tokens.get(here..=end).unwrap_or_default();
                walk.kept(inside);
                next = end + 1;
            }
            Kind::Open if token.name == "title" => {
                walk.flush();
                // Without an end tag the rest of the file would be its title.
                if let Some([title, _]) = tokens.get(next..next + 2)
                    && title.kind == Kind::Raw
                {
                    walk.value(title.at, Block::Heading);
                    next += 1;
                }
            }
            Kind::Open | Kind::Empty => walk.open(token),
        }
    }
    walk.flush();
    if let Some(last) = tokens.last() {
        walk.unclosed(last);
    }
    // The words of a paragraph's tags are told after it.
    walk.content
        .paragraphs
        .sort_by_key(|paragraph| paragraph.runs.first().map(|run| run.at.start));
    walk.content
}

/// Whether an element stays as it is.
fn is_kept(text: &str, token: &Token) -> bool {
    let classes = || token.attribute(text, "class").map(|at| at.of(text));
    let marked = || classes().is_some_and(|c| c.split_whitespace().any(|c| c == "notranslate"));
    // A page that says so of itself tells translating browsers to leave it alone.
    let page = matches!(token.name.as_str(), "html" | "body" | "head");
    KEPT.contains(&token.name.as_str())
        || (!page && (token.says(text, "translate", "no") || marked()))
}

impl<'a> Walk<'a> {
    fn open(&mut self, token: &'a Token) {
        let name = token.name.as_str();
        if is_block(name) {
            self.flush();
            self.hold(name);
            self.attributes(token);
            return;
        }
        let kind = if name == "br" {
            RunKind::Hard
        } else {
            RunKind::Mark
        };
        let edge = match token.kind {
            Kind::Empty => Edge::Neither,
            _ => Edge::Opens(name.to_owned()),
        };
        self.tags.push((self.parts.len(), token));
        self.parts.push(Part {
            at: token.at,
            kind,
            edge,
        });
    }

    fn close(&mut self, token: &Token) {
        if !is_block(&token.name) {
            self.parts.push(Part {
                at: token.at,
                kind: RunKind::Mark,
                edge: Edge::Closes(token.name.clone()),
            });
            return;
        }
        self.flush();
        let open = self.holders.iter().rposition(|h| h.name == token.name);
        if let Some(open) = open {
            self.holders.truncate(open);
        }
    }

    /// An element that stays, from its start tag to its end tag.
    fn kept(&mut self, inside: &[Token]) {
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
            return;
        };
        // A drawing's title begins no line.
        let drawn = matches!(first.name.as_str(), "svg" | "math");
        if !drawn && inside.iter().any(|token| is_block(&token.name)) {
            self.flush();
            if first.name == "textarea" {
                self.attributes(first);
            }
            return;
        }
        let silent = SILENT.contains(&first.name.as_str());
        let at = Span {
            start: first.at.start,
            end: last.at.end,
        };
        // A tag alone is a mark like others.
        let word = !silent && inside.len() > 1;
        let kind = if word { RunKind::Word } else { RunKind::Mark };
        self.parts.push(Part::plain(at, kind));
    }

    /// An element that says what its text is.
    fn hold(&mut self, name: &str) {
        let block = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Block::Heading),
            "li" | "dt" | "dd" => Some(Block::Item),
            "td" | "th" => Some(Block::Cell),
            "blockquote" => Some(Block::Quote),
            "ul" | "ol" | "dl" | "menu" | "table" | "tr" => None,
            _ => return,
        };
        // Many leave out the end tags of items and cells.
        let another = |other: &str| {
            let same = |names: &[&str]| names.contains(&name) && names.contains(&other);
            same(&["li"]) || same(&["dt", "dd"]) || same(&["td", "th"])
        };
        if self.holders.last().is_some_and(|last| another(&last.name)) {
            self.holders.pop();
        }
        if self.holders.len() < DEPTH {
            let name = name.to_owned();
            self.holders.push(Holder { name, block });
        }
    }

    /// The paragraph is complete.
    fn flush(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        let tags = std::mem::take(&mut self.tags);
        if parts.is_empty() {
            return;
        }
        let (mut paragraph, mut inside) = mark::paragraph(self.text, &parts);
        if !paragraph.runs.is_empty() && segment::has_words(self.text, &paragraph) {
            let block = self.holders.iter().rev().find_map(|holder| holder.block);
            paragraph.block = block.unwrap_or_default();
            paragraph.slot = Slot::Markup;
            self.content.paragraphs.push(paragraph);
        } else {
            inside = 0..0;
        }
        // The words of a tag inside a text are part of it.
        for (part, tag) in tags {
            if !inside.contains(&part) {
                self.attributes(tag);
            }
        }
    }

    /// The words in a start tag.
    fn attributes(&mut self, token: &Token) {
        const ANYWHERE: &[&str] = &[
            "alt",
            "title",
            "placeholder",
            "aria-label",
            "aria-description",
        ];
        let text = self.text;
        let element = token.name.as_str();
        if element == "meta" {
            self.meta(token);
        }
        if matches!(element, "meta" | "link") {
            return;
        }
        let button = ["submit", "button", "reset"]
            .iter()
            .any(|kind| token.says(text, "type", kind));
        for attribute in &token.attributes {
            let name = attribute.name.of(text).to_ascii_lowercase();
            let here = match element {
                "option" | "optgroup" | "track" => name == "label",
                "table" => name == "summary",
                "input" => name == "value" && button,
                _ => false,
            };
            if here || ANYWHERE.contains(&name.as_str()) {
                self.value(attribute.value, Block::Paragraph);
            }
        }
    }

    /// What `<meta>` says of the page.
    fn meta(&mut self, token: &Token) {
        const WORDS: &[&str] = &[
            "description",
            "keywords",
            "og:title",
            "og:description",
            "og:site_name",
            "og:image:alt",
            "twitter:title",
            "twitter:description",
            "twitter:image:alt",
            "application-name",
            "apple-mobile-web-app-title",
        ];
        const DATES: &[&str] = &["date", "dc.date", "dcterms.date", "article:published_time"];
        let text = self.text;
        let Some(content) = token.attribute(text, "content") else {
            return;
        };
        let names = ["name", "property"];
        let is = |list: &[&str]| {
            let one = |name: &&str| list.iter().any(|value| token.says(text, name, value));
            names.iter().any(one)
        };
        if is(WORDS) {
            self.value(content, Block::Paragraph);
        } else if is(DATES) && self.content.date.is_none() {
            self.content.date = date::written(content.of(text).trim());
        }
    }

    /// Text where no tag can stand.
    fn value(&mut self, at: Span, block: Block) {
        let mut parts = Vec::new();
        mark::texts(self.text, at, &mut parts);
        let runs = parts.iter().map(|part| Run {
            at: part.at,
            kind: part.kind,
        });
        let paragraph = Paragraph {
            block,
            slot: Slot::Value,
            runs: runs.collect(),
            ..Paragraph::default()
        };
        if segment::has_words(self.text, &paragraph) {
            self.content.paragraphs.push(paragraph);
        }
    }

    /// Says so where the rest of the file is passed over, for something is not closed in it.
    fn unclosed(&mut self, last: &Token) {
        let text = last.at.of(self.text);
        let open = match last.kind {
            Kind::Raw => true,
            Kind::Aside => text.starts_with("<!--") && !text.ends_with("-->"),
            _ => false,
        };
        if open && text.contains(char::is_alphabetic) {
            let line = text.lines().next().unwrap_or_default();
            let start = last.at.start as usize;
            let message = "what begins here is never closed: the rest of the file is left as it is";
            let at = Span::new(start, start + line.len());
            self.content.notes.push((at, message.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests;
