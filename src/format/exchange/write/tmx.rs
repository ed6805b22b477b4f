//! TMX 1.4, level 2.

use std::io::{self, Write};

use super::super::tmx::TOOL;
use super::code::{Dialect, Numbers, segment};
use super::{CHARACTERS, Pair, Tags};
use crate::lang::Lang;
use crate::model::document::State;
use crate::xml;

#[derive(Debug)]
pub(super) struct Tmx<W: Write> {
    out: xml::Writer<W>,
    tags: Tags,
}

impl<W: Write> Tmx<W> {
    pub(super) fn new(out: W, tags: Tags) -> io::Result<Self> {
        let mut out = xml::Writer::new(out);
        out.declaration()?;
        out.raw("<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n")?;
        out.start("tmx", &[("version", "1.4")])?;
        out.raw("\n")?;
        let header = [
            ("creationtool", TOOL),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "Zhengming TSV"),
            ("adminlang", "en"),
            ("srclang", "*all*"),
            ("datatype", "plaintext"),
        ];
        out.empty("header", &header)?;
        out.raw("\n<body>\n")?;
        Ok(Self { out, tags })
    }

    pub(super) fn unit(
        &mut self,
        pair: Pair<'_>,
        lose: &mut dyn FnMut(&'static str),
    ) -> io::Result<()> {
        let unit = pair.unit;
        let when = stamp(&unit.when);
        let mut attributes = vec![("srclang", self.tags.of(pair.from))];
        if let Some(when) = &when {
            attributes.push(("changedate", when));
        }
        if !unit.who.is_empty() {
            attributes.push(("changeid", &unit.who));
        }
        self.out.start("tu", &attributes)?;
        let state = if unit.aligned {
            "aligned"
        } else {
            unit.state.name()
        };
        let state = if unit.state == State::Translated && !unit.aligned {
            ""
        } else {
            state
        };
        let odd = if when.is_none() {
            unit.when.as_str()
        } else {
            ""
        };
        for (kind, value) in [
            ("x-document", unit.document.as_str()),
            ("x-subject", &unit.subject),
            ("x-state", state),
            ("x-when", odd),
            ("x-prev", &unit.prev),
            ("x-next", &unit.next),
        ] {
            if !value.is_empty() {
                self.out.element("prop", &[("type", kind)], value)?;
            }
        }
        if !unit.note.is_empty() {
            self.out.element("note", &[], &unit.note)?;
        }
        let mut numbers = Numbers::default();
        for (lang, text) in [(pair.from, pair.source), (pair.from.other(), pair.target)] {
            self.variant(lang, text, &mut numbers)?;
        }
        if !pair.fits_xml() {
            lose(CHARACTERS);
        }
        self.out.end("tu")?;
        self.out.raw("\n")
    }

    fn variant(&mut self, lang: Lang, text: &str, numbers: &mut Numbers) -> io::Result<()> {
        self.out.start("tuv", &[("xml:lang", self.tags.of(lang))])?;
        self.out.start("seg", &[])?;
        segment(&mut self.out, Dialect::Tmx, text, numbers)?;
        self.out.end("seg")?;
        self.out.end("tuv")
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.raw("</body>\n</tmx>\n")?;
        self.out.into_inner().flush()
    }
}

/// A date as TMX writes it; `None` where that would say something else.
fn stamp(when: &str) -> Option<String> {
    let shape: String = when
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    (shape == "9999-99-99T99:99:99Z" && when.parse::<jiff::Timestamp>().is_ok())
        .then(|| when.replace(['-', ':'], ""))
}
