//! One of the two texts as the aligner computes with it: sentences of numbered tokens.

use std::collections::HashMap;
use std::ops::Range;

use super::token::Tokens;
use super::{Resources, Sentence};
use crate::lang::Lang;
use crate::model::document::Block;

/// One text: its sentences as bags of token numbers.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// The distinct tokens.
    pub(super) names: Vec<Box<str>>,
    /// The number of each.
    pub(super) ids: HashMap<Box<str>, u32>,
    /// How often each occurs.
    pub(super) counts: Vec<u32>,
    /// The tokens of all sentences.
    tokens: Vec<u32>,
    /// Where each sentence begins in `tokens`, and their end.
    offsets: Vec<u32>,
    /// The length of each sentence, in characters without white space.
    pub(super) lengths: Vec<f32>,
    /// Whether a paragraph begins with each sentence; the end of the text counts as one that does.
    pub(super) opens: Vec<bool>,
    /// What kind of text each sentence is part of.
    pub(super) blocks: Vec<Block>,
    /// Where each token occurs: sentence and number, in order of the sentences.
    postings: Vec<(u32, u32)>,
    /// Where each token's places begin in `postings`, and their end.
    places: Vec<u32>,
}

impl Side {
    /// Cuts the sentences of a language into tokens.
    pub(super) fn new(sentences: &[Sentence<'_>], lang: Lang, resources: &Resources<'_>) -> Self {
        let mut side = Self {
            offsets: vec![0],
            ..Self::default()
        };
        let mut tokens = Tokens::new(resources.dictionary);
        for sentence in sentences {
            for token in tokens.of(sentence.text, lang) {
                side.push(token);
            }
            if let Some((_, recognizer)) = resources.glossary {
                for hit in recognizer.find(sentence.text, lang) {
                    for sense in &hit.senses {
                        side.push(format!("§{}", sense.concept.0));
                    }
                }
            }
            side.offsets.push(side.tokens.len() as u32);
            let length = sentence.text.chars().filter(|c| !c.is_whitespace()).count();
            side.lengths.push(length as f32);
            side.blocks.push(sentence.block);
        }
        let mut before = None;
        for sentence in sentences {
            side.opens.push(before != Some(sentence.paragraph));
            before = Some(sentence.paragraph);
        }
        side.opens.push(true);
        side.index();
        side
    }

    fn push(&mut self, token: String) {
        let next = self.names.len() as u32;
        let id = *self.ids.entry(token.into()).or_insert_with_key(|token| {
            self.names.push(token.clone());
            self.counts.push(0);
            next
        });
        self.counts[id as usize] += 1;
        self.tokens.push(id);
    }

    /// Notes where each token occurs.
    fn index(&mut self) {
        let mut all: Vec<(u32, u32)> = Vec::with_capacity(self.tokens.len());
        for sentence in 0..self.len() {
            all.extend(
                self.sentence(sentence)
                    .iter()
                    .map(|&token| (token, sentence as u32)),
            );
        }
        all.sort_unstable();
        self.places = vec![0; self.names.len() + 1];
        let mut last = None;
        for (token, sentence) in all {
            if last == Some((token, sentence)) {
                if let Some(place) = self.postings.last_mut() {
                    place.1 += 1;
                }
            } else {
                self.postings.push((sentence, 1));
                last = Some((token, sentence));
            }
            self.places[token as usize + 1] = self.postings.len() as u32;
        }
    }

    /// The number of sentences.
    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// The tokens of a sentence.
    pub(super) fn sentence(&self, i: usize) -> &[u32] {
        &self.tokens[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// The tokens of some sentences.
    pub(super) fn tokens(&self, range: &Range<u32>) -> &[u32] {
        let (from, to) = (range.start as usize, range.end as usize);
        &self.tokens[self.offsets[from] as usize..self.offsets[to] as usize]
    }

    /// The number of tokens before sentence `i`.
    pub(super) fn before(&self, i: usize) -> u32 {
        self.offsets[i]
    }

    /// Where a token occurs: sentence and number.
    pub(super) fn places(&self, token: u32) -> &[(u32, u32)] {
        let token = token as usize;
        &self.postings[self.places[token] as usize..self.places[token + 1] as usize]
    }

    /// How often a token is to be expected: its share of all tokens.
    pub(super) fn share(&self, token: u32) -> f32 {
        let all = self.tokens.len() as f32 + self.names.len() as f32 / 2.0;
        (self.counts[token as usize] as f32 + 0.5) / all
    }
}
