//! Asking the index: the same answers as looking at every entry.

use std::collections::{HashMap, HashSet};

use tantivy::query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::rarity::{FAR, NEAR};
use super::{Columns, Failure, Store};
use crate::lang::Lang;
use crate::memory::concordance::{Needle, Pattern};
use crate::memory::entry::Record;
use crate::memory::file::Header;
use crate::memory::rank::{Address, Best, Found, Probe, Reach};

/// What of the index counts: files that are as they were indexed, by id, with
/// their rank, less the journal's keys about which more was said since.
#[derive(Debug, Default)]
pub(in crate::memory) struct Valid {
    pub(in crate::memory) files: HashMap<u64, usize>,
    pub(in crate::memory) stale: HashSet<u64>,
}

/// A segment of the index being asked.
struct Part<'a> {
    number: u32,
    reader: &'a SegmentReader,
    columns: &'a Columns,
    valid: &'a Valid,
    /// One bit a document: already looked at.
    seen: Vec<u64>,
    values: Vec<u64>,
    tokens: Vec<u32>,
}

impl Part<'_> {
    /// The rank of a document's file, where the document counts.
    fn file(&self, doc: u32) -> Option<usize> {
        if self.reader.is_deleted(doc) {
            return None;
        }
        let file = *self.valid.files.get(&self.columns.file.get_val(doc))?;
        let stale = !self.valid.stale.is_empty()
            && self.valid.stale.contains(&self.columns.key.get_val(doc));
        (!stale).then_some(file)
    }

    /// Whether a document comes up for the first time.
    fn first(&mut self, doc: u32) -> bool {
        let Some(word) = self.seen.get_mut(doc as usize / 64) else {
            return false;
        };
        let bit = 1 << (doc % 64);
        let first = *word & bit == 0;
        *word |= bit;
        first
    }

    /// Scores a document; `alike` ones are known to be of the same tokens or shape.
    fn consider(&mut self, doc: u32, from: Lang, alike: bool, probe: &Probe, best: &mut Best) {
        let columns = &self.columns.sides[from];
        let min = best.threshold();
        if !self.first(doc) {
            return;
        }
        let rows = columns.tokens.index.value_row_ids(doc);
        let len = rows.len();
        let bits = || columns.bits.get_val(doc);
        let can = || probe.length_fits(len, min) && probe.bits_fit(len, bits(), min);
        if !alike && !can() {
            return;
        }
        let Some(file) = self.file(doc) else {
            return;
        };
        self.values.resize(len, 0);
        let start = u64::from(rows.start);
        columns.tokens.values.get_range(start, &mut self.values);
        self.tokens.clear();
        self.tokens.extend(self.values.iter().map(|v| *v as u32));
        let context = probe.context(
            self.columns.prev.get_val(doc),
            self.columns.next.get_val(doc),
        );
        let (raw, shape) = (columns.raw.get_val(doc), columns.shape.get_val(doc));
        if let Some((score, base)) = probe.score(&self.tokens, raw, shape, context, min) {
            best.push(self.found(doc, file, score, base));
        }
    }

    fn found(&self, doc: u32, file: usize, score: u8, base: u8) -> Found {
        let sides = &self.columns.sides;
        Found {
            score,
            base,
            order: self.columns.order.get_val(doc),
            pair: (sides.zh.raw.get_val(doc), sides.en.raw.get_val(doc)),
            file,
            line: self.columns.line.get_val(doc) as u32,
            address: Address::Indexed(self.number, doc),
            times: 1,
        }
    }

    /// Scores every document under a term.
    fn consider_all(
        &mut self,
        term: &Term,
        from: Lang,
        alike: bool,
        probe: &Probe,
        best: &mut Best,
    ) -> Result<(), Failure> {
        let postings = self
            .reader
            .inverted_index(term.field())?
            .read_postings(term, IndexRecordOption::Basic)?;
        if let Some(mut postings) = postings {
            let mut doc = postings.doc();
            while doc != TERMINATED {
                self.consider(doc, from, alike, probe, best);
                doc = postings.advance();
            }
        }
        Ok(())
    }
}

