use proptest::prelude::*;

use super::*;
use crate::identity::{KeyPair, RecoveryPhrase};
use crate::log::limits::BODY_BYTES_MAX;

const CHAPTER: Chapter = [1; 16];
const EPOCH: EpochId = [7; 16];

fn place() -> Place {
    Place { chapter: CHAPTER, zone: 2, document: [3; 16], generation: Generation { number: 4, random: 5 } }
}

fn elsewhere() -> Vec<Place> {
    let here = place();
    vec![
        Place { chapter: [2; 16], ..here },
        Place { zone: 1, ..here },
        Place { document: [4; 16], ..here },
        Place { generation: Generation { number: 5, random: 5 }, ..here },
        Place { generation: Generation { number: 4, random: 6 }, ..here },
    ]
}

fn key() -> DocumentKey {
    DocumentKey::random(&mut rand::rng())
}

fn author() -> crate::identity::PublicKey {
    KeyPair::from_seed(&[9; 32]).public()
}

fn open(sealed: &[u8], place: &Place, key: &DocumentKey) -> Result<Vec<u8>, SealError> {
    open_body(sealed, place, &author(), |_| Ok::<_, SealError>(vec![key.clone()])).map(|body| body.to_vec())
}

// N3: the way from the phrase on paper to a body, and no other.
#[test]
fn a_phrase_opens_what_was_sealed_to_it_and_nobody_else_does() {
    let mut rng = rand::rng();
    let phrase = RecoveryPhrase::generate(&mut rng);
    let paper = phrase.seal_key();
    let (device, thief) = (SealKey::from_seed(&[1; 32]), SealKey::from_seed(&[2; 32]));
    let secret = EpochSecret::random(&mut rng);
    let epoch = Epoch::seal(&CHAPTER, 2, &EPOCH, &secret, &[device.public(), paper.public()]).unwrap();
    let key = key();
    let row = key.wrap(&place(), EPOCH, &secret, &mut rng);
    let body = seal_body(&key, &EPOCH, &place(), &author(), b"Kari", &mut rng).unwrap();

    let told = Epoch::read(&epoch.to_body()).unwrap();
    let row = WrappedKey::read(&row.to_body()).unwrap();
    for reader in [&paper, &device] {
        let secret = told.open(&CHAPTER, 2, &EPOCH, reader).unwrap();
        assert_eq!(open(&body, &place(), &row.unwrap(&place(), &secret).unwrap()).unwrap(), b"Kari");
    }
    assert_eq!(told.open(&CHAPTER, 2, &EPOCH, &thief), Err(SealError::NotForUs));
    // The name on a wrap opens nothing.
    let mut forged = told.clone();
    forged.wraps[0].to = thief.public();
    assert_eq!(forged.open(&CHAPTER, 2, &EPOCH, &thief), Err(SealError::WrongKey));
    // Nor does an epoch open in another zone, or under another name.
    assert_eq!(told.open(&CHAPTER, 1, &EPOCH, &paper), Err(SealError::WrongKey));
    assert_eq!(told.open(&CHAPTER, 2, &[8; 16], &paper), Err(SealError::WrongKey));
}

#[test]
fn nothing_opens_where_it_does_not_belong() {
    let mut rng = rand::rng();
    let (key, secret) = (key(), EpochSecret::random(&mut rng));
    let row = key.wrap(&place(), EPOCH, &secret, &mut rng);
    let body = seal_body(&key, &EPOCH, &place(), &author(), b"Kari", &mut rng).unwrap();
    for other in elsewhere() {
        assert_eq!(row.unwrap(&other, &secret), Err(SealError::WrongKey), "{other:?}");
        assert_eq!(open(&body, &other, &key), Err(SealError::WrongKey), "{other:?}");
    }
    let stranger = KeyPair::from_seed(&[10; 32]).public();
    let opened = open_body(&body, &place(), &stranger, |_| Ok::<_, SealError>(vec![key.clone()]));
    assert_eq!(opened.unwrap_err(), SealError::WrongKey);
    assert_eq!(open(&body, &place(), &super::tests::key()), Err(SealError::WrongKey));
    assert!(row.unwrap(&place(), &EpochSecret::random(&mut rng)).is_err());
}

