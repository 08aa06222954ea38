//! Supporters as a file for other programs. What is protected is in no file (P27).
use helhet_shared::supporter::Supporter;
use serde_json::Value;

use crate::store::supporters::{self, Filter};
use crate::store::{Store, StoreError};
use crate::write::held;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
    Vcard,
}

/// All supporters in a format, by name.
pub fn supporters(store: &Store, format: Format) -> Result<String, StoreError> {
    store.database().read(|connection| {
        let rows = supporters::list(connection, &Filter::default())?;
        match format {
            Format::Json => {
                let all: Vec<Value> =
                    rows.iter().filter_map(|row| serde_json::from_str(&row.json).ok()).collect();
                Ok(Value::from(all).to_string())
            }
            Format::Csv | Format::Vcard => {
                let mut all = Vec::new();
                for row in rows {
                    if let Some(record) = held::live(connection, row.id.into())? {
                        all.push(Supporter::from_content(row.id, &record.document.content()));
                    }
                }
                Ok(match format {
                    Format::Vcard => all.iter().map(vcard).collect(),
                    Format::Csv | Format::Json => csv(&all),
                })
            }
        }
    })
}

const HEADINGS: [&str; 14] = [
    "id",
    "kind",
    "given_name",
    "family_name",
    "legal_name",
    "birth_date",
    "birth_year",
    "emails",
    "phones",
    "street",
    "postcode",
    "city",
    "country",
    "roles",
];

fn csv(all: &[Supporter]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let lines = std::iter::once(HEADINGS.map(str::to_owned).to_vec()).chain(all.iter().map(csv_line));
    for line in lines {
        // Writing to memory does not fail.
        let _ = writer.write_record(line.iter().map(|cell| without_formula(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn csv_line(supporter: &Supporter) -> Vec<String> {
    let list = |texts: Vec<String>| texts.join(" | ");
    let address = supporter.addresses.open().first();
    let part = |text: Option<String>| text.unwrap_or_default();
    vec![
        supporter.id.to_string(),
        if supporter.is_organisation() { "organisation" } else { "person" }.to_owned(),
        supporter.name.given.text(),
        supporter.name.family.text(),
        supporter.name.legal.text(),
        supporter.birth.date.text(),
        supporter.birth.year.text(),
        list(supporter.emails.iter().map(|entry| entry.value.text()).collect()),
        list(supporter.phones.iter().map(|entry| entry.value.text()).collect()),
        part(address.map(|address| address.street.text())),
        part(address.map(|address| address.postcode.text())),
        part(address.map(|address| address.city.text())),
        part(address.map(|address| address.country.text())),
        list(supporter.roles.iter().map(|interval| interval.role.text()).collect()),
    ]
}

/// A spreadsheet must not run what somebody wrote into a name; a phone number stays a phone number.
fn without_formula(cell: &str) -> String {
    let number =
        cell.starts_with('+') && cell.chars().skip(1).all(|c| c.is_ascii_digit() || " |+".contains(c));
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

fn vcard(supporter: &Supporter) -> String {
    let name = &supporter.name;
    let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned()];
    lines.push(format!("UID:urn:helhet:{}", supporter.id));
    lines.push(format!("FN:{}", escaped(&supporter.display_name())));
    if supporter.is_organisation() {
        lines.push("KIND:org".to_owned());
        lines.push(format!("ORG:{}", escaped(&name.legal.text())));
    } else {
        lines.push(format!("N:{};{};;;", escaped(&name.family.text()), escaped(&name.given.text())));
    }
    if let Some(born) = supporter.birth.date.known() {
        lines.push(format!("BDAY:{}", born.format("%Y%m%d")));
    }
    let entries = supporter.emails.iter().filter_map(|entry| entry.value.known());
    lines.extend(entries.map(|email| format!("EMAIL:{}", escaped(&email.to_string()))));
    let entries = supporter.phones.iter().filter_map(|entry| entry.value.known());
    lines.extend(entries.map(|phone| format!("TEL;VALUE=uri:tel:{phone}")));
    lines.extend(supporter.addresses.open().iter().map(|address| {
        format!(
            "ADR:;;{};{};;{};{}",
            escaped(&address.street.text()),
            escaped(&address.city.text()),
            escaped(&address.postcode.text()),
            escaped(&address.country.text())
        )
    }));
    lines.push("END:VCARD".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(['\r', '\n'], "\\n");
    text.replace(';', "\\;").replace(',', "\\,")
}

/// Lines of at most 75 bytes, continued by a space (RFC 6350 §3.2).
fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 2);
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > 75 {
            text.push_str("\r\n ");
            width = 1;
        }
        width += character.len_utf8();
        text.push(character);
    }
    text.push_str("\r\n");
    text
}
