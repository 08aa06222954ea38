//! A list is imported once, undone as one, and its doubtful lines are listed.
use std::sync::Arc;

use helhet_protocol::identity::{DeviceCertificate, DeviceChain, DeviceRole, KeyPair, RecoveryPhrase};
use helhet_shared::clock::TestClock;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::DatabaseKey;

use super::*;
use crate::store::Store;
use crate::store::identity::Identity;

fn node(folder: &std::path::Path) -> Writer {
    let mut rng = rand::rng();
    let root = RecoveryPhrase::generate(&mut rng).root();
    let (device, chapter_key) = (KeyPair::generate(&mut rng), KeyPair::generate(&mut rng));
    let chapter = ChapterId::random(&mut rng);
    let certified = root.certify_chapter_key(*chapter.as_bytes(), chapter_key.public(), 1);
    let certificate =
        DeviceCertificate::new(*chapter.as_bytes(), "laptop", device.public(), DeviceRole::Admin, 0);
    let identity = Identity {
        chapter,
        chapter_name: "Bergen".into(),
        device_name: "laptop".into(),
        chain: DeviceChain::certify(certified, &certificate, &chapter_key),
        root: root.public(),
        device,
        chapter_key,
        store: [1; 16],
        incarnation: 1,
        office: [2; 32],
        hub_address: "127.0.0.1:1".into(),
    };
    let store = Store::open(folder, DatabaseKey::new([7; 32])).unwrap();
    let clock = TestClock::at("2026-11-22T12:00:00Z".parse().unwrap());
    Writer::new(Arc::new(store), Arc::new(identity), Arc::new(clock))
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/demo/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn import(writer: &Writer, bytes: &[u8]) -> Imported {
    carry_out(writer, &preview(writer, "list.csv", bytes, "").unwrap()).unwrap()
}

fn supporters_on_record(writer: &Writer) -> usize {
    let ids = |transaction: &rusqlite::Transaction<'_>| Ok::<_, StoreError>(supporters::ids(transaction)?);
    writer.store().database().read(ids).unwrap().len()
}

#[test]
fn the_members_list_is_imported_once_and_undone_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let writer = node(folder.path());
    let bytes = sample("bergen_medlemmer.csv");
    let dry = preview(&writer, "list.csv", &bytes, "").unwrap();
    assert_eq!(supporters_on_record(&writer), 0);
    let first = import(&writer, &bytes);
    assert_eq!((first.report.lines, first.report.new + first.report.doubtful), (451, 451));
    assert_eq!((first.report.new, first.report.doubtful), (dry.report.new, dry.report.doubtful));
    assert_eq!(supporters_on_record(&writer), 451);

    // Who may stand there twice is shown as such, other member number or not.
    assert_eq!(crate::read::possible_doubles(writer.store()).unwrap().len(), first.report.doubtful as usize);

    let again = import(&writer, &bytes);
    assert_eq!((again.report.same, again.import), (451, None));

    // A preview that was carried out already makes nobody twice.
    carry_out(&writer, &dry).unwrap();
    assert_eq!(supporters_on_record(&writer), 451);

    let undone = undo(&writer, &first.import.clone().unwrap()).unwrap().unwrap();
    assert_eq!((undone.erased, undone.reversed), (451, 0));
    assert_eq!(supporters_on_record(&writer), 0);
    assert_eq!(undo(&writer, &first.import.unwrap()).unwrap(), None);
}

#[test]
fn a_change_is_imported_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let writer = node(folder.path());
    import(&writer, b"Medlemsnr;Navn;Epost\n1;Kari Moen;a@x.example\n");
    let second =
        import(&writer, b"Medlemsnr;Navn;Epost\n1;Kari Moen;b@x.example\n2;Ola Lie;\n;;z@x.example\n");
    let report = &second.report;
    assert_eq!((report.lines, report.new, report.changed, report.refused), (3, 1, 1, 1));
    assert!(second.refused.unwrap().contains("the line names nobody"));
    let emails = |writer: &Writer| {
        let ids =
            |transaction: &rusqlite::Transaction<'_>| Ok::<_, StoreError>(supporters::ids(transaction)?);
        let ids = writer.store().database().read(ids).unwrap();
        let record = |id| writer.act(|deed| deed.record(id)).unwrap();
        let all = ids.into_iter().flat_map(|id| record(id).emails);
        all.map(|entry| entry.value.text()).collect::<Vec<_>>()
    };
    assert_eq!(emails(&writer), ["b@x.example"]);
    let undone = undo(&writer, &second.import.unwrap()).unwrap().unwrap();
    assert_eq!((undone.erased, undone.reversed), (1, 1));
    assert_eq!(emails(&writer), ["a@x.example"]);
    assert_eq!(supporters_on_record(&writer), 1);
}
