//! Files that people take out of a program, such as lists and backups: readable by their owner alone, and whole or not
//! there at all. A file is made beside its place and then moved into it, so that what was there before stays until
//! then, and a full disk leaves no half list behind.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Writes these bytes to `path`, in place of what is there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A terminal or a pipe is written to, not replaced; a link is followed.
    let is_no_file = fs::metadata(path).is_ok_and(|found| !found.is_file());
    if is_no_file {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let fill = |beside: &Path| OpenOptions::new().write(true).open(beside)?.write_all(bytes);
    make(&path, fill, |error| error)
}

/// Makes the file at `path`: `fill` is given an empty private file beside it, by its path. `failed` puts into the
/// caller's words what the file system said.
pub fn make<E>(
    path: &Path,
    fill: impl FnOnce(&Path) -> Result<(), E>,
    failed: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    let beside = beside(path);
    let settle = || {
        OpenOptions::new().write(true).open(&beside)?.sync_all()?;
        fs::rename(&beside, path)
    };
    let made = create(&beside).map_err(&failed).and_then(|()| fill(&beside));
    let made = made.and_then(|()| settle().map_err(&failed));
    if made.is_err() {
        let _ = fs::remove_file(&beside);
    }
    made
}

/// Hidden, so that it is nobody's own file of that name.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

fn create(path: &Path) -> io::Result<()> {
    // One that was left by a run that was killed may be somebody else's to read.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[cfg(unix)]
    fn assert_private(path: &Path) {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(not(unix))]
    fn assert_private(_: &Path) {}

    // S2.7: a list of people is nobody else's on that computer.
    #[test]
    fn only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write(&path, b"first").unwrap();
        assert_private(&path);
        fs::remove_file(&path).unwrap();
        fs::write(&path, "for all to read").unwrap();
        write(&path, b"second").unwrap();
        assert_private(&path);
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(names(folder.path()), ["list.csv"]);
    }

    #[test]
    fn what_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write(&path, b"first").unwrap();
        let fill = |beside: &Path| {
            fs::write(beside, "hal")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        let half = make(&path, fill, |error| error);
        assert_eq!(half.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["list.csv"]);
        // One that an earlier run left is no hindrance, and its mode is not taken over.
        fs::write(folder.path().join(".list.csv.part"), "half").unwrap();
        write(&path, b"second").unwrap();
        assert_private(&path);
        assert_eq!(fs::read(&path).unwrap(), b"second");
    }
}
