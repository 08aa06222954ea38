//! Other chapters of the office, made up: their devices sign what they share, and the hub takes it in as it takes what
//! a session brings. No program of theirs runs, so that hundreds of them fit on one machine.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, ensure};
use chrono::{DateTime, Utc};
use helhet_hub::Hub;
use helhet_hub::chapters::{self, AdmitError};
use helhet_hub::ingest::{self, Author};
use helhet_protocol::identity::{DeviceCertificate, DeviceChain, DeviceRole, JoinRequest, KeyPair, RootKey};
use helhet_protocol::log::chain::position_of;
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, VerifiedEntry, verify,
};
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, ChapterId, DocumentId, EntryKey};
use helhet_shared::zone::Zone;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::records::{Record, record};

/// As a chapter's import signs them.
const SUPPORTERS_AN_ENTRY: u32 = 256;
/// Entries of a batch, as a session closes it.
const ENTRIES_A_BATCH: usize = 4;
/// Batches made ahead; what waits is all the memory that this takes.
const AHEAD: usize = 2;
/// One in so many is known to another chapter too.
const SHARED_WITH_ANOTHER: u32 = 50;
/// What a channel would give; the same for all, since none is here.
const EXPORTER: [u8; 32] = [9; 32];

/// A batch of one chapter, ready to be taken in.
struct Batch {
    author: Author,
    entries: Vec<VerifiedEntry>,
}

/// Adds `count` chapters with so many supporters in all; how long the hub took to make them durable.
pub(crate) fn fill(hub: &Hub, count: u32, supporters: u32) -> Result<Duration> {
    let now = hub.now();
    let mut devices = Vec::new();
    for number in 0..count {
        devices.push(Device::join(hub, number, now)?);
    }
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel(AHEAD);
        let making = scope.spawn(move || make(devices, supporters, now, &sender));
        let mut took = Duration::ZERO;
        for Batch { author, entries } in batches {
            let began = Instant::now();
            let done = hub.database().write(|transaction| {
                ingest::ingest(transaction, hub.office(), &author, entries, now.timestamp())
            })?;
            took += began.elapsed();
            ensure!(done.refused == 0, "the hub refused what a made-up chapter shared: {done:?}");
        }
        making.join().map_err(|_| anyhow!("the made-up chapters fell over"))??;
        Ok(took)
    })
}

