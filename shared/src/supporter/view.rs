//! The view: a supporter read from its chapter document, or from what the gate let out of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::NaiveDate;

use super::{
    Acceptance, Address, Addresses, Conflict, Entry, External, Fact, Field, Grant, Note, PeerSupport,
    Permissions, ProtectedAddresses, Role, RoleInterval, Volunteering, Withdrawal,
    conflict::{all_values, conflicts},
    fact::{facts, postcode},
    register::{Readable, Reading, written},
    value::{Email, Line, Moment, OrganisationNumber, Phone, Prose, Stored, Year, codes},
};
use crate::{
    document::Content,
    id::{DocumentId, EntryKey, SupporterId},
};

codes! {
    /// What a supporter is.
    SupporterKind {
        Person = "person",
        Organisation = "organisation",
    }
}

/// Everything that one document tells about a supporter.
#[derive(Clone, PartialEq, Eq)]
pub struct Supporter {
    pub id: SupporterId,
    pub kind: Reading<SupporterKind>,
    pub name: Name,
    pub organisation_number: Reading<OrganisationNumber>,
    pub birth: Birth,
    pub emails: Vec<Entry<Email>>,
    pub phones: Vec<Entry<Phone>>,
    pub addresses: Addresses,
    pub roles: Vec<RoleInterval>,
    pub tags: Vec<Entry<Line>>,
    pub notes: Vec<Note>,
    pub permissions: Permissions,
    pub volunteering: Volunteering,
    pub peer_support: PeerSupport,
    /// Dues by year, as imported.
    pub dues: BTreeMap<i32, Reading<Line>>,
    pub declarations: Vec<Acceptance>,
    pub externals: Vec<External>,
    /// The import batches that made this record.
    pub imports: Vec<Entry<Line>>,
    /// The chapter documents of those who look like this supporter and are somebody else.
    pub apart: Vec<Entry<DocumentId>>,
    pub documents: Documents,
    /// The values that stand against the record's own; its registers show them too.
    pub conflicts: Vec<Conflict>,
    facts: Vec<Fact>,
    content: Content,
}

/// A name: of a person in two parts, of an organisation in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    pub given: Reading<Line>,
    pub family: Reading<Line>,
    pub legal: Reading<Line>,
}

/// When a person was born, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Birth {
    pub date: Reading<NaiveDate>,
    pub year: Reading<Year>,
}

/// The supporter's documents in the other zones, drawn at registration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    pub shared: Reading<DocumentId>,
    pub confidential: Reading<DocumentId>,
}

impl Supporter {
    /// Reads a document's content. Never fails: what cannot be read stays as written, unknown keys are not looked at.
    pub fn from_content(id: SupporterId, content: &Content) -> Supporter {
        let read = Reader::new(content);
        Supporter {
            id,
            kind: read.plain(Field::Kind),
            name: Name {
                given: read.plain(Field::GivenName),
                family: read.plain(Field::FamilyName),
                legal: read.plain(Field::LegalName),
            },
            organisation_number: read.plain(Field::OrganisationNumber),
            birth: Birth { date: read.plain(Field::BirthDate), year: read.plain(Field::BirthYear) },
            emails: read.list(Field::Email),
            phones: read.list(Field::Phone),
            addresses: read.addresses(),
            roles: read.roles(),
            tags: read.list(Field::Tag),
            notes: read.notes(),
            permissions: read.permissions(),
            volunteering: read.volunteering(),
            peer_support: read.peer_support(),
            dues: read.years(Field::Dues),
            declarations: read.declarations(),
            externals: read.externals(),
            imports: read.list(Field::Import),
            apart: read.list(Field::Apart),
            documents: Documents {
                shared: read.plain(Field::SharedDocument),
                confidential: read.plain(Field::ConfidentialDocument),
            },
            conflicts: conflicts(content),
            facts: read.facts,
            content: content.clone(),
        }
    }

    /// The name to show: `Kari Nordmann`, or the organisation's.
    pub fn display_name(&self) -> String {
        let person = format!("{} {}", self.name.given.text(), self.name.family.text());
        let person = person.trim();
        if self.is_organisation() || person.is_empty() { self.name.legal.text() } else { person.to_owned() }
    }

