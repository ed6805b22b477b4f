//! What `zm check` and `zm glossary lint` share: how findings are chosen,
//! printed, accepted and mended, and the run itself.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::accepted;
use super::cached::Cached;
use super::levels::Rules;
use super::mend;
use super::out::{Exit, Failure, Out, Progress};
use super::rules::Choice;
use crate::align::Resources;
use crate::check::{self, Book, Job, Outcome, Reference};
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::glossary::{Glossary, Sheet};
use crate::intake::{self, Ask, Intake};
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::report::{FORMATS, Format, Results, Style, Unread, github};
use crate::text::words;
use crate::tsv::{resolved, write_atomic};
use crate::upkeep;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    /// How to print
    #[arg(long, value_name = "FORMAT", value_parser = formats(), default_value = "human")]
    format: &'static Format,
    /// The file to print to; `-` is stdout
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Only this rule, or this family of rules (`num`); may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Not this rule, or none of this family; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The least grave finding that makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// Check anew even where nothing has changed since the last time
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    accepted: accepted::Args,
    #[command(flatten)]
    mend: mend::Args,
}

/// From which severity on findings are a failure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    #[default]
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// The names of the formats, each with what it is for.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).map(|name| {
        let mut formats = FORMATS.iter();
        let found = formats.find(|format| format.name == name);
        found.unwrap_or(&FORMATS[0])
    })
}

impl Args {
    /// Checks what is asked for; `date` takes the place of each document's own.
    pub(crate) fn run(
        &self,
        ask: &Ask,
        date: Option<Date>,
        project: &Project,
        out: &mut Out,
    ) -> Result<Exit, Failure> {
        if (self.mend.fix || self.mend.diff) && ask.paths.iter().any(|p| p == Path::new("-")) {
            let message = "stdin cannot be mended: --fix and --diff need files";
            return Err(Error::Usage(message.to_owned()).into());
        }
        let choice = Choice::new(&self.select, &self.ignore)?;
        let rules = Rules::new(project, choice)?;
        let cached = self.cached(ask, project)?;
        if let Some((answer, exit)) = cached.as_ref().and_then(Cached::get) {
            self.emit(&answer, out)?;
            return Ok(exit);
        }
        let run = Run {
            ask,
            date,
            project,
            rules: &rules,
            fail_on: self.fail_on.severity(),
        };
        let mut results = run.results()?;
        if let Some(exit) = self.accepted.apply(&mut results, project, out)? {
            return Ok(exit);
        }
        if self.mend.diff {
            return mend::show(&results, out);
        }
        let mended = self.mend.fix.then(|| mend::write(&results, out));
        let mended = mended.unwrap_or_default();
        if mended.any {
            // Places have moved, and a text that was mended may have more to say.
            results = run.results()?;
            self.accepted.apply(&mut results, project, out)?;
        }
        let answer = self.print(&results, out)?;
        let failed = results.findings.iter().any(|f| results.fails(f));
        let all = results.unread.is_empty() && !mended.refused;
        let exit = match (all, failed) {
            (false, _) => return Ok(Exit::Trouble),
            (true, true) => Exit::Findings,
            (true, false) => Exit::Fine,
        };
        if let Some(cached) = cached {
            cached.put(&answer, exit);
        }
        Ok(exit)
    }

    /// Where this run's answer may be kept: only where it is nothing but printed.
    fn cached(&self, ask: &Ask, project: &Project) -> Result<Option<Cached>> {
        let acts = self.mend.fix || self.mend.diff || self.accepted.writes();
        let stdin = ask.paths.iter().any(|path| path == Path::new("-"));
        if acts || stdin || self.no_cache || self.format.name == "github" {
            return Ok(None);
        }
        let read = ask
            .paths
            .iter()
            .chain(ask.pairs.as_flattened())
            .chain(self.accepted.file());
        Cached::new(project, &read.cloned().collect::<Vec<_>>())
    }

    /// The file to print to; `None` for stdout.
    fn file(&self) -> Option<&Path> {
        let file = self.output.as_deref();
        file.filter(|path| *path != Path::new("-"))
    }

    fn emit(&self, answer: &[u8], out: &mut Out) -> Result<(), Failure> {
        match self.file() {
            Some(path) => Ok(write_atomic(path, answer)?),
            None => Ok(out.write_all(answer)?),
        }
    }

    /// Prints the results; gives what was printed.
    fn print(&self, results: &Results, out: &mut Out) -> Result<Vec<u8>, Failure> {
        let style = match self.file() {
            Some(_) => Style::default(),
            None => Style::colored(),
        };
        let mut answer = Vec::new();
        (self.format.write)(results, &style, &mut answer)?;
        self.emit(&answer, out)?;
        if self.format.name == "github"
            && let Some(page) = std::env::var_os("GITHUB_STEP_SUMMARY")
        {
            step_summary(Path::new(&page), results)?;
        }
        // What people read names them itself; a format for programs has no place for them.
        if self.file().is_some() || !["human", "short"].contains(&self.format.name) {
            for Unread { path, message } in &results.unread {
                out.trouble(&Error::file(path, None, message).into());
            }
        }
        Ok(answer)
    }
}

/// Adds to the page that GitHub shows for a run; other steps write to it too.
fn step_summary(page: &Path, results: &Results) -> Result<()> {
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(page);
    let written = file.and_then(|mut file| file.write_all(github::summary(results).as_bytes()));
    written.map_err(|e| Error::io("write", page, e))
}

