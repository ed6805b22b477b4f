//! Markdown: `CommonMark` with tables, footnotes, strikethrough, task lists,
//! alerts, heading attributes, and YAML or TOML front matter.
//!
//! The parser only says where things are; the file's own bytes are kept.
//! Translated is the inline content of each leaf block, as written. Code
//! blocks, HTML blocks, link reference definitions and front matter stay,
//! except for the front matter's `title`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::inline::{self, Told, after_prefix};
use super::{Content, Format, Lines, Paragraph, Reading, RunKind, date, scalar};
use crate::model::document::{Block, Slot};
use crate::span::Span;
use crate::text::count::plural;

/// Markdown files.
pub const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown", "mkd", "mdown"],
    sniff,
    read: Reading::Text(read),
};

/// The code blocks of a text, fences included; one that is not closed goes on to the end.
///
/// ```
/// use zhengming::format::markdown::code_blocks;
/// let text = "一\n````\n```\n二\n```\n````\n三\n~~~\n四";
/// let blocks: Vec<_> = code_blocks(text).iter().map(|at| at.of(text).trim_end()).collect();
/// assert_eq!(blocks, ["````\n```\n二\n```\n````", "~~~\n四"]);
/// ```
pub fn code_blocks(text: &str) -> Vec<Span> {
    let parts = Parser::new_ext(text, options()).into_offset_iter();
    let blocks = parts.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
    blocks.map(|(_, range)| range.into()).collect()
}

/// A text that begins with front matter, or has a heading line, is taken for Markdown.
fn sniff(text: &str) -> bool {
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    text.starts_with("---\n") || text.lines().take(200).any(heading)
}

/// The dialect.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

fn read(text: &str) -> Content {
    let mut walk = Walk {
        text,
        lines: Lines::new(text),
        content: Content::default(),
        blocks: Vec::new(),
        leaf: None,
        verbatim: false,
        html: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        walk.event(event, range);
    }
    walk.close();
    walk.note_html();
    // A footnote's text stands where it was written, but the parser may tell it later.
    walk.content
        .paragraphs
        .sort_by_key(|paragraph| paragraph.runs.first().map(|run| run.at.start));
    walk.content
}

/// A block that holds others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Quote,
    Item,
    Other,
}

/// A leaf block being read.
struct Leaf {
    block: Block,
    slot: Slot,
    told: Told,
    whole: Vec<Span>,
    /// HTML tags that are open: name, first byte.
    tags: Vec<(String, usize)>,
    start: usize,
    end: usize,
}

