//! A hub in a folder of its own with a clock that stands still, and a made-up chapter whose device signs what tests
//! ask for, honest or not.

use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};
use helhet_protocol::identity::{
    ChapterKeyCertificate, DeviceCertificate, DeviceChain, DeviceRole, Invite, JoinRequest, KeyPair, RootKey,
    Signed,
};
use helhet_protocol::log::chain::position_of;
use helhet_protocol::log::tombstone::{ERASED, document_hash, reason};
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, Tombstone, VerifiedEntry, verify,
};
use helhet_protocol::session::RetiredRows;
use helhet_shared::clock::TestClock;
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, ChapterId, DocumentId};
use helhet_shared::zone::Zone;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;

use crate::chapters::{self, Admitted};
use crate::hub::{Config, Hub};
use crate::ingest::{self, Author, IngestError, Ingested, Retired};
use crate::office::Founding;

pub(crate) fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

pub(crate) struct TestHub {
    pub(crate) hub: Hub,
    pub(crate) clock: Arc<TestClock>,
    _folder: TempDir,
}

impl TestHub {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(TestClock::at(start()));
        let config = Config { data: folder.path().join("hub"), clock: clock.clone() };
        let founding = Founding { name: "Lysning".into(), language: "nb".into() };
        let (hub, words) = Hub::init(&config, &founding).unwrap();
        assert_eq!(words.split(' ').count(), 24);
        Self { hub, clock, _folder: folder }
    }

    /// A chapter that has joined with one admin device.
    pub(crate) fn chapter(&self, name: &str) -> Device {
        let invite = self.hub.add_chapter(name).unwrap();
        let device = Device::new(&invite, name.bytes().map(u64::from).sum(), start());
        device.join(&self.hub, &invite).unwrap();
        device
    }

    pub(crate) fn ingest(
        &self,
        device: &Device,
        entries: Vec<VerifiedEntry>,
    ) -> Result<Ingested, IngestError> {
        let now = self.hub.now().timestamp();
        let author = device.author();
        self.hub.database().write(|tx| ingest::ingest(tx, self.hub.office(), &author, entries, now))
    }

    pub(crate) fn retire(
        &self,
        device: &Device,
        tombstones: &[Signed<Tombstone>],
    ) -> Result<Retired, IngestError> {
        let now = self.hub.now().timestamp();
        let author = device.author();
        self.hub.database().write(|tx| ingest::retire(tx, &author, tombstones, &[], now))
    }

    /// The national list as JSON.
    pub(crate) fn supporters(&self) -> Vec<serde_json::Value> {
        self.hub.project().unwrap();
        let found = self.hub.database().read(|tx| crate::read::supporters(tx, "", None, None, 0)).unwrap();
        found.into_iter().map(|supporter| supporter.national).collect()
    }

    /// Every byte of the database, its write-ahead file included.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.hub.folder()).unwrap() {
            bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
        }
        bytes
    }
}

/// A chapter's one device, with the head of its shared log.
pub(crate) struct Device {
    pub(crate) chapter: ChapterId,
    pub(crate) root: RootKey,
    pub(crate) chapter_key: KeyPair,
    pub(crate) key: KeyPair,
    pub(crate) chain: DeviceChain,
    pub(crate) head: Option<Position>,
    pub(crate) rng: StdRng,
}

