//! One installation of a chapter's program: its name, its key, and how long the chapter vouches for it.

use minicbor::{Decode, Encode};

use super::certificate::to_cbor;
use super::{
    CertificateError, Chapter, ChapterKeyCertificate, KeyPair, PublicKey, Signable, Signed, Unreadable,
};
use crate::seal::SealPublicKey;

/// How long a device certificate lasts: 90 days, in seconds. An admin device renews it in the meantime.
pub const DEVICE_LIFE_SECONDS: i64 = 90 * 24 * 60 * 60;
/// Renewal is due when less than this remains: 30 days, in seconds.
pub const RENEWAL_DUE_SECONDS: i64 = 30 * 24 * 60 * 60;
/// A certificate may begin this much after the checker's now: clocks differ. One day, in seconds.
pub const CLOCK_SLACK_SECONDS: i64 = 24 * 60 * 60;

/// What a device may do beside editing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceRole {
    /// Holds the chapter key: adds, renews and removes devices, erases.
    Admin,
    /// Reads and edits.
    Editor,
    /// A role of a newer version; this version gives it no rights beyond reading what is sent to it.
    Other(u8),
}

impl DeviceRole {
    /// The number on the wire.
    pub fn code(self) -> u8 {
        match self {
            Self::Admin => 1,
            Self::Editor => 2,
            Self::Other(code) => code,
        }
    }

    /// From the number on the wire.
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Admin,
            2 => Self::Editor,
            other => Self::Other(other),
        }
    }
}

impl<C> Encode<C> for DeviceRole {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for DeviceRole {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u8().map(Self::from_code)
    }
}

/// The chapter key's statement that `key` is a device of the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct DeviceCertificate {
    /// The chapter.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// What its users call it, up to 64 characters.
    #[n(1)]
    pub name: String,
    /// Signs its logs and is its TLS key.
    #[n(2)]
    pub key: PublicKey,
    /// What it may do.
    #[n(3)]
    pub role: DeviceRole,
    /// Unix seconds.
    #[n(4)]
    pub not_before: i64,
    /// Unix seconds.
    #[n(5)]
    pub not_after: i64,
    /// From 1, per device key; the highest wins.
    #[n(6)]
    pub serial: u64,
    /// What this device opens: the chapter's secrets are sealed to it.
    #[n(7)]
    pub seal: Option<SealPublicKey>,
    /// What its users who may read of peer support open; none where nobody there may.
    #[n(8)]
    pub confidential: Option<SealPublicKey>,
}

impl Signable for DeviceCertificate {
    const DOMAIN: &'static str = "helhet/1 device";
    const NAME: &'static str = "device certificate";
}

impl DeviceCertificate {
    /// A first certificate, good for 90 days from `now` (unix seconds).
    pub fn new(
        chapter: Chapter,
        name: impl Into<String>,
        key: PublicKey,
        role: DeviceRole,
        now: i64,
    ) -> Self {
        let not_after = now.saturating_add(DEVICE_LIFE_SECONDS);
        Self {
            chapter,
            name: name.into(),
            key,
            role,
            not_before: now,
            not_after,
            serial: 1,
            seal: None,
            confidential: None,
        }
    }

    /// The same, of a device that the chapter's secrets are sealed to.
    pub fn sealed_to(self, seal: SealPublicKey) -> Self {
        Self { seal: Some(seal), ..self }
    }

    /// The same device for another 90 days from `now`, with the next serial.
    pub fn renewed(&self, now: i64) -> Self {
        let not_after = now.saturating_add(DEVICE_LIFE_SECONDS);
        Self { not_before: now, not_after, serial: self.serial.saturating_add(1), ..self.clone() }
    }

    /// True when less than 30 days remain.
    pub fn renewal_is_due(&self, now: i64) -> bool {
        self.not_after.saturating_sub(now) < RENEWAL_DUE_SECONDS
    }
}

/// What a device shows at hello: the root's word for the chapter key, and the chapter key's word for the device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct DeviceChain {
    /// Signed by the chapter's root.
    #[n(0)]
    pub chapter_key: Signed<ChapterKeyCertificate>,
    /// Signed by the chapter key.
    #[n(1)]
    pub device: Signed<DeviceCertificate>,
}

/// A chain that held: whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedDevice {
    /// The chapter key, to remember its serial.
    pub chapter_key: ChapterKeyCertificate,
    /// The device.
    pub device: DeviceCertificate,
}

impl DeviceChain {
    /// The chain of an admin device that certifies itself.
    pub fn certify(
        chapter_key: Signed<ChapterKeyCertificate>,
        device: &DeviceCertificate,
        with: &KeyPair,
    ) -> Self {
        Self { chapter_key, device: Signed::sign(device, with) }
    }

    /// Checks the whole chain from the pinned root down to the key that speaks.
    ///
    /// `newest` is the highest chapter key serial known (0 for none), `speaker` the TLS key, `now` unix seconds.
    ///
    /// # Errors
    /// The first link that does not hold.
    pub fn verify(
        &self,
        chapter: &Chapter,
        root: &PublicKey,
        newest: u64,
        speaker: &PublicKey,
        now: i64,
    ) -> Result<VerifiedDevice, CertificateError> {
        let what = DeviceCertificate::NAME;
        let chapter_key = self.chapter_key.verify_for(chapter, root, newest)?;
        let device = self.device.verify(&chapter_key.key)?;
        if device.chapter != *chapter {
            return Err(CertificateError::OtherChapter { what });
        }
        if device.key != *speaker {
            return Err(CertificateError::OtherKey { what });
        }
        if device.not_before > now.saturating_add(CLOCK_SLACK_SECONDS) {
            return Err(CertificateError::NotYetValid { what });
        }
        if device.not_after < now || device.not_after.saturating_sub(device.not_before) > DEVICE_LIFE_SECONDS
        {
            return Err(CertificateError::Expired { what });
        }
        Ok(VerifiedDevice { chapter_key, device })
    }

