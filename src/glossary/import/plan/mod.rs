//! What an import would change: every row of the files beside the concept it
//! belongs to, and the glossary's new text.

mod compare;
mod index;
mod known;

use std::path::{Path, PathBuf};

use known::{Entry, Known};

use super::rows::Outcome;
use super::{Options, Source};
use crate::error::Result;
use crate::glossary::columns::{Field, Slot};
use crate::glossary::edit::{Open, right_and_wrong};
use crate::glossary::exchange::{Record, Spot};
use crate::lang::Lang;
use crate::text::chars::{is_chinese, is_han};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A concept the glossary does not have.
    New,
    /// Adds something to a concept.
    Updated,
    /// Says nothing new.
    Unchanged,
    /// Contradicts a concept.
    Conflict,
    /// Cannot be used.
    Rejected,
}

impl Class {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::New,
        Self::Updated,
        Self::Unchanged,
        Self::Conflict,
        Self::Rejected,
    ];

    /// `new`, `updated`, `unchanged`, `conflict`, `rejected`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Conflict => "conflict",
            Self::Rejected => "rejected",
        }
    }
}

/// What is done about a row that contradicts the glossary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Policy {
    /// The glossary's row stays as it is.
    #[default]
    Keep,
    /// What the file says takes the place of what the glossary says.
    Take,
    /// Both stand: the file's terms are admitted, its texts are added.
    Both,
    /// Nothing at all is written.
    Stop,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Take, Self::Both, Self::Stop];

    /// `keep`, `take`, `both`, `stop`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Take => "take",
            Self::Both => "both",
            Self::Stop => "stop",
        }
    }
}

/// A column of a concept, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The column.
    pub column: &'static str,
    /// What the glossary says, as written there.
    pub old: String,
    /// What it would say; in a conflict that is kept, what the file says.
    pub new: String,
}

/// A row of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The file, by its place among those imported.
    pub file: usize,
    /// Where it is in the file.
    pub spot: Spot,
    /// How many rows of the file it is made of.
    pub rows: usize,
    /// What becomes of it.
    pub class: Class,
    /// Its Chinese term.
    pub zh: String,
    /// Its English term.
    pub en: String,
    /// The line of the glossary's concept, where it was there before.
    pub line: Option<u32>,
    /// Whether it belongs to a concept that an earlier row made or changed.
    pub joined: bool,
    /// What it changes, or contradicts.
    pub changes: Vec<Change>,
    /// Why it is rejected or in conflict, or what else is to be said.
    pub reason: String,
}

/// What an import would change.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The glossary.
    pub into: PathBuf,
    /// How many concepts it has before.
    pub there: usize,
    /// How many concepts are added.
    pub added: usize,
    /// How many of those that were there are changed.
    pub changed: usize,
    /// Every row of the files.
    pub rows: Vec<Planned>,
    /// The glossary's new text; `None` where nothing changes.
    pub(super) text: Option<String>,
    /// Whether it has been written.
    pub written: bool,
}

impl Plan {
    /// How many rows are of a class.
    pub fn count(&self, class: Class) -> usize {
        self.rows
            .iter()
            .filter(|row| row.class == class)
            .map(|row| row.rows)
            .sum()
    }

    /// How many rows were read: the sum over all classes.
    pub fn read(&self) -> usize {
        self.rows.iter().map(|row| row.rows).sum()
    }

    /// How many rows belong to a concept that another row made or changed.
    pub fn joined(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.rows - usize::from(!row.joined))
            .sum()
    }

    /// Whether the glossary would change.
    pub fn changes(&self) -> bool {
        self.text.is_some()
    }

    /// The glossary's new text, where it changes.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Compares the rows of files with a glossary's text.
