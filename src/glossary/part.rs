//! The concepts of some of a glossary's files: read as a whole, or, of a big
//! file that was read before, a few rows at a time when one of them is asked for.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use super::read::{BLOCK, Fields, Mark, Marks, read_again, read_marked, read_rows};
use crate::error::Result;
use crate::finding::{Finding, Parsed};
use crate::kept::{Bytes, Place, Record, State, Table, u32_at};
use crate::model::concept::Concept;
use crate::text::decode::{Decoded, decode};

/// What the rows of a file are kept as.
const ROWS: &str = "rows";

/// The concepts of files that follow each other. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    concepts: Arc<Concepts>,
    /// Where more is kept that was made of them: of a big file, which is a part of its own.
    pub(crate) place: Option<Place>,
}

#[derive(Debug)]
enum Concepts {
    Read(Vec<Concept>),
    Kept(Rows),
}

impl Default for Concepts {
    fn default() -> Self {
        Self::Read(Vec::new())
    }
}

impl From<Vec<Concept>> for Part {
    fn from(concepts: Vec<Concept>) -> Self {
        Self {
            concepts: Arc::new(Concepts::Read(concepts)),
            place: None,
        }
    }
}

impl Part {
    /// Reads a file, or what is kept of it in `folder`, and keeps it there if it is big.
    pub(super) fn open(path: &Arc<Path>, folder: Option<&Path>) -> Result<Parsed<Self>> {
        let big = folder.and_then(|folder| Some((folder, State::of_big(path)?)));
        let kept = big.and_then(|(folder, state)| Place::find(folder, path, state, ROWS));
        if let Some((place, sections)) = kept
            && let Some((rows, findings)) = Rows::open(path.clone(), sections)
        {
            let value = Self {
                concepts: Arc::new(Concepts::Kept(rows)),
                place: Some(place),
            };
            return Ok(Parsed { value, findings });
        }
        let bytes = super::Glossary::bytes(path)?;
        let decoded = decode(&bytes);
        let (parsed, _, marks) = read_marked(path, &bytes, &decoded);
        let mut value = Self::from(parsed.value);
        // Whatever has to be guessed is guessed, and said, every time.
        let sure = decoded.encoding == "UTF-8" && !decoded.guessed && !decoded.damaged;
        if let Some((folder, state)) = big.filter(|_| sure) {
            let place = Place::new(folder, path, state, &bytes);
            let sections = sections(decoded, &marks, value.len());
            place.put(ROWS, &sections.each_ref().map(Bytes::as_slice));
            value.place = Some(place);
        }
        Ok(Parsed {
            value,
            findings: parsed.findings,
        })
    }

    /// Takes over the concepts of another part, if nothing is kept of either.
    pub(super) fn append(&mut self, other: &mut Self) -> bool {
        let small = self.place.is_none() && other.place.is_none();
        match (
            Arc::get_mut(&mut self.concepts),
            Arc::get_mut(&mut other.concepts),
        ) {
            (Some(Concepts::Read(all)), Some(Concepts::Read(more))) if small => {
                all.append(more);
                true
            }
            _ => false,
        }
    }

    /// The number of concepts.
    pub(crate) fn len(&self) -> usize {
        match &*self.concepts {
            Concepts::Read(concepts) => concepts.len(),
            Concepts::Kept(rows) => rows.len,
        }
    }

    /// A concept by its number in the part.
    pub(super) fn get(&self, at: usize) -> Option<&Concept> {
        match &*self.concepts {
            Concepts::Read(concepts) => concepts.get(at),
            Concepts::Kept(rows) => (at < rows.len).then(|| rows.get(at)),
        }
    }

    /// The numbers of the concepts that are picked, kept as `what`.
    pub(super) fn picked(&self, what: &str, pick: impl Fn(&Concept) -> bool) -> Table<u32> {
        let kept = self.place.as_ref().and_then(|place| place.get(what));
        if let Some([numbers]) = kept {
            return numbers.into();
        }
        let blocks = (0..self.blocks()).map(|block| self.block(block));
        let numbers = blocks.flat_map(|(first, concepts)| {
            let each = (first..).zip(concepts.iter());
            let picked = each.filter(|(_, concept)| pick(concept));
            picked.map(|(number, _)| number).collect::<Vec<_>>()
        });
        let numbers: Table<u32> = numbers.collect();
        if let Some(place) = &self.place {
            place.put(what, &[numbers.bytes()]);
        }
        numbers
    }

    /// The number of blocks that the concepts come in.
    pub(crate) fn blocks(&self) -> usize {
        self.len().div_ceil(BLOCK)
    }

    /// The concepts of a block with their numbers in the part, for who goes
    /// through all of them once: nothing is held.
    pub(crate) fn block(&self, block: usize) -> (u32, Cow<'_, [Concept]>) {
        let from = block * BLOCK;
        let concepts = match &*self.concepts {
            Concepts::Read(all) => {
                let end = all.len().min(from + BLOCK);
                Cow::Borrowed(all.get(from..end).unwrap_or_default())
            }
            Concepts::Kept(rows) => Cow::Owned(rows.read(block)),
        };
        (from as u32, concepts)
    }
}

impl Record for Mark {
    const SIZE: usize = 16;