    /// Whom it is about, whether or not it has expired or a newer chapter key is known: what a device wrote while it was
    /// the chapter's stays the chapter's.
    ///
    /// # Errors
    /// When one of the two signatures does not hold, or it is about another chapter.
    pub fn verify_authorship(
        &self,
        chapter: &Chapter,
        root: &PublicKey,
    ) -> Result<VerifiedDevice, CertificateError> {
        let chapter_key = self.chapter_key.verify_for(chapter, root, 0)?;
        let device = self.device.verify(&chapter_key.key)?;
        if device.chapter != *chapter {
            return Err(CertificateError::OtherChapter { what: DeviceCertificate::NAME });
        }
        Ok(VerifiedDevice { chapter_key, device })
    }

    /// The chapter it claims, unchecked: to look up which root to verify it under.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn claimed_chapter(&self) -> Result<Chapter, Unreadable> {
        self.device.unverified().map(|device| device.chapter)
    }

    /// As bytes, to be stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Back from [`DeviceChain::to_bytes`].
    ///
    /// # Errors
    /// When the bytes are not such a chain.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        minicbor::decode(bytes).map_err(|_| Unreadable { what: "device chain" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: Chapter = [1; 16];
    const NOW: i64 = 1_800_000_000;

    fn chain(serial: u64, change: impl FnOnce(&mut DeviceCertificate)) -> DeviceChain {
        let (root, chapter_key) = (KeyPair::from_seed(&[1; 32]), KeyPair::from_seed(&[2; 32]));
        let certificate =
            ChapterKeyCertificate { chapter: CHAPTER, key: chapter_key.public(), serial, seal: None };
        let speaker = KeyPair::from_seed(&[3; 32]).public();
        let mut device = DeviceCertificate::new(CHAPTER, "laptop", speaker, DeviceRole::Admin, NOW);
        change(&mut device);
        DeviceChain::certify(Signed::sign(&certificate, &root), &device, &chapter_key)
    }

    fn check(chain: &DeviceChain, now: i64, newest: u64) -> Result<(), CertificateError> {
        let root = KeyPair::from_seed(&[1; 32]).public();
        let speaker = KeyPair::from_seed(&[3; 32]).public();
        chain.verify(&CHAPTER, &root, newest, &speaker, now).map(|_| ())
    }

    #[test]
    fn a_chain_holds_from_the_root_to_the_key_that_speaks() {
        let what = DeviceCertificate::NAME;
        assert_eq!(check(&chain(2, |_| ()), NOW, 2), Ok(()));
        let replaced = CertificateError::Replaced { what: ChapterKeyCertificate::NAME, serial: 2, newest: 3 };
        assert_eq!(check(&chain(2, |_| ()), NOW, 3), Err(replaced));
        let late = NOW + DEVICE_LIFE_SECONDS + 1;
        assert_eq!(check(&chain(2, |_| ()), late, 2), Err(CertificateError::Expired { what }));
        let early = NOW - CLOCK_SLACK_SECONDS - 1;
        assert_eq!(check(&chain(2, |_| ()), early, 2), Err(CertificateError::NotYetValid { what }));
        let other_chapter = chain(2, |device| device.chapter = [9; 16]);
        assert_eq!(check(&other_chapter, NOW, 2), Err(CertificateError::OtherChapter { what }));
        let other_key = chain(2, |device| device.key = PublicKey([9; 32]));
        assert_eq!(check(&other_key, NOW, 2), Err(CertificateError::OtherKey { what }));
        let too_long = chain(2, |device| device.not_after += 1);
        assert_eq!(check(&too_long, NOW, 2), Err(CertificateError::Expired { what }));
    }

    #[test]
    fn a_device_that_no_chapter_key_signed_is_refused() {
        let mut forged = chain(2, |_| ());
        let device = forged.device.unverified().unwrap();
        forged.device = Signed::sign(&device, &KeyPair::from_seed(&[3; 32]));
        let what = DeviceCertificate::NAME;
        assert_eq!(check(&forged, NOW, 2), Err(CertificateError::WrongSigner { what }));
    }

    #[test]
    fn renewal_is_due_in_the_last_thirty_days_and_raises_the_serial() {
        let device = chain(1, |_| ()).device.unverified().unwrap();
        assert!(!device.renewal_is_due(NOW));
        assert!(device.renewal_is_due(NOW + 61 * 24 * 60 * 60));
        let renewed = device.renewed(NOW + 100);
        assert_eq!((renewed.serial, renewed.not_after), (2, NOW + 100 + DEVICE_LIFE_SECONDS));
    }

    #[test]
    fn chains_are_stored_as_bytes() {
        let chain = chain(1, |_| ());
        assert_eq!(DeviceChain::from_bytes(&chain.to_bytes()).unwrap(), chain);
        assert!(DeviceChain::from_bytes(b"no").is_err());
    }
}