impl Store {
    fn parts<'a>(&'a self, valid: &'a Valid) -> impl Iterator<Item = Part<'a>> {
        let readers = self.searcher.segment_readers().iter().zip(&self.columns);
        readers.zip(0..).map(|((reader, columns), number)| Part {
            number,
            reader,
            columns,
            valid,
            seen: vec![0; reader.max_doc() as usize / 64 + 1],
            values: Vec::new(),
            tokens: Vec::new(),
        })
    }

    /// Every entry that fits; looking for near ones, as far as [`FAR`].
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
        let exact = Term::from_field_u64(fields.key, probe.key);
        for part in &mut parts {
            part.consider_all(&exact, from, true, probe, best)?;
            if probe.side.shape != 0 && reach != Reach::Same {
                let alike = Term::from_field_u64(fields.shape, probe.side.shape);
                part.consider_all(&alike, from, true, probe, best)?;
            }
        }
        if reach == Reach::Same {
            return Ok(());
        }
        if reach == Reach::All {
            for part in &mut parts {
                for doc in 0..part.reader.max_doc() {
                    part.consider(doc, from, false, probe, best);
                }
            }
            return Ok(());
        }
        let len = probe.side.tokens.len();
        let min = best.threshold().max(FAR);
        for (rarer, token) in self.rarity.prefix(&probe.side.tokens, min.min(100)) {
            // What shares no rarer token has at most this many in common.
            let min = best.threshold().max(FAR);
            if 100 * (len - rarer) < usize::from(min) * len {
                break;
            }
            let near = Term::from_field_u64(fields.near, u64::from(token));
            let far = Term::from_field_u64(fields.far, u64::from(token));
            for part in &mut parts {
                part.consider_all(&near, from, false, probe, best)?;
                if min < NEAR {
                    part.consider_all(&far, from, false, probe, best)?;
                }
            }
        }
        Ok(())
    }

    /// Every entry with the needle in it, in the first of its languages that has it.
    pub(in crate::memory) fn concordance(
        &self,
        needle: &Needle,
        valid: &Valid,
        mut hit: impl FnMut(Found, Lang),
    ) -> Result<(), Failure> {
        let mut parts: Vec<Part<'_>> = self.parts(valid).collect();
        for &lang in &needle.langs {
            let query = match &needle.pattern {
                Pattern::Nothing => return Ok(()),
                Pattern::Regex(_) => None,
                Pattern::Phrases(_) => self.phrases(needle, lang),
            };
            for part in &mut parts {
                if let Some(query) = &query {
                    let weight =
                        query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
                    let mut docs = weight.scorer(part.reader, 1.0)?;
                    let mut doc = docs.doc();
                    while doc != TERMINATED {
                        if let Some(file) = part.file(doc).filter(|_| part.first(doc)) {
                            hit(part.found(doc, file, 0, 0), lang);
                        }
                        doc = docs.advance();
                    }
                } else {
                    // An expression has no terms: every text is read.
                    for doc in 0..part.reader.max_doc() {
                        let Some(file) = part.file(doc) else { continue };
                        let text = self.row(part.number, doc)?;
                        if needle.matches(text.entry.text(lang)) && part.first(doc) {
                            hit(part.found(doc, file, 0, 0), lang);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The phrases of a needle as a query of one language.
    fn phrases(&self, needle: &Needle, lang: Lang) -> Option<Box<dyn Query>> {
        let Pattern::Phrases(phrases) = &needle.pattern else {
            return None;
        };
        let field = self.fields.sides[lang].words;
        let queries = phrases.iter().map(|phrase| -> Box<dyn Query> {
            let mut terms: Vec<Term> = phrase
                .tokens
                .iter()
                .map(|token| Term::from_field_text(field, token))
                .collect();
            if terms.len() > 1 {
                return Box::new(PhraseQuery::new(terms));
            }
            let term = terms
                .pop()
                .unwrap_or_else(|| Term::from_field_text(field, ""));
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        });
        let all = queries.map(|query| (Occur::Must, query)).collect();
        Some(Box::new(BooleanQuery::new(all)))
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

    fn row(&self, part: u32, doc: u32) -> Result<Record, Failure> {
        let doc: TantivyDocument = self.searcher.doc(DocAddress::new(part, doc))?;
        let row = doc.get_first(self.fields.row);
        let row = row.and_then(|value| value.as_str()).unwrap_or_default();
        let row = row.trim_end_matches('\n');
        let (record, _) = Header::default().record(row).map_err(Failure::Damaged)?;
        Ok(record)
    }
}
