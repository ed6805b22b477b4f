//! A row beside a concept: what it adds, what it contradicts, and what comes of both.

use std::collections::{BTreeMap, BTreeSet};

use super::super::packed;
use super::super::rows::name;
use crate::glossary::columns::{Field, Slot};
use crate::glossary::exchange::{Record, is_list};
use crate::lang::Lang;
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// Columns that change, with what they then hold.
pub(super) type Changes = BTreeMap<Field, Vec<String>>;

/// What a column holds after changes.
fn after(ours: &Record, changes: &Changes, field: Field) -> Vec<String> {
    let changed = changes.get(&field).map(Vec::as_slice);
    changed.unwrap_or_else(|| ours.list(field)).to_vec()
}

/// What a row says beside a concept.
#[derive(Default)]
pub(super) struct Compared {
    /// What it adds.
    pub(super) additions: Changes,
    /// Columns that are contradicted, with what the file says.
    pub(super) conflicts: Vec<(Field, Vec<String>)>,
    /// What the conflicts are.
    pub(super) reason: String,
    /// Whether the concept is of the files as well: then “here” is the row.
    fresh: bool,
}

/// Compares a row with a concept; `fresh` where that is of the files as well.
pub(super) fn compare(ours: &Record, theirs: &Record, fresh: bool) -> Compared {
    let mut all = Compared {
        fresh,
        ..Compared::default()
    };
    for (&field, list) in &theirs.cells {
        match field {
            Field::Terms(lang, slot) => all.terms(ours, (field, lang, slot), list),
            Field::Good | Field::Bad => all.more(ours, field, list),
            // Of these the glossary's own say is right for it.
            Field::Status | Field::Id | Field::Updated | Field::By | Field::Source
                if !ours.text(field).is_empty() => {}
            Field::Status | Field::Id | Field::Updated | Field::By => {}
            Field::Note if fresh => all.joined(ours, field, list),
            _ => all.text(ours, field, list),
        }
    }
    all
}

impl Compared {
    /// Adds texts to a column that holds several, to what the row added there before.
    fn more(&mut self, ours: &Record, field: Field, list: &[String]) {
        let mut new = after(ours, &self.additions, field);
        let before = new.len();
        extend(&mut new, list);
        if new.len() > before {
            self.additions.insert(field, new);
        }
    }

    /// Remarks on several rows of one concept stand side by side.
    fn joined(&mut self, ours: &Record, field: Field, list: &[String]) {
        let mut joined = Record::default();
        for text in ours.list(field).iter().chain(list) {
            joined.join(field, text);
        }
        if joined.list(field) != ours.list(field) {
            self.additions.insert(field, joined.list(field).to_vec());
        }
    }

    fn text(&mut self, ours: &Record, field: Field, list: &[String]) {
        let (known, theirs) = (ours.text(field), list.first().map_or("", String::as_str));
        if known.is_empty() {
            self.additions.insert(field, list.to_vec());
        } else if fold(known) != fold(theirs) && !known.contains(theirs) {
            self.conflicts.push((field, list.to_vec()));
            self.say(format!("another {}", name(field).replace('_', " ")));
        }
    }

    /// Says that one side uses what the other deprecates: of rows of the files, whose place follows,
    /// or of the glossary and a row.
    fn opposed(&mut self, of_files: &str, of_glossary: &str) {
        let why = if self.fresh { of_files } else { of_glossary };
        self.say(why.to_owned());
    }

    fn say(&mut self, why: String) {
        if self.reason.is_empty() {
            self.reason = why;
        } else if !self.reason.contains(&why) {
            self.reason = format!("{}, {why}", self.reason);
        }
    }

    fn terms(&mut self, ours: &Record, (field, lang, slot): (Field, Lang, Slot), list: &[String]) {
        let used = folded(ours, lang, |slot| slot != Slot::Avoid);
        let avoided = folded(ours, lang, |slot| slot == Slot::Avoid);
        let known = ours.list(field);
        if slot == Slot::Avoid {
            let (wrong, rest): (Vec<&String>, Vec<&String>) =
                list.iter().partition(|term| used.contains(&fold(term)));
            if !wrong.is_empty() {
                self.conflicts
                    .push((field, wrong.into_iter().cloned().collect()));
                self.opposed(
                    "a term that is deprecated here is in use",
                    "a term in use here is deprecated there",
                );
            }
            let rest: Vec<String> = rest
                .into_iter()
                .filter(|term| !avoided.contains(&fold(term)))
                .cloned()
                .collect();
            self.more(ours, field, &rest);
            return;
        }
        let wrong: Vec<String> = list
            .iter()
            .filter(|term| avoided.contains(&fold(term)))
            .cloned()
            .collect();
        if !wrong.is_empty() {
            self.conflicts.push((field, wrong));
            self.opposed(
                "a term in use here is deprecated",
                "a term that is deprecated here is in use there",
            );
            return;
        }
        if let Slot::Regional(_) = slot {
            let same = list.iter().all(|term| known.contains(term));
            match (same, known.is_empty()) {
                (true, _) => {}
                (false, true) => {
                    self.additions.insert(field, list.to_vec());
                }
                (false, false) => {
                    self.conflicts.push((field, list.to_vec()));
                    self.say("another regional form".to_owned());
                }
            }
            return;
        }
        let missing: Vec<String> = list
            .iter()
            .filter(|term| !used.contains(&fold(term)))
            .cloned()
            .collect();
        let contradicts =
            slot == Slot::Preferred && missing.len() == list.len() && !known.is_empty();
        if !contradicts {
            self.more(ours, field, &missing);
            return;
        }
        // Another form of the same words is no other term, though it may stand beside it.
        let form = |term: &String| lang == Lang::En && known.iter().any(|k| is_form(term, k));
        let (forms, missing): (Vec<String>, Vec<String>) = missing.into_iter().partition(form);
        self.more(ours, Field::Terms(lang, Slot::Admitted), &forms);
        if !forms.is_empty() {
            self.more(ours, field, &missing);
            return;
        }
        // GDP is no other name than gross domestic product, but a shorter one.
        let short =
            |term: &String| lang == Lang::En && known.iter().any(|long| is_initials(term, long));
        let (short, rest): (Vec<String>, Vec<String>) = missing.into_iter().partition(short);
        self.more(ours, Field::Terms(lang, Slot::Abbreviation), &short);
        if !rest.is_empty() {
            self.conflicts.push((field, rest));
            let language = if lang == Lang::Zh {
                "Chinese"
            } else {
                "English"
            };
            self.say(format!("another {language} term"));
        }
    }
}

