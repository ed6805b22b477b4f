//! Tab-separated rows as this project writes them: UTF-8, LF, a header row,
//! `#` comment lines, no quoting. Glossaries, memories and work in progress
//! are all of this shape.
