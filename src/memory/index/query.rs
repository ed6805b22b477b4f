//! Asking the index: the same answers as looking at every entry.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::InvertedIndexReader;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::rarity::lengths;
use super::schema::bucket;
use super::{Columns, Failure, Store};
use crate::lang::Lang;
use crate::memory::entry::Record;
use crate::memory::file::Header;
use crate::memory::rank::{Address, Best, Found, Probe, Reach};

/// What of the index counts: files that are as they were indexed, by id, with
/// their rank, less the journal's keys about which more was said since.
#[derive(Debug, Default)]
pub(in crate::memory) struct Valid {
    pub(in crate::memory) files: FxHashMap<u64, usize>,
    pub(in crate::memory) stale: FxHashSet<u64>,
}

/// How many documents are looked at together.
const BLOCK: usize = 128;

/// A segment of the index being asked.
pub(super) struct Part<'a> {
    pub(super) number: u32,
    pub(super) reader: &'a SegmentReader,
    columns: &'a Columns,
    valid: &'a Valid,
    /// The documents looked at closely.
    pub(super) seen: FxHashSet<u32>,
    briefs: Vec<u64>,
    values: Vec<u64>,
    pub(super) tokens: Vec<u32>,
}

/// What a search looks for and what it has found.
struct Search<'a> {
    probe: &'a Probe,
    from: Lang,
    best: &'a mut Best,
}

impl Part<'_> {
    /// The rank of a document's file, where the document counts.
    pub(super) fn file(&self, doc: u32) -> Option<usize> {
        if self.reader.is_deleted(doc) {
            return None;
        }
        let file = *self.valid.files.get(&self.columns.file.get_val(doc))?;
        let stale = !self.valid.stale.is_empty()
            && self.valid.stale.contains(&self.columns.key.get_val(doc));
        (!stale).then_some(file)
    }

    /// Scores those of some documents that can be near enough by the brief
    /// parts of their signatures.
    fn consider_some(&mut self, docs: &[u32], search: &mut Search<'_>) {
        let min = search.best.threshold();
        let mut briefs = std::mem::take(&mut self.briefs);
        briefs.resize(docs.len(), 0);
        let column = &self.columns.sides[search.from].brief;
        column.get_vals(docs, &mut briefs);
        for (doc, brief) in docs.iter().zip(&briefs) {
            if search.probe.brief_fits(*brief, min) {
                self.consider(*doc, Some(*brief), search);
            }
        }
        self.briefs = briefs;
    }

    /// Scores a document that can be near enough by this brief part of its
    /// signature; without one it is known to be of the same tokens or shape.
    fn consider(&mut self, doc: u32, brief: Option<u64>, search: &mut Search<'_>) {
        let Search { probe, from, best } = search;
        let columns = &self.columns.sides[*from];
        let min = best.threshold();
        let wide = |at: usize| columns.wide[at].get_val(doc);
        let can = brief.is_none_or(|brief| probe.wide_fits(brief, wide, min));
        if !can || !self.seen.insert(doc) {
            return;
        }
        let Some(file) = self.file(doc) else {
            return;
        };
        self.read_tokens(doc, *from);
        let context = probe.context(
            self.columns.prev.get_val(doc),
            self.columns.next.get_val(doc),
        );
        let raw = columns.raw.get_val(doc);
        let shape = if brief.is_none() { probe.side.shape } else { 0 };
        let thresholds = best.thresholds();
        if let Some((score, base)) = probe.score(&self.tokens, raw, shape, context, thresholds) {
            best.push(self.matched(doc, file, score, base));
        }
    }

    /// Reads the tokens of a document.
    pub(super) fn read_tokens(&mut self, doc: u32, lang: Lang) {
        let column = &self.columns.sides[lang].tokens;
        let rows = column.index.value_row_ids(doc);
        self.values.resize(rows.len(), 0);
        column
            .values
            .get_range(u64::from(rows.start), &mut self.values);
        self.tokens.clear();
        self.tokens.extend(self.values.iter().map(|v| *v as u32));
    }

    /// A document found as a match.
    fn matched(&self, doc: u32, file: usize, score: u8, base: u8) -> Found {
        let sides = &self.columns.sides;
        Found {
            score,
            base,
            pair: (sides.zh.raw.get_val(doc), sides.en.raw.get_val(doc)),
            ..self.found(doc, file)
        }
    }

    /// A document found, and no more said about it than where it goes among others.
    pub(super) fn found(&self, doc: u32, file: usize) -> Found {
        Found {
            score: 0,
            base: 0,
            order: self.columns.order.get_val(doc),
            pair: (0, 0),
            file,
            line: self.columns.line.get_val(doc) as u32,
            address: Address::Indexed(self.number, doc),
            times: 1,
        }
    }

    /// Scores every document with the same tokens, and where `shaped` with the same shape.
    fn consider_alike(
        &mut self,
        bucket: &Term,
        shaped: bool,
        search: &mut Search<'_>,
    ) -> Result<(), Failure> {
        let own = &search.probe.side;
        let columns = &self.columns.sides[search.from];
        let index = self.reader.inverted_index(bucket.field())?;
        let postings = index.read_postings(bucket, IndexRecordOption::Basic)?;
        if let Some(mut postings) = postings {
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if columns.alike.get_val(doc) == own.alike()
                    && (shaped || columns.brief.get_val(doc) == own.signature.brief)
                {
                    self.consider(doc, None, search);
                }
                doc = postings.advance();
            }
        }
        Ok(())
    }

    /// Scores the documents filed under any of some terms that can be near enough.
    fn consider_drawer(
        &mut self,
        index: &InvertedIndexReader,
        terms: &RangeInclusive<u64>,
        search: &mut Search<'_>,
    ) -> Result<(), Failure> {
        let range = index.terms().range();
        let range = range.ge(terms.start().to_be_bytes());
        let mut found = range.le(terms.end().to_be_bytes()).into_stream()?;
        while found.advance() {
            let basic = IndexRecordOption::Basic;
            let mut blocks = index.read_block_postings_from_terminfo(found.value(), basic)?;
            while !blocks.docs().is_empty() {
                self.consider_some(blocks.docs(), search);
                blocks.advance();
            }
        }
        Ok(())
    }
}

