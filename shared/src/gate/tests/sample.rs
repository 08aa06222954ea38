//! A record with every field filled: the match has no catch-all arm, so a new field needs a sample.

use chrono::NaiveDate;

use crate::{
    document::{Content, Value},
    id::SupporterId,
    supporter::{Field, Role, Supporter},
};

pub(super) const ENTRY: &str = "AAAAAAAA";
pub(super) const MARKER: &str = "marker-7f3a";

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// A readable value; of every field that may never leave, one with the marker in it where its type has room.
pub(super) fn value(field: Field, purpose: &str, role: Role) -> Value {
    let marked = || Value::from(format!("{MARKER} {field}"));
    match field {
        Field::Type => "supporter".into(),
        Field::Kind => if role == Role::Sponsor { "organisation" } else { "person" }.into(),
        Field::GivenName => "Kari".into(),
        Field::FamilyName => "Nordmann".into(),
        Field::LegalName => "Fjellbank AS".into(),
        Field::OrganisationNumber => "974760673".into(),
        Field::BirthDate => "1963-05-11".into(),
        Field::BirthYear => 1963.into(),
        Field::Email => "kari@epost.example".into(),
        Field::Phone => "+4799840186".into(),
        Field::Street => "Nygårdsgaten 27A".into(),
        Field::Postcode => "5221".into(),
        Field::City => "Nesttun".into(),
        Field::Country => "NO".into(),
        Field::Role => role.code().into(),
        Field::RoleFrom => "2011-01-09".into(),
        Field::RoleTo => "2031-01-01".into(),
        Field::RoleKind => "family".into(),
        Field::GrantPurpose => purpose.into(),
        Field::GrantBasis => "consent".into(),
        Field::WithdrawalPurpose => "gifts".into(),
        Field::WithdrawalRefused => false.into(),
        Field::GrantConfirms => ENTRY.into(),
        Field::GrantGivenAt
        | Field::WithdrawalAt
        | Field::NoteAt
        | Field::Withheld
        | Field::HealthNoteAt
        | Field::DeclarationAcceptedAt => "2024-08-16T12:00:00Z".into(),
        Field::PoliceCertificateShownOn
        | Field::PeerCourseOn
        | Field::PeerApprovedFrom
        | Field::PeerApprovedTo
        | Field::KeptForBookkeeping
        | Field::KeptForClaim => "2024-04-04".into(),
        Field::Hours | Field::PeerCapacity => 4711.into(),
        Field::PeerExperience => "own".into(),
        Field::SharedDocument | Field::ConfidentialDocument | Field::Apart => "ab".repeat(16).into(),
        Field::AddressProtection
        | Field::Dues
        | Field::Tag
        | Field::NoteText
        | Field::GrantWording
        | Field::GrantChannel
        | Field::DeclarationVersion
        | Field::Skill
        | Field::Task
        | Field::Availability
        | Field::PeerTheme
        | Field::PeerLanguage
        | Field::HealthNoteText
        | Field::ExternalSource
        | Field::ExternalNumber
        | Field::ExternalLine
        | Field::ExternalSet
        | Field::Import
        | Field::Conflict => marked(),
    }
}

pub(super) fn key(field: Field) -> String {
    if matches!(field, Field::Dues | Field::Hours) {
        field.year_key(2026)
    } else if field == Field::Conflict {
        format!("conflict/note.{ENTRY}.text/{ENTRY}")
    } else {
        field.pattern().replacen('*', ENTRY, 1)
    }
}

/// The fields whose being there keeps all the rest back too.
pub(super) fn keeps_all_back(field: Field) -> bool {
    matches!(field, Field::AddressProtection | Field::Withheld)
}

/// Every field but those that would keep all the rest back.
pub(super) fn full(purpose: &str, role: Role) -> Content {
    let fields = Field::ALL.iter().filter(|field| !keeps_all_back(**field));
    fields.map(|&field| (key(field), vec![value(field, purpose, role)])).collect()
}

pub(super) fn supporter(content: &Content) -> Supporter {
    Supporter::from_content(SupporterId::from_bytes([1; 16]), content)
}

pub(super) fn content(pairs: &[(&str, Value)]) -> Content {
    let mut content = Content::new();
    for (key, value) in pairs {
        content.entry((*key).to_owned()).or_default().push(value.clone());
    }
    content.values_mut().for_each(|values| values.sort());
    content
}
