//! Word files (DOCX).
//!
//! The document's text is what a translator sees: one paragraph a line, those of
//! the body, then of foot- and endnotes, headers, footers and comments. Where the
//! formatting changes there is `<g id="1">…</g>`, as around links and insertions;
//! a tab, a picture, a field or a note's number is `<x id="2"/>`. Deleted text and
//! bookmarks are not shown, and stay.
//!
//! Written are the paragraphs with a translation; every other part of the
//! archive is copied as it is, and so is all else in a part that changes.

mod names;
mod part;
mod write;

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::html::token::{self, Kind};
use super::{Archive, Content, Format, Reading, mark, workbook};
use crate::model::document::{Block, Slot};
use crate::span::{Span, halves};
use part::Passage;

/// Word files.
pub const FORMAT: Format = Format {
    name: "docx",
    extensions: &["docx"],
    sniff: |_| false,
    read: Reading::Archive(Archive { unpack, pack }),
};

/// A part of the archive that holds text.
struct Story {
    name: String,
    xml: String,
    /// Its paragraphs, and where each is in the document's text.
    passages: Vec<(Passage, Span)>,
}

/// The document's text and what it is made of.
struct Unpacked {
    stories: Vec<Story>,
    text: String,
    content: Content,
}

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn unpack(bytes: &[u8]) -> Result<(String, Content), String> {
    let unpacked = unpacked(bytes)?;
    Ok((unpacked.text, unpacked.content))
}

fn opened(bytes: &[u8]) -> Result<Zip<'_>, String> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message =
            "is locked by a password, or of an older Word: save it as DOCX without one first";
        return Err(message.to_owned());
    }
    workbook::unpacked(bytes)?;
    ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("is a broken archive ({e})"))
}

fn unpacked(bytes: &[u8]) -> Result<Unpacked, String> {
    let mut zip = opened(bytes)?;
    let mut names: Vec<(usize, String)> = zip
        .file_names()
        .flatten()
        .filter_map(|name| Some((rank(&name)?, name.into_owned())))
        .collect();
    names.sort();
    if !names.iter().any(|(rank, _)| *rank == 0) {
        return Err("is no Word file: it has no part for the text".to_owned());
    }
    let styles = content(&mut zip, "word/styles.xml").unwrap_or_default();
    let styles = self::styles(&names::sound(&styles).unwrap_or(Cow::Borrowed(&styles)));
    let mut all = Unpacked {
        stories: Vec::new(),
        text: String::new(),
        content: Content::default(),
    };
    let mut shown = Vec::new();
    for (_, name) in names {
        let xml = content(&mut zip, &name)?;
        let sound = names::sound(&xml);
        let xml = sound
            .map_err(|why| format!("is a broken Word file ({name}: {why})"))?
            .into_owned();
        let mut passages = Vec::new();
        for passage in part::passages(&xml) {
            let start = all.text.len();
            let parts = write::shown(&passage, &mut all.text);
            let at = Span::new(start, all.text.len());
            if passage.deep {
                let message = "what is nested more than 32 deep here is left as it is";
                all.content.notes.push((at, message.to_owned()));
            }
            all.text.push('\n');
            shown.push((parts, block(&xml, &passage, &styles)));
            passages.push((passage, at));
        }
        all.stories.push(Story {
            name,
            xml,
            passages,
        });
    }
    if all.text.len() > u32::MAX as usize / 3 {
        return Err("too large to be one document: split it".to_owned());
    }
    for (parts, block) in shown {
        let (mut paragraph, _) = mark::paragraph(&all.text, &parts);
        if !paragraph.runs.is_empty() {
            paragraph.block = block;
            paragraph.slot = Slot::Runs;
            all.content.paragraphs.push(paragraph);
        }
    }
    Ok(all)
}

/// In which order the parts with text are read; `None` for all others.
fn rank(name: &str) -> Option<usize> {
    const STEMS: [&str; 6] = [
        "document",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "comments",
    ];
    let stem = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    STEMS.iter().position(|known| *known == stem)
}

/// A part's text.
fn content(zip: &mut Zip<'_>, name: &str) -> Result<String, String> {
    let broken = |why: String| format!("is a broken archive ({name}: {why})");
    let mut part = zip.by_name(name).map_err(|e| broken(e.to_string()))?;
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes)
        .map_err(|e| broken(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| broken("not in UTF-8".to_owned()))
}

