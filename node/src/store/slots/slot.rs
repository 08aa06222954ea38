//! One slot: the database's key, wrapped by a key that argon2id makes of a passphrase.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use helhet_shared::sqlite::DatabaseKey;
use zeroize::Zeroizing;

use super::SlotsError;

/// What new slots cost (RFC 9106, second choice; OWASP): 64 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// What a slot of a file may ask for at most, so that a damaged one cannot take the whole memory or the whole day.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 32;
const LANES_MAX: u32 = 16;

const DOMAIN: &[u8] = b"helhet key slot 1";
const ALGORITHM: &str = "argon2id+xchacha20poly1305";
const KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

/// Random, and nothing else: it names no user.
pub type SlotId = [u8; 16];

/// A slot as it stands in the file. Nothing in it is secret from who has the passphrase, and nobody else can use it.
#[derive(Clone, PartialEq, Eq)]
pub struct Slot {
    pub(super) id: SlotId,
    cost: Cost,
    salt: [u8; 16],
    nonce: [u8; 24],
    wrapped: [u8; KEY_BYTES + TAG_BYTES],
}

/// What making a key of a passphrase costs. As text: memory in KiB, passes, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// What is made today.
    pub const NEW: Cost = Cost { memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES };

    /// Reads what [`Display`](fmt::Display) wrote, within what is allowed.
    pub fn parse(text: &str) -> Option<Cost> {
        let [memory_kib, passes, lanes] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let cost = Cost {
            memory_kib: memory_kib.parse().ok()?,
            passes: passes.parse().ok()?,
            lanes: lanes.parse().ok()?,
        };
        let within = (MEMORY_KIB..=MEMORY_KIB_MAX).contains(&cost.memory_kib)
            && (1..=PASSES_MAX).contains(&cost.passes)
            && (1..=LANES_MAX).contains(&cost.lanes);
        (within && cost.to_string() == text).then_some(cost)
    }

    /// The key that argon2id (RFC 9106) makes of a passphrase.
    pub fn stretch(self, passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, SlotsError> {
        let Cost { memory_kib, passes, lanes } = self;
        let params =
            Params::new(memory_kib, passes, lanes, Some(KEY_BYTES)).map_err(|_| SlotsError::NotMade)?;
        let mut key = Zeroizing::new([0_u8; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
            .map_err(|_| SlotsError::NotMade)?;
        Ok(key)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.memory_kib, self.passes, self.lanes)
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("id", &HEXLOWER.encode(&self.id)).finish_non_exhaustive()
    }
}

impl Slot {
    /// A slot that this passphrase opens. Takes a noticeable moment and 64 MiB: call it outside a transaction.
    pub fn seal(key: &DatabaseKey, passphrase: &str, rng: &mut impl rand::Rng) -> Result<Slot, SlotsError> {
        let (mut id, mut salt, mut nonce) = ([0; 16], [0; 16], [0; 24]);
        rng.fill_bytes(&mut id);
        rng.fill_bytes(&mut salt);
        rng.fill_bytes(&mut nonce);
        let mut slot = Slot { id, cost: Cost::NEW, salt, nonce, wrapped: [0; KEY_BYTES + TAG_BYTES] };
        let bound = slot.bound();
        let payload = Payload { msg: key.as_bytes(), aad: &bound };
        let wrapped = slot.cipher(passphrase)?.encrypt(&XNonce::from(nonce), payload);
        slot.wrapped = wrapped.ok().and_then(|wrapped| wrapped.try_into().ok()).ok_or(SlotsError::NotMade)?;
        Ok(slot)
    }

    pub fn id(&self) -> SlotId {
        self.id
    }

    /// The database's key, if this is the slot's passphrase. Takes as long either way.
    pub(super) fn open(&self, passphrase: &str) -> Result<Option<DatabaseKey>, SlotsError> {
        let bound = self.bound();
        let payload = Payload { msg: &self.wrapped, aad: &bound };
        let opened = self.cipher(passphrase)?.decrypt(&XNonce::from(self.nonce), payload);
        let opened = opened.map(Zeroizing::new).ok();
        Ok(opened.and_then(|key| Some(DatabaseKey::new(key.as_slice().try_into().ok()?))))
    }

    fn cipher(&self, passphrase: &str) -> Result<XChaCha20Poly1305, SlotsError> {
        let key = self.cost.stretch(passphrase, &self.salt)?;
        Ok(XChaCha20Poly1305::new(<&Key>::from(&*key)))
    }

    /// What the wrapping is bound to: whoever changes a slot's parameters has no slot any more.
    fn bound(&self) -> Vec<u8> {
        let Cost { memory_kib, passes, lanes } = self.cost;
        let cost = [memory_kib, passes, lanes].map(u32::to_be_bytes).concat();
        [DOMAIN, &self.id, &cost, &self.salt].concat()
    }

    /// As one line: id, algorithm, cost, salt, nonce, wrapped key.
    pub(super) fn to_line(&self) -> String {
        let [id, salt, nonce, wrapped] =
            [&self.id[..], &self.salt, &self.nonce, &self.wrapped].map(|bytes| HEXLOWER.encode(bytes));
        format!("{id} {ALGORITHM} {} {salt} {nonce} {wrapped}", self.cost)
    }

    /// Reads what [`to_line`](Self::to_line) wrote, and nothing else.
    pub(super) fn parse(line: &str) -> Option<Slot> {
        let words: [&str; 8] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let [id, algorithm, memory_kib, passes, lanes, salt, nonce, wrapped] = words;
        let cost = Cost::parse(&[memory_kib, passes, lanes].join(" "))?;
        let slot =
            Slot { id: bytes(id)?, cost, salt: bytes(salt)?, nonce: bytes(nonce)?, wrapped: bytes(wrapped)? };
        (algorithm == ALGORITHM && slot.to_line() == line).then_some(slot)
    }
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}
