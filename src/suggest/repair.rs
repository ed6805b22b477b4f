//! Putting a match right: where the difference is a term or a quantity.
