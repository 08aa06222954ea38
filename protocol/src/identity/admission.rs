//! A chapter's further device: an admin device invites it, the hub lets it ask, and a person at the admin device, who
//! compares six digits, admits it. The hub can make up neither the invite nor who asks.
//!
//! ```text
//! admin device ── invite: token, admission ──▶ new device ── application ──▶ hub ──▶ admin device ── certificate ──▶ …
//! ```
//! The token itself never reaches the hub: what the new device shows there is derived from it, and so is what it proves to
//! the admin device.

use minicbor::{Decode, Encode};

use super::certificate::{hash, to_cbor};
use super::{
    CertificateError, Chapter, ChapterKeyCertificate, DeviceRole, PublicKey, Signable, Signed, Unreadable,
};
use crate::seal::SealPublicKey;

/// The chapter key's statement that whoever knows the token may ask to be its device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Admission {
    /// The chapter.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// [`ticket_hash`] of the token's ticket.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub ticket_hash: [u8; 32],
    /// What the device will be.
    #[n(2)]
    pub role: DeviceRole,
    /// Unix seconds.
    #[n(3)]
    pub expires: i64,
}

impl Signable for Admission {
    const DOMAIN: &'static str = "helhet/1 admission";
    const NAME: &'static str = "admission";
}

/// An admission with the word of the root for the chapter key that signed it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AdmissionChain {
    /// Signed by the chapter's root.
    #[n(0)]
    pub chapter_key: Signed<ChapterKeyCertificate>,
    /// Signed by the chapter key.
    #[n(1)]
    pub admission: Signed<Admission>,
}

impl AdmissionChain {
    /// What it admits, if the chapter's root stands behind it and no newer chapter key is known than `newest`.
    ///
    /// # Errors
    /// The first link that does not hold.
    pub fn verify(
        &self,
        chapter: &Chapter,
        root: &PublicKey,
        newest: u64,
        now: i64,
    ) -> Result<Admission, CertificateError> {
        let what = Admission::NAME;
        let chapter_key = self.chapter_key.verify_for(chapter, root, newest)?;
        let admission = self.admission.verify(&chapter_key.key)?;
        match admission {
            Admission { chapter: other, .. } if other != *chapter => {
                Err(CertificateError::OtherChapter { what })
            }
            Admission { expires, .. } if expires < now => Err(CertificateError::Expired { what }),
            admission => Ok(admission),
        }
    }
}

/// What a new device shows the hub, and the hub passes on to the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Application {
    /// By whose word it may ask.
    #[n(0)]
    pub admitted_by: AdmissionChain,
    #[cbor(n(1), with = "minicbor::bytes")]
    ticket: [u8; 32],
    /// Its TLS key, which will sign its logs.
    #[n(2)]
    pub key: PublicKey,
    /// What the chapter's secrets are to be sealed to.
    #[n(3)]
    pub seal: SealPublicKey,
    /// What the secrets of peer support are to be sealed to, if it is given them.
    #[n(4)]
    pub confidential: SealPublicKey,
    /// What its users call it.
    #[n(5)]
    pub name: String,
    #[cbor(n(6), with = "minicbor::bytes")]
    proof: [u8; 32],
}

impl Application {
    /// Asks with the token of an invite.
    pub fn new(
        admitted_by: AdmissionChain,
        token: &[u8; 16],
        (key, seal, confidential): (PublicKey, SealPublicKey, SealPublicKey),
        name: impl Into<String>,
    ) -> Self {
        let name = name.into();
        let proof = proof(token, &key, &seal, &confidential, &name);
        Self { admitted_by, ticket: ticket(token), key, seal, confidential, name, proof }
    }

    /// Whether who asks was invited, as far as the hub can tell.
    pub fn shows(&self, admission: &Admission) -> bool {
        ticket_hash(&self.ticket) == admission.ticket_hash
    }

    /// Whether who asks knows the token, as only the device that made the invite can tell.
    pub fn knows(&self, token: &[u8; 16]) -> bool {
        self.proof == proof(token, &self.key, &self.seal, &self.confidential, &self.name)
    }

    /// The chapter that it claims to be admitted to.
    ///
    /// # Errors
    /// When the admission cannot be read.
    pub fn claimed_chapter(&self) -> Result<Chapter, Unreadable> {
        self.admitted_by.admission.unverified().map(|admission| admission.chapter)
    }

