//! The chapters page: when each was last seen, up to which entry, with which devices, and what it said of itself.

use chrono::{DateTime, SecondsFormat};
use helhet_shared::document::Content;
use helhet_shared::gate::Figures;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::{comparisons, log as stored};
use helhet_shared::zone::Zone;
use rusqlite::Connection;
use serde::Serialize;

use crate::office::Office;
use crate::project::materialise::Told;
use crate::store::chapters::{self, ChapterRow};
use crate::store::corrections::CorrectionRow;
use crate::store::devices::DeviceRow;
use crate::store::{StoreError, corrections, devices, projections, quarantine};

/// One chapter as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChapterCard {
    pub id: String,
    pub name: String,
    pub joined_at: Option<String>,
    pub last_seen: Option<String>,
    /// The six digits that the chapter's screen shows too, until somebody has compared them.
    pub join_code: Option<String>,
    /// Entries held of the chapter's own logs.
    pub entries: u64,
    /// Supporters that the chapter shares.
    pub supporters: u64,
    pub refused: u64,
    pub devices: Vec<DeviceCard>,
    /// The chapter's own documents (figures, the agreement it accepted), key by key.
    pub said: Vec<serde_json::Value>,
}

/// One device as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeviceCard {
    pub name: String,
    /// The key's first bytes, as people compare them.
    pub fingerprint: String,
    pub role: u8,
    pub certificate_until: String,
    pub first_seen: String,
    pub last_seen: String,
    /// The last entry held of its log; 0 for none.
    pub entry: u64,
    /// When it and the hub last held the same.
    pub last_agreed: Option<String>,
    /// When they last did not, if that is what was found last.
    pub differs_since: Option<String>,
    /// How often its store began a new life: it was restored from a backup, or a copy of it was used too.
    pub begun_anew: usize,
}

/// All chapters, by name.
pub fn chapter_cards(connection: &Connection, office: &Office) -> Result<Vec<ChapterCard>, StoreError> {
    chapters::list(connection)?.into_iter().map(|chapter| card(connection, office, chapter)).collect()
}

/// One chapter by its name.
pub fn chapter_card(
    connection: &Connection,
    office: &Office,
    name: &str,
) -> Result<Option<ChapterCard>, StoreError> {
    let found = chapters::find_by_name(connection, name)?;
    found.map(|chapter| card(connection, office, chapter)).transpose()
}

/// One chapter with everything the office knows of it.
#[derive(Clone, Debug)]
pub struct ChapterFile {
    pub card: ChapterCard,
    /// What it says of itself; all zero before it has said anything.
    pub figures: Figures,
    /// Corrections that it has not taken yet.
    pub corrections: Vec<CorrectionRow>,
    /// The rules by which changes were refused since the moment asked for, and how often.
    pub refused: Vec<(String, u64)>,
}

/// One chapter by its id; refusals count from `since` on, unix seconds.
pub fn chapter_file(
    connection: &Connection,
    office: &Office,
    id: ChapterId,
    since: i64,
) -> Result<Option<ChapterFile>, StoreError> {
    let Some(chapter) = chapters::find(connection, id)? else { return Ok(None) };
    let mut content = Content::new();
    for row in projections::chapter_documents(connection, id.as_bytes())? {
        content.extend(Told::from_json(&row.content)?.content());
    }
    let waiting = corrections::all_waiting(connection)?;
    Ok(Some(ChapterFile {
        card: card(connection, office, chapter)?,
        figures: Figures::from_content(&content),
        corrections: waiting.into_iter().filter(|row| row.chapter == *id.as_bytes()).collect(),
        refused: quarantine::rules_since(connection, id.as_bytes(), since)?,
    }))
}

fn card(connection: &Connection, office: &Office, chapter: ChapterRow) -> Result<ChapterCard, StoreError> {
    let id = *chapter.id.as_bytes();
    let positions = stored::positions(connection, &id, Zone::Shared.code())?;
    let own = office.key.public().0;
    let entry_of = |key: &[u8; 32]| {
        let logs = positions.iter().filter(|(log, _)| log.author == *key);
        logs.map(|(_, position)| position.sequence).sum::<u64>()
    };
    let lives_of = |key: &[u8; 32]| positions.keys().filter(|log| log.author == *key).count();
    let rows = devices::of_chapter(connection, chapter.id)?;
    let last_seen = rows.iter().map(|device| device.last_seen).max();
    let device_card = |device: DeviceRow| -> Result<DeviceCard, StoreError> {
        let compared = comparisons::of(connection, &device.key)?;
        Ok(DeviceCard {
            entry: entry_of(&device.key),
            fingerprint: helhet_protocol::identity::PublicKey(device.key).fingerprint(),
            name: device.name,
            role: device.role,
            certificate_until: time(device.not_after),
            first_seen: time(device.first_seen),
            last_seen: time(device.last_seen),
            last_agreed: compared.agreed_at.map(time),
            differs_since: compared.diverged_at.filter(|_| compared.differs()).map(time),
            begun_anew: lives_of(&device.key).saturating_sub(1),
        })
    };
    let devices = rows.into_iter().map(device_card).collect::<Result<_, StoreError>>()?;
    let said = projections::chapter_documents(connection, &id)?
        .into_iter()
        .map(|row| Ok(plain(&Told::from_json(&row.content)?)))
        .collect::<Result<_, StoreError>>()?;
    let theirs = positions.iter().filter(|(log, _)| log.author != own);
    Ok(ChapterCard {
        id: chapter.id.to_string(),
        name: chapter.name,
        joined_at: chapter.joined_at.map(time),
        last_seen: last_seen.map(time),
        join_code: chapter.join_code,
        entries: theirs.map(|(_, position)| position.sequence).sum(),
        supporters: projections::records_of_chapter(connection, &id)?.len() as u64,
        refused: quarantine::of_chapter(connection, &id)?.len() as u64,
        devices,
        said,
    })
}

/// A document as a JSON object: one value plain, several as a list.
fn plain(told: &Told) -> serde_json::Value {
    use helhet_shared::document::Value;
    let json = |value: &Value| match value {
        Value::Text(text) => serde_json::json!(text),
        Value::Int(number) => serde_json::json!(number),
        Value::Bool(yes) => serde_json::json!(yes),
    };
    let keys = told.0.iter().map(|(key, said)| {
        let value = match said.as_slice() {
            [(value, _)] => json(value),
            several => several.iter().map(|(value, _)| json(value)).collect(),
        };
        (key.clone(), value)
    });
    serde_json::Value::Object(keys.collect())
}

/// Unix seconds as RFC 3339.
pub(super) fn time(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}
