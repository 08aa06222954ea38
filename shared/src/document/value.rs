//! What a document holds, as plain values without automerge's types.

use std::{collections::BTreeMap, fmt};

/// One value of one key. Dates are ISO text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Text(String),
    Int(i64),
    Bool(bool),
}

impl Value {
    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Int(_) | Value::Bool(_) => None,
        }
    }

    /// The number, if this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Text(_) | Value::Bool(_) => None,
        }
    }

    /// The yes or no, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(yes) => Some(*yes),
            Value::Text(_) | Value::Int(_) => None,
        }
    }
}

/// Personal data stays out of logs and test output.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Text(_) => "Text(…)",
            Value::Int(_) => "Int(…)",
            Value::Bool(_) => "Bool(…)",
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Bool(yes)
    }
}

/// A document's keys with all concurrent values of each, sorted, without doubles: equal concurrent values are one.
/// A key in it has at least one value.
pub type Content = BTreeMap<String, Vec<Value>>;

/// What one key shall hold from now on; `None` deletes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub key: String,
    pub value: Option<Value>,
}

impl Edit {
    /// Sets `key` to `value`.
    pub fn set(key: impl Into<String>, value: impl Into<Value>) -> Edit {
        Edit { key: key.into(), value: Some(value.into()) }
    }

    /// Deletes `key`.
    pub fn delete(key: impl Into<String>) -> Edit {
        Edit { key: key.into(), value: None }
    }
}

/// One automerge change chunk, uncompressed, as it is stored, committed to and sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ChangeBody(pub Vec<u8>);

impl ChangeBody {
    /// The chunk's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for ChangeBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangeBody({} bytes)", self.0.len())
    }
}

impl From<Vec<u8>> for ChangeBody {
    fn from(bytes: Vec<u8>) -> ChangeBody {
        ChangeBody(bytes)
    }
}

impl AsRef<[u8]> for ChangeBody {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
