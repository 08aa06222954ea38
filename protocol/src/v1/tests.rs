//! Every message goes out and comes back the same; a newer version's fields do not disturb; no bytes make a decoder
//! panic; frames of this version stay readable for ever (`golden/v1`).

use proptest::prelude::*;
use sha2::Digest as _;

use super::*;
use crate::frame::{FrameReader, decode, encode};
use crate::identity::{
    DeviceCertificate, DeviceChain, DeviceRole, JoinRequest, KeyPair, PublicKey, RootKey, Signed,
};
use crate::log::tombstone::{Erasure, RetiredDigest};
use crate::log::{
    Body, Change, ChangeKind, Entry, Fingerprint, Generation, LogId, Position, Revocation, Tombstone,
};
use crate::v1::entries::{Head, LogName, Run, Sent};

fn key() -> impl Strategy<Value = PublicKey> {
    any::<[u8; 32]>().prop_map(PublicKey)
}

fn log() -> impl Strategy<Value = LogId> {
    (any::<[u8; 16]>(), any::<u8>(), key(), any::<u64>())
        .prop_map(|(chapter, zone, author, incarnation)| LogId { chapter, zone, author, incarnation })
}

fn positions() -> impl Strategy<Value = Vec<Position>> {
    let position = (log(), any::<u64>(), any::<[u8; 32]>());
    prop::collection::vec(position.prop_map(|(log, sequence, hash)| Position { log, sequence, hash }), 0..4)
}

fn signature() -> impl Strategy<Value = crate::identity::Signature> {
    any::<[u8; 32]>().prop_map(|half| crate::identity::Signature([half, half].concat().try_into().unwrap()))
}

fn change() -> impl Strategy<Value = Change> {
    let body = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Body::Open),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Body::Sealed),
        any::<[u8; 32]>().prop_map(|commitment| Body::Absent { commitment }),
    ];
    let generation = (any::<u32>(), any::<u64>()).prop_map(|(number, random)| Generation { number, random });
    (any::<u8>(), any::<[u8; 16]>(), generation, body).prop_map(|(kind, document, generation, body)| Change {
        kind: ChangeKind::from_code(kind),
        document,
        generation,
        body,
    })
}

fn sent() -> impl Strategy<Value = Sent> {
    let head = prop_oneof![
        (any::<u32>(), any::<i64>()).prop_map(|(run, later)| Head::Next { run, later }),
        prop::collection::vec(any::<u8>(), 0..80).prop_map(Head::Whole),
    ];
    (head, signature(), prop::collection::vec(change(), 0..4)).prop_map(|(head, signature, changes)| Sent {
        head,
        signature,
        changes,
    })
}

fn run() -> impl Strategy<Value = Run> {
    let name = prop_oneof![any::<u32>().prop_map(LogName::Number), log().prop_map(LogName::New)];
    (name, any::<u64>(), any::<[u8; 4]>()).prop_map(|(log, first, before)| Run { log, first, before })
}

fn credential() -> impl Strategy<Value = Credential> {
    (any::<u8>(), any::<[u8; 16]>(), ".{0,20}", any::<u8>(), any::<i64>(), any::<bool>()).prop_map(
        |(seed, chapter, name, role, now, is_hub)| {
            let (root, own) = (RootKey::from_seed(&[seed; 32]), KeyPair::from_seed(&[seed ^ 1; 32]));
            if is_hub {
                return Credential::Hub(root.certify_hub(own.public(), now, 1));
            }
            let role = DeviceRole::from_code(role);
            let device = DeviceCertificate::new(chapter, name, own.public(), role, now);
            let chapter_key = root.certify_chapter_key(chapter, own.public(), 1);
            Credential::Device(DeviceChain::certify(chapter_key, &device, &own))
        },
    )
}

fn hello() -> impl Strategy<Value = Hello> {
    let digest = (any::<u64>(), any::<[u8; 32]>())
        .prop_map(|(count, digest)| RetiredDigest { count, digest: Fingerprint(digest) });
    let fingerprint = (any::<u8>(), any::<[u8; 32]>())
        .prop_map(|(zone, hash)| ZoneFingerprint { zone, fingerprint: Fingerprint(hash) });
    let join =
        prop::option::of((any::<[u8; 16]>(), any::<u8>()).prop_map(|(token, seed)| {
            JoinRequest::new(token, &RootKey::from_seed(&[seed; 32]), &[seed; 32])
        }));
    let fingerprints = prop::collection::vec(fingerprint, 0..3);
    (any::<u16>(), any::<[u8; 16]>(), credential(), digest, positions(), fingerprints, join).prop_map(
        |(minor, store, credential, retired, positions, fingerprints, join)| Hello {
            minor,
            store,
            credential,
            retired,
            positions,
            fingerprints,
            join,
        },
    )
}

