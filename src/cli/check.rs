//! `zm check PATH…`: everything that is wrong in documents, with its place.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueHint;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use globset::GlobSet;
use jiff::civil::Date;

use super::Global;
use super::accepted;
use super::cached::Cached;
use super::mend;
use super::out::{Exit, Failure, Out, Progress};
use super::rules::{self, Choice};
use crate::align::Resources;
use crate::check::{self, Job, Level, Levels, Reference};
use crate::error::{Error, Result};
use crate::finding::{Parsed, Severity};
use crate::intake::{self, Ask};
use crate::lang::Lang;
use crate::memory::Memory;
use crate::model::bitext::Bitext;
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::report::{FORMATS, Format, Results, Style, Unread, github};
use crate::text::words;
use crate::tsv::write_atomic;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing as grave as --fail-on; 1 findings; 2 a file could not be
read (the others are checked all the same), or the command line does not hold.

Examples:
  zm check report.zh.md
  zm check docs/ --format short --select term,num
  zm check docs/ --ignore num-value --fail-on warning
  zm check docs/ --format json --output findings.json
  zm check --pair 报告.md report.md
  zm check \"docs/**/*.zh.md\" glossaries/ work.zm.tsv
  cat draft.md | zm check - --stdin-name draft.md

Documents with names like report.zh.md and report.en.md, README.md and
README.zh-CN.md, zh/a.md and en/a.md, zh.txt and en.txt, or of [[pairs]] in zhengming.toml are
aligned and checked together where both are asked for.")]
pub(crate) struct Args {
    /// Documents, bilingual tables, folders of them, or globs; `-` is stdin
    #[arg(value_name = "PATH", required_unless_present = "pair", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// A Chinese document and the English one that goes with it, whatever their names; may be repeated
    #[arg(long, num_args = 2, value_names = ["ZH", "EN"], value_hint = ValueHint::FilePath)]
    pair: Vec<PathBuf>,
    /// The language pairs of documents are translated from; without it, what the
    /// configuration says, then the document whose name has no language, then Chinese
    #[arg(long, value_name = "LANG")]
    from: Option<Lang>,
    /// What stdin is called: the name tells the format, and findings have it
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
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
    /// The date that terms must hold on, in place of each document's own
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
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
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        if (self.mend.fix || self.mend.diff) && self.paths.iter().any(|p| p == Path::new("-")) {
            let message = "stdin cannot be mended: --fix and --diff need files";
            return Err(Error::Usage(message.to_owned()).into());
        }
        let choice = Choice::new(&self.select, &self.ignore)?;
        let first = self.paths.iter().chain(&self.pair).next();
        let first = first.map_or(Path::new(""), PathBuf::as_path);
        let project = global.project_of(first)?;
        let rules = Rules::new(&project, choice)?;
        let cached = self.cached(&project)?;
        if let Some((answer, exit)) = cached.as_ref().and_then(Cached::get) {
            self.emit(&answer, out)?;
            return Ok(exit);
        }
        let mut results = self.results(&project, &rules)?;
        if let Some(exit) = self.accepted.apply(&mut results, &project, out)? {
            return Ok(exit);
        }
        if self.mend.diff {
            return mend::show(&results, out);
        }
        let mended = self.mend.fix.then(|| mend::write(&results, out));
        let mended = mended.unwrap_or_default();
        if mended.any {
            // Places have moved, and a text that was mended may have more to say.
            results = self.results(&project, &rules)?;
            self.accepted.apply(&mut results, &project, out)?;
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
    fn cached(&self, project: &Project) -> Result<Option<Cached>> {
        let acts = self.mend.fix || self.mend.diff || self.accepted.writes();
        let stdin = self.paths.iter().any(|path| path == Path::new("-"));
        if acts || stdin || self.no_cache || self.format.name == "github" {
            return Ok(None);
        }
        let read = self
            .paths
            .iter()
            .chain(&self.pair)
            .chain(self.accepted.file());
        Cached::new(project, &read.cloned().collect::<Vec<_>>())
    }

    /// The documents of each `--pair`.
    fn pairs(&self) -> Vec<[PathBuf; 2]> {
        let (pairs, _) = self.pair.as_chunks();
        pairs.to_vec()
    }

    /// Reads and checks everything.
    fn results(&self, project: &Project, rules: &Rules<'_>) -> Result<Results> {
        let progress = Progress::new();
        progress.say("reading");
        let ask = Ask {
            paths: self.paths.clone(),
            pairs: self.pairs(),
            stdin_name: self.stdin_name.clone(),
            from: self.from,
        };
        let glossary = project.glossary()?;
        let (recognizer, ()) = rayon::join(|| Recognizer::new(&glossary.value), words::warm_up);
        let memory = rules.memory()?;
        let mut reference = Reference::new(&glossary.value, &recognizer);
        reference.memory = memory.as_ref().map(|memory| &memory.value);
        let dictionary = project.dictionary()?;
        let resources = Resources {
            dictionary: Some(&dictionary),
            glossary: Some((&glossary.value, &recognizer)),
            lexicon: None,
        };
        let (intake, ()) = rayon::join(
            || intake::take(&ask, project, &resources),
            || {
                if rules.on_somewhere("term-variant") {
                    reference.warm_up();
                }
            },
        );
        let mut intake = intake?;
        let files = intake.files;
        let units = intake.bitexts.iter().map(|b| b.units.len()).sum();
        progress.say(format_args!(
            "checking {} files, {units} units",
            files.len()
        ));
        let jobs = intake.bitexts.into_iter().map(|mut bitext| {
            bitext.date = self.date.or(bitext.date);
            Job {
                levels: rules.of_bitext(&bitext),
                bitext,
            }
        });
        let jobs: Vec<Job> = jobs.collect();
        let outcome = check::run(&jobs, &reference);
        intake.findings.extend(glossary.findings);
        intake
            .findings
            .extend(memory.map(|memory| memory.findings).unwrap_or_default());
        let of_readers = intake.findings.into_iter().filter_map(|finding| {
            let levels = rules.of([&finding.place.path].into_iter());
            rules::leveled(finding, &levels)
        });
        let mut findings = outcome.findings;
        findings.extend(of_readers);
        check::sort(&mut findings);
        // A document that is the other side of two says the same in both pairs.
        findings.dedup_by(|a, b| (a.rule, &a.place, &a.message) == (b.rule, &b.place, &b.message));
        Ok(Results {
            files,
            units,
            findings,
            suppressed: outcome.suppressed,
            baselined: 0,
            unread: intake.unread,
            fail_on: self.fail_on.severity(),
        })
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

/// The levels that hold for each path.
struct Rules<'a> {
    project: &'a Project,
    choice: Choice,
    overrides: Vec<(GlobSet, &'a Levels)>,
}

impl<'a> Rules<'a> {
    fn new(project: &'a Project, choice: Choice) -> Result<Self> {
        let overrides = project.overrides()?;
        Ok(Self {
            project,
            choice,
            overrides,
        })
    }

    /// The memory, where there is one and a rule asks for it.
    fn memory(&self) -> Result<Option<Parsed<Memory>>> {
        let journal = self.project.journal().is_some_and(|path| path.exists());
        let some = journal || !self.project.memory_files()?.is_empty();
        let wanted = some && self.on_somewhere("tm-");
        wanted.then(|| self.project.memory()).transpose()
    }

    /// Whether a rule whose name begins so is on, for some paths at least.
    fn on_somewhere(&self, name: &str) -> bool {
        let rules = &self.project.config.rules;
        let usual = self.choice.levels(rules, std::iter::empty());
        let overrides = self.overrides.iter();
        let overridden = overrides.map(|(_, levels)| self.choice.levels(rules, [*levels]));
        let on = |levels: Levels| {
            let mut checks = check::CHECKS
                .iter()
                .filter(|check| check.id.starts_with(name));
            checks.any(|check| levels.get(check.id).copied().unwrap_or(check.level) != Level::Off)
        };
        std::iter::once(usual).chain(overridden).any(on)
    }

    fn of_bitext(&self, bitext: &Bitext) -> Levels {
        self.of(bitext.files.iter().map(|file| &file.path))
    }

    /// The levels for what stands in some files; of two overrides the later one wins.
    fn of<'p>(&self, paths: impl Iterator<Item = &'p Arc<Path>>) -> Levels {
        let names: Vec<_> = paths.map(|path| self.project.name(path)).collect();
        let here = |globs: &GlobSet| names.iter().any(|name| globs.is_match(name));
        let overrides = self.overrides.iter().filter(|(globs, _)| here(globs));
        let overrides = overrides.map(|(_, rules)| *rules);
        self.choice.levels(&self.project.config.rules, overrides)
    }
}
