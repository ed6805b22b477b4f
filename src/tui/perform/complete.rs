//! A file's name, gone on with as far as the files there leave no choice.

use std::fs;
use std::path::{Path, is_separator};

use crate::project::Project;
use crate::tui::action::Completion;

/// The files whose names begin with what is typed: as importing finds them, from where the
/// program was started, then from the workspace's folder.
pub(super) fn complete(project: &Project, typed: &str) -> Completion {
    let (folder, name) = match typed.rsplit_once(is_separator) {
        Some((_, name)) => (typed.strip_suffix(name).unwrap_or(""), name),
        None => ("", typed),
    };
    let mut names = Vec::new();
    let root = project.root.as_deref().unwrap_or(Path::new(""));
    for base in [Path::new("."), root] {
        if names.is_empty() {
            names = beginning(&base.join(folder), name);
        }
    }
    let common = names
        .iter()
        .skip(1)
        .fold(names.first().cloned(), |all, name| {
            let same = |all: String| {
                let same = all.chars().zip(name.chars()).take_while(|(a, b)| a == b);
                same.map(|(c, _)| c).collect::<String>()
            };
            all.map(same)
        });
    let text = common.map_or(typed.to_owned(), |name| [folder, &name].concat());
    Completion {
        typed: typed.to_owned(),
        text,
        names,
    }
}

/// What in a folder has a name with this beginning; folders end with a `/`. What is hidden is
/// only named where its dot is.
fn beginning(folder: &Path, name: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for entry in entries.flatten() {
        let Ok(mut found) = entry.file_name().into_string() else {
            continue;
        };
        if !found.starts_with(name) || found.starts_with('.') && name.is_empty() {
            continue;
        }
        if entry.path().is_dir() {
            found.push('/');
        }
        names.push(found);
    }
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_gone_on_with_as_far_as_it_is_sure() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["术语表一.csv", "术语表二.csv", ".hidden", "lists/a b.csv"] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::create_dir(root.join("glossaries")).unwrap();
        let project = Project::open(root).unwrap();
        let done = |typed: &str| {
            let done = complete(&project, typed);
            (done.text, done.names.len())
        };
        assert_eq!(done("术"), ("术语表".to_owned(), 2));
        assert_eq!(done("术语表一"), ("术语表一.csv".to_owned(), 1));
        assert_eq!(done("li"), ("lists/".to_owned(), 1));
        assert_eq!(done("lists/"), ("lists/a b.csv".to_owned(), 1));
        assert_eq!(done("nothing/x"), ("nothing/x".to_owned(), 0));
        let whole = root.join("术语表二").display().to_string();
        assert_eq!(done(&whole), (format!("{whole}.csv"), 1));
    }
}
