use automerge::{ScalarValue, legacy};
use chrono::DateTime;
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::document::{Document, Edit};

fn actor(n: u8) -> ActorId {
    ActorId::from_bytes([n; 16])
}

/// The changes of two documents that are edited in turn and meet every third time, with the edits that each change
/// stands for.
fn changes_of(rounds: &[Vec<Edit>]) -> Vec<(Vec<Edit>, ChangeBody)> {
    let now = DateTime::from_timestamp(1_795_376_543, 0).unwrap();
    let mut documents = [Document::new(actor(7)), Document::new(actor(3))];
    let mut pending = Vec::new();
    let mut changes = Vec::new();
    for (round, edits) in rounds.iter().enumerate() {
        let document = &mut documents[round % 2];
        let before = document.content();
        let Some(body) = document.edit(edits, now) else { continue };
        let last = edits.iter().map(|edit| (edit.key.clone(), edit.clone()));
        let effective = last
            .collect::<std::collections::BTreeMap<_, _>>()
            .into_values()
            .filter(|edit| {
                before.get(&edit.key).map_or(&[][..], Vec::as_slice)
                    != edit.value.iter().cloned().collect::<Vec<_>>()
            })
            .map(|edit| match &edit.value {
                Some(value) if settles_by_deletion(&body, &edit.key) => {
                    assert!(document.values(&edit.key) == [value.clone()]);
                    Edit::delete(edit.key)
                }
                _ => edit,
            })
            .collect();
        changes.push((effective, body.clone()));
        pending.push(body);
        if round % 3 == 2 {
            for document in &mut documents {
                document.apply(&pending).unwrap();
            }
            pending.clear();
        }
    }
    changes
}

/// automerge settles concurrent values on the one that it ranks first by deleting the others.
fn settles_by_deletion(body: &ChangeBody, key: &str) -> bool {
    let decoded = decode(body.as_bytes(), &Limits::WIRE).unwrap();
    decoded.operations.iter().any(|operation| operation.key == key && operation.value.is_none())
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,300}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
    ]
}

fn any_rounds() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = ("[a-d]{1}|[a-zæøå/_-]{1,40}", proptest::option::weighted(0.8, any_value()))
        .prop_map(|(key, value)| Edit { key, value });
    vec(vec(edit, 0..8), 1..10)
}

/// Damages `body` and, every other time, makes its checksum right again so that more than the checksum is tried.
fn damage(body: &[u8], places: &[(prop::sample::Index, u8)], cut: Option<usize>) -> Vec<u8> {
    let mut bytes = body.to_vec();
    for (place, with) in places {
        let place = place.index(bytes.len());
        bytes[place] = *with;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut % (body.len() + 1));
    }
    if places.len().is_multiple_of(2) {
        seal(&mut bytes);
    }
    bytes
}

