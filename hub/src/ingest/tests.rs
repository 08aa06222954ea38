use helhet_protocol::identity::KeyPair;
use helhet_protocol::log::receipt::cleaned;
use helhet_protocol::log::{Body, Change, ChangeKind, Entry, Generation, Position, Receipt, Refusal, verify};
use helhet_protocol::v1::CloseCode;
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::{OpenError, erasures as register, log as stored};
use helhet_shared::zone::Zone;

use super::{EraseError, Ingested};
use crate::log::{own, to_stored_log};
use crate::store::{StoreError, documents, quarantine};
use crate::testing::{Device, TestHub, change, start};

/// The bodies of the hub's own shared log for a chapter, by kind.
fn told(test: &TestHub, device: &Device, kind: ChangeKind) -> Vec<Vec<u8>> {
    let log = own(test.hub.office(), *device.chapter.as_bytes(), Zone::Shared);
    let read = test.hub.database().read(|tx| {
        Ok::<_, crate::store::StoreError>(stored::feed(
            tx,
            device.chapter.as_bytes(),
            Zone::Shared.code(),
            &Default::default(),
            0,
            10_000,
            usize::MAX,
        )?)
    });
    let entries = read.unwrap().entries;
    let own = entries.into_iter().filter(|entry| entry.log == to_stored_log(&log));
    own.flat_map(|entry| entry.changes)
        .filter(|change| change.kind == kind.code())
        .filter_map(|change| change.body)
        .collect()
}

fn refusal_codes(test: &TestHub, device: &Device) -> Vec<String> {
    told(test, device, ChangeKind::Refusal).iter().map(|body| Refusal::read(body).unwrap().code).collect()
}

#[test]
fn what_is_allowed_is_kept_and_a_replay_changes_nothing() {
    // C1
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    let done = test.ingest(&bergen, vec![entry.clone()]).unwrap();
    assert_eq!(done, Ingested { positions: vec![entry.position()], entries: 1, changes: 1, refused: 0 });
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().entries, 0);
    assert_eq!(test.supporters().len(), 1);
}

#[test]
fn a_key_outside_the_schema_is_refused_alone_and_nothing_of_it_stays() {
    // T2, P3, data-protection 2.2
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let good = bergen.person("Kari", "Nordmann", "kari@post.example");
    let mut leak = bergen.person("Ola", "Nordmann", "ola@post.example");
    leak.first = {
        let edits = [Edit::set("type", "supporter"), Edit::set("note/AAAAAAAA/text", "CANARY-in-a-note")];
        let mut document = Document::new(ActorId::from_bytes([3; 16]));
        change(leak.id, leak.generation, document.edit(&edits, start()).unwrap().0)
    };
    let entry = bergen.entry(vec![leak.first.clone(), good.first.clone()]);
    let done = test.ingest(&bergen, vec![entry.clone()]).unwrap();
    assert_eq!((done.changes, done.refused), (2, 1));
    assert_eq!(test.supporters().len(), 1, "the other change of the entry is kept");
    let bytes = test.bytes();
    assert!(!bytes.windows(16).any(|window| window == b"CANARY-in-a-note"), "the body is nowhere");
    let rows = test
        .hub
        .database()
        .read(|tx| Ok::<_, crate::store::StoreError>(quarantine::of_chapter(tx, bergen.chapter.as_bytes())?))
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].hash, entry.commitments()[0]);
    let refusals = told(&test, &bergen, ChangeKind::Refusal);
    let refusal = Refusal::read(&refusals[0]).unwrap();
    assert_eq!((refusal.sequence, refusal.index, refusal.document), (1, 0, *leak.id.as_bytes()));
    // The position moved on: the next entry of the log follows.
    let next = bergen.person("Per", "Hansen", "per@post.example");
    let entry = bergen.entry(vec![next.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
}

#[test]
fn a_frozen_generation_takes_nothing_and_a_new_one_does() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let before = kari.document.clone();
    let bad = kari.edit("note/AAAAAAAA/text", "secret");
    let after = kari.edit("name/given", "Karin");
    let entry = bergen.entry(vec![bad, after]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 2);
    assert_eq!(refusal_codes(&test, &bergen).last().map(String::as_str), Some("frozen"));
    kari.document = before;
    let reborn = kari.reborn(&mut bergen.rng, &[("name/given", "Karin")]);
    let entry = bergen.entry(vec![reborn.first.clone()]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 0);
    assert_eq!(test.supporters()[0]["name"]["given"], "Karin");
}