/// The names of the styles that say what a paragraph is, by their ids.
fn styles(xml: &str) -> Vec<(String, Block)> {
    let mut found = Vec::new();
    let mut id = None;
    for token in token::tokens(xml) {
        if token.name == "w:style" && token.kind == Kind::Open {
            id = token.attribute(xml, "w:styleid");
        } else if token.name == "w:name"
            && let Some(id) = id.take()
            && let Some(name) = token.attribute(xml, "w:val")
            && let Some(block) = named(name.of(xml))
        {
            found.push((id.of(xml).to_owned(), block));
        }
    }
    found
}

/// What a style's name says of a paragraph.
fn named(style: &str) -> Option<Block> {
    let style = style.to_lowercase();
    let begins = |names: &[&str]| names.iter().any(|name| style.starts_with(*name));
    if begins(&["heading", "title", "subtitle", "标题", "標題", "副标题"]) {
        Some(Block::Heading)
    } else if begins(&["quote", "intense quote", "引用"]) {
        Some(Block::Quote)
    } else if begins(&["list", "列表", "清單"]) {
        Some(Block::Item)
    } else {
        None
    }
}

/// What kind of text a paragraph is.
fn block(xml: &str, passage: &Passage, styles: &[(String, Block)]) -> Block {
    let properties = passage.properties.of(xml);
    let tokens = token::tokens(properties);
    let value = |name: &str| {
        let token = tokens.iter().find(|token| token.name == name)?;
        token
            .attribute(properties, "w:val")
            .map(|at| at.of(properties))
    };
    let has = |name: &str| tokens.iter().any(|token| token.name == name);
    let style = value("w:pstyle");
    let said = styles.iter().find(|(id, _)| Some(id.as_str()) == style);
    let said = said.map(|(_, block)| *block);
    match said {
        Some(Block::Heading) => Block::Heading,
        _ if value("w:outlinelvl").is_some_and(|level| level < "9") => Block::Heading,
        _ if passage.cell => Block::Cell,
        Some(block) => block,
        None if has("w:numpr") => Block::Item,
        None => Block::Paragraph,
    }
}

/// The archive with new texts in place of some stretches of the document's text.
fn pack(bytes: &[u8], changes: &[(Span, String)]) -> Result<Vec<u8>, String> {
    let unpacked = unpacked(bytes)?;
    let mut zip = opened(bytes)?;
    let failed = |e: zip::result::ZipError| format!("cannot be written ({e})");
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..zip.len() {
        let part = zip.by_index_raw(at).map_err(failed)?;
        let name = part.name().map_err(failed)?.into_owned();
        let story = unpacked.stories.iter().find(|story| story.name == name);
        let new = story.and_then(|story| story.rewritten(&unpacked.text, changes));
        let Some(new) = new else {
            out.raw_copy_file(part).map_err(failed)?;
            continue;
        };
        drop(part);
        out.start_file(name, SimpleFileOptions::default())
            .map_err(failed)?;
        out.write_all(new.as_bytes())
            .map_err(|e| format!("cannot be written ({e})"))?;
    }
    Ok(out.finish().map_err(failed)?.into_inner())
}

impl Story {
    /// The part with new texts; `None` where it has none of the changes.
    fn rewritten(&self, text: &str, changes: &[(Span, String)]) -> Option<String> {
        let mut edits = write::Edits::default();
        // What stands in a text box is written before what holds that.
        for (passage, at) in self.passages.iter().rev() {
            let first = changes.partition_point(|(change, _)| change.end <= at.start);
            let change = changes
                .get(first)
                .filter(|(change, _)| at.contains(*change));
            let Some((hole, new)) = change else {
                continue;
            };
            let (before, _) = halves(at.of(text), (hole.start - at.start) as usize);
            let (_, after) = halves(at.of(text), (hole.end - at.start) as usize);
            let whole = [before, new.as_str(), after].concat();
            let xml = write::paragraph(&self.xml, passage, &whole, &edits);
            edits.put(passage.at, xml);
        }
        (!edits.is_empty()).then(|| edits.applied(&self.xml, Span::all(&self.xml)))
    }
}

#[cfg(test)]
mod tests;