fn make(
    devices: Vec<Device>,
    supporters: u32,
    now: DateTime<Utc>,
    batches: &SyncSender<Batch>,
) -> Result<()> {
    let count = u32::try_from(devices.len())?;
    let mut next = 0;
    for (number, mut device) in (1_u32..).zip(devices) {
        let end = u32::try_from(u64::from(supporters) * u64::from(number) / u64::from(count))?;
        while next < end {
            let mut entries = Vec::new();
            while next < end && entries.len() < ENTRIES_A_BATCH {
                let upto = end.min(next + SUPPORTERS_AN_ENTRY);
                let changes =
                    (next..upto).map(|number| device.supporter(number, now)).collect::<Result<_>>()?;
                entries.push(device.sign(changes, now)?);
                next = upto;
            }
            // Nobody takes any more where one was refused; that is told there.
            if batches.send(Batch { author: device.author(), entries }).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The one device of a made-up chapter.
struct Device {
    chapter: ChapterId,
    key: KeyPair,
    head: Option<Position>,
    rng: StdRng,
}

impl Device {
    /// Adds a chapter and joins it as an invited device does.
    fn join(hub: &Hub, number: u32, now: DateTime<Utc>) -> Result<Self> {
        let mut rng = StdRng::seed_from_u64(u64::from(number));
        let invite = hub.add_chapter(&format!("Chapter {number:03}"))?;
        let [root, chapter_key, key] = [0; 3].map(|_| rng.random::<[u8; 32]>());
        let (root, chapter_key, key) =
            (RootKey::from_seed(&root), KeyPair::from_seed(&chapter_key), KeyPair::from_seed(&key));
        let certificate = root.certify_chapter_key(invite.chapter, chapter_key.public(), 1);
        let device = DeviceCertificate::new(
            invite.chapter,
            "laptop",
            key.public(),
            DeviceRole::Admin,
            now.timestamp(),
        );
        let chain = DeviceChain::certify(certificate, &device, &chapter_key);
        let request = JoinRequest::new(invite.token, &root, &EXPORTER);
        hub.database().write(|transaction| -> Result<_, AdmitError> {
            let now = now.timestamp();
            chapters::admit(transaction, &chain, Some(&request), &key.public(), &EXPORTER, now)
        })?;
        Ok(Self { chapter: ChapterId::from_bytes(invite.chapter), key, head: None, rng })
    }

    fn author(&self) -> Author {
        Author { chapter: self.chapter, device: self.key.public(), role: DeviceRole::Admin }
    }

    fn sign(&mut self, changes: Vec<Change>, now: DateTime<Utc>) -> Result<VerifiedEntry> {
        let log = LogId {
            chapter: *self.chapter.as_bytes(),
            zone: Zone::Shared.code(),
            author: self.key.public(),
            incarnation: 1,
        };
        let before = self.head;
        let entry = Entry::sign(log, before.as_ref(), now.timestamp(), changes, &self.key);
        self.head = Some(position_of(&entry)?);
        Ok(verify(entry, |_| before)?)
    }

    /// The shared document of a supporter, with what the default agreement lets out of a main member.
    fn supporter(&mut self, number: u32, now: DateTime<Utc>) -> Result<Change> {
        let rng = &mut self.rng;
        let generation = Generation { number: 1, random: rng.random() };
        let edits = edits(number, rng);
        let body =
            Document::new(ActorId::random(rng)).edit(&edits, now).context("there is something to say")?;
        let document = *DocumentId::random(rng).as_bytes();
        Ok(Change { kind: ChangeKind::Automerge, document, generation, body: Body::Open(body.0) })
    }
}

/// The fields and their size are those that the gate lets out of the benchmark's records.
fn edits(number: u32, rng: &mut StdRng) -> Vec<Edit> {
    // Another chapter's supporter, or one of its own.
    let person = if number % SHARED_WITH_ANOTHER == SHARED_WITH_ANOTHER - 1 { number / 2 } else { number };
    let record = record(person);
    let text = |name: &str| record.text(name).to_owned();
    let (given, family) = (text("given_name"), family_name(person, &record));
    let mut key = || EntryKey::random(rng).to_string();
    let (email, phone, mobile, address, role) = (key(), key(), key(), key(), key());
    let digits = |name: &str| text(name).replace(' ', "");
    let year = text("birth_date").get(..4).and_then(|year| year.parse::<i64>().ok()).unwrap_or(1970);
    vec![
        Edit::set("type", "supporter"),
        Edit::set("kind", "person"),
        Edit::set(format!("email/{email}"), format!("{given}.{person}@example.org").to_lowercase()),
        Edit::set("name/given", given),
        Edit::set("name/family", family),
        Edit::set("birth/year", year),
        Edit::set(format!("phone/{phone}"), digits("phone")),
        Edit::set(format!("phone/{mobile}"), digits("mobile")),
        Edit::set(format!("address/{address}/street"), format!("{} {}", text("street"), text("house_no"))),
        Edit::set(format!("address/{address}/postcode"), text("postcode")),
        Edit::set(format!("address/{address}/city"), text("city")),
        Edit::set(format!("address/{address}/country"), "DE"),
        Edit::set(format!("role/{role}/role"), "member"),
        Edit::set(format!("role/{role}/kind"), "main"),
        Edit::set(format!("role/{role}/from"), text("joined")),
    ]
}

/// The benchmark's short list of family names would make a million namesakes.
fn family_name(person: u32, record: &Record) -> String {
    const FIRST: [&str; 16] = [
        "Ander", "Berg", "Dahl", "Eng", "Fager", "Grøn", "Hauge", "Isak", "Jørg", "Kvam", "Lund", "Myhr",
        "Nord", "Opp", "Ruud", "Strand",
    ];
    const LAST: [&str; 16] = [
        "ås", "bø", "dal", "eide", "fjord", "gård", "heim", "land", "moen", "nes", "rud", "seth", "sen",
        "stad", "vik", "øy",
    ];
    // Any mixing will do that does not run in step with the record's own.
    let mixed = person.wrapping_mul(0x85eb_ca6b).rotate_left(13);
    let (first, last) = (FIRST[mixed as usize % 16], LAST[(mixed >> 8) as usize % 16]);
    format!("{first}{last} {}", record.text("family_name"))
}
