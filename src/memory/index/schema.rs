//! What the index holds of an entry.
//!
//! Per language: the tokens in order (for phrases), three kinds of keys to
//! find an entry by, and the numbers that ranking needs, in columns. The texts
//! themselves are read only for what is shown.

use tantivy::TantivyDocument;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::rarity::{NEAR, Rarity};
use crate::lang::{Lang, Pair};
use crate::memory::entry::Record;
use crate::memory::features::Features;
use crate::memory::file::Header;

/// Raised when this file changes what is written. What folding and cutting
/// give is watched by itself (`features::rules`).
pub(super) const FORMAT: u32 = 4;

/// The fields of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct SideFields {
    /// The folded tokens with their positions.
    pub(super) words: Field,
    /// Column: the hash without numbers and punctuation.
    alike: Field,
    /// The [`bucket`] of it.
    pub(super) bucket: Field,
    /// The rare tokens, with the length, of which a text at [`NEAR`] or
    /// above has one as well.
    pub(super) near: Field,
    /// Column: the hash of the text as written.
    raw: Field,
    /// Columns: the signature.
    brief: Field,
    wide: [Field; 2],
    /// Column: the tokens, as many as there are.
    tokens: Field,
}

/// The fields of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) sides: Pair<SideFields>,
    /// The id of its file; also a column.
    pub(super) file: Field,
    /// The hash of its journal key, none in other files; also a column.
    pub(super) key: Field,
    order: Field,
    line: Field,
    prev: Field,
    next: Field,
    /// The row as it stands in a memory file.
    pub(super) row: Field,
}

/// The names of the columns of the wide part of a signature.
pub(super) const WIDE: [&str; 2] = ["wide0", "wide1"];

/// The name of a language's column.
pub(super) fn column(lang: Lang, name: &str) -> String {
    format!("{lang}_{name}")
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // `set_indexed` alone would store a length per document for scoring; nothing is scored here.
    let find = NumericOptions::default().set_indexed();
    let both = find.clone().set_fast();
    let fast = NumericOptions::default().set_fast();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(TOKENS)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let sides = Pair::each(|lang| SideFields {
        words: builder.add_text_field(&column(lang, "words"), words.clone()),
        alike: builder.add_u64_field(&column(lang, "alike"), fast.clone()),
        bucket: builder.add_u64_field(&column(lang, "bucket"), find.clone()),
        near: builder.add_u64_field(&column(lang, "near"), find.clone()),
        raw: builder.add_u64_field(&column(lang, "raw"), fast.clone()),
        brief: builder.add_u64_field(&column(lang, "brief"), fast.clone()),
        wide: WIDE.map(|name| builder.add_u64_field(&column(lang, name), fast.clone())),
        tokens: builder.add_u64_field(&column(lang, "tokens"), fast.clone()),
    });
    let fields = Fields {
        sides,
        file: builder.add_u64_field("file", both.clone()),
        key: builder.add_u64_field("key", both),
        order: builder.add_u64_field("order", fast.clone()),
        line: builder.add_u64_field("line", fast.clone()),
        prev: builder.add_u64_field("prev", fast.clone()),
        next: builder.add_u64_field("next", fast),
        row: builder.add_text_field("row", STORED),
    };
    (builder.build(), fields)
}

/// What a hash is filed under. As a term each hash would be dear, and a few
/// documents are soon compared.
pub(super) fn bucket(hash: u64) -> u64 {
    hash >> 48
}

/// An entry as the index holds it.
pub(super) fn document(
    fields: &Fields,
    record: &Record,
    file: u64,
    journal: bool,
    rarity: &Rarity,
) -> TantivyDocument {
    let (features, words) = Features::new(&record.entry, journal);
    let mut doc = TantivyDocument::new();
    for lang in [Lang::Zh, Lang::En] {
        let (side, f) = (&features.sides[lang], &fields.sides[lang]);
        doc.add_text(f.words, words[lang].spaced());
        doc.add_u64(f.alike, side.alike());
        doc.add_u64(f.bucket, bucket(side.alike()));
        doc.add_u64(f.raw, side.raw);
        doc.add_u64(f.brief, side.signature.brief);
        for (field, bits) in f.wide.into_iter().zip(side.signature.wide) {
            doc.add_u64(field, bits);
        }
        for token in &side.tokens {
            doc.add_u64(f.tokens, u64::from(*token));
        }
        for (_, token) in rarity.prefix(&side.tokens, NEAR) {
            doc.add_u64(f.near, rarity.filed(token, side.tokens.len()));
        }
    }
    doc.add_u64(fields.file, file);
    if journal {
        doc.add_u64(fields.key, features.key);
    }
    doc.add_u64(fields.order, features.order);
    doc.add_u64(fields.line, u64::from(record.entry.line));
    doc.add_u64(fields.prev, features.prev);
    doc.add_u64(fields.next, features.next);
    doc.add_text(fields.row, Header::default().row(record));
    doc
}

/// The name of [`Spaces`] in the schema.
pub(super) const TOKENS: &str = "tokens";

/// Cuts what is cut already, at its spaces.
#[derive(Debug, Clone, Default)]
pub(super) struct Spaces {
    token: Token,
}

/// The tokens of a text with a space between them.
#[derive(Debug)]
pub(super) struct Spaced<'a> {
    rest: std::str::Split<'a, char>,
    token: &'a mut Token,
}

impl Tokenizer for Spaces {
    type TokenStream<'a> = Spaced<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spaced<'a> {
        self.token.reset();
        let mut rest = text.split(' ');
        if text.is_empty() {
            rest.next();
        }
        Spaced {
            rest,
            token: &mut self.token,
        }
    }
}

impl TokenStream for Spaced<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.rest.next() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(next);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
