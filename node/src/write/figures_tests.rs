//! The chapter's figures: counted when they may have moved, and not at every meeting.
use std::collections::BTreeMap;

use helhet_shared::command::{self, RoleInput};
use helhet_shared::document::Edit;
use helhet_shared::id::DocumentId;
use helhet_shared::supporter::{Field, Role, Supporter};

use super::agreement::CHAPTER_DOCUMENT;
use super::held;
use super::tests::place;
use crate::store::{StoreError, exchange, settings, supporters};

// S0.18, P24: the figures that go to the office are those of who holds a role today, counted from rows.
#[test]
fn the_figures_count_who_holds_a_role_today() {
    let place = place();
    let [_, ola, per] = ["Kari", "Ola", "Per"].map(|name| place.member(name));
    let today = place.node.writer().today();
    let role = |id, days: i64| {
        let to = (today + chrono::Duration::days(days)).to_string();
        let input = RoleInput { to, ..RoleInput::of(Role::Volunteer) };
        let settings = command::Settings::default();
        let add = |_: &Supporter, rng: &mut _, _| command::add_role(&input, &settings, rng);
        place.node.writer().act(|deed| deed.change(id, add)).unwrap();
    };
    role(ola, 1);
    role(ola, 2);
    role(per, 0);
    place.node.writer().act(|deed| deed.begin_day()).unwrap();
    let read = |connection: &rusqlite::Transaction<'_>| {
        let (all, holding) = supporters::figures(connection, &today.to_string())?;
        Ok::<_, StoreError>((all, holding.into_iter().collect::<BTreeMap<_, _>>()))
    };
    let (all, holding) = place.node.store().database().read(read).unwrap();
    assert_eq!(all, 3);
    let gates = |wanted: Role| {
        let records = [0, 1, 2].map(|row: usize| place.record(place.rows()[row].id));
        records.iter().filter(|record| record.holds(wanted, today)).count() as u32
    };
    for (wanted, count) in [(Role::Member, 3), (Role::Volunteer, 1)] {
        assert_eq!(holding[wanted.code()], count, "{wanted:?}");
        assert_eq!(gates(wanted), count, "{wanted:?}");
    }
}

// A meeting when nothing is new must not cost what a chapter's size does.
#[test]
fn a_day_that_has_begun_is_not_counted_again_until_something_is_written() {
    let place = place();
    let kari = place.member("Kari");
    let begin = || place.node.writer().act(|deed| deed.begin_day()).unwrap();
    let database = place.node.store().database();
    let reader = database.reader().unwrap();
    // Changes with every commit of another connection that writes anything.
    let version = || reader.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0)).unwrap();
    let newest =
        || database.read(|connection| Ok::<_, StoreError>(exchange::newest_entry(connection)?)).unwrap();
    // The second sees what the first has said.
    begin();
    begin();
    let before = (version(), newest());
    begin();
    assert_eq!((version(), newest()), before, "nothing is written");

    place.member("Ola");
    let before = newest();
    begin();
    assert_eq!(newest(), before + 1, "the figures are new");
    begin();
    // A name moves no figure. An end of a role does, and so does an erasure.
    let before = newest();
    let act = |edits: Vec<Edit>| place.node.writer().act(|deed| deed.change(kari, |_, _, _| Ok(edits)));
    act(vec![Edit::set("name/family", "Moen")]).unwrap();
    let renamed = newest();
    assert!(renamed > before);
    begin();
    assert_eq!(newest(), renamed, "nothing that is counted was changed");
    let role = place.record(kari).roles.first().unwrap().key;
    let today = place.node.writer().today().to_string();
    act(vec![Edit::set(Field::RoleTo.key(role), today)]).unwrap();
    let ended = newest();
    begin();
    assert_eq!(newest(), ended + 1);
    place.node.writer().act(|deed| deed.erase(kari)).unwrap();
    let erased = newest();
    begin();
    assert_eq!(newest(), erased + 1);
    place.node.rebuild().unwrap();
    let before = version();
    begin();
    assert_ne!(version(), before, "rows that were made anew are counted");
}

// N16: figures that the office refused are written anew, where it will keep them, when both next meet.
#[test]
fn refused_figures_begin_anew() {
    let mut place = place();
    let begin = |place: &super::tests::Place| place.node.writer().act(|deed| deed.begin_day()).unwrap();
    let figures = |place: &super::tests::Place| {
        let database = place.node.store().database();
        let held = database.read(|connection| {
            let id = settings::read(connection, CHAPTER_DOCUMENT)?.unwrap();
            held::live(connection, DocumentId::try_from(id.as_slice()).unwrap())
        });
        held.unwrap().unwrap()
    };
    begin(&place);
    let before = figures(&place);
    place.hear_refusal_of(&before, "unknown_key");
    begin(&place);
    let after = figures(&place);
    assert_eq!((after.generation.number, after.frozen), (before.generation.number + 1, false));
    assert_eq!(after.document.content(), before.document.content());
}