fn tombstone(document: [u8; 32], floor: u32) -> Signed<Tombstone> {
    let key = KeyPair::from_seed(&[1; 32]);
    let authority = key.public();
    let tombstone = Tombstone {
        document_hash: document,
        chapter: [2; 16],
        floor,
        zone: 3,
        day: 4,
        reason: 5,
        authority,
        erasure: None,
    };
    tombstone.sign(&key)
}

fn revocation(last_accepted: Vec<Position>) -> Signed<Revocation> {
    let key = KeyPair::from_seed(&[1; 32]);
    let device = PublicKey([3; 32]);
    let revocation = Revocation { chapter: [2; 16], device, last_accepted, time: 4, authority: key.public() };
    Signed::sign(&revocation, &key)
}

fn fork() -> impl Strategy<Value = Fork> {
    let sample = (any::<u64>(), any::<[u8; 32]>()).prop_map(|(sequence, hash)| Sample { sequence, hash });
    (log(), prop::collection::vec(sample, 0..5)).prop_map(|(log, samples)| Fork { log, samples })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..40)
}

pub(crate) fn any_message() -> impl Strategy<Value = Message> {
    let rows = prop::collection::vec((any::<[u8; 32]>(), any::<u32>()), 0..3);
    prop_oneof![
        Just(Message::Introduction(Introduction {})),
        credential().prop_map(Message::Credential),
        hello().prop_map(|hello| Message::Hello(Box::new(hello))),
        (rows, positions(), any::<bool>(), credential()).prop_map(|(rows, positions, last, credential)| {
            let tombstones = rows.into_iter().map(|(document, floor)| tombstone(document, floor)).collect();
            let devices = match credential {
                Credential::Device(chain) => vec![chain],
                Credential::Hub(_) | Credential::Applicant(_) => Vec::new(),
            };
            let held = last.then(|| vec![tombstone([13; 32], u32::MAX)]);
            let revocations = vec![revocation(positions)];
            Message::Retired(Retired { tombstones, revocations, last, devices, held })
        }),
        (any::<u64>(), prop::collection::vec(run(), 0..3), prop::collection::vec(sent(), 0..4))
            .prop_map(|(number, runs, entries)| Message::Entries(Entries { number, runs, entries })),
        (any::<u64>(), any::<u64>()).prop_map(|(number, refused)| Message::Ack(Ack { number, refused })),
        Just(Message::CaughtUp(CaughtUp {})),
        fork().prop_map(Message::Fork),
        positions().prop_map(|positions| Message::Revoked(Revoked { revocation: revocation(positions) })),
        prop::collection::vec(any::<(u8, [u8; 16], [u8; 16])>(), 0..3).prop_map(|zones| {
            let check = |(zone, held, contents)| ZoneCheck { zone, held, contents };
            Message::Check(Check { zones: zones.into_iter().map(check).collect() })
        }),
        any::<[u8; 32]>()
            .prop_map(|exporter| { Message::Search(Search::new(&RootKey::from_seed(&[8; 32]), &exporter)) }),
        (any::<[u8; 16]>(), any::<u64>()).prop_map(|(chapter, chapter_key_serial)| {
            Message::Found(Found { chapter, name: "Tromsø".to_owned(), chapter_key_serial })
        }),
        prop::collection::vec(any::<(u8, bool)>(), 0..3)
            .prop_map(|zones| Message::Checked(Checked { zones })),
        (any::<u8>(), bytes()).prop_map(|(zone, sums)| Message::Sums(Sums { zone, sums })),
        (any::<u8>(), bytes(), bytes()).prop_map(|(zone, ranges, items)| Message::Items(Items {
            zone,
            ranges,
            items
        })),
        (any::<u8>(), bytes(), prop::collection::vec(change(), 0..4), any::<u64>()).prop_map(
            |(zone, wanted, changes, filled)| Message::Repair(Repair { zone, wanted, changes, filled })
        ),
        any::<u16>().prop_map(|code| Message::Close(Close { code: CloseCode::from_number(code) })),
    ]
}

