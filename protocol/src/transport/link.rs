//! One connection with its one stream, the key that the peer proved, and what it costs on the wire.

use std::net::SocketAddr;
use std::ops::Deref;
use std::time::{Duration, Instant};

use quinn::{Connection, ConnectionError, Endpoint, Incoming, RecvStream, SendStream, VarInt};
use rustls::pki_types::CertificateDer;

use super::tls::key_from_spki;
use crate::identity::PublicKey;
use crate::v1::CloseCode;

/// How long a peer may take to shake hands, and then to say the first word or to let it be said.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the packet that closes a connection may take to leave this machine.
const GOODBYE_PATIENCE: Duration = Duration::from_millis(10);
const TURNS_BETWEEN_LOOKS: u32 = 64;
const EXPORTER_LABEL: &[u8] = b"EXPORTER-helhet/1";

/// A connection that is let go of without a word, by a task that is dropped or panics, says this. quinn would say 0,
/// which is `done`: the peer would believe that all was exchanged.
#[derive(Debug)]
pub(super) struct Held {
    connection: Connection,
    unless_said: CloseCode,
}

impl Deref for Held {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.connection.close_reason().is_none() {
            self.connection.close(number(self.unless_said), &[]);
        }
    }
}

fn number(code: CloseCode) -> VarInt {
    VarInt::from_u32(code.number().into())
}

/// An open connection: the peer holds [`Link::peer_key`], and that is all that is known of it.
#[derive(Debug)]
pub struct Link {
    pub(super) connection: Held,
    pub(super) send: SendStream,
    pub(super) receive: RecvStream,
    handshake: Traffic,
    /// The key that the peer proved.
    pub peer_key: PublicKey,
    /// A value that both ends of this connection know and nobody else: binds requests to it.
    pub exporter: [u8; 32],
}

/// Dials.
///
/// # Errors
/// When nobody answers, or what answers is not one of ours.
pub async fn connect(endpoint: &Endpoint, address: SocketAddr) -> Result<Link, LinkError> {
    // No name is sent; rustls only wants one to be there.
    let connecting = endpoint.connect(address, "helhet.invalid")?;
    let connection = tokio::time::timeout(PATIENCE, connecting).await.map_err(|_| LinkError::NoAnswer)??;
    let connection = Held { connection, unless_said: CloseCode::GoingAway };
    let handshake = traffic(&connection);
    let stream = tokio::time::timeout(PATIENCE, connection.open_bi()).await;
    let (send, receive) = stream.map_err(|_| LinkError::NoAnswer)??;
    Link::new(connection, send, receive, handshake)
}

/// Answers who dialled.
///
/// # Errors
/// When the handshake fails, or nothing is said after it.
pub async fn accept(incoming: Incoming) -> Result<Link, LinkError> {
    let connection = tokio::time::timeout(PATIENCE, incoming).await.map_err(|_| LinkError::NoAnswer)??;
    let mut connection = Held { connection, unless_said: CloseCode::Busy };
    let handshake = traffic(&connection);
    let stream = tokio::time::timeout(PATIENCE, connection.accept_bi()).await;
    let (send, receive) = stream.map_err(|_| LinkError::NoAnswer)??;
    connection.unless_said = CloseCode::GoingAway;
    Link::new(connection, send, receive, handshake)
}

impl Link {
    fn new(
        connection: Held,
        send: SendStream,
        receive: RecvStream,
        handshake: Traffic,
    ) -> Result<Self, LinkError> {
        let identity =
            connection.peer_identity().and_then(|any| any.downcast::<Vec<CertificateDer<'_>>>().ok());
        let peer_key = identity.and_then(|keys| keys.first().and_then(|spki| key_from_spki(spki)));
        let peer_key = peer_key.ok_or(LinkError::NoKey)?;
        let mut exporter = [0; 32];
        let exported = connection.export_keying_material(&mut exporter, EXPORTER_LABEL, b"");
        exported.map_err(|_| LinkError::NoKey)?;
        Ok(Self { connection, send, receive, handshake, peer_key, exporter })
    }

    /// Where the peer is, now; it may move.
    pub fn peer_address(&self) -> SocketAddr {
        self.connection.remote_address()
    }

    /// UDP payload so far, the handshake apart.
    pub fn traffic(&self) -> Traffic {
        traffic_since(&self.connection, self.handshake)
    }

    pub(super) fn handshake(&self) -> Traffic {
        self.handshake
    }

    /// Closes without a session, for instance when there are too many.
    pub fn refuse(self, code: CloseCode) {
        self.connection.close(number(code), &[]);
    }
}

/// Closes, and waits until the packet that says so has left: a program that ends right after takes along what has not.
/// That it arrives is not waited for: all was said and acknowledged before, and QUIC's own draining takes a fifth of a
/// second.
pub(super) async fn close(connection: &Connection, code: CloseCode) {
    // To who has closed already nothing more is sent.
    let has_ended = connection.close_reason().is_some();
    let sent = || connection.stats().udp_tx.datagrams;
    let before = sent();
    connection.close(number(code), &[]);
    let began = Instant::now();
    while !has_ended && sent() == before && began.elapsed() < GOODBYE_PATIENCE {
        // Each look takes the lock that the sender needs: it gets more turns than we do.
        for _ in 0..TURNS_BETWEEN_LOOKS {
            tokio::task::yield_now().await;
        }
    }
}

/// UDP payload in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Sent, after the handshake.
    pub bytes_out: u64,
    /// Received, after the handshake.
    pub bytes_in: u64,
    /// The handshake, both ways.
    pub handshake_bytes: u64,
}

fn traffic(connection: &Connection) -> Traffic {
    let stats = connection.stats();
    let (bytes_out, bytes_in) = (stats.udp_tx.bytes, stats.udp_rx.bytes);
    Traffic { bytes_out, bytes_in, handshake_bytes: bytes_out + bytes_in }
}

pub(super) fn traffic_since(connection: &Connection, handshake: Traffic) -> Traffic {
    let now = traffic(connection);
    Traffic {
        bytes_out: now.bytes_out.saturating_sub(handshake.bytes_out),
        bytes_in: now.bytes_in.saturating_sub(handshake.bytes_in),
        handshake_bytes: handshake.handshake_bytes,
    }
}

/// Why there is no connection, or no more.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The address cannot be dialled.
    #[error("cannot dial")]
    Dial(#[from] quinn::ConnectError),
    /// Nobody answered in time.
    #[error("no answer within {} seconds", PATIENCE.as_secs())]
    NoAnswer,
    /// The connection broke.
    #[error("the connection was lost")]
    Lost(#[source] ConnectionError),
    /// The peer closed it and said why.
    #[error("the other side ended the connection: {0}")]
    Closed(CloseCode),
    /// The peer showed no usable key.
    #[error("the other side showed no key")]
    NoKey,
    /// The stream broke off in the middle.
    #[error("the stream broke off")]
    Cut,
}

impl From<ConnectionError> for LinkError {
    fn from(error: ConnectionError) -> Self {
        match error {
            ConnectionError::ApplicationClosed(close) => {
                let number = u16::try_from(close.error_code.into_inner()).unwrap_or(u16::MAX);
                Self::Closed(CloseCode::from_number(number))
            }
            ConnectionError::VersionMismatch
            | ConnectionError::TransportError(_)
            | ConnectionError::ConnectionClosed(_)
            | ConnectionError::Reset
            | ConnectionError::TimedOut
            | ConnectionError::LocallyClosed
            | ConnectionError::CidsExhausted => Self::Lost(error),
        }
    }
}
