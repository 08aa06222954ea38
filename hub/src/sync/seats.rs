//! Seats for who has dialled and was not let in yet. Strangers who say nothing must not keep a chapter out: when all
//! seats are taken, room is made by who has sat longest of the network that has most of them.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Who has not said an acceptable hello.
pub(super) const STRANGERS_MAX: usize = 1_000;

/// All seats. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Seats(Arc<Mutex<Table>>);

#[derive(Default)]
struct Table {
    next: u64,
    taken: usize,
    /// In the order in which they came.
    by_network: HashMap<IpAddr, BTreeMap<u64, oneshot::Sender<()>>>,
}

/// A seat, until dropped.
pub(super) struct Seat {
    seats: Seats,
    network: IpAddr,
    number: u64,
}

impl Seats {
    /// A seat for somebody at this address; who is asked to leave hears it by the receiver.
    pub(super) fn take(&self, address: IpAddr) -> (Seat, oneshot::Receiver<()>) {
        let network = network(address);
        let (leave, asked_to_leave) = oneshot::channel();
        let mut table = self.lock();
        if table.taken >= STRANGERS_MAX {
            table.make_room();
        }
        let number = table.next;
        table.next += 1;
        table.taken += 1;
        table.by_network.entry(network).or_default().insert(number, leave);
        (Seat { seats: self.clone(), network, number }, asked_to_leave)
    }

    /// Whether so many have come that each has to prove first that it is where it says.
    pub(super) fn are_half_taken(&self) -> bool {
        self.lock().taken > STRANGERS_MAX / 2
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn make_room(&mut self) {
        let most = self.by_network.iter().max_by_key(|(_, seats)| seats.len());
        let Some(network) = most.map(|(network, _)| *network) else { return };
        let first = self.by_network.get(&network).and_then(|seats| seats.keys().next().copied());
        if let Some(number) = first
            && let Some(leave) = self.remove(&network, number)
        {
            // Who has left by itself meanwhile hears nothing.
            let _ = leave.send(());
        }
    }

    fn remove(&mut self, network: &IpAddr, number: u64) -> Option<oneshot::Sender<()>> {
        let seats = self.by_network.get_mut(network)?;
        let leave = seats.remove(&number)?;
        if seats.is_empty() {
            self.by_network.remove(network);
        }
        self.taken -= 1;
        Some(leave)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().remove(&self.network, self.number);
    }
}

/// One household of IPv6 has more addresses than the hub has seats.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => match long.to_ipv4_mapped() {
            Some(short) => IpAddr::V4(short),
            None => {
                let [a, b, c, d, ..] = long.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    // C8
    #[test]
    fn the_network_with_most_seats_makes_room_and_nobody_else_leaves() {
        let seats = Seats::default();
        let (_chapter, mut chapter_leaves) = seats.take(address(1));
        let mut crowd: Vec<_> = (1..STRANGERS_MAX).map(|_| seats.take(address(2))).collect();
        assert!(seats.are_half_taken());
        let (_other, mut other_leaves) = seats.take(address(3));
        assert!(crowd[0].1.try_recv().is_ok(), "who sat longest of the many makes room");
        assert!(crowd[1].1.try_recv().is_err());
        assert!(chapter_leaves.try_recv().is_err() && other_leaves.try_recv().is_err());
        crowd.clear();
        assert!(!seats.are_half_taken());
        assert_eq!(seats.lock().taken, 2);
    }

    #[test]
    fn a_household_is_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:8:9:a:b"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
