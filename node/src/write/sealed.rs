//! What only the chapter reads leaves this device sealed: here it is closed before it is signed, and opened when it comes
//! from another device, or back to this one.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::{Body, Change, ChangeKind, Generation};
use helhet_protocol::seal::{
    self, DocumentKey, Epoch, EpochId, EpochSecret, Place, SealError, SealKey, SealPublicKey, WrappedKey,
};
use helhet_shared::document::{ChangeBody, DocumentError, Limits, decode};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::sqlite::{Id, documents};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::held::{self, Held};
use super::{Deed, WriteError};
use crate::store::keyring::{self, Unopened};
use crate::store::{arrived, members, peer_support, settings};

/// The zones that only the chapter reads, in the order in which they are sent.
pub(crate) const SEALED: [Zone; 2] = [Zone::Chapter, Zone::Confidential];

/// Set once nothing unsealed is left of before: to look for it costs as much as the log is long.
const PAST_IS_SEALED: &str = "past_is_sealed";

/// Secrets of epochs of the chapter's zone, opened once for as long as the program runs. What only peer support reads is opened
/// by who holds the key to it, each time.
#[derive(Default)]
pub(super) struct Secrets(Mutex<BTreeMap<EpochId, EpochSecret>>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(hidden)")
    }
}

/// Keys that a deed has looked up or made.
pub(super) type DocumentKeys = BTreeMap<([u8; 16], Generation), DocumentKey>;

