//! A supporter as JSON, in the shape of the command line's documentation.
//!
//! The chapter gives contact values as plain text; the office gives each with its sources. Both build on the pieces
//! here, so that the shape is one. What cannot be read is listed apart, never among the values.

use serde_json::{Map, Value, json};

use super::{
    Address, Addresses, Entry, Grant, Note, PeerSupport, Permissions, RoleInterval, Supporter, Volunteering,
    register::Reading,
    view::{Birth, Name},
};

/// The whole record, as the chapter that keeps it sees it.
pub fn supporter(supporter: &Supporter) -> Value {
    let mut object = core(supporter);
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("emails", list(&supporter.emails));
    put("phones", list(&supporter.phones));
    put("addresses", supporter.addresses.open().iter().map(address).collect());
    if let Addresses::Protected(_) = supporter.addresses {
        put("address_protected", true.into());
    }
    put("notes", supporter.notes.iter().map(note).collect());
    put("volunteering", volunteering(&supporter.volunteering));
    put("peer_support", peer_support(&supporter.peer_support));
    put("dues", supporter.dues.iter().map(|(year, dues)| (year.to_string(), text(dues))).collect());
    put("external", supporter.externals.iter().map(external).collect());
    put("conflicts", conflicts(supporter));
    put("unreadable", unreadable(supporter));
    Value::Object(object)
}

/// What chapter and office show alike: all but contact details and what stays in the chapter.
pub fn core(supporter: &Supporter) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("id", supporter.id.to_string().into());
    put("kind", if supporter.is_organisation() { "organisation" } else { "person" }.into());
    put("name", name(&supporter.name, supporter.is_organisation()));
    if !supporter.organisation_number.is_empty() {
        put("organisation_number", known(&supporter.organisation_number));
    }
    put("birth", birth(&supporter.birth));
    put("roles", supporter.roles.iter().map(role).collect());
    put("tags", list(&supporter.tags));
    put("grants", grants(&supporter.permissions));
    put("withdrawals", withdrawals(&supporter.permissions));
    object
}

/// A contact value at the office: the value and which chapter gave it when (`at` in RFC 3339).
pub fn sourced(value: Value, sources: impl IntoIterator<Item = (String, String)>) -> Value {
    let sources = sources.into_iter().map(|(chapter, at)| json!({ "chapter": chapter, "at": at }));
    json!({ "value": value, "sources": sources.collect::<Vec<_>>() })
}

/// `{given, family}` of a person, `{legal}` of an organisation.
pub fn name(name: &Name, organisation: bool) -> Value {
    if organisation {
        json!({ "legal": name.legal.text() })
    } else {
        json!({ "given": name.given.text(), "family": name.family.text() })
    }
}

/// `{date}` or `{year}` or neither.
pub fn birth(birth: &Birth) -> Value {
    let mut object = Map::new();
    if let Some(date) = birth.date.known() {
        object.insert("date".to_owned(), date.to_string().into());
    } else if let Some(year) = birth.year.known() {
        object.insert("year".to_owned(), year.number().into());
    }
    Value::Object(object)
}

/// `{street, postcode, city, country}`: texts, each empty where it is not known; the country a code or null.
pub fn address(address: &Address) -> Value {
    json!({
        "street": first(&address.street),
        "postcode": first(&address.postcode),
        "city": first(&address.city),
        "country": address.country.known().map(ToString::to_string),
    })
}

/// `{role, from?, to?, kind?}`.
pub fn role(interval: &RoleInterval) -> Value {
    let mut object = Map::new();
    object.insert("key".to_owned(), interval.key.to_string().into());
    object.insert("role".to_owned(), interval.role.text().into());
    optional(&mut object, "from", &interval.from);
    optional(&mut object, "to", &interval.to);
    optional(&mut object, "kind", &interval.kind);
    Value::Object(object)
}

/// `{text, at}`.
pub fn note(note: &Note) -> Value {
    json!({ "key": note.key.to_string(), "text": note.text.text(), "at": note.at.text() })
}

/// `[{purpose, basis, given_at, withdrawn_at?}]`.
pub fn grants(permissions: &Permissions) -> Value {
    permissions.grants.iter().map(|grant| one_grant(permissions, grant)).collect()
}

