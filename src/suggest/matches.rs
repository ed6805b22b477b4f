//! Matches of the memory: penalties, order, difference, repair.

use super::terms::deprecated;
use super::{Match, Penalty, Piece, Repaired, Request, codes, repair};
use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::memory::{Candidate, Lookup, Memory, Retrieval};
use crate::recognize::Recognizer;
use crate::text::distance::diff;
use crate::text::fold::fold;
use crate::text::script::script;
use crate::text::written::passage;

/// What each penalty subtracts: little, so that a named doubt reorders
/// matches of one band and does not hide a good one.
mod points {
    pub(super) const ALIGNED: u8 = 3;
    pub(super) const UNREVIEWED: u8 = 2;
    pub(super) const AMBIGUOUS: u8 = 1;
    pub(super) const OTHER_MEMORY: u8 = 1;
    pub(super) const DEPRECATED_TERM: u8 = 5;
}

/// The matches, best first, and how they were found.
pub(super) fn matches(
    request: &Request<'_>,
    glossary: &Glossary,
    recognizer: &Recognizer,
    memory: &Memory,
) -> (Vec<Match>, Retrieval) {
    let mut found = memory.candidates(&Lookup {
        text: request.text,
        from: request.from,
        prev: request.prev,
        next: request.next,
        // A few more than wanted: penalties may move some down.
        limit: request.limit * 2,
        min: request.min_score,
        exact: request.exact,
    });
    found.list.retain(|candidate| !own(candidate, request));
    let engine = Engine {
        request,
        glossary,
        recognizer,
        ambiguous: ambiguous(&found.list, request),
    };
    // What nothing tells is as likely as not in simplified characters.
    let neutral = request.to.traditional();
    let foreign = |c: &Candidate| is_foreign(c, request).unwrap_or(neutral);
    let weighed = found.list.iter().map(|c| (foreign(c), engine.weigh(c)));
    let mut list: Vec<(bool, Match)> = weighed.collect();
    // A stable sort: what the memory put first stays first among equals.
    list.sort_by_key(|(foreign, m)| (std::cmp::Reverse(m.score), *foreign));
    let mut list: Vec<Match> = list.into_iter().map(|(_, found)| found).collect();
    list.truncate(request.limit);
    for found in &mut list {
        found.diff = difference(&found.source, request.text);
        found.repaired = repaired(request, found, glossary, recognizer);
    }
    (list, found.retrieval)
}

/// The translation of a match put right: its inline codes first, then its terms and numbers.
fn repaired(
    request: &Request<'_>,
    found: &Match,
    glossary: &Glossary,
    recognizer: &Recognizer,
) -> Option<Repaired> {
    let Some(swapped) = codes::swap(request.text, found) else {
        return repair::repair(request, found, glossary, recognizer);
    };
    let more = repair::repair(request, &swapped.found, glossary, recognizer);
    Some(swapped.and(request.text, more))
}

/// Whether a candidate is what was confirmed for this very segment.
fn own(candidate: &Candidate, request: &Request<'_>) -> bool {
    let entry = &candidate.entry;
    !request.document.is_empty()
        && entry.document == request.document
        && entry.from == request.from
        && entry.source() == request.text
        && entry.prev == request.prev
        && entry.next == request.next
}

/// What leads from the match's source to the segment; nothing where they are the same.
fn difference(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return Vec::new();
    }
    let pieces = diff(old, new).into_iter();
    pieces.map(|(op, text)| Piece { op, text }).collect()
}

/// Whether a candidate's Chinese is in the other script than the one that is written, so that its
/// words may be those of another region as well; `None` where it is English or nothing tells.
fn is_foreign(candidate: &Candidate, request: &Request<'_>) -> Option<bool> {
    let to = request.to;
    let zh = (to.lang() == Lang::Zh).then(|| candidate.entry.text(Lang::Zh))?;
    script(zh).map(|of| of.traditional() != to.traditional())
}

/// Whether exact matches disagree on the translation; those in the script that is written, where there are some.
fn ambiguous(list: &[Candidate], request: &Request<'_>) -> bool {
    let exact = || list.iter().filter(|c| c.score >= 100);
    let foreign = |c: &Candidate| is_foreign(c, request) == Some(true);
    let all = exact().all(foreign);
    let meant = exact().filter(|&c| all || !foreign(c));
    let mut targets: Vec<_> = meant
        .map(|c| fold(c.entry.text(request.to.lang())))
        .collect();
    targets.sort();
    targets.dedup();
    targets.len() > 1
}

