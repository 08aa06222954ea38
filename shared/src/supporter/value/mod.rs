//! Values that are parsed once and valid ever after.
//!
//! Each has two readers: `parse` takes what a person wrote, liberally; `Stored::read` takes only the one canonical
//! spelling that `parse` gives. So two stores that hold one value hold equal bytes, and whatever came in by another
//! way is "as written". Debug output never shows the content.

mod birth;
mod code;
mod country;
mod day;
mod email;
mod national_number;
mod organisation_number;
mod phone;
mod postcode;
mod text;

pub use birth::BirthInput;
pub use country::Country;
pub use day::{Moment, Year, parse_day};
pub use email::Email;
pub use national_number::holds_national_number;
pub use organisation_number::OrganisationNumber;
pub use phone::{Phone, is_e164};
pub use postcode::Postcode;
pub use text::{Line, Prose};

pub(crate) use code::codes;

use crate::document::Value;

/// What was written cannot be read as what the field wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be read as {expected}")]
pub struct ValueError {
    /// What was wanted, as a stable code: `email`, `phone`, `date`.
    pub expected: &'static str,
}

/// A value with one canonical spelling in documents.
pub trait Stored: Sized {
    /// The value, if `value` is its canonical spelling.
    fn read(value: &Value) -> Option<Self>;
}

impl Stored for chrono::NaiveDate {
    fn read(value: &Value) -> Option<chrono::NaiveDate> {
        day::canonical_day(value.as_text()?)
    }
}

impl Stored for bool {
    fn read(value: &Value) -> Option<bool> {
        value.as_bool()
    }
}

/// A small number, such as hours or capacity.
impl Stored for u32 {
    fn read(value: &Value) -> Option<u32> {
        u32::try_from(value.as_int()?).ok()
    }
}

impl From<chrono::NaiveDate> for Value {
    fn from(day: chrono::NaiveDate) -> Value {
        Value::Text(day.to_string())
    }
}

/// A text value whose Debug output is hidden.
macro_rules! hidden_text {
    ($name:ident) => {
        impl $name {
            /// The canonical text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl From<$name> for $crate::document::Value {
            fn from(value: $name) -> $crate::document::Value {
                $crate::document::Value::Text(value.0)
            }
        }
    };
}
pub(crate) use hidden_text;

#[cfg(test)]
mod tests;
