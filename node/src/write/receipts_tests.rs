//! Who signs for an erasure, when, and whose word is taken for it.
use chrono::TimeDelta;
use helhet_protocol::identity::{DeviceCertificate, DeviceChain, DeviceRole, KeyPair};
use helhet_protocol::log::receipt::cleaned;
use helhet_protocol::log::{ChangeKind, Generation, Receipt};
use helhet_shared::erasures::{Erased, Erasure, StoreState};
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::erasures as rows;
use helhet_shared::zone::Zone;

use super::WriteError;
use super::devices::BEGINNING;
use super::tests::{Place, place};
use crate::read;
use crate::store::{StoreError, settings};

fn register(place: &Place) -> Vec<Erasure> {
    let now = place.node.writer().clock().now().timestamp();
    read::erasures(place.node.store(), place.node.identity(), now).unwrap()
}

fn erased(place: &Place) -> Vec<Erased> {
    let chapter = *place.node.identity().chapter.as_bytes();
    place.node.store().database().read(|c| Ok::<_, StoreError>(rows::of_chapter(c, &chapter)?)).unwrap()
}

/// The receipts in this store's log, read strictly.
fn signed(place: &Place) -> Vec<Receipt> {
    let (chapter, zone) = (*place.node.identity().chapter.as_bytes(), Zone::Shared.code());
    let own = place.node.identity().device.public();
    let logged = place.node.store().database().read(|connection| {
        Ok::<_, StoreError>(rows::logged(connection, &chapter, zone, ChangeKind::Receipt.code())?)
    });
    let own = logged.unwrap().into_iter().filter(|one| one.author == own.0);
    own.map(|one| Receipt::read(&one.body).unwrap()).collect()
}

fn receipt(place: &Place, erased: &Erased, signer: &KeyPair) -> Vec<u8> {
    let receipt = Receipt {
        tombstone: erased.tombstone,
        store: [8; 16],
        cleaned: cleaned::LOG | cleaned::CHECKPOINT,
        finished_day: 20_780,
        backup_until_day: 20_810,
        signer: place.hub.public(),
        document_hash: Some(erased.document_hash),
    };
    receipt.sign(signer)
}

fn hear(place: &mut Place, body: Vec<u8>) -> u64 {
    let none = DocumentId::from_bytes([0; 16]);
    place
        .hear_hub(Zone::Shared, ChangeKind::Receipt, none, Generation { number: 0, random: 0 }, body)
        .unwrap()
}

// C6, N1: no receipt is signed while a reader keeps what was erased in the files, also if the program ends meanwhile.
#[test]
fn this_store_signs_once_its_bytes_are_gone() {
    let place = place();
    let (kari, ola) = (place.member("Kari"), place.member("Ola"));
    let writer = place.node.writer();
    writer.act(|deed| deed.erase(ola)).unwrap();
    assert_eq!(signed(&place).len(), 3, "one for each document");

    let mut reader = place.node.store().database().reader().unwrap();
    let reading = reader.transaction().unwrap();
    reading.query_row("SELECT count(*) FROM entries", [], |row| row.get::<_, i64>(0)).unwrap();
    writer.act(|deed| deed.erase(kari)).unwrap();
    assert!(writer.has_bytes_left() && signed(&place).len() == 3);
    let all = register(&place);
    let owing = all.iter().map(|erasure| erasure.owing().collect::<Vec<_>>());
    assert_eq!(owing.max_by_key(Vec::len).unwrap(), [None, Some("laptop")]);
    drop(reading);

    // Another program on the folder finds what is left to do.
    let next = place.again();
    next.writer().look_for_bytes_left().unwrap();
    assert!(next.writer().has_bytes_left());
    next.writer().tidy().unwrap();
    let receipts = signed(&place);
    assert_eq!(receipts.len(), 6);
    assert!(receipts.iter().all(|receipt| receipt.cleaned & cleaned::CHECKPOINT != 0));
    writer.tidy().unwrap();
    assert_eq!(signed(&place).len(), 6, "once");
}

// P8: the office's word for each of the documents makes it complete, and nobody else's word for the office.
#[test]
fn an_erasure_is_complete_by_the_words_of_those_who_held_it() {
    let mut place = place();
    let kari = place.member("Kari");
    place.node.writer().act(|deed| deed.erase(kari)).unwrap();
    let parts = erased(&place);
    assert_eq!(parts.iter().map(|part| part.zone).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(parts.iter().all(|part| part.number == parts[0].number));

    let forger = KeyPair::generate(&mut rand::rng());
    let forged = receipt(&place, &parts[0], &forger);
    assert_eq!(hear(&mut place, forged), 1, "nobody says for another that something is gone there");
    let unknown = Erased { document_hash: [1; 32], tombstone: [2; 32], ..parts[0].clone() };
    let unknown = receipt(&place, &unknown, &place.hub.clone());
    assert_eq!(hear(&mut place, unknown), 0);
    assert_eq!(register(&place)[0].owing().collect::<Vec<_>>(), [None]);

    let later = place.node.writer().clock().now() + TimeDelta::days(31);
    assert!(register(&place)[0].is_late(later), "P8: red after thirty days");
    for part in &parts {
        let body = receipt(&place, part, &place.hub.clone());
        assert_eq!(hear(&mut place, body), 0);
    }
    let done = register(&place).remove(0);
    assert!(done.is_complete() && !done.is_late(later));
    assert!(done.stores.iter().all(|store| matches!(store.state, StoreState::Confirmed { .. })));
    assert_eq!(place.owed(), 0);
    place.node.rebuild().unwrap();
    assert_eq!(register(&place), [done], "the register is what the log says");
}

// P8: a device that joins after the erasure has held nothing, and owes nothing.
#[test]
fn who_begins_later_owes_no_receipt() {
    let (old, new) = (place(), place());
    let kari = old.member("Kari");
    old.node.writer().act(|deed| deed.erase(kari)).unwrap();
    let chapter = *old.node.identity().chapter.as_bytes();
    let rows = old.node.store().database().read(|c| crate::store::exchange::retired_rows(c, &chapter, 0));
    let tombstones = rows.unwrap().tombstones;
    // Certified by the old one, as a sibling is.
    let eraser = old.node.identity();
    let certificate =
        DeviceCertificate::new(chapter, "laptop", eraser.device.public(), DeviceRole::Admin, 1_795_376_543);
    let own = new.node.identity();
    let chain = DeviceChain::certify(own.chain.chapter_key.clone(), &certificate, &own.chapter_key);
    let hear = |place: &Place| {
        place.node.writer().act(|deed| {
            deed.receive_devices(std::slice::from_ref(&chain))?;
            deed.receive_floors(&tombstones, &[])
        })
    };
    let begins = |transaction: &rusqlite::Transaction<'_>| settings::write(transaction, BEGINNING, &[1]);
    new.node.store().database().write(begins).unwrap();
    hear(&new).unwrap();
    assert_eq!((erased(&new).len(), signed(&new).len()), (3, 0));
    assert!(!new.node.writer().has_bytes_left());

    // One that was in signs, though it never held the supporter: nothing of it is there.
    let sibling = place();
    let own = sibling.node.identity();
    let chain = DeviceChain::certify(own.chain.chapter_key.clone(), &certificate, &own.chapter_key);
    let heard: Result<(), WriteError> = sibling.node.writer().act(|deed| {
        deed.receive_devices(&[chain])?;
        deed.receive_floors(&tombstones, &[])
    });
    heard.unwrap();
    assert_eq!((erased(&sibling).len(), signed(&sibling).len()), (3, 3));
}
