//! A network in memory under quinn: datagrams are lost, late, out of order or doubled as a seed says, and the time that
//! they take is tokio's paused time. The only file that knows quinn's socket traits.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncUdpSocket, UdpPoller};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use tokio::time::{Instant, Sleep};

/// What a way does to datagrams. The least that QUIC asks for is what fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather {
    /// How many of a hundred are lost.
    pub(super) lost: u32,
    /// How many of a hundred arrive twice.
    pub(super) doubled: u32,
    /// The way of each takes so long …
    pub(super) delay: Duration,
    /// … and up to so much longer, so that later ones overtake it.
    pub(super) jitter: Duration,
    /// Longer ones are lost.
    pub(super) mtu: usize,
    /// So many get on their way, and then it is cut.
    pub(super) carries: u64,
}

impl Weather {
    pub(super) fn cut() -> Self {
        Self::cut_after(0)
    }

    pub(super) fn cut_after(datagrams: u64) -> Self {
        Self { carries: datagrams, ..Self::default() }
    }
}

impl Default for Weather {
    fn default() -> Self {
        let delay = Duration::from_millis(20);
        Self { lost: 0, doubled: 0, delay, jitter: Duration::ZERO, mtu: 1200, carries: u64::MAX }
    }
}

/// All sockets and what lies between them.
#[derive(Debug)]
pub(super) struct Network {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    random: StdRng,
    everywhere: Weather,
    /// Ways with a weather of their own, from and to.
    ways: BTreeMap<(SocketAddr, SocketAddr), Weather>,
    mailboxes: BTreeMap<SocketAddr, Arc<Mailbox>>,
    /// Addresses behind a translator, and what others see in their stead.
    seen_as: BTreeMap<SocketAddr, SocketAddr>,
    sent: u64,
    tally: Tally,
}

/// What became of all datagrams so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) sent: u64,
    pub(super) lost: u64,
    pub(super) doubled: u64,
    /// Arrived before one that was sent earlier.
    pub(super) overtaking: u64,
    pub(super) longest: usize,
}

impl Network {
    pub(super) fn new(seed: u64, everywhere: Weather) -> Arc<Self> {
        let inner = Inner {
            random: StdRng::seed_from_u64(seed),
            everywhere,
            ways: BTreeMap::new(),
            mailboxes: BTreeMap::new(),
            seen_as: BTreeMap::new(),
            sent: 0,
            tally: Tally::default(),
        };
        Arc::new(Self { inner: Mutex::new(inner) })
    }

    pub(super) fn socket(self: &Arc<Self>, address: SocketAddr) -> Arc<Socket> {
        let mailbox = Arc::new(Mailbox::default());
        self.lock().mailboxes.insert(address, mailbox.clone());
        Arc::new(Socket { network: self.clone(), address, mailbox })
    }

    /// The weather wherever no other was set.
    pub(super) fn set_everywhere(&self, weather: Weather) {
        let mut inner = self.lock();
        inner.everywhere = weather;
        inner.ways.clear();
    }

    /// The weather one way, by the addresses that the other end sees.
    pub(super) fn set_way(&self, from: SocketAddr, to: SocketAddr, weather: Weather) {
        self.lock().ways.insert((from, to), weather);
    }

    /// A translator on the way gives `address` another face; the old one leads nowhere any more.
    pub(super) fn translate(&self, address: SocketAddr, face: SocketAddr) {
        self.lock().seen_as.insert(address, face);
    }

    pub(super) fn tally(&self) -> Tally {
        self.lock().tally
    }

    /// A number below `end`, of this network's seed.
    pub(super) fn draw(&self, end: u64) -> u64 {
        self.lock().random.random_range(0..end)
    }

    /// Likewise, bytes.
    pub(super) fn draw_bytes(&self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.lock().random.fill_bytes(&mut bytes);
        bytes
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }
}

