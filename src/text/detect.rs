//! Which of the two languages a text is in.

use super::chars::is_han;
use crate::lang::Lang;

/// The language of a text by its script; `None` where it has letters of neither.
pub fn language(text: &str) -> Option<Lang> {
    let (mut han, mut latin) = (0usize, 0usize);
    for c in text.chars() {
        if is_han(c) {
            han += 1;
        } else if c.is_alphabetic() {
            latin += 1;
        }
    }
    // A Han character carries about as much as three to four letters.
    match (han, latin) {
        (0, 0) => None,
        _ if han * 4 >= latin => Some(Lang::Zh),
        _ => Some(Lang::En),
    }
}