#[test]
fn a_change_without_what_it_builds_on_closes_the_batch() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let orphan = kari.edit("name/given", "Karin");
    let stranger = bergen.person("Per", "Hansen", "per@post.example");
    let entry = bergen.entry(vec![stranger.first.clone(), orphan]);
    let error = test.ingest(&bergen, vec![entry]).unwrap_err();
    assert_eq!(error.close(), CloseCode::MissingDependency);
    assert!(test.supporters().is_empty(), "nothing of the batch is kept");
}

#[test]
fn another_chapters_document_and_log_are_out_of_reach() {
    // T1, T2, C3
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut oslo = test.chapter("Oslo");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    // Oslo knows the id and writes to it.
    let stolen = kari.edit("name/given", "Hacked");
    let entry = oslo.entry(vec![stolen]);
    assert_eq!(test.ingest(&oslo, vec![entry]).unwrap().refused, 1);
    assert_eq!(refusal_codes(&test, &oslo), ["other_document"]);
    assert_eq!(test.supporters()[0]["name"]["given"], "Kari");
    // Oslo sends Bergen's genuine entry as its own.
    let theirs = bergen.entry(vec![kari.edit("name/family", "Hansen")]);
    assert_eq!(test.ingest(&oslo, vec![theirs]).unwrap_err().close(), CloseCode::NotAllowed);
    // Oslo erases Bergen's supporter.
    let tombstone = oslo.tombstone(&kari.id, u32::MAX);
    test.retire(&oslo, &[tombstone]).unwrap();
    assert_eq!(test.supporters().len(), 1, "a tombstone binds its own chapter only");
}

#[test]
fn a_change_addressed_anew_is_not_the_same_change() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    let mut moved: Entry = entry.entry().clone();
    moved.changes[0].document = *DocumentId::random(&mut bergen.rng).as_bytes();
    assert!(verify(moved, |_| None).is_err(), "the commitment binds the document");
    let mut zoned: Entry = entry.entry().clone();
    zoned.changes[0].generation.number = 9;
    assert!(verify(zoned, |_| None).is_err(), "and the generation");
}

#[test]
fn bombs_and_rubbish_are_refused_before_automerge_sees_them() {
    // data-protection 0.4
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let Body::Open(body) = &kari.first.body else { panic!("open") };
    let mut compressed = body.clone();
    compressed[8] = 2;
    let mut document = body.clone();
    document[8] = 0;
    for (number, bytes) in [compressed, document, vec![0; 60_000], b"\x85\x6f\x4a\x83".to_vec(), Vec::new()]
        .into_iter()
        .enumerate()
    {
        let id = DocumentId::from_bytes([u8::try_from(number).unwrap() + 1; 16]);
        let entry = bergen.entry(vec![change(id, kari.generation, bytes)]);
        assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    }
    assert!(refusal_codes(&test, &bergen).iter().all(|code| code == "unreadable"));
}

#[test]
fn a_device_signs_no_refusals_nor_receipts_of_others() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let forged = |kind| Change { kind, body: Body::Open(vec![1, 2, 3]), ..kari.first.clone() };
    let entry = bergen.entry(vec![
        forged(ChangeKind::Refusal),
        forged(ChangeKind::Receipt),
        forged(ChangeKind::Other(77)),
    ]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 3);
}

#[test]
fn nobody_writes_under_another_actors_number() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    // The same actor begins a second history of the document.
    let mut twin = Document::new(ActorId::from_bytes([5; 16]));
    let one =
        change(kari.id, kari.generation, twin.edit(&[Edit::set("name/given", "A")], start()).unwrap().0);
    let mut twin = Document::new(ActorId::from_bytes([5; 16]));
    let two =
        change(kari.id, kari.generation, twin.edit(&[Edit::set("name/given", "B")], start()).unwrap().0);
    let entry = bergen.entry(vec![one, two]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    assert_eq!(refusal_codes(&test, &bergen), ["actor_sequence"]);
}