impl Inner {
    fn carry(&mut self, from: SocketAddr, to: SocketAddr, transmit: &Transmit<'_>, contents: &[u8]) {
        let from = self.seen_as.get(&from).copied().unwrap_or(from);
        let weather = self.ways.get_mut(&(from, to)).unwrap_or(&mut self.everywhere);
        let is_cut = weather.carries == 0;
        weather.carries = weather.carries.saturating_sub(1);
        let weather = *weather;
        self.tally.sent += 1;
        self.tally.longest = self.tally.longest.max(contents.len());
        let mut chance = |of_hundred: u32| self.random.random_range(0..100) < of_hundred;
        let (is_lost, is_doubled) = (chance(weather.lost), chance(weather.doubled));
        let Some(mailbox) = self.mailbox_behind(to) else { return };
        if is_cut || is_lost || contents.len() > weather.mtu {
            self.tally.lost += 1;
            return;
        }
        self.tally.doubled += u64::from(is_doubled);
        for _ in 0..1 + u32::from(is_doubled) {
            self.sent += 1;
            let jitter = weather.jitter.as_micros() as u64;
            let late = Duration::from_micros(self.random.random_range(0..=jitter));
            let meta = RecvMeta {
                addr: from,
                len: contents.len(),
                stride: contents.len(),
                ecn: transmit.ecn,
                dst_ip: None,
            };
            let due = Instant::now() + weather.delay + late;
            let mut mail = mailbox.lock();
            let overtakes = mail.under_way.last_key_value().is_some_and(|((last, _), _)| *last > due);
            self.tally.overtaking += u64::from(overtakes);
            mail.under_way.insert((due, self.sent), (meta, contents.to_vec()));
            if let Some(reader) = mail.reader.take() {
                reader.wake();
            }
        }
    }

    fn mailbox_behind(&self, face: SocketAddr) -> Option<Arc<Mailbox>> {
        let address = match self.seen_as.iter().find(|(_, seen)| **seen == face) {
            Some((address, _)) => *address,
            None if self.seen_as.contains_key(&face) => return None,
            None => face,
        };
        self.mailboxes.get(&address).cloned()
    }
}

#[derive(Debug, Default)]
struct Mailbox {
    mail: Mutex<Mail>,
}

impl Mailbox {
    fn lock(&self) -> MutexGuard<'_, Mail> {
        self.mail.lock().unwrap()
    }
}

#[derive(Debug, Default)]
struct Mail {
    /// By the time of arrival, and a number that tells apart what arrives at once.
    under_way: BTreeMap<(Instant, u64), (RecvMeta, Vec<u8>)>,
    reader: Option<Waker>,
    /// Wakes the reader when the next one is there.
    clock: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug)]
pub(super) struct Socket {
    network: Arc<Network>,
    address: SocketAddr,
    mailbox: Arc<Mailbox>,
}

impl AsyncUdpSocket for Socket {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Box::pin(AlwaysWritable)
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        let mut inner = self.network.lock();
        let length = transmit.segment_size.unwrap_or(transmit.contents.len());
        for contents in transmit.contents.chunks(length) {
            inner.carry(self.address, transmit.destination, transmit, contents);
        }
        Ok(())
    }

    fn poll_recv(
        &self,
        context: &mut Context<'_>,
        buffers: &mut [io::IoSliceMut<'_>],
        metas: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let mut mail = self.mailbox.lock();
        let mail = &mut *mail;
        let mut received = 0;
        while received < buffers.len().min(metas.len()) {
            let Some(next) = mail.under_way.first_entry() else { break };
            if next.key().0 > Instant::now() {
                break;
            }
            let (meta, contents) = next.remove();
            buffers[received][..contents.len()].copy_from_slice(&contents);
            metas[received] = meta;
            received += 1;
        }
        if received > 0 {
            return Poll::Ready(Ok(received));
        }
        mail.reader = Some(context.waker().clone());
        if let Some((&(due, _), _)) = mail.under_way.first_key_value() {
            let clock = mail.clock.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(due)));
            clock.as_mut().reset(due);
            if clock.as_mut().poll(context).is_ready() {
                context.waker().wake_by_ref();
            }
        }
        Poll::Pending
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }

    /// As where the system cuts a long buffer into datagrams itself.
    fn max_transmit_segments(&self) -> usize {
        8
    }

    fn may_fragment(&self) -> bool {
        false
    }
}

#[derive(Debug)]
struct AlwaysWritable;

impl UdpPoller for AlwaysWritable {
    fn poll_writable(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
