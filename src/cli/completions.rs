//! `zm completions SHELL`.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::out::{Exit, Failure, Out};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  zm completions fish > ~/.config/fish/completions/zm.fish")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Args {
    pub(crate) fn run(&self, out: &mut Out) -> Result<Exit, Failure> {
        // Generated into a buffer first: the generator panics where a write fails.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "zm", &mut script);
        out.write_all(&script)?;
        Ok(Exit::Fine)
    }
}