    /// Whether this is an organisation; a record that says nothing is a person.
    pub fn is_organisation(&self) -> bool {
        self.kind.known() == Some(&SupporterKind::Organisation)
    }

    /// The roles that hold on `day`.
    pub fn current_roles(&self, day: NaiveDate) -> BTreeSet<Role> {
        let current = self.roles.iter().filter(|interval| interval.current(day));
        current.flat_map(|interval| interval.role.all_known().copied()).collect()
    }

    /// Whether it holds `role` on `day`.
    pub fn holds(&self, role: Role, day: NaiveDate) -> bool {
        self.roles.iter().any(|interval| interval.is(role) && interval.current(day))
    }

    /// Every key that this version knows, with its values.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Every value that could not be read, with where it stands.
    pub fn unreadable(&self) -> impl Iterator<Item = (&Fact, &str)> {
        self.facts.iter().flat_map(|fact| fact.as_written().map(move |text| (fact, text)))
    }

    /// The facts that hold several values until a person picks.
    pub fn disputed(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.values.len() > 1)
    }

    /// Whether the supporter's accepted declaration is on record.
    pub fn has_recorded_declaration(&self) -> bool {
        self.declarations.iter().any(|acceptance| acceptance.accepted_at.known().is_some())
    }

    /// Whether the office is given nothing until a person confirms. Whatever is written there withholds.
    pub fn is_withheld(&self) -> bool {
        self.facts.iter().any(|fact| fact.field == Field::Withheld)
    }

    /// The document this view was read from.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

/// Personal data stays out of logs and test output.
impl fmt::Debug for Supporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Supporter({}, {} facts)", self.id, self.facts.len())
    }
}

/// A note of the confidential document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthNote {
    pub key: EntryKey,
    pub text: Reading<Prose>,
    pub at: Reading<Moment>,
}

/// The health notes in a supporter's confidential document.
pub fn health_notes(content: &Content) -> Vec<HealthNote> {
    let read = Reader::new(content);
    let note = |key| HealthNote {
        key,
        text: read.part(Field::HealthNoteText, key),
        at: read.part(Field::HealthNoteAt, key),
    };
    read.entries(&[Field::HealthNoteText, Field::HealthNoteAt]).into_iter().map(note).collect()
}

struct Reader<'c> {
    content: &'c Content,
    facts: Vec<Fact>,
}

