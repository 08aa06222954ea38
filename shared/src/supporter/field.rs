//! Every field that is kept on a supporter, and what kind of thing it is.
//!
//! A field is a key pattern of the supporter's documents: `email/*`, `role/*/from`. Nothing else lists them. The
//! matches here and in the gate have no catch-all arm: a new field does not compile until it has a category and the
//! gate has an opinion on it. Keys that match no field come from a newer version: they are carried, never read,
//! never edited, and never leave the chapter.

use std::fmt;

use crate::id::EntryKey;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $pattern:literal,)*) => {
        /// One field of a supporter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field, in the order in which a card shows them.
            pub const ALL: &'static [Field] = &[$(Field::$name),*];

            /// The pattern of the field's keys, which is also its stable name in agreements, in errors and as the
            /// key of its texts. `*` stands for the entry's key or for a year.
            pub const fn pattern(self) -> &'static str {
                match self { $(Field::$name => $pattern,)* }
            }
        }
    };
}

fields! {
    /// What the document is about; always `supporter`.
    Type = "type",
    Kind = "kind",
    GivenName = "name/given",
    FamilyName = "name/family",
    LegalName = "name/legal",
    OrganisationNumber = "organisation_number",
    BirthDate = "birth/date",
    BirthYear = "birth/year",
    Email = "email/*",
    Phone = "phone/*",
    Street = "address/*/street",
    Postcode = "address/*/postcode",
    City = "address/*/city",
    Country = "address/*/country",
    /// That the address must not be known: the gate then lets nothing out (P27, N22).
    AddressProtection = "address_protection",
    Role = "role/*/role",
    RoleFrom = "role/*/from",
    RoleTo = "role/*/to",
    RoleKind = "role/*/kind",
    Dues = "dues/*",
    Tag = "tag/*",
    NoteText = "note/*/text",
    NoteAt = "note/*/at",
    GrantPurpose = "grant/*/purpose",
    GrantBasis = "grant/*/basis",
    GrantGivenAt = "grant/*/given_at",
    GrantWording = "grant/*/wording",
    GrantChannel = "grant/*/channel",
    GrantConfirms = "grant/*/confirms",
    WithdrawalPurpose = "withdrawal/*/purpose",
    WithdrawalAt = "withdrawal/*/at",
    WithdrawalRefused = "withdrawal/*/refused",
    DeclarationVersion = "declaration/*/version",
    DeclarationAcceptedAt = "declaration/*/accepted_at",
    Skill = "volunteer/skill/*",
    Task = "volunteer/task/*",
    Availability = "volunteer/availability",
    Hours = "volunteer/hours/*",
    /// The day a police certificate was shown. There is no field for the certificate (P22).
    PoliceCertificateShownOn = "volunteer/police_certificate_shown_on",
    PeerTheme = "peer/theme/*",
    PeerExperience = "peer/experience",
    PeerLanguage = "peer/language/*",
    PeerCourseOn = "peer/course_on",
    PeerApprovedFrom = "peer/approved_from",
    PeerApprovedTo = "peer/approved_to",
    PeerCapacity = "peer/capacity",
    /// In the confidential document alone.
    HealthNoteText = "health_note/*/text",
    HealthNoteAt = "health_note/*/at",
    ExternalSource = "external/*/source",
    ExternalNumber = "external/*/number",
    ExternalLine = "external/*/line",
    /// Short hashes of what the imported line set, so that a later one can tell the chapter's own edits.
    ExternalSet = "external/*/set",
    Import = "import/*",
    /// Another supporter who looks like this one and is somebody else: a person decided.
    Apart = "apart/*",
    /// Since when the office is given nothing until a person confirms: a restored backup forgot what was withdrawn.
    Withheld = "withheld/*",
    /// Until when the supporter may not be erased, and why: the bookkeeping duty, or a claim.
    KeptForBookkeeping = "kept/*/bookkeeping",
    KeptForClaim = "kept/*/claim",
    SharedDocument = "document/shared",
    ConfidentialDocument = "document/confidential",
    /// A value of another writer that stands against the record's own, until a person picks.
    Conflict = "conflict/*/*",
}

/// What kind of thing a field is: how sensitive, and by which rules it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Identity,
    Contact,
    Membership,
    Volunteering,
    /// Data on health, or from which health can be read (GDPR Art. 9).
    Health,
    Engagement,
    Consent,
    /// Machinery of the record that says nothing about the supporter.
    Internal,
}

/// What the `*` of a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    None,
    Entry,
    Year,
    ConflictingKey,
}

