//! The model's deeds, carried out in earnest through a node's one door and at the hub.

use std::collections::BTreeSet;

use helhet_hub::Hub;
use helhet_hub::national::Correction;
use helhet_node::write::{self as node, WriteError, Writer};
use helhet_shared::command::{
    self, AddressInput, AddressRevision, EntryRevision, GrantInput, Revision, RoleInput, Settings,
    SupporterInput,
};
use helhet_shared::gate::Source;
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::supporter::register::Reading;
use helhet_shared::supporter::{Basis, Purpose, Role, Supporter};
use serde_json::Value;

use crate::model::{Contact, Deed};
use crate::people::Person;

/// Registers a made-up person, as a member or as a volunteer.
pub fn register(writer: &Writer, person: &Person, member: bool) -> SupporterId {
    let input = input(person, member);
    writer.act(|deed| deed.register(&input)).expect("a person can be registered")
}

/// What somebody types to register this person.
pub fn input(person: &Person, member: bool) -> SupporterInput {
    SupporterInput {
        given_name: person.given.clone(),
        family_name: person.family.clone(),
        birth: person.birth_year.to_string(),
        emails: vec![person.email.clone()],
        phones: vec![person.phone.clone()],
        addresses: vec![AddressInput {
            street: person.street.clone(),
            postcode: person.postcode.clone(),
            city: person.city.clone(),
            country: String::new(),
        }],
        roles: vec![RoleInput::of(if member { Role::Member } else { Role::Volunteer })],
        note: person.note.clone(),
        ..SupporterInput::default()
    }
}

/// Does to a supporter of the chapter what the model was told, as a part of one user action.
///
/// # Errors
/// As the chapter's program has them.
pub fn in_chapter(deed: &mut node::Deed<'_>, id: SupporterId, what: &Deed) -> Result<(), WriteError> {
    match what {
        Deed::Write(contact, value) => deed.change(id, |supporter, rng, now| {
            command::edit(supporter, &revision(supporter, *contact, value), &Settings::default(), rng, now)
        }),
        Deed::Note(text) => {
            deed.change(id, |_, rng, now| command::note(text, &Settings::default(), rng, now))
        }
        Deed::GrantVolunteering => deed.change(id, |supporter, rng, now| {
            let input = GrantInput {
                purpose: Purpose::Volunteering,
                basis: Basis::Consent,
                wording: String::new(),
                channel: "form".to_owned(),
            };
            command::grant(supporter, &input, rng, now)
        }),
        Deed::WithdrawVolunteering => deed.withdraw(id, Purpose::Volunteering),
        Deed::EndMembership => deed.change(id, |supporter, _, now| {
            let member = supporter.roles.iter().find(|role| role.role.known() == Some(&Role::Member));
            member.map_or(Ok(Vec::new()), |role| command::end_role(supporter, role.key, "", now))
        }),
        Deed::Erase => deed.erase(id).map(drop),
    }
}

fn revision(supporter: &Supporter, contact: Contact, value: &str) -> Revision {
    let mut revision = Revision::default();
    let value = value.to_owned();
    match contact {
        Contact::Family => revision.family_name = Some(value),
        Contact::Email => {
            revision.emails =
                vec![EntryRevision { key: supporter.emails.first().map(|entry| entry.key), value }];
        }
        Contact::Phone => {
            revision.phones =
                vec![EntryRevision { key: supporter.phones.first().map(|entry| entry.key), value }];
        }
        Contact::Street => {
            let known = supporter.addresses.open().first();
            let address = AddressInput {
                street: value,
                postcode: known.map(|address| address.postcode.text()).unwrap_or_default(),
                city: known.map(|address| address.city.text()).unwrap_or_default(),
                country: known.map(|address| address.country.text()).unwrap_or_default(),
            };
            revision.addresses = vec![AddressRevision { key: known.map(|address| address.key), address }];
        }
    }
    revision
}

/// A correction at the office, as told by the supporter.
pub fn at_office(hub: &Hub, id: DocumentId, contact: Contact, value: &str) {
    let field = match contact {
        Contact::Family => "family",
        Contact::Email => "email",
        Contact::Phone => "phone",
        Contact::Street => "street",
    };
    let correction = Correction {
        field: field.to_owned(),
        value: value.to_owned(),
        replaces: None,
        source: Source::Supporter,
        login: "kontor".to_owned(),
    };
    hub.correct(id, &correction)
        .unwrap_or_else(|error| panic!("{field} of {id} could not be corrected: {error}"));
}

/// The values of a contact detail in a record: the chapter's own, or what the hub holds of it.
pub fn seen(supporter: &Supporter, contact: Contact) -> BTreeSet<String> {
    match contact {
        Contact::Family => texts(&supporter.name.family),
        Contact::Email => supporter.emails.iter().flat_map(|entry| texts(&entry.value)).collect(),
        Contact::Phone => supporter.phones.iter().flat_map(|entry| texts(&entry.value)).collect(),
        Contact::Street => {
            supporter.addresses.open().iter().flat_map(|address| texts(&address.street)).collect()
        }
    }
}

fn texts<T: ToString>(reading: &Reading<T>) -> BTreeSet<String> {
    reading.all_known().map(ToString::to_string).collect()
}

/// The values of a contact detail in the national record: those that are shown, and those that are disputed.
pub fn seen_in_national_record(card: &Value, contact: Contact) -> BTreeSet<String> {
    let (field, mut seen) = match contact {
        Contact::Family => ("name/family", values_of(&card["name"]["family"])),
        Contact::Email => ("email/*", values_of(&card["emails"])),
        Contact::Phone => ("phone/*", values_of(&card["phones"])),
        Contact::Street => {
            let addresses = card["addresses"].as_array().into_iter().flatten();
            let streets = addresses.flat_map(|address| values_of(&address["value"]["street"]));
            ("address/*/street", streets.collect())
        }
    };
    let conflicts = card["conflicts"].as_array().into_iter().flatten();
    let disputed = conflicts.filter(|conflict| conflict["field"] == field);
    seen.extend(disputed.flat_map(|conflict| values_of(&conflict["values"])));
    seen
}

/// A value may stand alone, with its sources, or among others.
fn values_of(json: &Value) -> BTreeSet<String> {
    match json {
        Value::String(text) => BTreeSet::from([text.clone()]),
        Value::Array(all) => all.iter().flat_map(values_of).collect(),
        Value::Object(fields) => fields.get("value").map(values_of).unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) => BTreeSet::new(),
    }
}
