//! `zm align SRC TGT`: which sentences of two documents belong together.

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use serde_json::json;

use super::Global;
use super::out::{Exit, Failure, Out};
use crate::align::{Bead, Lexicon, Resources, align};
use crate::error::{Error, Result};
use crate::format::exchange::write::{Format, Tags, Writer};
use crate::format::exchange::{Unit, Variant};
use crate::lang::Lang;
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::review::{self, Reading, Sides};
use crate::text::count::plural;
use crate::tsv;
use crate::tui::{self, Start};

/// The fewest sentences in a row without a counterpart that are reported.
const LONG: u32 = 5;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
One of the two must be Chinese and the other English; which is which, their text
tells. A unit that nobody translated has an empty side. The score of a unit is
the probability that it is right. Sentences are numbered from 0.

Formats:
  tsv        score zh en zh_first zh_last en_first en_last, with a header
  tmx        the units with two sides, for other programs
  json       everything, with a versioned schema
  beads      [0,1]:[0], numbers of SRC and TGT; [] where nothing corresponds
  beads-tsv  0,1<TAB>0, Chinese first

Examples:
  zm align report.zh.md report.en.md
  zm align report.zh.md report.en.md --into memories/reports.tsv
  zm align report.zh.md report.en.md --review
  zm align --segmented --format beads zh.txt en.txt")]
pub(crate) struct Args {
    /// One document; `-` is standard input, for one of the two
    #[arg(value_name = "SRC", value_hint = ValueHint::FilePath)]
    source: PathBuf,
    /// Its translation
    #[arg(value_name = "TGT", value_hint = ValueHint::FilePath)]
    target: PathBuf,
    /// How to print; tsv where not given
    #[arg(long, value_enum)]
    format: Option<Shape>,
    /// Every line is a sentence: nothing is split or joined
    #[arg(long)]
    segmented: bool,
    /// Add the units with two sides to a memory, marked as aligned
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    into: Option<PathBuf>,
    /// Leave units below this score out of a tmx and of --into
    #[arg(long, value_name = "0..1", default_value_t = 0.5, value_parser = probability)]
    least: f32,
    /// Review the alignment on the screen, which sends it to a memory too; it is kept beside the Chinese document
    #[arg(long, conflicts_with_all = ["format", "into", "least"])]
    review: bool,
    /// The language of SRC; its text tells where not given
    #[arg(long, value_name = "zh|en")]
    from: Option<Lang>,
    /// A dictionary in place of the one that ships, in the format of CC-CEDICT
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    lexicon: Option<PathBuf>,
}

