//! A network cable between one chapter and the hub, that can be pulled and put back. What it carries it cannot read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// No UDP packet is larger.
const PACKET_MAX: usize = 65_536;

/// One end is this address; the other is the hub.
#[derive(Debug)]
pub struct Cable {
    address: SocketAddr,
    plugged: Arc<AtomicBool>,
    carrying: JoinHandle<()>,
}

impl Cable {
    /// Lays a cable to the hub on a free port of this machine.
    ///
    /// # Errors
    /// When no socket can be opened.
    pub async fn to(hub: SocketAddr) -> std::io::Result<Self> {
        Self::between(([127, 0, 0, 1], 0).into(), hub).await
    }

    /// Lays a cable from this address to the hub.
    ///
    /// # Errors
    /// When the address is taken.
    pub async fn between(near: SocketAddr, hub: SocketAddr) -> std::io::Result<Self> {
        let near = Arc::new(UdpSocket::bind(near).await?);
        let address = near.local_addr()?;
        let plugged = Arc::new(AtomicBool::new(true));
        let carrying = tokio::spawn(carry(near, hub, plugged.clone()));
        Ok(Self { address, plugged, carrying })
    }

    /// What the chapter believes to be the hub's address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on nothing gets through.
    pub fn pull(&self) {
        self.plugged.store(false, Ordering::SeqCst);
    }

    /// From now on all gets through again.
    pub fn put_back(&self) {
        self.plugged.store(true, Ordering::SeqCst);
    }

    /// Whether something gets through.
    pub fn is_plugged(&self) -> bool {
        self.plugged.load(Ordering::SeqCst)
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

async fn carry(near: Arc<UdpSocket>, hub: SocketAddr, plugged: Arc<AtomicBool>) {
    let mut ways: HashMap<SocketAddr, Way> = HashMap::new();
    let mut packet = vec![0; PACKET_MAX];
    loop {
        // An error here is about an earlier packet that nobody took; the socket is none the worse.
        let Ok((length, from)) = near.recv_from(&mut packet).await else { continue };
        if !plugged.load(Ordering::SeqCst) {
            continue;
        }
        let way = match ways.entry(from) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let opened = Way::open(near.clone(), from, hub, plugged.clone()).await;
                let Ok(way) = opened else { continue };
                new.insert(way)
            }
        };
        let _ = way.far.send(&packet[..length]).await;
    }
}

/// What belongs to one port of the chapter's program.
struct Way {
    far: Arc<UdpSocket>,
    back: JoinHandle<()>,
}

impl Way {
    async fn open(
        near: Arc<UdpSocket>,
        from: SocketAddr,
        hub: SocketAddr,
        plugged: Arc<AtomicBool>,
    ) -> std::io::Result<Self> {
        let far = Arc::new(UdpSocket::bind(("127.0.0.1", 0)).await?);
        far.connect(hub).await?;
        let answers = far.clone();
        let back = tokio::spawn(async move {
            let mut packet = vec![0; PACKET_MAX];
            loop {
                let Ok(length) = answers.recv(&mut packet).await else { continue };
                if plugged.load(Ordering::SeqCst) {
                    let _ = near.send_to(&packet[..length], from).await;
                }
            }
        });
        Ok(Self { far, back })
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.back.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_cable_carries_both_ways_until_it_is_pulled() {
        let hub = UdpSocket::bind(("127.0.0.1", 0)).await.unwrap();
        let cable = Cable::to(hub.local_addr().unwrap()).await.unwrap();
        let laptop = UdpSocket::bind(("127.0.0.1", 0)).await.unwrap();
        laptop.connect(cable.address()).await.unwrap();
        let mut packet = [0; 16];

        laptop.send(b"out").await.unwrap();
        let (length, from) = hub.recv_from(&mut packet).await.unwrap();
        assert_eq!(&packet[..length], b"out");
        hub.send_to(b"back", from).await.unwrap();
        let length = laptop.recv(&mut packet).await.unwrap();
        assert_eq!(&packet[..length], b"back");

        cable.pull();
        laptop.send(b"lost").await.unwrap();
        let nothing = tokio::time::timeout(Duration::from_millis(200), hub.recv_from(&mut packet)).await;
        assert!(nothing.is_err(), "a pulled cable carried something");
        cable.put_back();
        laptop.send(b"again").await.unwrap();
        let (length, _) = hub.recv_from(&mut packet).await.unwrap();
        assert_eq!(&packet[..length], b"again");
    }
}
