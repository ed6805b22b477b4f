//! Replacing a file in one step, and keeping others from it meanwhile.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new
/// ones, never a part, whatever fails on the way.
///
/// The bytes go to a new file in the same folder, reach the disk, and take the
/// old one's name and mode. A symbolic link stays one.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes).map_err(|source| Error::io("write", path, source))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Renaming over a link would replace the link, not the file it points to.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zm-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets: the process's umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|m| m.permissions().readonly()) {
        // A rename would succeed all the same; the user said otherwise.
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = builder.tempfile_in(&folder)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|e| e.error)?;
    // The new name itself must reach the disk. Some systems cannot sync a folder: no harm.
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(())
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
            if fs::metadata(path).is_ok_and(|there| same_file(&held, &there)) {
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
fn same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    (a.len(), a.modified().ok()) == (b.len(), b.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

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
