//! The office's own files: gifts become a ledger, lists become the office's own supporters, each file once; and each is
//! taken back as one.

use std::sync::Arc;

use helhet_shared::clock::TestClock;
use helhet_shared::id::DocumentId;

use super::*;
use crate::files::{undo, would_undo};
use crate::hub::Config;
use crate::office::Founding;
use crate::read::{self, Listed};
use crate::store::imports::Undone;
use crate::store::{StoreError, gifts, imports};
use crate::testing::TestHub;

fn hub(folder: &std::path::Path) -> Hub {
    let clock = Arc::new(TestClock::at("2026-11-22T12:00:00Z".parse().unwrap()));
    let config = Config { data: folder.join("hub"), clock };
    Hub::init(&config, &Founding { name: "Lysning".into(), language: "nb".into() }).unwrap().0
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/demo/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn rehearse(hub: &Hub, bytes: &[u8]) -> Imported {
    import(hub, &ListFile { name: "fil.csv", bytes, correction: "" }, true, &mut rand::rng()).unwrap()
}

fn bring_in(hub: &Hub, bytes: &[u8]) -> Imported {
    import(hub, &ListFile { name: "fil.csv", bytes, correction: "" }, false, &mut rand::rng()).unwrap()
}

fn sums(hub: &Hub) -> (usize, i64) {
    let read = |transaction: &rusqlite::Transaction<'_>| {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let sql = "SELECT count(*), coalesce(sum(amount_minor), 0) FROM gifts";
        Ok::<_, StoreError>(transaction.query_row(sql, [], row)?)
    };
    let (gifts, sum) = hub.database().read(read).unwrap();
    (usize::try_from(gifts).unwrap(), sum)
}

fn listed(hub: &Hub, search: &str) -> Vec<Listed> {
    hub.database().read(|connection| read::supporters(connection, search, None, None, 0)).unwrap()
}

fn own(hub: &Hub) -> Vec<(SupporterId, Supporter)> {
    let all = hub.database().read(|connection| own_supporters(connection)).unwrap();
    all.into_iter().map(|(id, content)| (id, Supporter::from_content(id, &content))).collect()
}

fn counts(report: &Report) -> [usize; 6] {
    [report.lines, report.new, report.changed, report.same, report.doubtful, report.refused]
}

#[test]
fn the_sample_gifts_become_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let hub = hub(folder.path());
    let bytes = sample("national_gifts.csv");

    let dry = rehearse(&hub, &bytes);
    assert_eq!((dry.report.lines, dry.report.new + dry.report.doubtful, dry.import), (1801, 1801, None));
    let done = bring_in(&hub, &bytes);
    assert_eq!(counts(&done.report), counts(&dry.report));
    assert_eq!(sums(&hub), (1801, 88_690_000));
    let donors = own(&hub).len();

    let again = bring_in(&hub, &bytes);
    assert_eq!((again.report.same, again.report.new, again.import), (1801, 0, None));
    assert_eq!(sums(&hub), (1801, 88_690_000));

    // Another file: a donor on record gives once more.
    let more = "transaction_id,paid_at,first_name,last_name,email,amount,currency\n\
        X1,2026-11-01,UNNI,Odegard,Unni.Odegard77@post.example,\"1 000,50\",NOK\n";
    let more = bring_in(&hub, more.as_bytes());
    assert_eq!((more.report.new, own(&hub).len()), (1, donors));
    let unni = own(&hub).into_iter().filter(|(_, one)| one.display_name() == "Unni Ødegård");
    let with_both = unni.filter(|(id, _)| {
        let id = DocumentId::from(*id);
        let ledger = hub
            .database()
            .read(|transaction| Ok::<_, StoreError>(gifts::of_donor(transaction, id.as_bytes())?));
        let ids: Vec<String> = ledger.unwrap().into_iter().map(|gift| gift.transaction_id).collect();
        ids.contains(&"T001348".to_owned()) && ids.contains(&"X1".to_owned())
    });
    assert_eq!(with_both.count(), 1);

    // Unni stays as long as the other file's gift is hers.
    let (first, second) = (done.import.unwrap(), more.import.unwrap());
    let undone = Undone { erased: donors as u64 - 1, kept: 1, reversed: 0, gifts: 1801 };
    assert_eq!(would_undo(&hub, &first).unwrap(), Some(undone));
    assert_eq!(undo(&hub, &first).unwrap(), Some(undone));
    assert_eq!((sums(&hub), own(&hub).len()), ((3603, 100_050), 1));
    assert_eq!(undo(&hub, &first).unwrap(), None, "it is taken back once");
    let undone = Undone { erased: 1, kept: 0, reversed: 0, gifts: 1 };
    assert_eq!(undo(&hub, &second).unwrap(), Some(undone));
    assert_eq!((sums(&hub), own(&hub).len(), listed(&hub, "").len()), ((3604, 0), 0, 0));
    assert!(hub.rebuild().unwrap());
    assert_eq!(
        counts(&bring_in(&hub, &bytes).report),
        counts(&dry.report),
        "what was taken back can come again"
    );
}

