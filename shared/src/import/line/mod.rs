//! One row of a table → what it says. Nothing that stands on a line is lost: what cannot be read is kept as written, as
//! a tag or as a note, and warned about.

mod people;
mod support;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

use super::{
    column::Column,
    fold,
    imported::{Imported, ImportedFact, ImportedName},
    mapping::Mapping,
    read::Row,
    value::{date, name},
    warning::{Warning, WarningCode},
};
use crate::{
    document::Value,
    supporter::value::{Country, Prose, holds_national_number},
};

/// What a line is read against.
#[derive(Debug, Clone)]
pub struct Context {
    /// The day of the import: for years of two digits and for dues without a year.
    pub today: NaiveDate,
    /// Where phone numbers without a prefix and postcodes are from.
    pub country: Country,
}

/// A line as read. `imported.name` is empty where it names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// As in [`Row::line`].
    pub line: u32,
    /// What it says.
    pub imported: Imported,
    /// What could not be read and the like.
    pub warnings: Vec<Warning>,
    /// A cell has a national identity number in it, so that nothing of the line is taken in (P21).
    pub holds_national_number: bool,
}

/// Columns whose numbers have a shape of their own, or that are not taken in.
const OTHER_NUMBERS: [Column; 6] = [
    Column::Phone,
    Column::Postcode,
    Column::OrganisationNumber,
    Column::TransactionId,
    Column::RefusalReason,
    Column::Ignored,
];

fn holds_a_national_number(row: &Row, mapping: &Mapping, country: &Country) -> bool {
    let cells = mapping.columns.iter().zip(&row.cells);
    let free =
        cells.filter(|(mapped, _)| !mapped.column.is_some_and(|column| OTHER_NUMBERS.contains(&column)));
    free.map(|(_, cell)| cell).chain(&row.surplus).any(|cell| holds_national_number(cell, country))
}

/// Reads one row.
pub fn read_line(row: &Row, mapping: &Mapping, context: &Context) -> ReadLine {
    let mut reading = Reading::new(row, mapping, context);
    reading.identity();
    reading.contact();
    reading.address();
    reading.membership();
    reading.roles();
    reading.consents();
    reading.volunteering();
    reading.peer_support();
    reading.interests();
    reading.notes();
    let Reading { number, name, facts, warnings, .. } = reading;
    let imported = Imported { number, line_hash: content_hash(row, mapping), name, facts };
    let holds_national_number = holds_a_national_number(row, mapping, &context.country);
    ReadLine { line: row.line, imported, warnings, holds_national_number }
}

/// The identity of a line's content, whatever the order of its columns: SHA-256 over "folded heading = cell" of every
/// cell that is not empty, but for the date of last change and our own column of reasons.
pub fn content_hash(row: &Row, mapping: &Mapping) -> String {
    let mut cells: BTreeMap<(String, usize), String> = BTreeMap::new();
    for (index, (mapped, cell)) in mapping.columns.iter().zip(&row.cells).enumerate() {
        let left_out = matches!(mapped.column, Some(Column::RefusalReason | Column::LastChanged));
        let cell = name::tidied(&cell.nfc().collect::<String>());
        if !left_out && !cell.is_empty() {
            // Two columns of one heading are told apart by their order alone.
            let heading = fold::words(&mapped.heading);
            let before =
                mapping.columns[..index].iter().filter(|m| fold::words(&m.heading) == heading).count();
            cells.insert((heading, before), cell);
        }
    }
    let mut digest = Sha256::new();
    for ((heading, _), cell) in cells {
        for part in [heading, cell] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
    }
    data_encoding::HEXLOWER.encode(&digest.finalize())
}

/// The work on one line. Its methods each read one part; see `people` and `support`.
struct Reading<'a> {
    row: &'a Row,
    mapping: &'a Mapping,
    context: &'a Context,
    number: String,
    name: ImportedName,
    facts: Vec<ImportedFact>,
    warnings: Vec<Warning>,
}

/// A cell with its heading.
#[derive(Clone, Copy)]
struct Cell<'a> {
    heading: &'a str,
    text: &'a str,
}

impl<'a> Reading<'a> {
    fn new(row: &'a Row, mapping: &'a Mapping, context: &'a Context) -> Self {
        Reading {
            row,
            mapping,
            context,
            number: String::new(),
            name: ImportedName::default(),
            facts: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The cells of a column that are not empty.
    fn cells(&self, column: Column) -> Vec<Cell<'a>> {
        let columns = self.mapping.columns.iter().zip(&self.row.cells);
        columns
            .filter(|(mapped, cell)| mapped.column == Some(column) && !cell.is_empty())
            .map(|(mapped, cell)| Cell { heading: &mapped.heading, text: cell })
            .collect()
    }

    fn cell(&self, column: Column) -> Option<Cell<'a>> {
        self.cells(column).into_iter().next()
    }

    fn warn(&mut self, cell: Cell<'_>, code: WarningCode) {
        self.warnings.push(Warning::on(cell.heading, code));
    }

    fn single(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        self.facts.push(ImportedFact::Single { key: key.into(), value: value.into() });
    }

    /// Adds an entry unless the line has said the same before.
    fn entry(&mut self, list: &'static str, parts: Vec<(&'static str, Value)>) {
        let fact = ImportedFact::Entry { list, parts };
        if !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }

    fn tag(&mut self, text: impl Into<String>) {
        self.entry("tag", vec![("", Value::Text(text.into()))]);
    }

    fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        let value = Prose::parse(&text).map(Value::from).unwrap_or(Value::Text(text));
        self.entry("note", vec![("/text", value)]);
    }

    /// A whole date in ISO form, or the text as written with a warning.
    fn day(&mut self, cell: Cell<'_>) -> Value {
        match date::read(cell.text, self.context.today).and_then(date::WrittenDate::day) {
            Some(day) => Value::Text(day.to_string()),
            None => {
                self.warn(cell, WarningCode::Date);
                Value::Text(name::tidied(cell.text))
            }
        }
    }
}

#[cfg(test)]
mod tests;
