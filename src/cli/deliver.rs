//! `zm deliver DOC -o OUT`: the translated document, and what is missing in it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use serde_json::{Value, json};

use super::Global;
use super::out::{Exit, Failure, Format, Out, style, styled};
use super::work::{self, Output};
use crate::error::Error;
use crate::lang::Locale;
use crate::recognize::Recognizer;
use crate::report::{counted, json::record};
use crate::session;
use crate::text::count::plural;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Where there is no translation the source is kept, the place is listed and the
exit code is 1; with --partial that is as it should be: the places are counted
and the code is 0. Findings are shown and counted; they do not change the code.

Examples:
  zm deliver report.zh.md -o report.en.md
  zm deliver report.zh.md -o - --partial | less")]
pub(crate) struct Args {
    /// The document
    #[arg(value_name = "DOC", value_hint = ValueHint::FilePath)]
    document: PathBuf,
    #[command(flatten)]
    output: Output,
    /// A part is enough: places without a translation are no failure
    #[arg(long)]
    partial: bool,
    /// What was written: en, zh-Hans, zh-Hant, zh-TW or zh-HK
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<Locale>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        if self.document == Path::new("-") {
            let message = "work is kept beside the document: name the file";
            return Err(Error::Usage(message.into()).into());
        }
        let project = global.project_of(&self.document)?;
        self.output.check(&self.document)?;
        let session = work::open(&project, &self.document, self.to, out)?;
        let glossary = project.glossary()?;
        out.notices(&glossary.findings);
        let glossary = glossary.value;
        let recognizer = Recognizer::new(&glossary);
        let findings = work::findings(&session, &glossary, &recognizer, &project.config.rules)?;
        let delivery = session::deliver(&session.document, session.to, self.partial);
        if self.format == Format::Human || self.output.path().is_some() {
            work::remarks(&session, out);
        }
        self.output.write(&delivery.bytes, out)?;

        let exit = if delivery.complete {
            Exit::Fine
        } else {
            Exit::Findings
        };
        let written = self.output.path().map(|p| p.display().to_string());
        let units = session.len();
        let missing = delivery.untranslated.len();
        if self.format == Format::Json {
            let places = |list: &[(u32, String)]| -> Vec<Value> {
                let place =
                    |(line, source): &(u32, String)| json!({"line": line, "source": source});
                list.iter().map(place).collect()
            };
            let all = json!({
                "schema": "zhengming.deliver/1",
                "document": self.document,
                "output": written,
                "to": session.to,
                "units": units,
                "translated": units - missing,
                "untranslated": places(&delivery.untranslated),
                "unconfirmed": places(&delivery.unconfirmed),
                "findings": findings.iter().map(record).collect::<Vec<_>>(),
            });
            match written {
                Some(_) => out.json_pretty(&all)?,
                // The document itself is on stdout.
                None => out.note(all),
            }
            return Ok(exit);
        }
        out.notices(&findings);
        let document = self.document.display();
        if !self.partial {
            self.list(out, "not translated", &delivery.untranslated);
        }
        self.list(out, "not confirmed", &delivery.unconfirmed);
        let all = plural(units, "segment");
        if missing > 0 && self.partial {
            let what = if missing == 1 {
                "segment is"
            } else {
                "segments are"
            };
            out.note(format!("{missing} {what} not translated"));
        } else if missing > 0 {
            let advice = "the source stands there; --partial says that this is as it should be";
            out.note(format!(
                "{missing} of {all} of {document} are not translated: {advice}"
            ));
        }
        if !findings.is_empty() {
            out.note(counted(&findings));
        }
        if let Some(path) = written {
            let done = units - missing;
            writeln!(out, "{path}: {done} of {all} translated")?;
        }
        Ok(exit)
    }

    /// Places of the document that lack something.
    fn list(&self, out: &mut Out, what: &str, places: &[(u32, String)]) {
        for (line, source) in places {
            let place = styled(style::PLACE, format!("{}:{line}", self.document.display()));
            let what = styled(style::CARE, what);
            out.note(format!("{place}: {what}: {source}"));
        }
    }
}