impl<'c> Reader<'c> {
    fn new(content: &'c Content) -> Reader<'c> {
        Reader { content, facts: facts(content) }
    }

    fn key<T: Stored>(&self, key: &str) -> Reading<T> {
        Reading::read(&all_values(self.content, key))
    }

    fn plain<T: Stored>(&self, field: Field) -> Reading<T> {
        self.key(field.plain_key())
    }

    fn part<T: Stored>(&self, field: Field, entry: EntryKey) -> Reading<T> {
        self.key(&field.key(entry))
    }

    /// The entries of which at least one of `fields` is there.
    fn entries(&self, fields: &[Field]) -> BTreeSet<EntryKey> {
        self.facts.iter().filter(|fact| fields.contains(&fact.field)).filter_map(|fact| fact.entry).collect()
    }

    fn list<T: Stored>(&self, field: Field) -> Vec<Entry<T>> {
        self.entries(&[field]).into_iter().map(|key| Entry { key, value: self.part(field, key) }).collect()
    }

    fn years<T: Stored>(&self, field: Field) -> BTreeMap<i32, Reading<T>> {
        let of_field = self.facts.iter().filter(|fact| fact.field == field);
        let year = |fact: &Fact| Some((Field::of_key(&fact.key)?.1.parse().ok()?, self.key(&fact.key)));
        of_field.filter_map(year).collect()
    }

    fn addresses(&self) -> Addresses {
        let fields = [Field::Street, Field::Postcode, Field::City, Field::Country];
        let addresses = self.entries(&fields).into_iter().map(|key| Address {
            key,
            street: self.part(Field::Street, key),
            postcode: self.postcode(key),
            city: self.part(Field::City, key),
            country: self.part(Field::Country, key),
        });
        // Whatever is written there protects: a level that this version does not know is no reason to print.
        if self.content.contains_key(Field::AddressProtection.plain_key()) {
            Addresses::Protected(ProtectedAddresses::new(addresses.collect()))
        } else {
            Addresses::Open(addresses.collect())
        }
    }

    fn postcode(&self, entry: EntryKey) -> Reading<super::value::Postcode> {
        let segment = entry.to_string();
        let values = all_values(self.content, &Field::Postcode.key(entry));
        let read = |value| match postcode(&segment, value, self.content) {
            Some(known) => Readable::Known(known),
            None => Readable::AsWritten(written(value)),
        };
        Reading { values: values.iter().map(read).collect() }
    }

    fn roles(&self) -> Vec<RoleInterval> {
        let interval = |key| RoleInterval {
            key,
            role: self.part(Field::Role, key),
            from: self.part(Field::RoleFrom, key),
            to: self.part(Field::RoleTo, key),
            kind: self.part(Field::RoleKind, key),
        };
        self.entries(&[Field::Role]).into_iter().map(interval).collect()
    }

    fn notes(&self) -> Vec<Note> {
        let note =
            |key| Note { key, text: self.part(Field::NoteText, key), at: self.part(Field::NoteAt, key) };
        self.entries(&[Field::NoteText]).into_iter().map(note).collect()
    }

    fn permissions(&self) -> Permissions {
        let grant = |key| Grant {
            key,
            purpose: self.part(Field::GrantPurpose, key),
            basis: self.part(Field::GrantBasis, key),
            given_at: self.part(Field::GrantGivenAt, key),
            wording: self.part(Field::GrantWording, key),
            channel: self.part(Field::GrantChannel, key),
            confirms: self.part(Field::GrantConfirms, key),
        };
        let withdrawal = |key| Withdrawal {
            key,
            purpose: self.part(Field::WithdrawalPurpose, key),
            at: self.part(Field::WithdrawalAt, key),
            refused: self.part(Field::WithdrawalRefused, key),
        };
        Permissions {
            grants: self.entries(&[Field::GrantPurpose]).into_iter().map(grant).collect(),
            withdrawals: self.entries(&[Field::WithdrawalPurpose]).into_iter().map(withdrawal).collect(),
        }
    }

    fn volunteering(&self) -> Volunteering {
        Volunteering {
            skills: self.list(Field::Skill),
            tasks: self.list(Field::Task),
            availability: self.plain(Field::Availability),
            hours: self.years(Field::Hours),
            police_certificate_shown_on: self.plain(Field::PoliceCertificateShownOn),
        }
    }

    fn peer_support(&self) -> PeerSupport {
        PeerSupport {
            themes: self.list(Field::PeerTheme),
            experience: self.plain(Field::PeerExperience),
            languages: self.list(Field::PeerLanguage),
            course_on: self.plain(Field::PeerCourseOn),
            approved_from: self.plain(Field::PeerApprovedFrom),
            approved_to: self.plain(Field::PeerApprovedTo),
            capacity: self.plain(Field::PeerCapacity),
        }
    }

    fn declarations(&self) -> Vec<Acceptance> {
        let acceptance = |key| Acceptance {
            key,
            version: self.part(Field::DeclarationVersion, key),
            accepted_at: self.part(Field::DeclarationAcceptedAt, key),
        };
        let fields = [Field::DeclarationVersion, Field::DeclarationAcceptedAt];
        self.entries(&fields).into_iter().map(acceptance).collect()
    }

    fn externals(&self) -> Vec<External> {
        let external = |key| External {
            key,
            source: self.part(Field::ExternalSource, key),
            number: self.part(Field::ExternalNumber, key),
            line: self.part(Field::ExternalLine, key),
        };
        let fields = [Field::ExternalSource, Field::ExternalNumber, Field::ExternalLine];
        self.entries(&fields).into_iter().map(external).collect()
    }
}
