//! Where output goes: results to stdout, everything else to stderr.

use std::fmt;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice, StripStream};
use serde::Serialize;

use crate::error::Error;
use crate::finding::Finding;
pub(crate) use crate::report::style::{self, styled};
use crate::report::{self, Style};
use crate::text::width::width;

/// When to use color.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// How a command prints its results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs: one object with a versioned schema.
    Json,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Fine = 0,
    /// There are findings, or nothing was found.
    Findings = 1,
    /// The command could not do its work, or not all of it.
    Trouble = 2,
}

/// Why a command could not go on.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The world refused.
    Error(Error),
    /// Printing failed.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

/// Refuses before any work what a command must not write over, or cannot. A device or a pipe
/// holds nothing that would be lost.
pub(crate) fn may_write(path: &Path, force: bool) -> Result<(), Error> {
    let message = match fs::metadata(path) {
        Ok(there) if there.is_dir() => "this is a folder: name the file to write",
        Ok(there) if there.is_file() && !force => "is there already; --force overwrites it",
        _ => return Ok(()),
    };
    Err(Error::file(path, None, message))
}

/// `text` filled with spaces to `columns` display columns.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The most that a `--limit` lets through: 0 is no limit.
pub(crate) fn most(limit: usize) -> usize {
    if limit == 0 { usize::MAX } else { limit }
}

/// A text without what would break its line or steer the terminal.
pub(crate) fn flat(text: &str) -> String {
    text.replace("\r\n", "\n").replace(
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'),
        " ",
    )
}

/// So much is written at once.
const BUFFER: usize = 1 << 16;

/// The two streams.
pub(crate) struct Out {
    out: BufWriter<Box<dyn Write>>,
    err: AutoStream<io::Stderr>,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Out {
    /// The process's own streams.
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        // `Auto` is decided by each stream for itself: a terminal or not, NO_COLOR, CLICOLOR.
        let out = AutoStream::new(io::stdout(), choice);
        let out: Box<dyn Write> = match out.current_choice() {
            // What is left of a text without its colors comes in pieces, and
            // `Stdout` would send each line of them by itself.
            ColorChoice::Never => {
                let pieces = BufWriter::with_capacity(BUFFER, out.into_inner());
                Box::new(StripStream::new(Box::new(pieces) as Box<dyn Write>))
            }
            _ => Box::new(out),
        };
        let err = AutoStream::new(io::stderr(), choice);
        Self {
            out: BufWriter::with_capacity(BUFFER, out),
            err,
        }
    }

    /// The bytes of a file as they are: in a workbook, what looks like a color is none.
    pub(crate) fn file(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.flush()?;
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// One JSON value on a line of its own.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// One JSON value, laid out for reading.
    pub(crate) fn json_pretty(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Findings about the files read (glossary rows, memory lines), to stderr.
    pub(crate) fn notices(&mut self, findings: &[Finding]) {
        for finding in findings {
            let _ = report::human::finding(&mut self.err, finding, &Style::colored());
        }
    }

    /// A sentence to stderr.
    pub(crate) fn note(&mut self, text: impl fmt::Display) {
        let _ = writeln!(self.err, "{text}");
    }

    /// What ended the command, to stderr.
    pub(crate) fn trouble(&mut self, failure: &Failure) {
        let _ = self.out.flush();
        let mark = styled(style::BAD.bold(), "error");
        let _ = writeln!(self.err, "{mark}: {failure}");
    }
}

/// What is being done, on one line of a terminal; nothing elsewhere.
pub(crate) struct Progress {
    shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            shown: io::stderr().is_terminal(),
        }
    }

    pub(crate) fn say(&self, what: impl fmt::Display) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K{what} …");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// Whether stdin is a person's keyboard, from which nothing should be awaited.
pub(crate) fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}