/// Makes the checksum right.
fn seal(bytes: &mut [u8]) {
    if bytes.len() > 8 {
        let hash = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// What is edited is what is read, and what automerge's own parser reads.
    #[test]
    fn every_edit_decodes_to_itself(rounds in any_rounds()) {
        for (edits, body) in changes_of(&rounds) {
            let decoded = decode(body.as_bytes(), &Limits::WIRE).unwrap();
            let read: Vec<_> = decoded
                .operations
                .iter()
                .map(|operation| Edit { key: operation.key.clone(), value: operation.value.clone() })
                .collect();
            prop_assert!(read == edits);
            prop_assert!(!decoded.message_present && decoded.extra_bytes == 0);
            prop_assert_eq!(decoded.time % 60, 0);
            prop_assert_eq!(&decoded.body().unwrap(), &body);
            prop_assert!(agrees_with_automerge(&decoded, body.as_bytes()));
        }
    }

    /// Damaged bytes are refused or read the same by automerge; nothing panics.
    #[test]
    fn damage_is_refused_or_read_alike(
        rounds in any_rounds(),
        places in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in proptest::option::weighted(0.2, any::<usize>()),
    ) {
        for (_, body) in changes_of(&rounds) {
            let bytes = damage(body.as_bytes(), &places, cut);
            if let Ok(decoded) = decode(&bytes, &Limits::WIRE) {
                prop_assert!(agrees_with_automerge(&decoded, &bytes));
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(tail in vec(any::<u8>(), 0..400)) {
        let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
        bytes.extend(encode_length(tail.len()));
        bytes.extend(tail);
        seal(&mut bytes);
        prop_assert!(decode(&bytes, &Limits::WIRE).is_err());
    }
}

fn agrees_with_automerge(decoded: &DecodedChange, bytes: &[u8]) -> bool {
    let theirs = Change::from_bytes(bytes.to_vec()).unwrap();
    let operations: Vec<(String, Option<Value>)> = theirs
        .decode()
        .operations
        .iter()
        .map(|op| {
            let legacy::Key::Map(key) = &op.key else { panic!("a list") };
            (key.to_string(), op.primitive_value().and_then(|value| super::super::from_automerge(&value)))
        })
        .collect();
    let ours: Vec<_> =
        decoded.operations.iter().map(|operation| (operation.key.clone(), operation.value.clone())).collect();
    theirs.hash().0 == decoded.hash
        && theirs.seq() == decoded.seq
        && theirs.start_op().get() == decoded.start_op
        && theirs.timestamp() == decoded.time
        && theirs.actor_id().to_bytes() == decoded.actor.as_bytes()
        && theirs.deps().iter().map(|hash| hash.0).eq(decoded.dependencies.iter().copied())
        && operations == ours
}

fn encode_length(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes
}

/// A chunk of our own making around `body`.
fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, kind];
    bytes.extend(encode_length(body.len()));
    bytes.extend(body);
    seal(&mut bytes);
    bytes
}

fn sample() -> Vec<u8> {
    changes_of(&[vec![Edit::set("name/given", "Kari")]])[0].1.0.clone()
}

/// The sample's change with one thing changed, by automerge's own writer.
fn altered(alter: impl FnOnce(&mut ExpandedChange)) -> Vec<u8> {
    let mut change = Change::from_bytes(sample()).unwrap().decode();
    alter(&mut change);
    Change::from(change).raw_bytes().to_vec()
}

fn refusal(bytes: &[u8]) -> DecodeError {
    decode(bytes, &Limits::WIRE).unwrap_err()
}

#[test]
fn other_chunks_are_refused() {
    let mut document = Document::new(actor(1));
    document.edit(&[Edit::set("a", "x".repeat(2000))], DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(refusal(&document.save()), DecodeError::NotAChange);
    let mut change = document.automerge.get_changes(&[]).remove(0);
    assert_eq!(refusal(&change.bytes()), DecodeError::Compressed, "automerge deflates long changes");
    assert_eq!(refusal(&chunk(3, &[])), DecodeError::NotAChange);
    assert_eq!(refusal(&chunk(9, &[])), DecodeError::NotAChunk);
    assert_eq!(refusal(b""), DecodeError::Truncated);
    assert_eq!(refusal(b"automerge"), DecodeError::NotAChunk);
    let mut sample = sample();
    sample.push(0);
    assert_eq!(refusal(&sample), DecodeError::LeftOver);
    sample.pop();
    let last = sample.len() - 1;
    sample[last] ^= 1;
    assert_eq!(refusal(&sample), DecodeError::Checksum);
}

#[test]
fn deflated_and_unknown_columns_are_refused() {
    let sample = sample();
    let plain = Reader::new(&sample[9..]);
    let body = { plain }.prefixed().unwrap();
    let key_column = body.windows(2).position(|pair| pair == [0x15, 12]).unwrap();
    for (specification, refused) in [
        (0x15 | 8, DecodeError::Compressed),
        (0x25, DecodeError::UnknownColumn),
        (0x13, DecodeError::UnknownColumn),
    ] {
        let mut body = body.to_vec();
        body[key_column] = specification;
        assert_eq!(refusal(&chunk(1, &body)), refused);
    }
}

#[test]
fn only_scalars_at_the_root_are_read() {
    let put = |value: ScalarValue| altered(|change| change.operations[0].action = legacy::OpType::Put(value));
    assert_eq!(refusal(&put(ScalarValue::Null)), DecodeError::UnknownValue);
    assert_eq!(refusal(&put(ScalarValue::F64(1.0))), DecodeError::UnknownValue);
    assert_eq!(refusal(&put(ScalarValue::Bytes(vec![1]))), DecodeError::UnknownValue);
    assert_eq!(refusal(&put(ScalarValue::counter(1))), DecodeError::UnknownValue);
    assert_eq!(refusal(&put(ScalarValue::Timestamp(1))), DecodeError::UnknownValue);
    assert_eq!(refusal(&put(ScalarValue::Uint(u64::MAX))), DecodeError::UnknownValue);
    assert!(
        decode(&put(ScalarValue::Uint(7)), &Limits::WIRE).unwrap().operations[0].value == Some(Value::Int(7))
    );

    let act = |action| altered(|change| change.operations[0].action = action);
    assert_eq!(refusal(&act(legacy::OpType::Make(automerge::ObjType::Map))), DecodeError::UnknownOperation);
    assert_eq!(refusal(&act(legacy::OpType::Make(automerge::ObjType::Text))), DecodeError::UnknownOperation);
    assert_eq!(refusal(&act(legacy::OpType::Increment(1))), DecodeError::UnknownOperation);
    let nested = altered(|change| {
        let object = legacy::OpId::new(1, &change.actor_id);
        change.operations[0].obj = legacy::ObjectId::Id(object);
    });
    assert_eq!(refusal(&nested), DecodeError::UnknownColumn);
    let in_list = altered(|change| {
        change.operations[0].key = legacy::Key::head();
        change.operations[0].insert = true;
    });
    assert_eq!(refusal(&in_list), DecodeError::UnknownColumn);
}

#[test]
fn limits_hold() {
    let limits = |alter: fn(&mut Limits)| {
        let mut limits = Limits::WIRE;
        alter(&mut limits);
        decode(&sample(), &limits).map(|_| ())
    };
    assert_eq!(limits(|limits| limits.bytes = 50), Err(DecodeError::TooLarge));
    assert_eq!(limits(|limits| limits.operations = 0), Err(DecodeError::TooManyOperations));
    assert_eq!(limits(|limits| limits.key_bytes = 9), Err(DecodeError::Key));
    assert_eq!(limits(|_| {}), Ok(()));
    let deep = altered(|change| change.deps = (0..65).map(|n| ChangeHash([n; 32])).collect());
    assert_eq!(refusal(&deep), DecodeError::TooManyDependencies);
    assert_eq!(refusal(&altered(|change| change.operations.clear())), DecodeError::TooManyOperations);
    assert_eq!(refusal(&altered(|change| change.time = i64::MAX)), DecodeError::Number);
    assert_eq!(refusal(&altered(|change| change.seq = 0)), DecodeError::Number);
    assert_eq!(
        refusal(&altered(|change| change.start_op = NonZeroU64::new(u64::from(u32::MAX)).unwrap())),
        DecodeError::Number
    );
}

#[test]
fn a_key_is_changed_once_and_what_is_replaced_is_older() {
    let twice = altered(|change| change.operations.push(change.operations[0].clone()));
    assert_eq!(refusal(&twice), DecodeError::KeyTwice);
    let itself = altered(|change| {
        change.operations[0].pred = vec![legacy::OpId::new(1, &change.actor_id)].into();
    });
    assert_eq!(refusal(&itself), DecodeError::Number);
}

#[test]
fn messages_and_extra_bytes_are_reported() {
    let bytes = altered(|change| {
        change.message = Some("note to the office".to_owned());
        change.extra_bytes = vec![1, 2, 3];
    });
    let decoded = decode(&bytes, &Limits::WIRE).unwrap();
    assert!(decoded.message_present);
    assert_eq!(decoded.extra_bytes, 3);
    assert!(Document::new(actor(2)).apply_decoded([&decoded]).is_err());
}

/// A chunk with these columns and nothing else unusual about it.
fn with_columns(columns: &[(u8, &[u8])]) -> Vec<u8> {
    let mut body = vec![0, 16];
    body.extend([1; 16]);
    body.extend([1, 1, 0, 0, 0, columns.len() as u8]);
    for (specification, bytes) in columns {
        body.push(*specification);
        body.extend(encode_length(bytes.len()));
    }
    body.extend(columns.iter().flat_map(|(_, bytes)| *bytes));
    chunk(1, &body)
}

/// Data protection, section 0, fact 4: small bytes that stand for much. Each test has a process of its own.
#[cfg(target_os = "linux")]
#[test]
fn hostile_bytes_take_no_memory() {
    let peak_kib = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    };
    const BILLION: [u8; 5] = [0x80, 0x94, 0xeb, 0xdc, 0x03];
    let run = |value: &[u8]| [&BILLION, value].concat();
    let huge_key = [&[0x01][..], &BILLION, b"x"].concat();
    let bombs = [
        with_columns(&[(0x42, &run(&[1]))]),
        with_columns(&[(0x15, &run(&[1, b'k'])), (0x34, &[1]), (0x42, &[1, 1]), (0x56, &[1, 1])]),
        with_columns(&[(0x15, &huge_key), (0x34, &[1]), (0x42, &[1, 1]), (0x56, &[1, 1])]),
        with_columns(&[(0x42, &[1, 1]), (0x56, &run(&[1]))]),
        with_columns(&[
            (0x42, &[1, 1]),
            (0x56, &[1, 0xf6, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
        ]),
        with_columns(&[
            (0x42, &[1, 1]),
            (0x56, &[1, 1]),
            (0x70, &[1, 1]),
            (0x71, &run(&[0])),
            (0x73, &run(&[1])),
        ]),
        with_columns(&[(0x42, &[1, 1]), (0x56, &[1, 1]), (0x70, &run(&BILLION))]),
        chunk(1, &BILLION),
        chunk(1, &[&[0][..], &BILLION].concat()),
        chunk(1, &vec![0xff; 60_000]),
        chunk(2, &vec![0; 60_000]),
    ];
    let before = peak_kib();
    for _ in 0..50 {
        for bomb in &bombs {
            assert!(decode(bomb, &Limits::WIRE).is_err());
        }
    }
    let taken = peak_kib() - before;
    assert!(taken < 4 << 10, "{taken} KiB");
}
