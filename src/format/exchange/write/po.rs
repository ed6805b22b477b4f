//! GNU gettext PO, from one language.

use std::collections::HashMap;
use std::io::{self, Write};

use super::super::tmx::TOOL;
use super::{Pair, Tags};
use crate::lang::Lang;
use crate::model::document::State;
use crate::text::hash;

#[derive(Debug)]
pub(super) struct Po<W: Write> {
    out: W,
    from: Lang,
    /// How often each original was written: a second one needs a context.
    seen: HashMap<u64, u32>,
}

impl<W: Write> Po<W> {
    pub(super) fn new(mut out: W, tags: &Tags, from: Lang) -> io::Result<Self> {
        let underscored = |lang: Lang| tags.of(lang).replace('-', "_");
        let (source, target) = (underscored(from), underscored(from.other()));
        let forms = match from.other() {
            Lang::Zh => "nplurals=1; plural=0;",
            Lang::En => "nplurals=2; plural=(n != 1);",
        };
        write!(
            out,
            "msgid \"\"\nmsgstr \"\"\n\"Language: {target}\\n\"\n\"X-Source-Language: {source}\\n\"\n\
             \"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
             \"Content-Transfer-Encoding: 8bit\\n\"\n\"Plural-Forms: {forms}\\n\"\n\"X-Generator: {TOOL}\\n\"\n"
        )?;
        let seen = HashMap::new();
        Ok(Self { out, from, seen })
    }

    /// Whether a pair is of its direction.
    pub(super) fn takes(&self, pair: Pair<'_>) -> bool {
        pair.from == self.from
    }

    pub(super) fn unit(
        &mut self,
        pair: Pair<'_>,
        lose: &mut dyn FnMut(&'static str),
    ) -> io::Result<()> {
        let unit = pair.unit;
        for (value, name) in [
            (&unit.when, "the date"),
            (&unit.who, "the person"),
            (&unit.prev, "the segment before"),
            (&unit.next, "the segment after"),
            (&unit.subject, "the subject"),
        ] {
            if !value.is_empty() {
                lose(name);
            }
        }
        if unit.aligned || !matches!(unit.state, State::Draft | State::Translated) {
            lose("states beyond fuzzy or not");
        }
        writeln!(self.out)?;
        for line in unit.note.split('\n').filter(|_| !unit.note.is_empty()) {
            writeln!(self.out, "# {line}")?;
        }
        if !unit.document.is_empty() {
            self.places(&unit.document)?;
        }
        if unit.state < State::Translated {
            writeln!(self.out, "#, fuzzy")?;
        }
        let seen = self
            .seen
            .entry(hash::bytes(pair.source.as_bytes()))
            .or_default();
        *seen += 1;
        if *seen > 1 {
            let context = seen.to_string();
            self.string("msgctxt", &context)?;
        }
        self.string("msgid", pair.source)?;
        self.string("msgstr", pair.target)
    }

    /// The documents, as the places a text stands at.
    fn places(&mut self, document: &str) -> io::Result<()> {
        write!(self.out, "#:")?;
        for file in document.split(" | ") {
            let file = file.replace(['\n', '\t'], " ");
            // A name with spaces stands between isolates, by gettext 0.22.
            if file.contains(char::is_whitespace) {
                write!(self.out, " \u{2068}{file}\u{2069}")?;
            } else {
                write!(self.out, " {file}")?;
            }
        }
        writeln!(self.out)
    }

    /// A keyword with its string, a line of the text on each line.
    fn string(&mut self, keyword: &str, text: &str) -> io::Result<()> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        if let [] | [_] = lines.as_slice() {
            return writeln!(self.out, "{keyword} \"{}\"", escaped(text));
        }
        writeln!(self.out, "{keyword} \"\"")?;
        for line in lines {
            writeln!(self.out, "\"{}\"", escaped(line))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text between quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            c => out.push(c),
        }
    }
    out
}
