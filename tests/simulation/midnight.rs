//! A day turns while a chapter's program stays open and connected.

use std::sync::Arc;

use chrono::TimeDelta;
use helhet_node::read;
use helhet_shared::clock::{Clock as _, SystemClock, TestClock};
use helhet_shared::command;
use helhet_tests::deeds::register;
use helhet_tests::federation::Federation;
use helhet_tests::people::people;
use helhet_tests::process::wait_until;

// P4, S2.3: a role ends on its day, also where the program is never closed; what it let out is taken back.
#[test]
fn roles_end_at_midnight_under_an_open_session() {
    let clock = Arc::new(TestClock::at(SystemClock.now()));
    let federation = Federation::found_by(&["Bergen"], clock.clone());
    let writer = federation.writer(0);
    let people = people(63, 2);
    let [leaving, staying] = [&people[0], &people[1]].map(|person| register(writer, person, true));
    let tomorrow = (clock.now() + TimeDelta::days(1)).date_naive().to_string();
    writer
        .act(|deed| {
            deed.change(leaving, |supporter, _, now| {
                command::end_role(supporter, supporter.roles[0].key, &tomorrow, now)
            })
        })
        .unwrap();
    federation.meet();
    let shared = |id| *read::record(writer.store(), id).unwrap().unwrap().documents.shared.known().unwrap();
    let at_office = |id| federation.office_record(shared(id)).is_some();
    assert!(at_office(leaving) && at_office(staying), "the role holds today");

    let session = federation.stay_connected(0);
    clock.advance(TimeDelta::days(1));
    wait_until("the office has nothing of who is no member any more", || !at_office(leaving));
    assert!(at_office(staying));
    assert!(!session.is_finished(), "it was the same session");
    session.abort();
}
