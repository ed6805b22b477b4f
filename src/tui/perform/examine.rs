//! What is wrong with the work on a document as a whole, segment by segment.

use std::path::Path;
use std::sync::Arc;

use crate::check::Job;
use crate::finding::{Finding, Parsed, Place, Side};
use crate::format::bilingual;
use crate::model::bitext::{Bitext, Passage};
use crate::model::document::in_unit;
use crate::session::work;
use crate::span::Span;
use crate::tui::action::{Answer, OfWhole, ToExamine};

/// Checks a document as its work file would be checked.
pub(super) fn answer(asked: ToExamine) -> Answer {
    let findings = examine(&asked);
    Answer::Examined(asked.stop, findings)
}

fn examine(asked: &ToExamine) -> Vec<OfWhole> {
    let path = work::path(&asked.document);
    let read = bilingual::read(&path, asked.text.as_bytes(), None);
    let Ok(Some(Parsed {
        value: mut bitext, ..
    })) = read
    else {
        return Vec::new();
    };
    bitext.date = asked.date;
    let levels = asked.judge.levels.clone();
    let mut job = Job { bitext, levels };
    let findings = asked.judge.together(&mut job, &asked.stop);
    let cells = Cells::of(&job.bitext);
    let path: Arc<Path> = asked.document.as_path().into();
    let findings = findings.into_iter();
    findings
        .map(|finding| cells.whole(finding, &path))
        .collect()
}

/// The texts of a work file, in the order in which they stand there: where each begins, of which
/// segment and side it is.
struct Cells<'a>(Vec<(u32, usize, Side, &'a Passage)>);

impl<'a> Cells<'a> {
    fn of(bitext: &'a Bitext) -> Self {
        let units = bitext.units.iter().enumerate();
        let cells = units.flat_map(|(at, unit)| {
            let sides = [(Side::Source, &unit.source), (Side::Target, &unit.target)];
            sides.into_iter().filter_map(move |(side, passage)| {
                let passage = passage.as_ref()?;
                let start = passage.pieces.first()?.file;
                Some((start, at, side, passage))
            })
        });
        let mut cells: Vec<_> = cells.collect();
        cells.sort_by_key(|(start, ..)| *start);
        Self(cells)
    }

    /// The text that a place of the file is in, or the one before it.
    fn at(&self, place: &Place) -> Option<&(u32, usize, Side, &'a Passage)> {
        let next = self
            .0
            .partition_point(|(start, ..)| *start <= place.span.start);
        self.0.get(next.saturating_sub(1))
    }

    /// A finding with its place in its segment and no longer in the file. What is about none of
    /// its texts, as a comment of the file is, is said of the segment it stands at.
    fn whole(&self, mut finding: Finding, document: &Arc<Path>) -> OfWhole {
        let Some(&(_, unit, side, passage)) = self.at(&finding.place) else {
            return OfWhole {
                unit: 0,
                finding,
                also: Vec::new(),
            };
        };
        let also = finding.related.drain(..);
        let also = also.filter_map(|place| self.at(&place).map(|cell| cell.1));
        let mut also: Vec<usize> = also.filter(|other| *other != unit).collect();
        also.sort_unstable();
        also.dedup();
        let written = passage.in_file(Span::all(&passage.text));
        let span = if written.contains(finding.place.span) {
            in_unit(&passage.pieces, finding.place.span)
        } else {
            Span::default()
        };
        finding.place = Place::new(Arc::clone(document), &passage.text, span);
        finding.side = Some(side);
        OfWhole {
            unit,
            finding,
            also,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Stop;
    use crate::tui::judge::Judge;

    const WORK: &str = "# from: zh\n# to: en\nzh\ten\tstate\n\
        会议昨日在北京举行。\tThe meeting was held in Beijing yesterday.\ttranslated\n\
        各方达成了\\n共识。\tThe parties reached a\\nconsensus.\ttranslated\n\
        会议昨日在北京举行。\tYesterday the conference took place in Beijing.\ttranslated\n";

    fn asked() -> ToExamine {
        ToExamine {
            judge: Arc::new(Judge::default()),
            document: "d.zh.md".into(),
            text: WORK.to_owned(),
            date: None,
            stop: Stop::default(),
        }
    }

    #[test]
    fn a_document_as_a_whole_is_checked_as_its_work_file_would_be() {
        let found = examine(&asked());
        let found = found
            .iter()
            .find(|found| found.finding.rule == "seg-diff-target");
        let found = found.unwrap();
        let place = &found.finding.place;
        assert_eq!(found.finding.side, Some(Side::Target));
        // Of the two it is told at one, and the other is named.
        let texts = [
            "The meeting was held in Beijing yesterday.",
            "Yesterday the conference took place in Beijing.",
        ];
        let (here, there) = if found.unit == 0 { (0, 2) } else { (2, 0) };
        assert_eq!((found.unit, found.also.as_slice()), (here, &[there][..]));
        assert_eq!(place.marked(), texts[here / 2]);
        assert_eq!(place.span, Span::all(texts[here / 2]));
        assert_eq!(&*place.path, Path::new("d.zh.md"));
    }

    #[test]
    fn a_stopped_check_finds_nothing() {
        let asked = asked();
        asked.stop.stop();
        assert_eq!(examine(&asked), []);
    }

    #[test]
    fn a_place_of_the_file_is_one_of_its_segment() {
        let asked = asked();
        let path = work::path(&asked.document);
        let read = bilingual::read(&path, WORK.as_bytes(), None);
        let bitext = read.unwrap().unwrap().value;
        let cells = Cells::of(&bitext);
        let path: Arc<Path> = Path::new("d.zh.md").into();
        let whole = |part: &str| {
            let span = Span::find(WORK, part).unwrap();
            let place = Place::new(Arc::clone(&path), WORK, span);
            let severity = crate::finding::Severity::Note;
            let found = Finding::syntax("x", severity, place, "");
            let found = cells.whole(found, &path);
            (found.unit, found.finding.place.marked().into_owned())
        };
        assert_eq!(whole("consensus"), (1, "consensus".to_owned()));
        assert_eq!(whole("共识"), (1, "共识".to_owned()));
        assert_eq!(whole("# to: en"), (0, String::new()));
        assert_eq!(whole("translated"), (0, String::new()));
    }
}
