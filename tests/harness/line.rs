//! A bad line between one chapter and the hub: it loses, delays, reorders, doubles, slows and cuts what it carries, as
//! told and as drawn by seed. What it carries it cannot read. It stands in user space between two real programs, so it
//! needs no rights and no help of the kernel, and is the same on every machine.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::net::UdpSocket;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// No UDP packet is larger.
const PACKET_MAX: usize = 65_536;
/// Who would wait longer at a slow line is lost, as at a router whose memory is full.
const QUEUE: Duration = Duration::from_millis(800);

/// What a line does to what it carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Weather {
    /// The share of packets that are lost, from 0 to 1.
    pub lost: f64,
    /// The share that arrives twice.
    pub doubled: f64,
    /// How long each packet takes …
    pub delay: Duration,
    /// … and how much longer at most: who is overtaken arrives out of order.
    pub jitter: Duration,
    /// Bytes a second, each way.
    pub rate: Option<u32>,
    /// Larger packets are lost.
    pub largest: usize,
    /// Whether anything gets from the chapter to the hub.
    pub out: bool,
    /// Whether anything gets from the hub to the chapter.
    pub back: bool,
}

impl Weather {
    /// A good line.
    pub const FAIR: Self = Self {
        lost: 0.0,
        doubled: 0.0,
        delay: Duration::ZERO,
        jitter: Duration::ZERO,
        rate: None,
        largest: PACKET_MAX,
        out: true,
        back: true,
    };
}

/// One end is [`Line::address`]; the other is the hub.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
    _runtime: Runtime,
}

#[derive(Debug)]
struct State {
    weather: Mutex<Weather>,
    rng: Mutex<StdRng>,
    /// When each direction is free for the next packet.
    free: Mutex<[Instant; 2]>,
    offered: AtomicU64,
    /// Counts the times that the way back was forgotten.
    forgotten: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
enum Direction {
    Out,
    Back,
}

impl Line {
    /// Lays a good line to the hub on a free port of this machine.
    pub fn to(hub: SocketAddr, seed: u64) -> Self {
        let runtime = Runtime::new().expect("a runtime starts");
        let near = runtime.block_on(UdpSocket::bind(("127.0.0.1", 0))).expect("a free port");
        let address = near.local_addr().expect("a bound socket has an address");
        let state = Arc::new(State {
            weather: Mutex::new(Weather::FAIR),
            rng: Mutex::new(StdRng::seed_from_u64(seed)),
            free: Mutex::new([Instant::now(); 2]),
            offered: AtomicU64::new(0),
            forgotten: AtomicU64::new(0),
        });
        runtime.spawn(carry(Arc::new(near), hub, state.clone()));
        Self { address, state, _runtime: runtime }
    }

    /// What the chapter believes to be the hub's address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what the line does from now on.
    pub fn set(&self, weather: Weather) {
        *lock(&self.state.weather) = weather;
    }

    /// The chapter's router has forgotten the way: what comes next goes by another port, and answers to the old one are
    /// lost.
    pub fn forget(&self) {
        self.state.forgotten.fetch_add(1, Ordering::SeqCst);
    }

    /// How many packets either side has given the line, lost ones with them.
    pub fn offered(&self) -> u64 {
        self.state.offered.load(Ordering::SeqCst)
    }
}

impl State {
    /// How long each copy of a packet takes; none when it is lost.
    fn fates(&self, direction: Direction, length: usize) -> Vec<Duration> {
        self.offered.fetch_add(1, Ordering::SeqCst);
        let weather = lock(&self.weather).clone();
        let open = match direction {
            Direction::Out => weather.out,
            Direction::Back => weather.back,
        };
        if !open || length > weather.largest {
            return Vec::new();
        }
        let Some(queued) = self.queued(direction, length, weather.rate) else { return Vec::new() };
        let mut rng = lock(&self.rng);
        if rng.random_bool(weather.lost) {
            return Vec::new();
        }
        let copies = if rng.random_bool(weather.doubled) { 2 } else { 1 };
        let takes = |_| queued + weather.delay + weather.jitter.mul_f64(rng.random_range(0.0..1.0));
        (0..copies).map(takes).collect()
    }

