//! `zm memory export`: units for other tools.

use std::cmp::Ordering;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::{files, unused};
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out, may_write};
use crate::error::{Error, Result};
use crate::format::exchange::write::{Format, Tags, Writer};
use crate::format::exchange::{Unit, Variant, language};
use crate::lang::{Lang, Locale, Pair};
use crate::memory::{Entry, scan};
use crate::model::document::State;
use crate::project::Project;
use crate::text::count::{plural, thousands};
use crate::text::script::Tally;
use crate::tsv::write_atomic_by;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
TMX 1.4 (level 2), TSV and CSV hold all that a unit says; XLIFF 1.2 too, some of
it where other tools do not look. PO holds texts, documents, remarks and whether
a translation is fuzzy, of one direction: --from, else that of most units. What
the format has no place for is said. Inline codes become the elements that the
format has for them.

Examples:
  zm memory export -o all.tmx
  zm memory export --memory memories/policy.tsv --document \"*.docx\" -o docx.tmx
  zm memory export --format tsv --state reviewed --since 2026-01-01
  zm memory export --from en --format po --zh zh_TW -o zh_TW.po")]
pub(crate) struct Args {
    /// The format; without it, what the name of the output says, TMX on stdout
    #[arg(long, value_enum)]
    format: Option<Shape>,
    /// The file to write; without it, stdout
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    /// Only units translated from this language
    #[arg(long, value_name = "zh|en")]
    from: Option<Lang>,
    /// Only units of documents whose name has this in it, or fits this pattern (*, ?)
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
    /// Only units of this subject
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// Only units of this person
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// Only units that have come at least so far: draft, translated, reviewed, final
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Only units of this date or later (2026-01-31)
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    since: Option<jiff::civil::Date>,
    /// Only units of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    until: Option<jiff::civil::Date>,
    /// What Chinese is called in the file; without it, as the workspace has it, else zh-CN
    #[arg(long, value_name = "TAG", value_parser = |tag: &str| named(tag, Lang::Zh))]
    zh: Option<String>,
    /// What English is called in the file
    #[arg(long, value_name = "TAG", default_value = "en-US", value_parser = |tag: &str| named(tag, Lang::En))]
    en: String,
}

/// The formats, as the command line names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    Tmx,
    Tsv,
    Csv,
    Xliff,
    Po,
}

impl Shape {
    fn format(self) -> Format {
        match self {
            Self::Tmx => Format::Tmx,
            Self::Tsv => Format::Tsv,
            Self::Csv => Format::Csv,
            Self::Xliff => Format::Xliff,
            Self::Po => Format::Po,
        }
    }

    /// Whether the file says what its languages are called.
    fn names_languages(self) -> bool {
        !matches!(self, Self::Tsv | Self::Csv)
    }

    /// The format that a file's name says.
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
        Some(match extension.as_str() {
            "tmx" => Self::Tmx,
            "tsv" | "tab" => Self::Tsv,
            "csv" => Self::Csv,
            "xlf" | "xliff" => Self::Xliff,
            "po" => Self::Po,
            _ => return None,
        })
    }
}

impl Args {
    /// The format asked for, by name or by that of the output.
    fn shape(&self) -> Result<Shape> {
        match (self.format, &self.output) {
            (Some(shape), _) => Ok(shape),
            (None, None) => Ok(Shape::Tmx),
            (None, Some(path)) => Shape::of(path).ok_or_else(|| {
                let message = "no format has this ending: use .tmx, .xlf, .po, .tsv or .csv, or say it with --format";
                Error::file(path, None, message)
            }),
        }
    }

    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let filter = Filter::new(self)?;
        let Some(path) = &self.output else {
            let done = self.write(&project, &filter, &mut *out, Path::new("-"));
            done.map_err(to_stdout)?.say(out);
            return Ok(Exit::Fine);
        };
        may_write(path, self.force)?;
        let done = write_atomic_by(path, |to| {
            self.write(&project, &filter, BufWriter::new(to), path)
        })?;
        done.say(out);
        Ok(Exit::Fine)
    }

    fn write(
        &self,
        project: &Project,
        filter: &Filter<'_>,
        to: impl Write,
        path: &Path,
    ) -> Result<Done> {
        let refused = |e| Error::io("write", path, e);
        let shape = self.shape()?;
        let configured = project.config.languages.zh.map(|locale| match locale {
            Locale::Hans => "zh-CN",
            locale => locale.tag(),
        });
        let tags = Tags {
            zh: self
                .zh
                .clone()
                .unwrap_or_else(|| configured.unwrap_or("zh-CN").to_owned()),
            en: self.en.clone(),
        };
        let from = self.direction(shape, project, filter)?;
        let traditional = traditional(&tags.zh);
        let called = tags.zh.clone();
        let mut writer = Writer::new(to, shape.format(), tags, from).map_err(refused)?;
        let mut done = Done::default();
        for (file, journal) in files(project)? {
            let unused = scan::each(&file, journal, &mut |entry| {
                done.read += 1;
                if filter.wants(&entry) {
                    let mut tally = Tally::default();
                    tally.add(&entry.zh);
                    let other = tally
                        .script()
                        .is_some_and(|s| s.traditional() != traditional);
                    done.other_script += u64::from(other && shape.names_languages());
                    let written = writer.unit(&unit(entry)).map_err(refused)?;
                    done.written += u64::from(written);
                    done.other_way |= !written;
                }
                Ok(())
            })?;
            done.unused += unused.rows;
        }
        if done.other_script > 0 {
            let texts = thousands(done.other_script);
            let (script, better) = if traditional {
                ("simplified", "zh-CN")
            } else {
                ("traditional", "zh-TW")
            };
            done.script = format!(
                "texts in {script} characters that the file calls {called}: {texts}; --zh {better} calls all of them so"
            );
        }
        for (what, count) in writer.finish().map_err(refused)? {
            done.lost.push(format!("{what}: {}", thousands(count)));
        }
        if done.other_way && self.from.is_none() {
            let other = from.other();
            done.hint = format!("written are those from {from}: --from {other} writes the others");
        }
        Ok(done)
    }

    /// The language that a file of one direction is from: of the units wanted, that of most.
    fn direction(&self, shape: Shape, project: &Project, filter: &Filter<'_>) -> Result<Lang> {
        let usual = project.config.languages.from.unwrap_or(Lang::En);
        if let Some(from) = self.from {
            return Ok(from);
        }
        if shape != Shape::Po {
            return Ok(usual);
        }
        let mut count: Pair<u64> = Pair::default();
        for (file, journal) in files(project)? {
            scan::each(&file, journal, &mut |entry| {
                count[entry.from] += u64::from(filter.wants(&entry));
                Ok(())
            })?;
        }
        Ok(match count.zh.cmp(&count.en) {
            Ordering::Greater => Lang::Zh,
            Ordering::Less => Lang::En,
            Ordering::Equal => usual,
        })
    }
}

