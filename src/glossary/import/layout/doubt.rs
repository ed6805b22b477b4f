//! Names of columns that the cells below them do not bear out.

use super::super::names::{self, Role};
use super::Guess;
use crate::format::heading::Why;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::words;
use crate::lang::Lang;

impl Guess {
    /// Tells columns of yes and no from those of terms, where both go by one name: a column
    /// `Deprecated` may hold terms to avoid, and one `Forbidden` too. What yes means of other
    /// things (`Abbreviation`) nobody knows.
    pub(super) fn answers(&mut self, ours: bool) {
        let preferred = [Lang::Zh, Lang::En].map(|lang| {
            let role = Role::Field(Field::Terms(lang, Slot::Preferred));
            self.columns.iter().filter(|c| c.role == role).count()
        });
        for (column, profile) in self.columns.iter_mut().zip(&self.profiles) {
            let sure = column.why == Why::Said || columns::field(&column.name).is_some();
            if sure || profile.filled == 0 {
                continue;
            }
            let answers = profile.mostly(words::is_answer);
            let slot = match column.role {
                Role::Field(Field::Terms(_, slot)) | Role::Terms(slot) => Some(slot),
                _ => None,
            };
            let role = match (&column.role, slot) {
                (_, Some(Slot::Avoid)) if answers => Some(Role::Forbidden),
                (_, Some(Slot::Abbreviation | Slot::Admitted)) if profile.only(words::is_flag) => {
                    column.remark = Some("says yes and no; --map note=… takes it");
                    Some(Role::Unknown)
                }
                // Beside terms of its language such a column has none.
                (Role::Field(Field::Terms(lang, _)), Some(Slot::Preferred))
                    if profile.only(words::is_answer)
                        && preferred.get(usize::from(*lang == Lang::En)) > Some(&1) =>
                {
                    column.remark = Some("says yes and no; --map note=… takes it");
                    names::of_approval(&column.name).or(Some(Role::Unknown))
                }
                // One that nobody has decided on (TBD) is no yes.
                (
                    Role::TermStatus(_) | Role::Unknown | Role::Unsure(_) | Role::Field(Field::By),
                    _,
                ) if profile.half(words::is_answer) => names::of_approval(&column.name),
                (Role::Untranslated | Role::Translated | Role::Match(_), _) if !answers => {
                    column.remark = Some("does not say yes and no; --map note=… takes it");
                    Some(Role::Unknown)
                }
                (Role::Forbidden, _)
                    if !answers && !names::asks(&column.name) && !profile.mostly(is_standing) =>
                {
                    Some(names::avoided(&column.name))
                }
                _ => None,
            };
            let Some(role) = role else { continue };
            // Beside names of ours the language of terms is that of their name, or nobody's.
            column.role = match role {
                Role::Terms(_) if ours => Role::Unknown,
                role => role,
            };
        }
    }

    /// A source in a language (`English_Source`) is where a term was found, where another
    /// column has the terms of that language.
    pub(super) fn origins(&mut self) {
        let named = |c: &super::Column| c.why == Why::Name && names::of_origin(&c.name);
        let preferred =
            |c: &super::Column, lang| c.role == Role::Field(Field::Terms(lang, Slot::Preferred));
        for lang in [Lang::Zh, Lang::En] {
            let others = self.columns.iter();
            if others.filter(|c| preferred(c, lang) && !named(c)).count() == 0 {
                continue;
            }
            let columns = self.columns.iter_mut();
            for column in columns.filter(|c| preferred(c, lang) && named(c)) {
                column.role = Role::Field(Field::Source);
            }
        }
    }

    /// Finds where a second list begins beside the first: columns of both languages by the same
    /// names once more, of which every row has both or none.
    pub(super) fn second_list(&mut self) {
        let lang = |at: &usize| {
            let column = self.columns.get(*at).filter(|c| c.why == Why::Name)?;
            match column.role {
                Role::Field(Field::Terms(lang, Slot::Preferred)) => Some(lang),
                _ => None,
            }
        };
        let terms: Vec<usize> = (0..self.columns.len())
            .filter(|at| lang(at).is_some())
            .collect();
        let [one, other, third, fourth] = terms.as_slice() else {
            return;
        };
        let name = |at: &usize| self.columns.get(*at).map(|c| &c.name);
        let filled = |at: &usize| self.columns.get(*at).map_or(0, |c| c.filled);
        let again = name(one) == name(third) && name(other) == name(fourth);
        let both = lang(one) != lang(other);
        let full = filled(third) == filled(fourth) && filled(third) * 2 >= filled(one);
        if !(again && both && full) {
            return;
        }
        // Numbers of rows stand before the terms in both.
        let begins = |at: &usize| (0..*one).any(|first| name(&first) == name(at));
        let cut = (*other + 1..*third).find(begins).unwrap_or(*third);
        let names: Vec<String> = self
            .columns
            .iter()
            .take(cut)
            .map(|c| c.name.clone())
            .collect();
        for column in self.columns.iter_mut().skip(*fourth + 1) {
            if column.why != Why::Said && !names.contains(&column.name) {
                column.role = Role::Unknown;
                column.remark = Some("beside two lists, of which it is not known to speak");
            }
        }
        let first = self.columns.get(cut).map_or("", |c| c.name.as_str());
        self.remarks.push(format!(
            "two lists side by side: from column {} on (`{first}`) it is the second, and each row is read as two",
            cut + 1
        ));
        self.second = Some(cut);
    }

    /// Leaves out columns of yes and no that go by the name of others (`contains_code`), and
    /// all ids but one; says which English looks like codes.
    pub(super) fn doubt(&mut self) {
        let id = self.id();
        let columns = self.columns.iter_mut().zip(&self.profiles);
        for (at, (column, profile)) in columns.enumerate() {
            let Role::Field(field) = column.role else {
                continue;
            };
            if field == Field::Terms(Lang::En, Slot::Preferred) && profile.looks_coded() {
                let example = profile.words.keys().next().map_or("", String::as_str);
                self.remarks.push(format!(
                    "`{}` is read as English, and looks like codes (`{example}`): if it is, say --map skip={}",
                    column.name,
                    at + 1
                ));
            }
            let texts = !matches!(field, Field::Terms(..) | Field::Status);
            let sure = column.why == Why::Said || columns::field(&column.name) == Some(field);
            let wrong = if field == Field::Id && id != Some(at) {
                "no id of concepts"
            } else if texts && !sure && profile.only(words::is_flag) {
                "says yes and no; --map note=… takes it"
            } else {
                continue;
            };
            column.role = Role::Unknown;
            column.remark = Some(wrong);
        }
    }

    /// The column of ids: the one that the user says, the one that is called so, or the
    /// first whose cells can be ids.
    fn id(&self) -> Option<usize> {
        let is_id = |(_, c): &(usize, &super::Column)| c.role == Role::Field(Field::Id);
        let ids = || self.columns.iter().enumerate().filter(is_id);
        let can_be = |at: usize| {
            let profile = self.profiles.get(at);
            profile.is_some_and(|p| !p.repeats() && !p.only(words::is_flag))
        };
        ids()
            .find(|(_, c)| c.why == Why::Said)
            .or_else(|| ids().find(|(_, c)| columns::field(&c.name) == Some(Field::Id)))
            .or_else(|| ids().find(|(at, _)| can_be(*at)))
            .map(|(at, _)| at)
    }
}

/// Whether a text says how a term stands, which is no term.
fn is_standing(text: &str) -> bool {
    words::is_answer(text) || words::standing(text).is_some()
}
