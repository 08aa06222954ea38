//! Sample values for the pages on what was erased.

use askama::Template;
use helhet_protocol::identity::PublicKey;
use helhet_shared::erasures::{Erased, Erasure, Holder, HolderState, Number, Receipt, day_of, register};
use helhet_shared::web::Form;

use super::now;
use super::samples::Sample;
use crate::read::WaitingErasure;
use crate::web::pages::certificate::certificate;
use crate::web::pages::erasures::{ErasureLine, ErasuresPage};
use crate::web::pages::erasures_waiting::{Group, WaitingPage};
use crate::web::urls::Urls;

/// Complete, open and late.
pub(super) fn erasures_of(ages: &[u32], complete: bool) -> Vec<Erasure> {
    let today = day_of(now().timestamp());
    let part = |age: &u32| Erased {
        document_hash: [*age as u8; 32],
        tombstone: [*age as u8; 32],
        number: [*age as u8 + 60; 16],
        zone: 2,
        day: today - age,
        authority: [1; 32],
        holders: vec![[1; 32], [2; 32], [3; 32]],
        at: now().timestamp() - i64::from(*age) * 86_400,
        counted_for: None,
        signed: true,
    };
    let receipt = |age: &u32, signer: u8| Receipt {
        document_hash: [*age as u8; 32],
        signer: [signer; 32],
        by_hub: signer == 9,
        finished_day: today - age,
        backup_until_day: today - age + 30,
        at: 0,
    };
    let device = |key: u8, name: &str, state| Holder { key: [key; 32], name: name.to_owned(), state };
    let devices = [
        device(1, "Kontoret", HolderState::In),
        device(2, "Stand på Øyane", HolderState::In),
        device(3, "Gammel bærbar", HolderState::Removed),
    ];
    let parts: Vec<_> = ages.iter().map(part).collect();
    let mut receipts: Vec<_> = ages.iter().flat_map(|age| [receipt(age, 1), receipt(age, 9)]).collect();
    if complete {
        receipts.extend(ages.iter().map(|age| receipt(age, 2)));
    }
    register(&parts, &receipts, &devices)
}

pub(super) fn erasures(s: &Sample) -> Vec<(&'static str, String)> {
    let page = |all: Vec<Erasure>| ErasuresPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        waiting: all.len(),
        late: all.iter().filter(|erasure| erasure.is_late(now())).count(),
        rows: all.iter().map(|erasure| ErasureLine::of(erasure, &s.t, erasure.is_late(now()))).collect(),
    };
    let waits = |by: &str, is_own, name: &str, number| WaitingErasure {
        number: Number([number; 16]),
        since: now(),
        device: PublicKey([u8::from(is_own); 32]),
        by: by.to_owned(),
        is_own,
        name: name.to_owned(),
    };
    let waiting = |all: Vec<WaitingErasure>, form| WaitingPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        form,
        groups: Group::all(all, &s.t),
        asks_words_for: None,
    };
    let both = vec![
        waits("Kontoret", true, "Bjørg-Lise Øvrebø", 1),
        waits("Stand på Øyane", false, "Eli Aas", 2),
        waits("Stand på Øyane", false, "Åse Sørli", 3),
    ];
    let some = [erasures_of(&[2, 44], false), erasures_of(&[12], true)].concat();
    let paper = |complete| {
        let of = erasures_of(&[3], complete).remove(0);
        let paper = certificate(&s.t, &of, "Bergen", s.t.date(now().date_naive()));
        let blocks = paper.blocks.iter().map(|block| format!("{block:?}"));
        std::iter::once(paper.title.clone()).chain(blocks).collect::<Vec<_>>().join("\n")
    };
    vec![
        ("erasures", page(some).render().unwrap()),
        ("erasures_waiting", waiting(both, s.refused("words", "error-waiting-words")).render().unwrap()),
        ("erasures_waiting_none", waiting(Vec::new(), Form::default()).render().unwrap()),
        ("erasures_none", page(Vec::new()).render().unwrap()),
        ("certificate", paper(true)),
        ("certificate_open", paper(false)),
    ]
}