// 11.3.4: the same words are never sealed into the same bytes.
#[test]
fn nonces_are_new_each_time() {
    let (key, mut rng) = (key(), rand::rng());
    let bodies: std::collections::BTreeSet<_> =
        (0..100).map(|_| seal_body(&key, &EPOCH, &place(), &author(), b"Kari", &mut rng).unwrap()).collect();
    assert_eq!(bodies.len(), 100);
    let nonces: std::collections::BTreeSet<_> = bodies.iter().map(|body| body[17..41].to_vec()).collect();
    assert_eq!(nonces.len(), 100);
}

#[test]
fn sizes_say_little() {
    let (key, mut rng) = (key(), rand::rng());
    let mut size = |length: usize| {
        let mut body = vec![0; length];
        rand::Rng::fill_bytes(&mut rng, &mut body);
        let sealed = seal_body(&key, &EPOCH, &place(), &author(), &body, &mut rng).unwrap();
        assert!(sealed.len() <= BODY_BYTES_MAX);
        assert_eq!(open(&sealed, &place(), &key).unwrap(), body);
        sealed.len()
    };
    assert_eq!(size(0), size(251));
    assert!(size(252) > size(251));
    assert_eq!(size(252), size(507));
    assert_eq!(size(40_000), size(60_000));
    let largest = vec![0x5a; BODY_BYTES_MAX];
    let sealed = seal_body(&key, &EPOCH, &place(), &author(), &largest, &mut rand::rng()).unwrap();
    assert_eq!(open(&sealed, &place(), &key).unwrap(), largest);
    assert!(sealed.len() < 1_000, "what packs well is packed");
    let above = vec![0; BODY_BYTES_MAX + 1];
    let refused = seal_body(&key, &EPOCH, &place(), &author(), &above, &mut rand::rng());
    assert_eq!(refused.unwrap_err(), SealError::TooLarge);
}

// A sibling's mistake costs this device nothing.
#[test]
fn a_bomb_does_not_go_off() {
    let mut rng = rand::rng();
    let key = key();
    for (size, refused) in [(100_000, SealError::TooLarge), (64 << 20, SealError::Malformed)] {
        let bomb = zstd::bulk::compress(&vec![0; size], 3).unwrap();
        let length = u32::try_from(bomb.len()).unwrap();
        let plain = [&[1], length.to_be_bytes().as_slice(), &bomb].concat();
        let place_bytes = [place().bytes("helhet/1 sealed body", &EPOCH), author().0.to_vec()].concat();
        let sealed = aead::seal(&key.0, &plain, &place_bytes, &mut rng);
        let body = [&[ALGORITHM], EPOCH.as_slice(), &sealed].concat();
        assert_eq!(open(&body, &place(), &key), Err(refused), "{size}");
    }
}

proptest! {
    #[test]
    fn what_is_sealed_is_opened(body in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let key = key();
        let sealed = seal_body(&key, &EPOCH, &place(), &author(), &body, &mut rand::rng()).unwrap();
        prop_assert_eq!(open(&sealed, &place(), &key).unwrap(), body);
    }

    #[test]
    fn whatever_arrives_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = open(&bytes, &place(), &key());
        let _ = Epoch::read(&bytes);
        let _ = WrappedKey::read(&bytes);
    }

    #[test]
    fn one_changed_bit_is_seen(at in 0_usize..300, bit in 0_u8..8) {
        let key = key();
        let mut sealed = seal_body(&key, &EPOCH, &place(), &author(), b"Kari", &mut rand::rng()).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        prop_assert!(open(&sealed, &place(), &key).is_err());
    }
}