/// What a language is called in a file, where it is that language.
fn named(tag: &str, lang: Lang) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if tag.chars().all(plain) && language(tag) == Some(lang) {
        return Ok(tag.to_owned());
    }
    Err(match lang {
        Lang::Zh => "this is no tag of Chinese: use one like zh-CN, zh-TW or zh-Hans".to_owned(),
        Lang::En => "this is no tag of English: use one like en-US or en-GB".to_owned(),
    })
}

/// Whether a tag of Chinese is that of traditional characters.
fn traditional(tag: &str) -> bool {
    tag.parse::<Locale>().is_ok_and(Locale::traditional)
}

/// What the output refused is no fault of a file.
fn to_stdout(error: Error) -> Failure {
    match error {
        Error::Io { path, source, .. } if path == Path::new("-") => Failure::Output(source),
        error => Failure::Error(error),
    }
}

/// How an export went.
#[derive(Debug, Default)]
struct Done {
    read: u64,
    written: u64,
    unused: u64,
    /// Whether units were not written that are translated from the other language.
    other_way: bool,
    lost: Vec<String>,
    /// How to write them; empty where there is nothing to say.
    hint: String,
    /// Chinese texts in the other script than their tag says.
    other_script: u64,
    /// What is to be said of them; empty where there are none.
    script: String,
}

impl Done {
    fn say(&self, out: &mut Out) {
        for lost in &self.lost {
            out.note(format!("the format has no place for {lost}"));
        }
        for hint in [&self.hint, &self.script] {
            if !hint.is_empty() {
                out.note(hint);
            }
        }
        if self.unused > 0 {
            out.note(unused(self.unused));
        }
        let (written, units) = (thousands(self.written), plural(self.read, "unit"));
        out.note(format!("{written} of {units} written"));
    }
}

/// Which units are wanted.
struct Filter<'a> {
    args: &'a Args,
    document: Option<globset::GlobMatcher>,
    state: Option<State>,
    since: String,
    until: String,
}

impl<'a> Filter<'a> {
    fn new(args: &'a Args) -> Result<Self> {
        let glob = |name: &String| {
            globset::Glob::new(name)
                .map(|glob| glob.compile_matcher())
                .map_err(|e| Error::Usage(format!("`{name}` is no pattern: {e}")))
        };
        let pattern = args
            .document
            .as_ref()
            .filter(|name| name.contains(['*', '?', '[']));
        let state = args.state.as_ref().map(|name| {
            State::named(name).ok_or_else(|| {
                Error::Usage(format!(
                    "`{name}` is no state: use draft, translated, reviewed or final"
                ))
            })
        });
        // Dates of units sort as text; the day after is beyond every hour of a day.
        let after = |date: jiff::civil::Date| date.tomorrow().unwrap_or(date).to_string();
        Ok(Self {
            args,
            document: pattern.map(glob).transpose()?,
            state: state.transpose()?,
            since: args.since.map_or_else(String::new, |date| date.to_string()),
            until: args.until.map_or_else(String::new, after),
        })
    }

    fn wants(&self, entry: &Entry) -> bool {
        let args = self.args;
        let of = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|w| w == value);
        let mut documents = entry.document.split(" | ");
        let named = match (&self.document, &args.document) {
            (Some(glob), _) => documents.any(|name| glob.is_match(name)),
            (None, Some(part)) => documents.any(|name| name.contains(part.as_str())),
            (None, None) => true,
        };
        named
            && args.from.is_none_or(|from| from == entry.from)
            && of(&args.subject, &entry.subject)
            && of(&args.who, &entry.who)
            && self.state.is_none_or(|state| entry.state >= state)
            && entry.when >= self.since
            && (self.until.is_empty() || (!entry.when.is_empty() && entry.when < self.until))
    }
}

/// A unit of the memory as one of a file.
fn unit(entry: Entry) -> Unit {
    let variant = |lang: Lang, text: String| Variant {
        lang: lang.tag().to_owned(),
        text,
        pieces: Vec::new(),
    };
    Unit {
        source: entry.from.tag().to_owned(),
        variants: vec![variant(Lang::Zh, entry.zh), variant(Lang::En, entry.en)],
        state: entry.state,
        aligned: entry.aligned,
        when: entry.when,
        who: entry.who,
        document: entry.document,
        prev: entry.prev,
        next: entry.next,
        subject: entry.subject,
        note: entry.note,
        ..Unit::default()
    }
}