pub(super) fn plan(into: &Path, text: &str, sources: &[Source], options: &Options) -> Result<Plan> {
    let mut open = Open::new(into, text)?;
    let names = sources
        .iter()
        .map(|source| source.path.display().to_string());
    let names = names.filter(|_| sources.len() > 1).collect();
    let mut known = Known::new(open.records(), names);
    let there = known.entries.len();
    let mut rows: Vec<Planned> = Vec::new();
    let mut open_rows: Vec<(usize, &Record)> = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        for outcome in &source.outcomes {
            let mut row = match outcome {
                Outcome::Rejected(spot, why) => Planned::rejected(spot, why),
                Outcome::Record(record) => {
                    let why = incomplete(record, source.ours || options.incomplete);
                    match why.or_else(|| swapped(record)).or_else(|| wrong(record)) {
                        Some(why) => Planned {
                            rows: record.rows,
                            ..Planned::rejected(&record.spot, &why)
                        },
                        None => known.take(record, file, options.policy),
                    }
                }
            };
            if let Outcome::Record(record) = outcome {
                record.name(Lang::Zh).clone_into(&mut row.zh);
                record.name(Lang::En).clone_into(&mut row.en);
            }
            row.file = file;
            if let (Class::Conflict, Outcome::Record(record)) = (row.class, outcome) {
                open_rows.push((rows.len(), record));
            }
            rows.push(row);
        }
    }
    if matches!(options.policy, Policy::Keep | Policy::Stop) {
        known.settle(&mut rows, open_rows, options.policy);
    }
    let stopped =
        options.policy == Policy::Stop && rows.iter().any(|row| row.class == Class::Conflict);
    let touched = |entry: &&Entry<'_>| !entry.touched.is_empty();
    let (added, changed) = if stopped {
        (0, 0)
    } else {
        let new = known.entries.iter().filter(|e| e.line.is_none()).count();
        (
            new,
            known
                .entries
                .iter()
                .filter(|e| e.line.is_some())
                .filter(touched)
                .count(),
        )
    };
    let written = if added + changed == 0 {
        None
    } else {
        // Rows that take back what others changed leave everything as it was.
        Some(known.written(&mut open)?).filter(|written| written != text)
    };
    Ok(Plan {
        into: into.to_owned(),
        there,
        added,
        changed: if written.is_some() { changed } else { 0 },
        rows,
        text: written,
        written: false,
    })
}

/// Why a row with a term in one language only is not taken.
fn incomplete(record: &Record, allowed: bool) -> Option<String> {
    let has = |lang| record.terms(lang).next().is_some();
    let avoids = |lang| !record.list(Field::Terms(lang, Slot::Avoid)).is_empty();
    let dnt = record.text(Field::Type) == "dnt";
    let lang = match (has(Lang::Zh), has(Lang::En)) {
        (true, true) => return None,
        (false, false) if !allowed => {
            return Some("no term that may be used in either language".to_owned());
        }
        (false, _) => Lang::Zh,
        (_, false) => Lang::En,
    };
    let name = if lang == Lang::Zh {
        "Chinese"
    } else {
        "English"
    };
    let other = match record.others.as_slice() {
        [] => String::new(),
        others => format!("; it has {}", others.join(", ")),
    };
    (!allowed && !dnt && !avoids(lang)).then(|| format!("no {name} term{other}"))
}

/// Why a row with the one language in the place of the other is not taken.
fn swapped(record: &Record) -> Option<String> {
    let all = |lang: Lang, is: &dyn Fn(&str) -> bool| {
        let mut terms = record.terms(lang).map(|(_, text)| text).peekable();
        terms.peek().is_some() && terms.all(is)
    };
    let english = |text: &str| text.contains(char::is_alphabetic) && !text.contains(is_han);
    let chinese =
        |text: &str| text.contains(is_han) && !text.contains(|c: char| c.is_ascii_alphabetic());
    let dnt = record.text(Field::Type) == "dnt";
    (!dnt && all(Lang::Zh, &english) && all(Lang::En, &chinese)).then(|| {
        "the two languages are swapped: Chinese in the place of English, and English in that of Chinese".to_owned()
    })
}

