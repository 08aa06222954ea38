//! `link`, `erasures`, `reports`, `backup`, `restore`, `doctor`.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use data_encoding::HEXLOWER;
use helhet_shared::erasures::Erasure;
use serde_json::json;

use super::output::{print, table};
use crate::files;
use crate::hub::Hub;
use crate::linking::ExactLinker;
use crate::read::{register, waiting};
use crate::store::{StoreError, erasures as stored, projections, reports as history};

pub(super) fn link(file: &Path, out: &Path) -> anyhow::Result<()> {
    let lines = files::link_file(&ExactLinker, file)?;
    let unwritable = || format!("{} cannot be written", out.display());
    let mut writer = csv::Writer::from_path(out).with_context(unwritable)?;
    for line in &lines {
        writer.write_record(line).with_context(unwritable)?;
    }
    writer.flush().with_context(unwritable)?;
    let entities: std::collections::BTreeSet<&String> =
        lines.iter().skip(1).map(|[_, entity]| entity).collect();
    eprintln!("{} records are {} entities", lines.len() - 1, entities.len());
    Ok(())
}

pub(super) fn erasures(hub: &Hub, as_json: bool) -> anyhow::Result<()> {
    let rows = hub.database().read(|connection| stored::list(connection).map_err(StoreError::from))?;
    let names = hub
        .database()
        .read(|connection| crate::store::chapters::list(connection).map_err(StoreError::from))?;
    let name = |id: &[u8; 16]| {
        let found = names.iter().find(|chapter| chapter.id.as_bytes() == id);
        found.map_or_else(|| HEXLOWER.encode(id), |chapter| chapter.name.clone())
    };
    let owing = hub.database().read(|connection| register(connection, hub.now().timestamp()))?;
    let of = |row: &stored::ErasureRow| owing.get(&(row.chapter, row.document_hash));
    let what = |floor: u32| if floor == u32::MAX { "erased" } else { "narrowed" };
    let waiting = hub.database().read(|connection| waiting(connection))?;
    if as_json {
        let held = waiting.iter().map(|one| {
            json!({
                "number": one.number.in_full(), "chapter": name(&one.chapter), "what": "waits",
                "received_at": time(one.since),
            })
        });
        let all: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({
                    "tombstone": HEXLOWER.encode(&row.tombstone),
                    "chapter": name(&row.chapter),
                    "what": what(row.floor),
                    "received_at": time(row.received_at),
                    "receipt_at": row.receipted_at.map(time),
                    "number": of(row).map(|erasure| erasure.number.in_full()),
                    "owed_by": of(row).into_iter().flat_map(Erasure::owing).flatten().collect::<Vec<_>>(),
                    "office_record": row.office_record.map(|id| HEXLOWER.encode(&id)),
                })
            })
            .chain(held)
            .collect();
        print(&serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    let mut lines = vec![
        ["chapter", "what", "received", "receipt", "owed by", "left for the office"]
            .map(str::to_owned)
            .to_vec(),
    ];
    lines.extend(rows.iter().map(|row| {
        vec![
            name(&row.chapter),
            what(row.floor).to_owned(),
            time(row.received_at),
            row.receipted_at.map_or_else(|| "owed".to_owned(), time),
            of(row).into_iter().flat_map(Erasure::owing).flatten().collect::<Vec<_>>().join(", "),
            row.office_record.map_or_else(String::new, |id| HEXLOWER.encode(&id)),
        ]
    }));
    lines.extend(waiting.iter().map(|one| {
        let chapter = name(&one.chapter);
        vec![chapter, "waits for a second word".to_owned(), time(one.since), "-".to_owned()]
    }));
    table(&lines);
    Ok(())
}

pub(super) fn reports(hub: &Hub, as_json: bool) -> anyhow::Result<()> {
    let rows =
        hub.database().read(|connection| history::newest(connection, u32::MAX).map_err(StoreError::from))?;
    if as_json {
        print(&serde_json::to_string_pretty(&rows)?);
        return Ok(());
    }
    let lines: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| vec![time(row.at), row.login, row.what, row.how_many.to_string(), row.why])
        .collect();
    table(&lines);
    Ok(())
}

pub(super) fn backup(hub: &Hub, out: &Path, keys: Option<&Path>) -> anyhow::Result<()> {
    files::backup(hub, out)?;
    eprintln!(
        "Everything is in {} but the keys of what the chapters keep sealed. It holds the hub's key and all supporters: keep \
         it as you keep those.",
        out.display()
    );
    match keys {
        Some(keys) => {
            files::backup_keys(hub, keys)?;
            eprintln!(
                "The keys are in {}, over those of before. Keep this one file and no older copy of it: that would open what \
                 was erased since.",
                keys.display()
            );
        }
        None => eprintln!(
            "Chapters give their keys back when they connect. For one that has lost all its computers by then, write them \
             too: backup --out FILE --keys FILE"
        ),
    }
    Ok(())
}

pub(super) fn restore(file: &Path, keys: Option<&Path>, folder: &Path) -> anyhow::Result<()> {
    files::restore(file, keys, folder, &mut rand::rng())?;
    eprintln!("Restored. Chapters send what this backup lacks when they next connect, erasures first.");
    Ok(())
}

pub(super) fn doctor(hub: &Hub, rebuild: bool, anonymized: bool, as_json: bool) -> anyhow::Result<()> {
    let damage = hub.database().damage()?;
    let lost = hub.check_contents()?;
    let same = if rebuild { Some(hub.rebuild()?) } else { None };
    let (lag, owed, counts) = hub.database().read(|connection| {
        let lag = projections::lag(connection)?;
        let owed = stored::owed(connection, u32::MAX)?.len();
        Ok::<_, StoreError>((lag, owed, crate::store::table_counts(connection)?))
    })?;
    let until =
        hub.office().chain.certificate.unverified().map(|certificate| certificate.not_after).unwrap_or(0);
    let expired = until < hub.now().timestamp();
    let found = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "damage": if anonymized { json!(damage.len()) } else { json!(damage) },
        "changes_damaged": lost,
        "changes_to_project": lag,
        "receipts_owed": owed,
        "certificate_until": time(until),
        "rebuilt_equal": same,
        "rows": counts,
    });
    if as_json || anonymized {
        print(&serde_json::to_string_pretty(&found)?);
    } else {
        let rows: Vec<Vec<String>> = found
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| vec![key.clone(), value.to_string()])
            .collect();
        table(&rows);
    }
    if damage.is_empty() && lost > 0 {
        return Err(anyhow!(
            "{lost} changes lack their contents, which were damaged or not in the backup: each chapter gives back its own when it \
             next connects; look again then"
        ));
    }
    match (damage.is_empty(), same, expired) {
        (false, _, _) => Err(anyhow!("the database is damaged: restore a backup into a new folder")),
        (true, Some(false), _) => Err(anyhow!("the projections were not what the log says; they are now")),
        (true, _, true) => {
            Err(anyhow!("the hub's certificate has expired: the office's recovery phrase makes a new one"))
        }
        (true, _, false) => Ok(()),
    }
}

fn time(seconds: i64) -> String {
    let moment = chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
