//! Which column of a file means what: guessed from headings and, where a heading says nothing, from what stands below;
//! shown for correction, saved and loaded as text. It never looks at a supporter.

use super::column::Column;
use super::fold;
use super::read::Table;
use super::value::looks_like;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How many rows the content of an unknown column is judged by.
const ROWS_LOOKED_AT: usize = 200;
/// The prefix of the line of a mapping file that names the source.
const SOURCE_KEY: &str = "@source";

/// The meaning of each column of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// One per heading, in the file's order.
    pub columns: Vec<MappedColumn>,
    /// The source's name where a person gave one; see [`Mapping::source`].
    pub named_source: Option<String>,
}

/// One heading and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// As in the file.
    pub heading: String,
    /// What it means; None: not recognised, its values are not read.
    pub column: Option<Column>,
    /// Who says so.
    pub recognised_by: RecognisedBy,
}

/// Why a column is taken to mean what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecognisedBy {
    /// The heading is a known word.
    Heading,
    /// The heading is not known, the values speak for themselves.
    Content,
    /// A person or a mapping file said so.
    Person,
    /// Nothing: it is not recognised.
    Nothing,
}

/// What kind of lines a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Each line is a supporter.
    Supporters,
    /// Each line is a gift with its donor.
    Gifts,
}

/// What is wrong in a mapping file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Not `heading = column`.
    #[error("line {line} of the mapping is not of the form: heading = column")]
    NotAnAssignment {
        /// From 1.
        line: usize,
    },
    /// A column code that does not exist.
    #[error("line {line} of the mapping: there is no column {code:?}; the columns are {}", codes())]
    UnknownColumn {
        /// From 1.
        line: usize,
        /// As written.
        code: String,
    },
    /// A heading that the file does not have.
    #[error("line {line} of the mapping: the file has no heading {heading:?}")]
    UnknownHeading {
        /// From 1.
        line: usize,
        /// As written.
        heading: String,
    },
}

impl Mapping {
    /// The best guess for a file.
    pub fn guess(table: &Table) -> Mapping {
        let columns = table.headings.iter().enumerate().map(|(index, heading)| {
            if let Some(column) = Column::of_heading(heading) {
                return MappedColumn {
                    heading: heading.clone(),
                    column: Some(column),
                    recognised_by: RecognisedBy::Heading,
                };
            }
            let column = by_content(table, index);
            let recognised_by = if column.is_some() { RecognisedBy::Content } else { RecognisedBy::Nothing };
            MappedColumn { heading: heading.clone(), column, recognised_by }
        });
        Mapping { columns: columns.collect(), named_source: None }
    }