proptest! {
    #[test]
    fn every_message_comes_back_as_it_went(message in any_message()) {
        let mut reader = FrameReader::default();
        reader.push(&encode(&message).unwrap());
        prop_assert_eq!(reader.next_message().unwrap(), Some(message));
    }

    /// T24: what a newer version appends is skipped, not choked on.
    #[test]
    fn fields_of_a_newer_version_do_not_disturb(message in any_message()) {
        // A credential is one of two alternatives; what a newer version appends stands inside the certificates.
        prop_assume!(!matches!(message, Message::Credential(_)));
        // A last field that is absent is left out; a newer version would write its null.
        prop_assume!(!matches!(&message, Message::Hello(hello) if hello.join.is_none()));
        prop_assume!(!matches!(&message, Message::Retired(retired) if retired.held.is_none()));
        let mut cbor = message.to_cbor();
        prop_assert!((0x80..0x97).contains(&cbor[0]), "an array of fewer than 23");
        cbor[0] += 1;
        cbor.extend_from_slice(&[0x82, 0x01, 0x63, b'n', b'e', b'w']);
        prop_assert_eq!(Message::from_cbor(message.kind(), &cbor).unwrap(), message);
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(kind in any::<u8>(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(kind, &bytes);
        let _ = Message::from_cbor(kind, &bytes);
        let mut reader = FrameReader::default();
        reader.push(&bytes);
        while let Ok(Some(_)) = reader.next_message() {}
    }

    #[test]
    fn no_altered_message_makes_a_decoder_panic(message in any_message(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut cbor = message.to_cbor();
        for (index, byte) in changes {
            let place = index.index(cbor.len());
            cbor[place] = byte;
        }
        let _ = Message::from_cbor(message.kind(), &cbor);
        let _ = Message::from_cbor(message.kind(), &cbor[..cut.index(cbor.len())]);
    }
}

#[test]
fn close_codes_are_stable_and_their_words_differ() {
    let mut words: Vec<&str> = CloseCode::ALL.iter().map(|code| code.word()).collect();
    for code in CloseCode::ALL {
        assert_eq!(CloseCode::from_number(code.number()), *code);
    }
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), CloseCode::ALL.len());
}

#[test]
fn a_fork_is_sampled_densely_at_its_end_and_down_to_the_first_entry() {
    assert_eq!(Fork::sequences(0), Vec::<u64>::new());
    assert_eq!(Fork::sequences(3), [3, 2, 1]);
    for last in [64, 65, 1_000, u64::MAX] {
        let sequences = Fork::sequences(last);
        assert!(sequences.is_sorted_by(|one, next| one > next), "{last}");
        assert!(sequences.len() <= fork::SAMPLES_MAX);
        assert_eq!((sequences[0], sequences.last()), (last, Some(&1)));
    }
}

#[test]
fn the_specification_lists_every_close_code_and_belongs_to_these_messages() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let specification = std::fs::read_to_string(root.join("SPEC.md")).unwrap();
    for code in CloseCode::ALL {
        let row = format!("| {} | `{}` |", code.number(), code.word());
        assert!(specification.contains(&row), "SPEC.md lacks {row}");
    }
    let mut files: Vec<_> =
        std::fs::read_dir(root.join("src/v1")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut hasher = sha2::Sha256::new();
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        hasher.update(std::fs::read(file).unwrap());
    }
    let hash = data_encoding::HEXLOWER.encode(&hasher.finalize());
    assert!(
        specification.contains(&hash),
        "src/v1 has changed: bring SPEC.md in line with it, then record this hash there: {hash}"
    );
}

#[test]
fn frames_of_this_version_stay_readable() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1");
    for (name, message) in golden() {
        let path = folder.join(format!("{name}.frame"));
        // Written once, by whoever adds a message; a change of an existing file breaks every released program.
        if std::env::var_os("HELHET_WRITE_GOLDEN").is_some() && !path.exists() {
            std::fs::write(&path, encode(&message).unwrap()).unwrap();
        }
        let frame = std::fs::read(&path).unwrap();
        let mut reader = FrameReader::default();
        reader.push(&frame);
        assert_eq!(reader.next_message().unwrap(), Some(message.clone()), "{name}");
        if !is_compressed(message.kind()) {
            assert_eq!(encode(&message).unwrap(), frame, "{name}");
        }
    }
}

