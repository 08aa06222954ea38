//! The national list as a file: csv, json or vcard. Comes from rows that went through the report history's door.

use serde_json::Value as Json;

use crate::read::Listed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    Csv,
    Json,
    Vcard,
}

impl ExportFormat {
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Vcard => "vcard",
        }
    }
}

/// The file's text.
pub fn export(format: ExportFormat, supporters: &[Listed]) -> Result<String, csv::Error> {
    match format {
        ExportFormat::Json => {
            let all: Vec<&Json> = supporters.iter().map(|supporter| &supporter.national).collect();
            Ok(format!("{:#}\n", serde_json::json!(all)))
        }
        ExportFormat::Csv => to_csv(supporters),
        ExportFormat::Vcard => Ok(supporters.iter().map(to_vcard).collect()),
    }
}

const COLUMNS: [&str; 13] = [
    "id",
    "kind",
    "given",
    "family",
    "legal_name",
    "birth",
    "email",
    "phone",
    "street",
    "postcode",
    "city",
    "roles",
    "chapters",
];

fn to_csv(supporters: &[Listed]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for supporter in supporters {
        let card = Card(&supporter.national);
        let address = card.first("addresses");
        let line = |name: &str| text(&address[name]);
        let row = [
            supporter.id.to_string(),
            supporter.kind.clone(),
            text(&card.0["name"]["given"]),
            text(&card.0["name"]["family"]),
            text(&card.0["name"]["legal"]),
            card.birth(),
            text(card.first("emails")),
            text(card.first("phones")),
            line("street"),
            line("postcode"),
            line("city"),
            card.all("roles", "role"),
            card.all("records", "chapter"),
        ];
        writer.write_record(row.map(|cell| harmless(&cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A spreadsheet must not run what somebody wrote as a name.
fn harmless(cell: &str) -> String {
    let phone = cell.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !phone {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn to_vcard(supporter: &Listed) -> String {
    let card = Card(&supporter.national);
    let name = &card.0["name"];
    let escaped = |value: &Json| escape(&text(value));
    let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned(), format!("UID:{}", supporter.id)];
    lines.push(format!("FN:{}", escape(&supporter.display_name)));
    if supporter.kind == "organisation" {
        lines.push(format!("KIND:org\r\nORG:{}", escaped(&name["legal"])));
    } else {
        lines.push(format!("N:{};{};;;", escaped(&name["family"]), escaped(&name["given"])));
    }
    lines.extend(card.values("emails").map(|email| format!("EMAIL:{}", escaped(email))));
    lines.extend(card.values("phones").map(|phone| format!("TEL;VALUE=uri:tel:{}", escaped(phone))));
    lines.extend(card.values("addresses").map(|address| {
        let line = |name: &str| escaped(&address[name]);
        format!("ADR:;;{};{};;{};{}", line("street"), line("city"), line("postcode"), line("country"))
    }));
    lines.push("END:VCARD".to_owned());
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// A national record's JSON.
struct Card<'a>(&'a Json);

impl<'a> Card<'a> {
    /// The values of a list of `{value, sources}`.
    fn values(&self, list: &str) -> impl Iterator<Item = &'a Json> {
        self.0[list].as_array().into_iter().flatten().map(|entry| &entry["value"])
    }

    fn first(&self, list: &str) -> &'a Json {
        self.values(list).next().unwrap_or(&Json::Null)
    }

    fn birth(&self) -> String {
        let birth = &self.0["birth"];
        if birth["date"].is_string() { text(&birth["date"]) } else { text(&birth["year"]) }
    }

    fn all(&self, list: &str, field: &str) -> String {
        let mut words: Vec<String> =
            self.0[list].as_array().into_iter().flatten().map(|entry| text(&entry[field])).collect();
        words.sort();
        words.dedup();
        words.join("|")
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => String::new(),
    }
}
