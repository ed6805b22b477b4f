//! A row, a cell or the header of a glossary that cannot be read as it stands.

use super::{Check, Level, Run};

pub(super) const CHECK: Check = Check {
    id: "gl-syntax",
    level: Level::Error,
    mqm: "design/markup",
    page: include_str!("gl_syntax.md"),
    // The reader says it, each time a glossary is read.
    run: Run::Glossary(|_, _| {}),
};
