//! `zm glossary export`: a glossary in the formats that others read.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out, may_write};
use crate::error::Error;
use crate::glossary::exchange::{self, About, Format, Record};
use crate::lang::Lang;
use crate::text::count::plural;
use crate::tsv::write_atomic;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What a format has no place for is named on stderr; tsv, csv and xlsx hold every
column of a glossary.

Examples:
  zm glossary export -o terms.xlsx
  zm glossary export glossaries/us.tsv --format tbx-dct -o us.tbx
  zm glossary export --format omegat --from en > glossary.txt")]
pub(crate) struct Args {
    /// The glossaries; by default the workspace's
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The format; by default told by the name given with -o, else tsv
    #[arg(long, value_enum)]
    format: Option<Kind>,
    /// The file to write; stdout where none is named
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// The language translated from, in formats that have a direction (UTX, OmegaT)
    #[arg(long, value_name = "LANG", default_value = "zh")]
    from: Lang,
    /// Overwrite the file
    #[arg(long)]
    force: bool,
}

/// A format, on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Tsv,
    /// TBX-Basic, data categories as attributes
    TbxDca,
    /// TBX-Basic, data categories as tags
    TbxDct,
    Utx,
    Omegat,
    Csv,
    Xlsx,
}

impl Kind {
    fn format(self) -> Format {
        match self {
            Self::Tsv => Format::Tsv,
            Self::TbxDca => Format::TbxDca,
            Self::TbxDct => Format::TbxDct,
            Self::Utx => Format::Utx,
            Self::Omegat => Format::Omegat,
            Self::Csv => Format::Csv,
            Self::Xlsx => Format::Xlsx,
        }
    }
}

/// How many cells a spreadsheet takes for formulas.
fn formulas(records: &[Record]) -> usize {
    let cells = records.iter().flat_map(Record::named);
    let first = cells.filter_map(|(_, texts)| texts.first());
    first
        .filter(|text| text.starts_with(['=', '+', '@']))
        .count()
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let files = if self.files.is_empty() {
            project.glossary_files()?
        } else {
            self.files.clone()
        };
        if files.is_empty() {
            let message = "there is no glossary here: name one, or --workspace DIR";
            return Err(Error::Usage(message.into()).into());
        }
        let kind = self.kind()?;
        let mut records = Vec::new();
        let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
        let mut comments = 0;
        for path in &files {
            let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Error::file(
                    path,
                    None,
                    "not UTF-8: `zm glossary import` makes a glossary of it",
                )
            })?;
            let refused = |why: Error| Error::file(path, None, why.without_path());
            records.extend(exchange::of_glossary(&text).map_err(refused)?);
            for (column, count) in exchange::unknown_columns(&text).map_err(refused)? {
                *unknown.entry(column).or_default() += count;
            }
            comments += text.lines().filter(|line| line.starts_with('#')).count();
        }
        let about = About {
            title: files
                .first()
                .and_then(|p| p.file_stem())
                .map_or(String::new(), |s| s.to_string_lossy().into_owned()),
            from: self.from,
            zh: project.target(Lang::En, None),
            day: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        };
        let format = kind.format();
        let bytes = exchange::write(format, &records, &about)?;
        match &self.output {
            Some(path) => {
                may_write(path, self.force)?;
                write_atomic(path, &bytes)?;
                let held = records.len() - exchange::left_out(format, &records, self.from);
                let concepts = plural(held, "concept");
                out.note(format!("{}: {concepts}", path.display()));
            }
            None if kind == Kind::Xlsx && std::io::stdout().is_terminal() => {
                return Err(
                    Error::Usage("a workbook is no text: name a file with -o".into()).into(),
                );
            }
            None => out.file(&bytes)?,
        }
        self.lost(format, &records, unknown, out);
        if comments > 0 {
            let lines = plural(comments, "line");
            out.note(format!("not held by this format: comments, in {lines}"));
        }
        for (what, count) in exchange::altered(format, &records, about.zh) {
            let concepts = plural(count, "concept");
            out.note(format!("changed by this format: {what}, in {concepts}"));
        }
        let formulas = formulas(&records);
        if kind == Kind::Csv && formulas > 0 {
            let cells = plural(formulas, "cell");
            out.note(format!(
                "{cells} with =, + or @ at the beginning, which a spreadsheet takes for formulas: in a workbook (--format xlsx) all cells are text"
            ));
        }
        Ok(Exit::Fine)
    }

    /// Names what the format does not hold; `unknown` are columns that none does.
    fn lost(
        &self,
        format: Format,
        records: &[Record],
        unknown: impl IntoIterator<Item = (String, usize)>,
        out: &mut Out,
    ) {
        let known = exchange::losses(format, records, self.from).into_iter();
        let known = known.map(|(column, count)| (column.to_owned(), count));
        for (column, count) in known.chain(unknown) {
            let concepts = plural(count, "concept");
            out.note(format!(
                "not held by this format: `{column}`, in {concepts}"
            ));
        }
        let left_out = exchange::left_out(format, records, self.from);
        if left_out > 0 {
            let concepts = plural(left_out, "concept");
            out.note(format!(
                "not held by this format: {concepts} without a term in both languages"
            ));
        }
    }

    /// The format asked for, else the one of the file's name.
    fn kind(&self) -> Result<Kind, Error> {
        let ending = self
            .output
            .as_ref()
            .and_then(|path| path.extension())
            .map(|e| e.to_string_lossy().to_lowercase());
        match (self.format, ending.as_deref()) {
            (Some(kind), _) => Ok(kind),
            (None, None | Some("tsv")) => Ok(Kind::Tsv),
            (None, Some("csv")) => Ok(Kind::Csv),
            (None, Some("xlsx")) => Ok(Kind::Xlsx),
            (None, Some("utx")) => Ok(Kind::Utx),
            (None, Some("tbx")) => Ok(Kind::TbxDca),
            (None, Some(other)) => Err(Error::Usage(format!(
                "what format is `.{other}`? --format says it"
            ))),
        }
    }
}
