//! When a fault comes: the moment is drawn as a number of bytes that a store has written since a command began.

use std::path::Path;
use std::time::Duration;

use helhet_tests::running::Running;

/// The size of all files below a folder.
pub(crate) fn bytes_below(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| {
        let path = entry.path();
        if path.is_dir() { bytes_below(&path) } else { entry.metadata().map_or(0, |known| known.len()) }
    });
    sizes.sum()
}

/// Waits until the store has grown by so many bytes; false when the command ended before.
pub(crate) fn grown_by(growth: u64, store: &Path, running: &mut Running) -> bool {
    let before = bytes_below(store);
    loop {
        if running.has_ended() {
            return false;
        }
        if bytes_below(store) >= before + growth {
            return true;
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}
