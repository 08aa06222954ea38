//! Bytes of a file → a table: encoding, separator, quotes and line ends found by looking, since nobody knows what their
//! spreadsheet saved. Every line of the file becomes a row or was empty; nothing is dropped, nothing panics.
//! It never decides what a column means (`mapping`) nor what a value says (`value`).

use encoding_rs::{Encoding as Charset, UTF_8, WINDOWS_1252};

/// Larger files are refused before they are decoded: a chapter's whole register is below 1 MB.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;
/// Most rows one file may hold.
pub const ROWS_MAX: usize = 200_000;
/// Most columns one file may hold.
pub const COLUMNS_MAX: usize = 256;
/// Most characters one cell may hold; what is longer is surely a quote that was never closed.
pub const CELL_CHARS_MAX: usize = 20_000;
/// A quoted cell may span this many lines. Beyond, the quote is taken as a plain character, so that one stray quote
/// cannot swallow the rest of the file.
const QUOTED_LINES_MAX: u32 = 50;
/// The separators that spreadsheets write, the likelier first.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// How many rows are looked at to find the separator.
const ROWS_LOOKED_AT: usize = 30;

/// A file as rows of text. Cells are trimmed; each row has as many cells as there are headings.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// The encoding's name as found: `UTF-8`, `windows-1252`, `UTF-16LE`.
    pub encoding: &'static str,
    /// What stands between two cells.
    pub separator: char,
    /// The first row that is not empty.
    pub headings: Vec<String>,
    /// All further rows that are not empty, in the file's order.
    pub rows: Vec<Row>,
}

/// One record of the file.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which the record starts, from 1, as an editor shows it.
    pub line: u32,
    /// One cell per heading; missing ones are empty.
    pub cells: Vec<String>,
    /// Cells beyond the last heading that are not empty: kept so that the line can say so.
    pub surplus: Vec<String>,
}

// A row is somebody's personal data.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("encoding", &self.encoding)
            .field("separator", &self.separator)
            .field("headings", &self.headings)
            .field("rows", &self.rows.len())
            .finish()
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).finish_non_exhaustive()
    }
}

/// Why a file cannot be read as a table at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More than [`BYTES_MAX`].
    #[error("the file is {bytes} bytes long, at most {BYTES_MAX} can be read")]
    TooLong {
        /// The file's length.
        bytes: usize,
    },
    /// A zip container, which is what Excel and LibreOffice save by default.
    #[error("the file is a spreadsheet document, not text: open it and save it as CSV")]
    Spreadsheet,
    /// Zero bytes: a picture, a database, anything but text.
    #[error("the file is not text: save the list as CSV")]
    NotText,
    /// Nothing but empty lines.
    #[error("the file is empty")]
    Empty,
    /// More than [`ROWS_MAX`].
    #[error("the file has more than {ROWS_MAX} lines: split it")]
    TooManyRows,
    /// More than [`COLUMNS_MAX`].
    #[error("line {line} has more than {COLUMNS_MAX} columns")]
    TooManyColumns {
        /// The line it starts on.
        line: u32,
    },
    /// More than [`CELL_CHARS_MAX`].
    #[error("a cell on line {line} is longer than {CELL_CHARS_MAX} characters")]
    CellTooLong {
        /// The line it starts on.
        line: u32,
    },
}

/// Reads a whole file.
pub fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    if bytes.len() > BYTES_MAX {
        return Err(ReadError::TooLong { bytes: bytes.len() });
    }
    let (text, encoding) = decode(bytes)?;
    let (text, first_line, told) = skip_separator_line(&text);
    let separator = told.unwrap_or_else(|| likeliest_separator(text));
    let mut headings = Vec::new();
    let mut rows = Vec::new();
    for record in Records::new(text, separator, first_line) {
        let (line, cells) = record;
        if is_blank(&cells) {
            continue;
        }
        if cells.len() > COLUMNS_MAX {
            return Err(ReadError::TooManyColumns { line });
        }
        if cells.iter().any(|cell| cell.chars().count() > CELL_CHARS_MAX) {
            return Err(ReadError::CellTooLong { line });
        }
        if headings.is_empty() {
            headings = without_trailing_empty(cells);
        } else if rows.len() == ROWS_MAX {
            return Err(ReadError::TooManyRows);
        } else {
            rows.push(fitted(line, cells, headings.len()));
        }
    }
    if headings.is_empty() {
        Err(ReadError::Empty)
    } else {
        Ok(Table { encoding, separator, headings, rows })
    }
}

/// UTF-8 where the bytes are valid UTF-8 or say so, else Windows-1252: the two that occur. In text of any length with
/// an æ, ø, å, ä, ö or é, the one is never valid as the other.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), ReadError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadError::Spreadsheet);
    }
    let (charset, mark) = Charset::for_bom(bytes)
        .unwrap_or_else(|| (if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }, 0));
    let (text, _) = charset.decode_without_bom_handling(&bytes[mark..]);
    if text.contains('\0') {
        return Err(ReadError::NotText);
    }
    Ok((text.into_owned(), charset.name()))
}

