//! What the gate thinks of each field before it has seen an agreement. No catch-all arm: a new field needs an opinion.

use super::Reason;
use crate::supporter::Field;

/// Whether a field can ever leave a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// An agreement may name it.
    Nameable,
    /// Never itself, but the year of it where an agreement names the year.
    YearOnly,
    /// Says nothing alone, and goes where anything goes.
    GoesWithTheRest,
    /// Never: an agreement that names it cannot be read.
    Never(Reason),
}

/// The gate's opinion of a field.
pub const fn sharing(field: Field) -> Sharing {
    match field {
        Field::Type | Field::Kind => Sharing::GoesWithTheRest,
        Field::GivenName
        | Field::FamilyName
        | Field::LegalName
        | Field::OrganisationNumber
        | Field::BirthYear
        | Field::Email
        | Field::Phone
        | Field::Street
        | Field::Postcode
        | Field::City
        | Field::Country
        | Field::Role
        | Field::RoleFrom
        | Field::RoleTo
        | Field::RoleKind
        | Field::GrantPurpose
        | Field::GrantBasis
        | Field::GrantGivenAt => Sharing::Nameable,
        Field::BirthDate => Sharing::YearOnly,
        Field::AddressProtection
        | Field::Dues
        | Field::Tag
        | Field::NoteText
        | Field::NoteAt
        | Field::GrantWording
        | Field::GrantChannel
        | Field::WithdrawalPurpose
        | Field::WithdrawalAt
        | Field::WithdrawalRefused
        | Field::DeclarationVersion
        | Field::DeclarationAcceptedAt
        | Field::Skill
        | Field::Task
        | Field::Availability
        | Field::Hours
        | Field::PoliceCertificateShownOn => Sharing::Never(Reason::StaysInChapter),
        Field::PeerTheme
        | Field::PeerExperience
        | Field::PeerLanguage
        | Field::PeerCourseOn
        | Field::PeerApprovedFrom
        | Field::PeerApprovedTo
        | Field::PeerCapacity
        | Field::HealthNoteText
        | Field::HealthNoteAt => Sharing::Never(Reason::Health),
        Field::GrantConfirms
        | Field::ExternalSource
        | Field::ExternalNumber
        | Field::ExternalLine
        | Field::ExternalSet
        | Field::Import
        | Field::Apart
        | Field::Withheld
        | Field::KeptForBookkeeping
        | Field::KeptForClaim
        | Field::SharedDocument
        | Field::ConfidentialDocument
        | Field::Conflict => Sharing::Never(Reason::Internal),
    }
}
