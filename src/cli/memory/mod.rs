//! `zm memory …`: whole translation memories, one file a command.

mod import;

use clap::Subcommand;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the units of TMX, XLIFF, PO and table files into a memory
    Import(import::Args),
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        match &self.command {
            Command::Import(args) => args.run(global, out),
        }
    }
}

/// A number with its thousands apart: `1,234,567`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `s` where there are several, or none.
fn plural(number: u64) -> &'static str {
    if number == 1 { "" } else { "s" }
}