#[test]
fn a_forged_time_is_stored_and_marked_and_decides_nothing() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry_at(vec![kari.first.clone()], start().timestamp() + 90 * 24 * 3600);
    test.ingest(&bergen, vec![entry]).unwrap();
    let marked: i64 = test
        .hub
        .database()
        .read(|tx| {
            Ok::<_, crate::store::StoreError>(
                tx.query_row("SELECT count(*) FROM odd_times", [], |row| row.get(0))?,
            )
        })
        .unwrap();
    assert_eq!(marked, 1);
    let at = test.supporters()[0]["emails"][0]["sources"][0]["at"].as_str().map(str::to_owned);
    assert_eq!(at.as_deref(), Some("2026-11-22T12:00:00Z"), "no value is newer than its arrival");
}

#[test]
fn an_erased_supporter_is_gone_to_the_last_byte_and_a_receipt_is_signed() {
    // N1, P8, T16
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kariatide", "Nordmannsdatter", "kariatide@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    let replay = entry.clone();
    test.ingest(&bergen, vec![entry]).unwrap();
    assert_eq!(test.supporters().len(), 1);
    let late = bergen.entry(vec![kari.edit("name/given", "Kariatidea")]);
    let tombstone = bergen.tombstone(&kari.id, u32::MAX);
    test.retire(&bergen, std::slice::from_ref(&tombstone)).unwrap();
    assert!(told(&test, &bergen, ChangeKind::Receipt).is_empty(), "no receipt before the bytes are gone");
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    let receipts = told(&test, &bergen, ChangeKind::Receipt);
    assert_eq!(Receipt::read(&receipts[0]).unwrap().tombstone, tombstone.hash());
    // Neither a replay nor a late edit brings anybody back.
    test.ingest(&bergen, vec![replay, late]).unwrap();
    assert!(test.supporters().is_empty());
    test.hub.database().checkpoint().unwrap();
    let bytes = test.bytes();
    for trace in [&b"Kariatide"[..], b"kariatide", kari.id.as_bytes()] {
        let found = bytes.windows(trace.len()).any(|window| window == trace);
        assert!(!found, "{}", String::from_utf8_lossy(trace));
    }
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn a_devices_receipt_counts_whoever_brings_it_and_for_nobody_else() {
    // P8, C6
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let tombstone = bergen.tombstone(&kari.id, u32::MAX);
    test.retire(&bergen, std::slice::from_ref(&tombstone)).unwrap();
    let mut sibling = bergen.sibling(&test);
    let signed_by = |signer: &KeyPair, document: Option<[u8; 32]>| {
        let receipt = Receipt {
            tombstone: tombstone.hash(),
            store: [1; 16],
            cleaned: cleaned::CHECKPOINT,
            finished_day: 20_779,
            backup_until_day: 20_809,
            signer: signer.public(),
            document_hash: document,
        };
        let body = Body::Open(receipt.sign(signer));
        let generation = Generation { number: 0, random: 0 };
        Change { kind: ChangeKind::Receipt, document: [0; 16], generation, body }
    };
    let chapter = *bergen.chapter.as_bytes();
    let signers = || {
        let rows = test.hub.database().read(|tx| Ok::<_, StoreError>(register::receipts(tx, &chapter)?));
        rows.unwrap().into_iter().map(|receipt| receipt.signer).collect::<Vec<_>>()
    };
    // The sibling's word, passed on by the other device; not the other device's in the sibling's name, nor of what was
    // never erased.
    let forged = sibling.entry(vec![signed_by(&bergen.key, None), signed_by(&sibling.key, Some([7; 32]))]);
    assert_eq!(test.ingest(&bergen, vec![forged]).unwrap().refused, 1);
    assert!(signers().is_empty());
    let genuine = sibling.entry(vec![signed_by(&sibling.key, None)]);
    assert_eq!(test.ingest(&bergen, vec![genuine]).unwrap().refused, 0);
    assert_eq!(signers(), [sibling.key.public().0]);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(signers().len(), 2, "and the hub's own");
}

#[test]
fn no_receipt_is_signed_while_a_reader_keeps_the_erased_bytes() {
    // P8, C6
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kariatide", "Nordmannsdatter", "kariatide@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    assert_eq!(test.supporters().len(), 1);
    let stands = || test.bytes().windows(9).any(|window| window == b"Kariatide");
    let busy = || {
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        let other = test.hub.database().reader().unwrap();
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        other.query_row(checkpoint, [], |row| row.get::<_, i64>(0)).unwrap() != 0
    };
    let reader = test.hub.database().reader().unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM changes;").unwrap();
    let tombstone = bergen.tombstone(&kari.id, u32::MAX);
    test.retire(&bergen, std::slice::from_ref(&tombstone)).unwrap();
    for _ in 0..2 {
        let refused = test.hub.finish_erasures(std::time::Duration::ZERO).unwrap_err();
        assert!(matches!(refused, EraseError::Checkpoint(OpenError::ReaderInTheWay)), "{refused}");
        assert!(busy() && stands());
        assert!(told(&test, &bergen, ChangeKind::Receipt).is_empty());
    }
    reader.execute_batch("COMMIT").unwrap();
    assert!(test.hub.finish_erasures(std::time::Duration::ZERO).unwrap());
    assert!(!stands());
    let receipts = told(&test, &bergen, ChangeKind::Receipt);
    assert_eq!(receipts.len(), 1);
    let receipt = Receipt::read(&receipts[0]).unwrap();
    assert_eq!(receipt.tombstone, tombstone.hash());
    assert_ne!(receipt.cleaned & cleaned::CHECKPOINT, 0);
    assert!(!test.hub.finish_erasures(std::time::Duration::ZERO).unwrap(), "once");
}

#[test]
fn narrowing_drops_the_older_generation_and_its_history() {
    // T14, P4
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "withdrawn@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    test.supporters();
    test.retire(&bergen, &[bergen.tombstone(&kari.id, 2)]).unwrap();
    let narrow = {
        let mut next = kari.reborn(&mut bergen.rng, &[]);
        let edits = [Edit::set("type", "supporter"), Edit::set("name/given", "Kari")];
        let mut document = Document::new(ActorId::from_bytes([6; 16]));
        next.first.body = Body::Open(document.edit(&edits, start()).unwrap().0);
        next.first
    };
    let entry = bergen.entry(vec![narrow]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 0);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    let left = test.supporters();
    assert_eq!((left.len(), left[0]["emails"].as_array().unwrap().len()), (1, 0));
    test.hub.database().checkpoint().unwrap();
    assert!(!test.bytes().windows(9).any(|window| window == b"withdrawn"));
    let held = test
        .hub
        .database()
        .read(|tx| Ok::<_, crate::store::StoreError>(documents::generations(tx, kari.id.as_bytes())?))
        .unwrap();
    assert_eq!(held.len(), 1);
}

#[test]
fn a_fork_of_a_log_is_seen() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let (one, two) = (bergen.person("A", "A", "a@post.example"), bergen.person("B", "B", "b@post.example"));
    let first = bergen.entry(vec![one.first.clone()]);
    bergen.head = None::<Position>;
    let second = bergen.entry(vec![two.first.clone()]);
    test.ingest(&bergen, vec![first]).unwrap();
    assert_eq!(test.ingest(&bergen, vec![second]).unwrap_err().close(), CloseCode::Fork);
}

