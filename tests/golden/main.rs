//! Databases as released programs wrote them, opened with today's: what a chapter or an office has must never be lost to an
//! update. README.md says what happens in them, `make` adds one at each release.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod meeting;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use helhet_tests::process::Installation;
use tempfile::TempDir;

/// The folders of one release, as a copy that today's programs may write to.
pub(crate) struct Golden {
    pub(crate) release: String,
    /// When they were written.
    pub(crate) made: DateTime<Utc>,
    pub(crate) hub: Installation,
    pub(crate) node: Installation,
    _folder: TempDir,
}

/// A copy of every release's folders; a test goes through all of them.
pub(crate) fn all() -> Vec<Golden> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut releases: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    releases.sort();
    assert!(!releases.is_empty(), "no release's folders are here");
    releases.iter().map(|release| copied(release)).collect()
}

fn copied(release: &Path) -> Golden {
    let folder = TempDir::new().unwrap();
    for file in ["hub/hub.sqlite", "node/helhet.db", "node/helhet.key"] {
        let target = folder.path().join(file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(release.join(file), target).unwrap();
    }
    Golden {
        release: release.file_name().unwrap().to_string_lossy().into_owned(),
        made: fs::read_to_string(release.join("made")).unwrap().trim().parse().unwrap(),
        hub: Installation::hub(folder.path()),
        node: Installation::node(folder.path(), "node"),
        _folder: folder,
    }
}