/// Why a row that would be an error in the glossary is not taken: Chinese among its English
/// terms, or a term that is both right and to be avoided.
fn wrong(record: &Record) -> Option<String> {
    let dnt = record.text(Field::Type) == "dnt";
    let mut english = record.terms(Lang::En).map(|(_, text)| text);
    if let Some(term) = english.find(|term| !dnt && is_chinese(term)) {
        return Some(format!("`{term}` is Chinese, in the place of English"));
    }
    let both = |lang| {
        let mut avoided = record.list(Field::Terms(lang, Slot::Avoid)).iter();
        avoided.find(|term| record.terms(lang).any(|(_, text)| text == *term))
    };
    let term = both(Lang::Zh).or_else(|| both(Lang::En))?;
    Some(right_and_wrong(term))
}

impl Planned {
    fn new(record: &Record, class: Class) -> Self {
        Self {
            file: 0,
            spot: record.spot.clone(),
            rows: record.rows,
            class,
            zh: String::new(),
            en: String::new(),
            line: None,
            joined: false,
            changes: Vec::new(),
            reason: String::new(),
        }
    }

    fn rejected(spot: &Spot, why: &str) -> Self {
        Self {
            reason: why.to_owned(),
            ..Self::new(&Record::at(spot.clone()), Class::Rejected)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glossary after an import, which once more writes nothing.
    #[track_caller]
    fn imported(there: &str, csv: &str, policy: Policy) -> String {
        let options = Options {
            policy,
            ..Options::default()
        };
        let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
        let sources = [read.unwrap()];
        let into = Path::new("terms.tsv");
        let first = plan(into, there, &sources, &options).unwrap();
        let text = first.text().unwrap_or(there).to_owned();
        let again = plan(into, &text, &sources, &options).unwrap();
        assert_eq!(again.text(), None);
        text
    }

    /// What becomes of each row, and what is said of it.
    #[track_caller]
    fn said(there: &str, csv: &str) -> Vec<(Class, String)> {
        let options = Options::default();
        let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
        let plan = plan(Path::new("terms.tsv"), there, &[read.unwrap()], &options).unwrap();
        let rows = plan.rows.into_iter();
        rows.map(|row| (row.class, row.reason)).collect()
    }

    #[test]
    fn only_another_subject_makes_a_homonym() {
        let there = "zh\ten\tsubject\n关税\ttariff\t贸易\n海关\tcustoms\t\n";
        for (row, class, why) in [
            (
                "关税,customs duty,",
                Class::Conflict,
                "another English term",
            ),
            ("海关,tolls,贸易", Class::Conflict, "another English term"),
            ("关税,Tariff,", Class::Unchanged, ""),
            (
                "关税,duty,税务",
                Class::New,
                "a homonym: the same Chinese stands in line 2 of the glossary with another subject",
            ),
            (
                "关税,tariff,税务",
                Class::New,
                "the same pair stands in line 2 of the glossary with another subject",
            ),
        ] {
            let said = said(there, &format!("zh,en,subject\n{row}\n"));
            assert_eq!(said, [(class, why.to_owned())], "{row}");
        }
        // The rows of one list say themselves which are homonyms.
        let said = said(
            "zh\ten\n",
            "zh,en,subject\n登录,log in,\n登录,register,船舶\n",
        );
        let why = "a homonym: the same Chinese stands in line 2 of the file with another subject";
        let wanted = [(Class::New, String::new()), (Class::New, why.to_owned())];
        assert_eq!(said, wanted);
    }

    #[test]
    fn the_same_english_is_named() {
        let there = "zh\ten\n隔离\tisolation\n";
        let csv = "en,zh\nIsolation,隔绝\nquarantine,检疫\nquarantine,隔离检疫\n";
        let wanted = [
            "the same English stands in line 2 of the glossary as 隔离",
            "",
            "the same English stands in line 3 of the file as 检疫",
        ];
        let wanted = wanted.map(|why| (Class::New, why.to_owned()));
        assert_eq!(said(there, csv), wanted);
    }

    #[test]
    fn a_row_says_which_it_joins_or_contradicts() {
        let csv = "zh,en\n肺炎,pneumonia\n肺炎,pneumonias\n肺炎,lung fever\n";
        let wanted = [
            (Class::New, ""),
            (Class::New, "joins line 2 of the file"),
            (
                Class::Conflict,
                "another English term than in line 2 of the file",
            ),
        ];
        let wanted = wanted.map(|(class, why)| (class, why.to_owned()));
        assert_eq!(said("zh\ten\n", csv), wanted);
        let csv = "zh,en,en_avoid\n肺炎,pneumonia,\n肺炎,lung fever,pneumonia\n";
        let reason = &said("zh\ten\n", csv)[1].1;
        assert!(
            reason.contains("a term that is deprecated here is in use")
                && !reason.contains("there"),
            "{reason}"
        );
    }

    #[test]
    fn all_that_a_row_adds_to_one_column_is_kept() {
        let there = "zh\ten\n卷\tto roll up\n";
        let csv = "zh,en,en_admitted\n卷,to roll (up),to sweep up | to carry on\n";
        let text =
            "zh\ten\ten_admitted\n卷\tto roll up\tto roll (up) | to sweep up | to carry on\n";
        assert_eq!(imported(there, csv, Policy::Keep), text);
    }

    #[test]
    fn lines_keep_their_ends() {
        let there = "zh\ten\r\n甲\tA\r\n乙\tB\r\n";
        let text = "zh\ten\tnote\r\n甲\tA\tx\r\n乙\tB\r\n丙\tC\t\r\n";
        let csv = "zh,en,note\n甲,A,x\n丙,C,\n";
        assert_eq!(imported(there, csv, Policy::Keep), text);
    }

    #[test]
    fn a_row_is_found_where_it_went() {
        let there = "zh\ten\n甲\tplan\n乙\tplan\n";
        let csv = "en,zh,zh_admitted\nplan,,丙\n";
        let text = "zh\ten\n甲\tplan\n乙\tplan\n丙\tplan\n";
        assert_eq!(imported(there, csv, Policy::Keep), text);
    }

    #[test]
    fn conflicts_lose_no_term_of_a_list() {
        let there = "zh\ten\ten_avoid\n计划\tplan\tscheme\n";
        let in_use = "zh,en,en_admitted\n计划,plan,scheme\n";
        assert_eq!(imported(there, in_use, Policy::Both), there);
        let deprecated = "zh,en,en_avoid\n计划,program,plan\n";
        let text = "zh\ten\ten_avoid\n计划\tprogram\tscheme | plan\n";
        assert_eq!(imported(there, deprecated, Policy::Take), text);
    }

    #[test]
    fn a_status_that_nobody_knows_makes_no_term_preferred() {
        let csv = "zh,en,status\n关税,levy,foo\n关税,tariff,approved\n关税,duty,Not approved\n\
            配额,quota,approved\n配额,share,bar\n税率,rate,foo\n";
        let text = "zh\ten\ten_admitted\ten_avoid\tstatus\n\
            关税\ttariff\tlevy\tduty\tproposed\n配额\tquota\tshare\t\tproposed\n\
            税率\trate\t\t\tproposed\n";
        assert_eq!(imported("", csv, Policy::Keep), text);
        // So it is where all other words are ours.
        let csv = "zh,en,status\n关税,levy,foo\n关税,tariff,approved\n风险,risk,approved\n";
        let text = "zh\ten\ten_admitted\tstatus\n关税\ttariff\tlevy\tproposed\n\
            风险\trisk\t\tapproved\n";
        assert_eq!(imported("", csv, Policy::Keep), text);
    }

    #[test]
    fn what_is_taken_is_not_right_and_to_be_avoided_at_once() {
        let there = "zh\ten\ten_admitted\n计划\tplan\tscheme\n";
        let deprecated = "zh,en,en_avoid\n计划,plan,scheme\n";
        let text = "zh\ten\ten_admitted\ten_avoid\n计划\tplan\t\tscheme\n";
        assert_eq!(imported(there, deprecated, Policy::Take), text);
        let there = "zh\ten\ten_avoid\n计划\tplan\tscheme\n";
        let in_use = "zh,en,en_admitted\n计划,plan,scheme\n";
        let text = "zh\ten\ten_avoid\ten_admitted\n计划\tplan\t\tscheme\n";
        assert_eq!(imported(there, in_use, Policy::Take), text);
    }

    /// How many rows are of each class.
    fn classes(there: &str, csv: &str, policy: Policy) -> [usize; 5] {
        let options = Options {
            policy,
            ..Options::default()
        };
        let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
        let plan = plan(Path::new("terms.tsv"), there, &[read.unwrap()], &options).unwrap();
        Class::ALL.map(|class| plan.count(class))
    }

    #[test]
    fn among_many_homonyms_a_row_finds_its_own() {
        use std::fmt::Write as _;
        let (mut there, mut with, mut without) = (
            "zh\ten\tsubject\n".to_owned(),
            "zh,en,subject\n".to_owned(),
            "zh,en\n".to_owned(),
        );
        for n in 0..300 {
            let _ = writeln!(there, "打\thit {n}\tfield {n}");
            let _ = writeln!(with, "打,hit {n},field {n}");
            let _ = writeln!(without, "打,hit {n}");
        }
        assert_eq!(classes(&there, &with, Policy::Keep), [0, 0, 300, 0, 0]);
        assert_eq!(classes(&there, &without, Policy::Keep), [0, 0, 300, 0, 0]);
        // Another word for one subject contradicts that subject's row alone.
        let other = "zh,en,subject\n打,strike,field 250\n打,strike,sports\n";
        assert_eq!(classes(&there, other, Policy::Keep), [1, 0, 0, 1, 0]);
        assert_eq!(
            imported("zh\ten\n", &with, Policy::Keep).lines().count(),
            301
        );
    }

    #[test]
    fn what_hundreds_of_rows_name_is_no_concept() {
        use std::fmt::Write as _;
        let mut csv = "zh,en\n".to_owned();
        // Other rows have an id of their own each, or the column would be none of ids.
        let mut long = "Entry ID,Language,Term\n".to_owned();
        for n in 0..300 {
            let _ = writeln!(csv, "打,hit {n}");
        }
        for n in 0..600 {
            let _ = writeln!(long, "x,en,word {n}\nx,zh,词{n}");
            for other in [0, 600, 1200, 1800] {
                let id = n + other;
                let _ = writeln!(long, "{id},en,other {id}\n{id},zh,他{id}");
            }
        }
        let [new, _, _, conflict, rejected] = classes("zh\ten\n", &csv, Policy::Both);
        assert_eq!((new, conflict, rejected), (1, 200, 99));
        // What was taken is there, and the rest is refused again.
        imported("zh\ten\n", &csv, Policy::Both);
        let [new, _, _, _, rejected] = classes("zh\ten\n", &long, Policy::Keep);
        assert_eq!((new, rejected), (4_800 + 500, 700));
    }

    #[test]
    fn what_a_file_keeps_apart_is_not_joined() {
        let utx = "#UTX 1.11; zh-CN/en-US; 2024-01-01\n#src\ttgt\tsrc:pos\tterm status\n\
            打\thit\tverb\tapproved\n打\tdozen\tnoun\tapproved\n\
            计划\tplan\tnoun\tapproved\n计划\tprogram\tnoun\tnon-standard\n";
        let text = "zh\ten\ten_admitted\n打\thit\t\n打\tdozen\t\n计划\tplan\tprogram\n";
        assert_eq!(imported("", utx, Policy::Keep), text);
        let utx = "#UTX 1.20; en-US/zh-CN; 2024-01-01\n#src\ttgt\tterm status\tconcept ID\n\
            bank\t银行\tapproved\t1\nbank\t河岸\tapproved\t2\n";
        let text = "zh\ten\tid\n银行\tbank\t1\n河岸\tbank\t2\n";
        assert_eq!(imported("", utx, Policy::Keep), text);
        // Of one word class, they contradict each other.
        let utx = "#UTX 1.11; zh-CN/en-US; 2024-01-01\n#src\ttgt\tsrc:pos\n\
            计划\tplan\tnoun\n计划\tprogram\tnoun\n打\thit\tverb\n打\tdozen\tnoun\n";
        assert_eq!(classes("", utx, Policy::Keep), [3, 0, 0, 1, 0]);
    }
}
