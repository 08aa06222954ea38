//! What a change that arrives may do: the allowlist of each zone and author, default deny.
//!
//! The gate computes what may leave a chapter; this says the same from the other side, in [`table`], and shares no
//! code with the gate: the hub trusts no node to be right, and nodes check the hub by it too. A change is allowed
//! whole or refused whole. Refusals say which rule was broken and never what the change held.
//!
//! Not here: whether a document lies under its floor, whether the author may write at all, and the time window. That
//! is known only to the store that takes the change.

mod form;
mod table;

use std::fmt;

use self::{
    form::Form,
    table::{RULES, Rule},
};
use crate::{
    document::{DecodedChange, DecodedOperation},
    zone::Zone,
};

/// Whose log the change stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// A device of the chapter.
    Chapter,
    /// The national office's hub.
    Hub,
}

/// The kinds of document that a generation can be about, by what is known of its changes; all, before the first.
#[derive(Clone, Debug)]
pub struct Kinds(Vec<&'static str>);

impl Default for Kinds {
    fn default() -> Kinds {
        Kinds(table::DOCUMENTS.to_vec())
    }
}

/// Checks one change against the allowlist of its zone and author, whatever the document held before.
pub fn check(zone: Zone, author: Author, change: &DecodedChange) -> Result<(), Refusal> {
    check_next(zone, author, change, &Kinds::default()).map(|_| ())
}

/// The same of a change that follows others in its generation: a document stays of the kind that it began as.
pub fn check_next(
    zone: Zone,
    author: Author,
    change: &DecodedChange,
    begun: &Kinds,
) -> Result<Kinds, Refusal> {
    if !RULES.iter().any(|rule| rule.zone == zone && rule.author == author) {
        return Err(Reason::ZoneClosed.into());
    }
    if change.message_present {
        return Err(Reason::Message.into());
    }
    if change.extra_bytes > 0 {
        return Err(Reason::ExtraBytes.into());
    }
    let mut documents = begun.0.clone();
    for operation in &change.operations {
        let rules: Vec<_> = RULES
            .iter()
            .filter(|rule| rule.zone == zone && rule.author == author && rule.matches(&operation.key))
            .collect();
        let Some(any) = rules.first() else { return Err(Reason::UnknownKey.into()) };
        documents.retain(|document| rules.iter().any(|rule| rule.document == *document));
        if documents.is_empty() {
            return Err(any.refusal(Reason::MixedDocument));
        }
        check_operation(&rules, &mut documents, operation)?;
    }
    Ok(Kinds(documents))
}

/// Checks the value by the rules of the documents that the change can still be about, and drops the documents whose
/// rule it breaks: `type` alone tells some of them apart.
fn check_operation(
    rules: &[&'static Rule],
    documents: &mut Vec<&'static str>,
    operation: &DecodedOperation,
) -> Result<(), Refusal> {
    let mut refusal = None;
    for rule in rules {
        let checked = match &operation.value {
            Some(value) => rule.form.check(value),
            None if matches!(rule.form, Form::Exactly(_)) => Err(Reason::Deleted),
            None => Ok(()),
        };
        if let Err(reason) = checked {
            documents.retain(|document| *document != rule.document);
            refusal = Some(rule.refusal(reason));
        }
    }
    match refusal {
        Some(refusal) if documents.is_empty() => Err(refusal),
        _ => Ok(()),
    }
}

/// Why a change was refused: a stable code, and the allowlist's key where one is concerned. Nothing of the change
/// itself is in here, so it may be stored and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}{}", reason.code(), At(*key))]
pub struct Refusal {
    reason: Reason,
    key: Option<&'static str>,
}

struct At(Option<&'static str>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |key| write!(f, " at {key}"))
    }
}

impl Refusal {
    /// The stable code, for stores, the wire and logs.
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// The key's pattern in the allowlist (`email/*`); none for a key that is not in it, which may hold anything.
    pub fn key(&self) -> Option<&'static str> {
        self.key
    }

    /// The key of the sentence that tells a user.
    pub fn reason_key(&self) -> &'static str {
        self.reason.text_key()
    }
}

/// The key of the sentence for a refusal's code; the one for all others where it is none of the allowlist's.
pub fn sentence(code: &str) -> &'static str {
    let known = Reason::ALL.iter().find(|reason| reason.code() == code);
    known.map_or("refusal-other", |reason| reason.text_key())
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Refusal {
        Refusal { reason, key: None }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// Why. Codes never change once released.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            const ALL: &[Reason] = &[$(Reason::$name),*];

            const fn code(self) -> &'static str {
                match self { $(Reason::$name => $code,)* }
            }

            const fn text_key(self) -> &'static str {
                match self { $(Reason::$name => $text,)* }
            }
        }
    };
}

reasons! {
    /// This author has nothing to write in this zone.
    ZoneClosed = "zone_closed", "refusal-zone-closed";
    /// Keys of different kinds of documents in one change.
    MixedDocument = "mixed_document", "refusal-mixed-document";
    /// Not in the allowlist.
    UnknownKey = "unknown_key", "refusal-unknown-key";
    /// A key that must stay was deleted.
    Deleted = "deleted", "refusal-deleted";
    /// A text for a number, or the like.
    WrongType = "wrong_type", "refusal-wrong-type";
    Empty = "empty", "refusal-empty";
    TooLong = "too_long", "refusal-too-long";
    /// Control characters, or such that turn the direction of writing.
    Charset = "charset", "refusal-charset";
    /// Not of the form that the key asks for.
    Malformed = "malformed", "refusal-malformed";
    /// Not one of the listed words.
    NotListed = "not_listed", "refusal-not-listed";
    OutOfRange = "out_of_range", "refusal-out-of-range";
    Message = "message", "refusal-message";
    ExtraBytes = "extra_bytes", "refusal-extra-bytes";
}

#[cfg(test)]
mod tests;
