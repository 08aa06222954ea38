//! What only peer support reads: it lies in the log as it travels, sealed, and nowhere else. Who holds the peer-support key
//! opens it for one look or one edit; everybody else passes it on, and erases it, without a word of it.
//!
//! Each edit has an actor of its own, so that what two lives of this store wrote never claims the same numbers: a life that
//! parts from its copy signs it again as it stands, whoever sits before the computer.
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use chrono::{DateTime, Utc};
use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::{Body, Change, ChangeKind};
use helhet_protocol::seal::{EpochId, EpochSecret, Place, SealKey};
use helhet_shared::document::{
    ChangeBody, Content, DecodedOperation, Document, DocumentError, Edit, Limits, decode,
};
use helhet_shared::id::{ActorId, DocumentId, Generation};
use helhet_shared::sqlite::Id;
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::sealed::{body_in, secret_of};
use super::{Deed, WriteError};
use crate::store::keyring::{self, OfDocument};
use crate::store::{StoreError, identity};
#[cfg(feature = "planted-bug")]
use helhet_shared::planted_bug::{Bug, is_planted};

/// Opens what is there, with the keys of who asks.
pub(crate) struct Opener<'c> {
    connection: &'c Connection,
    chapter: Id,
    keys: Vec<SealKey>,
    secrets: RefCell<BTreeMap<EpochId, Option<EpochSecret>>>,
}

