//! Lists of supporters as files: CSV, JSON, vCard; and papers as PDF. Pure: supporters in, text out.
//!
//! Notes and peer-support matters are in none but JSON, which is the record for its own chapter; health notes, which lie
//! in a document of their own, and protected addresses are in none at all. What could not be read is left out of CSV and vCard, which other
//! programs take at their word.

mod csv;
pub mod pdf;
mod vcard;

use crate::supporter::{Supporter, json, value::codes};

codes! {
    /// What kind of file.
    Format {
        Csv = "csv",
        Json = "json",
        Vcard = "vcard",
    }
}

/// Writes a list of supporters as a file of `format`.
pub fn export(supporters: &[Supporter], format: Format) -> Result<String, ExportError> {
    match format {
        Format::Csv => csv::write(supporters),
        Format::Json => {
            let list: Vec<_> = supporters.iter().map(json::supporter).collect();
            Ok(serde_json::to_string_pretty(&list).map_err(ExportError::Json)? + "\n")
        }
        Format::Vcard => Ok(supporters.iter().map(vcard::card).collect()),
    }
}

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the list cannot be written as CSV")]
    Csv(#[source] ::csv::Error),
    #[error("the list cannot be written as JSON")]
    Json(#[source] serde_json::Error),
}

#[cfg(test)]
mod tests;
