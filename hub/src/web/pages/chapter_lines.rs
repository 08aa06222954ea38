//! A chapter as the screens show it, in the list and in full.

use chrono::{DateTime, Utc};
use helhet_shared::supporter::Role;
use helhet_shared::web::Texts;

use super::front::{SILENT_DAYS, moment};
use crate::read::{ChapterCard, ChapterFile, ChapterNeed, DeviceCard, corrected_fields};
use helhet_shared::id::DocumentId;

/// A chapter in the list.
#[derive(Debug, Clone)]
pub(crate) struct ChapterLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) seen: String,
    pub(crate) silent: bool,
    pub(crate) supporters: u64,
    pub(crate) entries: u64,
    pub(crate) devices: usize,
    pub(crate) waiting: usize,
    pub(crate) refused: u64,
}

impl ChapterLine {
    pub(crate) fn of(need: &ChapterNeed, t: &Texts, now: DateTime<Utc>) -> Self {
        Self {
            id: need.card.id.clone(),
            name: need.card.name.clone(),
            seen: seen(&need.card, t, now),
            silent: is_silent(&need.card, now),
            supporters: need.card.supporters,
            entries: need.card.entries,
            devices: need.card.devices.len(),
            waiting: need.corrections,
            refused: need.refused,
        }
    }
}

/// One chapter in full.
#[derive(Debug, Clone)]
pub(crate) struct ChapterFacts {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) seen: String,
    pub(crate) silent: bool,
    pub(crate) joined: bool,
    /// "482 913".
    pub(crate) code: String,
    pub(crate) supporters: u64,
    pub(crate) entries: u64,
    /// What the chapter says of itself: all supporters, and role code by count.
    pub(crate) said_supporters: u32,
    pub(crate) figures: Vec<(&'static str, u32)>,
    pub(crate) agreements: Vec<String>,
    pub(crate) devices: Vec<DeviceLine>,
    pub(crate) waiting: Vec<WaitingLine>,
    pub(crate) refused: Vec<(String, u64)>,
}

#[derive(Debug, Clone)]
pub(crate) struct DeviceLine {
    pub(crate) name: String,
    pub(crate) fingerprint: String,
    pub(crate) seen: String,
    pub(crate) entry: u64,
    /// When it last held the same as the office, or that it does not.
    pub(crate) same: String,
    pub(crate) until: String,
    /// How often its store began a new life; empty for never.
    pub(crate) begun_anew: String,
}

/// A correction that the chapter has not taken.
#[derive(Debug, Clone)]
pub(crate) struct WaitingLine {
    pub(crate) supporter: String,
    pub(crate) words: String,
}

impl ChapterFacts {
    pub(crate) fn of(file: &ChapterFile, t: &Texts, now: DateTime<Utc>) -> Self {
        let card = &file.card;
        let held = |role: &Role| (role.code(), file.figures.holding(*role));
        Self {
            id: card.id.clone(),
            name: card.name.clone(),
            seen: seen(card, t, now),
            silent: is_silent(card, now),
            joined: card.joined_at.is_some(),
            code: card.join_code.as_deref().map(grouped).unwrap_or_default(),
            supporters: card.supporters,
            entries: card.entries,
            said_supporters: file.figures.supporters(),
            figures: Role::ALL.iter().map(held).filter(|(_, count)| *count > 0).collect(),
            agreements: agreements(file, t),
            devices: card.devices.iter().map(|device| device_line(device, t, now)).collect(),
            waiting: waiting(file, t),
            refused: file.refused.clone(),
        }
    }
}

/// Six digits as people read them out.
fn grouped(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(first), Some(last)) => format!("{first} {last}"),
        _ => code.to_owned(),
    }
}

fn seen(card: &ChapterCard, t: &Texts, now: DateTime<Utc>) -> String {
    match card.last_seen.as_deref().and_then(moment) {
        Some(at) => t.ago(at, now),
        None if card.joined_at.is_none() => t.get("chapter-not-joined").to_string(),
        None => t.get("chapter-never-seen").to_string(),
    }
}

fn is_silent(card: &ChapterCard, now: DateTime<Utc>) -> bool {
    let at = card.last_seen.as_deref().and_then(moment);
    at.is_some_and(|at| now - at > chrono::Duration::days(SILENT_DAYS))
}

fn agreements(file: &ChapterFile, t: &Texts) -> Vec<String> {
    let line = |accepted: &helhet_shared::gate::AcceptedAgreement| {
        let date = t.iso(&accepted.accepted_at.to_string());
        let text = t.get("chapter-accepted").arg("version", accepted.version).arg("date", date).to_string();
        let key = if accepted.members_signed { "chapter-signed" } else { "chapter-not-signed" };
        format!("{text} {}", t.get(key))
    };
    file.figures.accepted().iter().map(line).collect()
}

fn device_line(device: &DeviceCard, t: &Texts, now: DateTime<Utc>) -> DeviceLine {
    DeviceLine {
        name: device.name.clone(),
        fingerprint: device.fingerprint.clone(),
        seen: moment(&device.last_seen).map(|at| t.ago(at, now)).unwrap_or_default(),
        entry: device.entry,
        same: match (&device.differs_since, device.last_agreed.as_deref().and_then(moment)) {
            (Some(_), _) => t.get("device-differs").to_string(),
            (None, Some(at)) => t.ago(at, now),
            (None, None) => t.get("device-not-compared").to_string(),
        },
        until: t.iso(&device.certificate_until),
        begun_anew: match device.begun_anew {
            0 => String::new(),
            count => t.get("device-begun-anew").arg("count", count).to_string(),
        },
    }
}

fn waiting(file: &ChapterFile, t: &Texts) -> Vec<WaitingLine> {
    let line = |row: &crate::store::corrections::CorrectionRow| {
        let fields: Vec<String> =
            corrected_fields(&row.edits).iter().map(|field| t.code("field", field)).collect();
        let at = DateTime::from_timestamp(row.at, 0).unwrap_or_default();
        let words = t
            .get("correction-line")
            .arg("fields", fields.join(", "))
            .arg("login", &row.login)
            .arg("date", t.date(at.date_naive()))
            .arg("source", t.code("said-by", &row.source))
            .to_string();
        WaitingLine { supporter: DocumentId::from_bytes(row.document).to_string(), words }
    };
    file.corrections.iter().map(line).collect()
}
