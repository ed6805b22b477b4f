//! Strings: what a character is, the form texts are compared in, tokens,
//! sentences, numbers, scripts, display width. No files, no terms.

pub mod article;
pub mod chars;
pub mod code;
mod compound;
pub mod count;
pub mod decode;
pub mod detect;
pub mod diff;
pub mod distance;
pub mod fold;
pub mod hash;
pub mod lemma;
pub(crate) mod lexicon;
pub mod mojibake;
pub mod number;
pub mod pinyin;
pub mod regional;
pub mod replace;
pub mod script;
pub mod sentence;
pub mod stream;
pub mod token;
pub mod volume;
pub mod width;
pub mod words;
pub mod written;