impl Device {
    pub(crate) fn new(invite: &Invite, seed: u64, now: DateTime<Utc>) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let root = RootKey::from_seed(&rng.random());
        let chapter_key = KeyPair::from_seed(&rng.random());
        let key = KeyPair::from_seed(&rng.random());
        let chain = Self::certify(&root, &chapter_key, &key, invite.chapter, now, |_| ());
        let chapter = ChapterId::from_bytes(invite.chapter);
        Self { chapter, root, chapter_key, key, chain, head: None, rng }
    }

    pub(crate) fn certify(
        root: &RootKey,
        chapter_key: &KeyPair,
        key: &KeyPair,
        chapter: [u8; 16],
        now: DateTime<Utc>,
        change: impl FnOnce(&mut DeviceCertificate),
    ) -> DeviceChain {
        let certificate: Signed<ChapterKeyCertificate> =
            root.certify_chapter_key(chapter, chapter_key.public(), 1);
        let mut device =
            DeviceCertificate::new(chapter, "laptop", key.public(), DeviceRole::Admin, now.timestamp());
        change(&mut device);
        DeviceChain::certify(certificate, &device, chapter_key)
    }

    /// Another device of the chapter, whose certificate this one has passed on.
    pub(crate) fn sibling(&mut self, test: &TestHub) -> Self {
        let (chapter, key) = (*self.chapter.as_bytes(), KeyPair::from_seed(&self.rng.random()));
        let chain = Self::certify(&self.root, &self.chapter_key, &key, chapter, start(), |_| ());
        let rows = RetiredRows { devices: vec![chain.clone()], ..RetiredRows::default() };
        let now = test.hub.now().timestamp();
        let known = test.hub.database().write(|tx| ingest::change_devices(tx, self.chapter, &rows, now));
        assert!(known.unwrap().is_empty());
        Self {
            chapter: self.chapter,
            root: self.root.clone(),
            chapter_key: self.chapter_key.clone(),
            key,
            chain,
            head: None,
            rng: StdRng::seed_from_u64(self.rng.random()),
        }
    }

    pub(crate) fn join(&self, hub: &Hub, invite: &Invite) -> Result<Admitted, chapters::AdmitError> {
        let request = JoinRequest::new(invite.token, &self.root, &EXPORTER);
        self.hello(hub, Some(&request))
    }

    pub(crate) fn hello(
        &self,
        hub: &Hub,
        join: Option<&JoinRequest>,
    ) -> Result<Admitted, chapters::AdmitError> {
        let now = hub.now().timestamp();
        let speaker = self.key.public();
        hub.database().write(|tx| chapters::admit(tx, &self.chain, join, &speaker, &EXPORTER, now))
    }

    pub(crate) fn author(&self) -> Author {
        Author { chapter: self.chapter, device: self.key.public(), role: DeviceRole::Admin }
    }

    pub(crate) fn log(&self) -> LogId {
        LogId {
            chapter: *self.chapter.as_bytes(),
            zone: Zone::Shared.code(),
            author: self.key.public(),
            incarnation: 1,
        }
    }

    /// The next entry of the shared log.
    pub(crate) fn entry(&mut self, changes: Vec<Change>) -> VerifiedEntry {
        self.entry_at(changes, start().timestamp())
    }

    pub(crate) fn entry_at(&mut self, changes: Vec<Change>, time: i64) -> VerifiedEntry {
        let entry = Entry::sign(self.log(), self.head.as_ref(), time, changes, &self.key);
        let before = self.head;
        self.head = Some(position_of(&entry).unwrap());
        verify(entry, |_| before).unwrap()
    }

    /// A new shared document with this content.
    pub(crate) fn subject(&mut self, edits: &[(&str, &str)]) -> Subject {
        let edits: Vec<Edit> = edits.iter().map(|(key, value)| Edit::set(*key, *value)).collect();
        Subject::new(&mut self.rng, &edits)
    }

    pub(crate) fn person(&mut self, given: &str, family: &str, email: &str) -> Subject {
        self.subject(&[
            ("type", "supporter"),
            ("kind", "person"),
            ("name/given", given),
            ("name/family", family),
            ("email/AAAAAAAA", email),
            ("role/BBBBBBBB/role", "member"),
            ("role/BBBBBBBB/from", "2019-01-01"),
        ])
    }

    pub(crate) fn tombstone(&self, document: &DocumentId, floor: u32) -> Signed<Tombstone> {
        let tombstone = Tombstone {
            document_hash: document_hash(document.as_bytes()),
            chapter: *self.chapter.as_bytes(),
            floor,
            zone: Zone::Shared.code(),
            day: 20_000,
            reason: if floor == ERASED { reason::ERASED } else { reason::NARROWED },
            authority: self.key.public(),
            erasure: None,
        };
        tombstone.sign(&self.key)
    }
}

pub(crate) const EXPORTER: [u8; 32] = [9; 32];

/// A document at the chapter, and the changes that it made.
pub(crate) struct Subject {
    pub(crate) id: DocumentId,
    pub(crate) generation: Generation,
    pub(crate) document: Document,
    pub(crate) first: Change,
}

impl Subject {
    fn new(rng: &mut StdRng, edits: &[Edit]) -> Self {
        let id = DocumentId::random(rng);
        let generation = Generation { number: 1, random: rng.random() };
        let mut document = Document::new(ActorId::random(rng));
        let body = document.edit(edits, start()).unwrap();
        let first = change(id, generation, body.0);
        Self { id, generation, document, first }
    }

    pub(crate) fn edit(&mut self, key: &str, value: &str) -> Change {
        let body = self.document.edit(&[Edit::set(key, value)], start()).unwrap();
        change(self.id, self.generation, body.0)
    }

    /// The same subject, born anew from its current values.
    pub(crate) fn reborn(&self, rng: &mut StdRng, edits: &[(&str, &str)]) -> Self {
        let content = self.document.content();
        let mut all: Vec<Edit> =
            content.into_iter().map(|(key, mut values)| Edit { key, value: values.pop() }).collect();
        all.extend(edits.iter().map(|(key, value)| Edit::set(*key, *value)));
        let mut next = Self::new(rng, &all);
        next.id = self.id;
        next.generation.number = self.generation.number + 1;
        next.first.document = *self.id.as_bytes();
        next.first.generation = next.generation;
        next
    }
}

pub(crate) fn change(id: DocumentId, generation: Generation, body: Vec<u8>) -> Change {
    Change { kind: ChangeKind::Automerge, document: *id.as_bytes(), generation, body: Body::Open(body) }
}
