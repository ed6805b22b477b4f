//! What whole runs of `zm` need, one way for all of them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every test needs all of it; a test may fail so"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::str::FromStr;

/// `zm` in a folder.
pub(crate) fn zm(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zm"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// `zm` in a folder, with something on stdin.
pub(crate) fn fed(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zm"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may well end without reading it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
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

/// How often a test kills: as `ZM_KILLS` says, else a few times.
pub(crate) fn kills<N: FromStr>(few: N) -> N {
    let said = std::env::var("ZM_KILLS").ok();
    said.and_then(|n| n.parse().ok()).unwrap_or(few)
}
