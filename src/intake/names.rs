//! Names that tell which documents translate each other: `report.zh.md` and
//! `report.en.md`, `README.md` and `README.zh-CN.md`, `zh/report.md` and
//! `en/report.md`, `zh.txt` and `en.txt`, and the patterns of `zhengming.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::lang::{Lang, Locale, tag, tagged};
use crate::project::Project;

/// What a document's name says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The name without the language: equal for documents that translate each other.
    key: String,
    /// What it says the document is written in.
    pub(super) locale: Option<Locale>,
    /// Whether it says the script or region too.
    pub(super) written: bool,
}

impl Name {
    /// The key as it may be written differently: `code_of_conduct`, `Code-of-Conduct`.
    fn near(&self) -> String {
        let (folder, file) = self.key.rsplit_once('/').unwrap_or(("", &self.key));
        format!("{folder}/{}", file.to_lowercase().replace('_', "-"))
    }
}

/// The documents, by number, that translate each other by their names: Chinese, English.
///
/// `lang` is the language a document is in, by its text where its name says none.
pub(super) fn pairs(
    paths: &[&Path],
    lang: impl Fn(usize) -> Option<Lang>,
    project: &Project,
) -> Vec<(usize, usize)> {
    let mut pairs = patterned(paths, project);
    pairs.retain(|(zh, en)| lang(*zh) == Some(Lang::Zh) && lang(*en) == Some(Lang::En));
    let mut near: BTreeMap<String, Vec<(usize, Name)>> = BTreeMap::new();
    for (i, path) in paths.iter().enumerate() {
        let taken = pairs.iter().any(|(zh, en)| *zh == i || *en == i);
        if !taken {
            let name = name(path);
            near.entry(name.near()).or_default().push((i, name));
        }
    }
    for group in near.values() {
        let of = |wanted: Lang| {
            let said = move |name: &Name| name.locale.is_none_or(|l| l.lang() == wanted);
            let here = group.iter().filter(move |(_, name)| said(name));
            here.filter(|(i, _)| lang(*i) == Some(wanted))
                .collect::<Vec<_>>()
        };
        let english = of(Lang::En);
        for (zh, name) in of(Lang::Zh) {
            // A document without a language in its name goes with those that have one.
            let mut fit = english.clone();
            fit.retain(|(_, other)| name.locale.is_some() || other.locale.is_some());
            if fit.iter().any(|(_, other)| other.key == name.key) {
                fit.retain(|(_, other)| other.key == name.key);
            }
            // Of several English ones nobody knows which is the other side.
            if let [(en, _)] = fit.as_slice() {
                pairs.push((*zh, *en));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The documents, by number, whose names could make a pair with this one's.
pub(super) fn candidates(paths: &[&Path], document: &Path, project: &Project) -> Vec<usize> {
    let near = name(document).near();
    let is = |at: usize| paths.get(at) == Some(&document);
    let mut all: Vec<usize> = (0..)
        .zip(paths)
        .filter(|(_, path)| name(path).near() == near)
        .map(|(at, _)| at)
        .collect();
    for (zh, en) in patterned(paths, project) {
        if is(zh) || is(en) {
            all.extend([zh, en]);
        }
    }
    all
}

/// The pairs of the patterns in `zhengming.toml`.
fn patterned(paths: &[&Path], project: &Project) -> Vec<(usize, usize)> {
    let patterns = &project.config.pairs;
    if patterns.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = paths.iter().map(|path| project.name(path)).collect();
    let by_name: BTreeMap<&str, usize> = (0..).zip(&names).map(|(i, n)| (n.as_str(), i)).collect();
    let mut pairs = Vec::new();
    for pattern in patterns {
        let Some((before, after)) = pattern.zh.split_once("{name}") else {
            let at = [&pattern.zh, &pattern.en].map(|name| by_name.get(name.as_str()));
            if let [Some(&zh), Some(&en)] = at {
                pairs.push((zh, en));
            }
            continue;
        };
        for (zh, name) in names.iter().enumerate() {
            let inner = name
                .strip_prefix(before)
                .and_then(|n| n.strip_suffix(after));
            let en = inner.map(|inner| pattern.en.replace("{name}", inner));
            if let Some(en) = en.and_then(|en| by_name.get(en.as_str()))
                && *en != zh
            {
                pairs.push((zh, *en));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What a name says: of the file first, else of the folders from the inside out.
pub(super) fn name(path: &Path) -> Name {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let (stem, extension) = file.rsplit_once('.').unwrap_or((&file, ""));
    let folder = path.parent().unwrap_or(Path::new(""));
    if let Some((stem, said)) = tagged(stem) {
        let stem = if stem.is_empty() { "*" } else { stem };
        return Name {
            key: folder
                .join(format!("{stem}.{extension}"))
                .to_string_lossy()
                .into_owned(),
            locale: tag(said),
            written: said.len() > 2,
        };
    }
    let mut parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let folders = parts.len().saturating_sub(1);
    let mut inner = parts.iter_mut().take(folders).rev();
    let mut said = None;
    if let Some(part) = inner.find(|part| tag(part).is_some()) {
        said = tag(part).map(|locale| (locale, part.len() > 2));
        *part = "*".into();
    }
    // A full path begins with a part of its own.
    let key: PathBuf = parts.iter().map(|part| &**part).collect();
    Name {
        key: key.to_string_lossy().into_owned(),
        locale: said.map(|(locale, _)| locale),
        written: said.is_some_and(|(_, written)| written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;

    #[test]
    fn a_name_says_its_language() {
        for (path, key, locale) in [
            ("a/x.zh.md", "a/x.md", Some(Locale::Hans)),
            ("x.en.md", "x.md", Some(Locale::En)),
            ("x.zh-Hant.md", "x.md", Some(Locale::Hant)),
            ("x.zh_TW.md", "x.md", Some(Locale::Taiwan)),
            ("README-zh-CN.md", "README.md", Some(Locale::Hans)),
            ("README_CN.md", "README.md", Some(Locale::Hans)),
            ("README.md", "README.md", None),
            ("film.eng.srt", "film.srt", Some(Locale::En)),
            ("film.CHS.srt", "film.srt", Some(Locale::Hans)),
            (
                "docs/zh-cn/guide/a.md",
                "docs/*/guide/a.md",
                Some(Locale::Hans),
            ),
            ("a/zh.md", "a/*.md", Some(Locale::Hans)),
            ("token.md", "token.md", None),
        ] {
            let name = name(Path::new(path));
            assert_eq!((name.key.as_str(), name.locale), (key, locale), "{path}");
        }
    }

    fn found(paths: &[(&str, Lang)], config: &str) -> Vec<(usize, usize)> {
        let project = Project {
            config: Config::parse(Path::new("zhengming.toml"), config).unwrap(),
            ..Project::default()
        };
        let names: Vec<&Path> = paths.iter().map(|(path, _)| Path::new(*path)).collect();
        pairs(&names, |i| Some(paths[i].1), &project)
    }

    #[test]
    fn names_make_pairs_where_the_texts_agree() {
        use Lang::{En, Zh};
        assert_eq!(found(&[("x.en.md", En), ("x.zh.md", Zh)], ""), [(1, 0)]);
        assert_eq!(found(&[("x.md", Zh), ("x.en.md", En)], ""), [(0, 1)]);
        assert_eq!(
            found(&[("R.md", En), ("R.zh-CN.md", Zh), ("R.zh-TW.md", Zh)], ""),
            [(1, 0), (2, 0)]
        );
        assert_eq!(found(&[("en/x.md", En), ("zh/x.md", Zh)], ""), [(1, 0)]);
        assert_eq!(found(&[("a/en.txt", En), ("a/zh.txt", Zh)], ""), [(1, 0)]);
        assert_eq!(
            found(&[("a_b.md", En), ("a-b.md", En), ("a-b.zh-tw.md", Zh)], ""),
            [(2, 1)]
        );
        assert_eq!(found(&[("a_b.md", En), ("a-b.zh.md", Zh)], ""), [(1, 0)]);
        for none in [
            [("x.en.md", Zh), ("x.zh.md", Zh)],
            [("x.txt", En), ("x.zh.md", Zh)],
            [("x.zh-CN.md", Zh), ("x.zh-TW.md", Zh)],
            [("a/en.txt", En), ("b/zh.txt", Zh)],
            [("a-b.md", En), ("a_b.md", Zh)],
        ] {
            assert_eq!(found(&none, ""), []);
        }
    }

    #[test]
    fn patterns_make_pairs() {
        use Lang::{En, Zh};
        let config = "[[pairs]]\nzh = \"译文/{name}.txt\"\nen = \"orig/{name}.txt\"\n";
        let paths = [("orig/a.txt", En), ("译文/a.txt", Zh), ("译文/b.txt", Zh)];
        assert_eq!(found(&paths, config), [(1, 0)]);
        let config = "[[pairs]]\nzh = \"译文/b.txt\"\nen = \"orig/a.txt\"\n";
        assert_eq!(found(&paths, config), [(2, 0)]);
    }
}
