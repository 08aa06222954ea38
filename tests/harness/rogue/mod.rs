//! A device that keeps none of the rules: built from the programs' own crates, with keys that count, it says over real
//! QUIC whatever a test has it say.

mod talk;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use helhet_node::Node;
use helhet_protocol::identity::{
    DeviceCertificate, DeviceChain, DeviceRole, Invite, JoinRequest, KeyPair, RootKey, Signed,
};
use helhet_protocol::log::chain::position_of;
use helhet_protocol::log::tombstone::{ERASED, document_hash, reason};
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, Revocation, Tombstone,
};
use helhet_protocol::v1::{CloseCode, Retired};
use helhet_shared::clock::{Clock as _, SystemClock};
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::zone::Zone;
use rand::RngExt as _;

pub use talk::Talk;

use crate::process::Installation;

/// The device, and how far its logs are known at the hub.
#[derive(Debug, Clone)]
pub struct Rogue {
    pub chapter: [u8; 16],
    /// Signs its logs and is its TLS key.
    pub key: KeyPair,
    /// What it shows.
    pub chain: DeviceChain,
    chapter_key: KeyPair,
    hub: SocketAddr,
    incarnation: u64,
    heads: BTreeMap<LogId, Position>,
}

impl Rogue {
    /// Founds a chapter with an invite of the office, which has no other device.
    pub fn found(hub: SocketAddr, invite: &str) -> Self {
        let now = now();
        let invite = Invite::parse(invite, now).expect("the office's invite");
        let mut rng = rand::rng();
        let [root, chapter_key, key] = [0; 3].map(|_| rng.random::<[u8; 32]>());
        let root = RootKey::from_seed(&root);
        let (chapter_key, key) = (KeyPair::from_seed(&chapter_key), KeyPair::from_seed(&key));
        let certificate = root.certify_chapter_key(invite.chapter, chapter_key.public(), now.unsigned_abs());
        let device = DeviceCertificate::new(invite.chapter, "rogue", key.public(), DeviceRole::Admin, now);
        let chain = DeviceChain::certify(certificate, &device, &chapter_key);
        let rogue = Self {
            chapter: invite.chapter,
            key,
            chain,
            chapter_key,
            hub,
            incarnation: 1,
            heads: BTreeMap::new(),
        };
        let joining = Talk::open(&rogue).and_then(|mut talk| {
            let join = JoinRequest::new(invite.token, &root, &talk.exporter());
            talk.hello(&rogue, Some(join))
        });
        joining.expect("an invite lets it in");
        rogue
    }

    /// Takes the keys out of a chapter's computer.
    pub fn of(node: &Installation, hub: SocketAddr) -> Self {
        let node = Node::open(node.data(), std::sync::Arc::new(SystemClock)).expect("the store opens");
        let identity = node.identity();
        Self {
            chapter: *identity.chapter.as_bytes(),
            key: identity.device.clone(),
            chain: identity.chain.clone(),
            chapter_key: identity.chapter_key.clone(),
            hub,
            // A life of its own, so that it does not stand in the way of the computer's.
            incarnation: rand::rng().random(),
            heads: BTreeMap::new(),
        }
    }

    /// Another device of the chapter, certified by the same key.
    pub fn sibling(&self, role: DeviceRole) -> Self {
        let key = KeyPair::generate(&mut rand::rng());
        let device = DeviceCertificate::new(self.chapter, "sibling", key.public(), role, now());
        let chain = DeviceChain::certify(self.chain.chapter_key.clone(), &device, &self.chapter_key);
        Self { key, chain, heads: BTreeMap::new(), ..self.clone() }
    }

    /// The same device in another life of its logs.
    pub fn reborn(&self) -> Self {
        Self { incarnation: rand::rng().random(), heads: BTreeMap::new(), ..self.clone() }
    }

    pub(crate) fn hub(&self) -> SocketAddr {
        self.hub
    }

    /// One of its logs.
    pub fn log(&self, zone: Zone) -> LogId {
        let (author, incarnation) = (self.key.public(), self.incarnation);
        LogId { chapter: self.chapter, zone: zone.code(), author, incarnation }
    }

    /// The entry that follows what the hub holds of its log, signed.
    pub fn entry(&self, zone: Zone, changes: Vec<Change>) -> Entry {
        self.entry_at(zone, changes, now())
    }

    /// The same with another time.
    pub fn entry_at(&self, zone: Zone, changes: Vec<Change>, time: i64) -> Entry {
        let log = self.log(zone);
        Entry::sign(log, self.heads.get(&log), time, changes, &self.key)
    }

