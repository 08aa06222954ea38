//! A peer that means no good: lets itself in where it can, and then says well-formed things that it has no business to say.

use helhet_protocol::frame::{FrameReader, encode};
use helhet_protocol::identity::{KeyPair, Signed};
use helhet_protocol::log::tombstone::{ERASED, RetiredDigest, document_hash};
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, Revocation, Tombstone, position_of,
};
use helhet_protocol::v1::compare::RANGES;
use helhet_protocol::v1::entries::{Head, LogName, Run, Sent};
use helhet_protocol::v1::{
    Ack, CaughtUp, Check, Checked, Close, CloseCode, Credential, Entries, Fork, Hello, Introduction, Items,
    Message, Repair, Retired, Revoked, Sample, Sums, ZoneCheck,
};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::link::Wire;
use super::papers::{Papers, SHARED};

pub(crate) struct Hostile {
    /// The chapter that it says it is of.
    place: usize,
    key: KeyPair,
    credential: Credential,
    /// What it still wants to say.
    left: u32,
    has_begun: bool,
    /// Messages that it says as anybody would.
    left_to_be_civil: u32,
    number: u64,
    reads: bool,
    reader: FrameReader,
    /// The newest batch that it was sent.
    heard: Option<u64>,
    last: Option<Position>,
}

impl Hostile {
    /// Against a hub: the hostile chapter's device, somebody's lost telephone, or nobody at all.
    pub(crate) fn dialling(papers: &Papers, rng: &mut StdRng) -> Self {
        let own = &papers.chapters[papers.hostile()];
        match rng.random_range(0..6) {
            0..3 => {
                let place = rng.random_range(0..papers.hostile());
                let other = &papers.chapters[place];
                let credential = Credential::Device(other.lost_chain.clone());
                Self { place, ..Self::new(other.lost.clone(), credential, papers, rng) }
            }
            3 => Self::new(
                KeyPair::from_seed(&rng.random()),
                Credential::Device(own.chain.clone()),
                papers,
                rng,
            ),
            _ => Self::new(own.device.clone(), Credential::Device(own.chain.clone()), papers, rng),
        }
    }

    /// Against a node: who has got hold of the hub's line but not of its word, or a stranger.
    pub(crate) fn dialled(papers: &Papers, rng: &mut StdRng) -> Self {
        if rng.random_bool(0.7) {
            return Self::new(papers.hub.clone(), papers.hub_credential(), papers, rng);
        }
        Self::new(KeyPair::from_seed(&rng.random()), papers.hub_credential(), papers, rng)
    }

    fn new(key: KeyPair, credential: Credential, papers: &Papers, rng: &mut StdRng) -> Self {
        let (left, reads) = (rng.random_range(1..30), rng.random_bool(0.8));
        Self {
            place: papers.hostile(),
            key,
            credential,
            left,
            has_begun: false,
            left_to_be_civil: rng.random_range(0..2),
            number: 0,
            reads,
            reader: FrameReader::default(),
            heard: None,
            last: None,
        }
    }

    pub(crate) fn key(&self) -> helhet_protocol::identity::PublicKey {
        self.key.public()
    }

    /// Says one thing, and reads or not what is said to it.
    pub(crate) fn act(
        &mut self,
        papers: &Papers,
        overheard: &[Message],
        out: &mut Wire,
        back: &mut Wire,
        rng: &mut StdRng,
    ) -> bool {
        if self.reads {
            self.reader.push(&back.drain());
            while let Ok(Some(message)) = self.reader.next_message() {
                if let Message::Entries(batch) = message {
                    self.heard = Some(batch.number);
                }
            }
        }
        if self.left == 0 {
            return false;
        }
        // Often it waits and listens, or what it says would never come after anything.
        if rng.random_bool(0.8) {
            return true;
        }
        self.left -= 1;
        let message = if !std::mem::replace(&mut self.has_begun, true) && rng.random_bool(0.85) {
            self.hello(overheard, rng)
        } else {
            match self.left_to_be_civil.checked_sub(1) {
                Some(left) => {
                    self.left_to_be_civil = left;
                    Message::Retired(Retired { last: true, ..Retired::default() })
                }
                None => self.any(papers, overheard, rng),
            }
        };
        match encode(&message) {
            Ok(frame) => out.send(&frame),
            Err(_) => out.send(&u32::MAX.to_be_bytes()),
        }
        true
    }

    fn hello(&self, overheard: &[Message], rng: &mut StdRng) -> Message {
        let of_others = overheard
            .iter()
            .filter_map(|message| if let Message::Hello(hello) = message { Some(hello) } else { None });
        let positions: Vec<Position> =
            of_others.flat_map(|hello| hello.positions.clone()).filter(|_| rng.random_bool(0.3)).collect();
        Message::Hello(Box::new(Hello {
            minor: rng.random_range(0..3),
            store: rng.random(),
            credential: self.credential.clone(),
            retired: RetiredDigest::default(),
            positions: positions.into_iter().map(|position| twisted(position, rng)).collect(),
            fingerprints: Vec::new(),
            join: None,
        }))
    }