impl Deed<'_> {
    /// The changes as they are signed, and the keys that open them, for who may.
    pub(super) fn seal(&mut self, zone: Zone, changes: Vec<Change>) -> Result<Vec<Change>, WriteError> {
        let mut sealed = Vec::with_capacity(changes.len() + 1);
        let (epoch, secret) = match self.latest_epoch(zone)? {
            Some(known) => known,
            None => self.begin_epoch(zone, &mut sealed)?,
        };
        let author = self.identity.device.public();
        for change in changes {
            let Body::Open(body) = &change.body else {
                sealed.push(change);
                continue;
            };
            let place = self.place(zone, change.document, change.generation);
            let key = self.document_key(&place, epoch, &secret, &mut sealed)?;
            let body = seal::seal_body(&key, &epoch, &place, &author, body, &mut self.rng)?;
            sealed.push(Change { body: Body::Sealed(body), ..change });
        }
        Ok(sealed)
    }

    /// Begins a new epoch in every zone: what comes from now on is for those devices that are the chapter's now.
    pub(super) fn turn_epochs(&mut self) -> Result<(), WriteError> {
        for zone in SEALED {
            let mut told = Vec::new();
            self.begin_epoch(zone, &mut told)?;
            self.sign(zone, told)?;
        }
        Ok(())
    }

    /// Tells every epoch that opens here, and that somebody lacks who may read now, once more.
    pub(crate) fn tell_epochs(&mut self) -> Result<(), WriteError> {
        for zone in SEALED {
            let (mut told, to) = (Vec::new(), self.readers(zone)?);
            for epoch in keyring::epochs(self.transaction, self.identity.chapter.as_bytes(), zone.code())? {
                if self.is_told(&epoch, &to)? {
                    continue;
                }
                if let Some(secret) = self.secret(zone, &epoch)? {
                    told.push(self.told(zone, epoch, &secret, &to)?);
                }
            }
            if !told.is_empty() {
                self.sign(zone, told)?;
            }
        }
        Ok(())
    }

    /// Whether an epoch is told to all of these.
    fn is_told(&self, epoch: &EpochId, to: &[SealPublicKey]) -> Result<bool, WriteError> {
        let rows = keyring::told(self.transaction, epoch)?;
        let rows = rows.iter().filter_map(|body| Epoch::read(body).ok());
        let told: BTreeSet<SealPublicKey> = rows.flat_map(|row| row.wraps).map(|wrap| wrap.to).collect();
        Ok(to.iter().all(|reader| told.contains(reader)))
    }

    /// The latest epoch of a zone that opens here.
    fn latest_epoch(&self, zone: Zone) -> Result<Option<(EpochId, EpochSecret)>, WriteError> {
        for epoch in keyring::epochs(self.transaction, self.identity.chapter.as_bytes(), zone.code())? {
            if let Some(secret) = self.secret(zone, &epoch)? {
                return Ok(Some((epoch, secret)));
            }
        }
        Ok(None)
    }

    fn begin_epoch(
        &mut self,
        zone: Zone,
        told: &mut Vec<Change>,
    ) -> Result<(EpochId, EpochSecret), WriteError> {
        let (epoch, secret) = (rand::random(), EpochSecret::random(&mut self.rng));
        let to = self.readers(zone)?;
        told.push(self.told(zone, epoch, &secret, &to)?);
        self.secrets.keep(zone, epoch, &secret);
        Ok((epoch, secret))
    }

    fn told(
        &self,
        zone: Zone,
        epoch: EpochId,
        secret: &EpochSecret,
        to: &[SealPublicKey],
    ) -> Result<Change, WriteError> {
        let row = Epoch::seal(self.identity.chapter.as_bytes(), zone.code(), &epoch, secret, to)?;
        Ok(Change {
            kind: ChangeKind::Epoch,
            document: epoch,
            generation: Generation { number: 0, random: 0 },
            body: Body::Open(row.to_body()),
        })
    }

    /// Who may read a zone: the chapter's devices, or those on which peer support is read; and the paper.
    fn readers(&self, zone: Zone) -> Result<Vec<SealPublicKey>, WriteError> {
        let mut readers = match zone {
            Zone::Confidential => {
                members::confidential_keys(self.transaction, self.identity.chapter.as_bytes())?
            }
            Zone::Chapter | Zone::Shared | Zone::Published | Zone::Office => {
                members::seal_keys(self.transaction, self.identity.chapter.as_bytes())?
            }
        };
        readers.push(match zone {
            Zone::Confidential => peer_support::public(self.transaction)?,
            Zone::Chapter | Zone::Shared | Zone::Published | Zone::Office => {
                self.identity.device.seal_key().public()
            }
        });
        readers.extend(
            self.identity.chain.chapter_key.unverified().ok().and_then(|certificate| certificate.seal),
        );
        readers.sort_unstable();
        readers.dedup();
        Ok(readers)
    }

    /// What opens a zone here: of the confidential one, the key of who does this, if it is a holder's.
    pub(super) fn keys_of(&self, zone: Zone) -> Result<Vec<SealKey>, WriteError> {
        let own = match (zone, &self.peer_support) {
            (Zone::Confidential, Some(key)) => Some(key.clone()),
            (Zone::Confidential, None) => peer_support::waiting(self.transaction)?,
            _ => Some(self.identity.device.seal_key()),
        };
        Ok(own.into_iter().chain(self.paper.clone()).collect())
    }

    fn secret(&self, zone: Zone, epoch: &EpochId) -> Result<Option<EpochSecret>, WriteError> {
        if let Some(known) = self.secrets.known(zone, epoch) {
            return Ok(Some(known));
        }
        let (chapter, keys) = (self.identity.chapter.as_bytes(), self.keys_of(zone)?);
        let secret = secret_of(self.transaction, chapter, zone, epoch, &keys)?;
        if let Some(secret) = &secret {
            self.secrets.keep(zone, *epoch, secret);
        }
        Ok(secret)
    }

    fn document_key(
        &mut self,
        place: &Place,
        epoch: EpochId,
        secret: &EpochSecret,
        ring: &mut Vec<Change>,
    ) -> Result<DocumentKey, WriteError> {
        let name = (place.document, place.generation);
        if let Some(key) = self.document_keys.get(&name) {
            return Ok(key.clone());
        }
        let rows = keyring::keys(self.transaction, &place.document, place.generation)?;
        let known = rows.iter().filter_map(|body| WrappedKey::read(body).ok());
        let known = known.filter(|row| row.epoch == epoch).find_map(|row| row.unwrap(place, secret).ok());
        let key = match known {
            Some(key) => key,
            None => {
                let key = DocumentKey::random(&mut self.rng);
                let row = key.wrap(place, epoch, secret, &mut self.rng);
                ring.push(Change {
                    kind: ChangeKind::Key,
                    document: place.document,
                    generation: place.generation,
                    body: Body::Open(row.to_body()),
                });
                key
            }
        };
        self.document_keys.insert(name, key.clone());
        Ok(key)
    }

    pub(super) fn place(&self, zone: Zone, document: [u8; 16], generation: Generation) -> Place {
        Place { chapter: *self.identity.chapter.as_bytes(), zone: zone.code(), document, generation }
    }

    /// Opens some of what came sealed, in order of arrival; call again until it gives 0. Only when all zones are caught up.
    pub fn open_some(&mut self) -> Result<usize, WriteError> {
        const AT_ONCE: u32 = 256;
        let some = keyring::untried(self.transaction, AT_ONCE)?;
        for unopened in &some {
            if self.open(unopened)? {
                keyring::opened(self.transaction, unopened.entry, unopened.position)?;
            } else {
                keyring::tried(self.transaction, unopened.entry, unopened.position)?;
            }
        }
        Ok(some.len())
    }

    /// Whether nothing remains to be done about it: it is in its document, or can never be.
    fn open(&mut self, unopened: &Unopened) -> Result<bool, WriteError> {
        let (Some(document), Some(sealed), Some(zone)) =
            (unopened.document, &unopened.body, Zone::from_code(unopened.zone))
        else {
            return Ok(true);
        };
        let place = self.place(zone, document, unopened.generation);
        let body = match self.opened(&place, zone, &PublicKey(unopened.author), sealed) {
            Ok(body) => body,
            Err(WriteError::Sealed(SealError::NotForUs | SealError::WrongKey | SealError::Algorithm)) => {
                return Ok(false);
            }
            Err(WriteError::Sealed(_)) => return Ok(true),
            Err(error) => return Err(error),
        };
        // A sibling is trusted with what it says; a document must bear it all the same.
        if decode(body.as_bytes(), &Limits::WIRE).is_err() {
            return Ok(true);
        }
        match self.take_opened(zone, &place, body) {
            Err(WriteError::Document(error)) if matches!(*error, DocumentError::MissingDependency) => {
                Ok(false)
            }
            Err(WriteError::Document(_)) => Ok(true),
            Err(error) => Err(error),
            Ok(()) => Ok(true),
        }
    }

    /// The change in a sealed body.
    pub(super) fn opened(
        &self,
        place: &Place,
        zone: Zone,
        author: &PublicKey,
        sealed: &[u8],
    ) -> Result<ChangeBody, WriteError> {
        body_in(self.transaction, place, author, sealed, |epoch| self.secret(zone, epoch))
    }

    fn take_opened(&mut self, zone: Zone, place: &Place, body: ChangeBody) -> Result<(), WriteError> {
        let id = DocumentId::from_bytes(place.document);
        let generation = helhet_shared::id::Generation {
            number: place.generation.number,
            random: place.generation.random,
        };
        let mut held = match held::exactly(self.transaction, id, generation)? {
            Some(held) if held.zone == zone => held,
            Some(_) => return Ok(()),
            None => Held::new(id, zone, generation, &mut self.rng),
        };
        held.document.apply(&[body])?;
        held.save(self.transaction, self.identity)?;
        self.came.insert(id.into());
        arrived::add(self.transaction, id)?;
        Ok(())
    }

    /// Logs from before there was sealing have never left this device. What they say is written again, sealed; the open
    /// ones go.
    pub(super) fn seal_the_past(&mut self) -> Result<(), WriteError> {
        if settings::read(self.transaction, PAST_IS_SEALED)?.is_some() {
            return Ok(());
        }
        for zone in SEALED {
            let chapter = *self.identity.chapter.as_bytes();
            if !keyring::has_open_bodies(self.transaction, &chapter, zone.code())? {
                continue;
            }
            // Of this there is nothing but the log.
            let confidential =
                if zone == Zone::Confidential { self.open_confidential_past()? } else { Vec::new() };
            for held in log::positions(self.transaction, &chapter, zone.code())?.keys() {
                cut::cut(self.transaction, held, 0)?;
            }
            if !confidential.is_empty() {
                let sealed = self.seal(zone, confidential)?;
                self.sign(zone, sealed)?;
            }
            let mut after = 0;
            loop {
                const AT_ONCE: u32 = 500;
                let some = documents::of_zone(self.transaction, &chapter, zone.code(), after, AT_ONCE)?;
                let Some((last, _)) = some.last() else { break };
                after = *last;
                for (_, stored) in some {
                    // What stood in the log is not to be told under the same names again.
                    let held = Held { actor: ActorId::random(&mut self.rng), ..held::held(&stored)? };
                    let changes = held.document.changes();
                    self.keep(held, changes)?;
                }
            }
            self.erased = true;
        }
        settings::write(self.transaction, PAST_IS_SEALED, b"1")?;
        Ok(())
    }
}

