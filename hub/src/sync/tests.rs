//! A made-up device against a hub that serves, over real QUIC on the loopback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use helhet_protocol::identity::JoinRequest;
use helhet_protocol::log::tombstone::RetiredDigest;
use helhet_protocol::log::{Change, ChangeKind, Entry, LogId, Position, VerifiedEntry};
use helhet_protocol::session::{
    Authorization, Authors, Batch, Comparison, Config, Missing, Opening, Peer, ReadEntries, RetiredRows,
    Scope, Session, Standing,
};
use helhet_protocol::transport::{self, EntriesRead, Handle, Next, Notice, Report, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Credential, Fork};
use helhet_shared::gate::Source;
use helhet_shared::zone::Zone;
use tokio::task::JoinHandle;

use crate::national::Correction;
use crate::serve::{ServeConfig, Serving, serve};
use crate::testing::{Device, TestHub, start};

/// What the device has and gets.
#[derive(Default)]
struct Mailbox {
    outgoing: Vec<Entry>,
    retired: RetiredRows,
    received: Vec<VerifiedEntry>,
    acknowledged: Vec<Position>,
    stay: bool,
}

struct DeviceStore {
    mailbox: Arc<Mutex<Mailbox>>,
    standing: Standing,
}

impl Store for DeviceStore {
    fn authorize(&self, _: &Peer) -> Authorization {
        Authorization::Accepted(self.standing.clone())
    }
    fn read_retired(&self, _: u64) -> Result<RetiredRows, CloseCode> {
        Ok(self.mailbox.lock().unwrap().retired.clone())
    }
    fn store_retired(&self, _: RetiredRows) -> Result<(), CloseCode> {
        Ok(())
    }
    fn compare(&self, _: &[Position]) -> Result<Comparison, CloseCode> {
        Ok(Comparison::default())
    }
    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        let mailbox = self.mailbox.lock().unwrap();
        let after = usize::try_from(request.after).unwrap();
        let entries: Vec<Entry> = mailbox.outgoing.iter().skip(after).take(50).cloned().collect();
        let arrival = after + entries.len();
        Ok(EntriesRead { entries, arrival: arrival as u64, more: arrival < mailbox.outgoing.len() })
    }
    fn store(&self, batch: Batch) -> Result<u64, CloseCode> {
        self.mailbox.lock().unwrap().received.extend(batch.entries);
        Ok(0)
    }
    fn acknowledged(&self, positions: &[Position], _: u64) -> Result<(), CloseCode> {
        self.mailbox.lock().unwrap().acknowledged.extend_from_slice(positions);
        Ok(())
    }
    fn sample_log(&self, log: &LogId) -> Result<Fork, CloseCode> {
        Ok(Fork { log: *log, samples: Vec::new() })
    }
    fn forked(&self, _: &Fork) -> Result<(), CloseCode> {
        Ok(())
    }
    fn standing(&self) -> Result<Standing, CloseCode> {
        Ok(Standing::default())
    }
    fn sums(&self, _: &Scope) -> Result<Vec<u8>, CloseCode> {
        Err(CloseCode::Unexpected)
    }
    fn differing(&self, _: &Scope, _: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode> {
        Err(CloseCode::Unexpected)
    }
    fn missing(&self, _: &Scope, _: &[u8], _: &[u8]) -> Result<Missing, CloseCode> {
        Err(CloseCode::Unexpected)
    }
    fn fill(&self, _: &Scope, _: Vec<Change>, _: &[Short]) -> Result<(u64, Vec<Change>), CloseCode> {
        Err(CloseCode::Unexpected)
    }
    fn notice(&self, _: Notice) {}
    fn caught_up(&self) -> Next {
        if self.mailbox.lock().unwrap().stay { Next::Stay } else { Next::Close }
    }
}

struct Connection {
    mailbox: Arc<Mutex<Mailbox>>,
    handle: Handle,
    running: JoinHandle<Report>,
}

impl Connection {
    async fn end(self) -> Report {
        tokio::time::timeout(Duration::from_secs(20), self.running).await.unwrap().unwrap()
    }

