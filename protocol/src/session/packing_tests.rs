//! What is left out comes back byte for byte, whatever the order of logs; and what does not fit is refused.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::frame::{FrameReader, encode};
use crate::identity::KeyPair;
use crate::log::{Body, Change, ChangeKind, Generation, position_of, verify};
use crate::session::Config;
use crate::v1::Message;

fn author(seed: u8) -> KeyPair {
    KeyPair::from_seed(&[seed; 32])
}

const SHARED: u8 = 3;

/// What is written in a zone: open, or sealed together with the keys to it.
fn changes(zone: u8) -> Vec<Change> {
    let generation = Generation { number: 0, random: 1 };
    let change = |kind, body| Change { kind, document: [1; 16], generation, body };
    if zone == SHARED {
        return vec![change(ChangeKind::Automerge, Body::Open(vec![1, 2, 3]))];
    }
    vec![
        change(ChangeKind::Epoch, Body::Open(vec![4; 40])),
        change(ChangeKind::Key, Body::Open(vec![5; 40])),
        change(ChangeKind::Automerge, Body::Sealed(vec![6; 256])),
    ]
}

/// One more entry of this author in the zone `shared`.
fn write(seed: u8, time: i64, held: &mut BTreeMap<LogId, Position>) -> Entry {
    write_in(SHARED, seed, time, held)
}

fn write_in(zone: u8, seed: u8, time: i64, held: &mut BTreeMap<LogId, Position>) -> Entry {
    let author = author(seed);
    let log = LogId { chapter: [7; 16], zone, author: author.public(), incarnation: 1 };
    let entry = Entry::sign(log, held.get(&log), time, changes(zone), &author);
    held.insert(log, position_of(&entry).unwrap());
    entry
}

/// A session that holds so much, and has said so.
fn receiver(known: &BTreeMap<LogId, Position>) -> Session {
    let key = author(9);
    let mut session = Session::new(Config {
        credential: crate::memory_store::credential(key.public()),
        store: [0; 16],
        peer_key: key.public(),
        exporter: [0; 32],
        opening: None,
    });
    session.receiving.know(&known.values().copied().collect::<Vec<_>>());
    session
}

fn travel(batch: Entries) -> Entries {
    let mut reader = FrameReader::default();
    reader.push(&encode(&Message::Entries(batch)).unwrap());
    match reader.next_message() {
        Ok(Some(Message::Entries(batch))) => batch,
        other => panic!("{other:?}"),
    }
}

/// Puts a batch together and verifies it as a session does.
fn unpack(
    session: &mut Session,
    known: &mut BTreeMap<LogId, Position>,
    batch: Entries,
) -> Result<Vec<Entry>, CloseCode> {
    let mut unpacking = session.unpacking(batch.runs)?;
    let mut entries = Vec::new();
    for sent in batch.entries {
        let entry = unpacking.entry(sent, |log| known.get(log).copied())?;
        let verified =
            verify(entry, |log| known.get(log).copied()).map_err(|error| CloseCode::from(&error))?;
        known.insert(verified.header().log, verified.position());
        entries.push(verified.into_entry());
    }
    Ok(entries)
}

proptest! {
    /// C1: the signature is over the head's bytes, so they have to be the same; of several devices in each zone of a
    /// chapter.
    #[test]
    fn what_is_left_out_comes_back_byte_for_byte(
        before in prop::collection::vec((1_u8..=3, 1_u8..4, any::<i64>()), 0..6),
        batches in prop::collection::vec(prop::collection::vec((1_u8..=3, 1_u8..6, any::<i64>()), 1..6), 1..4),
    ) {
        let mut held = BTreeMap::new();
        before.iter().for_each(|(zone, seed, time)| { write_in(*zone, *seed, *time, &mut held); });
        let mut known = held.clone();
        let mut names = Names::of(&known.values().copied().collect::<Vec<_>>());
        let mut session = receiver(&known);
        for (number, batch) in (1..).zip(batches) {
            let entries: Vec<Entry> =
                batch.iter().map(|(zone, seed, time)| write_in(*zone, *seed, *time, &mut held)).collect();
            let packed = pack(number, entries.clone(), &mut names);
            let all_are_left_out = packed.entries.iter().all(|sent| matches!(sent.head, Head::Next { .. }));
            prop_assert!(all_are_left_out);
            prop_assert_eq!(unpack(&mut session, &mut known, travel(packed)), Ok(entries));
        }
        prop_assert_eq!(known, held);
    }
}

