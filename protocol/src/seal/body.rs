//! Bodies: `algorithm (1) ‖ epoch (16) ‖ nonce (24) ‖ ciphertext ‖ tag (16)`. What is sealed is
//! `packing (1: 0 as it is, 1 zstd) ‖ length (u32 big-endian) ‖ that many bytes ‖ zeros`, padded to a power of two, 256
//! at least: the hub learns when somebody wrote and roughly how much, and not whether a telephone number has eight digits.

use std::io::Read as _;

use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{ALGORITHM, DocumentKey, EpochId, Place, SealError, aead};
use crate::identity::PublicKey;
use crate::log::limits::BODY_BYTES_MAX;

const WHAT: &str = "helhet/1 sealed body";
const HEAD: usize = 1 + 16;
const PADDED_MIN: usize = 256;
/// The largest that still makes a body of at most [`BODY_BYTES_MAX`].
const PADDED_MAX: usize = BODY_BYTES_MAX - HEAD - aead::OVERHEAD;
const LENGTH: usize = 1 + 4;
const ZSTD_LEVEL: i32 = 3;
/// What inflating may keep in memory: more than a body may inflate to is not needed.
const ZSTD_WINDOW_LOG_MAX: u32 = 17;

/// Seals a body. `author` writes the log it will stand in; its number there is not part of it, so that an entry which is
/// signed again in a later life of the log keeps its bodies.
///
/// # Errors
/// [`SealError::TooLarge`], also when packing does not help.
pub fn seal_body(
    key: &DocumentKey,
    epoch: &EpochId,
    place: &Place,
    author: &PublicKey,
    body: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    if body.len() > BODY_BYTES_MAX {
        return Err(SealError::TooLarge);
    }
    let padded = pad(body)?;
    let sealed = aead::seal(&key.0, &padded, &authenticated(place, author, epoch), rng);
    let mut bytes = Vec::with_capacity(HEAD + sealed.len());
    bytes.push(ALGORITHM);
    bytes.extend_from_slice(epoch);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// The epoch that a sealed body was made in, to look its key up.
///
/// # Errors
/// When it is no sealed body.
pub(super) fn epoch_of(sealed: &[u8]) -> Result<(EpochId, &[u8]), SealError> {
    let (algorithm, rest) = sealed.split_first().ok_or(SealError::Malformed)?;
    if *algorithm != ALGORITHM {
        return Err(SealError::Algorithm);
    }
    let (epoch, rest) = rest.split_first_chunk().ok_or(SealError::Malformed)?;
    Ok((*epoch, rest))
}

/// Opens a body with one of the keys that `keys` gives for its epoch: several authors may have made one each.
///
/// # Errors
/// When none opens it, or what it holds is not what its form says.
pub fn open_body<E: From<SealError>>(
    sealed: &[u8],
    place: &Place,
    author: &PublicKey,
    keys: impl FnOnce(&EpochId) -> Result<Vec<DocumentKey>, E>,
) -> Result<Zeroizing<Vec<u8>>, E> {
    let (epoch, sealed) = epoch_of(sealed)?;
    let place = authenticated(place, author, &epoch);
    let keys = keys(&epoch)?;
    let opened = keys.iter().find_map(|key| aead::open(&key.0, sealed, &place).ok());
    match opened {
        Some(padded) => Ok(unpad(&padded)?),
        None if keys.is_empty() => Err(SealError::NotForUs.into()),
        None => Err(SealError::WrongKey.into()),
    }
}

fn authenticated(place: &Place, author: &PublicKey, epoch: &EpochId) -> Vec<u8> {
    let mut bytes = place.bytes(WHAT, epoch);
    bytes.extend_from_slice(&author.0);
    bytes
}

fn pad(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let size = |length: usize| (length + LENGTH).next_power_of_two().max(PADDED_MIN);
    let packed = match body.len() + LENGTH > PADDED_MIN {
        true => {
            zstd::bulk::compress(body, ZSTD_LEVEL).ok().filter(|packed| size(packed.len()) < size(body.len()))
        }
        false => None,
    };
    let (packing, bytes) = packed.as_ref().map_or((0, body), |packed| (1, packed.as_slice()));
    let size = match size(bytes.len()) {
        size if size <= PADDED_MAX => size,
        _ if bytes.len() + LENGTH <= PADDED_MAX => PADDED_MAX,
        _ => return Err(SealError::TooLarge),
    };
    let length = u32::try_from(bytes.len()).map_err(|_| SealError::TooLarge)?;
    let mut padded = Zeroizing::new(Vec::with_capacity(size));
    padded.push(packing);
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(bytes);
    padded.resize(size, 0);
    Ok(padded)
}

fn unpad(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (&packing, rest) = padded.split_first().ok_or(SealError::Malformed)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(SealError::Malformed)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| SealError::Malformed)?;
    let bytes = rest.get(..length).ok_or(SealError::Malformed)?;
    match packing {
        0 => Ok(Zeroizing::new(bytes.to_vec())),
        1 => inflate(bytes),
        _ => Err(SealError::Algorithm),
    }
}

/// Siblings are trusted with what they say, not with how much of it.
fn inflate(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(|_| SealError::Malformed)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|_| SealError::Malformed)?;
    let mut body = Zeroizing::new(Vec::with_capacity(BODY_BYTES_MAX + 1));
    let most = u64::try_from(BODY_BYTES_MAX).map_err(|_| SealError::TooLarge)? + 1;
    decoder.take(most).read_to_end(&mut body).map_err(|_| SealError::Malformed)?;
    if body.len() > BODY_BYTES_MAX { Err(SealError::TooLarge) } else { Ok(body) }
}