#[test]
fn what_was_erased_before_it_was_sent_is_passed_over_without_a_word() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let commitment = kari.first.commitment(&bergen.log());
    let erased = Change { document: [0; 16], body: Body::Absent { commitment }, ..kari.first.clone() };
    let entry = bergen.entry(vec![erased]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 0);
    // A body that is missing for no such reason is refused: what builds on it could never be read.
    let missing = Change { body: Body::Absent { commitment }, ..kari.first.clone() };
    let entry = bergen.entry(vec![missing]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    assert_eq!(refusal_codes(&test, &bergen), ["body_missing"]);
}

// C1, T20: where both sides have lost the notice of a refusal, what is offered again is refused again.
#[test]
fn what_was_refused_is_refused_again_when_it_is_offered() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let ola = bergen.person("Ola", "Nordmann", "ola@post.example");
    let commitment = kari.first.commitment(&bergen.log());
    let missing = Change { body: Body::Absent { commitment }, ..kari.first.clone() };
    let entry = bergen.entry(vec![missing, ola.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let offered = [kari.first.clone(), ola.first.clone()];
    let again = test.hub.database().write(|transaction| {
        super::refuse_again(transaction, test.hub.office(), bergen.chapter.as_bytes(), &offered, 0)
    });
    assert_eq!(again.unwrap(), 1, "what was taken is not refused");
    assert_eq!(refusal_codes(&test, &bergen), ["body_missing", "body_missing"]);
}

// C3, N1: of whom the hub knows by a refusal alone nothing stands after the erasure either, not even the id.
#[test]
fn who_was_refused_and_then_erased_is_nowhere() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let commitment = kari.first.commitment(&bergen.log());
    let missing = Change { body: Body::Absent { commitment }, ..kari.first.clone() };
    let entry = bergen.entry(vec![missing]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    let rows = |sql: &'static str| {
        let id = kari.id;
        let count = move |tx: &rusqlite::Transaction<'_>| {
            tx.query_row(sql, [id.as_bytes()], |row| row.get::<_, i64>(0)).map_err(StoreError::from)
        };
        test.hub.database().read(count).unwrap()
    };
    let by_id = "SELECT count(*) FROM changes WHERE document = ?1";
    let in_notices = "SELECT count(*) FROM changes WHERE instr(body, ?1) > 0";
    let frozen = "SELECT count(*) FROM frozen WHERE document = ?1";
    assert_eq!((rows(by_id), rows(in_notices), rows(frozen)), (2, 1, 1));
    test.retire(&bergen, &[bergen.tombstone(&kari.id, u32::MAX)]).unwrap();
    assert_eq!((rows(by_id), rows(in_notices), rows(frozen)), (0, 0, 0));
}

