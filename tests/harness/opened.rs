//! A chapter's database as who has its key and reads the disk would see it: every page of the file and of the write-ahead file
//! opened, free pages and leftovers too, which no table shows (C6). Nothing is opened through SQLite, which would tidy up.

use std::fs;
use std::path::Path;

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use data_encoding::HEXLOWER;

use crate::canaries::Search;

/// SQLCipher 4: pages of so many bytes, of which the last are the vector that the page was encrypted with, and its seal.
const PAGE: usize = 4_096;
const RESERVED: usize = 80;
/// The first page begins with the salt, in the clear.
const SALT: usize = 16;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Where a marker stands in the database of this folder, whose key lies in a file.
pub fn places(markers: &[&str], folder: &Path) -> Vec<String> {
    let key = fs::read_to_string(folder.join("helhet.key")).expect("the key lies in a file");
    let key: [u8; 32] =
        HEXLOWER.decode(key.trim().as_bytes()).expect("a key").try_into().expect("of 32 bytes");
    let cipher = Aes256::new(&key.into());
    let search = Search::of(markers);
    let mut places = std::collections::BTreeSet::new();
    let file = fs::read(folder.join("helhet.db")).expect("there is a database");
    for (number, page) in (1_u32..).zip(file.chunks_exact(PAGE)) {
        search.note(&opened(&cipher, number, page), &format!("page {number} of the file"), &mut places);
    }
    let log = fs::read(folder.join("helhet.db-wal")).unwrap_or_default();
    for frame in log.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE) {
        let number = u32::from_be_bytes(frame[..4].try_into().expect("four bytes"));
        let page = opened(&cipher, number, &frame[FRAME_HEADER..]);
        search.note(&page, &format!("page {number} in the write-ahead file"), &mut places);
    }
    places.into_iter().collect()
}

fn opened(cipher: &Aes256, number: u32, page: &[u8]) -> Vec<u8> {
    let (sealed, reserved) = page.split_at(PAGE - RESERVED);
    let sealed = if number == 1 { &sealed[SALT..] } else { sealed };
    let mut before: [u8; 16] = reserved[..16].try_into().expect("the vector");
    let mut opened = Vec::with_capacity(PAGE);
    for block in sealed.as_chunks::<16>().0 {
        let mut clear = (*block).into();
        cipher.decrypt_block(&mut clear);
        opened.extend(clear.iter().zip(before).map(|(byte, mask)| byte ^ mask));
        before = *block;
    }
    opened
}

#[cfg(test)]
mod tests {
    use helhet_node::store::Store;
    use helhet_node::store::key_file;

    use super::*;

    const MARKER: &str = "zkvbrtgldmnf";

    // C6: what is in a table is found, in the log and in the file; what is gone after a checkpoint is not.
    #[test]
    fn a_marker_is_found_in_a_sealed_database() {
        let folder = tempfile::tempdir().unwrap();
        let key = key_file::make(folder.path(), &mut rand::rng()).unwrap();
        let store = Store::open(folder.path(), key).unwrap();
        let make = |sql: &str| store.database().write(|tx| tx.execute_batch(sql)).unwrap();
        let found = || places(&[MARKER], folder.path());
        make(&format!("CREATE TABLE about (body TEXT); INSERT INTO about VALUES ('{MARKER}')"));
        assert!(found().iter().all(|place| place.contains("write-ahead")) && !found().is_empty());
        store.database().checkpoint().unwrap();
        assert!(found().iter().any(|place| place.contains("of the file")), "{:?}", found());
        make("DELETE FROM about");
        assert!(!found().is_empty(), "the file still has it");
        store.database().checkpoint().unwrap();
        assert_eq!(found(), Vec::<String>::new());
    }
}