    /// Puts a person's corrections over the guess: lines `heading = column`, `#` for remarks, `ignored` for a column to
    /// be left out, `@source = name` for the list's name. Of headings that occur twice, the first line is about the
    /// first. A line that begins with `#` is no remark where the file has such a heading.
    pub fn corrected(mut self, text: &str) -> Result<Mapping, MappingError> {
        let mut corrected = BTreeSet::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || self.is_remark(line) {
                continue;
            }
            let Some((heading, code)) = line.rsplit_once('=') else {
                return Err(MappingError::NotAnAssignment { line: line_number });
            };
            let (heading, code) = (heading.trim(), code.trim());
            if heading == SOURCE_KEY {
                self.named_source = (!code.is_empty()).then(|| code.to_owned());
                continue;
            }
            let column = match code {
                "" | "-" => None,
                _ => Some(Column::from_code(code).ok_or_else(|| MappingError::UnknownColumn {
                    line: line_number,
                    code: code.to_owned(),
                })?),
            };
            let Some(index) = self.place_of(heading, &corrected) else {
                return Err(MappingError::UnknownHeading { line: line_number, heading: heading.to_owned() });
            };
            self.set(index, column);
            corrected.insert(index);
        }
        Ok(self)
    }

    fn is_remark(&self, line: &str) -> bool {
        let is_heading = || {
            let heading = line.rsplit_once('=').map(|(heading, _)| heading.trim_end());
            self.columns.iter().any(|mapped| heading == Some(&*one_line(&mapped.heading)))
        };
        line.starts_with('#') && !is_heading()
    }

    /// The column that a line of a mapping file is about: the first of this heading that none before it was about.
    fn place_of(&self, heading: &str, corrected: &BTreeSet<usize>) -> Option<usize> {
        let folded = fold::words(heading);
        let exact: Vec<usize> = self.places(|other| one_line(other) == heading).collect();
        let alike = || self.places(|other| fold::words(other) == folded).collect();
        let places: Vec<usize> = if exact.is_empty() { alike() } else { exact };
        places.iter().find(|place| !corrected.contains(place)).or(places.last()).copied()
    }

    fn places(&self, is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter(move |(_, mapped)| is_meant(&mapped.heading)).map(|(index, _)| index)
    }

    /// Sets what a column means, by its place in the file.
    pub fn set(&mut self, index: usize, column: Option<Column>) {
        if let Some(mapped) = self.columns.get_mut(index)
            && mapped.column != column
        {
            mapped.column = column;
            mapped.recognised_by = RecognisedBy::Person;
        }
    }

    /// The mapping as text that [`Mapping::corrected`] reads.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        if let Some(source) = &self.named_source {
            let _ = writeln!(text, "{SOURCE_KEY} = {source}");
        }
        for mapped in &self.columns {
            let column = mapped.column.map_or("-", Column::code);
            let _ = writeln!(text, "{} = {column}", one_line(&mapped.heading));
        }
        text
    }

    /// The headings nobody could make sense of.
    pub fn unrecognised(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|mapped| mapped.column.is_none()).map(|mapped| mapped.heading.as_str())
    }

    /// True where a column means this.
    pub fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|mapped| mapped.column == Some(column))
    }

    /// True where some column can name a supporter; without one every line would be refused.
    pub fn can_name(&self) -> bool {
        [Column::Given, Column::Family, Column::FullName].into_iter().any(|column| self.has(column))
    }

    /// Gifts have an amount and a transaction or a day of payment; all else is supporters.
    pub fn kind(&self) -> FileKind {
        let gifts = self.has(Column::Amount) && (self.has(Column::TransactionId) || self.has(Column::PaidAt));
        if gifts { FileKind::Gifts } else { FileKind::Supporters }
    }

    /// The name under which lines of this list are remembered.
    ///
    /// A re-export has another file name, often columns in another order and a later year in a heading, but the same
    /// headings: so the source is the set of its headings without digits, unless a person named it. Two lists of one
    /// program with the same headings are one source; where their member numbers differ that is harmless, and
    /// `@source` tells them apart where not.
    pub fn source(&self) -> String {
        if let Some(name) = &self.named_source {
            return name.clone();
        }
        let headings: BTreeSet<String> = self
            .columns
            .iter()
            .filter(|mapped| mapped.column != Some(Column::RefusalReason))
            .map(|mapped| fold::heading(&mapped.heading))
            .collect();
        let mut digest = Sha256::new();
        for heading in headings {
            digest.update(heading.as_bytes());
            digest.update([0]);
        }
        let digest = digest.finalize();
        format!("headings-{}", data_encoding::HEXLOWER.encode(&digest[..8]))
    }
}

/// E-mail addresses, phone numbers and one-column addresses are known by their looks; a date or a name could be
/// anybody's, and a wrong guess there is worse than a question.
fn by_content(table: &Table, index: usize) -> Option<Column> {
    let values: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(index))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .take(ROWS_LOOKED_AT)
        .collect();
    if values.is_empty() {
        return None;
    }
    let mostly =
        |test: fn(&str) -> bool| values.iter().filter(|value| test(value)).count() * 10 >= values.len() * 8;
    if mostly(looks_like::email) {
        Some(Column::Email)
    } else if mostly(looks_like::phone) {
        Some(Column::Phone)
    } else if mostly(looks_like::full_address) {
        Some(Column::Address)
    } else {
        None
    }
}

/// A heading of several lines as a mapping file has it.
fn one_line(heading: &str) -> String {
    heading.replace(['\n', '\r'], " ")
}

