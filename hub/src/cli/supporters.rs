//! `supporters`, `supporter`, `correct`, `export supporters`: all through the report history's door.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};
use helhet_shared::gate::Source;
use helhet_shared::id::DocumentId;
use helhet_shared::private_file;
use helhet_shared::supporter::value::{Country, Phone};
use serde_json::{Value as Json, json};

use super::output::{print, table};
use super::{LOGIN, Usage};
use crate::files::{self, ExportFormat};
use crate::hub::Hub;
use crate::national::Correction;
use crate::read::{self, Extraction, Held, Listed, PastCorrection};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExportWhat {
    Supporters,
}

#[derive(Args, Debug)]
pub(super) struct CorrectArguments {
    /// The id of any of the supporter's records.
    id: String,
    /// given, family, legal, email, phone, street, postcode, city or country.
    field: String,
    value: String,
    /// Who said so: supporter or returned-post.
    #[arg(long)]
    source: String,
    /// The value that is wrong, where a record holds several.
    #[arg(long)]
    replaces: Option<String>,
}

fn extraction(what: String) -> Extraction {
    Extraction { login: LOGIN.into(), what, why: "asked for on the command line".into() }
}

fn listed(hub: &Hub, search: &str, role: Option<&str>, what: &str) -> anyhow::Result<Vec<Listed>> {
    hub.project()?;
    let now = hub.now();
    let role = role.map(|role| Held { role, on: now.date_naive() });
    let question = |connection: &rusqlite::Connection| read::supporters(connection, search, role, None, 0);
    Ok(read::take_out(hub.database(), &extraction(what.into()), now.timestamp(), question)?)
}

pub(super) fn list(hub: &Hub, search: &str, role: Option<&str>, json: bool) -> anyhow::Result<()> {
    let found = listed(hub, search, role, "list")?;
    if json {
        let all: Vec<&Json> = found.iter().map(|supporter| &supporter.national).collect();
        print(&serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    let today = hub.now().date_naive();
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|supporter| {
            let chapters = words(&supporter.national["records"], "chapter");
            let roles: Vec<&str> = read::current_roles(&supporter.national, today).into_iter().collect();
            let roles = roles.join(",");
            vec![supporter.id.to_string(), supporter.display_name.clone(), roles, chapters]
        })
        .collect();
    table(&rows);
    eprintln!("{} supporters", found.len());
    Ok(())
}

fn words(list: &Json, field: &str) -> String {
    let mut words: Vec<&str> =
        list.as_array().into_iter().flatten().filter_map(|entry| entry[field].as_str()).collect();
    words.sort_unstable();
    words.dedup();
    words.join(",")
}

fn parse_id(id: &str) -> anyhow::Result<DocumentId> {
    id.parse().map_err(|_| Usage(format!("{id} is no id: 32 characters 0-9 a-f")).into())
}

pub(super) fn show(hub: &Hub, id: &str, json: bool) -> anyhow::Result<()> {
    let id = parse_id(id)?;
    hub.project()?;
    let now = hub.now().timestamp();
    let question =
        |connection: &rusqlite::Connection| Ok(read::supporter_file(connection, id)?.into_iter().collect());
    let found = read::take_out(hub.database(), &extraction(format!("card {id}")), now, question)?;
    let file = found
        .into_iter()
        .next()
        .ok_or_else(|| anyhow!("no supporter has the id {id}; `supporters` lists all"))?;
    let mut card = file.national;
    card["corrections"] = file.corrections.iter().map(correction).collect();
    if json {
        print(&serde_json::to_string_pretty(&card)?);
    } else {
        table(&lines(&card, &hub.office().country()));
    }
    Ok(())
}

/// A correction as JSON: which fields at which chapter, and what became of it.
fn correction(past: &PastCorrection) -> Json {
    let at = chrono::DateTime::from_timestamp(past.at, 0).unwrap_or_default();
    json!({
        "chapter": past.chapter,
        "fields": past.fields,
        "login": past.login,
        "source": past.source,
        "at": at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "outcome": past.outcome.as_deref().unwrap_or("waiting"),
    })
}

/// The card for a terminal: label, value, who says so.
fn lines(card: &Json, country: &Country) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let name = &card["name"];
    let whole: Vec<&str> =
        ["given", "family", "legal"].iter().filter_map(|part| name[*part].as_str()).collect();
    rows.push(vec!["name".into(), whole.join(" ")]);
    for (label, list) in [("email", "emails"), ("phone", "phones"), ("address", "addresses")] {
        for entry in card[list].as_array().into_iter().flatten() {
            let value = Phone::shown(&shown(&entry["value"]), country);
            rows.push(vec![label.to_owned(), value, words(&entry["sources"], "chapter")]);
        }
    }
    for role in card["roles"].as_array().into_iter().flatten() {
        rows.push(vec!["role".to_owned(), shown(&role["role"]), shown(&role["chapter"])]);
    }
    for conflict in card["conflicts"].as_array().into_iter().flatten() {
        for said in conflict["values"].as_array().into_iter().flatten() {
            let label = format!("disputed {}", shown(&conflict["field"]));
            let value = Phone::shown(&shown(&said["value"]), country);
            rows.push(vec![label, value, words(&said["sources"], "chapter")]);
        }
    }
    for past in card["corrections"].as_array().into_iter().flatten() {
        let label = format!("corrected {}", words_of(&past["fields"]));
        rows.push(vec![label, shown(&past["outcome"]), shown(&past["chapter"])]);
    }
    rows
}

fn words_of(list: &Json) -> String {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).collect::<Vec<_>>().join(",")
}

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(parts) => {
            let words: Vec<String> = ["street", "postcode", "city", "country"]
                .iter()
                .filter_map(|part| parts.get(*part).map(shown))
                .filter(|word| !word.is_empty())
                .collect();
            words.join(", ")
        }
        Json::Number(number) => number.to_string(),
        Json::Null | Json::Bool(_) | Json::Array(_) => String::new(),
    }
}

pub(super) fn correct(hub: &Hub, arguments: CorrectArguments) -> anyhow::Result<()> {
    let source = Source::from_code(&arguments.source.replace('-', "_"))
        .ok_or_else(|| Usage("--source is supporter or returned-post: who told the office".into()))?;
    if !crate::national::FIELDS.contains(&arguments.field.as_str()) {
        return Err(Usage(format!("the office corrects {} only", crate::national::FIELDS.join(", "))).into());
    }
    let id = parse_id(&arguments.id)?;
    hub.project()?;
    let correction = Correction {
        field: arguments.field,
        value: arguments.value,
        replaces: arguments.replaces,
        source,
        login: LOGIN.into(),
    };
    let outcome = hub.correct(id, &correction)?;
    hub.project()?;
    match outcome.chapters.len() + outcome.office {
        0 if outcome.same > 0 => eprintln!("Every record says that already; nothing was sent."),
        0 => anyhow::bail!(
            "no chapter shares this field of this supporter: what is not shared cannot be corrected"
        ),
        count => eprintln!("Corrected in {count} record(s); each chapter gets it when it next connects."),
    }
    Ok(())
}

pub(super) fn export(hub: &Hub, format: ExportFormat, out: Option<&Path>) -> anyhow::Result<()> {
    let found = listed(hub, "", None, &format!("export {}", format.name()))?;
    let text = files::export(format, &found)?;
    match out {
        Some(path) => {
            private_file::write(path, text.as_bytes())
                .with_context(|| format!("{} cannot be written", path.display()))?;
            eprintln!("{} supporters written to {}", found.len(), path.display());
        }
        None => print(text.trim_end_matches('\n')),
    }
    Ok(())
}