    fn queued(&self, direction: Direction, length: usize, rate: Option<u32>) -> Option<Duration> {
        let Some(rate) = rate else { return Some(Duration::ZERO) };
        let now = Instant::now();
        let free = &mut lock(&self.free)[direction as usize];
        let begins = (*free).max(now);
        if begins - now > QUEUE {
            return None;
        }
        *free = begins + Duration::from_secs_f64(length as f64 / f64::from(rate));
        Some(*free - now)
    }
}

async fn carry(near: Arc<UdpSocket>, hub: SocketAddr, state: Arc<State>) {
    let mut ways: HashMap<SocketAddr, Way> = HashMap::new();
    let mut forgotten = 0;
    let mut packet = vec![0; PACKET_MAX];
    loop {
        // An error here is about an earlier packet that nobody took; the socket is none the worse.
        let Ok((length, from)) = near.recv_from(&mut packet).await else { continue };
        let now = state.forgotten.load(Ordering::SeqCst);
        if now != forgotten {
            ways.clear();
            forgotten = now;
        }
        let way = match ways.entry(from) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let Ok(way) = Way::open(near.clone(), from, hub, state.clone()).await else { continue };
                new.insert(way)
            }
        };
        for takes in state.fates(Direction::Out, length) {
            let (far, packet) = (way.far.clone(), packet[..length].to_vec());
            later(takes, async move { far.send(&packet).await }).await;
        }
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
        state: Arc<State>,
    ) -> std::io::Result<Self> {
        let far = Arc::new(UdpSocket::bind(("127.0.0.1", 0)).await?);
        far.connect(hub).await?;
        let answers = far.clone();
        let back = tokio::spawn(async move {
            let mut packet = vec![0; PACKET_MAX];
            loop {
                let Ok(length) = answers.recv(&mut packet).await else { continue };
                for takes in state.fates(Direction::Back, length) {
                    let (near, packet) = (near.clone(), packet[..length].to_vec());
                    later(takes, async move { near.send_to(&packet, from).await }).await;
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

/// Delivers now, so that nothing is overtaken on a line that delays nothing, or in a while. Whether the other end
/// listens is not the line's business.
async fn later(takes: Duration, delivery: impl Future<Output = std::io::Result<usize>> + Send + 'static) {
    if takes.is_zero() {
        let _ = delivery.await;
    } else {
        tokio::spawn(async move {
            tokio::time::sleep(takes).await;
            delivery.await
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket as Socket;

    use super::*;

    fn socket() -> Socket {
        let socket = Socket::bind(("127.0.0.1", 0)).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        socket
    }

    fn ends() -> (Line, Socket, Socket) {
        let hub = socket();
        let line = Line::to(hub.local_addr().unwrap(), 1);
        let laptop = socket();
        laptop.connect(line.address()).unwrap();
        (line, laptop, hub)
    }

    /// How many of so many packets arrive at the other end.
    fn arriving(from: &Socket, at: &Socket, count: usize, length: usize) -> usize {
        for _ in 0..count {
            from.send(&vec![0; length]).unwrap();
        }
        let mut packet = [0; 2048];
        std::iter::repeat_with(|| at.recv(&mut packet)).take_while(Result::is_ok).count()
    }

    #[test]
    fn a_line_loses_doubles_and_narrows_as_told() {
        let (line, laptop, hub) = ends();
        assert_eq!(arriving(&laptop, &hub, 20, 1200), 20);
        line.set(Weather { lost: 0.5, ..Weather::FAIR });
        assert!((10..90).contains(&arriving(&laptop, &hub, 100, 10)));
        line.set(Weather { doubled: 1.0, ..Weather::FAIR });
        assert_eq!(arriving(&laptop, &hub, 20, 10), 40);
        line.set(Weather { largest: 1100, ..Weather::FAIR });
        assert_eq!(arriving(&laptop, &hub, 20, 1101), 0);
        assert_eq!(arriving(&laptop, &hub, 20, 1100), 20);
        line.set(Weather { rate: Some(10_000), ..Weather::FAIR });
        let few = arriving(&laptop, &hub, 20, 1_000);
        assert!((5..15).contains(&few), "{few} of 20 came over a slow line at once");
        assert_eq!(line.offered(), 200);
    }

    #[test]
    fn a_line_is_cut_one_way_and_forgets_the_way_back() {
        let (line, laptop, hub) = ends();
        let mut packet = [0; 16];
        laptop.send(b"out").unwrap();
        let (_, first) = hub.recv_from(&mut packet).unwrap();
        line.set(Weather { back: false, ..Weather::FAIR });
        hub.send_to(b"lost", first).unwrap();
        assert!(laptop.recv(&mut packet).is_err());
        laptop.send(b"out").unwrap();
        assert!(hub.recv(&mut packet).is_ok());

        line.set(Weather::FAIR);
        line.forget();
        laptop.send(b"out").unwrap();
        let (_, second) = hub.recv_from(&mut packet).unwrap();
        assert_ne!(first, second);
        hub.send_to(b"back", second).unwrap();
        assert_eq!(laptop.recv(&mut packet).unwrap(), 4);
    }
}
