//! From texts to sorted findings.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::view::Look;
use super::{
    At, CHECKS, Check, Draft, Level, Levels, Paper, Reference, Run, Set, Stop, View, align_suspect,
    allow, script_mixed, seg_empty,
};
use crate::finding::{ConceptRow, Finding, Place, Severity, Side, Sides};
use crate::format::Lines;
use crate::glossary::{ConceptId, Glossary};
use crate::lang::{Lang, Locale};
use crate::model::bitext::{Bitext, Layout};
use crate::span::{Span, halves};

/// A document to check, with the severities that hold for it.
#[derive(Debug)]
pub struct Job {
    /// The texts.
    pub bitext: Bitext,
    /// The configured severities.
    pub levels: Levels,
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, sorted by place.
    pub findings: Vec<Finding>,
    /// How many were left out because a comment allows them.
    pub suppressed: usize,
}

/// Checks documents, each by itself and all together.
///
/// The findings are sorted by path, line and column, and the same in every run.
pub fn run(jobs: &[Job], reference: &Reference<'_>) -> Outcome {
    let looks: Vec<(usize, Look<'_>)> = (0..)
        .zip(jobs)
        .flat_map(|(i, job)| Paper::looks(&job.bitext, i as u32).map(move |look| (i, look)))
        .collect();
    let active: Vec<Vec<_>> = jobs.iter().map(|job| active(&job.levels)).collect();
    let seen: Vec<(usize, View<'_>, Vec<Said>)> = looks
        .par_iter()
        .filter_map(|(i, look)| {
            if reference.stop.stopped() {
                return None;
            }
            let (job, checks) = (jobs.get(*i)?, active.get(*i)?);
            let view = View::new(look, reference);
            let mut said = Vec::new();
            of_view(&view, job.bitext.layout, checks, &mut said);
            Some((*i, view, said))
        })
        .collect();
    if reference.stop.stopped() {
        // Units may be missing: what is counted by them would be wrong.
        return Outcome::default();
    }
    let mut said = Vec::new();
    let mut papers: Vec<Paper<'_>> = jobs
        .iter()
        .map(|job| Paper {
            bitext: &job.bitext,
            views: Vec::new(),
        })
        .collect();
    for (i, view, drafts) in seen {
        said.extend(drafts);
        if let Some(paper) = papers.get_mut(i) {
            paper.views.push(view);
        }
    }
    let set = Set { papers, reference };
    let alone = || {
        let papers = set.papers.par_iter().zip(&active);
        let said = papers.map(|(paper, checks)| of_paper(paper, checks, &reference.stop));
        said.collect::<Vec<_>>()
    };
    let (mut said, (alone, together)) = rayon::join(
        || gathered(said, &set.papers),
        || rayon::join(alone, || of_set(&set, jobs)),
    );
    said.extend(alone.into_iter().flatten());
    said.extend(together);
    let lines: Vec<Vec<Lines<'_>>> = jobs.iter().map(|job| lines(&job.bitext)).collect();
    let findings: Vec<Finding> = said
        .into_par_iter()
        .filter_map(|said| place(said, &set, &lines))
        .collect();
    let files = jobs.iter().flat_map(|job| {
        job.bitext.files.iter().map(|file| allow::Commented {
            path: &file.path,
            text: &file.text,
            format: job.bitext.format,
            levels: &job.levels,
        })
    });
    let bitexts: Vec<_> = jobs.iter().map(|job| &job.bitext).collect();
    let mut outcome = allow::apply(findings, &files.collect::<Vec<_>>(), &bitexts);
    sort(&mut outcome.findings);
    outcome
}

/// A draft and how grave its rule is there.
struct Said {
    check: &'static Check,
    severity: Severity,
    draft: Draft,
}

/// How grave a rule is; `None` where it is off.
pub(super) fn severity(check: &Check, levels: &Levels) -> Option<Severity> {
    levels
        .get(check.id)
        .copied()
        .unwrap_or(check.level)
        .severity()
}

/// A check that is on, and how grave its rule is.
type Active = (&'static Check, Severity);

/// The checks that are on.
fn active(levels: &Levels) -> Vec<Active> {
    let checks = CHECKS.iter();
    let on = checks.filter_map(|check| Some((check, severity(check, levels)?)));
    on.collect()
}

/// What the checks of texts and units say.
fn of_view(view: &View<'_>, layout: Layout, checks: &[Active], said: &mut Vec<Said>) {
    let mut drafts = Vec::new();
    for &(check, severity) in checks {
        match check.run {
            Run::Text(run) | Run::Texts(run, _) => {
                // In a table the source is given; only the translation is anybody's work here.
                let texts = view
                    .texts()
                    .filter(|text| layout != Layout::Table || text.whole().side == Side::Target);
                texts.for_each(|text| run(text, &mut drafts));
            }
            Run::Each(run) => run(view, &mut drafts),
            Run::Unit(run) | Run::Units(run, _) if view.both() => run(view, &mut drafts),
            Run::Unit(_) | Run::Units(..) | Run::Paper(_) | Run::Set(_) | Run::Glossary(_) => {}
        }
        let lowered = match check.run {
            Run::Each(_) | Run::Unit(_) | Run::Units(..) => severity.min(view.at_most),
            _ => severity,
        };
        said.extend(drafts.drain(..).map(|draft| Said {
            check,
            severity: lowered,
            draft,
        }));
    }
}

/// What the units of each document said, put together by the checks that do so.
fn gathered(said: Vec<Said>, papers: &[Paper<'_>]) -> Vec<Said> {
    type Key = (&'static str, u32);
    let mut rest = Vec::new();
    let mut groups: BTreeMap<Key, (&'static Check, Vec<Draft>)> = BTreeMap::new();
    for one in said {
        if let Run::Units(..) | Run::Texts(..) = one.check.run {
            let key = (one.check.id, one.draft.at.paper);
            let (_, drafts) = groups.entry(key).or_insert((one.check, Vec::new()));
            drafts.push(Draft {
                at_most: one.draft.at_most.min(one.severity),
                ..one.draft
            });
        } else {
            rest.push(one);
        }
    }
    let groups: Vec<_> = groups.into_iter().collect();
    let gathered = groups
        .into_par_iter()
        .filter_map(|((_, paper), (check, drafts))| {
            let (Run::Units(_, gather) | Run::Texts(_, gather)) = check.run else {
                return None;
            };
            let said = gather(papers.get(paper as usize)?, drafts);
            let said = said.into_iter().map(|draft| Said {
                check,
                severity: Severity::Error,
                draft,
            });
            Some(said.collect::<Vec<_>>())
        });
    rest.extend(gathered.collect::<Vec<_>>().into_iter().flatten());
    rest
}

fn of_paper(paper: &Paper<'_>, checks: &[Active], stop: &Stop) -> Vec<Said> {
    let said = checks.par_iter().filter_map(|&(check, severity)| {
        let Run::Paper(run) = check.run else {
            return None;
        };
        if stop.stopped() {
            return None;
        }
        let mut drafts = Vec::new();
        run(paper, &mut drafts);
        let said = drafts.into_iter().map(|draft| Said {
            check,
            severity,
            draft,
        });
        Some(said.collect::<Vec<_>>())
    });
    said.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn of_set(set: &Set<'_>, jobs: &[Job]) -> Vec<Said> {
    let checks = CHECKS.par_iter().filter_map(|check| {
        let Run::Set(run) = check.run else {
            return None;
        };
        let on = jobs.iter().any(|j| severity(check, &j.levels).is_some());
        (on && !set.reference.stop.stopped()).then_some((check, run))
    });
    let said = checks.map(|(check, run)| {
        let mut drafts = Vec::new();
        run(set, &mut drafts);
        let said = drafts.into_iter().filter_map(|draft| {
            let job = jobs.get(draft.at.paper as usize)?;
            let severity = severity(check, &job.levels)?;
            Some(Said {
                check,
                severity,
                draft,
            })
        });
        said.collect::<Vec<_>>()
    });
    said.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn lines(bitext: &Bitext) -> Vec<Lines<'_>> {
    bitext.files.iter().map(|f| Lines::new(&f.text)).collect()
}

/// A draft with its place in its file.
fn place(said: Said, set: &Set<'_>, lines: &[Vec<Lines<'_>>]) -> Option<Finding> {
    let find = |at: At| {
        let paper = set.papers.get(at.paper as usize)?;
        let unit = paper.bitext.units.get(at.unit as usize)?;
        let passage = match at.side {
            Side::Source => unit.source.as_ref()?,
            Side::Target => unit.target.as_ref()?,
        };
        let file = paper.bitext.files.get(passage.file as usize)?;
        let lines = lines.get(at.paper as usize)?.get(passage.file as usize)?;
        let span = passage.in_file(at.span);
        let place = lines.place(Arc::clone(&file.path), span);
        // A fix replaces bytes of the file: what stands there must be what was marked.
        let same = span.of(&file.text) == at.span.of(&passage.text);
        // In front matter a character may mean something to the program that reads it.
        let same = same && span.start as usize >= front_matter(&file.text);
        Some((place, same))
    };
    let at = said.draft.at;
    let (place, same) = find(at)?;
    let paper = set.papers.get(at.paper as usize)?;
    let view = paper.views.get(at.unit as usize)?;
    let related = said.draft.related.iter().filter_map(|at| find(*at));
    let related = related.map(|(place, _)| place).collect();
    let finding = finding(said, place, related, set.reference.glossary);
    Some(Finding {
        safe: finding.safe && same,
        side: finding
            .side
            .filter(|_| paper.bitext.layout != Layout::Single),
        sides: view.both().then(|| {
            Arc::new(Sides {
                source: view.source.text.to_owned(),
                target: view.target.text.to_owned(),
            })
        }),
        ..finding
    })
}

/// Where the front matter of a Markdown file ends; 0 where it has none.
fn front_matter(text: &str) -> usize {
    let fence = ["---", "+++"].into_iter().find(|fence| {
        let first = text.lines().next();
        first.is_some_and(|line| line.trim_end() == *fence)
    });
    let rest = fence.map(|fence| (fence, halves(text, fence.len()).1));
    let end = rest.and_then(|(fence, rest)| rest.find(&format!("\n{fence}")));
    end.unwrap_or_default()
}

fn finding(said: Said, place: Place, related: Vec<Place>, glossary: &Glossary) -> Finding {
    let draft = said.draft;
    Finding {
        rule: said.check.id,
        severity: said.severity.min(draft.at_most),
        place,
        side: Some(draft.at.side),
        message: draft.message,
        safe: draft.safe && !draft.suggestions.is_empty(),
        suggestions: draft.suggestions,
        concept: draft.concept.map(|id| row(glossary, id)),
        mqm: said.check.mqm,
        related,
        sides: None,
    }
}

/// The glossary row of a concept.
fn row(glossary: &Glossary, id: ConceptId) -> ConceptRow {
    let concept = &glossary[id];
    ConceptRow {
        zh: concept.name(Lang::Zh).to_owned(),
        en: concept.name(Lang::En).to_owned(),
        glossary: concept.origin.to_string(),
    }
}

/// Sorts findings by place, then by rule.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.place.line, f.place.column, f.place.span, f.rule);
        // Paths are compared part by part, and most findings lie in one file.
        let same = Arc::ptr_eq(&a.place.path, &b.place.path);
        let order = if same {
            Ordering::Equal
        } else {
            a.place.path.cmp(&b.place.path)
        };
        let order = order.then_with(|| key(a).cmp(&key(b)));
        order.then_with(|| a.message.cmp(&b.message))
    });
}

/// The unit that somebody is translating.
#[derive(Debug, Clone)]
pub struct Segment<'a> {
    /// Its document.
    pub path: Arc<Path>,
    /// The line it begins on, from 1.
    pub line: u32,
    /// The source text.
    pub source: &'a str,
    /// The target text.
    pub target: &'a str,
    /// The language translated from.
    pub from: Lang,
    /// What the target is written in.
    pub to: Locale,
    /// The document's date.
    pub date: Option<Date>,
}

/// The findings of one unit by itself, sorted; none for a unit without a target.
///
/// A finding's place lies in its segment: `place.span` are bytes of the segment's
/// text of that side, `place.quote` is the line of it that the place is on.
pub fn unit(segment: &Segment<'_>, reference: &Reference<'_>, levels: &Levels) -> Vec<Finding> {
    if segment.target.trim().is_empty() {
        return Vec::new();
    }
    let texts = [segment.source, segment.target];
    let look = Look {
        date: segment.date,
        ..Look::alone(texts, segment.from.into(), segment.to)
    };
    let view = View::new(&look, reference);
    let mut said = Vec::new();
    of_view(&view, Layout::Table, &active(levels), &mut said);
    said.extend(of_script(&view, levels));
    let place = |at: At| {
        let text = view.text(at.side).text;
        let mut place = Place::new(segment.path.clone(), text, at.span);
        place.line += segment.line.saturating_sub(1);
        place.end_line += segment.line.saturating_sub(1);
        place
    };
    let findings = said.into_iter().map(|said| {
        let related = said.draft.related.iter().map(|at| place(*at)).collect();
        let at = place(said.draft.at);
        finding(said, at, related, reference.glossary)
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by_key(|f| (f.side == Some(Side::Source), f.place.span, f.rule));
    findings
}

/// What a run says of a document as a whole: what [`unit()`] cannot see, such as
/// one source with two translations. Units without a translation are left to
/// those who count them, and that the texts belong together is known.
///
/// The job is left with all other rules off.
pub fn together(job: &mut Job, reference: &Reference<'_>) -> Vec<Finding> {
    let of_whole = |check: &Check| {
        matches!(check.run, Run::Paper(_) | Run::Set(_))
            && ![seg_empty::CHECK.id, align_suspect::CHECK.id].contains(&check.id)
    };
    let (whole, others): (Vec<&Check>, Vec<&Check>) =
        CHECKS.iter().partition(|check| of_whole(check));
    for check in others {
        job.levels.insert(check.id.to_owned(), Level::Off);
    }
    let mut findings = run(std::slice::from_ref(&*job), reference).findings;
    findings.retain(|finding| whole.iter().any(|check| check.id == finding.rule));
    findings
}

/// What the script of a unit's target says by itself: a document's rule for everybody else.
fn of_script(view: &View<'_>, levels: &Levels) -> Vec<Said> {
    let check = &script_mixed::CHECK;
    let Some(severity) = severity(check, levels) else {
        return Vec::new();
    };
    let mut drafts = Vec::new();
    script_mixed::alone(&view.target, &mut drafts);
    let said = drafts.into_iter().map(|draft| Said {
        check,
        severity,
        draft,
    });
    said.collect()
}

/// A finding about a whole file of a run, outside of any unit.
pub(super) fn about(
    check_id: &'static str,
    path: &Arc<Path>,
    text: &str,
    at: Span,
    message: String,
) -> Finding {
    let place = Place::new(Arc::clone(path), text, at);
    Finding::syntax(check_id, Severity::Note, place, message)
}
