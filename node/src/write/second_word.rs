//! Two pairs of eyes at a chapter's device (design §4): what one device would erase above the set number a day is hidden here,
//! and kept, until a second one or the recovery phrase says so too, or it is taken back, or that device is removed.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{DeviceRole, KeyPair, PublicKey, RootKey, Signed};
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::{Erasure, ErasureNumber, document_hash, reason};
use helhet_shared::command;
use helhet_shared::erasures::day_of;
use helhet_shared::erasures::second_word::{ALONE_A_DAY, Council, Key, Verdict};
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::held::{self as words, StoredWord};
use helhet_shared::sqlite::tombstones::{self, ERASED, StoredTombstone};
use helhet_shared::sqlite::{Hash, documents, members as known_members};
use helhet_shared::supporter::Supporter;
use helhet_shared::zone::Zone;

use super::held;
use super::{Deed, WriteError};
use crate::project;
use crate::store::{arrived, keyring, members, owed, register};

/// Which of the erasures that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    Numbered(ErasureNumber),
    /// Those that this device asked for.
    Of(PublicKey),
}

/// The chapter's documents that are held here, by the hash that tombstones name them by.
pub(super) type ByHash = BTreeMap<Hash, (Zone, DocumentId)>;

impl Deed<'_> {
    /// Who has a say in what is erased: the devices that may erase and are the chapter's now, and its root.
    pub(super) fn council(&self) -> Result<Council, WriteError> {
        let all = members::all(self.transaction, self.identity.chapter.as_bytes())?;
        let latest = all.iter().map(members::Member::chapter_key_serial).max();
        let has_a_say = |member: &&members::Member| {
            !member.is_out
                && Some(member.chapter_key_serial()) == latest
                && member.certificate.role == DeviceRole::Admin
        };
        let mut devices: BTreeSet<Key> = all.iter().filter(has_a_say).map(|member| member.key.0).collect();
        let own = self.identity.device.public();
        let mut known_since = known_members::known_since(self.transaction, self.identity.chapter.as_bytes())?;
        if self.is_admin()? && !all.iter().any(|member| member.key == own) {
            // The chapter's first, of which nobody has told it.
            devices.insert(own.0);
            known_since.push((own.0, 0));
        }
        Ok(Council::new(Some(self.identity.root.0), devices, &known_since, self.now.timestamp()))
    }

    /// Whether this device's word is no second one yet.
    fn is_newcomer(&self) -> Result<bool, WriteError> {
        Ok(self.council()?.newcomers.contains(&self.identity.device.public().0))
    }

    /// Whether this device may erase these by its own word. What the office has not heard of counts as of today, since that is
    /// how the office will count it.
    pub(super) fn may_erase_alone(&self, parts: &[(Zone, DocumentId)]) -> Result<bool, WriteError> {
        let (chapter, own) = (self.identity.chapter.as_bytes(), self.identity.device.public());
        let (now, council) = (self.now.timestamp(), self.council()?);
        for zone in parts.iter().map(|(zone, _)| zone.code()).collect::<BTreeSet<_>>() {
            if words::counted_own(self.transaction, &council, chapter, &own.0, zone, now)? >= ALONE_A_DAY {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Says that a document is to be erased, where somebody else has to say so too.
    pub(super) fn ask_to_erase(
        &mut self,
        zone: Zone,
        document: DocumentId,
        erasure: Erasure,
    ) -> Result<(), WriteError> {
        let hash = document_hash(document.as_bytes());
        self.say(zone.code(), hash, reason::ERASED, Some(erasure), &self.identity.device.clone())
    }

    fn say(
        &mut self,
        zone: u8,
        document_hash: Hash,
        reason: u8,
        erasure: Option<Erasure>,
        by: &KeyPair,
    ) -> Result<(), WriteError> {
        let word = Tombstone {
            document_hash,
            chapter: *self.identity.chapter.as_bytes(),
            floor: if reason == reason::ERASED { ERASED } else { 0 },
            zone,
            day: day_of(self.now.timestamp()),
            reason,
            authority: by.public(),
            erasure,
        };
        let signed = word.clone().sign(by);
        words::keep(self.transaction, &stored(&signed, &word), self.now.timestamp())?;
        Ok(())
    }

    /// Words of others on what waits.
    pub(super) fn hear_words(
        &mut self,
        said: &[Signed<Tombstone>],
        may_erase: &BTreeSet<PublicKey>,
    ) -> Result<(), WriteError> {
        for signed in said {
            let Ok(word) = signed.verify_own() else { continue };
            let is_one = word.floor == ERASED || word.reason == reason::KEPT;
            let of_us = word.chapter == *self.identity.chapter.as_bytes();
            if of_us && is_one && may_erase.contains(&word.authority) {
                words::keep(self.transaction, &stored(signed, &word), self.now.timestamp())?;
            }
        }
        Ok(())
    }

    /// Whether an erasure that somebody else decided is carried out; else it waits. By whose count, if so.
    pub(super) fn hear_erasure(
        &mut self,
        council: &Council,
        signed: &Signed<Tombstone>,
        word: &Tombstone,
        here: &ByHash,
    ) -> Result<Option<Option<Key>>, WriteError> {
        let (chapter, now) = (*self.identity.chapter.as_bytes(), self.now.timestamp());
        let before = words::words(self.transaction, council, &chapter, &word.document_hash, now)?;
        let zone = here.get(&word.document_hash).map_or(word.zone, |(zone, _)| zone.code());
        let today = words::counted(self.transaction, council, &chapter, &word.authority.0, zone, now)?;
        match council.hear(&word.authority.0, today, &before) {
            Verdict::Goes { counts_for } => Ok(Some(counts_for)),
            Verdict::Waits | Verdict::Stays => {
                words::keep(self.transaction, &stored(signed, word), now)?;
                Ok(None)
            }
        }
    }

    /// Every document of the chapter that is held here.
    pub(super) fn by_hash(&self) -> Result<ByHash, WriteError> {
        let mut all = ByHash::new();
        let chapter = self.identity.chapter.as_bytes();
        for zone in [Zone::Confidential, Zone::Chapter, Zone::Shared] {
            let ids = match zone == Zone::Confidential {
                true => keyring::documents_of_zone(self.transaction, chapter, zone.code())?,
                false => documents::ids_of_zone(self.transaction, chapter, zone.code())?,
            };
            for id in ids {
                all.insert(document_hash(&id), (zone, DocumentId::from_bytes(id)));
            }
        }
        Ok(all)
    }

    /// Looks again at all that waits: somebody has said something, or has none any more.
    pub(super) fn look_again(&mut self) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let open = words::open(self.transaction, &chapter)?;
        let before = words::hidden(self.transaction, &chapter)?;
        if open.is_empty() && before.is_empty() {
            return Ok(());
        }
        let here = self.by_hash()?;
        let waits = self.decide(open, &here)?;
        for subject in before.iter().map(|(_, subject)| SupporterId::from_bytes(*subject)) {
            if !waits.contains(&subject) {
                self.show(subject)?;
            }
        }
        waits.into_iter().try_for_each(|subject| self.hide(subject))
    }

    /// The same for what was said just now, of these documents alone: a list that is undone says it of thousands.
    pub(super) fn look_at(&mut self, parts: &[(Zone, DocumentId)]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let here: ByHash = parts.iter().map(|part| (document_hash(part.1.as_bytes()), *part)).collect();
        let mut open = Vec::new();
        for hash in here.keys() {
            if tombstones::floor(self.transaction, &chapter, hash)? < ERASED {
                open.push(*hash);
            }
        }
        let waits = self.decide(open, &here)?;
        waits.into_iter().try_for_each(|subject| self.hide(subject))
    }

    /// Carries out what has been said often enough, and gives of whom an erasure waits.
    fn decide(&mut self, open: Vec<Hash>, here: &ByHash) -> Result<BTreeSet<SupporterId>, WriteError> {
        let (chapter, now) = (*self.identity.chapter.as_bytes(), self.now.timestamp());
        let council = self.council()?;
        let mut waits = Vec::new();
        for hash in open {
            match council.judge(&words::words(self.transaction, &council, &chapter, &hash, now)?) {
                Verdict::Goes { counts_for } => self.carry_out(&hash, counts_for, here)?,
                Verdict::Waits => waits.extend(here.get(&hash)),
                Verdict::Stays => {}
            }
        }
        waits.into_iter().map(|(zone, document)| self.subject_of(zone, document)).collect()
    }

    /// Two have said so, or it is gone elsewhere.
    fn carry_out(&mut self, hash: &Hash, counts_for: Option<Key>, here: &ByHash) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let Some(said) = words::first_said(self.transaction, &chapter, hash)? else { return Ok(()) };
        let Ok(signed) = Signed::<Tombstone>::from_bytes(&said) else { return Ok(()) };
        let row = StoredTombstone { chapter, document_hash: *hash, floor: ERASED, signed: said };
        if !tombstones::raise(self.transaction, &row, self.now.timestamp())? {
            return Ok(());
        }
        self.enter_erasure(&signed, counts_for)?;
        let Some((zone, document)) = here.get(hash) else { return Ok(()) };
        if *zone == Zone::Shared && held::live(self.transaction, *document)?.is_some() {
            let now = self.now.timestamp();
            owed::add(self.transaction, &signed.hash(), zone.code(), ERASED, now)?;
        }
        self.fell(*zone, *document, ERASED)
    }

    /// By whom the document's supporter is known here.
    fn subject_of(&self, zone: Zone, document: DocumentId) -> Result<SupporterId, WriteError> {
        if zone == Zone::Chapter {
            return Ok(document.into());
        }
        if let Some(known) = crate::store::supporters::of_document(self.transaction, document)? {
            return Ok(known);
        }
        let hidden = words::subject_of(self.transaction, document.as_bytes())?;
        Ok(hidden.map_or(document.into(), SupporterId::from_bytes))
    }

    fn hide(&mut self, subject: SupporterId) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let mut parts = vec![(Zone::Chapter, DocumentId::from(subject))];
        if let Some(content) = self.content(subject.into())? {
            parts.extend(command::erase(&Supporter::from_content(subject, &content)).documents);
        }
        for (_, document) in parts {
            words::hide(self.transaction, &chapter, document.as_bytes(), subject.as_bytes())?;
        }
        project::remove(self.transaction, subject)?;
        Ok(())
    }

    /// It is shown again, with what came meanwhile.
    fn show(&mut self, subject: SupporterId) -> Result<(), WriteError> {
        for document in words::show(self.transaction, subject.as_bytes())? {
            let document = DocumentId::from_bytes(document);
            if held::live(self.transaction, document)?.is_some_and(|held| held.zone == Zone::Shared) {
                arrived::add(self.transaction, document)?;
            }
        }
        if held::live(self.transaction, subject.into())?.is_none() {
            return Ok(());
        }
        // Rows follow at once, the gate is asked when all is here.
        self.came.insert(subject);
        arrived::add(self.transaction, subject.into())?;
        Ok(())
    }

    /// Says a second time what waits: as this device, or, with the recovery phrase, as the
    /// chapter's root. How many supporters that was about.
    pub fn confirm_erasures(&mut self, which: Which, root: Option<&RootKey>) -> Result<usize, WriteError> {
        let by = match root {
            Some(root) if root.public() == self.identity.root => KeyPair::from_seed(&root.seed()),
            Some(_) => return Err(WriteError::OtherPhrase),
            None if !self.is_admin()? => return Err(WriteError::MayNotErase),
            None if self.is_newcomer()? => return Err(WriteError::Newcomer),
            None => self.identity.device.clone(),
        };
        self.say_of_all(which, reason::ERASED, &by)
    }

    /// Takes back what waits.
    pub fn take_back_erasures(&mut self, which: Which) -> Result<usize, WriteError> {
        if !self.is_admin()? {
            return Err(WriteError::MayNotErase);
        }
        self.say_of_all(which, reason::KEPT, &self.identity.device.clone())
    }

    fn say_of_all(&mut self, which: Which, reason: u8, by: &KeyPair) -> Result<usize, WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let hidden = words::hidden(self.transaction, &chapter)?;
        let waits: BTreeSet<Hash> = hidden.iter().map(|(document, _)| document_hash(document)).collect();
        let mut numbers = BTreeSet::new();
        for (word, _) in words::of_chapter(self.transaction, &chapter)? {
            let Ok(signed) = Signed::<Tombstone>::from_bytes(&word.signed) else { continue };
            let Some((_, erased)) = register::entry(&signed, 0).filter(|_| !word.takes_back) else {
                continue;
            };
            let is_meant = match which {
                Which::All => true,
                Which::Numbered(number) => number == erased.number,
                Which::Of(device) => device.0 == word.authority,
            };
            if !waits.contains(&word.document_hash) || !is_meant {
                continue;
            }
            let erasure = Erasure { number: erased.number, holders: Vec::new() };
            let erasure = (reason == reason::ERASED).then_some(erasure);
            self.say(word.zone, word.document_hash, reason, erasure, by)?;
            numbers.insert(erased.number);
        }
        self.look_again()?;
        Ok(numbers.len())
    }
}

fn stored(signed: &Signed<Tombstone>, word: &Tombstone) -> StoredWord {
    StoredWord {
        chapter: word.chapter,
        document_hash: word.document_hash,
        authority: word.authority.0,
        takes_back: word.reason == reason::KEPT,
        zone: word.zone,
        signed: signed.to_bytes(),
    }
}
