//! The office's word for its hub. A chapter pins the office's root, so the hub's machine and key can be replaced.

use minicbor::{Decode, Encode};

use super::certificate::{hash, to_cbor};
use super::device::CLOCK_SLACK_SECONDS;
use super::{CertificateError, PublicKey, Signable, Signed, Unreadable};

/// The office root's statement that `key` is its hub.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct HubCertificate {
    /// Signs the hub's logs and is its TLS key.
    #[n(0)]
    pub key: PublicKey,
    /// Unix seconds.
    #[n(1)]
    pub not_after: i64,
    /// From 1; the highest wins.
    #[n(2)]
    pub serial: u64,
}

impl Signable for HubCertificate {
    const DOMAIN: &'static str = "helhet/1 hub";
    const NAME: &'static str = "hub certificate";
}

/// What a hub shows at hello.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct HubChain {
    /// The office's root key; its hash is what chapters pin.
    #[n(0)]
    pub office_root: PublicKey,
    /// Signed by it.
    #[n(1)]
    pub certificate: Signed<HubCertificate>,
}

impl HubChain {
    /// Checks the chain from the pinned hash of the office's root down to the key that speaks.
    ///
    /// `newest` is the highest serial known (0 for none), `speaker` the TLS key, `now` unix seconds.
    ///
    /// # Errors
    /// The first link that does not hold.
    pub fn verify(
        &self,
        pinned: &[u8; 32],
        newest: u64,
        speaker: &PublicKey,
        now: i64,
    ) -> Result<HubCertificate, CertificateError> {
        let what = HubCertificate::NAME;
        if office_root_hash(&self.office_root) != *pinned {
            return Err(CertificateError::OtherOffice);
        }
        let certificate = self.certificate.verify(&self.office_root)?;
        if certificate.key != *speaker {
            return Err(CertificateError::OtherKey { what });
        }
        if certificate.serial < newest {
            return Err(CertificateError::Replaced { what, serial: certificate.serial, newest });
        }
        // The laptop's clock may be behind or ahead; only the hub's own clock judges tightly.
        if certificate.not_after.saturating_add(CLOCK_SLACK_SECONDS) < now {
            return Err(CertificateError::Expired { what });
        }
        Ok(certificate)
    }

    /// As bytes, to be stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Back from [`HubChain::to_bytes`].
    ///
    /// # Errors
    /// When the bytes are not such a chain.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        minicbor::decode(bytes).map_err(|_| Unreadable { what: "hub chain" })
    }
}

/// What an invite carries and a chapter pins.
pub fn office_root_hash(root: &PublicKey) -> [u8; 32] {
    hash("helhet/1 office root", &root.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::KeyPair;

    #[test]
    fn a_hub_is_known_by_its_office() {
        let (root, hub) = (KeyPair::from_seed(&[1; 32]), KeyPair::from_seed(&[2; 32]));
        let certificate = HubCertificate { key: hub.public(), not_after: 1000, serial: 2 };
        let chain = HubChain { office_root: root.public(), certificate: Signed::sign(&certificate, &root) };
        let pinned = office_root_hash(&root.public());
        let what = HubCertificate::NAME;
        assert_eq!(chain.verify(&pinned, 2, &hub.public(), 900), Ok(certificate));
        assert_eq!(chain.verify(&[0; 32], 2, &hub.public(), 900), Err(CertificateError::OtherOffice));
        assert_eq!(chain.verify(&pinned, 2, &root.public(), 900), Err(CertificateError::OtherKey { what }));
        assert_eq!(
            chain.verify(&pinned, 3, &hub.public(), 900),
            Err(CertificateError::Replaced { what, serial: 2, newest: 3 })
        );
        assert_eq!(
            chain.verify(&pinned, 2, &hub.public(), 1001 + CLOCK_SLACK_SECONDS),
            Err(CertificateError::Expired { what })
        );
        let forged =
            HubChain { certificate: Signed::sign(&chain.certificate.unverified().unwrap(), &hub), ..chain };
        assert_eq!(
            forged.verify(&pinned, 2, &hub.public(), 900),
            Err(CertificateError::WrongSigner { what })
        );
    }
}
