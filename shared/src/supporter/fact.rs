//! A supporter's record as a flat list: one fact per key that this version knows, each value readable or not.
//!
//! What must look at *every* field (the gate, the list of unreadable values) works on facts, so that a field cannot
//! be forgotten; what works with a supporter works on the view.

use chrono::NaiveDate;

use super::{
    Basis, Experience, Field, MembershipKind, Purpose, Role, SupporterKind,
    conflict::all_values,
    grant::Confirmed,
    register::{Readable, written},
    value::{Country, Email, Line, Moment, OrganisationNumber, Phone, Postcode, Prose, Stored, Year},
};
use crate::{
    document::{Content, Value},
    id::{DocumentId, EntryKey},
};

/// One key of a supporter's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub field: Field,
    pub key: String,
    /// The entry the key belongs to, if it is one of several.
    pub entry: Option<EntryKey>,
    /// All values, those in conflict too.
    pub values: Vec<Readable<Value>>,
}

impl Fact {
    /// The values that were understood.
    pub fn known(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter_map(Readable::known)
    }

    /// Every value as text, understood or not. For the chapter's own eyes.
    pub fn texts(&self) -> Vec<String> {
        let text = |value: &Readable<Value>| match value {
            Readable::Known(value) => written(value),
            Readable::AsWritten(text) => text.clone(),
        };
        self.values.iter().map(text).collect()
    }

    /// The values that are only kept as written.
    pub fn as_written(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| match value {
            Readable::Known(_) => None,
            Readable::AsWritten(text) => Some(text.as_str()),
        })
    }
}

/// Every fact of a document, in the order of its keys. Conflicts are no facts of their own: their values stand under
/// the key that they dispute.
pub(super) fn facts(content: &Content) -> Vec<Fact> {
    let mut keys: Vec<&str> =
        content.keys().map(String::as_str).filter(|key| !key.starts_with("conflict/")).collect();
    let disputed = super::conflict::conflicts(content);
    keys.extend(disputed.iter().map(|conflict| conflict.key.as_str()));
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().filter_map(|key| fact(content, key)).collect()
}

fn fact(content: &Content, key: &str) -> Option<Fact> {
    let (field, segment) = Field::of_key(key)?;
    let read = |value: Value| {
        if readable(field, segment, &value, content) {
            Readable::Known(value)
        } else {
            Readable::AsWritten(written(&value))
        }
    };
    let values = all_values(content, key).into_iter().map(read).collect();
    Some(Fact { field, key: key.to_owned(), entry: segment.parse().ok(), values })
}

/// Whether a value is the canonical spelling of what its field wants.
fn readable(field: Field, segment: &str, value: &Value, content: &Content) -> bool {
    match field {
        Field::Type => value.as_text() == Some("supporter"),
        Field::Kind => is::<SupporterKind>(value),
        Field::Email => is::<Email>(value),
        Field::Phone => is::<Phone>(value),
        Field::Postcode => postcode(segment, value, content).is_some(),
        Field::Country => is::<Country>(value),
        Field::OrganisationNumber => is::<OrganisationNumber>(value),
        Field::GivenName
        | Field::FamilyName
        | Field::LegalName
        | Field::Street
        | Field::City
        | Field::Tag
        | Field::Dues
        | Field::GrantWording
        | Field::GrantChannel
        | Field::DeclarationVersion
        | Field::Skill
        | Field::Task
        | Field::Availability
        | Field::PeerTheme
        | Field::PeerLanguage
        | Field::ExternalSource
        | Field::ExternalNumber
        | Field::ExternalLine
        | Field::AddressProtection
        | Field::Import => is::<Line>(value),
        Field::BirthDate
        | Field::RoleFrom
        | Field::RoleTo
        | Field::PoliceCertificateShownOn
        | Field::PeerCourseOn
        | Field::PeerApprovedFrom
        | Field::PeerApprovedTo
        | Field::KeptForBookkeeping
        | Field::KeptForClaim => is::<NaiveDate>(value),
        Field::BirthYear => is::<Year>(value),
        Field::Role => is::<Role>(value),
        Field::RoleKind => is::<MembershipKind>(value),
        Field::NoteText | Field::ExternalSet | Field::HealthNoteText => is::<Prose>(value),
        Field::NoteAt
        | Field::GrantGivenAt
        | Field::WithdrawalAt
        | Field::DeclarationAcceptedAt
        | Field::Withheld
        | Field::HealthNoteAt => is::<Moment>(value),
        Field::GrantPurpose | Field::WithdrawalPurpose => is::<Purpose>(value),
        Field::GrantBasis => is::<Basis>(value),
        Field::GrantConfirms => is::<Confirmed>(value),
        Field::WithdrawalRefused => is::<bool>(value),
        Field::Hours | Field::PeerCapacity => is::<u32>(value),
        Field::PeerExperience => is::<Experience>(value),
        Field::SharedDocument | Field::ConfidentialDocument | Field::Apart => is::<DocumentId>(value),
        Field::Conflict => false,
    }
}

fn is<T: Stored>(value: &Value) -> bool {
    T::read(value).is_some()
}

/// A postcode, if it is one of its own address's country; of an address without one, of any country we know well.
pub(super) fn postcode(entry: &str, value: &Value, content: &Content) -> Option<Postcode> {
    let text = value.as_text()?;
    let countries = all_values(content, &Field::Country.pattern().replacen('*', entry, 1));
    if countries.is_empty() {
        return Postcode::read(value);
    }
    let countries = countries.iter().filter_map(Country::read);
    countries
        .filter_map(|country| Postcode::parse(text, &country).ok())
        .find(|postcode| postcode.as_str() == text)
}

impl Stored for DocumentId {
    fn read(value: &Value) -> Option<DocumentId> {
        value.as_text()?.parse().ok()
    }
}
