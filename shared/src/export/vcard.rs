//! vCard 4.0 (RFC 6350): escaped, folded at 75 octets, lines ended by CR LF.

use crate::supporter::{Address, Supporter, register::Reading};

/// The longest line in octets, its end left out (RFC 6350, 3.2).
const LINE_OCTETS_MAX: usize = 75;

/// One supporter's card.
pub(super) fn card(supporter: &Supporter) -> String {
    let mut lines =
        vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned(), format!("UID:urn:uuid:{}", uuid(supporter))];
    let name = &supporter.name;
    lines.push(format!("FN:{}", escape(&supporter.display_name())));
    if supporter.is_organisation() {
        lines.push("KIND:org".to_owned());
        lines.push(format!("ORG:{}", escape(&supporter.display_name())));
    } else {
        lines.push("KIND:individual".to_owned());
        lines.push(format!("N:{};{};;;", first(&name.family), first(&name.given)));
    }
    if let Some(date) = supporter.birth.date.known() {
        lines.push(format!("BDAY:{}", date.format("%Y%m%d")));
    } else if let Some(year) = supporter.birth.year.known() {
        lines.push(format!("BDAY:{:04}", year.number()));
    }
    let emails = supporter.emails.iter().flat_map(|email| email.value.all_known());
    lines.extend(emails.map(|email| format!("EMAIL:{}", escape(email.as_str()))));
    let phones = supporter.phones.iter().flat_map(|phone| phone.value.all_known());
    lines.extend(phones.map(|phone| format!("TEL;VALUE=uri:tel:{phone}")));
    lines.extend(supporter.addresses.open().iter().map(address));
    let tags: Vec<String> =
        supporter.tags.iter().flat_map(|tag| tag.value.all_known()).map(|tag| escape(tag.as_str())).collect();
    if !tags.is_empty() {
        lines.push(format!("CATEGORIES:{}", tags.join(",")));
    }
    lines.push("END:VCARD".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn address(address: &Address) -> String {
    format!(
        "ADR:;;{};{};;{};{}",
        first(&address.street),
        first(&address.city),
        first(&address.postcode),
        first(&address.country)
    )
}

fn first<T: std::fmt::Display>(reading: &Reading<T>) -> String {
    reading.known().map(|value| escape(&value.to_string())).unwrap_or_default()
}

/// An id of 32 hexadecimal digits in the groups of a UUID.
fn uuid(supporter: &Supporter) -> String {
    let hex = supporter.id.to_string();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    text.replace(',', "\\,").replace(';', "\\;")
}

/// A line in pieces of 75 octets, never cut inside a character; every piece but the first begins with a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out.push_str("\r\n");
    out
}