impl<'c> Opener<'c> {
    pub(crate) fn new(connection: &'c Connection, chapter: Id, keys: Vec<SealKey>) -> Opener<'c> {
        Opener { connection, chapter, keys, secrets: RefCell::default() }
    }

    /// A document as it is now. What does not open with these keys, or is nothing that a document can bear, is left out.
    pub(crate) fn open(&self, id: DocumentId) -> Result<Opened, StoreError> {
        let mut parts: BTreeMap<(u32, u64), Vec<ChangeBody>> = BTreeMap::new();
        for change in keyring::of_document(self.connection, id.as_bytes(), Zone::Confidential.code())? {
            let body = self.body(id, &change)?;
            let generation = (change.generation.number, change.generation.random);
            parts.entry(generation).or_default().extend(body);
        }
        let highest = parts.keys().next_back().map_or(0, |(number, _)| *number);
        let live = parts.into_iter().filter(|((number, _), _)| *number == highest);
        let part = |((number, random), bodies)| Part::of(Generation { number, random }, bodies);
        Ok(Opened::of(live.map(part).collect()))
    }

    fn body(&self, id: DocumentId, change: &OfDocument) -> Result<Option<ChangeBody>, StoreError> {
        if !change.is_sealed {
            return Ok(Some(ChangeBody(change.body.clone())));
        }
        let place = Place {
            chapter: self.chapter,
            zone: Zone::Confidential.code(),
            document: *id.as_bytes(),
            generation: change.generation,
        };
        let author = PublicKey(change.author);
        let opened = body_in(self.connection, &place, &author, &change.body, |epoch| self.secret(epoch));
        match opened {
            Ok(body) => Ok(Some(body).filter(|body| decode(body.as_bytes(), &Limits::WIRE).is_ok())),
            Err(WriteError::Store(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn secret(&self, epoch: &EpochId) -> Result<Option<EpochSecret>, WriteError> {
        if let Some(known) = self.secrets.borrow().get(epoch) {
            return Ok(known.clone());
        }
        let secret = secret_of(self.connection, &self.chapter, Zone::Confidential, epoch, &self.keys)?;
        self.secrets.borrow_mut().insert(*epoch, secret.clone());
        Ok(secret)
    }
}

/// A document, opened. Two devices that each wrote the first word of it while apart began a generation each: all of those count.
pub(crate) struct Opened {
    parts: Vec<Part>,
}

pub(super) struct Part {
    generation: Generation,
    document: Document,
    /// What was written upon a change that is gone, as a removed device's is: it stands where nothing else was ever said.
    adrift: Vec<DecodedOperation>,
}

impl Opened {
    pub(super) fn of(parts: Vec<Part>) -> Opened {
        Opened { parts }
    }

    pub(crate) fn content(&self) -> Content {
        let mut content = Content::new();
        for (key, values) in self.parts.iter().flat_map(Part::content) {
            let all = content.entry(key).or_default();
            all.extend(values);
            all.sort();
            all.dedup();
        }
        content
    }

    /// The changes that these edits are, each with its generation; `fresh` is one to begin where there is none.
    pub(super) fn edit(
        &mut self,
        edits: &[Edit],
        fresh: Generation,
        now: DateTime<Utc>,
    ) -> Vec<(Generation, ChangeBody)> {
        if self.parts.is_empty() {
            self.parts.push(Part::of(fresh, Vec::new()));
        }
        let last = self.parts.len() - 1;
        let mut changes = Vec::new();
        for (place, part) in self.parts.iter_mut().enumerate() {
            let content = part.content();
            let is_here = |edit: &&Edit| match edit.value {
                Some(_) => place == last,
                None => content.contains_key(&edit.key),
            };
            let here: Vec<Edit> = edits.iter().filter(is_here).cloned().collect();
            if here.is_empty() {
                continue;
            }
            // Said once more by who edits, so that a later word can take it back.
            let adrift = part.adrift_edits();
            part.adrift.clear();
            let said = [part.document.edit(&adrift, now), part.document.edit(&here, now)];
            changes.extend(said.into_iter().flatten().map(|body| (part.generation, body)));
        }
        changes
    }
}

impl Part {
    /// In any order: what a change builds on may have come after it.
    pub(super) fn of(generation: Generation, bodies: Vec<ChangeBody>) -> Part {
        let mut document = Document::new(ActorId::random(&mut rand::rng()));
        let (mut waiting, mut adrift) = (bodies, Vec::new());
        loop {
            let before = waiting.len();
            waiting.retain(|body| match document.apply(std::slice::from_ref(body)) {
                Ok(_) => false,
                Err(DocumentError::MissingDependency) => true,
                Err(_) => {
                    adrift.push(body.clone());
                    false
                }
            });
            if waiting.len() == before {
                break;
            }
        }
        adrift.append(&mut waiting);
        let operations = adrift.iter().filter_map(|body| decode(body.as_bytes(), &Limits::WIRE).ok());
        let adrift = operations.flat_map(|change| change.operations).collect();
        Part { generation, document, adrift }
    }

    fn content(&self) -> Content {
        let mut content = self.document.content();
        for edit in self.adrift_edits() {
            match edit.value {
                Some(value) => drop(content.insert(edit.key, vec![value])),
                None => drop(content.remove(&edit.key)),
            }
        }
        content
    }

    /// Taking away counts always.
    fn adrift_edits(&self) -> Vec<Edit> {
        if self.adrift.is_empty() {
            return Vec::new();
        }
        let said: BTreeSet<String> = self.document.past().into_iter().flat_map(|past| past.keys).collect();
        let counts =
            |operation: &&DecodedOperation| operation.value.is_none() || !said.contains(&operation.key);
        let edit = |operation: &DecodedOperation| Edit {
            key: operation.key.clone(),
            value: operation.value.clone(),
        };
        self.adrift.iter().filter(counts).map(edit).collect()
    }
}

impl Deed<'_> {
    /// Whether there is anything of a document, for those too who cannot read it.
    pub(super) fn has_confidential(&self, id: DocumentId) -> Result<bool, WriteError> {
        let here = keyring::of_document(self.transaction, id.as_bytes(), Zone::Confidential.code())?;
        Ok(!here.is_empty() || self.confidential.contains_key(&id))
    }

    /// What a document says.
    ///
    /// # Errors
    /// [`WriteError::Closed`] where this deed is not done by who holds the peer-support key.
    pub(super) fn confidential(&mut self, id: DocumentId) -> Result<Content, WriteError> {
        Ok(self.opened_confidential(id)?.content())
    }

    pub(super) fn edit_confidential(&mut self, id: DocumentId, edits: &[Edit]) -> Result<(), WriteError> {
        let now = self.now;
        let fresh = self.fresh_generation(id)?;
        let changes = self.opened_confidential(id)?.edit(edits, fresh, now);
        for (generation, body) in changes {
            self.enter(Zone::Confidential, id, generation, vec![body])?;
        }
        Ok(())
    }

    fn opened_confidential(&mut self, id: DocumentId) -> Result<&mut Opened, WriteError> {
        let keys = self.keys_of(Zone::Confidential)?;
        if keys.is_empty() {
            return Err(WriteError::Closed);
        }
        let opener = Opener::new(self.transaction, *self.identity.chapter.as_bytes(), keys);
        Ok(match self.confidential.entry(id) {
            Entry::Occupied(opened) => opened.into_mut(),
            Entry::Vacant(none) => none.insert(opener.open(id)?),
        })
    }

    /// As `part_sealed`, without opening anything.
    pub(super) fn part_confidential(&mut self, forked: log::LogId, common: u64) -> Result<bool, WriteError> {
        let again = keyring::live_after(self.transaction, &forked, common)?;
        self.incarnation = identity::begin_life(self.transaction)?;
        cut::cut(self.transaction, &forked, common)?;
        #[cfg(feature = "planted-bug")]
        let again = if is_planted(Bug::OtherLifeIsDropped) { Vec::new() } else { again };
        self.sign(Zone::Confidential, again)?;
        Ok(true)
    }

    /// What stood open in the log, before there was sealing, as it is to be sealed.
    pub(super) fn open_confidential_past(&self) -> Result<Vec<Change>, WriteError> {
        let all = keyring::open_bodies(
            self.transaction,
            self.identity.chapter.as_bytes(),
            Zone::Confidential.code(),
        )?;
        let change = |(document, generation, body)| Change {
            kind: ChangeKind::Automerge,
            document,
            generation,
            body: Body::Open(body),
        };
        Ok(all.into_iter().map(change).collect())
    }
}
