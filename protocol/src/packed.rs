//! Compressed payloads: `dictionary: u8 ‖ a zstd frame (RFC 8878) without its magic number`.
//!
//! What one inflates to is bounded while it is inflated; the size that it declares is never trusted. Small ones are
//! compressed with a dictionary (`v1/dictionary_1.bin`, made by `tests/dictionary/` from made-up supporters): a lone change
//! is as long as what every change has in common.

use std::io::Read as _;
use std::sync::LazyLock;

use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// The most that a payload may inflate to, in bytes.
pub const INFLATED_BYTES_MAX: usize = 4 * 1024 * 1024;
const LEVEL: i32 = 3;
/// What inflating may keep in memory: 8 MiB.
const WINDOW_LOG_MAX: u32 = 23;
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Larger payloads repeat themselves; and zstd takes small ones to come with a small dictionary.
const SMALL: usize = 16 * 1024;

/// No dictionary.
const PLAIN: u8 = 0;
/// The first dictionary.
const FIRST: u8 = 1;
const DICTIONARY: &[u8] = include_bytes!("v1/dictionary_1.bin");
static TO_COMPRESS: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static TO_INFLATE: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// A compressed payload that cannot be made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackedError {
    /// It inflates to more than it may.
    TooLarge { size: usize },
    /// It is broken, or needs a dictionary that is not here.
    Broken,
}

/// Compresses what is to be sent.
pub(crate) fn compress(bytes: &[u8]) -> Result<Vec<u8>, PackedError> {
    if bytes.len() > INFLATED_BYTES_MAX {
        return Err(PackedError::TooLarge { size: bytes.len() });
    }
    let (dictionary, compressed) = if bytes.len() <= SMALL {
        let compressor = zstd::bulk::Compressor::with_prepared_dictionary(&TO_COMPRESS);
        (FIRST, compressor.and_then(|mut compressor| compressor.compress(bytes)))
    } else {
        (PLAIN, zstd::bulk::compress(bytes, LEVEL))
    };
    let mut compressed = compressed.map_err(|_| PackedError::Broken)?;
    if !compressed.starts_with(&MAGIC) {
        return Err(PackedError::Broken);
    }
    compressed.drain(..MAGIC.len() - 1);
    compressed[0] = dictionary;
    Ok(compressed)
}

/// Inflates what has arrived.
pub(crate) fn inflate(payload: &[u8]) -> Result<Vec<u8>, PackedError> {
    let (dictionary, compressed) = payload.split_first().ok_or(PackedError::Broken)?;
    let frame = MAGIC.chain(compressed);
    let decoder = match *dictionary {
        PLAIN => zstd::stream::read::Decoder::with_buffer(frame),
        FIRST => zstd::stream::read::Decoder::with_prepared_dictionary(frame, &TO_INFLATE),
        _ => return Err(PackedError::Broken),
    };
    let mut decoder = decoder.map_err(|_| PackedError::Broken)?;
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|_| PackedError::Broken)?;
    let mut inflated = Vec::new();
    let limit = INFLATED_BYTES_MAX as u64 + 1;
    #[cfg(feature = "planted-bug")]
    let limit = if crate::planted_bug::inflates_without_bound() { u64::MAX } else { limit };
    let size = decoder.take(limit).read_to_end(&mut inflated).map_err(|_| PackedError::Broken)?;
    if size > INFLATED_BYTES_MAX {
        return Err(PackedError::TooLarge { size });
    }
    Ok(inflated)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_compressed_is_inflated(bytes in prop::collection::vec(any::<u8>(), 0..300), times in 1_usize..200) {
            let bytes = bytes.repeat(times);
            prop_assert_eq!(inflate(&compress(&bytes).unwrap()), Ok(bytes));
        }

        #[test]
        fn no_bytes_are_too_strange_to_be_refused(dictionary in 0_u8..3, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = inflate(&[&[dictionary], bytes.as_slice()].concat());
        }
    }

    /// C8: a small payload that would inflate to a gigabyte costs no more than the limit, with the dictionary or without.
    #[test]
    fn a_bomb_is_refused_whatever_it_declares() {
        for dictionary in [PLAIN, FIRST] {
            let mut compressor = zstd::bulk::Compressor::new(LEVEL).unwrap();
            if dictionary == FIRST {
                compressor = zstd::bulk::Compressor::with_prepared_dictionary(&TO_COMPRESS).unwrap();
            }
            let mut bomb = compressor.compress(&vec![0; 64 * 1024 * 1024]).unwrap();
            assert!(bomb.len() < 10_000);
            bomb.drain(..3);
            bomb[0] = dictionary;
            assert!(matches!(inflate(&bomb), Err(PackedError::TooLarge { .. })));
        }
    }

    #[test]
    fn a_dictionary_that_is_not_here_is_refused() {
        let mut payload = compress(b"a").unwrap();
        assert_eq!(payload[0], FIRST);
        payload[0] = 2;
        assert_eq!(inflate(&payload), Err(PackedError::Broken));
        assert_eq!(inflate(&[]), Err(PackedError::Broken));
    }
}
