//! One place for a value, which may hold several written at the same time, each readable or only kept as written.

use std::fmt;

use crate::{document::Value, supporter::value::Stored};

/// The values of one key. More than one is a conflict, in sight until a person picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register<T> {
    /// Sorted as stored, without doubles.
    pub values: Vec<T>,
}

/// A value that was understood, or one that is kept as it was written and never leaves the chapter.
#[derive(Clone, PartialEq, Eq)]
pub enum Readable<T> {
    Known(T),
    AsWritten(String),
}

/// A register whose values may be unreadable: what the view is made of.
pub type Reading<T> = Register<Readable<T>>;

impl<T> Default for Register<T> {
    fn default() -> Register<T> {
        Register { values: Vec::new() }
    }
}

impl<T> Register<T> {
    /// The value to show where there is room for one: the first.
    pub fn first(&self) -> Option<&T> {
        self.values.first()
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether a person has to pick.
    pub fn in_conflict(&self) -> bool {
        self.values.len() > 1
    }

    /// All values.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }
}

impl<T> Register<Readable<T>> {
    /// The first value that was understood.
    pub fn known(&self) -> Option<&T> {
        self.all_known().next()
    }

    /// Every value that was understood.
    pub fn all_known(&self) -> impl Iterator<Item = &T> {
        self.values.iter().filter_map(Readable::known)
    }

    /// Every value that is only kept as written.
    pub fn as_written(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| match value {
            Readable::Known(_) => None,
            Readable::AsWritten(text) => Some(text.as_str()),
        })
    }
}

impl<T: Stored> Register<Readable<T>> {
    /// Reads the values of a key.
    pub fn read<'v>(values: impl IntoIterator<Item = &'v Value>) -> Register<Readable<T>> {
        Register { values: values.into_iter().map(Readable::read).collect() }
    }
}

impl<T: fmt::Display> Register<Readable<T>> {
    /// The first value as text, understood or not; empty if there is none. For screens of the chapter itself.
    pub fn text(&self) -> String {
        match self.first() {
            Some(Readable::Known(value)) => value.to_string(),
            Some(Readable::AsWritten(text)) => text.clone(),
            None => String::new(),
        }
    }
}

impl<T> Readable<T> {
    /// The value, if it was understood.
    pub fn known(&self) -> Option<&T> {
        match self {
            Readable::Known(value) => Some(value),
            Readable::AsWritten(_) => None,
        }
    }
}

impl<T: Stored> Readable<T> {
    /// Reads one stored value.
    pub fn read(value: &Value) -> Readable<T> {
        match T::read(value) {
            Some(known) => Readable::Known(known),
            None => Readable::AsWritten(written(value)),
        }
    }
}

/// A stored value as text, whatever it is.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
    }
}

impl<T: fmt::Debug> fmt::Debug for Readable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Readable::Known(value) => f.debug_tuple("Known").field(value).finish(),
            Readable::AsWritten(_) => f.write_str("AsWritten(…)"),
        }
    }
}