    fn any(&mut self, papers: &Papers, overheard: &[Message], rng: &mut StdRng) -> Message {
        if !overheard.is_empty() && rng.random_bool(0.4) {
            let message = overheard[rng.random_range(0..overheard.len())].clone();
            return self.twisted(message, papers, rng);
        }
        let log = LogId {
            chapter: papers.chapters[rng.random_range(0..papers.chapters.len())].id,
            zone: rng.random_range(1..6),
            author: if rng.random_bool(0.5) { self.key() } else { papers.hub.public() },
            incarnation: rng.random_range(0..3),
        };
        if let Some(number) = self.heard.filter(|_| rng.random_bool(0.3)) {
            self.heard = None;
            return Message::Ack(Ack { number, refused: rng.random_range(0..3) });
        }
        match rng.random_range(0..18) {
            0 => Message::Introduction(Introduction {}),
            1 => Message::Credential(self.credential.clone()),
            2 => self.hello(overheard, rng),
            3 => {
                Message::Retired(Retired { tombstones: vec![self.floor(papers, rng)], ..Retired::default() })
            }
            4 => Message::Retired(Retired { last: true, ..Retired::default() }),
            5..8 | 14..18 => self.own_entry(papers, rng),
            8 => Message::Ack(Ack { number: rng.random_range(1..3), refused: 0 }),
            9 => Message::CaughtUp(CaughtUp {}),
            10 => {
                let sample = Sample { sequence: rng.random_range(0..4), hash: rng.random() };
                let samples = vec![sample; rng.random_range(0..200)];
                Message::Fork(Fork { log, samples })
            }
            11 => {
                let authority = self.key();
                let last_accepted = Vec::new();
                let (chapter, device) = (log.chapter, papers.chapters[0].device.public());
                let revocation = Revocation { chapter, device, last_accepted, time: 0, authority };
                let revocation = Signed::sign(&revocation, &self.key);
                if rng.random_bool(0.5) {
                    return Message::Revoked(Revoked { revocation });
                }
                Message::Retired(Retired { revocations: vec![revocation], last: true, ..Retired::default() })
            }
            12 => self.of_contents(rng),
            _ if rng.random_bool(0.2) => Message::Close(Close { code: CloseCode::from_number(rng.random()) }),
            _ => Message::Ack(Ack { number: rng.random(), refused: rng.random() }),
        }
    }

    /// Lies about what it holds, and bodies that nobody asked for.
    fn of_contents(&self, rng: &mut StdRng) -> Message {
        let zone = rng.random_range(2..5);
        let bytes =
            |count: usize, rng: &mut StdRng| -> Vec<u8> { (0..count).map(|_| rng.random()).collect() };
        match rng.random_range(0..6) {
            0 => Message::Sums(Sums { zone, sums: bytes(RANGES * 16, rng) }),
            1 => Message::Items(Items { zone, ranges: (0..=255).collect(), items: bytes(160, rng) }),
            2 => Message::Checked(Checked { zones: vec![(zone, false)] }),
            3 => {
                let check = ZoneCheck { zone, held: rng.random(), contents: rng.random() };
                Message::Check(Check { zones: vec![check; rng.random_range(0..3)] })
            }
            4 => {
                let change = Change {
                    kind: ChangeKind::Automerge,
                    document: [rng.random_range(1..8); 16],
                    generation: Generation { number: rng.random_range(0..3), random: 0 },
                    body: Body::Open(bytes(16, rng)),
                };
                let wanted = bytes(16 * rng.random_range(0..20), rng);
                Message::Repair(Repair {
                    zone,
                    wanted,
                    changes: vec![change],
                    filled: rng.random_range(0..9),
                })
            }
            _ => Message::Ignorable(rng.random_range(133..=255)),
        }
    }

    fn floor(&self, papers: &Papers, rng: &mut StdRng) -> Signed<Tombstone> {
        let tombstone = Tombstone {
            document_hash: document_hash(&[rng.random_range(1..8); 16]),
            chapter: papers.chapters[rng.random_range(0..papers.chapters.len())].id,
            floor: if rng.random_bool(0.5) { ERASED } else { 1 },
            zone: SHARED,
            day: 1,
            reason: 1,
            authority: self.key(),
            erasure: None,
        };
        tombstone.sign(&self.key)
    }

