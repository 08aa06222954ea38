//! A file that is readable by its owner alone from its first byte on, and stands under its name whole or not at all.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};

/// A file that is being written beside its place. Dropped before [`finish`](Self::finish), it is gone.
#[derive(Debug)]
pub struct PrivateFile {
    target: PathBuf,
    part: PathBuf,
}

impl PrivateFile {
    /// Makes it, empty. What an earlier run that was killed left of it is removed.
    pub fn create(target: &Path) -> Result<Self> {
        let name = target.file_name().ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        let part: OsString = [OsString::from(".").as_os_str(), name, ".part".as_ref()].into_iter().collect();
        let part = target.with_file_name(part);
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&part)?;
        Ok(Self { target: target.to_owned(), part })
    }

    /// Where it is written meanwhile.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Puts it in its place, over what was there.
    pub fn finish(self) -> Result<()> {
        OpenOptions::new().write(true).open(&self.part)?.sync_all()?;
        std::fs::rename(&self.part, &self.target)?;
        // So that the name outlives a power cut, too; not every system opens a folder for that.
        if let Some(Ok(folder)) = self.target.parent().map(File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        // After `finish` nothing is there any more.
        let _ = std::fs::remove_file(&self.part);
    }
}

/// Writes a text in one go, over what was there.
pub fn write_private(target: &Path, text: &str) -> Result<()> {
    let file = PrivateFile::create(target)?;
    OpenOptions::new().write(true).open(file.part())?.write_all(text.as_bytes())?;
    file.finish()
}
