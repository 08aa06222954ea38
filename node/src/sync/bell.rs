//! The bell at a program that keeps the session with the hub: a command on the same folder rings, and hears when both sides
//! have the same.
//!
//! It hangs on this computer's loopback, and rings by one datagram: a secret that stands in the database, which who rings has
//! opened, and a number of its own choice. The answer is that number, once both have the same; there is no other.
use std::collections::HashSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use helhet_protocol::transport::Handle;
use subtle::ConstantTimeEq as _;
use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::store::{Store, StoreError, settings};

/// Where it hangs: the port in two bytes, big-endian, and the secret.
const BELL: &str = "sync_bell";
const SECRET_BYTES: usize = 16;
const NUMBER_BYTES: usize = 8;
const RING_BYTES: usize = SECRET_BYTES + NUMBER_BYTES;
/// Who waits for an answer at once; others are not heard.
const WAITING_MAX: usize = 64;
/// Who waits rings again so often, and so hears that nobody is there any more.
const AGAIN: Duration = Duration::from_secs(1);

type Number = [u8; NUMBER_BYTES];

#[derive(Debug, thiserror::Error)]
pub(super) enum BellError {
    #[error("no port of this computer's own could be opened")]
    Port(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(super) struct Bell {
    socket: Arc<UdpSocket>,
    secret: [u8; SECRET_BYTES],
}

impl Bell {
    pub(super) async fn hang(store: &Store) -> Result<Bell, BellError> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let secret: [u8; SECRET_BYTES] = rand::random();
        let place = [socket.local_addr()?.port().to_be_bytes().as_slice(), &secret].concat();
        store.database().write(|transaction| -> Result<_, StoreError> {
            Ok(settings::write(transaction, BELL, &place)?)
        })?;
        Ok(Bell { socket: Arc::new(socket), secret })
    }

    /// Answers for as long as this future is polled; `session` is the one with the hub, while there is one. Who rings waits
    /// no longer than `patience`.
    pub(super) async fn answer(self, session: watch::Receiver<Option<Handle>>, patience: Duration) {
        let waiting: Arc<Mutex<HashSet<Number>>> = Arc::default();
        let mut answers = JoinSet::new();
        // A byte more than a ring has, so that what is longer is none.
        let mut heard = [0; RING_BYTES + 1];
        loop {
            let rung = tokio::select! {
                Some(_) = answers.join_next(), if !answers.is_empty() => continue,
                rung = self.socket.recv_from(&mut heard) => rung,
            };
            // An error here is of an answer that found nobody.
            let Ok((length, caller)) = rung else { continue };
            let Some(number) = number_of(&heard[..length], &self.secret) else { continue };
            let is_new = waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(number);
            if is_new && answers.len() < WAITING_MAX {
                let (socket, waiting, session) = (self.socket.clone(), waiting.clone(), session.clone());
                answers.spawn(async move {
                    let answering = tell(&socket, caller, number, session);
                    // Who rang has given up by then.
                    let _ = tokio::time::timeout(patience, answering).await;
                    waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
                });
            }
        }
    }
}

/// What an answer is to repeat, if the ring shows the secret.
fn number_of(ring: &[u8], secret: &[u8; SECRET_BYTES]) -> Option<Number> {
    let (shown, number) = ring.split_first_chunk::<SECRET_BYTES>()?;
    let number = number.try_into().ok()?;
    bool::from(shown.ct_eq(secret)).then_some(number)
}

/// A session that ends before it has answered is followed by another.
async fn tell(
    socket: &UdpSocket,
    caller: SocketAddr,
    number: Number,
    mut session: watch::Receiver<Option<Handle>>,
) {
    while let Ok(current) = session.wait_for(Option::is_some).await.map(|handle| handle.clone()) {
        if let Some(handle) = current
            && handle.ask().await.is_ok()
        {
            // Who rang may have gone, and nobody else is concerned.
            let _ = socket.send_to(&number, caller).await;
            return;
        }
        if session.changed().await.is_err() {
            return;
        }
    }
}

/// Rings at the program that has the session; true once it says that both sides have the same. False where nobody
/// answers: then that program has ended, or is a command itself.
pub(super) async fn ring(store: &Store, patience: Duration) -> Result<bool, StoreError> {
    let place = store
        .database()
        .read(|connection| -> Result<_, StoreError> { Ok(settings::read(connection, BELL)?) })?;
    let Some((port, secret)) = place.as_deref().and_then(|place| place.split_first_chunk::<2>()) else {
        return Ok(false);
    };
    let number: Number = rand::random();
    let asking = async {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        // Connected, so that only the bell is heard, and that there is none is an error.
        socket.connect((Ipv4Addr::LOCALHOST, u16::from_be_bytes(*port))).await?;
        let ring = [secret, number.as_slice()].concat();
        let mut heard = [0; NUMBER_BYTES + 1];
        loop {
            socket.send(&ring).await?;
            if let Ok(length) = tokio::time::timeout(AGAIN, socket.recv(&mut heard)).await {
                return Ok::<_, std::io::Error>(heard[..length?] == number);
            }
        }
    };
    Ok(matches!(tokio::time::timeout(patience, asking).await, Ok(Ok(true))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::tests::place;

    const PATIENCE: Duration = Duration::from_secs(20);
    const SHORT: Duration = Duration::from_millis(60);

    // N16: nobody who has not opened the database is heard, and who has is not answered without a session.
    #[tokio::test]
    async fn only_who_shows_the_secret_is_heard_and_only_in_a_session() {
        let place = place();
        let store = place.node.store();
        assert!(!ring(store, PATIENCE).await.unwrap(), "no program has hung one up");
        let bell = Bell::hang(store).await.unwrap();
        let (address, secret) = (bell.socket.local_addr().unwrap(), bell.secret);
        let (session, sessions) = watch::channel(None);
        let answering = tokio::spawn(bell.answer(sessions, PATIENCE));
        let stranger = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        for guess in [vec![0; RING_BYTES], secret.to_vec(), [secret.as_slice(), &[0; 9]].concat(), vec![]] {
            stranger.send_to(&guess, address).await.unwrap();
        }
        assert!(!ring(store, SHORT).await.unwrap(), "there is no session");
        // One that ended before it could answer is no answer either.
        let (handle, control) = helhet_protocol::transport::control();
        drop(control);
        session.send_replace(Some(handle));
        assert!(!ring(store, SHORT).await.unwrap());
        assert!(stranger.try_recv(&mut [0]).is_err(), "a stranger heard something");
        answering.abort();
        let _ = answering.await;
        assert!(!ring(store, PATIENCE).await.unwrap(), "the program has ended");
    }

    #[test]
    fn a_ring_is_the_secret_and_a_number_and_nothing_else() {
        let secret = [7; SECRET_BYTES];
        let ring = [secret.as_slice(), &[1; NUMBER_BYTES]].concat();
        assert_eq!(number_of(&ring, &secret), Some([1; NUMBER_BYTES]));
        assert_eq!(number_of(&ring, &[8; SECRET_BYTES]), None);
        for wrong in [&ring[..RING_BYTES - 1], &[ring.as_slice(), &[0]].concat(), &[]] {
            assert_eq!(number_of(wrong, &secret), None);
        }
    }
}