fn golden() -> Vec<(&'static str, Message)> {
    let own = KeyPair::from_seed(&[1; 32]);
    let root = RootKey::from_seed(&[2; 32]);
    let log = LogId { chapter: [3; 16], zone: 3, author: own.public(), incarnation: 4 };
    let position = Position { log, sequence: 5, hash: [6; 32] };
    let device = DeviceCertificate::new([3; 16], "laptop", own.public(), DeviceRole::Admin, 1_800_000_000);
    let chapter_key = root.certify_chapter_key([3; 16], own.public(), 1);
    let credential = Credential::Device(DeviceChain::certify(chapter_key.clone(), &device, &own));
    let sealed_to = device.sealed_to(own.seal_key().public());
    let generation = Generation { number: 1, random: 2 };
    let change = |kind, body| Change { kind, document: [7; 16], generation, body };
    let changes = vec![
        change(ChangeKind::Automerge, Body::Open(vec![1, 2, 3])),
        change(ChangeKind::Automerge, Body::Sealed(vec![4])),
        change(ChangeKind::Receipt, Body::Absent { commitment: [8; 32] }),
    ];
    let hello = Hello {
        minor: 0,
        store: [9; 16],
        credential: credential.clone(),
        retired: RetiredDigest { count: 1, digest: Fingerprint([10; 32]) },
        positions: vec![position],
        fingerprints: vec![ZoneFingerprint { zone: 3, fingerprint: Fingerprint([11; 32]) }],
        join: Some(JoinRequest::new([12; 16], &root, &[13; 32])),
    };
    let Entry { signed, changes } = Entry::sign(log, Some(&position), 1_800_000_000, changes, &own);
    let run = |log| Run { log, first: 6, before: [6; 4] };
    let sent = |head, signature, changes| Sent { head, signature, changes };
    let next = Head::Next { run: 1, later: 1_800_000_000 };
    let entries = Entries {
        number: 1,
        runs: vec![run(LogName::Number(7)), run(LogName::New(log))],
        entries: vec![
            sent(next, signed.signature, changes.clone()),
            sent(Head::Whole(signed.header), signed.signature, changes),
        ],
    };
    let check = Check { zones: vec![ZoneCheck { zone: 3, held: [10; 16], contents: [11; 16] }] };
    let given = change(ChangeKind::Automerge, Body::Open(vec![1, 2, 3]));
    let repair = Repair { zone: 3, wanted: vec![2; 16], changes: vec![given], filled: 4 };
    let retired = Retired {
        tombstones: vec![tombstone([14; 32], 1)],
        revocations: vec![revocation(vec![position])],
        last: true,
        devices: vec![DeviceChain::certify(chapter_key, &sealed_to, &own)],
        held: None,
    };
    let erasure = Some(Erasure { number: [17; 16], holders: vec![own.public()] });
    let mass = Tombstone {
        document_hash: [18; 32],
        chapter: [3; 16],
        floor: u32::MAX,
        zone: 2,
        day: 4,
        reason: 2,
        authority: own.public(),
        erasure,
    };
    let held = Retired { held: Some(vec![mass.sign(&own)]), last: true, ..Retired::default() };
    vec![
        ("introduction", Message::Introduction(Introduction {})),
        ("credential_device", Message::Credential(credential)),
        ("credential_hub", Message::Credential(Credential::Hub(root.certify_hub(own.public(), 1, 2)))),
        ("hello", Message::Hello(Box::new(hello))),
        ("retired", Message::Retired(retired)),
        ("retired_held", Message::Retired(held)),
        ("entries", Message::Entries(entries)),
        ("ack", Message::Ack(Ack { number: 1, refused: 2 })),
        ("caught_up", Message::CaughtUp(CaughtUp {})),
        ("fork", Message::Fork(Fork { log, samples: vec![Sample { sequence: 5, hash: [6; 32] }] })),
        ("revoked", Message::Revoked(Revoked { revocation: revocation(vec![]) })),
        ("check", Message::Check(check)),
        ("checked", Message::Checked(Checked { zones: vec![(3, false)] })),
        ("sums", Message::Sums(Sums { zone: 3, sums: vec![15; 32] })),
        ("items", Message::Items(Items { zone: 3, ranges: vec![1, 2], items: vec![1; 16] })),
        ("repair", Message::Repair(repair)),
        ("search", Message::Search(Search::new(&root, &[16; 32]))),
        (
            "found",
            Message::Found(Found { chapter: [3; 16], name: "Tromsø".to_owned(), chapter_key_serial: 17 }),
        ),
        ("close", Message::Close(Close { code: CloseCode::Fork })),
    ]
}