struct Engine<'a> {
    request: &'a Request<'a>,
    glossary: &'a Glossary,
    recognizer: &'a Recognizer,
    ambiguous: bool,
}

impl Engine<'_> {
    /// A candidate with its penalties; difference and repair come later, for those that are kept.
    fn weigh(&self, candidate: &Candidate) -> Match {
        let entry = &candidate.entry;
        let (from, to) = (self.request.from, self.request.from.other());
        let penalties = self.penalties(candidate);
        let points: u8 = penalties.iter().map(Penalty::points).sum();
        Match {
            score: candidate.score.saturating_sub(points),
            base: candidate.base,
            source: entry.text(from).to_owned(),
            target: passage(entry.text(to), self.request.to),
            penalties,
            diff: Vec::new(),
            repaired: None,
            memory: entry.memory.to_string(),
            document: entry.document.clone(),
            state: entry.state,
            when: entry.when.clone(),
            who: entry.who.clone(),
        }
    }

    fn penalties(&self, candidate: &Candidate) -> Vec<Penalty> {
        let entry = &candidate.entry;
        let mut penalties = Vec::new();
        if entry.aligned {
            penalties.push(Penalty::Aligned {
                points: points::ALIGNED,
            });
        } else if !entry.state.confirmed() {
            penalties.push(Penalty::Unreviewed {
                points: points::UNREVIEWED,
            });
        }
        if self.ambiguous && candidate.score >= 100 {
            penalties.push(Penalty::Ambiguous {
                points: points::AMBIGUOUS,
            });
        }
        if self.request.secondary.iter().any(|m| **m == *entry.memory) {
            penalties.push(Penalty::OtherMemory {
                points: points::OTHER_MEMORY,
            });
        }
        if let Some(term) = self.deprecated_term(candidate) {
            penalties.push(Penalty::DeprecatedTerm {
                points: points::DEPRECATED_TERM,
                term,
            });
        }
        penalties
    }

    /// A term of the candidate's target that is deprecated for a concept its source names.
    fn deprecated_term(&self, candidate: &Candidate) -> Option<String> {
        if self.glossary.is_empty() {
            return None;
        }
        let (from, to) = (self.request.from, self.request.from.other());
        let target = candidate.entry.text(to);
        let hits = self.recognizer.find(target, to);
        let source = candidate.entry.text(from);
        let named = self.recognizer.find_all(source, from, None);
        let names = |id| {
            named
                .iter()
                .any(|h| h.senses.iter().any(|s| s.concept == id))
        };
        let wrong = hits.iter().find(|hit| deprecated(hit, names).is_some())?;
        Some(wrong.span.of(target).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lang::Locale;
    use crate::memory::Places;
    use crate::suggest::Used;

    /// The matches of a text in a memory of rows `zh en state`.
    fn found(text: &str, rows: &[(&str, &str, &str)], secondary: &[String]) -> Vec<Match> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.tsv");
        let rows = rows
            .iter()
            .map(|(zh, en, state)| format!("{zh}\t{en}\t{state}\n"));
        let table: String = std::iter::once("zh\ten\tstate\n".to_owned())
            .chain(rows)
            .collect();
        std::fs::write(&path, table).unwrap();
        let places = Places {
            index: None,
            memories: vec![path],
            journal: None,
        };
        let memory = Memory::open(&places).value;
        let table = "zh\ten\ten_avoid\n创世计划\tGenesis Mission\tCreation Plan\n";
        let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
        let recognizer = Recognizer::new(&glossary);
        let used = Used::default();
        let request = Request {
            secondary,
            ..Request::new(text, Lang::Zh, Locale::En, &used)
        };
        matches(&request, &glossary, &recognizer, &memory).0
    }

    fn names(found: &Match) -> Vec<&'static str> {
        found.penalties.iter().map(Penalty::name).collect()
    }

    #[test]
    fn exact_matches_that_disagree_are_both_doubted() {
        let rows = [
            ("供应链很重要。", "Supply chains matter.", "reviewed"),
            (
                "供应链很重要。",
                "The supply chain is important.",
                "reviewed",
            ),
        ];
        let found = found("供应链很重要。", &rows, &[]);
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|m| m.score == 99 && names(m) == ["ambiguous"])
        );
    }

    #[test]
    fn what_nobody_confirmed_weighs_less_and_what_is_wrong_least() {
        let rows = [
            ("启动创世计划。", "The Creation Plan starts.", "reviewed"),
            ("启动创世计划。", "The Genesis Mission starts.", "aligned"),
        ];
        let found = found("启动创世计划。", &rows, &[]);
        assert_eq!(found[0].target, "The Genesis Mission starts.");
        assert_eq!(names(&found[0]), ["aligned", "ambiguous"]);
        assert_eq!(names(&found[1]), ["ambiguous", "deprecated term"]);
        assert_eq!((found[0].score, found[1].score), (96, 94));
    }

    #[test]
    fn another_code_is_never_exact() {
        let rows = [(
            "致电 {name}，付500亿美元。",
            "Call {name}, pay US$50 billion.",
            "",
        )];
        let match_of = |text: &str| found(text, &rows, &[]).remove(0);
        let code = match_of("致电 {user}，付500亿美元。");
        assert_eq!((code.score, code.base), (97, 90));
        let fixed = code.repaired.unwrap();
        assert_eq!(fixed.target, "Call {user}, pay US$50 billion.");
        assert!(fixed.complete);
        let both = match_of("致电 {user}，付300亿美元。").repaired.unwrap();
        assert_eq!(both.target, "Call {user}, pay US$30 billion.");
        assert!(both.complete && both.edits.len() == 2);
        let more = match_of("**致电** {name}，付500亿美元。");
        assert_eq!((more.score, more.repaired), (98, None));
    }

    #[test]
    fn a_memory_of_lower_priority_is_named() {
        let rows = [("供应链很重要。", "Supply chains matter.", "")];
        let found = found("供应链很重要。", &rows, &["old".to_owned()]);
        assert_eq!(
            (found[0].score, names(&found[0])),
            (99, vec!["other memory"])
        );
        assert_eq!(found[0].base, 100);
        assert!(found[0].diff.is_empty());
    }

    #[test]
    fn a_difference_leads_from_the_match_to_the_segment() {
        let rows = [(
            "能源部将启动创世计划。",
            "DOE will launch the Genesis Mission.",
            "",
        )];
        let found = found("国防部将启动创世计划。", &rows, &[]);
        let of = |op| {
            let pieces = found[0].diff.iter().filter(move |p| p.op != op);
            pieces.map(|p| p.text.as_str()).collect::<String>()
        };
        assert_eq!(
            of(crate::text::distance::Op::Insert),
            "能源部将启动创世计划。"
        );
        assert_eq!(
            of(crate::text::distance::Op::Delete),
            "国防部将启动创世计划。"
        );
    }

    /// The best match of an English text in a memory, and the penalties of all.
    fn best(text: &str, table: &str, to: Locale) -> (String, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.tsv");
        std::fs::write(&path, table).unwrap();
        let places = Places {
            index: None,
            memories: vec![path],
            journal: None,
        };
        let memory = Memory::open(&places).value;
        let glossary = Glossary::default();
        let recognizer = Recognizer::new(&glossary);
        let used = Used::default();
        let request = Request::new(text, Lang::En, to, &used);
        let (found, _) = matches(&request, &glossary, &recognizer, &memory);
        let penalties = found.iter().map(|m| m.penalties.len()).sum();
        (found[0].target.clone(), penalties)
    }

    #[test]
    fn of_two_scripts_the_one_that_is_written_goes_first() {
        for rows in [
            "儲存檔案\tSave file\n保存文件\tSave file\n",
            "保存文件\tSave file\n儲存檔案\tSave file\n",
        ] {
            let table = format!("zh\ten\n{rows}");
            let found = |to| best("Save file", &table, to);
            assert_eq!(found(Locale::Hans), ("保存文件".to_owned(), 0));
            // The other could be Taiwan's.
            assert_eq!(found(Locale::Taiwan), ("儲存檔案".to_owned(), 2));
        }
        let table = "zh\ten\n软件\tsoftware\n軟體\tsoftware\n";
        assert_eq!(
            best("software", table, Locale::Hans),
            ("软件".to_owned(), 0)
        );
        assert_eq!(
            best("software", table, Locale::Taiwan),
            ("軟體".to_owned(), 0)
        );
        // Of one script two are still a question.
        let table = "zh\ten\n儲存檔案\tSave file\n保存文件\tSave file\n存储文件夹\tSave file\n";
        assert_eq!(best("Save file", table, Locale::Hans).1, 3);
    }

    #[test]
    fn a_match_is_in_the_characters_of_what_is_written() {
        let table = "zh\ten\n供应链很重要。\tSupply chains matter.\n";
        let found = |to| best("Supply chains matter.", table, to).0;
        assert_eq!(found(Locale::Taiwan), "供應鏈很重要。");
        assert_eq!(found(Locale::Hant), "供應鏈很重要。");
        assert_eq!(found(Locale::Hans), "供应链很重要。");
    }
}