/// Excel writes `sep=;` as a first line of its own, where told to.
fn skip_separator_line(text: &str) -> (&str, u32, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_end().strip_prefix("sep=").and_then(|separator| {
        let mut characters = separator.chars();
        characters.next().filter(|c| SEPARATORS.contains(c) && characters.next().is_none())
    });
    if told.is_some() { (rest, 2, told) } else { (text, 1, None) }
}

/// Of the separators that split the headings, the one for which most lines have as many cells as there are headings; of
/// several, the one that gives the most. A heading may hold a comma or two of its own: one that splits no line of the
/// file is none, and the file has one column.
fn likeliest_separator(text: &str) -> char {
    let splitting = SEPARATORS.into_iter().map(|separator| (separator, looked_at(text, separator)));
    let splitting = splitting.filter(|(_, look)| look.headings > 1 && (look.lines == 0 || look.split > 0));
    // The last of equals would be taken, and the likelier stands first.
    let best = splitting.rev().max_by_key(|(_, look)| (look.fitting, look.headings));
    let unsplit = || {
        let whole = |separator: &char| looked_at(text, *separator).headings == 1;
        let fitting = |separator: &char| looked_at(text, *separator).fitting;
        SEPARATORS.into_iter().rev().filter(whole).max_by_key(fitting)
    };
    best.map(|(separator, _)| separator).or_else(unsplit).unwrap_or(SEPARATORS[0])
}

/// What the first lines of a file look like by one separator.
struct Look {
    headings: usize,
    lines: usize,
    /// Lines with as many cells as there are headings.
    fitting: usize,
    /// Lines of more than one cell.
    split: usize,
}

fn looked_at(text: &str, separator: char) -> Look {
    let mut records =
        Records::new(text, separator, 1).map(|(_, cells)| cells).filter(|cells| !is_blank(cells));
    let first = records.next().unwrap_or_default();
    let (width, headings) = (first.len(), without_trailing_empty(first).len());
    let mut look = Look { headings, lines: 0, fitting: 0, split: 0 };
    for cells in records.take(ROWS_LOOKED_AT) {
        look.lines += 1;
        look.split += usize::from(cells.len() > 1);
        let fits = cells.len() == width || without_trailing_empty(cells).len() == headings;
        look.fitting += usize::from(fits);
    }
    look
}

/// True for an empty line, also one of nothing but separators, of whichever kind.
fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.chars().all(|c| SEPARATORS.contains(&c)))
}

fn without_trailing_empty(mut cells: Vec<String>) -> Vec<String> {
    while cells.len() > 1 && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn fitted(line: u32, mut cells: Vec<String>, columns: usize) -> Row {
    let surplus = if cells.len() > columns { cells.split_off(columns) } else { Vec::new() }
        .into_iter()
        .filter(|c| !c.is_empty());
    let surplus = surplus.collect();
    cells.resize(columns, String::new());
    Row { line, cells, surplus }
}

/// Splits text into records of cells: (first line, trimmed cells). An empty line is a record of one empty cell.
struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    separator: char,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char, line: u32) -> Self {
        Self { text, at: 0, line, separator }
    }

    /// Reads the cell that starts here and leaves `at` on the separator, the line end or the end.
    fn cell(&mut self) -> String {
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        if rest[blank..].starts_with('"')
            && let Some((mut value, length, lines)) = quoted(&rest[blank + 1..])
        {
            self.at += blank + 1 + length;
            self.line += lines;
            value.push_str(self.plain());
            return value.trim().to_owned();
        }
        self.plain().trim().to_owned()
    }

    fn plain(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

impl Iterator for Records<'_> {
    type Item = (u32, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell();
            // One more than there may be says that there are too many; empty ones are not worth the memory.
            if cells.len() <= COLUMNS_MAX || (cells.len() == COLUMNS_MAX + 1 && !cell.is_empty()) {
                cells.push(cell);
            }
            let rest = &self.text[self.at..];
            let end =
                if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) };
            self.at += end;
            if !rest.starts_with(self.separator) {
                self.line += 1;
                return Some((line, cells));
            }
        }
    }
}

/// The text up to the closing quote, with doubled quotes undone: (value, bytes read with the closing quote, line ends
/// within). None when no quote closes within the limits.
fn quoted(text: &str) -> Option<(String, usize, u32)> {
    let mut value = String::new();
    let mut lines: u32 = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' if characters.peek().is_some_and(|(_, next)| *next == '"') => {
                characters.next();
                value.push('"');
            }
            '"' => return Some((value, at + 1, lines)),
            '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\n' | '\r' => {
                lines += 1;
                value.push('\n');
            }
            other => value.push(other),
        }
        if lines > QUOTED_LINES_MAX || at > CELL_CHARS_MAX {
            return None;
        }
    }
    None
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
