//! Certificates, chains, tombstones, revocations, receipts, refusals. What can be read is read the same after it was
//! written again. The input is also signed by a key that the checker trusts: then what can be read holds under that key
//! and under no other.
#![no_main]

use helhet_protocol::{
    identity::{
        ChapterKeyCertificate, DeviceCertificate, DeviceChain, HubCertificate, HubChain, KeyPair, Signable, Signed,
        Unreadable,
    },
    log::{Receipt, Refusal, Revocation, Tombstone},
};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_800_000_000;

fuzz_target!(|input: &[u8]| {
    statement::<ChapterKeyCertificate>(input);
    statement::<DeviceCertificate>(input);
    statement::<HubCertificate>(input);
    statement::<Tombstone>(input);
    statement::<Revocation>(input);
    statement::<Receipt>(input);
    if let Ok(refusal) = Refusal::read(input) {
        assert_eq!(Refusal::read(&refusal.to_body()).ok(), Some(refusal));
    }
    chains(input);
});

fn trusted() -> KeyPair {
    KeyPair::from_seed(&[1; 32])
}

fn stranger() -> KeyPair {
    KeyPair::from_seed(&[9; 32])
}

fn statement<T: Signable>(input: &[u8]) {
    if let Ok(signed) = Signed::<T>::from_bytes(input) {
        assert_eq!(again(&signed).ok(), Some(signed.clone()));
        assert!(signed.verify(&stranger().public()).is_err());
    }
    if let Ok(signed) = sign::<T>(input) {
        let said = signed.verify(&trusted().public()).expect("a trusted key signed it");
        assert!(signed.verify(&stranger().public()).is_err());
        assert_eq!(Signed::sign(&said, &trusted()).verify(&trusted().public()).map(|_| ()), Ok(()));
    }
}

fn again<T: Signable>(signed: &Signed<T>) -> Result<Signed<T>, Unreadable> {
    Signed::from_bytes(&signed.to_bytes())
}

/// Bytes of anybody under a signature that holds.
fn sign<T: Signable>(bytes: &[u8]) -> Result<Signed<T>, Unreadable> {
    let signature = trusted().sign(T::DOMAIN, bytes);
    let mut cbor = minicbor::Encoder::new(Vec::new());
    cbor.array(2)
        .and_then(|cbor| cbor.bytes(bytes))
        .and_then(|cbor| cbor.bytes(&signature.0))
        .expect("writing to memory does not fail");
    Signed::from_bytes(cbor.writer())
}

fn chains(input: &[u8]) {
    let (own, pinned) = (trusted().public(), [0; 32]);
    if let Ok(chain) = DeviceChain::from_bytes(input) {
        assert_eq!(DeviceChain::from_bytes(&chain.to_bytes()).ok(), Some(chain.clone()));
        let chapter = chain.claimed_chapter().unwrap_or_default();
        let _ = chain.verify(&chapter, &own, 0, &own, NOW);
    }
    if let Ok(chain) = HubChain::from_bytes(input) {
        assert_eq!(HubChain::from_bytes(&chain.to_bytes()).ok(), Some(chain.clone()));
        assert!(chain.verify(&pinned, 0, &own, NOW).is_err());
    }
    let Ok(device) = sign::<DeviceCertificate>(input) else { return };
    let claimed = device.unverified().expect("it was read before");
    let certificate = ChapterKeyCertificate { chapter: claimed.chapter, key: own, serial: 1, seal: None };
    let chain = DeviceChain { chapter_key: Signed::sign(&certificate, &trusted()), device };
    match chain.verify(&claimed.chapter, &own, 1, &claimed.key, NOW) {
        Ok(verified) => {
            assert_eq!(verified.device, claimed);
            assert!(claimed.not_after >= NOW, "an expired device was let in");
        }
        Err(_) => assert!(!(claimed.not_before <= NOW && claimed.not_after >= NOW) || is_too_long(&claimed)),
    }
}

fn is_too_long(device: &DeviceCertificate) -> bool {
    device.not_after.saturating_sub(device.not_before) > helhet_protocol::identity::device::DEVICE_LIFE_SECONDS
}
