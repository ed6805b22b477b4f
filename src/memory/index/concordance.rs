//! Concordance over the index.

use tantivy::query::{
    AllQuery, BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::query::{Part, Valid};
use super::{Failure, Store};
use crate::lang::Lang;
use crate::memory::concordance::{Needle, Pattern};
use crate::memory::features::without_codes;
use crate::memory::needed::Needed;
use crate::memory::rank::Found;

impl Store {
    /// Every entry with the needle in it, in the first of its languages that has it.
    pub(in crate::memory) fn concordance(
        &self,
        needle: &Needle,
        valid: &Valid,
        mut hit: impl FnMut(Found, Lang),
    ) -> Result<(), Failure> {
        if matches!(needle.pattern, Pattern::Nothing) {
            return Ok(());
        }
        let mut parts: Vec<Part<'_>> = self.parts(valid).collect();
        for &lang in &needle.langs {
            let query = self.candidates_for(needle, lang)?;
            let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
            for part in &mut parts {
                let mut docs = weight.scorer(part.reader, 1.0)?;
                let mut doc = docs.doc();
                while doc != TERMINATED {
                    let file = part.file(doc).filter(|_| !part.seen.contains(&doc));
                    if let Some(file) = file
                        && self.has(part, doc, lang, needle)?
                    {
                        part.seen.insert(doc);
                        hit(part.found(doc, file), lang);
                    }
                    doc = docs.advance();
                }
            }
        }
        Ok(())
    }

    /// Whether a document has what is looked for, where it is one of the candidates.
    fn has(
        &self,
        part: &mut Part<'_>,
        doc: u32,
        lang: Lang,
        needle: &Needle,
    ) -> Result<bool, Failure> {
        Ok(match &needle.pattern {
            Pattern::Phrases(_) => true,
            Pattern::Pinyin(reading) => {
                part.read_tokens(doc, lang);
                reading.within(&without_codes(&part.tokens))
            }
            Pattern::Regex(..) => {
                let record = self.row(part.number, doc)?;
                needle.matches(record.entry.text(lang))
            }
            Pattern::Nothing => false,
        })
    }

    /// The documents that can have it in a language; for phrases those that do.
    fn candidates_for(&self, needle: &Needle, lang: Lang) -> Result<Box<dyn Query>, Failure> {
        let queries = match &needle.pattern {
            Pattern::Phrases(phrases) => {
                let queries = phrases
                    .iter()
                    .map(|phrase| self.row_of(&phrase.tokens, lang));
                queries.collect()
            }
            Pattern::Regex(_, needed) => {
                let queries = needed.iter().map(|need| self.with(need, lang));
                queries.collect::<Result<Vec<_>, _>>()?
            }
            Pattern::Pinyin(_) | Pattern::Nothing => Vec::new(),
        };
        if queries.is_empty() {
            return Ok(Box::new(AllQuery));
        }
        let all = queries.into_iter().map(|query| (Occur::Must, query));
        Ok(Box::new(BooleanQuery::new(all.collect())))
    }

    fn with(&self, needed: &Needed, lang: Lang) -> Result<Box<dyn Query>, Failure> {
        Ok(match needed {
            Needed::Han(tokens) => self.row_of(tokens, lang),
            Needed::Letters(letters) => {
                let field = self.fields.sides[lang].words;
                Box::new(RegexQuery::from_pattern(&format!(".*{letters}.*"), field)?)
            }
        })
    }

    /// The documents with some tokens in a row.
    fn row_of(&self, tokens: &[String], lang: Lang) -> Box<dyn Query> {
        let field = self.fields.sides[lang].words;
        let mut terms: Vec<Term> = tokens
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
    }
}
