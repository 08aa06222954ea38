//! A small disk of its own for one folder, that a test can fill. It is memory, mounted where only the test sees it, so
//! the test has to run in a mount namespace of its own: [`alone`].

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tells the test that it is the one inside the namespace.
const INSIDE: &str = "HELHET_TEST_ALONE";
/// As root of the machine, or as root of a namespace where the machine lets everybody make one.
const WAYS: [&[&str]; 2] = [&[], &["--map-root-user"]];

/// Runs the test of this name once more in a mount namespace of its own. True for the one inside, which has work to do;
/// false for the one outside, when the other is done or, after saying why, when this machine allows no namespace.
pub fn alone(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some_and(|inside| inside == test) {
        return true;
    }
    let mut reasons = Vec::new();
    for way in WAYS {
        match may_mount(way) {
            Ok(()) => {
                run_inside(way, test);
                return false;
            }
            Err(reason) => reasons.push(reason),
        }
    }
    // Not `eprintln!`, which a test runner keeps to itself when a test passes.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {test}: it needs a disk of its own, and this machine lets it mount none ({})",
        reasons.join("; ")
    );
    false
}

fn may_mount(way: &[&str]) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let tried = unshare(way)
        .args(["mount", "-t", "tmpfs", "none"])
        .arg(folder.path())
        .output()
        .map_err(|error| format!("unshare: {error}"))?;
    match tried.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&tried.stderr).trim().to_owned()),
    }
}

fn run_inside(way: &[&str], test: &str) {
    let own = std::env::current_exe().expect("a running program knows its own path");
    let inside = unshare(way)
        .arg(own)
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, test)
        .output()
        .expect("`unshare` was there a moment ago");
    let said =
        format!("{}{}", String::from_utf8_lossy(&inside.stdout), String::from_utf8_lossy(&inside.stderr));
    assert!(inside.status.success(), "in a mount namespace of its own:\n{said}");
    assert!(said.contains("1 passed"), "there is no test {test}:\n{said}");
}

fn unshare(way: &[&str]) -> Command {
    let mut command = Command::new("unshare");
    command.args(way).args(["--mount", "--fork", "--kill-child", "--"]);
    command
}

/// A disk mounted on a folder, until dropped.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts a disk of so many MiB; only for who is [`alone`].
    pub fn mount(folder: &Path, mebibytes: u32) -> Self {
        fs::create_dir_all(folder).expect("a temporary folder can be made");
        let size = format!("size={mebibytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(folder).status();
        assert!(mounted.is_ok_and(|status| status.success()), "the disk could not be mounted");
        Self { folder: folder.to_owned() }
    }

    /// Fills it but for so many bytes.
    pub fn fill_but(&self, left: u64) {
        let mut filler = File::create(self.filler()).expect("a file can be made on the disk");
        let mut size = 0;
        for piece in [1 << 20, 4096] {
            let zeros = vec![0; piece];
            loop {
                match filler.write(&zeros) {
                    Ok(written) => size += written as u64,
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("the disk could not be filled: {error}"),
                }
            }
        }
        filler.set_len(size.saturating_sub(left)).expect("a file can be made shorter");
    }

    /// There is room again.
    pub fn make_room(&self) {
        fs::remove_file(self.filler()).expect("what fills the disk can be deleted");
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Programs may still have files open there.
        let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
    }
}