impl Secrets {
    fn known(&self, zone: Zone, epoch: &EpochId) -> Option<EpochSecret> {
        if zone == Zone::Confidential {
            return None;
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(epoch).cloned()
    }

    fn keep(&self, zone: Zone, epoch: EpochId, secret: &EpochSecret) {
        if zone != Zone::Confidential {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(epoch, secret.clone());
        }
    }
}

/// The secret of an epoch, if it was told to one of these keys.
pub(super) fn secret_of(
    connection: &Connection,
    chapter: &Id,
    zone: Zone,
    epoch: &EpochId,
    keys: &[SealKey],
) -> Result<Option<EpochSecret>, WriteError> {
    let rows = keyring::told(connection, epoch)?;
    let rows = rows.iter().filter_map(|body| Epoch::read(body).ok());
    let opened = |row: Epoch| keys.iter().find_map(|key| row.open(chapter, zone.code(), epoch, key).ok());
    Ok(rows.filter_map(opened).next())
}

/// The change in a sealed body, by the secret of its epoch.
pub(super) fn body_in(
    connection: &Connection,
    place: &Place,
    author: &PublicKey,
    sealed: &[u8],
    secret: impl FnOnce(&EpochId) -> Result<Option<EpochSecret>, WriteError>,
) -> Result<ChangeBody, WriteError> {
    let opened = seal::open_body(sealed, place, author, |epoch| -> Result<_, WriteError> {
        let Some(secret) = secret(epoch)? else { return Ok(Vec::new()) };
        let rows = keyring::keys(connection, &place.document, place.generation)?;
        let rows = rows.iter().filter_map(|body| WrappedKey::read(body).ok());
        Ok(rows.filter(|row| row.epoch == *epoch).filter_map(|row| row.unwrap(place, &secret).ok()).collect())
    })?;
    Ok(ChangeBody(opened.to_vec()))
}

impl From<SealError> for WriteError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLarge => WriteError::TooLarge,
            error @ (SealError::Algorithm
            | SealError::Malformed
            | SealError::WrongKey
            | SealError::NotForUs) => WriteError::Sealed(error),
        }
    }
}
