//! What the programs for the desk share: where the data is, packed files, what a
//! run costs, and numbers drawn by lot.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "not every program needs all of it; a program for the desk"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the data and the arguments after it.
///
/// The first argument names the folder, or `ZM_DATA` where there is none; where
/// neither does, that is said.
pub(crate) fn data(program: &str) -> Option<(PathBuf, Vec<String>)> {
    // Cargo puts `--bench` among them.
    let mut arguments = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let named = arguments.next().or_else(|| std::env::var("ZM_DATA").ok());
    if named.is_none() {
        println!("{program}: name the folder of the data; nothing was measured");
    }
    Some((named?.into(), arguments.collect()))
}

/// The text of a file that `xz` packed.
pub(crate) fn unpacked(path: &Path) -> String {
    let xz = Command::new("xz").arg("-dc").arg(path).output().unwrap();
    assert!(xz.status.success(), "xz cannot read {}", path.display());
    String::from_utf8(xz.stdout).unwrap()
}

/// Seconds of CPU of this thread so far: other programs do not count.
pub(crate) fn cpu() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|n| n.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// Seconds of CPU of this process so far, all threads.
pub(crate) fn process_cpu() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(") ").next().unwrap_or("").split(' ');
    let ticks = fields.skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Peak memory of this process in MB.
pub(crate) fn peak() -> f64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1024.0
}

/// Numbers drawn by lot, the same in every run (Steele, Lea and Flood 2014: `SplitMix64`).
pub(crate) struct Lots(u64);

impl Lots {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.draw() % n.max(1) as u64) as usize
    }

    /// One of some things.
    pub(crate) fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        of.get(self.below(of.len()))
    }
}