/// A run, before anything is read.
struct Run<'a> {
    ask: &'a Ask,
    date: Option<Date>,
    project: &'a Project,
    rules: &'a Rules<'a>,
    fail_on: Option<Severity>,
}

impl Run<'_> {
    /// Reads and checks everything.
    fn results(&self) -> Result<Results> {
        let progress = Progress::new();
        progress.say("reading");
        let glossaries = intake::only_glossaries(self.ask, self.project)?;
        let (mut intake, outcome) = if glossaries {
            // Nothing is made ready that only texts are checked with.
            let intake = intake::take(self.ask, self.project, &Resources::default())?;
            (intake, Outcome::default())
        } else {
            self.texts(&progress)?
        };
        let units = intake.bitexts.iter().map(|b| b.units.len()).sum();
        let linted = self.lint(&mut intake)?;
        let of_readers = intake.findings.into_iter().filter_map(|finding| {
            let levels = self.rules.of([&finding.place.path].into_iter());
            check::leveled(finding, &levels)
        });
        let mut findings = outcome.findings;
        findings.extend(linted.findings);
        findings.extend(of_readers);
        check::sort(&mut findings);
        // A document that is the other side of two says the same in both pairs.
        findings.dedup_by(|a, b| (a.rule, &a.place, &a.message) == (b.rule, &b.place, &b.message));
        Ok(Results {
            files: intake.files,
            units,
            findings,
            suppressed: outcome.suppressed + linted.suppressed,
            baselined: 0,
            unread: intake.unread,
            fail_on: self.fail_on,
        })
    }

    /// Reads everything and checks the texts.
    fn texts(&self, progress: &Progress) -> Result<(Intake, Outcome)> {
        let (project, rules) = (self.project, self.rules);
        let glossary = project.glossary()?;
        let (recognizer, ()) = rayon::join(|| Recognizer::new(&glossary.value), words::warm_up);
        let memory = rules.memory("tm-")?;
        let mut reference = Reference::new(&glossary.value, &recognizer);
        reference.memory = memory.as_ref().map(|memory| &memory.value);
        let dictionary = project.dictionary()?;
        let resources = Resources {
            dictionary: Some(&dictionary),
            glossary: Some((&glossary.value, &recognizer)),
            lexicon: None,
        };
        let (intake, ()) = rayon::join(
            || intake::take(self.ask, project, &resources),
            || {
                if rules.on_somewhere("term-variant") {
                    reference.warm_up();
                }
            },
        );
        let mut intake = intake?;
        let files = intake.files.len();
        let bitexts = std::mem::take(&mut intake.bitexts);
        let units: usize = bitexts.iter().map(|b| b.units.len()).sum();
        progress.say(format_args!("checking {files} files, {units} units"));
        let jobs = bitexts.into_iter().map(|mut bitext| {
            bitext.date = self.date.or(bitext.date);
            Job {
                levels: rules.of_bitext(&bitext),
                bitext,
            }
        });
        let jobs: Vec<Job> = jobs.collect();
        let outcome = check::run(&jobs, &reference);
        intake.bitexts = jobs.into_iter().map(|job| job.bitext).collect();
        // What glossaries that are linted have to say of themselves is said there.
        let linted: Vec<PathBuf> = intake.sheets.iter().map(|s| resolved(&s.path)).collect();
        let mut of_glossary = glossary.findings;
        of_glossary.retain(|finding| !linted.contains(&resolved(&finding.place.path)));
        intake.findings.extend(of_glossary);
        intake
            .findings
            .extend(memory.map(|memory| memory.findings).unwrap_or_default());
        Ok((intake, outcome))
    }

    /// Checks the glossaries that are asked for, beside the workspace's others.
    fn lint(&self, intake: &mut Intake) -> Result<Outcome> {
        let asked = std::mem::take(&mut intake.sheets);
        if asked.is_empty() {
            return Ok(Outcome::default());
        }
        let (books, workspace) = self.books(asked)?;
        let memories = if workspace && self.rules.on_somewhere("gl-noise") {
            upkeep::memories(self.project)?
        } else {
            Vec::new()
        };
        Ok(check::lint(&books, &memories))
    }

    /// The glossaries in order of priority, and whether any of those that are
    /// asked for is the workspace's: then its others are there as well.
    fn books(&self, mut asked: Vec<Sheet>) -> Result<(Vec<Book>, bool)> {
        let files = self.project.glossary_files()?;
        let of_workspace: Vec<PathBuf> = files.iter().map(|path| resolved(path)).collect();
        let member = |sheet: &Sheet| of_workspace.contains(&resolved(&sheet.path));
        let workspace = asked.iter().any(member);
        let mut books = Vec::new();
        for (path, full) in files.iter().zip(&of_workspace).filter(|_| workspace) {
            let at = asked
                .iter()
                .position(|sheet| resolved(&sheet.path) == *full);
            books.push(match at {
                Some(at) => self.book(asked.remove(at)),
                None => Book {
                    sheet: Sheet::parse(path, &Glossary::bytes(path)?),
                    levels: None,
                },
            });
        }
        books.extend(asked.into_iter().map(|sheet| self.book(sheet)));
        Ok((books, workspace))
    }

    fn book(&self, sheet: Sheet) -> Book {
        Book {
            levels: Some(self.rules.of([&sheet.path].into_iter())),
            sheet,
        }
    }
}
