//! What people paste and type to get in: invites, recovery phrases, keys and ids as text. What can be read is read the
//! same after it was written again, also when a mail program has broken it into lines and changed its case.
#![no_main]

use data_encoding::BASE32_NOPAD;
use helhet_fuzz::hash;
use helhet_protocol::identity::{Invite, PublicKey, RecoveryPhrase};
use helhet_shared::id::{DocumentId, EntryKey, SupporterId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // The input as what stands in an invite, with a right checksum.
    let checked = [input, &hash("helhet/1 invite", input)[..4]].concat();
    invite(&format!("helhet1{}", BASE32_NOPAD.encode(&checked).to_lowercase()));

    let text = String::from_utf8_lossy(input);
    invite(&text);
    if let Ok(phrase) = RecoveryPhrase::parse(&text) {
        assert_eq!(RecoveryPhrase::parse(&phrase.words()).expect("a phrase").root().public(), phrase.root().public());
    }
    if let Ok(key) = text.parse::<PublicKey>() {
        assert_eq!(key.to_string(), text);
        let _ = (key.is_sound(), key.fingerprint());
    }
    if let Ok(id) = text.parse::<SupporterId>() {
        assert_eq!(id.to_string(), text);
        assert_eq!(text.parse(), Ok(DocumentId::from(id)));
    }
    if let Ok(key) = text.parse::<EntryKey>() {
        assert_eq!(key.to_string(), text);
    }
    // A phrase whose words are right: each byte names one.
    if input.len() >= 32 {
        let words: Vec<&str> = input[..24].iter().map(|byte| WORDS[usize::from(byte % 8)]).collect();
        let _ = RecoveryPhrase::parse(&words.join("\n"));
    }
});

const WORDS: [&str; 8] = ["abandon", "ability", "zoo", "about", "art", "letter", "legal", "winner"];

fn invite(text: &str) {
    for now in [0, 1_800_000_000, i64::MAX] {
        let Ok(read) = Invite::parse(text, now) else { continue };
        let line = read.to_string();
        let (first, rest) = line.split_at(line.len() / 2);
        for written in [line.clone(), format!("> {}\r\n> {}", first.to_uppercase(), rest)] {
            assert_eq!(Invite::parse(&written, now), Ok(read.clone()));
        }
    }
}
