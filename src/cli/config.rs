//! `zm config`: the configuration that holds, with its files found.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::Global;
use super::out::{Exit, Failure, Format, Out};
use crate::error::Error;
use crate::project::{Config, DOCUMENTS, FILE};
use crate::tui::key::Keymap;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let mut config = project.config.clone();
        let names = |paths: Vec<PathBuf>| -> Vec<String> {
            paths.iter().map(|path| project.name(path)).collect()
        };
        config.glossaries = names(project.glossary_files()?);
        config.memories = names(project.memory_files()?);
        if config.documents.is_empty() {
            config.documents = DOCUMENTS.iter().map(|&g| g.to_owned()).collect();
        }
        config.languages.zh.get_or_insert(crate::lang::Locale::Hans);
        let shown = project.root.as_ref().map(|root| root.join(FILE));
        let file = shown.filter(|path| path.is_file());
        let (_, wrong) = Keymap::new(&config.keys);
        if let (Some(file), Some(first)) = (&file, wrong.first()) {
            let text = fs::read_to_string(file).map_err(|e| Error::io("read", file, e))?;
            return Err(Config::fault(file, &text, &first.written, &first.message).into());
        }
        if self.format == Format::Json {
            let all = serde_json::json!({
                "schema": "zhengming.config/1",
                "workspace": project.root,
                "file": file,
                "config": config,
            });
            out.json_pretty(&all)?;
            return Ok(Exit::Fine);
        }
        match (&file, &project.root) {
            (Some(file), _) => writeln!(out, "# from {} and defaults", file.display())?,
            (None, Some(_)) => writeln!(out, "# defaults: there is no {FILE} here")?,
            (None, None) => writeln!(out, "# defaults: there is no workspace here")?,
        }
        let text = toml::to_string_pretty(&config);
        let text = text.map_err(|e| Error::Usage(e.to_string()))?;
        out.write_all(text.as_bytes())?;
        Ok(Exit::Fine)
    }
}