    async fn until(&self, what: &str, holds: impl Fn(&Mailbox) -> bool) {
        for _ in 0..400 {
            if holds(&self.mailbox.lock().unwrap()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("never: {what}");
    }
}

async fn dial(
    serving: &Serving,
    device: &Device,
    mailbox: Mailbox,
    join: impl FnOnce(&[u8; 32]) -> Option<JoinRequest>,
) -> Connection {
    let endpoint = transport::dialling_endpoint(&device.key, serving.quic).unwrap();
    let link = transport::connect(&endpoint, serving.quic).await.unwrap();
    let chapter = *device.chapter.as_bytes();
    let mut retired = RetiredDigest::default();
    for row in &mailbox.retired.tombstones {
        let tombstone = row.unverified().unwrap();
        retired.add_floor(&tombstone.document_hash, tombstone.floor);
    }
    let standing = Standing {
        scopes: vec![
            Scope { zone: Zone::Published.code(), chapter: [0; 16], sends: false, takes: Authors::Any },
            Scope { zone: Zone::Shared.code(), chapter, sends: true, takes: Authors::Any },
        ],
        positions: device.head.into_iter().collect(),
        retired,
        retired_arrival: mailbox.retired.tombstones.len() as u64,
        ..Standing::default()
    };
    let mailbox = Arc::new(Mutex::new(mailbox));
    let session = Session::new(Config {
        credential: Credential::Device(device.chain.clone()),
        store: [1; 16],
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening: Some(Opening {
            peer_is_known: true,
            join: join(&link.exporter),
            search: None,
            standing: standing.clone(),
        }),
    });
    let (handle, control) = transport::control();
    let store = Arc::new(DeviceStore { mailbox: mailbox.clone(), standing });
    let running = tokio::spawn(async move {
        let report = link.run(session, store, control).await;
        drop(endpoint);
        report
    });
    Connection { mailbox, handle, running }
}

async fn open(test: &TestHub) -> Serving {
    let free = "127.0.0.1:0".parse().unwrap();
    serve(
        &test.hub,
        &ServeConfig { http: free, quic: free, public: None, reach: Default::default(), metrics: None },
        crate::screens,
    )
    .await
    .unwrap()
}

fn supporters(test: &TestHub) -> usize {
    test.hub.database().read(|tx| crate::read::count(tx, "", None)).unwrap() as usize
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chapter_joins_sends_and_gets_what_is_published() {
    let test = TestHub::new();
    let serving = open(&test).await;
    let invite = test.hub.add_chapter("Bergen").unwrap();
    assert_eq!(invite.hub_address, serving.quic.to_string());
    let mut bergen = Device::new(&invite, 3, start());
    let outgoing: Vec<Entry> = (0..120)
        .map(|number| {
            let subject = bergen.person("Kari", &format!("Nr {number}"), &format!("k{number}@post.example"));
            bergen.entry(vec![subject.first]).into_entry()
        })
        .collect();
    let mailbox = Mailbox { outgoing, ..Mailbox::default() };
    let connection = dial(&serving, &bergen, mailbox, |exporter| {
        Some(JoinRequest::new(invite.token, &bergen.root, exporter))
    })
    .await;
    let mailbox = connection.mailbox.clone();
    let report = connection.end().await;
    assert_eq!(report.code(), Some(CloseCode::Done));
    assert_eq!(report.counts.entries_out, 120);
    {
        let mailbox = mailbox.lock().unwrap();
        assert_eq!(mailbox.acknowledged.iter().map(|position| position.sequence).max(), Some(120));
        let published =
            mailbox.received.iter().filter(|entry| entry.header().log.zone == Zone::Published.code()).count();
        assert_eq!(published, 2, "agreement and declaration");
    }
    for _ in 0..200 {
        if supporters(&test) == 120 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(supporters(&test), 120);
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_reaches_a_live_session_at_once_and_no_other_chapter() {
    // T1
    let test = TestHub::new();
    let (mut bergen, oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]).into_entry();
    let serving = open(&test).await;
    let live =
        dial(&serving, &bergen, Mailbox { outgoing: vec![entry], stay: true, ..Mailbox::default() }, |_| {
            None
        })
        .await;
    let other = dial(&serving, &oslo, Mailbox { stay: true, ..Mailbox::default() }, |_| None).await;
    live.until("the entry is acknowledged", |mailbox| !mailbox.acknowledged.is_empty()).await;
    other.until("what is published arrives", |mailbox| mailbox.received.len() == 2).await;
    for _ in 0..200 {
        if supporters(&test) == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let correction = Correction {
        field: "email".into(),
        value: "new@post.example".into(),
        replaces: None,
        source: Source::ReturnedPost,
        login: "anne".into(),
    };
    test.hub.correct(kari.id, &correction).unwrap();
    let shared = |entry: &VerifiedEntry| entry.header().log.zone == Zone::Shared.code();
    live.until("the correction arrives", |mailbox| mailbox.received.iter().any(shared)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!other.mailbox.lock().unwrap().received.iter().any(shared));
    assert_eq!(serving.connected(), 2);
    live.handle.close(CloseCode::GoingAway);
    live.end().await;
    serving.stop().await;
    other.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tombstone_is_answered_with_a_receipt_in_the_same_session() {
    // N1
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let serving = open(&test).await;
    let retired = RetiredRows {
        tombstones: vec![bergen.tombstone(&kari.id, u32::MAX)],
        arrival: 1,
        ..RetiredRows::default()
    };
    let live = dial(&serving, &bergen, Mailbox { retired, stay: true, ..Mailbox::default() }, |_| None).await;
    let receipt =
        |entry: &VerifiedEntry| entry.entry().changes.iter().any(|change| change.kind == ChangeKind::Receipt);
    live.until("the receipt arrives", |mailbox| mailbox.received.iter().any(receipt)).await;
    assert_eq!(supporters(&test), 0);
    live.handle.close(CloseCode::Done);
    live.end().await;
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_other_chapters_are_told_why() {
    let test = TestHub::new();
    let (bergen, oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let serving = open(&test).await;
    let mut impostor = Device { chain: oslo.chain.clone(), ..oslo };
    impostor.key = helhet_protocol::identity::KeyPair::from_seed(&[7; 32]);
    impostor.chain = Device::certify(
        &bergen.root,
        &bergen.chapter_key,
        &impostor.key,
        *impostor.chapter.as_bytes(),
        start(),
        |_| (),
    );
    let refused = dial(&serving, &impostor, Mailbox::default(), |_| None).await.end().await;
    assert_eq!(refused.code(), Some(CloseCode::UnknownDevice));
    let other = TestHub::new();
    let elsewhere = other.chapter("Tromso");
    let refused = dial(&serving, &elsewhere, Mailbox::default(), |_| None).await.end().await;
    assert_eq!(refused.code(), Some(CloseCode::UnknownChapter));
    serving.stop().await;
}

fn receipts_owed(test: &TestHub) -> usize {
    let owed = |tx: &rusqlite::Transaction<'_>| crate::store::erasures::owed(tx, 10).map(|owed| owed.len());
    test.hub.database().read(|tx| owed(tx).map_err(crate::store::StoreError::from)).unwrap()
}

async fn within_seconds(seconds: u32, what: &str, holds: impl Fn() -> bool) {
    for _ in 0..seconds * 40 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_a_reader_held_up_is_signed_on_a_quiet_hub() {
    // P8, C6
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let serving = open(&test).await;
    let reader = test.hub.database().reader().unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM changes;").unwrap();
    test.retire(&bergen, &[bergen.tombstone(&kari.id, u32::MAX)]).unwrap();
    tokio::time::sleep(3 * super::keeper::PATIENCE).await;
    assert_eq!(receipts_owed(&test), 1, "old pages stand in the write-ahead file");
    // Nothing is committed: the reader goes, and that is all.
    reader.execute_batch("COMMIT").unwrap();
    within_seconds(20, "the receipt is signed", || receipts_owed(&test) == 0).await;
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projection_that_failed_is_tried_again_on_a_quiet_hub() {
    // S0.1
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let serving = open(&test).await;
    let temporarily = |sql: &str| {
        let done = test.hub.database().write(|tx| tx.execute_batch(sql));
        done.unwrap();
    };
    // Of the writing connection alone, so that no other sees a commit when it goes.
    temporarily(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.supporters BEGIN SELECT raise(ABORT, 'no room'); END",
    );
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first]);
    test.ingest(&bergen, vec![entry]).unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(supporters(&test), 0);
    temporarily("DROP TRIGGER temp.full");
    within_seconds(20, "the list shows who arrived", || supporters(&test) == 1).await;
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_overrun_says_so_at_once_and_lets_in_again() {
    // T21
    let test = TestHub::new();
    let (mut bergen, oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first]).into_entry();
    let serving = open(&test).await;
    let live = dial(&serving, &bergen, Mailbox { stay: true, ..Mailbox::default() }, |_| None).await;
    live.until("what is published arrives", |mailbox| mailbox.received.len() == 2).await;
    // The disk hangs.
    let (hang, hanging) = std::sync::mpsc::channel::<()>();
    let hub = test.hub.clone();
    let disk = std::thread::spawn(move || {
        let hangs = hub.database().write(|_| {
            hanging.recv().unwrap();
            Ok::<_, rusqlite::Error>(())
        });
        hangs.unwrap();
    });
    live.mailbox.lock().unwrap().outgoing.push(entry);
    live.handle.wake();
    tokio::time::sleep(super::writer::OVERRUN).await;
    // On a busy machine the entry may not be in the queue yet: then the first who comes waits too, and the next is told.
    let mut refused = None;
    for _ in 0..5 {
        let answered = dial(&serving, &oslo, Mailbox::default(), |_| None).await.end();
        if let Ok(report) = tokio::time::timeout(super::writer::OVERRUN, answered).await {
            refused = report.code();
            break;
        }
    }
    assert_eq!(refused, Some(CloseCode::Busy), "at once");
    hang.send(()).unwrap();
    disk.join().unwrap();
    live.until("the entry is acknowledged", |mailbox| !mailbox.acknowledged.is_empty()).await;
    let welcome = dial(&serving, &oslo, Mailbox::default(), |_| None).await.end().await;
    assert_eq!(welcome.code(), Some(CloseCode::Done));
    live.handle.close(CloseCode::Done);
    live.end().await;
    serving.stop().await;
}