/// T24: fields of a newer version stay under the signature, so such a head travels whole, and in its place.
#[test]
fn a_head_that_cannot_be_put_together_travels_whole() {
    let mut held = BTreeMap::new();
    let (first, mut newer) = (write(1, 1, &mut held), write(1, 2, &mut held));
    newer.signed.header[0] += 1;
    newer.signed.header.push(0x07);
    let last = write(1, 3, &mut held);
    let packed = pack(1, vec![first.clone(), newer.clone(), last], &mut Names::default());
    assert!(matches!(packed.entries[1].head, Head::Whole(_)));
    assert_eq!(packed.runs.len(), 2, "what follows a whole head is told anew");
    let mut session = receiver(&BTreeMap::new());
    let mut unpacking = session.unpacking(packed.runs).unwrap();
    let mut sent = packed.entries.into_iter();
    assert_eq!(unpacking.entry(sent.next().unwrap(), |_| None), Ok(first));
    assert_eq!(unpacking.entry(sent.next().unwrap(), |_| None), Ok(newer));
}

/// C7: nothing is made up from what is not known here.
#[test]
fn a_batch_that_does_not_fit_what_is_held_is_refused() {
    let mut held = BTreeMap::new();
    write(1, 1, &mut held);
    let (before, second) = (held.clone(), write(1, 2, &mut held));
    let packed = || pack(1, vec![second.clone()], &mut Names::default());
    let refused = |known: &BTreeMap<_, _>, batch: Entries| {
        unpack(&mut receiver(known), &mut known.clone(), batch).unwrap_err()
    };
    assert!(unpack(&mut receiver(&before), &mut before.clone(), packed()).is_ok());
    assert_eq!(refused(&BTreeMap::new(), packed()), CloseCode::BrokenChain, "a log that is not known");
    assert_eq!(refused(&held, packed()), CloseCode::BrokenChain, "it is here already");
    let mut other = before.clone();
    other.values_mut().for_each(|position| position.hash[0] ^= 1);
    assert_eq!(refused(&other, packed()), CloseCode::BrokenChain, "another entry is here");
    let altered = |alter: &dyn Fn(&mut Entries)| {
        let mut batch = packed();
        alter(&mut batch);
        refused(&before, batch)
    };
    assert_eq!(altered(&|batch| batch.runs.clear()), CloseCode::Malformed, "a run that is not there");
    assert_eq!(
        altered(&|batch| batch.runs[0].log = LogName::Number(1)),
        CloseCode::Malformed,
        "a log likewise"
    );
    let later = |batch: &mut Entries| batch.entries[0].head = Head::Next { run: 0, later: 3 };
    assert_eq!(altered(&later), CloseCode::BadSignature, "another time");
    assert_eq!(
        altered(&|batch| batch.entries.push(batch.entries[0].clone())),
        CloseCode::BadSignature,
        "twice"
    );
}

/// C8
#[test]
fn a_peer_that_names_logs_without_end_is_stopped() {
    let mut session = receiver(&BTreeMap::new());
    let log = LogId { chapter: [7; 16], zone: 3, author: author(1).public(), incarnation: 1 };
    let run = Run { log: LogName::New(log), first: 1, before: [0; 4] };
    assert!(session.unpacking(vec![run; 2 * POSITIONS_MAX]).is_ok());
    assert!(matches!(session.unpacking(vec![run]), Err(CloseCode::OverLimit)));
}
