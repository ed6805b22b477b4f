//! What columns hold whose names say one part of it, and their cells the other.

use super::super::names::{self, Role, Side};
use super::profile::{Profile, Tongue, code};
use super::{Column, Guess};
use crate::format::heading::Why;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::words::{self, Standing};
use crate::lang::{Lang, Locale};

impl Guess {
    /// A column `Source language` without languages has the terms of the source, where no other
    /// is called so.
    pub(super) fn languages(&mut self) {
        for side in [Side::Source, Side::Target] {
            if self.columns.iter().any(|c| c.role == Role::Side(side)) {
                continue;
            }
            for (column, profile) in self.columns.iter_mut().zip(&self.profiles) {
                let bare = profile.filled > 0 && profile.code * 2 < profile.filled;
                if bare && column.role == Role::Code(side) {
                    column.role = Role::Side(side);
                }
            }
        }
    }

    /// Where a language has no column of terms, the one of meanings (单词, 释义) that is as short as
    /// terms are.
    pub(super) fn by_meaning(&mut self) {
        if self.columns.iter().any(|c| matches!(c.role, Role::Side(_))) {
            return;
        }
        for lang in [Lang::Zh, Lang::En] {
            if self.has(lang) || !self.has(lang.other()) {
                continue;
            }
            let longest = if lang == Lang::Zh { 20 } else { 40 };
            let fits = |at: &usize| {
                let (Some(c), Some(p)) = (self.columns.get(*at), self.profiles.get(*at)) else {
                    return false;
                };
                let meaning = match c.role {
                    Role::Field(Field::Definition) => true,
                    Role::Field(Field::Subject) => c.name.contains(['词', '詞']),
                    _ => false,
                };
                meaning
                    && c.why == Why::Name
                    && p.lang() == Some(lang)
                    && p.mean() <= longest
                    && !p.repeats()
                    && !p.is_pinyin()
            };
            let found = (0..self.columns.len()).find(fits);
            if let Some(column) = found.and_then(|at| self.columns.get_mut(at)) {
                column.role = Role::Field(Field::Terms(lang, Slot::Preferred));
                column.why = Why::Content;
            }
        }
    }

    /// Chinese in traditional characters beside a column that is Mainland China's is no synonym of that.
    pub(super) fn mainland(&mut self, home: Option<Locale>) {
        let chinese = Role::Field(Field::Terms(Lang::Zh, Slot::Preferred));
        let is = |c: &Column, mainland: bool| {
            c.why == Why::Name && c.role == chinese && names::of_mainland(&c.name) == mainland
        };
        let at_home = home.is_some_and(Locale::traditional);
        if at_home || !self.columns.iter().any(|c| is(c, true)) {
            return;
        }
        for (column, profile) in self.columns.iter_mut().zip(&self.profiles) {
            let traditional = profile.filled > 0 && profile.traditional * 3 >= profile.filled;
            if traditional && is(column, false) {
                column.role = Role::Field(columns::of_locale(Locale::Hant, Slot::Preferred));
            }
        }
    }

    /// Who changed a concept last and when goes before who made it, checked it or agreed on it.
    pub(super) fn last_change(&mut self) {
        for (field, why) in [
            (
                Field::Updated,
                "another column says when it was changed last",
            ),
            (Field::By, "another column says who changed it last"),
        ] {
            let of = |c: &Column| c.role == Role::Field(field) && c.filled > 0;
            let last = |c: &Column| c.why == Why::Said || !names::of_making(&c.name);
            if !self.columns.iter().any(|c| of(c) && last(c)) {
                continue;
            }
            let columns = self.columns.iter_mut();
            for column in columns.filter(|c| of(c) && !last(c)) {
                column.role = Role::Unknown;
                column.remark = Some(why);
            }
        }
    }

    /// Tells words about terms by what they are: all cells of a column by another name may be some,
    /// and those of one called like such (`Usage`) none.
    pub(super) fn stated(&mut self) {
        let is = |word: &str| words::standing(word).is_some();
        let tells =
            |word: &String| !matches!(words::standing(word), None | Some(Standing::Preferred));
        for (column, profile) in self.columns.iter_mut().zip(&self.profiles) {
            if column.why != Why::Name || profile.filled == 0 {
                continue;
            }
            match column.role {
                Role::Unknown | Role::Unsure(_)
                    if column.remark.is_none()
                        && profile.filled > 1
                        && profile.only(is)
                        && profile.words.keys().any(tells)
                        && !names::is_other(&column.name) =>
                {
                    column.role = Role::TermStatus(column.role.lang());
                    column.why = Why::Content;
                }
                Role::TermStatus(_) if !names::of_status(&column.name) && !profile.half(is) => {
                    if names::of_usage(&column.name) && profile.lang().is_some() {
                        column.role = Role::Field(Field::Note);
                    } else {
                        column.role = Role::Unknown;
                        column.remark =
                            Some("its words are no standings here; --map note=… takes it");
                    }
                }
                _ => {}
            }
        }
    }

    /// Says of columns that are left out what of their names is not understood.
    pub(super) fn unclear(&mut self) {
        for column in &mut self.columns {
            column.unclear = match column.role {
                Role::Unsure(lang) => Some(names::unclear(&column.name, lang)),
                Role::Unknown => names::misspelt(&column.name),
                _ => None,
            };
        }
    }

    /// Whether a column seems to have the languages of rows with one term.
    pub(super) fn is_coded(&self) -> bool {
        let has = |p: &Profile, lang: Lang| {
            let of = |word: &String| matches!(code(word), Some(Tongue::Ours(locale)) if locale.lang() == lang);
            p.words.keys().any(of)
        };
        let both = |p: &Profile| p.code * 5 >= p.filled * 4 && has(p, Lang::Zh) && has(p, Lang::En);
        self.columns.iter().any(|c| c.role == Role::Language) || self.profiles.iter().any(both)
    }
}
