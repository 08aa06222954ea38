//! A list is imported once, undone as one, and its doubtful lines are listed.
use std::sync::Arc;

use helhet_protocol::identity::{DeviceCertificate, DeviceChain, DeviceRole, KeyPair, RecoveryPhrase};
use helhet_shared::clock::TestClock;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::DatabaseKey;

use super::*;
use crate::store::Store;
use crate::store::identity::{self, Identity};

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
        office: [2; 32],
        hub_address: "127.0.0.1:1".into(),
    };
    let store = Store::open(folder, DatabaseKey::new([7; 32])).unwrap();
    store.database().write(identity::begin_life).unwrap();
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
    let raced = carry_out(&writer, &dry).unwrap();
    assert_eq!(supporters_on_record(&writer), 451);
    assert_eq!((raced.report.lines, raced.report.same, raced.import), (451, 451, None), "and says so");

    let undone = undo(&writer, &first.import.clone().unwrap()).unwrap().unwrap();
    assert_eq!((undone.erased, undone.reversed), (451, 0));
    assert_eq!(supporters_on_record(&writer), 0);
    assert_eq!(undo(&writer, &first.import.unwrap()).unwrap(), None);
}

/// The five counts, which are to sum up to the lines.
fn counts(report: &Report) -> [usize; 5] {
    let counts = [report.new, report.changed, report.same, report.doubtful, report.refused];
    assert_eq!(counts.iter().sum::<usize>(), report.lines, "each line counts once");
    counts
}

// T34: a dry run says what will be done, and what was done is what was said, where nothing moved between.
#[test]
fn the_dry_run_and_what_was_done_agree() {
    for name in ["bergen_medlemmer.csv", "oslo_stottespillere.csv", "tromso_frivillige.csv"] {
        let folder = tempfile::tempdir().unwrap();
        let writer = node(folder.path());
        for _ in 0..2 {
            let dry = preview(&writer, name, &sample(name), "").unwrap();
            let done = carry_out(&writer, &dry).unwrap();
            assert_eq!(done.report, dry.report, "{name}");
            counts(&done.report);
        }
    }
}

// T34: where the store moved between, the report is of what was done.
#[test]
fn what_was_done_is_counted_and_not_what_was_planned() {
    let folder = tempfile::tempdir().unwrap();
    let writer = node(folder.path());
    import(&writer, b"Medlemsnr;Navn;Epost\n1;Kari Moen;a@x.example\n2;Ola Lie;o@x.example\n");
    let changed = b"Medlemsnr;Navn;Epost\n1;Kari Moen;b@x.example\n2;Ola Lie;p@x.example\n3;Per Bo;\n";
    let planned = preview(&writer, "list.csv", changed, "").unwrap();
    assert_eq!(counts(&planned.report), [1, 2, 0, 0, 0]);

    // One is erased between, and must not come back unasked.
    let all = crate::read::Listing { search: "Ola".to_owned(), ..Default::default() };
    let ola = crate::read::supporters(writer.store(), &all, writer.today()).unwrap().0[0].id;
    writer.act(|deed| deed.erase(ola)).unwrap();
    let done = carry_out(&writer, &planned).unwrap();
    assert_eq!(counts(&done.report), [1, 1, 0, 0, 1]);
    assert_eq!((done.report.refusals[0].line, done.report.refusals[0].code), (3, "erased_since"));
    assert!(done.refused.unwrap().contains("Ola Lie"), "to be mended and brought in again, if that is meant");

    // Another process has done all of it between.
    let again = carry_out(&writer, &planned).unwrap();
    assert_eq!((counts(&again.report), again.import), ([0, 0, 2, 0, 1], None));
    assert_eq!(supporters_on_record(&writer), 2);
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
