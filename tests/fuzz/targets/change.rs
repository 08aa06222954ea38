//! A change from the wire. What the decoder takes has one form, automerge takes it, and what automerge took can be
//! edited, stored and read again. Reading takes memory in proportion to the input, whatever the input claims.
#![no_main]

use chrono::DateTime;
use helhet_fuzz::{
    chunk,
    memory::{Counting, peak_of},
};
use helhet_shared::{
    document::{ChangeBody, Document, DocumentError, Edit, Limits, decode},
    id::ActorId,
    schema::{Author, check},
    zone::Zone,
};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a change of any length may take, and for each of its bytes besides.
const BYTES_MAX: usize = 1 << 20;
const BYTES_EACH_MAX: usize = 64;

fuzz_target!(|input: &[u8]| {
    receive(input);
    receive(&chunk(input));
});

fn receive(bytes: &[u8]) {
    let (decoded, peak) = peak_of(|| decode(bytes, &Limits::WIRE));
    assert!(peak <= BYTES_MAX + BYTES_EACH_MAX * bytes.len(), "{peak} bytes for {}", bytes.len());
    let Ok(change) = decoded else { return };
    assert_eq!(change.body(), Ok(ChangeBody(bytes.to_vec())), "a change has one form");
    for zone in Zone::ALL {
        for author in [Author::Chapter, Author::Hub] {
            let _ = check(zone, author, &change);
        }
    }
    let mut document = Document::new(ActorId::from_bytes([1; 16]));
    match document.apply_decoded([&change]) {
        Err(DocumentError::Refused(error)) => panic!("automerge refused what we let through: {error}"),
        Err(_) => assert!(document.content().is_empty()),
        Ok(_) => {
            document.edit(&[Edit::set("name/given", "Kari")], DateTime::UNIX_EPOCH);
            let loaded = Document::load(&document.save(), ActorId::from_bytes([2; 16])).expect("what was saved");
            assert_eq!(loaded.content(), document.content());
        }
    }
}