impl Store {
    pub(super) fn parts<'a>(&'a self, valid: &'a Valid) -> impl Iterator<Item = Part<'a>> {
        let readers = self.searcher.segment_readers().iter().zip(&self.columns);
        readers.zip(0..).map(|((reader, columns), number)| Part {
            number,
            reader,
            columns,
            valid,
            seen: FxHashSet::default(),
            briefs: Vec::new(),
            values: Vec::new(),
            tokens: Vec::new(),
        })
    }

    /// Every entry that fits; of those below [`NEAR`](super::rarity::NEAR) most.
    pub(in crate::memory) fn candidates(
        &self,
        probe: &Probe,
        from: Lang,
        reach: Reach,
        valid: &Valid,
        best: &mut Best,
    ) -> Result<(), Failure> {
        let fields = &self.fields.sides[from];
        let mut parts: Vec<Part<'_>> = self.parts(valid).collect();
        let mut search = Search { probe, from, best };
        let alike = Term::from_field_u64(fields.bucket, bucket(probe.side.alike()));
        for part in &mut parts {
            part.consider_alike(&alike, reach != Reach::Same, &mut search)?;
        }
        match reach {
            Reach::Same => Ok(()),
            Reach::Near => self.near(&mut parts, &mut search),
            Reach::All => {
                for part in &mut parts {
                    let all = part.reader.max_doc();
                    for start in (0..all).step_by(BLOCK) {
                        let docs: Vec<u32> = (start..all.min(start + BLOCK as u32)).collect();
                        part.consider_some(&docs, &mut search);
                    }
                }
                Ok(())
            }
        }
    }

    /// The entries that share a token rare enough, by its rarity and by the
    /// lengths with which sharing it and what is commoner can be enough.
    fn near(&self, parts: &mut [Part<'_>], search: &mut Search<'_>) -> Result<(), Failure> {
        let field = self.fields.sides[search.from].near;
        let tokens = &search.probe.side.tokens;
        let open = |part: &Part<'_>| part.reader.inverted_index(field);
        let indexes: Vec<_> = parts.iter().map(open).collect::<Result<_, _>>()?;
        for (rarer, token) in self.rarity.prefix(tokens, search.best.threshold().min(100)) {
            let min = usize::from(search.best.threshold());
            let Some(lens) = lengths(tokens.len(), rarer, min) else {
                break;
            };
            let terms = self.rarity.drawer(token, &lens);
            for (part, index) in parts.iter_mut().zip(&indexes) {
                part.consider_drawer(index, &terms, search)?;
            }
        }
        Ok(())
    }

    /// How many entries of a file count.
    pub(in crate::memory) fn count(&self, id: u64, valid: &Valid) -> Result<usize, Failure> {
        let term = Term::from_field_u64(self.fields.file, id);
        let mut count = 0;
        for part in self.parts(valid) {
            let index = part.reader.inverted_index(term.field())?;
            let Some(mut docs) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut doc = docs.doc();
            while doc != TERMINATED {
                count += usize::from(part.file(doc).is_some());
                doc = docs.advance();
            }
        }
        Ok(count)
    }

    /// The id of a document's file, its line there, and what stands there.
    pub(in crate::memory) fn record(&self, part: u32, doc: u32) -> Result<(u64, Record), Failure> {
        let mut record = self.row(part, doc)?;
        let columns = self.columns.get(part as usize).ok_or(Failure::Missing)?;
        record.entry.line = columns.line.get_val(doc) as u32;
        Ok((columns.file.get_val(doc), record))
    }

    pub(super) fn row(&self, part: u32, doc: u32) -> Result<Record, Failure> {
        let doc: TantivyDocument = self.searcher.doc(DocAddress::new(part, doc))?;
        let row = doc.get_first(self.fields.row);
        let row = row.and_then(|value| value.as_str()).unwrap_or_default();
        let row = row.trim_end_matches('\n');
        let (record, _) = Header::default().record(row).map_err(Failure::Damaged)?;
        Ok(record)
    }
}
