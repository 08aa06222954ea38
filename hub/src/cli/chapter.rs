//! `chapter add | list | invite | show`. `add` and `invite` print the invite alone on stdout.

use anyhow::anyhow;
use clap::Subcommand;

use super::output::{print, table};
use crate::hub::Hub;
use crate::read::{self, ChapterCard};
use crate::store::settings::{self, Setting};

#[derive(Subcommand, Debug)]
pub(super) enum ChapterCommand {
    /// Adds a chapter and prints the invite for its first device.
    Add { name: String },
    /// All chapters.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Prints a new invite.
    Invite { name: String },
    /// One chapter: devices, last seen, up to which entry.
    Show {
        name: String,
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(hub: &Hub, command: ChapterCommand) -> anyhow::Result<()> {
    match command {
        ChapterCommand::Add { name } => {
            let invite = hub.add_chapter(&name)?;
            advise(hub)?;
            print(&invite.to_string());
        }
        ChapterCommand::Invite { name } => {
            let invite = hub.invite(&name)?;
            advise(hub)?;
            print(&invite.to_string());
        }
        ChapterCommand::List { json } => list(&cards(hub)?, json)?,
        ChapterCommand::Show { name, json } => {
            let card =
                hub.database().read(|connection| read::chapter_card(connection, hub.office(), &name))?;
            let card =
                card.ok_or_else(|| anyhow!("there is no chapter named {name}; `chapter list` shows all"))?;
            show(&card, json)?;
        }
    }
    Ok(())
}

fn advise(hub: &Hub) -> anyhow::Result<()> {
    eprintln!(
        "Send this invite to the chapter. It is good once, for 72 hours; who has it can join as the chapter."
    );
    let address = hub.database().read(|connection| {
        settings::text(connection, Setting::PublicAddress).map_err(crate::store::StoreError::from)
    })?;
    if address.is_none() {
        eprintln!(
            "It names {}, where this computer alone can reach the hub: run `serve --public HOST:PORT` first.",
            crate::chapters::DEFAULT_ADDRESS
        );
    }
    Ok(())
}

fn cards(hub: &Hub) -> anyhow::Result<Vec<ChapterCard>> {
    Ok(hub.database().read(|connection| read::chapter_cards(connection, hub.office()))?)
}

fn list(cards: &[ChapterCard], json: bool) -> anyhow::Result<()> {
    if json {
        print(&serde_json::to_string_pretty(cards)?);
        return Ok(());
    }
    let mut rows = vec![
        ["name", "last seen", "devices", "entries", "supporters", "refused"].map(str::to_owned).to_vec(),
    ];
    rows.extend(cards.iter().map(|card| {
        vec![
            card.name.clone(),
            card.last_seen.clone().unwrap_or_else(|| "has not joined".into()),
            card.devices.len().to_string(),
            card.entries.to_string(),
            card.supporters.to_string(),
            card.refused.to_string(),
        ]
    }));
    table(&rows);
    Ok(())
}

fn show(card: &ChapterCard, json: bool) -> anyhow::Result<()> {
    if json {
        print(&serde_json::to_string_pretty(card)?);
        return Ok(());
    }
    let or = |value: &Option<String>, other: &str| value.clone().unwrap_or_else(|| other.to_owned());
    let mut rows = vec![
        vec!["name".into(), card.name.clone()],
        vec!["id".into(), card.id.clone()],
        vec!["joined".into(), or(&card.joined_at, "not yet")],
        vec!["last seen".into(), or(&card.last_seen, "never")],
        vec!["code".into(), or(&card.join_code, "-")],
        vec!["entries".into(), card.entries.to_string()],
        vec!["supporters".into(), card.supporters.to_string()],
        vec!["refused".into(), card.refused.to_string()],
    ];
    rows.extend(card.devices.iter().map(|device| {
        let same = match (&device.differs_since, &device.last_agreed) {
            (Some(since), _) => format!("holds something else than the hub since {since}"),
            (None, Some(at)) => format!("held the same as the hub at {at}"),
            (None, None) => "not compared with the hub yet".to_owned(),
        };
        let seen = format!(
            "{} ({}), last seen {}, up to entry {}, {same}, certificate until {}",
            device.name, device.fingerprint, device.last_seen, device.entry, device.certificate_until
        );
        vec!["device".into(), seen]
    }));
    table(&rows);
    Ok(())
}