/// `[{purpose, at, refused}]`: also the no's that were said without a yes before.
pub fn withdrawals(permissions: &Permissions) -> Value {
    let withdrawal = |withdrawal: &super::Withdrawal| json!({ "purpose": withdrawal.purpose.text(), "at": withdrawal.at.text(), "refused": withdrawal.is_refusal() });
    permissions.withdrawals.iter().map(withdrawal).collect()
}

fn one_grant(permissions: &Permissions, grant: &Grant) -> Value {
    let mut object = Map::new();
    object.insert("purpose".to_owned(), grant.purpose.text().into());
    object.insert("basis".to_owned(), grant.basis.text().into());
    object.insert("given_at".to_owned(), grant.given_at.text().into());
    optional(&mut object, "wording", &grant.wording);
    optional(&mut object, "channel", &grant.channel);
    let undone = grant.purpose.all_known().flat_map(|&purpose| permissions.unconfirmed(grant, purpose));
    if let Some(withdrawn_at) = undone.map(|withdrawal| withdrawal.at.text()).min() {
        object.insert("withdrawn_at".to_owned(), withdrawn_at.into());
    }
    Value::Object(object)
}

fn volunteering(volunteering: &Volunteering) -> Value {
    let mut object = Map::new();
    object.insert("skills".to_owned(), list(&volunteering.skills));
    object.insert("tasks".to_owned(), list(&volunteering.tasks));
    optional(&mut object, "availability", &volunteering.availability);
    let hours = volunteering
        .hours
        .iter()
        .filter_map(|(year, hours)| Some((year.to_string(), Value::from(*hours.known()?))));
    object.insert("hours".to_owned(), hours.collect());
    optional(&mut object, "police_certificate_shown_on", &volunteering.police_certificate_shown_on);
    Value::Object(object)
}

fn peer_support(peer_support: &PeerSupport) -> Value {
    let mut object = Map::new();
    object.insert("themes".to_owned(), list(&peer_support.themes));
    optional(&mut object, "experience", &peer_support.experience);
    object.insert("languages".to_owned(), list(&peer_support.languages));
    optional(&mut object, "course_on", &peer_support.course_on);
    optional(&mut object, "approved_from", &peer_support.approved_from);
    optional(&mut object, "approved_to", &peer_support.approved_to);
    if let Some(capacity) = peer_support.capacity.known() {
        object.insert("capacity".to_owned(), (*capacity).into());
    }
    Value::Object(object)
}

fn external(external: &super::External) -> Value {
    let mut object = Map::new();
    optional(&mut object, "source", &external.source);
    optional(&mut object, "number", &external.number);
    Value::Object(object)
}

/// `[{field, key, values}]`.
fn conflicts(supporter: &Supporter) -> Value {
    let disputed = supporter.disputed().filter(|fact| !hidden(supporter, fact));
    disputed
        .map(|fact| json!({ "field": fact.field.pattern(), "key": fact.key, "values": fact.texts() }))
        .collect()
}

/// `[{field, key, value}]`, the value as it was written.
fn unreadable(supporter: &Supporter) -> Value {
    let shown = supporter.unreadable().filter(|(fact, _)| !hidden(supporter, fact));
    shown
        .map(|(fact, text)| json!({ "field": fact.field.pattern(), "key": fact.key, "value": text }))
        .collect()
}

/// Whether a fact is part of a protected address, which no JSON shows.
fn hidden(supporter: &Supporter, fact: &super::Fact) -> bool {
    supporter.addresses.protected() && fact.field.is_of_address()
}

fn list<T: std::fmt::Display>(entries: &[Entry<T>]) -> Value {
    entries
        .iter()
        .flat_map(|entry| entry.value.all_known())
        .map(|value| Value::from(value.to_string()))
        .collect()
}

fn optional<T: std::fmt::Display>(object: &mut Map<String, Value>, key: &str, reading: &Reading<T>) {
    if let Some(known) = reading.known() {
        object.insert(key.to_owned(), known.to_string().into());
    }
}

fn first<T: std::fmt::Display>(reading: &Reading<T>) -> String {
    reading.known().map(T::to_string).unwrap_or_default()
}

fn known<T: std::fmt::Display>(reading: &Reading<T>) -> Value {
    first(reading).into()
}

fn text<T: std::fmt::Display>(reading: &Reading<T>) -> Value {
    reading.text().into()
}
