//! How results and errors are written.
use std::io::Write as _;

/// One line on stdout. A reader that went away (`| head`) is no error.
pub(super) fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// An error with its causes on one line, each said once; what can be done about it first, where that is known.
pub(super) fn chain(error: &anyhow::Error) -> String {
    let advice = helhet_shared::sqlite::advice(error.as_ref());
    let mut words: Vec<String> = advice.into_iter().map(str::to_owned).collect();
    for cause in error.chain() {
        let said = cause.to_string();
        if words.last().is_none_or(|last| !last.contains(&said)) {
            words.push(said);
        }
    }
    words.join(": ")
}
