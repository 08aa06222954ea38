//! The office's correction of a mirrored field in a chapter's shared part.
//!
//! Only what an office user entered, with a source. The hub never copies one chapter's value into another chapter's
//! document: a correction is made from typed text, and there is no way to make one from a supporter.

use super::ForShared;
use crate::{
    document::{Content, Edit, Value},
    supporter::{
        Field,
        value::{Country, Email, Line, Phone, Postcode, ValueError, codes},
    },
};

codes! {
    /// From whom the office knows better.
    Source {
        Supporter = "supporter",
        ReturnedPost = "returned_post",
    }
}

/// New values for mirrored fields of one shared document.
#[derive(Clone, PartialEq, Eq)]
pub struct Correction {
    values: Vec<(String, Value)>,
    source: Source,
}

/// A correction cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    #[error("the office cannot correct this field")]
    NotMirrored,
    #[error("the shared part has no such field any more")]
    NotThere,
    #[error("{field} cannot be read")]
    Unreadable { field: Field },
}

impl Correction {
    /// Reads what an office user typed: keys of the chapter's shared document with new values. A field that is not
    /// shared cannot be corrected, since the gate would take it back.
    pub fn new(
        shared: &Content,
        typed: &[(String, String)],
        source: Source,
        country: &Country,
    ) -> Result<Correction, CorrectionError> {
        let mut values = Vec::new();
        for (key, text) in typed {
            let (field, segment) = Field::of_key(key).ok_or(CorrectionError::NotMirrored)?;
            if !shared.contains_key(key) {
                return Err(CorrectionError::NotThere);
            }
            let country = country_of(shared, typed, segment).unwrap_or_else(|| country.clone());
            let value = parse(field, text, &country).ok_or(CorrectionError::NotMirrored)?;
            values.push((key.clone(), value.map_err(|_| CorrectionError::Unreadable { field })?));
        }
        Ok(Correction { values, source })
    }

    /// From whom the office knows.
    pub fn source(&self) -> Source {
        self.source
    }

    /// The corrected keys with their new values, which the office keeps until the chapter's part shows them.
    pub fn values(&self) -> &[(String, Value)] {
        &self.values
    }
}

impl ForShared for Correction {
    fn edits(&self, shared: &Content) -> Vec<Edit> {
        let live = self.values.iter().filter(|(key, _)| shared.contains_key(key));
        let differs = live
            .filter(|(key, value)| shared.get(key).map(Vec::as_slice) != Some(std::slice::from_ref(value)));
        differs.map(|(key, value)| Edit::set(key, value.clone())).collect()
    }
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Correction({} keys, {})", self.values.len(), self.source)
    }
}

/// The value of a mirrored field; `None` for every other.
fn parse(field: Field, text: &str, country: &Country) -> Option<Result<Value, ValueError>> {
    if !field.mirrored() {
        return None;
    }
    // Names, streets and towns are lines; the four others have a form of their own.
    Some(if field == Field::Email {
        Email::parse(text).map(Value::from)
    } else if field == Field::Phone {
        Phone::parse(text, country).map(Value::from)
    } else if field == Field::Postcode {
        Postcode::parse(text, country).map(Value::from)
    } else if field == Field::Country {
        Country::parse(text).map(Value::from)
    } else {
        Line::parse(text).map(Value::from)
    })
}

/// The country of an address: the one typed now, else the one that is shared.
fn country_of(shared: &Content, typed: &[(String, String)], entry: &str) -> Option<Country> {
    let key = Field::Country.key(entry.parse().ok()?);
    let typed = typed.iter().find(|(typed, _)| *typed == key).map(|(_, text)| text.as_str());
    let held = || shared.get(&key)?.first()?.as_text();
    Country::parse(typed.or_else(held)?).ok()
}
