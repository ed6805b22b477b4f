//! What whole runs of `zm` need, one way for all of them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every test needs all of it; a test may fail so"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// `zm` in a folder.
pub(crate) fn zm(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zm"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What a run printed.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a run said beside it.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with files.
pub(crate) fn folder<B: AsRef<[u8]>>(files: &[(&str, B)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}
