//! Which files a workspace has: lists, folders and globs to paths.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use super::config::{DOCUMENTS, NOT_DOCUMENTS};
use super::or_here;
use crate::error::{Error, Result};
use crate::format::bilingual::work;
use crate::lang::Lang;

/// The TSV files that `names` (files, folders, globs) stand for, in that
/// order; of the folder `usual`, sorted, where there are no names.
pub(super) fn tables(root: &Path, names: &[String], usual: &str) -> Result<Vec<PathBuf>> {
    if names.is_empty() {
        return folder(&root.join(usual));
    }
    let mut found = Vec::new();
    for name in names {
        let path = root.join(name);
        if path.is_file() {
            found.push(path);
        } else if path.is_dir() {
            found.extend(folder(&path)?);
        } else if is_glob(name) {
            found.extend(matching(root, std::slice::from_ref(name))?);
        } else {
            let place = root.join(super::FILE);
            let message = format!("`{usual}` names `{name}`, which is not there");
            return Err(Error::file(&place, None, message));
        }
    }
    Ok(found)
}

/// The workspace's documents, sorted, without work files.
pub(super) fn documents(root: &Path, globs: &[String]) -> Result<Vec<PathBuf>> {
    let by_default = globs.is_empty();
    let mut found = if by_default {
        let usual: Vec<_> = DOCUMENTS.iter().map(|&g| g.to_owned()).collect();
        matching(root, &usual)?
    } else {
        matching(root, globs)?
    };
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let about = NOT_DOCUMENTS
            .iter()
            .any(|n| name.to_uppercase().starts_with(n));
        let left_out = work::is(path) || is_lock(path) || (by_default && about);
        !left_out
    });
    let given = deliveries(&found);
    found.retain(|path| !given.contains(path));
    Ok(found)
}

/// Where a document's translation is delivered: `report.zh.md` → `report.en.md`,
/// `report.md` → `report.en.md`.
pub fn delivered(document: &Path, to: Lang) -> PathBuf {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem
        .strip_suffix(&format!(".{}", to.other()))
        .unwrap_or(&stem);
    let extension = document.extension().unwrap_or_default().to_string_lossy();
    document.with_file_name(format!("{stem}.{to}.{extension}"))
}

/// The files that are translations of others among them. Of `a.zh.md` and
/// `a.en.md` each could be the other's: the one that is worked on is the source.
fn deliveries(found: &[PathBuf]) -> HashSet<PathBuf> {
    let worked = |path: &Path| work::files(path).iter().any(|work| work.exists());
    let there: HashSet<&PathBuf> = found.iter().collect();
    let mut given = HashSet::new();
    for document in found {
        for to in [Lang::Zh, Lang::En] {
            let target = delivered(document, to);
            if target == *document || !there.contains(&target) || worked(&target) {
                continue;
            }
            // `report.md` names no language, so that nothing is delivered to it.
            let mutual = delivered(&target, to.other()) == *document;
            if !mutual || worked(document) {
                given.insert(target);
            }
        }
    }
    given
}

/// The TSV files directly in a folder, sorted; none where the folder is not there.
fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(or_here(path)) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io("list", path, e)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| Error::io("list", path, e))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let file = path.join(entry.file_name());
        if name.ends_with(".tsv") && !name.starts_with('.') && file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}

/// The files under `root` that match one of the globs, sorted; what git ignores is left out.
pub fn matching(root: &Path, globs: &[String]) -> Result<Vec<PathBuf>> {
    let set = globset(root, globs)?;
    let mut found = Vec::new();
    for base in bases(globs) {
        let from = root.join(&base);
        // Only the part of the tree a glob can reach is walked: `*.md` must not visit `target/`.
        let deep = globs
            .iter()
            .any(|g| g.starts_with(&*base) && reaches_down(g, &base));
        let walk = WalkBuilder::new(or_here(&from))
            .require_git(false)
            .max_depth(if deep { None } else { Some(1) })
            .build();
        if !or_here(&from).exists() {
            continue;
        }
        for entry in walk {
            let entry = entry.map_err(|e| Error::file(&from, None, e.to_string()))?;
            if !entry.file_type().is_some_and(|t| t.is_file()) {
                continue;
            }
            let path = entry.path();
            let path = path.strip_prefix("./").unwrap_or(path);
            let inner = path.strip_prefix(root).unwrap_or(path);
            if set.is_match(inner) {
                found.push(path.to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The globs as one matcher; `*` stays inside a folder.
pub(super) fn globset(root: &Path, globs: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    let wrong = |e: globset::Error| Error::file(root, None, e.to_string());
    for glob in globs {
        let glob: Glob = GlobBuilder::new(glob)
            .literal_separator(true)
            .build()
            .map_err(wrong)?;
        set.add(glob);
    }
    set.build().map_err(wrong)
}

/// The folders before the first wild card of each glob: where walking begins.
fn bases(globs: &[String]) -> Vec<String> {
    let mut bases: Vec<_> = globs.iter().map(|g| base(g)).collect();
    bases.sort();
    bases.dedup();
    bases
}

/// The folder a glob's files lie in or below, without wild cards.
fn base(glob: &str) -> String {
    let mut parts: Vec<_> = glob.split('/').collect();
    parts.pop();
    let fixed = parts.iter().take_while(|part| !is_glob(part));
    fixed.copied().collect::<Vec<_>>().join("/")
}

/// Whether a glob of this base reaches below the base's own files.
fn reaches_down(glob: &str, base: &str) -> bool {
    let rest = glob.strip_prefix(base).unwrap_or(glob);
    self::base(glob) == base && rest.trim_start_matches('/').contains('/')
}

/// Whether a file is what Word leaves beside a document that is open.
pub fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("~$")
}

/// Whether a name has wild cards.
pub fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walking_begins_where_a_glob_begins() {
        assert_eq!(base("*.md"), "");
        assert_eq!(base("examples/*.md"), "examples");
        assert_eq!(base("docs/**/*.zh.md"), "docs");
        assert!(reaches_down("docs/**/*.md", "docs"));
        assert!(!reaches_down("docs/*.md", "docs"));
        assert!(!reaches_down("*.md", ""));
    }
}