/// How this command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    Tsv,
    Tmx,
    Json,
    Beads,
    BeadsTsv,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let mut project = global.project_of(&self.source)?;
        project.dictionary.clone_from(&self.lexicon);
        if let Some(path) = &self.into {
            review::may_be_memory(path, &project)?;
        }
        let paths = [&*self.source, &*self.target];
        let stdin = paths.iter().filter(|path| **path == Path::new("-")).count();
        if stdin > usize::from(!self.review) {
            let message = "standard input is one document, and none to review: name files";
            return Err(Error::Usage(message.into()).into());
        }
        let reading = Reading {
            segmented: self.segmented,
            from: self.from,
        };
        // For a review too: what cannot be read fails here, where its reason stays on the terminal.
        let sides = Sides::read(paths, reading)?;
        if self.review {
            project.dictionary()?;
            let start = Start::Alignment(paths.map(Path::to_owned), reading);
            tui::run(start, project)?;
            return Ok(Exit::Fine);
        }
        out.notices(&sides.findings);
        for note in &sides.notes {
            out.note(note);
        }
        let beads = Self::beads(&project, &sides, out)?;
        report(&sides, &beads, out);
        if let Some(path) = &self.into {
            self.keep(path, &project, &sides, &beads, out)?;
        }
        let shape = self.format.or(self.into.is_none().then_some(Shape::Tsv));
        match shape {
            None => {}
            Some(Shape::Tsv) => print_tsv(&sides, &beads, out)?,
            Some(Shape::Tmx) => self.print_tmx(&sides, &beads, out)?,
            Some(Shape::Json) => print_json(&sides, &beads, out)?,
            Some(Shape::Beads) => {
                for bead in &beads {
                    let (zh, en) = (numbers(&bead.zh), numbers(&bead.en));
                    let (first, second) = if sides.source == Lang::Zh {
                        (zh, en)
                    } else {
                        (en, zh)
                    };
                    writeln!(out, "[{first}]:[{second}]")?;
                }
            }
            Some(Shape::BeadsTsv) => {
                for bead in &beads {
                    writeln!(out, "{}\t{}", numbers(&bead.zh), numbers(&bead.en))?;
                }
            }
        }
        let found = beads
            .iter()
            .any(|bead| !bead.zh.is_empty() && !bead.en.is_empty());
        Ok(if found { Exit::Fine } else { Exit::Findings })
    }

    fn beads(project: &Project, sides: &Sides, out: &mut Out) -> Result<Vec<Bead>> {
        let dictionary = project.dictionary()?;
        if dictionary.is_empty() {
            out.note(
                "no dictionary: aligned by lengths, numbers and what the texts teach themselves",
            );
        }
        let glossary = project.glossary()?;
        out.notices(&glossary.findings);
        let recognizer = Recognizer::new(&glossary.value);
        let mut resources = Resources {
            dictionary: Some(dictionary.as_ref()).filter(|dictionary| !dictionary.is_empty()),
            glossary: Some((&glossary.value, &recognizer)),
            lexicon: None,
        };
        let past = review::past(project)?;
        out.notices(&past.findings);
        let units = past.value;
        let pairs = units.iter().map(|(zh, en)| (zh.as_str(), en.as_str()));
        let lexicon = (!units.is_empty()).then(|| Lexicon::learn(pairs, &resources));
        resources.lexicon = lexicon.as_ref();
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| sides.sentences(lang));
        Ok(align(&zh, &en, &resources))
    }

    /// Whether a bead goes into a memory or a TMX.
    fn wanted(&self, bead: &Bead) -> bool {
        !bead.zh.is_empty() && !bead.en.is_empty() && bead.score >= self.least
    }

    /// Adds the units to a memory and says how many.
    fn keep(
        &self,
        path: &Path,
        project: &Project,
        sides: &Sides,
        beads: &[Bead],
        out: &mut Out,
    ) -> Result<(), Failure> {
        let full = |bead: &&Bead| !bead.zh.is_empty() && !bead.en.is_empty();
        let wanted = || beads.iter().filter(|bead| self.wanted(bead));
        let from = sides.source;
        let units = wanted().map(|bead| {
            let text = |lang, range: &Range<u32>| sides.text(lang, range);
            review::Aligned::new(from, [&bead.zh, &bead.en], text)
        });
        let sent = review::send(units, path, from, &project.name(&self.source))?;
        let told = format!(
            "{}: {} added, {} there before, {} left out (score below {})",
            path.display(),
            plural(sent.added, "unit"),
            sent.there,
            beads.iter().filter(full).count() - wanted().count(),
            self.least
        );
        match self.format {
            // What was asked for is on stdout, and nothing else.
            Some(_) => out.note(told),
            None => writeln!(out, "{told}")?,
        }
        Ok(())
    }

    fn print_tmx(&self, sides: &Sides, beads: &[Bead], out: &mut Out) -> Result<(), Failure> {
        let tags = Tags {
            zh: Lang::Zh.tag().to_owned(),
            en: Lang::En.tag().to_owned(),
        };
        let mut writer = Writer::new(&mut *out, Format::Tmx, tags, sides.source)?;
        let variant = |lang: Lang, range| Variant {
            lang: lang.tag().to_owned(),
            text: sides.text(lang, range),
            ..Variant::default()
        };
        for bead in beads.iter().filter(|bead| self.wanted(bead)) {
            writer.unit(&Unit {
                source: sides.source.tag().to_owned(),
                variants: vec![variant(Lang::Zh, &bead.zh), variant(Lang::En, &bead.en)],
                aligned: true,
                note: format!("x-align-score={:.3}", bead.score),
                ..Unit::default()
            })?;
        }
        for (what, units) in writer.finish()? {
            out.note(format!("the format has no place for {what}: {units}"));
        }
        Ok(())
    }
}

