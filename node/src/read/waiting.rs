//! Erasures that wait for a second word: who would erase whom.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::erasures::Number;
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::held as words;
use helhet_shared::supporter::Supporter;

use crate::store::identity::Identity;
use crate::store::{Store, StoreError, members, register};
use crate::write::held;

/// An erasure that waits. The supporter is shown nowhere else meanwhile.
#[derive(Clone, PartialEq, Eq)]
pub struct WaitingErasure {
    pub number: Number,
    /// Since when it waits here.
    pub since: DateTime<Utc>,
    /// The device that would erase, and what it is called.
    pub device: PublicKey,
    pub by: String,
    /// This device is it: another one, or the recovery phrase, has to say so too.
    pub is_own: bool,
    pub name: String,
}

/// Personal data stays out of logs and test output.
impl std::fmt::Debug for WaitingErasure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WaitingErasure({}, {})", self.number, self.by)
    }
}

/// How many supporters that concerns.
pub fn waiting_count(store: &Store, identity: &Identity) -> Result<usize, StoreError> {
    store.database().read(|connection| {
        let hidden = words::hidden(connection, identity.chapter.as_bytes())?;
        let subjects: BTreeSet<_> = hidden.into_iter().map(|(_, subject)| subject).collect();
        Ok(subjects.len())
    })
}

/// All that wait, by who would erase and by name.
pub fn waiting_erasures(store: &Store, identity: &Identity) -> Result<Vec<WaitingErasure>, StoreError> {
    let chapter = identity.chapter.as_bytes();
    store.database().read(|connection| {
        let hidden = words::hidden(connection, chapter)?;
        let subjects: BTreeMap<_, _> =
            hidden.into_iter().map(|(document, subject)| (document_hash(&document), subject)).collect();
        let devices = members::all(connection, chapter)?;
        let mut all: BTreeMap<Number, WaitingErasure> = BTreeMap::new();
        for (word, at) in
            words::of_chapter(connection, chapter)?.into_iter().filter(|(word, _)| !word.takes_back)
        {
            let Some(subject) = subjects.get(&word.document_hash) else { continue };
            let signed = Signed::<Tombstone>::from_bytes(&word.signed);
            let signed = signed.map_err(|_| StoreError::Damaged { what: "a tombstone" })?;
            let Some((_, erased)) = register::entry(&signed, at) else { continue };
            let record = held::live(connection, DocumentId::from_bytes(*subject))?;
            let name = record.map(|record| {
                Supporter::from_content(DocumentId::from_bytes(*subject).into(), &record.document.content())
                    .display_name()
            });
            let by = devices.iter().find(|device| device.key.0 == word.authority);
            all.entry(Number(erased.number)).or_insert(WaitingErasure {
                number: Number(erased.number),
                since: DateTime::from_timestamp(at, 0).unwrap_or_default(),
                device: PublicKey(word.authority),
                by: by.map_or_else(|| identity.device_name.clone(), |device| device.certificate.name.clone()),
                is_own: word.authority == identity.device.public().0,
                name: name.unwrap_or_default(),
            });
        }
        let mut all: Vec<_> = all.into_values().collect();
        all.sort_by(|one, other| (&one.by, &one.name).cmp(&(&other.by, &other.name)));
        Ok(all)
    })
}