/// Adds texts that a list does not have.
fn extend(list: &mut Vec<String>, texts: &[String]) {
    for text in texts {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

/// What the file says in the place of what the glossary says. Columns of other
/// terms than the preferred one hold several, and lose none of them.
pub(super) fn taken(ours: &Record, changes: &mut Changes, conflicts: Vec<(Field, Vec<String>)>) {
    for (field, theirs) in conflicts {
        if let Field::Terms(lang, slot) = field {
            give_up(ours, changes, (lang, slot == Slot::Avoid), &theirs);
        }
        let list = match field {
            Field::Terms(_, Slot::Admitted | Slot::Abbreviation | Slot::Avoid) => {
                let mut list = after(ours, changes, field);
                extend(&mut list, &theirs);
                list
            }
            _ => theirs,
        };
        changes.insert(field, list);
    }
}

/// Takes terms out of the columns that say the contrary: what is to be `avoided` out of those
/// in use, anything else out of those to avoid.
fn give_up(ours: &Record, changes: &mut Changes, (lang, avoided): (Lang, bool), terms: &[String]) {
    let terms: Vec<String> = terms.iter().map(|term| fold(term)).collect();
    let contrary = |field: &&Field| matches!(field, Field::Terms(l, slot) if *l == lang && (*slot == Slot::Avoid) != avoided);
    let fields: BTreeSet<Field> = ours
        .cells
        .keys()
        .chain(changes.keys())
        .filter(contrary)
        .copied()
        .collect();
    for field in fields {
        let mut list = after(ours, changes, field);
        let before = list.len();
        list.retain(|term| !terms.contains(&fold(term)));
        if list.len() < before {
            changes.insert(field, list);
        }
    }
}

/// Both sides of what contradicts each other.
pub(super) fn both(ours: &Record, changes: &mut Changes, conflicts: Vec<(Field, Vec<String>)>) {
    for (field, mut theirs) in conflicts {
        let field = match field {
            // What one side uses and the other deprecates cannot be both: the glossary's say stays.
            Field::Terms(_, Slot::Avoid) => continue,
            Field::Terms(lang, Slot::Preferred | Slot::Admitted | Slot::Abbreviation) => {
                let avoided = folded(ours, lang, |slot| slot == Slot::Avoid);
                theirs.retain(|term| !avoided.contains(&fold(term)));
                match field {
                    Field::Terms(_, Slot::Preferred) => Field::Terms(lang, Slot::Admitted),
                    field => field,
                }
            }
            field => field,
        };
        if is_list(field) {
            let mut list = after(ours, changes, field);
            extend(&mut list, &theirs);
            changes.insert(field, list);
        } else if matches!(field, Field::Definition | Field::Note) {
            let text = format!("{}; {}", ours.text(field), theirs.join("; "));
            changes.insert(field, vec![text]);
        }
    }
}

/// Whether two English terms are the same words inflected, or parted otherwise: face masks, hand-washing.
fn is_form(a: &str, b: &str) -> bool {
    let words = |text: &str| -> String {
        let folded = fold(text);
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(lemma).collect()
    };
    words(a) == words(b)
}

/// Whether a term is made of the initials of a longer one.
fn is_initials(short: &str, long: &str) -> bool {
    let words = long
        .split([' ', '-'])
        .filter_map(|word| word.chars().next());
    let capitals: String = words.flat_map(char::to_uppercase).collect();
    let mut rest = capitals.chars();
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    packed::is_acronym(short)
        && letters.first() == capitals.chars().next().as_ref()
        && letters.iter().all(|c| rest.any(|other| other == *c))
}

/// The folded terms of a language in some places.
pub(super) fn folded(record: &Record, lang: Lang, wanted: impl Fn(Slot) -> bool) -> Vec<String> {
    let cells = record
        .cells
        .iter()
        .filter(|(field, _)| matches!(field, Field::Terms(l, slot) if *l == lang && wanted(*slot)));
    cells
        .flat_map(|(_, list)| list.iter().map(|text| fold(text)))
        .collect()
}