/// A number from 0 to 1.
fn probability(text: &str) -> std::result::Result<f32, String> {
    let number = text.trim().parse::<f32>().ok();
    let number = number.filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "it is a number from 0 to 1, like 0.5".to_owned())
}

/// Says how it went, and which stretches of a text have nothing on the other side.
fn report(sides: &Sides, beads: &[Bead], out: &mut Out) {
    let full = beads
        .iter()
        .filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty());
    let (full, all) = (full.count(), beads.len());
    if full == 0 {
        out.note("no sentence has a counterpart");
        return;
    }
    out.note(format!(
        "{}, {} on one side only",
        plural(full, "unit"),
        plural(all - full, "sentence")
    ));
    for lang in [Lang::Zh, Lang::En] {
        let of = |bead: &Bead| {
            if lang == Lang::Zh {
                bead.zh.clone()
            } else {
                bead.en.clone()
            }
        };
        let other = |bead: &Bead| {
            if lang == Lang::Zh {
                bead.en.clone()
            } else {
                bead.zh.clone()
            }
        };
        let mut run: Range<u32> = 0..0;
        // A bead with both sides ends a run; the last one does so for the end of the text.
        for bead in beads.iter().map(Some).chain([None]) {
            match bead {
                Some(bead) if of(bead).is_empty() => {}
                Some(bead) if other(bead).is_empty() => run.end = of(bead).end,
                _ => {
                    if run.end.saturating_sub(run.start) >= LONG {
                        let (path, length) = (sides.path(lang).display(), run.end - run.start);
                        let lines = sides.lines(lang, &run);
                        out.note(format!(
                            "{path}:{lines}: {length} sentences without a counterpart"
                        ));
                    }
                    let end = bead.map_or(0, |bead| of(bead).end);
                    run = end..end;
                }
            }
        }
    }
}

fn print_tsv(sides: &Sides, beads: &[Bead], out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "score\tzh\ten\tzh_first\tzh_last\ten_first\ten_last")?;
    for bead in beads {
        let ends = |range: &Range<u32>| match range.end.checked_sub(1) {
            Some(last) if !range.is_empty() => [range.start.to_string(), last.to_string()],
            _ => [String::new(), String::new()],
        };
        let [zh_first, zh_last] = ends(&bead.zh);
        let [en_first, en_last] = ends(&bead.en);
        let cells = [
            format!("{:.3}", bead.score),
            sides.text(Lang::Zh, &bead.zh),
            sides.text(Lang::En, &bead.en),
            zh_first,
            zh_last,
            en_first,
            en_last,
        ];
        writeln!(out, "{}", tsv::join(&cells))?;
    }
    Ok(())
}

fn print_json(sides: &Sides, beads: &[Bead], out: &mut Out) -> Result<(), Failure> {
    let beads: Vec<_> = beads
        .iter()
        .map(|bead| {
            json!({
                "score": (f64::from(bead.score) * 1000.0).round() / 1000.0,
                "zh": { "sentences": bead.zh.clone().collect::<Vec<_>>(), "text": sides.text(Lang::Zh, &bead.zh) },
                "en": { "sentences": bead.en.clone().collect::<Vec<_>>(), "text": sides.text(Lang::En, &bead.en) },
            })
        })
        .collect();
    out.json_pretty(&json!({
        "schema": "zhengming.align/1",
        "zh": sides.path(Lang::Zh),
        "en": sides.path(Lang::En),
        "from": sides.source,
        "units": beads,
    }))
}

/// `3,4`.
fn numbers(range: &Range<u32>) -> String {
    let numbers: Vec<String> = range.clone().map(|n| n.to_string()).collect();
    numbers.join(",")
}
