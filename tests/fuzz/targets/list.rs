//! A list that somebody imports. Every line of the file has one outcome; the same file planned again is the same; a
//! mapping that was saved is read back; refused lines come back cell by cell from the file that is handed out to mend
//! them; whatever a line says becomes edits that a document takes.
#![no_main]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use helhet_shared::{
    document::{Document, Limits, decode},
    id::ActorId,
    import::{
        edits::{Origin, register},
        gifts::plan_gifts,
        known::Known,
        line::Context,
        mapping::{FileKind, Mapping},
        plan::{Outcome, plan},
        read::{Row, Table, read},
        result::{Report, refused_file},
    },
    supporter::value::Country,
};
use libfuzzer_sys::fuzz_target;
use rand::{SeedableRng as _, rngs::StdRng};

fuzz_target!(|input: &[u8]| {
    let Ok(table) = read(input) else { return };
    assert!(table.rows.is_sorted_by(|one, next| one.line < next.line));
    assert!(table.rows.iter().all(|row| row.cells.len() == table.headings.len()));
    let guess = Mapping::guess(&table);
    // `@source` is the one heading that a mapping file cannot name.
    if table.headings.iter().any(|heading| heading == "@source") {
        return;
    }
    assert_eq!(Mapping::guess(&table).corrected(&guess.to_text()).as_ref(), Ok(&guess), "a saved mapping");
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    for country in ["NO", "SE", "NL"] {
        let context = Context { today, country: Country::parse(country).expect("a country") };
        supporters(&table, &guess, &context);
        if guess.kind() == FileKind::Gifts {
            let plan = plan_gifts(&table, &guess, &Known::default(), &BTreeMap::new(), &context);
            assert_eq!(plan.lines.len(), table.rows.len());
            account(&plan.report(&guess), &table);
        }
    }
});

fn supporters(table: &Table, mapping: &Mapping, context: &Context) {
    let known = Known::default();
    let planned = plan(table, mapping, &known, context);
    let again = plan(table, mapping, &known, context);
    assert!(planned.lines.iter().map(|line| &line.outcome).eq(again.lines.iter().map(|line| &line.outcome)));
    let report = Report::of(&planned, mapping);
    account(&report, table);
    let file = refused_file(table, &report.refusals);
    // The separator is guessed by counting, and headings full of another one can lead astray.
    let again = file.map(|file| read(file.as_bytes()).expect("what we wrote ourselves"));
    if let Some(refused) = again.filter(|again| again.separator == table.separator) {
        let sent: Vec<_> = report.refusals.iter().filter_map(|refusal| row(table, refusal.line)).collect();
        assert_eq!(refused.rows.len(), sent.len());
        for (back, sent) in refused.rows.iter().zip(sent) {
            assert!(back.cells.starts_with(&sent.cells), "{:?} came back as {:?}", sent.cells, back.cells);
            assert_eq!(back.surplus, sent.surplus);
        }
    }
    let mut rng = StdRng::seed_from_u64(1);
    for line in planned.lines.iter().filter(|line| !matches!(line.outcome, Outcome::Refused { .. })).take(20) {
        let origin = Origin { source: &planned.source, batch: "batch", now: DateTime::UNIX_EPOCH };
        let registration = register(&line.imported, &line.remembered, origin, &mut rng);
        let mut document = Document::new(ActorId::from_bytes([1; 16]));
        let change = document.edit(&registration.edits, DateTime::UNIX_EPOCH).expect("somebody new");
        let _ = decode(change.as_bytes(), &Limits::OWN).map_err(|error| panic!("{error}"));
    }
}

fn row(table: &Table, line: u32) -> Option<&Row> {
    table.rows.iter().find(|row| row.line == line)
}

fn account(report: &Report, table: &Table) {
    let Report { lines, new, changed, same, doubtful, refused, .. } = report;
    assert_eq!((*lines, new + changed + same + doubtful + refused), (table.rows.len(), table.rows.len()));
}
