use helhet_shared::document::Edit;
use helhet_shared::supporter::value::Email;

use super::{ExportFormat, OfficeBatch, OfficeBatchError, backup, export, link_file, restore, undo};
use crate::hub::{Config, Hub};
use crate::linking::ExactLinker;
use crate::read::{self, Extraction};
use crate::store::gifts::Gift;
use crate::store::imports::{ImportKind, ImportRow};
use crate::store::{StoreError, reports};
use crate::testing::{TestHub, start};

fn gift(number: &str, amount_minor: i64) -> Gift {
    Gift {
        source: "national_gifts".into(),
        transaction_id: number.into(),
        paid_at: "2021-08-19T19:37:00+01:00".into(),
        amount_minor,
        currency: "NOK".into(),
        frequency: None,
        method: None,
        device: None,
        channel: None,
        campaign: None,
        tax_deduction: Some(true),
    }
}

fn donor_edits() -> Vec<Edit> {
    let email = Email::parse("kari@post.example").unwrap();
    vec![
        Edit::set("type", "supporter"),
        Edit::set("kind", "person"),
        Edit::set("name/given", "Kari"),
        Edit::set("name/family", "Nordmann"),
        Edit::set("email/CCCCCCCC", email),
    ]
}

fn import(hub: &Hub, batch: &str) -> usize {
    OfficeBatch::run(hub, batch, |open| {
        let row = ImportRow {
            id: batch.into(),
            file: "gaver.csv".into(),
            kind: ImportKind::Gifts,
            imported_at: 0,
            made: 1,
            changed: 0,
            gifts: 2,
            undone_at: None,
        };
        open.begin(&row)?;
        let donor = open.make(&donor_edits(), &mut rand::rng())?;
        let mut new = 0;
        for (number, amount) in [("T1", 10_000), ("T2", 250_050)] {
            new += usize::from(open.add_gift(donor, &gift(number, amount))?);
        }
        if new == 0 {
            return Err(OfficeBatchError::Stopped("nothing new".into()));
        }
        Ok(new)
    })
    .unwrap_or(0)
}

#[test]
fn a_donor_links_with_the_chapters_member_and_gifts_are_reversed_never_changed() {
    // S0.8, T31
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    assert_eq!(import(&test.hub, "one"), 2);
    assert_eq!(import(&test.hub, "again"), 0, "the same file twice changes nothing");
    assert_eq!(test.supporters().len(), 1);
    let card = || test.hub.database().read(|tx| read::supporter(tx, kari.id)).unwrap().unwrap();
    assert_eq!(card()["gifts"]["sums_minor"]["NOK"], 260_050);
    assert_eq!(card()["records"].as_array().unwrap().len(), 2);
    assert_eq!(undo(&test.hub, "one").unwrap().unwrap().gifts, 2);
    assert_eq!(undo(&test.hub, "one").unwrap(), None);
    assert_eq!(card()["gifts"]["sums_minor"].get("NOK"), None, "the donor went with the gifts");
    assert_eq!(import(&test.hub, "anew"), 2, "what was taken back can be imported again");
    // The chapter's erasure leaves the office's own, as a task for the office.
    test.supporters();
    test.retire(&bergen, &[bergen.tombstone(&kari.id, u32::MAX)]).unwrap();
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    let rows = test.hub.database().read(|tx| Ok::<_, StoreError>(crate::store::erasures::list(tx)?)).unwrap();
    assert!(rows[0].office_record.is_some() && rows[0].receipted_at.is_some());
    assert!(!test.supporters().is_empty(), "the donor stays");
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn whatever_is_taken_out_stands_in_the_report_history() {
    // S3.10, P18
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let hostile = bergen.person("=cmd()", "Nordmann, Kari; \"x\"", "kari@post.example");
    let entry = bergen.entry(vec![hostile.first.clone()]);
    test.ingest(&bergen, vec![entry]).unwrap();
    test.hub.project().unwrap();
    let extraction = Extraction { login: "anne".into(), what: "export csv".into(), why: "newsletter".into() };
    let now = start().timestamp();
    let found =
        read::take_out(test.hub.database(), &extraction, now, |tx| read::supporters(tx, "", None, None, 0))
            .unwrap();
    let rows = test.hub.database().read(|tx| Ok::<_, StoreError>(reports::newest(tx, 10)?)).unwrap();
    assert_eq!((rows[0].login.as_str(), rows[0].how_many), ("anne", 1));
    let csv = export(ExportFormat::Csv, &found).unwrap();
    let row = csv::Reader::from_reader(csv.as_bytes()).into_records().next().unwrap().unwrap();
    assert_eq!(&row[2], "'=cmd()", "a spreadsheet runs nothing");
    assert_eq!(&row[6], "kari@post.example");
    let card = export(ExportFormat::Vcard, &found).unwrap();
    assert!(card.contains("N:Nordmann\\, Kari\\; \"x\";=cmd();;;\r\n"), "{card}");
    assert!(export(ExportFormat::Json, &found).unwrap().starts_with('['));
}

#[test]
fn a_restored_hub_is_a_new_store_with_the_same_identity() {
    let test = TestHub::new();
    test.hub.add_chapter("Bergen").unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("backup");
    backup(&test.hub, &file).unwrap();
    assert!(backup(&test.hub, &file).is_err(), "nothing is written over");
    let data = folder.path().join("restored");
    restore(&file, None, &data, &mut rand::rng()).unwrap();
    assert!(restore(&file, None, &data, &mut rand::rng()).is_err());
    let restored = Hub::open(&Config { data, clock: test.clock.clone() }).unwrap();
    assert_eq!(restored.office().key.public(), test.hub.office().key.public());
    assert_ne!(restored.office().store_id, test.hub.office().store_id);
    assert_ne!(restored.office().incarnation, test.hub.office().incarnation);
}

#[test]
fn a_file_of_records_is_linked_alone() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("records.csv");
    let text = "\u{feff}record_id;first_name;last_name;email;birth_date\n\
        1;Kari;Nordmann;kari@post.example;04.03.1960\n2;Kari;NORDMANN;Kari@post.example;\n\
        3;Kari;Nordmann;kari@post.example;1961-01-01\n4;Per;;;\n";
    std::fs::write(&file, text).unwrap();
    let lines = link_file(&ExactLinker, &file).unwrap();
    let entities: Vec<&str> = lines.iter().map(|[_, entity]| entity.as_str()).collect();
    assert_eq!(entities, ["entity_id", "1", "1", "3", "4"]);
}
