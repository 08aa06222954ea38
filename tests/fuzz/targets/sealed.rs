//! What a chapter's devices send each other through the hub: sealed bodies, rows of the keyring, applications. Nothing
//! falls over, nothing grows, and what a body holds is what was sealed, whoever made it up.
#![no_main]

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use helhet_fuzz::memory;
use helhet_protocol::identity::{Application, OfficeAddress, PublicKey};
use helhet_protocol::log::Generation;
use helhet_protocol::log::limits::BODY_BYTES_MAX;
use helhet_protocol::seal::{DocumentKey, Epoch, Place, SealError, SealKey, WrappedKey, open_body, seal_body};
use libfuzzer_sys::fuzz_target;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

const EPOCH: [u8; 16] = [7; 16];
const AUTHOR: PublicKey = PublicKey([9; 32]);
const PLACE: Place =
    Place { chapter: [1; 16], zone: 2, document: [3; 16], generation: Generation { number: 4, random: 5 } };
/// More than any of these may keep.
const MEMORY_MAX: usize = 16 << 20;

fuzz_target!(|input: &[u8]| {
    let ((), used) = memory::peak_of(|| {
        rows(input);
        body(input);
    });
    assert!(used < MEMORY_MAX, "{used} bytes for {}", input.len());
});

/// As they come from the wire.
fn rows(input: &[u8]) {
    let _ = open(input);
    if let Ok(epoch) = Epoch::read(input) {
        assert_eq!(Epoch::read(&epoch.to_body()), Ok(epoch.clone()));
        assert!(epoch.open(&PLACE.chapter, PLACE.zone, &EPOCH, &SealKey::from_seed(&[6; 32])).is_err());
    }
    if let Ok(row) = WrappedKey::read(input) {
        assert_eq!(WrappedKey::read(&row.to_body()), Ok(row));
    }
    if let Ok(asked) = Application::from_bytes(input) {
        assert_eq!(Application::from_bytes(&asked.to_bytes()).expect("an application"), asked);
        assert!(!asked.knows(&[0; 16]), "nobody guesses a proof");
    }
    if let Ok(office) = String::from_utf8_lossy(input).parse::<OfficeAddress>() {
        assert_eq!(office.to_string().parse::<OfficeAddress>().expect("an address"), office);
    }
}

/// The input as what a sibling with the right key has sealed.
fn body(input: &[u8]) {
    if let Ok(opened) = open(&sealed(input)) {
        assert!(opened.len() <= BODY_BYTES_MAX);
        let again = seal_body(&key(), &EPOCH, &PLACE, &AUTHOR, &opened, &mut StdRng::seed_from_u64(2));
        // What packed well may not fit when it is packed by us; nothing else may fail.
        assert!(again.is_ok_and(|again| open(&again).as_ref() == Ok(&opened)) || opened.len() > BODY_BYTES_MAX / 2);
    }
}

fn open(sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    open_body(sealed, &PLACE, &AUTHOR, |_| Ok::<_, SealError>(vec![key()])).map(|body| body.to_vec())
}

fn key() -> DocumentKey {
    DocumentKey::random(&mut StdRng::seed_from_u64(1))
}

/// By the specification, section 9.
fn sealed(plain: &[u8]) -> Vec<u8> {
    let mut key = [0; 32];
    StdRng::seed_from_u64(1).fill_bytes(&mut key);
    let place: Vec<u8> = [
        b"helhet/1 sealed body\0\x01".as_slice(),
        &PLACE.chapter,
        &[PLACE.zone],
        &PLACE.document,
        &PLACE.generation.number.to_be_bytes(),
        &PLACE.generation.random.to_be_bytes(),
        &EPOCH,
        &AUTHOR.0,
    ]
    .concat();
    let nonce = [8; 24];
    let cipher = XChaCha20Poly1305::new(&key.into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &place }).expect("sealed");
    [&[1], EPOCH.as_slice(), &nonce, &sealed].concat()
}