fn codes() -> String {
    Column::ALL.iter().map(|column| column.code()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::read::read;

    fn guess(text: &str) -> Mapping {
        Mapping::guess(&read(text.as_bytes()).unwrap())
    }

    #[test]
    fn unknown_headings_are_shown_and_hinted() {
        let mapping = guess(
            "Navn;Skostørrelse;K1;K2;K3\nKari;38;kari@x.example;+47 901 23 456;Storgata 3, 0361 Oslo\n",
        );
        assert_eq!(mapping.unrecognised().collect::<Vec<_>>(), ["Skostørrelse"]);
        let columns: Vec<_> =
            mapping.columns.iter().map(|mapped| (mapped.column, mapped.recognised_by)).collect();
        assert_eq!(columns[0], (Some(Column::FullName), RecognisedBy::Heading));
        assert_eq!(columns[2], (Some(Column::Email), RecognisedBy::Content));
        assert_eq!(columns[3], (Some(Column::Phone), RecognisedBy::Content));
        assert_eq!(columns[4], (Some(Column::Address), RecognisedBy::Content));
    }

    #[test]
    fn a_mapping_is_corrected_saved_and_loaded() {
        let text = "Navn;A = B;Annet\nKari;1;2\n";
        let mapping = guess(text)
            .corrected("# ours\n\n@source = Bergens liste\nA = B = note\nannet = ignored\nNavn = -\n")
            .unwrap();
        assert_eq!(mapping.source(), "Bergens liste");
        assert_eq!(mapping.columns[0].column, None);
        assert_eq!(mapping.columns[1].column, Some(Column::Note));
        assert_eq!(mapping.columns[2].column, Some(Column::Ignored));
        let loaded = guess(text).corrected(&mapping.to_text()).unwrap();
        assert_eq!(loaded, mapping);
        for (wrong, expect) in [
            ("Navn", "line 1 of the mapping is not of the form: heading = column"),
            ("#\nNavn = navnet", "line 2 of the mapping: there is no column \"navnet\""),
            ("Fornavn = note", "line 1 of the mapping: the file has no heading \"Fornavn\""),
        ] {
            assert!(guess(text).corrected(wrong).unwrap_err().to_string().starts_with(expect));
        }
    }

    #[test]
    fn columns_of_one_heading_and_strange_headings_are_told_apart() {
        let text = "#;\"to\nlinjer\";K;K\n1;2;kari@x.example;+47 901 23 456\n";
        let mapping = guess(text);
        let meant: Vec<_> = mapping.columns.iter().map(|mapped| mapped.column).collect();
        assert_eq!(meant[2..], [Some(Column::Email), Some(Column::Phone)]);
        assert_eq!(guess(text).corrected(&mapping.to_text()).as_ref(), Ok(&mapping));
        let mut corrected = mapping;
        for (index, column) in
            [Column::ExternalNumber, Column::Note, Column::Skills, Column::Note].iter().enumerate()
        {
            corrected.set(index, Some(*column));
        }
        assert_eq!(guess(text).corrected(&corrected.to_text()).as_ref(), Ok(&corrected));
        // A person who names the heading once means the first; a remark stays a remark.
        let first = guess(text).corrected("#K = skills\n# = skills = note\nk = skills").unwrap();
        assert_eq!(first.columns[2].column, Some(Column::Skills));
        assert_eq!(first.columns[3].column, Some(Column::Phone));
    }

    proptest! {
        #[test]
        fn any_mapping_is_saved_and_loaded(
            headings in proptest::collection::vec("[#a-cA-C= \"\n;é]{0,4}", 1..6),
            columns in proptest::collection::vec(any::<proptest::sample::Index>(), 6),
        ) {
            let headings: Vec<_> = headings.iter().map(|heading| format!("\"{}\"", heading.replace('"', "\"\""))).collect();
            let text = headings.join(";") + "\nx;y\n";
            prop_assume!(read(text.as_bytes()).is_ok());
            let mut mapping = guess(&text);
            for (index, column) in columns.iter().enumerate() {
                mapping.set(index, (index % 3 > 0).then(|| *column.get(Column::ALL)));
            }
            let loaded = guess(&text).corrected(&mapping.to_text()).unwrap();
            let meant = |mapping: &Mapping| mapping.columns.iter().map(|mapped| mapped.column).collect::<Vec<_>>();
            prop_assert_eq!(meant(&loaded), meant(&mapping));
        }

        #[test]
        fn no_text_makes_correcting_panic(text in "[#a-c=@ \n]{0,40}") {
            let _ = guess("a;b;#\n1;2;3\n").corrected(&text);
        }
    }

    #[test]
    fn the_source_is_the_set_of_headings() {
        let first = guess("Navn;Timer i 2026;Epost\nx;1;\n").source();
        assert_eq!(guess("EPOST,navn,timer i 2027\nx,1,\n").source(), first);
        assert_eq!(guess("EPOST,navn,timer i 2027,Helhet: reason\nx,1,\n").source(), first);
        assert_ne!(guess("Navn;Epost\nx;1\n").source(), first);
    }

    #[test]
    fn gifts_are_told_from_supporters() {
        assert_eq!(guess("transaction_id,amount,name\n1,2,x\n").kind(), FileKind::Gifts);
        assert_eq!(guess("name,email\nx,y\n").kind(), FileKind::Supporters);
    }
}
