//! One direction of a connection: bytes that arrive in any portions, late, in part, or never.

use std::collections::VecDeque;

use rand::RngExt as _;
use rand::rngs::StdRng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    /// Nothing more comes after what is there, and the receiver will notice.
    Ended,
    /// What is sent from here on never arrives, and nobody notices but by waiting.
    Swallows,
}

pub(crate) struct Wire {
    bytes: VecDeque<u8>,
    /// Frames that are sent and not whole at the other end.
    unread: VecDeque<usize>,
    sent: usize,
    way: Way,
}

impl Wire {
    pub(crate) fn new() -> Self {
        Self { bytes: VecDeque::new(), unread: VecDeque::new(), sent: 0, way: Way::Open }
    }

    pub(crate) fn send(&mut self, frame: &[u8]) {
        self.sent += frame.len();
        if self.way == Way::Open {
            self.bytes.extend(frame);
            self.unread.push_back(frame.len());
        }
    }

    /// The next portion, as long as chance has it.
    pub(crate) fn portion(&mut self, rng: &mut StdRng) -> Vec<u8> {
        let most = match rng.random_range(0..6) {
            0 => 3,
            1 => 60,
            2 => 1_000,
            _ => 64 * 1024,
        };
        let length = rng.random_range(1..=most).max(most / 2).min(self.bytes.len());
        self.bytes.drain(..length).collect()
    }

    /// A frame has come out whole; gives its length.
    pub(crate) fn is_read(&mut self) -> usize {
        self.unread.pop_front().unwrap_or(0)
    }

    /// Frames on their way: what the sender's driver and the network keep.
    pub(crate) fn on_its_way(&self) -> usize {
        self.unread.len()
    }

    /// Bytes so far.
    pub(crate) fn sent(&self) -> usize {
        self.sent
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The sender is gone; what it sent still arrives.
    pub(crate) fn end(&mut self) {
        if self.way == Way::Open {
            self.way = Way::Ended;
        }
    }

    /// Broken at any byte of what is on its way.
    pub(crate) fn cut(&mut self, rng: &mut StdRng) {
        self.lose_some(rng);
        self.way = Way::Ended;
    }

    /// From any byte of what is on its way nothing arrives any more.
    pub(crate) fn swallow(&mut self, rng: &mut StdRng) {
        if self.way == Way::Open {
            self.lose_some(rng);
            self.way = Way::Swallows;
        }
    }

    /// The receiver takes everything at once.
    pub(crate) fn drain(&mut self) -> Vec<u8> {
        self.unread.clear();
        self.bytes.drain(..).collect()
    }

    fn lose_some(&mut self, rng: &mut StdRng) {
        let kept = rng.random_range(0..=self.bytes.len());
        self.bytes.truncate(kept);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.way == Way::Ended && self.bytes.is_empty()
    }

    pub(crate) fn swallows(&self) -> bool {
        self.way == Way::Swallows
    }
}
