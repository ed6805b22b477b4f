//! The document that translates another: found as a run finds pairs.

use std::path::{Path, PathBuf};

use super::{files, names};
use crate::error::{Error, Result};
use crate::format;
use crate::lang::Lang;
use crate::project::Project;

/// The document that a document is translated by or translates, by their names and languages and
/// by the patterns of `zhengming.toml`: as `zm check` pairs them. It is looked for in the
/// workspace, else in the document's folder.
///
/// # Errors
/// There is none, or several; the document cannot be read.
pub fn partner(document: &Path, project: &Project) -> Result<PathBuf> {
    let beside = document.parent().unwrap_or(Path::new("")).to_owned();
    let folder = project.root.clone().unwrap_or(beside);
    let folder = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder
    };
    let all = files::found(&[folder, document.to_owned()], &mut Vec::new());
    let all: Vec<&Path> = all
        .iter()
        .map(|found| &*found.path)
        .filter(|path| format::of(path).is_some())
        .collect();
    let own = all.iter().position(|path| *path == document);
    // Only those whose names could make a pair are opened.
    let near = names::candidates(&all, document, project);
    let mut langs: Vec<Option<Lang>> = vec![None; all.len()];
    for at in near.into_iter().chain(own) {
        if let (Some(lang), Some(path)) = (langs.get_mut(at), all.get(at)) {
            *lang = language(path);
        }
    }
    let lang = |at: usize| langs.get(at).copied().flatten();
    let pairs = names::pairs(&all, lang, project);
    let others = pairs.into_iter().filter_map(|(zh, en)| match own {
        Some(own) if own == zh => all.get(en),
        Some(own) if own == en => all.get(zh),
        _ => None,
    });
    let mut others: Vec<PathBuf> = others.map(|path| path.to_path_buf()).collect();
    let refused = |message: String| Err(Error::file(document, None, message));
    match (others.pop(), others.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(one), false) => {
            others.push(one);
            let names: Vec<_> = others.iter().map(|p| p.display().to_string()).collect();
            refused(format!(
                "several documents may be its translation ({}): `zm align SRC TGT --review` says which",
                names.join(", ")
            ))
        }
        (None, _) => {
            refused("no translation found: name it in `[[pairs]]` of zhengming.toml".to_owned())
        }
    }
}

/// The language of a document; `None` where it cannot be read.
fn language(path: &Path) -> Option<Lang> {
    format::read(path, None)
        .ok()
        .map(|parsed| parsed.value.from)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn found(files: &[(&str, &str)], document: &str) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let project = Project::open(folder.path()).unwrap();
        let other = partner(&folder.path().join(document), &project)?;
        let name = other.strip_prefix(folder.path()).unwrap();
        Ok(name.display().to_string())
    }

    const ZH: &str = "能源部启动创世计划。\n";
    const EN: &str = "The Department of Energy launched the Genesis Mission.\n";

    #[test]
    fn names_and_patterns_tell_the_other_document() {
        let files = [("a.zh.md", ZH), ("a.en.md", EN), ("b.md", EN)];
        assert_eq!(found(&files, "a.zh.md").unwrap(), "a.en.md");
        assert_eq!(found(&files, "a.en.md").unwrap(), "a.zh.md");
        assert!(found(&files, "b.md").is_err());
        let files = [
            (
                "zhengming.toml",
                "[[pairs]]\nzh = \"译文/{name}.txt\"\nen = \"orig/{name}.txt\"\n",
            ),
            ("orig/x.txt", EN),
            ("译文/x.txt", ZH),
            ("zh/y.md", ZH),
            ("en/y.md", EN),
        ];
        assert_eq!(found(&files, "orig/x.txt").unwrap(), "译文/x.txt");
        assert_eq!(found(&files, "en/y.md").unwrap(), "zh/y.md");
    }

    #[test]
    fn of_several_translations_none_is_chosen() {
        let files = [("a.md", EN), ("a.zh-CN.md", ZH), ("a.zh-TW.md", ZH)];
        let why = found(&files, "a.md").unwrap_err().to_string();
        assert!(
            why.contains("a.zh-CN.md") && why.contains("a.zh-TW.md"),
            "{why}"
        );
        assert_eq!(found(&files, "a.zh-TW.md").unwrap(), "a.md");
    }
}
