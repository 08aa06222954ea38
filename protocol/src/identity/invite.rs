//! An invite: one line of text (and a QR code) that lets one device in, once, within three days.
//!
//! `helhet1` and base32 of CBOR and a checksum. It travels by e-mail, where lines break and letters change case, so
//! reading forgives both; a missing or changed character is found by the checksum.

use data_encoding::BASE32_NOPAD;
use minicbor::{Decode, Encode};
use rand::CryptoRng;

use super::admission::admitted_hash;
use super::certificate::{hash, to_cbor};
use super::{
    Admission, AdmissionChain, Chapter, ChapterKeyCertificate, DeviceRole, KeyPair, PublicKey, Signed,
};

/// An invite lives no longer than this: 72 hours, in seconds.
pub const INVITE_LIFE_SECONDS: i64 = 72 * 60 * 60;
const PREFIX: &str = "helhet1";
const DOMAIN: &str = "helhet/1 invite";
const LENGTH_MAX: usize = 2048;

/// What the office hands to a chapter. Whoever holds it can join: `Debug` hides the token.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Invite {
    /// Where the hub is: `host:port`.
    #[n(0)]
    pub hub_address: String,
    /// Hash of the office's root key, to be pinned.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub office_root_hash: [u8; 32],
    /// The chapter that is invited.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// Its name, for the screen.
    #[n(3)]
    pub chapter_name: String,
    /// Good for one use.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub token: [u8; 16],
    /// Unix seconds.
    #[n(5)]
    pub expires: i64,
    /// What the device will be.
    #[n(6)]
    pub role: DeviceRole,
    /// Of a further device: the word of the admin device that invites it. The office's invites have none.
    #[n(7)]
    pub admitted_by: Option<AdmissionChain>,
    /// Of a further device: the chapter's root, which it pins.
    #[n(8)]
    pub root: Option<PublicKey>,
}

impl Invite {
    /// A fresh invite with a random token, good for 72 hours from `now` (unix seconds).
    pub fn new(
        hub_address: impl Into<String>,
        office_root_hash: [u8; 32],
        chapter: Chapter,
        chapter_name: impl Into<String>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let mut token = [0; 16];
        rng.fill_bytes(&mut token);
        Self {
            hub_address: hub_address.into(),
            office_root_hash,
            chapter,
            chapter_name: chapter_name.into(),
            token,
            expires: now.saturating_add(INVITE_LIFE_SECONDS),
            role: DeviceRole::Admin,
            admitted_by: None,
            root: None,
        }
    }

    /// An admin device's invite of a further device of its chapter: this one, by the word of the chapter key.
    pub fn of_device(
        self,
        role: DeviceRole,
        (root, chapter_key): (PublicKey, Signed<ChapterKeyCertificate>),
        key: &KeyPair,
    ) -> Self {
        let admission = Admission {
            chapter: self.chapter,
            ticket_hash: admitted_hash(&self.token),
            role,
            expires: self.expires,
        };
        let admitted_by = AdmissionChain { chapter_key, admission: Signed::sign(&admission, key) };
        Self { role, admitted_by: Some(admitted_by), root: Some(root), ..self }
    }

    /// Reads what a person pasted, and checks that it can still be used at `now` (unix seconds).
    ///
    /// # Errors
    /// In words for the person who pasted it.
    pub fn parse(text: &str, now: i64) -> Result<Self, InviteError> {
        let invite = Self::read(text)?;
        match invite.expires {
            expires if expires < now => Err(InviteError::Expired),
            // A day of slack: the laptop's clock may be behind the hub's, which alone decides.
            expires if expires > now.saturating_add(INVITE_LIFE_SECONDS + 24 * 60 * 60) => {
                Err(InviteError::TooLong)
            }
            _ => Ok(invite),
        }
    }

