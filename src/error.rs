//! What the world refused: a file that cannot be read, a folder that cannot
//! be written, a configuration that does not hold.
//!
//! What is wrong *in* a file that could be read is a
//! [`Finding`](crate::finding::Finding), never an `Error`.

use std::io;
use std::path::{Path, PathBuf};

/// A failure that ends a command. Its text is for the user: what, where, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused an operation on a file or folder.
    #[error("{path}: cannot {doing}: {}", reason(.source))]
    Io {
        /// What was being done, as a verb: "read", "write".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is not what it must be to go on at all.
    #[error("{path}{}: {message}", .line.map(|l| format!(":{l}")).unwrap_or_default())]
    File {
        /// The file.
        path: PathBuf,
        /// The line (from 1), where one can be named.
        line: Option<u32>,
        /// What is wrong and what to do.
        message: String,
    },
    /// The workspace's configuration does not hold.
    #[error("{path}:{line}:{column}: {message}")]
    Config {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
        /// The column, from 1, in Unicode code points.
        column: u32,
        /// What is wrong and what to do.
        message: String,
    },
    /// The command line asks for something that cannot be done.
    #[error("{0}")]
    Usage(String),
    /// The search index failed in a way that rebuilding it does not cure.
    #[error("{path}: the index cannot be used: {message}")]
    Index {
        /// The index folder.
        path: PathBuf,
        /// What failed and what to do.
        message: String,
    },
}

/// The result of a function that the world may refuse.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An I/O failure while doing `doing` ("read", "write", "list") to `path`.
    pub fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// A file that is not what it must be.
    pub fn file(path: &Path, line: Option<u32>, message: impl Into<String>) -> Self {
        Self::File {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl Error {
    /// The text without the path, for where the path stands beside it.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::error::Error;
    /// let error = Error::file(Path::new("a.md"), Some(3), "holds a NUL byte");
    /// assert_eq!(error.without_path(), "line 3: holds a NUL byte");
    /// ```
    pub fn without_path(&self) -> String {
        match self {
            Self::Io { doing, source, .. } => format!("cannot {doing}: {}", reason(source)),
            Self::File {
                line: Some(line),
                message,
                ..
            } => format!("line {line}: {message}"),
            Self::File { message, .. } => message.clone(),
            other => other.to_string(),
        }
    }
}

/// The system's reason in a user's words where it is a common one.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::IsADirectory => "it is a folder: name a file".into(),
        io::ErrorKind::AlreadyExists => "there is a file of this name".into(),
        io::ErrorKind::NotADirectory => "a part of its path is no folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::StorageFull => "the disk is full; nothing was replaced".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        _ => error.to_string(),
    }
}
