//! Rules as the command line names them: by id, or a whole family by its prefix.

use std::collections::BTreeSet;

use crate::check::{CHECKS, Check, Level, Levels, named};
use crate::error::Error;
use crate::finding::{FORM, Form};
use crate::project::near;

/// What `--select` and `--ignore` leave of the configured rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// Only these, where there are any.
    select: BTreeSet<&'static str>,
    /// Those named in full: they are on also where they are off by default.
    on: BTreeSet<&'static str>,
    /// None of these.
    ignore: BTreeSet<&'static str>,
}

impl Choice {
    /// The rules that are named.
    ///
    /// # Errors
    /// A name is of no rule and no family.
    pub(crate) fn new(select: &[String], ignore: &[String]) -> Result<Self, Error> {
        let mut choice = Self::default();
        for name in select {
            let found = rules(name)?;
            choice.on.extend(found.iter().filter(|id| *id == name));
            choice.select.extend(found);
        }
        for name in ignore {
            choice.ignore.extend(rules(name)?);
        }
        Ok(choice)
    }

    /// The levels of a run: the configured ones, those for some paths over
    /// those for all, as far as they were chosen.
    pub(crate) fn levels<'a>(
        &self,
        rules: &Levels,
        overrides: impl IntoIterator<Item = &'a Levels>,
    ) -> Levels {
        let usual = ids().filter_map(|id| Some((id.to_owned(), named(id)?.level)));
        let mut levels: Levels = usual.collect();
        levels.extend(rules.clone());
        for id in &self.on {
            if let Some(level @ Level::Off) = levels.get_mut(*id) {
                *level = Level::Warning;
            }
        }
        for rules in overrides {
            levels.extend(rules.clone());
        }
        for id in ids().filter(|id| !self.chosen(id)) {
            levels.insert(id.to_owned(), Level::Off);
        }
        levels
    }

    fn chosen(&self, id: &str) -> bool {
        (self.select.is_empty() || self.select.contains(id)) && !self.ignore.contains(id)
    }
}

/// The checks and the rules of readers that an id or a family's prefix names, or an
/// error with the nearest one.
pub(crate) fn about<T: From<&'static Check> + From<&'static Form>>(
    name: &str,
) -> Result<Vec<T>, Error> {
    let of = |id: &'static str| {
        let form = || FORM.iter().find(|form| form.id == id).map(T::from);
        named(id).map(T::from).or_else(form)
    };
    Ok(rules(name)?.into_iter().filter_map(of).collect())
}

/// Every rule's id: those of the checks, and those of readers.
fn ids() -> impl Iterator<Item = &'static str> {
    CHECKS
        .iter()
        .map(|c| c.id)
        .chain(FORM.iter().map(|form| form.id))
}

/// The rules that an id or a family's prefix names.
fn rules(name: &str) -> Result<Vec<&'static str>, Error> {
    let one = |id: &&str| *id == name;
    let family = |id: &&str| id.split('-').next() == Some(name);
    let found: Vec<_> = ids().filter(|id| one(id) || family(id)).collect();
    if found.is_empty() {
        let families = ids().filter_map(|id| id.split('-').next());
        return Err(unknown(name, ids().chain(families)));
    }
    Ok(found)
}

fn unknown(id: &str, known: impl Iterator<Item = &'static str>) -> Error {
    let known: Vec<_> = known.collect();
    Error::Usage(match near(id, &known) {
        Some(near) => format!("no rule is called `{id}`; did you mean `{near}`?"),
        None => format!("no rule is called `{id}`; `zm explain` lists all"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn on(select: &[&str], ignore: &[&str], rule: &str) -> bool {
        let choice = Choice::new(&names(select), &names(ignore)).unwrap();
        choice.levels(&Levels::new(), []).get(rule) != Some(&Level::Off)
    }

    #[test]
    fn rules_are_named_one_by_one_or_by_family() {
        assert!(on(&[], &[], "num-value"));
        assert!(on(&["num"], &[], "num-value"));
        assert!(!on(&["num"], &[], "term-missing"));
        assert!(!on(&["num"], &["num-value"], "num-value"));
        assert!(!on(&[], &["doc-kept"], "doc-kept"));
    }

    #[test]
    fn a_rule_named_in_full_is_on_but_where_its_path_is_left_out() {
        let off = Levels::from([("num-value".to_owned(), Level::Off)]);
        let level = |select, overrides: &[&Levels]| {
            let choice = Choice::new(&names(&[select]), &[]).unwrap();
            choice.levels(&off, overrides.iter().copied())["num-value"]
        };
        assert_eq!(level("num", &[]), Level::Off);
        assert_eq!(level("num-value", &[]), Level::Warning);
        assert_eq!(level("num-value", &[&off]), Level::Off);
    }

    #[test]
    fn an_unknown_rule_is_named_with_the_nearest() {
        let error = Choice::new(&names(&["term-mising"]), &[]).unwrap_err();
        assert!(error.to_string().contains("did you mean `term-missing`?"));
        let error = Choice::new(&[], &names(&["trm"])).unwrap_err();
        assert!(error.to_string().contains("did you mean `term`?"));
    }
}