#[test]
fn the_chapters_sample_files_become_the_offices_own_supporters() {
    let folder = tempfile::tempdir().unwrap();
    let hub = hub(folder.path());
    let mut all = 0;
    for (name, lines) in
        [("bergen_medlemmer.csv", 451), ("oslo_stottespillere.csv", 732), ("tromso_frivillige.csv", 158)]
    {
        let bytes = sample(name);
        let dry = rehearse(&hub, &bytes);
        let done = bring_in(&hub, &bytes);
        let report = &done.report;
        assert_eq!(counts(&dry.report), counts(report), "{name}");
        assert_eq!(report.lines, lines, "{name}");
        assert_eq!(report.new + report.changed + report.same + report.doubtful + report.refused, lines);
        assert_eq!(report.doubtful, done.doubtful_names.len(), "{name}");
        all += report.new + report.doubtful;
        assert_eq!(own(&hub).len(), all, "{name}: new and doubtful lines are supporters");
        let again = bring_in(&hub, &bytes);
        assert_eq!(again.report.same + again.report.refused, lines, "{name}: {:?}", counts(&again.report));
        assert_eq!(again.import, None, "{name}");
    }
    // Whom the lines might be besides is kept for a person to decide.
    let doubtful = hub.database().read(|connection| read::doubtful(connection)).unwrap();
    assert!(!doubtful.is_empty());
    // A no that stood in the file is seen.
    let refused =
        listed(&hub, "").iter().filter(|one| one.national["withdrawals"][0]["refused"] == true).count();
    assert!(refused > 0);
    // What a peer supporter's own health is about is not the office's.
    assert!(own(&hub).iter().all(|(_, one)| one.peer_support.themes.is_empty()));
    assert!(hub.rebuild().unwrap());
}

const HEADINGS: &str = "Medlemsnr;Fornavn;Etternavn;E-post;Mobil;Tema\n";

#[test]
fn a_list_is_changed_doubted_refused_mended_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let hub = hub(folder.path());
    let emails = |search: &str| {
        let found = listed(&hub, search);
        found.iter().map(|one| one.national["emails"][0]["value"].clone()).collect::<Vec<_>>()
    };
    let first = bring_in(&hub, format!("{HEADINGS}1;Kari;Moen;a@post.example;;angst\n").as_bytes());
    assert_eq!(counts(&first.report), [1, 1, 0, 0, 0, 0]);
    assert_eq!(listed(&hub, "moen")[0].national["records"][0]["chapter"], "office");

    let second = format!(
        "{HEADINGS}1;Kari;Moen;b@post.example;;\n2;Kari;Moen;b@post.example;;\n;;;x@post.example;;\n"
    );
    let second = bring_in(&hub, second.as_bytes());
    assert_eq!(counts(&second.report), [3, 0, 1, 0, 1, 1]);
    assert_eq!(second.doubtful_names.values().collect::<Vec<_>>(), ["Kari Moen"]);
    let refused = second.refused.clone().unwrap();
    let mended = refused.replace(";;;x@post", "3;Ola;Lie;x@post");
    let third = bring_in(&hub, mended.as_bytes());
    assert_eq!(counts(&third.report), [1, 1, 0, 0, 0, 0]);
    assert_eq!(emails("lie"), ["x@post.example"]);

    // Who was changed by a later file stays until that one is taken back.
    let undone = Undone { erased: 0, kept: 1, reversed: 0, gifts: 0 };
    assert_eq!(would_undo(&hub, first.import.as_ref().unwrap()).unwrap(), Some(undone));
    let undone = Undone { erased: 1, kept: 0, reversed: 1, gifts: 0 };
    assert_eq!(undo(&hub, second.import.as_ref().unwrap()).unwrap(), Some(undone));
    assert_eq!(emails("moen"), ["a@post.example"]);
    let undone = Undone { erased: 1, kept: 0, reversed: 0, gifts: 0 };
    assert_eq!(undo(&hub, first.import.as_ref().unwrap()).unwrap(), Some(undone));
    assert_eq!((listed(&hub, "").len(), emails("lie").len()), (1, 1));
    let rows = hub.database().read(|connection| imports::all(connection).map_err(StoreError::from)).unwrap();
    assert_eq!(rows.iter().filter(|row| row.undone_at.is_some()).count(), 2);
    assert!(hub.rebuild().unwrap());
}

#[test]
fn an_own_supporter_links_with_a_chapters_by_the_linkers_rule_alone() {
    // S0.8
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Moen", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let file = "Fornavn;Etternavn;E-post;Mobil\nKari;Moen;kari@post.example;\nKari;Moen;;99887766\n";
    let done = bring_in(&test.hub, file.as_bytes());
    assert_eq!(counts(&done.report), [2, 2, 0, 0, 0, 0], "a chapter's part is no double of the office's own");
    let listed = test.supporters();
    assert_eq!(listed.len(), 2);
    let both = listed.iter().find(|one| one["id"] == kari.id.to_string()).unwrap();
    assert_eq!(both["records"].as_array().unwrap().len(), 2);
    // Taking it back leaves the chapter's part as it was, and nothing of the office's own in the database.
    undo(&test.hub, &done.import.unwrap()).unwrap();
    let listed = test.supporters();
    assert_eq!((listed.len(), listed[0]["records"].as_array().unwrap().len()), (1, 1));
    let bytes = test.bytes();
    assert!(!bytes.windows(8).any(|window| window == b"99887766"), "what was erased is gone");
}
