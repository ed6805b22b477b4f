//! What the index holds of an entry.
//!
//! Per language: the tokens in order (for phrases), three kinds of keys to
//! find an entry by, and the numbers that ranking needs, in columns. The texts
//! themselves are read for what is shown only.

use tantivy::TantivyDocument;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::rarity::Rarity;
use crate::lang::{Lang, Pair};
use crate::memory::entry::Record;
use crate::memory::features::{Features, Words};
use crate::memory::file::Header;

/// Raised when this file changes what is written. What folding and cutting
/// give is watched by itself (`features::rules`).
pub(super) const FORMAT: u32 = 1;

/// The fields of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct SideFields {
    /// The folded tokens with their positions.
    pub(super) words: Field,
    /// Hash of all tokens.
    pub(super) key: Field,
    /// Hash without numbers and punctuation; also a column.
    pub(super) shape: Field,
    /// The rare tokens that one of a text at [`NEAR`](super::rarity::NEAR) or above has as well.
    pub(super) near: Field,
    /// Those for [`FAR`](super::rarity::FAR) that are not in `near`.
    pub(super) far: Field,
    /// Column: the hash of the text as written.
    raw: Field,
    /// Column: the 64 bits of the tokens.
    bits: Field,
    /// Column: the tokens, as many as there are.
    tokens: Field,
}

/// The fields of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) sides: Pair<SideFields>,
    /// The id of its file; also a column.
    pub(super) file: Field,
    /// The hash of its journal key, 0 in other files; also a column.
    pub(super) key: Field,
    order: Field,
    line: Field,
    prev: Field,
    next: Field,
    /// The row as it stands in a memory file.
    pub(super) row: Field,
}

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
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let sides = Pair::each(|lang| SideFields {
        words: builder.add_text_field(&column(lang, "words"), words.clone()),
        key: builder.add_u64_field(&column(lang, "key"), find.clone()),
        shape: builder.add_u64_field(&column(lang, "shape"), both.clone()),
        near: builder.add_u64_field(&column(lang, "near"), find.clone()),
        far: builder.add_u64_field(&column(lang, "far"), find.clone()),
        raw: builder.add_u64_field(&column(lang, "raw"), fast.clone()),
        bits: builder.add_u64_field(&column(lang, "bits"), fast.clone()),
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
        doc.add_pre_tokenized_text(f.words, pre_tokenized(&words[lang]));
        doc.add_u64(f.key, side.key());
        doc.add_u64(f.shape, side.shape);
        doc.add_u64(f.raw, side.raw);
        doc.add_u64(f.bits, side.bits);
        for token in &side.tokens {
            doc.add_u64(f.tokens, u64::from(*token));
        }
        let (near, far) = rarity.prefixes(&side.tokens);
        for token in near {
            doc.add_u64(f.near, u64::from(token));
        }
        for token in far {
            doc.add_u64(f.far, u64::from(token));
        }
    }
    doc.add_u64(fields.file, file);
    doc.add_u64(fields.key, features.key);
    doc.add_u64(fields.order, features.order);
    doc.add_u64(fields.line, u64::from(record.entry.line));
    doc.add_u64(fields.prev, features.prev);
    doc.add_u64(fields.next, features.next);
    doc.add_text(fields.row, Header::default().row(record));
    doc
}

/// The tokens as tantivy takes them when it need not cut the text itself.
fn pre_tokenized(words: &Words) -> PreTokenizedString {
    let tokens = words.iter().enumerate().map(|(position, text)| Token {
        position,
        text: text.to_owned(),
        ..Token::default()
    });
    PreTokenizedString {
        text: String::new(),
        tokens: tokens.collect(),
    }
}
