//! What arrives on the stream: frames, messages, entries. What can be read is read the same after it was written again;
//! an entry that its author signs as it stands holds, unless it is over the limits. Reading a frame takes no more
//! memory than a batch may inflate to, times a small number, whatever the frame claims.
#![no_main]

use helhet_fuzz::memory::{Counting, peak_of};
use helhet_protocol::{
    frame::{FrameReader, INFLATED_BYTES_MAX, decode, encode},
    identity::KeyPair,
    log::{ChainError, Entry, Position, SignedEntry, chain::position_of, limits::ENTRY_HEAD_BYTES_MAX, verify},
    v1::{Message, entries::Head},
};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The types whose frames are compressed.
const COMPRESSED: [u8; 2] = [3, 5];

fuzz_target!(|input: &[u8]| {
    stream(input);
    // A message by itself, so that the compression does not hide what is inside.
    let Some((kind, cbor)) = input.split_first() else { return };
    let message = if COMPRESSED.contains(kind) {
        let mut packed = zstd::bulk::compress(cbor, 1).expect("to memory");
        // No dictionary, in the place of the magic number.
        packed.splice(..4, [0]);
        decode(*kind, &packed)
    } else {
        decode(*kind, cbor)
    };
    if let Ok(message) = message {
        round_trip(message);
    }
});

fn stream(bytes: &[u8]) {
    let mut reader = FrameReader::default();
    for portion in bytes.chunks(97) {
        reader.push(portion);
        loop {
            let (read, peak) = peak_of(|| reader.next_message());
            assert!(peak <= 4 * INFLATED_BYTES_MAX + 16 * (1 << 20), "{peak} bytes");
            match read {
                Ok(Some(message)) => round_trip(message),
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}

fn round_trip(message: Message) {
    if let Message::Entries(batch) = &message {
        for sent in &batch.entries {
            if let Head::Whole(header) = &sent.head {
                let signed = SignedEntry { header: header.clone(), signature: sent.signature };
                sign_again(&Entry { signed, changes: sent.changes.clone() });
            }
        }
    }
    let frame = encode(&message).expect("what was read is within the limits");
    let mut reader = FrameReader::default();
    reader.push(&frame);
    assert_eq!(reader.next_message(), Ok(Some(message)));
    assert_eq!(reader.next_message(), Ok(None), "nothing is left over");
}

fn sign_again(entry: &Entry) {
    let Ok(header) = entry.header() else { return };
    let author = KeyPair::from_seed(&[1; 32]);
    assert_eq!(verify(entry.clone(), |_| None).is_ok_and(|_| header.log.author != author.public()), false);
    let commitments: Vec<u8> = entry.changes.iter().flat_map(|change| change.commitment(&header.log)).collect();
    let length = (entry.signed.header.len() as u32).to_be_bytes();
    let signed = [&length[..], &entry.signed.header, &commitments].concat();
    let mut entry = entry.clone();
    entry.signed.signature = author.sign("helhet/1 entry", &signed);
    let known = header.sequence.checked_sub(1).filter(|before| *before > 0);
    let known = known.map(|sequence| Position { log: header.log, sequence, hash: header.previous });
    let over = entry.changes.is_empty() || entry.signed.header.len() > ENTRY_HEAD_BYTES_MAX;
    match verify(entry.clone(), |_| known) {
        Ok(verified) => {
            assert_eq!(header.log.author, author.public());
            assert_eq!(position_of(&entry), Ok(verified.position()));
            assert!(!over);
        }
        Err(ChainError::Signature { .. }) => assert_ne!(header.log.author, author.public()),
        Err(_) => {}
    }
}