    /// Sends a batch in a session of its own; how many changes were refused, or with what the hub ended it.
    pub fn send(&mut self, entries: &[Entry]) -> Result<u64, CloseCode> {
        let mut talk = Talk::begin(self)?;
        let refused = talk.batch(entries.to_vec())?;
        for entry in entries {
            let position = position_of(entry).expect("its own entry");
            self.heads.insert(position.log, position);
        }
        Ok(refused)
    }

    /// Signs and sends changes of the shared zone.
    pub fn say(&mut self, changes: Vec<Change>) -> Result<u64, CloseCode> {
        let entry = self.entry(Zone::Shared, changes);
        self.send(&[entry])
    }

    /// Sends what is retired in a session of its own.
    pub fn retire(&self, rows: Retired) -> Result<(), CloseCode> {
        Talk::open(self)?.begin_with(self, rows)
    }

    /// Raises the floors of these documents.
    pub fn raise(&self, documents: &[DocumentId], floor: u32) -> Result<(), CloseCode> {
        for documents in documents.chunks(500) {
            let tombstones = documents.iter().map(|document| self.tombstone(document, floor)).collect();
            self.retire(Retired { tombstones, last: true, ..Retired::default() })?;
        }
        Ok(())
    }

    /// The same in the name of the chapter's key, which every device that may erase holds.
    pub fn raise_as_chapter(&self, documents: &[DocumentId], floor: u32) -> Result<(), CloseCode> {
        let chapter = Self { key: self.chapter_key.clone(), ..self.clone() };
        let tombstones = documents.iter().map(|document| chapter.tombstone(document, floor)).collect();
        self.retire(Retired { tombstones, last: true, ..Retired::default() })
    }

    /// A floor under a shared document of its chapter, signed by it.
    pub fn tombstone(&self, document: &DocumentId, floor: u32) -> Signed<Tombstone> {
        let tombstone = Tombstone {
            document_hash: document_hash(document.as_bytes()),
            chapter: self.chapter,
            floor,
            zone: Zone::Shared.code(),
            day: 20_000,
            reason: if floor == ERASED { reason::ERASED } else { reason::NARROWED },
            authority: self.key.public(),
            erasure: None,
        };
        tombstone.sign(&self.key)
    }

    /// The chapter key's word that a device is out from its beginning.
    pub fn revocation(&self, device: &Rogue) -> Signed<Revocation> {
        let revocation = Revocation {
            chapter: self.chapter,
            device: device.key.public(),
            last_accepted: Vec::new(),
            time: now(),
            authority: self.chapter_key.public(),
        };
        Signed::sign(&revocation, &self.chapter_key)
    }
}

/// A supporter as a gate would let it out.
#[derive(Debug, Clone)]
pub struct Subject {
    pub id: DocumentId,
    pub generation: Generation,
    document: Document,
}

impl Subject {
    /// A member with this name, and the change that tells of it.
    pub fn member(given: &str) -> (Self, Change) {
        Self::with(&[
            ("type", "supporter"),
            ("kind", "person"),
            ("name/given", given),
            ("name/family", "Nordmann"),
            ("role/BBBBBBBB/role", "member"),
            ("role/BBBBBBBB/from", "2019-01-01"),
        ])
    }

    /// A document that says this, whether it may or not.
    pub fn with(fields: &[(&str, &str)]) -> (Self, Change) {
        let mut rng = rand::rng();
        let document = Document::new(ActorId::random(&mut rng));
        let id = DocumentId::random(&mut rng);
        let generation = Generation { number: 1, random: rng.random() };
        let mut subject = Self { id, generation, document };
        let first = subject.edit(fields);
        (subject, first)
    }

    /// The next change.
    pub fn edit(&mut self, fields: &[(&str, &str)]) -> Change {
        let edits: Vec<Edit> = fields.iter().map(|(key, value)| Edit::set(*key, *value)).collect();
        let body = self.document.edit(&edits, SystemClock.now()).expect("there is something to say");
        self.change(body.0)
    }

    /// A change of it with this body.
    pub fn change(&self, body: Vec<u8>) -> Change {
        let (document, generation) = (*self.id.as_bytes(), self.generation);
        Change { kind: ChangeKind::Automerge, document, generation, body: Body::Open(body) }
    }

    /// The same supporter in another generation, without history.
    pub fn reborn(&self, number: u32, given: &str) -> (Self, Change) {
        let (mut next, _) = Self::member(given);
        (next.id, next.generation.number) = (self.id, number);
        next.document = Document::new(ActorId::random(&mut rand::rng()));
        let change = next.edit(&[("type", "supporter"), ("kind", "person"), ("name/given", given)]);
        (next, change)
    }
}

/// As everybody's clock says.
pub fn now() -> i64 {
    SystemClock.now().timestamp()
}