struct Walk<'a> {
    text: &'a str,
    lines: Lines<'a>,
    content: Content,
    blocks: Vec<Holder>,
    leaf: Option<Leaf>,
    /// Inside a code block or front matter.
    verbatim: bool,
    /// HTML blocks, to be told once.
    html: Vec<Range<usize>>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(end) => self.end(end),
            Event::Text(_) if self.verbatim => {}
            Event::Text(_) => self.told(range, RunKind::Text),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.whole(&range);
                self.told(range, RunKind::Word);
            }
            Event::InlineHtml(_) => {
                let tag = Span::from(range.clone()).of(self.text).to_ascii_lowercase();
                let line_break = tag.starts_with("<br") && !tag.contains(['"', '\n']);
                self.tag(&tag, &range);
                let kind = if line_break {
                    RunKind::Hard
                } else {
                    RunKind::Mark
                };
                self.told(range, kind);
            }
            Event::FootnoteReference(_) => {
                self.whole(&range);
                self.told(range, RunKind::Mark);
            }
            Event::SoftBreak => self.told(range, RunKind::Soft),
            Event::HardBreak => self.told(range, RunKind::Hard),
            Event::Html(_) => self.html.push(range),
            Event::Rule => self.close(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. } => self.whole(&range),
            Tag::Link { link_type, .. } => {
                self.whole(&range);
                if matches!(*link_type, LinkType::Autolink | LinkType::Email) {
                    self.told(range, RunKind::Word);
                }
            }
            _ => {
                self.close();
                match tag {
                    Tag::Paragraph => self.open(self.block(), Slot::Lines),
                    Tag::Heading { .. } => self.open(Block::Heading, Slot::Line),
                    Tag::TableCell => self.open(Block::Cell, Slot::Cell),
                    Tag::BlockQuote(_) => self.blocks.push(Holder::Quote),
                    Tag::Item => self.blocks.push(Holder::Item),
                    Tag::FootnoteDefinition(_) => self.blocks.push(Holder::Other),
                    Tag::CodeBlock(_) => self.verbatim = true,
                    Tag::MetadataBlock(_) => {
                        self.verbatim = true;
                        self.front_matter(range);
                    }
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::Link => {}
            _ => {
                self.close();
                match end {
                    TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                        self.blocks.pop();
                    }
                    TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.verbatim = false,
                    _ => {}
                }
            }
        }
    }

    /// What running text here is.
    fn block(&self) -> Block {
        match self.blocks.iter().rev().find(|b| **b != Holder::Other) {
            Some(Holder::Item) => Block::Item,
            Some(Holder::Quote) => Block::Quote,
            _ => Block::Paragraph,
        }
    }

    fn open(&mut self, block: Block, slot: Slot) {
        self.leaf = Some(Leaf {
            block,
            slot,
            told: Vec::new(),
            whole: Vec::new(),
            tags: Vec::new(),
            start: usize::MAX,
            end: 0,
        });
    }

    /// The leaf being read; the text of a tight list's item opens one without being announced.
    fn leaf(&mut self, range: &Range<usize>) -> Option<&mut Leaf> {
        if self.leaf.is_none() {
            self.open(self.block(), Slot::Lines);
        }
        let leaf = self.leaf.as_mut()?;
        leaf.start = leaf.start.min(range.start);
        leaf.end = leaf.end.max(range.end);
        Some(leaf)
    }

    fn told(&mut self, range: Range<usize>, kind: RunKind) {
        if let Some(leaf) = self.leaf(&range) {
            match leaf.told.last_mut() {
                // An autolink was told as one word: the text inside it is that word.
                Some((last, _)) if range.end <= last.end => {}
                // Text is told in pieces: at every `*` that is no mark, at every entity.
                Some((last, RunKind::Text)) if kind == RunKind::Text && last.end == range.start => {
                    last.end = range.end;
                }
                _ => leaf.told.push((range, kind)),
            }
        }
    }

    fn whole(&mut self, range: &Range<usize>) {
        if let Some(leaf) = self.leaf(range) {
            leaf.whole.push(range.clone().into());
        }
    }

    /// An HTML tag: what it opens and closes belongs together.
    fn tag(&mut self, tag: &str, range: &Range<usize>) {
        self.whole(range);
        let Some(leaf) = self.leaf.as_mut() else {
            return;
        };
        let name = |rest: &str| -> String {
            rest.chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        };
        if let Some(rest) = tag.strip_prefix("</") {
            let name = name(rest);
            if let Some(open) = leaf.tags.iter().rposition(|(open, _)| *open == name)
                && let Some((_, start)) = leaf.tags.get(open)
            {
                leaf.whole.push(Span::new(*start, range.end));
                // Anything opened after it was never closed.
                leaf.tags.truncate(open);
            }
        } else if let Some(rest) = tag.strip_prefix('<')
            && !tag.ends_with("/>")
        {
            leaf.tags.push((name(rest), range.start));
        }
    }

    /// The leaf is complete.
    fn close(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        if leaf.told.is_empty() {
            return;
        }
        let quotes = self.blocks.iter().filter(|b| **b == Holder::Quote).count();
        let text = self.text;
        let mut start = leaf.start;
        // An escape's backslash belongs to the text but is not told.
        if Span::new(start.saturating_sub(1), start).of(text) == "\\" {
            start -= 1;
        }
        let at = Span::new(start, leaf.end);
        let mut whole = leaf.whole;
        let runs = inline::runs(text, at, leaf.told, quotes, &mut whole);
        let prefix = match leaf.slot {
            Slot::Lines => self.prefix(at, quotes),
            _ => String::new(),
        };
        self.content.paragraphs.push(Paragraph {
            block: leaf.block,
            slot: leaf.slot,
            prefix,
            runs,
            whole,
        });
    }

    /// What begins a further line of a paragraph: as its second line has it, or
    /// else the first line's, with spaces for a list's marker.
    fn prefix(&self, at: Span, quotes: usize) -> String {
        if let Some(end) = at.of(self.text).find('\n') {
            let line = at.start as usize + end + 1;
            return Span::new(line, after_prefix(self.text, line, quotes))
                .of(self.text)
                .to_owned();
        }
        let line = self.lines.start(at.start);
        let before = Span {
            start: line,
            end: at.start,
        }
        .of(self.text);
        let blank = |c: char| if c == '>' || c == '\t' { c } else { ' ' };
        before.chars().map(blank).collect()
    }

    /// `title` is a unit, `date` the document's date; the rest is for programs.
    fn front_matter(&mut self, range: Range<usize>) {
        let end = range.end;
        let mut at = range.start;
        for line in Span::from(range).of(self.text).split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some((key, value)) = line.split_once([':', '=']) else {
                continue;
            };
            let yaml = !line.starts_with(&[key, "="].concat());
            let lead = value.len() - value.trim_start_matches([' ', '\t']).len();
            let value_at = start + key.len() + 1 + lead;
            match key.trim_end() {
                "title" => self.title(Span::new(value_at, end), value.trim(), yaml),
                "date" | "Date" | "DATE" | "日期" if self.content.date.is_none() => {
                    self.date(value_at, value.trim());
                }
                _ => {}
            }
        }
    }

    fn date(&mut self, at: usize, value: &str) {
        let bare = value.trim_matches(['"', '\'']);
        self.content.date = date::written(bare);
        if self.content.date.is_none() && !bare.is_empty() {
            let message = "the document's date cannot be read: write dates like 2025-11-24";
            let at = Span::new(at, at + value.len());
            self.content.notes.push((at, message.to_owned()));
        }
    }

    /// `at` is the front matter from the title on, and `line` what the title's line has of it.
    fn title(&mut self, at: Span, line: &str, yaml: bool) {
        // A comment alone is no title.
        if line.starts_with('#') {
            return;
        }
        let start = at.start as usize;
        let Some(value) = scalar::value(at.of(self.text), start, yaml) else {
            let message = "this title is left as it is: its escapes or lines are not read here, or it is no text";
            let at = Span::new(start, start + line.len());
            self.content.notes.push((at, message.to_owned()));
            return;
        };
        let mut texts = value.runs.iter().map(|run| run.at.of(self.text));
        if texts.all(|text| text.trim().is_empty()) {
            return;
        }
        self.content.paragraphs.push(Paragraph {
            block: Block::Heading,
            slot: value.slot,
            runs: value.runs,
            prefix: value.prefix,
            ..Paragraph::default()
        });
    }

    /// Text in HTML blocks is not translated: say so, once.
    fn note_html(&mut self) {
        let text = self.text;
        let mut tag = false;
        let mut worded = |range: &Range<usize>| {
            let mut letters = false;
            for c in Span::from(range.clone()).of(text).chars() {
                match c {
                    '<' => tag = true,
                    '>' => tag = false,
                    c => letters |= !tag && c.is_alphabetic(),
                }
            }
            letters
        };
        let with_text: Vec<_> = self.html.iter().filter(|range| worded(range)).collect();
        if let Some(first) = with_text.first() {
            let at = trimmed_line(text, first.start);
            let message = format!(
                "{} of HTML hold text that is left as it is; the first stands here",
                plural(with_text.len(), "line")
            );
            self.content.notes.push((at, message));
        }
    }
}

fn trimmed_line(text: &str, at: usize) -> Span {
    let line = text.get(at..).and_then(|rest| rest.lines().next());
    Span::new(at, at + line.unwrap_or("").len())
}
