//! A supporter as lists read it.

use chrono::NaiveDate;
use serde_json::Value;

use super::{fold, sort_key};
use crate::{
    id::{DocumentId, SupporterId},
    supporter::{Role, Supporter, SupporterKind, json},
};

/// One row of the list of supporters.
#[derive(Clone, PartialEq)]
pub struct SupporterRow {
    pub id: SupporterId,
    pub shared_document: Option<DocumentId>,
    pub confidential_document: Option<DocumentId>,
    pub kind: SupporterKind,
    /// Orders the list in plain byte order. Not for showing.
    pub sort_name: String,
    pub display_name: String,
    /// Folded: names, contact details, number, tags. A search looks for each of its folded words in here.
    pub search_text: String,
    /// Every role ever held, with its days, for lists that ask "today" later.
    pub roles: Vec<RoleRow>,
    /// The roles held on the day of the projection.
    pub current_roles: Vec<Role>,
    /// Whether there is an e-mail address that can be used (S1.17).
    pub has_email: bool,
    /// Whether there is a phone number that can be used (S1.17).
    pub has_phone: bool,
    /// Whether the address must not be known.
    pub protected: bool,
    /// How many of its fields are in conflict.
    pub disputed: usize,
    /// How many of its values cannot be read.
    pub unreadable: usize,
    /// The view, as the command line prints it.
    pub json: Value,
}

/// A role with its days. An end that cannot be read is not here: the role then is not current.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRow {
    pub role: Role,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub current: bool,
}

/// A supporter's row as of `today`.
pub fn row(supporter: &Supporter, today: NaiveDate) -> SupporterRow {
    SupporterRow {
        id: supporter.id,
        shared_document: supporter.documents.shared.known().copied(),
        confidential_document: supporter.documents.confidential.known().copied(),
        kind: if supporter.is_organisation() { SupporterKind::Organisation } else { SupporterKind::Person },
        sort_name: sort_name(supporter),
        display_name: supporter.display_name(),
        search_text: search_text(supporter),
        roles: roles(supporter, today),
        current_roles: supporter.current_roles(today).into_iter().collect(),
        has_email: supporter.emails.iter().any(|email| email.value.known().is_some()),
        has_phone: supporter.phones.iter().any(|phone| phone.value.known().is_some()),
        protected: supporter.addresses.protected(),
        disputed: supporter.disputed().count(),
        unreadable: supporter.unreadable().count(),
        json: json::supporter(supporter),
    }
}

fn sort_name(supporter: &Supporter) -> String {
    let name = &supporter.name;
    let family_first = format!("{} {}", name.family.text(), name.given.text());
    let person = family_first.trim();
    sort_key(
        if supporter.is_organisation() || person.is_empty() {
            supporter.display_name()
        } else {
            person.to_owned()
        }
        .as_str(),
    )
}

fn roles(supporter: &Supporter, today: NaiveDate) -> Vec<RoleRow> {
    let of = |interval: &crate::supporter::RoleInterval| {
        let row = |&role| RoleRow {
            role,
            from: interval.from.known().copied(),
            to: interval.to.all_known().min().copied(),
            current: interval.current(today),
        };
        interval.role.all_known().map(row).collect::<Vec<_>>()
    };
    supporter.roles.iter().flat_map(of).collect()
}

/// Both readings of a value in conflict are found; what could not be read is found as it was written.
fn search_text(supporter: &Supporter) -> String {
    let mut texts = vec![supporter.display_name()];
    let name = &supporter.name;
    for part in [&name.given, &name.family, &name.legal] {
        texts.extend(part.all_known().map(ToString::to_string));
    }
    texts.extend(supporter.organisation_number.all_known().map(ToString::to_string));
    texts.extend(supporter.emails.iter().flat_map(|email| email.value.all_known()).map(ToString::to_string));
    for phone in &supporter.phones {
        texts.extend(phone.value.all_known().map(ToString::to_string));
        texts
            .extend(phone.value.as_written().map(|text| text.chars().filter(char::is_ascii_digit).collect()));
    }
    for address in supporter.addresses.open() {
        texts.extend(address.street.all_known().map(ToString::to_string));
        texts.extend(address.postcode.all_known().map(ToString::to_string));
        texts.extend(address.city.all_known().map(ToString::to_string));
    }
    texts.extend(supporter.tags.iter().flat_map(|tag| tag.value.all_known()).map(ToString::to_string));
    let mut folded: Vec<String> =
        texts.iter().map(|text| fold(text)).filter(|text| !text.is_empty()).collect();
    let mut seen = std::collections::BTreeSet::new();
    folded.retain(|text| seen.insert(text.clone()));
    folded.join(" ")
}

/// Personal data stays out of logs and test output.
impl std::fmt::Debug for SupporterRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SupporterRow({})", self.id)
    }
}