    /// As the body of a change.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Reads the body of a change.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        minicbor::decode(bytes).map_err(|_| Unreadable { what: "application" })
    }
}

/// What the hub sees of a token.
fn ticket(token: &[u8; 16]) -> [u8; 32] {
    hash("helhet/1 ticket", token)
}

/// The hash under which an admission names a token's ticket.
pub fn admitted_hash(token: &[u8; 16]) -> [u8; 32] {
    ticket_hash(&ticket(token))
}

fn ticket_hash(ticket: &[u8; 32]) -> [u8; 32] {
    hash("helhet/1 ticket hash", ticket)
}

fn proof(
    token: &[u8; 16],
    key: &PublicKey,
    seal: &SealPublicKey,
    confidential: &SealPublicKey,
    name: &str,
) -> [u8; 32] {
    // Of fixed length behind the secret: nothing can be appended to it.
    let said = hash("helhet/1 applicant", &[&key.0, &seal.0, &confidential.0, name.as_bytes()].concat());
    hash("helhet/1 application", &[token.as_slice(), &said].concat())
}

/// The six digits that both computers show.
pub fn admission_code(token: &[u8; 16], key: &PublicKey) -> String {
    let digest = hash("helhet/1 admission code", &[token.as_slice(), &key.0].concat());
    let number = digest[..8].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte)) % 1_000_000;
    format!("{number:06}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{KeyPair, RootKey};

    const CHAPTER: Chapter = [3; 16];
    const NOW: i64 = 1_800_000_000;

    fn invited(token: &[u8; 16]) -> (RootKey, AdmissionChain) {
        let (root, chapter_key) = (RootKey::from_seed(&[1; 32]), KeyPair::from_seed(&[2; 32]));
        let admission = Admission {
            chapter: CHAPTER,
            ticket_hash: admitted_hash(token),
            role: DeviceRole::Editor,
            expires: NOW + 60,
        };
        let chain = AdmissionChain {
            chapter_key: root.certify_chapter_key(CHAPTER, chapter_key.public(), 7),
            admission: Signed::sign(&admission, &chapter_key),
        };
        (root, chain)
    }

    // 8.4.1, T17: the hub alone can put nobody into a chapter.
    #[test]
    fn who_asks_knows_the_token_and_the_hub_does_not() {
        let token = [9; 16];
        let (root, chain) = invited(&token);
        let device = KeyPair::from_seed(&[4; 32]);
        let keys = (device.public(), device.seal_key().public(), device.seal_key().public());
        let asked = Application::new(chain.clone(), &token, keys, "Ny laptop");
        let read = Application::from_bytes(&asked.to_bytes()).unwrap();
        let admission = read.admitted_by.verify(&CHAPTER, &root.public(), 7, NOW).unwrap();
        assert!(read.shows(&admission) && read.knows(&token));

        // The hub knows the ticket, and cannot speak for another device with it.
        let own = KeyPair::from_seed(&[5; 32]);
        let forged = Application { key: own.public(), ..read.clone() };
        assert!(forged.shows(&admission) && !forged.knows(&token));
        let renamed = Application { name: "Annen".to_owned(), ..read.clone() };
        assert!(!renamed.knows(&token));
        let guessed = Application::new(chain, &[8; 16], keys, "Ny laptop");
        assert!(!guessed.shows(&admission));
        assert_ne!(admission_code(&token, &own.public()), admission_code(&token, &device.public()));
    }

    #[test]
    fn an_admission_is_the_roots_and_ends() {
        let (root, chain) = invited(&[9; 16]);
        let stranger = RootKey::from_seed(&[8; 32]).public();
        assert!(chain.verify(&CHAPTER, &stranger, 0, NOW).is_err());
        assert!(matches!(
            chain.verify(&CHAPTER, &root.public(), 8, NOW),
            Err(CertificateError::Replaced { .. })
        ));
        assert!(matches!(
            chain.verify(&CHAPTER, &root.public(), 7, NOW + 61),
            Err(CertificateError::Expired { .. })
        ));
        assert!(chain.verify(&[4; 16], &root.public(), 7, NOW).is_err());
    }
}
