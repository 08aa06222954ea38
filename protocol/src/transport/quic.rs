//! QUIC endpoints with our settings. Short sessions are the rule: MTU discovery is off, since its probes cost more than
//! an idle session itself (13.7 kB against 4.9 kB measured).

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hkdf::Hkdf;
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{
    AsyncUdpSocket, ClientConfig, ConnectionId, ConnectionIdGenerator, Endpoint, EndpointConfig,
    Runtime as _, ServerConfig, TransportConfig, VarInt,
};
use rand::Rng as _;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::tls;
use crate::identity::KeyPair;

/// A live session sends something at least this often, so that routers keep the way open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A peer that is silent for so long is gone.
const IDLE_TIMEOUT_MS: u32 = 45_000;
/// Every IPv6 path carries this much.
const MTU: u16 = 1200;
/// More than a window of the largest batches, so that two sides that both send never wait for each other.
const STREAM_WINDOW: u32 = 16 * 1024 * 1024;

/// An endpoint that dials one peer, once at a time, on any free port of the same family as `towards`.
///
/// # Errors
/// When no socket can be opened or the key cannot be used.
pub fn dialling_endpoint(key: &KeyPair, towards: SocketAddr) -> Result<Endpoint, EndpointError> {
    let any: SocketAddr = match towards {
        SocketAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        SocketAddr::V6(_) => ([0u16; 8], 0).into(),
    };
    // Its one connection is known by the socket; names for it would be sent to the peer, and back in every packet.
    let mut config = EndpointConfig::default();
    config.cid_generator(|| Box::new(RandomIds::<0>));
    let socket = std::net::UdpSocket::bind(any)?;
    let mut endpoint = Endpoint::new(config, None, socket, Arc::new(quinn::TokioRuntime))?;
    endpoint.set_default_client_config(client_config(key)?);
    Ok(endpoint)
}

/// An endpoint that is dialled, and can dial too.
///
/// # Errors
/// When the address is taken or the key cannot be used.
pub fn listening_endpoint(key: &KeyPair, address: SocketAddr) -> Result<Endpoint, EndpointError> {
    let socket = std::net::UdpSocket::bind(address)?;
    listening_endpoint_over(key, quinn::TokioRuntime.wrap_udp_socket(socket)?)
}

/// Likewise, on a socket that is there.
pub(super) fn listening_endpoint_over(
    key: &KeyPair,
    socket: Arc<dyn AsyncUdpSocket>,
) -> Result<Endpoint, EndpointError> {
    let crypto = QuicServerConfig::try_from(tls::server_config(key)?);
    let mut config = ServerConfig::with_crypto(Arc::new(crypto.map_err(|_| EndpointError::CipherSuite)?));
    config.transport_config(Arc::new(transport(None)));
    config.migration(true);
    let runtime = Arc::new(quinn::TokioRuntime);
    let mut endpoint =
        Endpoint::new_with_abstract_socket(endpoint_config(key), Some(config), socket, runtime)?;
    endpoint.set_default_client_config(client_config(key)?);
    Ok(endpoint)
}

/// Who was killed and is back knows none of its connections, and says so at once with a stateless reset (RFC 9000,
/// section 10.3): the key of the resets must be the same as before. Without it a peer waits out its idle time.
fn endpoint_config(key: &KeyPair) -> EndpointConfig {
    let mut secret = Zeroizing::new([0; 32]);
    let derived = Hkdf::<Sha256>::new(Some(b"helhet/1 stateless reset"), key.seed().as_slice());
    derived.expand(&[], secret.as_mut_slice()).expect("32 bytes are within what HKDF gives");
    let reset_key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_slice());
    let mut config = EndpointConfig::new(Arc::new(reset_key));
    config.cid_generator(|| Box::new(RandomIds::<8>));
    config
}

/// quinn's own ids are marked with a key of this run, and those of the run before are ignored.
struct RandomIds<const LENGTH: usize>;

impl<const LENGTH: usize> ConnectionIdGenerator for RandomIds<LENGTH> {
    fn generate_cid(&mut self) -> ConnectionId {
        let mut id = [0; LENGTH];
        rand::rng().fill_bytes(&mut id);
        ConnectionId::new(&id)
    }

    fn cid_len(&self) -> usize {
        LENGTH
    }

    fn cid_lifetime(&self) -> Option<Duration> {
        None
    }
}

pub(super) fn client_config(key: &KeyPair) -> Result<ClientConfig, EndpointError> {
    let crypto = QuicClientConfig::try_from(tls::client_config(key)?);
    let mut config = ClientConfig::new(Arc::new(crypto.map_err(|_| EndpointError::CipherSuite)?));
    config.transport_config(Arc::new(transport(Some(KEEP_ALIVE))));
    Ok(config)
}

fn transport(keep_alive: Option<Duration>) -> TransportConfig {
    let mut config = TransportConfig::default();
    config
        .initial_mtu(MTU)
        .mtu_discovery_config(None)
        .keep_alive_interval(keep_alive)
        .max_idle_timeout(Some(VarInt::from_u32(IDLE_TIMEOUT_MS).into()))
        // One session, one stream.
        .max_concurrent_bidi_streams(VarInt::from_u32(1))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW))
        .receive_window(VarInt::from_u32(STREAM_WINDOW))
        .send_window(u64::from(STREAM_WINDOW));
    config
}

/// Why there is no endpoint.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The socket.
    #[error("cannot open the network socket")]
    Socket(#[from] std::io::Error),
    /// The key.
    #[error("TLS cannot use this key")]
    Tls(#[from] rustls::Error),
    /// The provider lacks what QUIC's first packets need.
    #[error("TLS lacks the cipher suite that QUIC begins with")]
    CipherSuite,
}
