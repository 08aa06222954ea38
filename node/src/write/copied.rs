//! Two lives of one store have both written to one log: a disk image was put back, a computer was cloned, and nobody told
//! the program. What this life wrote after the last common entry cannot be sent as it stands, for the peer holds other
//! entries, and other changes of the same actors, under the same numbers. So it is taken out of the shared zone, and the
//! gate writes anew, in a new life of the log, what the chapter's record says and the peer lacks.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Hash, LogId, Tombstone};
use helhet_protocol::v1::Fork;
use helhet_shared::command;
use helhet_shared::document::ChangeBody;
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::sqlite::tombstones::ERASED;
use helhet_shared::sqlite::{StoredGeneration, documents, tombstones};
use helhet_shared::zone::Zone;

use super::held::{self, Held};
use super::{Deed, WriteError, agreement};
use crate::store::entries::{row_generation, stored_log};
use crate::store::exchange::HUB;
use crate::store::{arrived, copies, identity, owed, settings, supporters};

/// Of each log of ours, the last entry that stays.
type Kept = BTreeMap<log::LogId, u64>;
/// The changes that go, by the document's generation that they are of.
type Gone = BTreeMap<([u8; 16], StoredGeneration), BTreeSet<Hash>>;

impl Deed<'_> {
    /// Begins a new life after the last entry that the peer holds too, and writes there again what it lacks. False, and
    /// nothing done, where this store holds nothing after that entry: then there is nothing of ours to mend.
    pub fn part_from_copy(&mut self, fork: &Fork) -> Result<bool, WriteError> {
        let log = fork.log;
        let of_ours =
            log.author == self.identity.device.public() && log.chapter == *self.identity.chapter.as_bytes();
        let forked = stored_log(&log);
        let common = self.last_common(fork)?;
        let held = log::position(self.transaction, &forked)?.map_or(0, |held| held.sequence);
        let zone = Zone::from_code(log.zone);
        if !of_ours || held <= common {
            return Ok(false);
        }
        let done = match zone {
            Some(Zone::Shared) => self.part_shared(forked, common)?,
            Some(Zone::Chapter) => self.part_sealed(forked, common)?,
            Some(Zone::Confidential) => self.part_confidential(forked, common)?,
            Some(Zone::Published | Zone::Office) | None => false,
        };
        if done {
            copies::meet(self.transaction, log.incarnation, self.now.timestamp())?;
        }
        Ok(done)
    }

    fn part_shared(&mut self, forked: log::LogId, common: u64) -> Result<bool, WriteError> {
        // Acceptances stand in the figures' document and nowhere else.
        let accepted = self.chapter_figures()?.accepted().to_vec();
        // What came meanwhile is not to be seen as an edit of what follows.
        while self.bring_in_some()? > 0 {}
        self.incarnation = identity::begin_life(self.transaction)?;
        let mut kept = Kept::from([(forked, common)]);
        let (left, documents) = self.left_without(&mut kept)?;
        for (log, kept) in &kept {
            cut::cut(self.transaction, log, *kept)?;
        }
        self.sign_again()?;
        for held in left {
            self.put_back(&held)?;
        }
        for document in documents {
            arrived::remove(self.transaction, document)?;
            self.touched.extend(supporters::of_document(self.transaction, document)?);
        }
        #[cfg(feature = "planted-bug")]
        if helhet_shared::planted_bug::is_planted(helhet_shared::planted_bug::Bug::OtherLifeIsDropped) {
            self.touched.clear();
        }
        self.withhold_unconfirmed()?;
        settings::remove(self.transaction, agreement::FIGURES_OF)?;
        self.write_figures(accepted)?;
        Ok(true)
    }

    /// The last entry that both hold, as far as the peer's word goes; 0 for none. A false word costs work, and no value:
    /// all that goes is written again by the gate.
    ///
    /// Samples are few where the other life wrote much. What the hub acknowledged is common as well, unless a sample shows
    /// otherwise, or this store went back to there before and the peer still holds another entry.
    fn last_common(&self, fork: &Fork) -> Result<u64, WriteError> {
        let forked = stored_log(&fork.log);
        let held = log::position(self.transaction, &forked)?.map_or(0, |held| held.sequence);
        let (mut common, mut differs) = (0, u64::MAX);
        for sample in &fork.samples {
            match log::hash_at(self.transaction, &forked, sample.sequence)? {
                Some(hash) if hash == sample.hash => common = common.max(sample.sequence),
                Some(_) => differs = differs.min(sample.sequence),
                None => {}
            }
        }
        let acknowledged = log::acknowledged(self.transaction, HUB, &forked.chapter, forked.zone)?;
        let acknowledged = acknowledged.get(&forked).map_or(0, |known| known.sequence);
        let believed = acknowledged < held.min(differs);
        Ok(if believed { common.max(acknowledged) } else { common })
    }

    /// The documents of which something goes as they are without it, and the ids of all of those. What builds on something that
    /// goes, goes too: entries of other lives of this store (one that was restored from a backup of the copy) are cut as well.
    fn left_without(&self, kept: &mut Kept) -> Result<(Vec<Held>, BTreeSet<DocumentId>), WriteError> {
        loop {
            let gone = self.gone_after(kept)?;
            let before = kept.clone();
            let mut left = Vec::new();
            for ((document, generation), gone) in &gone {
                let Some(stored) = documents::load(self.transaction, document, *generation)? else {
                    continue;
                };
                let held = held::held(&stored)?;
                let actor = ActorId::random(&mut rand::rng());
                let commitment = |body: &ChangeBody| self.commitment(&held, body);
                let rest = held.document.without(|body| gone.contains(&commitment(body)), actor)?;
                for body in &rest.dropped {
                    let author = self.identity.device.public().0;
                    let places = cut::places(self.transaction, &author, document, &commitment(body))?;
                    for (log, sequence) in places {
                        let last = kept.entry(log).or_insert(u64::MAX);
                        *last = (*last).min(sequence.saturating_sub(1));
                    }
                }
                left.push(Held { actor, document: rest.document, ..held });
            }
            if *kept == before {
                let ids = gone.into_keys().map(|(document, _)| DocumentId::from_bytes(document));
                return Ok((left, ids.collect()));
            }
        }
    }

    fn gone_after(&self, kept: &Kept) -> Result<Gone, WriteError> {
        let mut gone = Gone::new();
        for (log, kept) in kept {
            for change in cut::after(self.transaction, log, *kept)? {
                let Some(document) = change.document else { continue };
                gone.entry((document, change.generation)).or_default().insert(change.commitment);
            }
        }
        Ok(gone)
    }

    /// What an entry promises of a body. It names neither the author nor the life of the log.
    fn commitment(&self, held: &Held, body: &ChangeBody) -> Hash {
        let log = LogId {
            chapter: held::chapter_of(held.zone, self.identity),
            zone: held.zone.code(),
            author: PublicKey([0; 32]),
            incarnation: 0,
        };
        let change = Change {
            kind: ChangeKind::Automerge,
            document: *held.id.as_bytes(),
            generation: helhet_protocol::log::Generation {
                number: held.generation.number,
                random: held.generation.random,
            },
            body: Body::Open(body.as_bytes().to_vec()),
        };
        change.commitment(&log)
    }

    /// A generation of which nothing is left was begun in this life: the gate begins it anew.
    pub(super) fn put_back(&self, held: &Held) -> Result<(), WriteError> {
        if held.document.is_blank() {
            documents::remove(self.transaction, held.id.as_bytes(), row_generation(held.generation))?;
        } else {
            held.save(self.transaction, self.identity)?;
        }
        Ok(())
    }

    /// Of whom less was to be shared, and the office has not confirmed it: the other life may have raised the same floor for
    /// another reason, and of two equal floors nobody can tell that. A person says what holds.
    fn withhold_unconfirmed(&mut self) -> Result<(), WriteError> {
        let outstanding = owed::outstanding(self.transaction, Zone::Shared.code())?;
        if outstanding.is_empty() {
            return Ok(());
        }
        let floors = tombstones::of_chapter(self.transaction, self.identity.chapter.as_bytes())?;
        let unconfirmed: BTreeMap<Hash, u32> = floors
            .into_iter()
            .filter(|floor| floor.floor != ERASED)
            .filter(|floor| {
                Signed::<Tombstone>::from_bytes(&floor.signed)
                    .is_ok_and(|signed| outstanding.contains(&signed.hash()))
            })
            .map(|floor| (floor.document_hash, floor.floor))
            .collect();
        for (id, shared) in supporters::shared_documents(self.transaction)? {
            let Some(floor) = unconfirmed.get(&document_hash(shared.as_bytes())) else { continue };
            self.change(id, |_, rng, now| Ok(command::withhold(rng, now)))?;
            if held::live(self.transaction, shared)?.is_none() {
                // Nothing is out that the gate would take back. Where both floors are equal the office has not heard of this
                // one, and a receipt would be waited for in vain.
                self.narrow(Zone::Shared, shared, floor.saturating_add(1))?;
            }
        }
        Ok(())
    }
}
