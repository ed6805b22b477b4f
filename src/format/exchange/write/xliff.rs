//! XLIFF 1.2, a `<file>` for each run of units of one document and direction.
//! What the format has no place of its own for is written as contexts
//! (`x-when`, `x-prev`, …), which other tools pass over.

use std::io::{self, Write};

use super::super::tmx::TOOL;
use super::code::{Dialect, Numbers, segment};
use super::{CHARACTERS, Pair, Tags};
use crate::lang::Lang;
use crate::model::document::State;
use crate::xml;

#[derive(Debug)]
pub(super) struct Xliff<W: Write> {
    out: xml::Writer<W>,
    tags: Tags,
    /// The document and direction of the `<file>` that is open.
    open: Option<(String, Lang)>,
    units: u64,
}

impl<W: Write> Xliff<W> {
    pub(super) fn new(out: W, tags: Tags) -> io::Result<Self> {
        let mut out = xml::Writer::new(out);
        out.declaration()?;
        let root = [
            ("version", "1.2"),
            ("xmlns", "urn:oasis:names:tc:xliff:document:1.2"),
        ];
        out.start("xliff", &root)?;
        out.raw("\n")?;
        Ok(Self {
            out,
            tags,
            open: None,
            units: 0,
        })
    }

    pub(super) fn unit(
        &mut self,
        pair: Pair<'_>,
        lose: &mut dyn FnMut(&'static str),
    ) -> io::Result<()> {
        let unit = pair.unit;
        self.file(&unit.document, pair.from)?;
        self.units += 1;
        let id = self.units.to_string();
        self.out.start("trans-unit", &[("id", &id)])?;
        let mut numbers = Numbers::default();
        self.out.start("source", &[])?;
        segment(&mut self.out, Dialect::Xliff, pair.source, &mut numbers)?;
        self.out.end("source")?;
        let state = match unit.state {
            _ if unit.aligned => "x-aligned",
            State::Initial => "x-initial",
            State::Draft => "needs-adaptation",
            State::Translated => "translated",
            State::Reviewed => "signed-off",
            State::Final => "final",
        };
        self.out.start("target", &[("state", state)])?;
        segment(&mut self.out, Dialect::Xliff, pair.target, &mut numbers)?;
        self.out.end("target")?;
        let contexts = [
            ("x-when", &unit.when),
            ("x-who", &unit.who),
            ("x-subject", &unit.subject),
            ("x-prev", &unit.prev),
            ("x-next", &unit.next),
        ];
        if contexts.iter().any(|(_, value)| !value.is_empty()) {
            self.out
                .start("context-group", &[("purpose", "x-zhengming")])?;
            for (kind, value) in contexts.iter().filter(|(_, value)| !value.is_empty()) {
                self.out
                    .element("context", &[("context-type", kind)], value)?;
            }
            self.out.end("context-group")?;
        }
        if !unit.note.is_empty() {
            self.out.element("note", &[], &unit.note)?;
        }
        if !pair.fits_xml() {
            lose(CHARACTERS);
        }
        self.out.end("trans-unit")?;
        self.out.raw("\n")
    }

    /// Goes on with the open `<file>`, or begins another.
    fn file(&mut self, document: &str, from: Lang) -> io::Result<()> {
        if self
            .open
            .as_ref()
            .is_some_and(|(d, f)| d == document && *f == from)
        {
            return Ok(());
        }
        self.close()?;
        let attributes = [
            ("original", document),
            ("source-language", self.tags.of(from)),
            ("target-language", self.tags.of(from.other())),
            ("datatype", "plaintext"),
        ];
        self.out.start("file", &attributes)?;
        self.out.raw("<header>")?;
        let tool = [("tool-id", TOOL), ("tool-name", TOOL)];
        self.out.empty("tool", &tool)?;
        self.out.raw("</header><body>\n")?;
        self.open = Some((document.to_owned(), from));
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        if self.open.take().is_some() {
            self.out.raw("</body></file>\n")?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.close()?;
        self.out.raw("</xliff>\n")?;
        self.out.into_inner().flush()
    }
}