// P8, T16: only an erasure may put a document out of reach, and erasing is not every device's right.
#[test]
fn a_floor_or_a_generation_out_of_reach_is_refused() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    assert!(test.retire(&bergen, &[bergen.tombstone(&kari.id, u32::MAX - 1)]).is_err());
    assert!(test.retire(&bergen, &[bergen.tombstone(&DocumentId::from_bytes([8; 16]), 5_000)]).is_err());
    // A device that was away narrowed three times.
    test.retire(&bergen, &[bergen.tombstone(&kari.id, 4)]).unwrap();
    let mut far = bergen.person("Ola", "Nordmann", "ola@post.example").first;
    far.generation.number = u32::MAX;
    let entry = bergen.entry(vec![far]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    let refusals = told(&test, &bergen, ChangeKind::Refusal);
    assert_eq!(Refusal::read(&refusals[0]).unwrap().code, "generation_number");
}

// C3: a document stays of the kind that its generation began as, in the batch that began it and in later ones.
#[test]
fn a_supporter_does_not_become_a_chapter() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let switched = kari.edit("type", "chapter");
    let entry = bergen.entry(vec![kari.first.clone(), switched]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    assert_eq!(refusal_codes(&test, &bergen), ["not_listed"]);

    let mut ola = bergen.person("Ola", "Nordmann", "ola@post.example");
    let entry = bergen.entry(vec![ola.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let added = ola.edit("name", "Bergen");
    let entry = bergen.entry(vec![added]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    assert_eq!(refusal_codes(&test, &bergen).last().map(String::as_str), Some("mixed_document"));
    assert_eq!(test.supporters().len(), 2);

    let mut per = bergen.person("Per", "Hansen", "per@post.example");
    let entry = bergen.entry(vec![per.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let entry = bergen.entry(vec![per.edit("name/given", "Peder")]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 0);
}
