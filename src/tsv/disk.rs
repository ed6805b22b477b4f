//! Which file a path leads to; replacing it in one step, and keeping others from it meanwhile.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{self, Path, PathBuf};

use crate::error::{Error, Result};

/// The full path of a file, behind all links; the path as it is given where no file is.
pub fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether two paths lead to one file, be it there or not yet.
pub fn same_file(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| path::absolute(resolved(path)).ok();
    a == b || place(a).is_some_and(|a| Some(a) == place(b))
}

/// The file whose name goes on where that of another ends: `a.tsv` → `a.tsv.lock`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new
/// ones, never a part, whatever fails on the way.
///
/// The bytes go to a new file in the same folder, reach the disk, and take the
/// old one's name and mode. A symbolic link stays one. A device or a pipe has no
/// old bytes: it is written to as it stands, and stays what it is.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    write_atomic_by(path, |to| {
        let written = to.write_all(bytes);
        written.map_err(|source| Error::io("write", path, source))
    })
}

/// [`write_atomic`] for bytes that come in parts: what `write` writes replaces the file,
/// unless it fails.
pub fn write_atomic_by<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let refused = |source| Error::io("write", path, source);
    // Renaming over a link would replace the link, not the file it points to.
    let place = resolved(path);
    let old = fs::metadata(&place).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // A rename would succeed all the same; the user said otherwise.
        return Err(refused(io::ErrorKind::PermissionDenied.into()));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A rename would put a file in the place of a device.
        let mut there = File::options().write(true).open(&place).map_err(refused)?;
        return write(&mut there);
    }
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut file = passing(&folder).map_err(refused)?;
    let done = write(file.as_file_mut())?;
    if let Some(old) = old {
        let kept = file.as_file().set_permissions(old.permissions());
        kept.map_err(refused)?;
    }
    file.as_file().sync_all().map_err(refused)?;
    file.persist(&place).map_err(|e| refused(e.error))?;
    // The new name itself must reach the disk. Some systems cannot sync a folder: no harm.
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(done)
}

/// A new file of a passing name.
fn passing(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zm-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets: the process's umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// A file that only this process may replace for as long as the value lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Waits for the lock of a file, which is created where it is not there.
    ///
    /// The lock is on the file itself, so nothing is left beside it. A writer
    /// that went before may have put a new file in its place; then the wait
    /// begins anew on that one.
    pub fn file(path: &Path) -> Result<Self> {
        let refused = |source| Error::io("lock", path, source);
        loop {
            let file = File::options()
                .create(true)
                .append(true)
                .open(path)
                .map_err(refused)?;
            file.lock().map_err(refused)?;
            let held = file.metadata().map_err(refused)?;
            if fs::metadata(path).is_ok_and(|there| unchanged(&held, &there)) {
                return Ok(Self { file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn unchanged(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn unchanged(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    (a.len(), a.modified().ok()) == (b.len(), b.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_many_paths() {
        let here = std::env::current_dir().unwrap();
        let absent = Path::new("not there yet.tsv");
        assert!(same_file(absent, &here.join(absent)));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        let other = folder.path().join("b.tsv");
        fs::write(&path, "x").unwrap();
        assert!(!same_file(&path, &other));
        fs::create_dir(folder.path().join("sub")).unwrap();
        assert!(same_file(&path, &folder.path().join("sub/../a.tsv")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&path, &other).unwrap();
            assert!(same_file(&path, &other));
        }
    }

    #[test]
    fn replacing_keeps_mode_and_link_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        write_atomic(&path, "旧".as_bytes()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, symlink};
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            let link = folder.path().join("link.tsv");
            symlink(&path, &link).unwrap();
            write_atomic(&link, "新".as_bytes()).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o640
            );
            fs::remove_file(&link).unwrap();
        }
        write_atomic(&path, "新".as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "新");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to_and_stays_one() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let link = folder.path().join("link");
        symlink(&pipe, &link).unwrap();
        for path in [&pipe, &link] {
            std::thread::scope(|scope| {
                let reader = scope.spawn(|| fs::read_to_string(&pipe).unwrap());
                write_atomic(path, "新".as_bytes()).unwrap();
                assert_eq!(reader.join().unwrap(), "新");
            });
            assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        }
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(write_atomic(folder.path(), b"x").is_err(), "a folder");
    }

    #[test]
    fn what_fails_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        write_atomic(&path, "旧".as_bytes()).unwrap();
        let failed: Result<()> = write_atomic_by(&path, |to| {
            to.write_all("新".as_bytes()).unwrap();
            Err(Error::Usage("no more".into()))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "旧");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn writers_under_the_lock_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _lock = Lock::file(&path).unwrap();
                        let text = fs::read_to_string(&path).unwrap() + "x\n";
                        write_atomic(&path, text.as_bytes()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 80);
    }
}
