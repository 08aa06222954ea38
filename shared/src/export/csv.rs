//! Comma-separated, UTF-8 with a byte order mark (spreadsheets take it for Latin otherwise), one line a supporter.

use super::ExportError;
use crate::supporter::{Entry, Supporter, register::Reading};

const HEADINGS: [&str; 16] = [
    "id",
    "kind",
    "given_name",
    "family_name",
    "legal_name",
    "organisation_number",
    "birth_date",
    "birth_year",
    "emails",
    "phones",
    "street",
    "postcode",
    "city",
    "country",
    "roles",
    "tags",
];

pub(super) fn write(supporters: &[Supporter]) -> Result<String, ExportError> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(ExportError::Csv)?;
    for supporter in supporters {
        writer.write_record(line(supporter).iter().map(|cell| harmless(cell))).map_err(ExportError::Csv)?;
    }
    let bytes = writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

fn line(supporter: &Supporter) -> [String; 16] {
    let name = &supporter.name;
    let address = supporter.addresses.open().first();
    let roles = supporter.roles.iter().filter_map(|interval| {
        let days = [first(&interval.from), first(&interval.to)].join("/");
        let role = interval.role.known()?;
        Some(if days == "/" { role.to_string() } else { format!("{role} {days}") })
    });
    [
        supporter.id.to_string(),
        if supporter.is_organisation() { "organisation" } else { "person" }.to_owned(),
        first(&name.given),
        first(&name.family),
        first(&name.legal),
        first(&supporter.organisation_number),
        first(&supporter.birth.date),
        first(&supporter.birth.year),
        joined(&supporter.emails),
        joined(&supporter.phones),
        address.map(|address| first(&address.street)).unwrap_or_default(),
        address.map(|address| first(&address.postcode)).unwrap_or_default(),
        address.map(|address| first(&address.city)).unwrap_or_default(),
        address.map(|address| first(&address.country)).unwrap_or_default(),
        roles.collect::<Vec<_>>().join("; "),
        joined(&supporter.tags),
    ]
}

fn first<T: std::fmt::Display>(reading: &Reading<T>) -> String {
    reading.known().map(T::to_string).unwrap_or_default()
}

fn joined<T: std::fmt::Display>(entries: &[Entry<T>]) -> String {
    let known = entries.iter().flat_map(|entry| entry.value.all_known());
    known.map(T::to_string).collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it. A phone number may begin with a
/// plus sign: digits compute to themselves.
fn harmless(cell: &str) -> String {
    let number = cell
        .strip_prefix('+')
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || "; +".contains(c)));
    if cell.starts_with(['=', '+', '-', '@', '\t']) && !number { format!("'{cell}") } else { cell.to_owned() }
}
