use proptest::prelude::*;

use super::*;

const PASSPHRASE: &str = "fire blå båter på vannet";

fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

fn slots_of(passphrases: &[&str]) -> Slots {
    let mut slots = Slots::default();
    for passphrase in passphrases {
        slots.add(Slot::seal(&key(), passphrase, &mut rand::rng()).unwrap()).unwrap();
    }
    slots
}

// N2: each passphrase opens the same key, by a slot of its own, and no other one does; ASVS 11.3.4.
#[test]
fn every_passphrase_has_a_slot_of_its_own() {
    let slots = slots_of(&[PASSPHRASE, "ekorn under brygga", PASSPHRASE]);
    let (first, opened) = slots.open(PASSPHRASE).unwrap().unwrap();
    assert_eq!(opened.as_bytes(), key().as_bytes());
    let (second, opened) = slots.open("ekorn under brygga").unwrap().unwrap();
    assert_eq!(opened.as_bytes(), key().as_bytes());
    assert_ne!(first, second);
    for wrong in ["", "fire blå båter på vanne", "Fire blå båter på vannet", "fire blå båter på vannet "]
    {
        assert!(slots.open(wrong).unwrap().is_none(), "{wrong}");
    }
    let text = slots.to_text();
    let lines: std::collections::BTreeSet<&str> =
        text.lines().flat_map(|line| line.split(' ')).filter(|word| word.len() > 30).collect();
    assert_eq!(
        lines.len(),
        3 * 4,
        "no id, salt, nonce or wrapped key comes twice, also of one passphrase: {text}"
    );
    assert!(!text.contains(key().to_hex().as_str()) && !text.contains("fire"));
}

#[test]
fn a_slot_that_was_tampered_with_opens_nothing() {
    let text = slots_of(&[PASSPHRASE]).to_text();
    assert!(text.contains(" 65536 3 1 "), "{text}");
    let cheaper = Slots::parse(&text.replace(" 65536 3 1 ", " 65536 2 1 ")).unwrap();
    assert!(cheaper.open(PASSPHRASE).unwrap().is_none());
    for ask in [" 8 3 1 ", " 65535 3 1 ", " 4294967295 3 1 ", " 65536 0 1 ", " 65536 999 1 ", " 65536 3 99 "]
    {
        assert!(Slots::parse(&text.replace(" 65536 3 1 ", ask)).is_none(), "{ask}");
    }
}

#[test]
fn what_is_wrong_with_the_file_is_said_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = path(folder.path());
    let said = Slots::read(&at).unwrap_err().to_string();
    assert!(said.contains("helhet.slots is missing") && said.contains("restore a backup"), "{said}");
    let whole = slots_of(&[PASSPHRASE]);
    whole.write(&at).unwrap();
    let text = whole.to_text();
    let half = &text[..text.len() / 2];
    for damaged in
        [b"".as_slice(), half.as_bytes(), b"helhet key slots 2\n", &[0xff; 80], &vec![b'a'; 100_000]]
    {
        std::fs::write(&at, damaged).unwrap();
        let error = Slots::read(&at).unwrap_err();
        assert!(matches!(error, SlotsError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains("put an undamaged copy in its place"));
    }
}

// The power goes between the write and the rename: what stood there stands there.
#[test]
fn half_a_write_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = path(folder.path());
    let before = slots_of(&[PASSPHRASE]);
    before.write(&at).unwrap();
    let beside = folder.path().join(".helhet.slots.part");
    let after = slots_of(&["ekorn under brygga"]);
    for left in ["", "helhet key sl", after.to_text().as_str()] {
        std::fs::write(&beside, left).unwrap();
        assert_eq!(Slots::read(&at).unwrap(), before);
    }
    after.write(&at).unwrap();
    assert_eq!(Slots::read(&at).unwrap(), after);
    assert!(!beside.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&at).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

proptest! {
    /// Whatever the bytes are: no panic, and what is read is what would be written.
    #[test]
    fn the_reader_takes_what_the_writer_writes_and_nothing_else(
        text in "(helhet key slots 1\n)?([0-9a-f]{32} argon2id\\+xchacha20poly1305 [0-9]{1,10} [0-9]{1,3} [0-9] [0-9a-f]{32} [0-9a-f]{48} [0-9a-f]{96}\n){0,3}.{0,20}"
    ) {
        if let Some(slots) = Slots::parse(&text) {
            prop_assert_eq!(slots.to_text(), text);
        }
    }

    #[test]
    fn a_changed_byte_is_no_file_or_another_one(at in 0usize..1000, byte in any::<u8>()) {
        thread_local!(static WHOLE: String = slots_of(&[PASSPHRASE]).to_text());
        let whole = WHOLE.with(Clone::clone);
        let mut bytes = whole.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Some(slots) = String::from_utf8(bytes.clone()).ok().and_then(|text| Slots::parse(&text)) {
            prop_assert_eq!(slots.to_text().into_bytes(), bytes);
        }
    }
}
