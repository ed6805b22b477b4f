//! Makes `src/data/cedict/dictionary.tsv` from a CC-CEDICT file on stdin; `update.sh` calls it.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for the desk"
)]

use zhengming::align::Dictionary;

fn main() {
    let text = std::io::read_to_string(std::io::stdin()).expect("CC-CEDICT as UTF-8 on stdin");
    print!("{}", Dictionary::parse(&text).to_compact());
}