    fn read(text: &str) -> Result<Self, InviteError> {
        let line: String =
            text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        // People paste the sentence around it too. The invite is what follows the prefix, as far as its checksum holds.
        let start = line.find(PREFIX).ok_or_else(|| match line.contains("helhet") {
            true => InviteError::NewerVersion,
            false => InviteError::NotAnInvite,
        })?;
        let body = line.get(start + PREFIX.len()..).unwrap_or_default();
        let body = body.to_uppercase();
        let cbor = (1..=body.len().min(LENGTH_MAX)).rev().find_map(|length| {
            let bytes = BASE32_NOPAD.decode(body.get(..length)?.as_bytes()).ok()?;
            let (cbor, checksum) = bytes.split_last_chunk::<4>()?;
            (hash(DOMAIN, cbor)[..4] == *checksum).then(|| cbor.to_vec())
        });
        minicbor::decode(&cbor.ok_or(InviteError::Damaged)?).map_err(|_| InviteError::NewerVersion)
    }
}

impl std::fmt::Display for Invite {
    /// The one line of text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = to_cbor(self);
        let checksum = hash(DOMAIN, &bytes);
        bytes.extend_from_slice(&checksum[..4]);
        write!(f, "{PREFIX}{}", BASE32_NOPAD.encode(&bytes).to_lowercase())
    }
}

impl std::fmt::Debug for Invite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invite({} at {}, until {})", self.chapter_name, self.hub_address, self.expires)
    }
}

/// Why a pasted text lets nobody in, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// No `helhet1` in it.
    #[error("this is not an invite: an invite is one long line that begins with helhet1")]
    NotAnInvite,
    /// A character is missing or wrong.
    #[error("the invite is damaged: a part is missing or changed; copy the whole line again")]
    Damaged,
    /// Made by a newer hub.
    #[error("the invite was made by a newer version of Helhet: update this program first")]
    NewerVersion,
    /// Too old.
    #[error("the invite has expired: ask the office for a new one")]
    Expired,
    /// Lives longer than an invite may.
    #[error(
        "the invite claims to be good for more than three days: check this computer's clock, or ask the office for a new one"
    )]
    TooLong,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn invite() -> Invite {
        Invite {
            admitted_by: None,
            root: None,
            hub_address: "hub.lysning.no:4433".into(),
            office_root_hash: [1; 32],
            chapter: [2; 16],
            chapter_name: "Tromsø".into(),
            token: [3; 16],
            expires: NOW + INVITE_LIFE_SECONDS,
            role: DeviceRole::Admin,
        }
    }

    #[test]
    fn an_invite_survives_e_mail() {
        let line = invite().to_string();
        assert_eq!(Invite::parse(&line, NOW), Ok(invite()));
        assert_eq!(Invite::parse(&line.to_uppercase(), NOW), Ok(invite()));
        let (first, second) = line.split_at(60);
        let folded = format!("> {first}\r\n> {second}\r\n");
        assert_eq!(Invite::parse(&folded, NOW), Ok(invite()));
        let told = format!("Your invite: {line}. It is good for three days.\n-- \nThe office");
        assert_eq!(Invite::parse(&told, NOW), Ok(invite()));
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words() {
        let line = invite().to_string();
        let error = |text: &str, now: i64| Invite::parse(text, now).unwrap_err();
        assert_eq!(error("hello", NOW), InviteError::NotAnInvite);
        assert_eq!(error(&line[..line.len() - 1], NOW), InviteError::Damaged);
        let swapped = line.replacen("aa", "ab", 1);
        assert_eq!(error(&swapped, NOW), InviteError::Damaged);
        assert_eq!(error("helhet2abc", NOW), InviteError::NewerVersion);
        assert_eq!(error(&line, NOW + INVITE_LIFE_SECONDS + 1), InviteError::Expired);
        assert_eq!(error(&line, NOW - 3 * INVITE_LIFE_SECONDS), InviteError::TooLong);
        assert!(!format!("{:?}", invite()).contains("token"));
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in ".{0,200}", tail in "[a-z2-7]{0,200}") {
            let _ = Invite::parse(&text, NOW);
            let _ = Invite::parse(&format!("helhet1{tail}"), NOW);
        }

        #[test]
        fn every_single_change_is_found(position in 7usize..180, letter in "[a-z2-7]") {
            let line = invite().to_string();
            prop_assume!(position < line.len() && line[position..=position] != letter);
            let mut changed = line.clone();
            changed.replace_range(position..=position, &letter);
            prop_assert!(Invite::parse(&changed, NOW).is_err());
        }
    }
}
