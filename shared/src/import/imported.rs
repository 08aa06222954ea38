//! What one line of a list says about a supporter: facts in the shape of a supporter document's keys, without the
//! random entry keys, which are drawn when the line is carried out.

use crate::document::Value;

/// The supporter that a line describes.
#[derive(Clone, PartialEq, Eq)]
pub struct Imported {
    /// The list's own number for it, empty where the list has none.
    pub number: String,
    /// SHA-256 of the line's content in lower-case hex; see [`super::line::content_hash`].
    pub line_hash: String,
    /// The given name, or an organisation's whole name; what doubles are looked for by.
    pub name: ImportedName,
    /// Everything the line says, in a stable order.
    pub facts: Vec<ImportedFact>,
}

/// The name on a line.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ImportedName {
    /// A person's given names.
    pub given: String,
    /// A person's family name.
    pub family: String,
    /// An organisation's name.
    pub legal: String,
}

/// One fact.
#[derive(Clone, PartialEq, Eq)]
pub enum ImportedFact {
    /// A key that holds one value: `name/given`, `dues/2026`.
    Single {
        /// The document's key.
        key: String,
        /// Readable values are in canonical form, others as written.
        value: Value,
    },
    /// An entry of a list: `email/<k>`, `role/<k>/role` and `role/<k>/from`.
    Entry {
        /// What stands before the entry's key.
        list: &'static str,
        /// What stands after it (empty, or with a slash), and the value.
        parts: Vec<(&'static str, Value)>,
    },
    /// A yes or an explicit no to a purpose.
    Consent {
        /// The purpose's code.
        purpose: &'static str,
        /// False is a refusal.
        given: bool,
        /// The heading under which it stood, which is all that is known of the wording.
        wording: String,
    },
}

impl ImportedName {
    /// True where the line names nobody.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty() && self.legal.is_empty()
    }
}

// Personal data.
impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imported").field("facts", &self.facts.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ImportedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ImportedName(…)")
    }
}

impl std::fmt::Debug for ImportedFact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ImportedFact::Single { .. } => "Single(…)",
            ImportedFact::Entry { .. } => "Entry(…)",
            ImportedFact::Consent { .. } => "Consent(…)",
        })
    }
}

/// What one change takes of a line, with room for what is kept beside it: a body on the wire holds 64 KiB.
const WEIGHT_MAX: usize = 40_000;

impl Imported {
    /// Whether the line says more than one change of a document takes, by a generous count of bytes: with each part
    /// goes its key, and a hash by which the next import knows it.
    pub fn is_too_long(&self) -> bool {
        const PART: usize = 80;
        let size = |value: &Value| PART + value.as_text().map_or(0, str::len);
        let fact = |fact: &ImportedFact| match fact {
            ImportedFact::Single { key, value } => key.len() + size(value),
            ImportedFact::Entry { parts, .. } => parts.iter().map(|(_, value)| size(value)).sum(),
            ImportedFact::Consent { wording, .. } => 5 * PART + wording.len(),
        };
        self.facts.iter().map(fact).sum::<usize>() + self.number.len() > WEIGHT_MAX
    }

    /// The values of a list's entries, such as all e-mail addresses.
    pub fn values<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        self.facts.iter().filter_map(move |fact| match fact {
            ImportedFact::Entry { list, parts } if *list == wanted => {
                parts.iter().find(|(suffix, _)| suffix.is_empty()).and_then(|(_, value)| value.as_text())
            }
            ImportedFact::Single { .. } | ImportedFact::Entry { .. } | ImportedFact::Consent { .. } => None,
        })
    }

    /// Adds the role of a donor, and takes off the number, which is a payment's and not a person's.
    pub(super) fn make_donor(&mut self) {
        self.number.clear();
        self.facts.push(ImportedFact::Entry { list: "role", parts: vec![("/role", Value::from("donor"))] });
    }

    /// The value of a single key.
    pub fn single(&self, wanted: &str) -> Option<&Value> {
        self.facts.iter().find_map(|fact| match fact {
            ImportedFact::Single { key, value } if key == wanted => Some(value),
            ImportedFact::Single { .. } | ImportedFact::Entry { .. } | ImportedFact::Consent { .. } => None,
        })
    }
}