impl Field {
    /// The field's category.
    pub const fn category(self) -> Category {
        match self {
            Field::Kind
            | Field::GivenName
            | Field::FamilyName
            | Field::LegalName
            | Field::OrganisationNumber
            | Field::BirthDate
            | Field::BirthYear => Category::Identity,
            Field::Email
            | Field::Phone
            | Field::Street
            | Field::Postcode
            | Field::City
            | Field::Country
            | Field::AddressProtection => Category::Contact,
            Field::Role | Field::RoleFrom | Field::RoleTo | Field::RoleKind | Field::Dues => {
                Category::Membership
            }
            Field::Skill
            | Field::Task
            | Field::Availability
            | Field::Hours
            | Field::PoliceCertificateShownOn => Category::Volunteering,
            Field::PeerTheme
            | Field::PeerExperience
            | Field::PeerLanguage
            | Field::PeerCourseOn
            | Field::PeerApprovedFrom
            | Field::PeerApprovedTo
            | Field::PeerCapacity
            | Field::HealthNoteText
            | Field::HealthNoteAt => Category::Health,
            Field::Tag | Field::NoteText | Field::NoteAt => Category::Engagement,
            Field::GrantPurpose
            | Field::GrantBasis
            | Field::GrantGivenAt
            | Field::GrantWording
            | Field::GrantChannel
            | Field::GrantConfirms
            | Field::WithdrawalPurpose
            | Field::WithdrawalAt
            | Field::WithdrawalRefused
            | Field::DeclarationVersion
            | Field::DeclarationAcceptedAt => Category::Consent,
            Field::Type
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
            | Field::Conflict => Category::Internal,
        }
    }

    /// Whether chapter and office may both edit it: its concurrent values are written back to the chapter's record.
    pub const fn mirrored(self) -> bool {
        matches!(
            self,
            Field::GivenName
                | Field::FamilyName
                | Field::LegalName
                | Field::Email
                | Field::Phone
                | Field::Street
                | Field::Postcode
                | Field::City
                | Field::Country
        )
    }

    /// Whether it is part of a postal address, which may be protected.
    pub const fn is_of_address(self) -> bool {
        matches!(self, Field::Street | Field::Postcode | Field::City | Field::Country)
    }

    /// The field with this pattern, as agreements and forms name it.
    pub fn from_pattern(pattern: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.pattern() == pattern)
    }

    /// The field of a document's key and what stands for its `*` (empty where there is none). `None` for a key that
    /// this version does not know.
    pub fn of_key(key: &str) -> Option<(Field, &str)> {
        // Every key of every record comes by here: few patterns begin as it does.
        let may_be = |field: &&Field| field.pattern().as_bytes().first() == key.as_bytes().first();
        Field::ALL.iter().filter(may_be).find_map(|&field| {
            let segment = field.segment_of(key)?;
            Some((field, segment))
        })
    }

    /// The key of a field that has no `*`, such as `birth/date`; of any other field its pattern.
    pub fn plain_key(self) -> &'static str {
        self.pattern()
    }

    /// The key of this field in one entry.
    pub fn key(self, entry: EntryKey) -> String {
        self.pattern().replacen('*', &entry.to_string(), 1)
    }

    /// The key of this field for one year.
    pub fn year_key(self, year: i32) -> String {
        self.pattern().replacen('*', &format!("{year:04}"), 1)
    }

    fn segment_of(self, key: &str) -> Option<&str> {
        let Some((before, after)) = self.pattern().split_once('*') else {
            return (key == self.pattern()).then_some("");
        };
        let rest = key.strip_prefix(before)?;
        let segment = match self.segment() {
            Segment::ConflictingKey => rest,
            Segment::None | Segment::Entry | Segment::Year => rest.strip_suffix(after)?,
        };
        let fits = match self.segment() {
            Segment::None => segment.is_empty(),
            Segment::Entry => segment.parse::<EntryKey>().is_ok(),
            Segment::Year => segment.len() == 4 && segment.bytes().all(|byte| byte.is_ascii_digit()),
            Segment::ConflictingKey => segment
                .split_once('/')
                .is_some_and(|(key, entry)| !key.is_empty() && entry.parse::<EntryKey>().is_ok()),
        };
        fits.then_some(segment)
    }

    fn segment(self) -> Segment {
        if matches!(self, Field::Dues | Field::Hours) {
            Segment::Year
        } else if self == Field::Conflict {
            Segment::ConflictingKey
        } else if self.pattern().contains('*') {
            Segment::Entry
        } else {
            Segment::None
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.pattern())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key_and_by_its_pattern() {
        let entry = EntryKey::from_bytes([7; 6]);
        for &field in Field::ALL {
            assert_eq!(Field::from_pattern(field.pattern()), Some(field));
            let key = match field.segment() {
                Segment::None => field.plain_key().to_owned(),
                Segment::Entry => field.key(entry),
                Segment::Year => field.year_key(2026),
                Segment::ConflictingKey => format!("conflict/name.given/{entry}"),
            };
            assert_eq!(Field::of_key(&key).map(|(found, _)| found), Some(field), "{key}");
        }
    }

    #[test]
    fn unknown_keys_belong_to_no_field() {
        for key in
            ["", "x", "email", "email/", "email/short", "role/AAAAAAAA/colour", "dues/26", "name/given/x"]
        {
            assert_eq!(Field::of_key(key), None, "{key}");
        }
    }
}