    /// Signed with its own key: in its own chapter's log, or in another's, where it has no right.
    fn own_entry(&mut self, papers: &Papers, rng: &mut StdRng) -> Message {
        let of = if rng.random_bool(0.7) { self.place } else { rng.random_range(0..papers.chapters.len()) };
        let chapter = papers.chapters[of].id;
        let log = LogId { chapter, zone: SHARED, author: self.key(), incarnation: 1 };
        let previous = self.last.filter(|last| last.log == log && rng.random_bool(0.8));
        let change = Change {
            kind: ChangeKind::from_code(rng.random_range(0..4)),
            document: [rng.random_range(1..8); 16],
            generation: Generation { number: 0, random: 0 },
            body: Body::Open(rng.random::<[u8; 16]>().to_vec()),
        };
        let mut entry = Entry::sign(log, previous.as_ref(), rng.random(), vec![change], &self.key);
        if rng.random_bool(0.2) {
            entry.signed.signature.0[0] ^= 1;
        }
        self.last = position_of(&entry).ok();
        self.number += 1;
        if rng.random_bool(0.5) {
            return Message::Entries(Entries::whole(self.number, vec![entry]));
        }
        let [a, b, c, d, ..] = previous.map_or([0; 32], |previous| previous.hash);
        let first = previous.map_or(1, |previous| previous.sequence + 1);
        let log =
            if rng.random_bool(0.5) { LogName::New(log) } else { LogName::Number(rng.random_range(0..3)) };
        let head = Head::Next { run: rng.random_range(0..2), later: rng.random() };
        Message::Entries(Entries {
            number: self.number,
            runs: vec![Run { log, first, before: [a, b, c, d] }; 2],
            entries: vec![Sent { head, signature: entry.signed.signature, changes: entry.changes }],
        })
    }

    /// Something that was said by another, said again in another place.
    fn twisted(&mut self, message: Message, papers: &Papers, rng: &mut StdRng) -> Message {
        match message {
            Message::Entries(mut batch) => {
                self.number += 1;
                batch.number = if rng.random_bool(0.8) { self.number } else { batch.number };
                for entry in &mut batch.entries {
                    readdress(entry, papers, rng);
                }
                for run in &mut batch.runs {
                    renumber(run, rng);
                }
                Message::Entries(batch)
            }
            Message::Ack(ack) => Message::Ack(Ack { number: rng.random_range(1..4), ..ack }),
            Message::Hello(mut hello) if rng.random_bool(0.5) => {
                hello.credential = self.credential.clone();
                Message::Hello(hello)
            }
            other @ (Message::Introduction(_)
            | Message::Search(_)
            | Message::Found(_)
            | Message::Credential(_)
            | Message::Hello(_)
            | Message::Retired(_)
            | Message::CaughtUp(_)
            | Message::Fork(_)
            | Message::Revoked(_)
            | Message::Close(_)
            | Message::Check(_)
            | Message::Checked(_)
            | Message::Sums(_)
            | Message::Items(_)
            | Message::Repair(_)
            | Message::Ignorable(_)) => other,
        }
    }
}

fn twisted(mut position: Position, rng: &mut StdRng) -> Position {
    match rng.random_range(0..4) {
        0 => position.sequence = position.sequence.wrapping_add(rng.random_range(0..3)).wrapping_sub(1),
        1 => position.hash[0] ^= 1,
        _ => {}
    }
    position
}

/// To another chapter, another document, or with another's signature; sometimes left as it was.
fn readdress(entry: &mut Sent, papers: &Papers, rng: &mut StdRng) {
    let own = papers.chapters[papers.hostile()].id;
    match rng.random_range(0..7) {
        0 => {
            if let Head::Whole(header) = &mut entry.head {
                let chapters = papers.chapters.iter().map(|chapter| chapter.id);
                let place = chapters.filter_map(|id| header.windows(16).position(|part| part == id)).next();
                if let Some(place) = place {
                    header[place..place + 16].copy_from_slice(&own);
                }
            }
        }
        1 => entry.changes[0].document = [rng.random_range(1..8); 16],
        2 => entry.changes[0].generation.number = rng.random(),
        3 => entry.signature.0[rng.random_range(0..64)] ^= 1,
        4 => entry.changes.push(entry.changes[0].clone()),
        5 => entry.head = Head::Next { run: rng.random_range(0..3), later: rng.random_range(-2..2) },
        _ => {}
    }
}

/// Another log, another place in it, or another history; sometimes left as it was.
fn renumber(run: &mut Run, rng: &mut StdRng) {
    match rng.random_range(0..6) {
        0 => run.log = LogName::Number(rng.random_range(0..4)),
        1 => run.first = run.first.wrapping_add(rng.random_range(0..3)).wrapping_sub(1),
        2 => run.before[0] ^= 1,
        _ => {}
    }
}
