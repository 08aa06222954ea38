//! Who gets past TLS, and who does not: over memory, without sockets.

use rustls::{ClientConnection, ServerConnection};

use super::*;

fn key(seed: u8) -> KeyPair {
    KeyPair::from_seed(&[seed; 32])
}

/// Shakes hands; gives both ends' view of the other's key.
fn shake(client: ClientConfig, server: ServerConfig) -> Result<(PublicKey, PublicKey), Error> {
    let name = ServerName::try_from("helhet.invalid").unwrap();
    let mut client = ClientConnection::new(Arc::new(client), name).unwrap();
    let mut server = ServerConnection::new(Arc::new(server)).unwrap();
    for _ in 0..6 {
        let mut bytes = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut bytes).unwrap();
        }
        server.read_tls(&mut bytes.as_slice()).unwrap();
        server.process_new_packets()?;
        assert_eq!(server.server_name(), None, "no name is sent");
        let mut bytes = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut bytes).unwrap();
        }
        client.read_tls(&mut bytes.as_slice()).unwrap();
        client.process_new_packets()?;
    }
    assert!(!client.is_handshaking() && !server.is_handshaking());
    assert_eq!(client.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
    let shown = |keys: Option<&[CertificateDer<'_>]>| key_from_spki(&keys.unwrap()[0]).unwrap();
    Ok((shown(client.peer_certificates()), shown(server.peer_certificates())))
}

/// A client that shows whatever it likes.
fn client_showing(spki: Vec<CertificateDer<'static>>, signer: &KeyPair) -> ClientConfig {
    let provider = ring::default_provider();
    let honest = certified(signer, &provider).unwrap();
    let shown = Arc::new(CertifiedKey::new(spki, honest.key.clone()));
    let mut config = client_config(signer).unwrap();
    config.client_auth_cert_resolver = Arc::new(AlwaysResolvesClientRawPublicKeys::new(shown));
    config
}

fn spki(key: &KeyPair) -> CertificateDer<'static> {
    CertificateDer::from([SPKI_PREFIX.as_slice(), &key.public().0].concat())
}

#[test]
fn both_ends_learn_the_others_key() {
    let (client, server) = (key(1), key(2));
    let seen = shake(client_config(&client).unwrap(), server_config(&server).unwrap());
    assert_eq!(seen.unwrap(), (server.public(), client.public()));
}

#[test]
fn a_client_without_a_key_does_not_get_in() {
    let provider = Arc::new(ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnySoundKey::new(&provider)))
        .with_no_client_auth();
    config.alpn_protocols = vec![ALPN.to_vec()];
    assert!(shake(config, server_config(&key(2)).unwrap()).is_err());
}

#[test]
fn nobody_gets_in_with_a_key_that_is_not_theirs() {
    let victims = client_showing(vec![spki(&key(1))], &key(3));
    assert!(shake(victims, server_config(&key(2)).unwrap()).is_err());
}

#[test]
fn a_chain_or_a_broken_or_weak_key_is_refused() {
    let server = || server_config(&key(2)).unwrap();
    let chain = client_showing(vec![spki(&key(1)), spki(&key(1))], &key(1));
    assert!(shake(chain, server()).is_err());
    let broken = client_showing(vec![CertificateDer::from(vec![1, 2, 3])], &key(1));
    assert!(shake(broken, server()).is_err());
    assert_eq!(key_from_spki(&[SPKI_PREFIX.as_slice(), &[0; 32]].concat()), None);
    assert_eq!(key_from_spki(&[0; 44]), None);
}

#[test]
fn another_protocol_is_refused() {
    let mut other = client_config(&key(1)).unwrap();
    other.alpn_protocols = vec![b"h3".to_vec()];
    assert!(shake(other, server_config(&key(2)).unwrap()).is_err());
}

/// TLS 1.2 is not built in at all, and its signature check refuses everything.
#[test]
fn only_tls_1_3_is_spoken() {
    assert_eq!(rustls::ALL_VERSIONS.len(), 1);
    let verifier = AnySoundKey::new(&ring::default_provider());
    assert!(ServerCertVerifier::requires_raw_public_keys(&verifier));
    assert_eq!(ServerCertVerifier::supported_verify_schemes(&verifier), [SignatureScheme::ED25519]);
}
