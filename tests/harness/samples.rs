//! The sample files of `tests/demo/`, as three chapters and the office sent them.

use std::path::PathBuf;

/// One sample file.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// The chapter whose file it is; the office's own has none.
    pub chapter: Option<&'static str>,
    /// The file's name in `tests/demo/`.
    pub name: &'static str,
    /// The lines of the file that hold data.
    pub lines: u64,
}

/// The chapters' files, in the order in which a chapter would import them.
pub const CHAPTER_FILES: [Sample; 4] = [
    Sample { chapter: Some("Bergen"), name: "bergen_medlemmer.csv", lines: 451 },
    Sample { chapter: Some("Bergen"), name: "bergen_stand_liste.csv", lines: 30 },
    Sample { chapter: Some("Oslo"), name: "oslo_stottespillere.csv", lines: 732 },
    Sample { chapter: Some("Tromsø"), name: "tromso_frivillige.csv", lines: 158 },
];

/// The office's gifts.
pub const GIFTS: Sample = Sample { chapter: None, name: "national_gifts.csv", lines: 1801 };

impl Sample {
    /// Where the file lies in this repository.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo").join(self.name)
    }
}
