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

/// Rows as text columns of equal width.
pub(super) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        print(cells.join("  ").trim_end());
    }
}