    fn read(bytes: &[u8]) -> Self {
        Self {
            offset: bytes.get(..8).map_or(0, u64::read),
            line: u32_at(bytes, 8),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        self.offset.write(to);
        u64::from(self.line).write(to);
    }
}

/// The text of a file, and the lines that have to be read again: as [`Rows::open`] takes them.
fn sections(decoded: Decoded, marks: &Marks, concepts: usize) -> [Bytes; 4] {
    let table = |marks: &[Mark]| marks.iter().copied().collect::<Table<Mark>>();
    let numbers = [concepts as u64, u64::from(decoded.bom)];
    [
        Bytes::new(decoded.text.into_bytes()),
        table(&marks.blocks).into(),
        table(&marks.findings).into(),
        numbers.into_iter().collect::<Table<u64>>().into(),
    ]
}

/// The rows of a file that was read before.
struct Rows {
    path: Arc<Path>,
    text: Bytes,
    fields: Fields,
    /// The first row of each block.
    blocks: Table<Mark>,
    len: usize,
    read: Vec<OnceLock<Box<[Concept]>>>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows of {}", self.len, self.path.display())
    }
}

impl Rows {
    /// The rows, and what was found in them when they were read.
    fn open(path: Arc<Path>, sections: [Bytes; 4]) -> Option<(Self, Vec<Finding>)> {
        let [text, blocks, findings, numbers] = sections;
        let numbers = Table::<u64>::from(numbers);
        let mut rows = Self {
            path,
            text,
            fields: Fields::default(),
            blocks: blocks.into(),
            len: usize::try_from(numbers.get(0)?).ok()?,
            read: Vec::new(),
        };
        if rows.blocks.len() != rows.len.div_ceil(BLOCK) {
            return None;
        }
        rows.read.resize_with(rows.blocks.len(), OnceLock::new);
        // Enough to tell what columns without names are.
        let begin = rows.from(
            0,
            rows.blocks
                .get(4)
                .map_or(rows.text.len(), |m| m.offset as usize),
        );
        let marks = Table::<Mark>::from(findings);
        let lines = (0..marks.len()).filter_map(|at| {
            let mark = marks.get(at)?;
            let rest = rows.text.get(mark.offset as usize..)?;
            let line = rest.split_inclusive(|byte| *byte == b'\n').next()?;
            Some((mark, std::str::from_utf8(line).ok()?))
        });
        let bom = numbers.get(1)? != 0;
        let (findings, fields) = read_again(&rows.path, bom, begin, lines);
        rows.fields = fields;
        Some((rows, findings))
    }

    fn get(&self, at: usize) -> &Concept {
        static NONE: LazyLock<Concept> = LazyLock::new(Concept::default);
        let block = self.read.get(at / BLOCK);
        let block = block.map(|b| b.get_or_init(|| self.read(at / BLOCK).into()));
        block
            .and_then(|block| block.get(at % BLOCK))
            .unwrap_or(&NONE)
    }

    fn read(&self, block: usize) -> Vec<Concept> {
        let Some(mark) = self.blocks.get(block) else {
            return Vec::new();
        };
        let next = self.blocks.get(block + 1);
        let end = next.map_or(self.text.len(), |next| next.offset as usize);
        let rows = self.from(mark.offset as usize, end);
        read_rows(&self.path, &self.fields, rows, mark.line)
    }

    fn from(&self, start: usize, end: usize) -> &str {
        let bytes = self.text.get(start..end).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of every kind, with and without a mark, a header and line ends of either kind.
    fn file() -> impl Strategy<Value = String> {
        let row = prop_oneof![
            12 => "(甲|乙|丙丁|计划){1,3}\t[a-z]{1,6}( \\| [a-z]{1,4})?\t(case|exact|wrong|)",
            1 => "[a-z]{0,2}(\t){0,4}",
            1 => "# [a-z]{0,9}|",
            1 => "甲\tb\u{1}\t",
            1 => "\t\t",
        ];
        let rows = prop::collection::vec((row, prop::bool::weighted(0.1)), 0..90);
        let header = prop_oneof![Just("zh\ten\tmatch\n"), Just("zh\ten\tmtch\r\n"), Just("")];
        (any::<bool>(), header, rows).prop_map(|(bom, header, rows)| {
            let rows = rows
                .into_iter()
                .map(|(row, crlf)| row + if crlf { "\r\n" } else { "\n" });
            let mark = if bom { "\u{FEFF}" } else { "" };
            format!("{mark}{header}{}", rows.collect::<String>())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_read_one_by_one_are_those_read_at_once(file in file(), order in prop::collection::vec(0usize..90, 0..9)) {
            let path: Arc<Path> = Path::new("g.tsv").into();
            let decoded = decode(file.as_bytes());
            let (whole, _, marks) = read_marked(&path, file.as_bytes(), &decoded);
            prop_assume!(!whole.value.is_empty());
            let sections = sections(decoded, &marks, whole.value.len());
            let (rows, findings) = Rows::open(path, sections).unwrap();
            prop_assert_eq!(findings, whole.findings);
            for at in order.into_iter().chain(0..whole.value.len()) {
                if let Some(concept) = whole.value.get(at) {
                    prop_assert_eq!(rows.get(at), concept);
                    let block = rows.read(at / BLOCK);
                    prop_assert_eq!(&block[at % BLOCK], concept);
                }
            }
        }
    }
}
