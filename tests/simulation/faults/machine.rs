//! One computer: its disk, its clock, and whether it runs.

use helhet_protocol::identity::KeyPair;
use helhet_protocol::log::tombstone::{ERASED, document_hash};
use helhet_protocol::log::{Body, Change, ChangeKind, Generation, Tombstone};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::papers::{BEGIN, CHAPTER, NO_CHAPTER, PUBLISHED, Papers, Planted, SHARED};
use super::store::Store;

/// Documents of a chapter; few, so that everybody writes to the same ones.
const DOCUMENTS: u8 = 8;

pub(crate) struct Machine {
    /// The chapter's place in the papers; `None` for the hub.
    pub(crate) chapter: Option<usize>,
    pub(crate) key: KeyPair,
    pub(crate) store: Store,
    pub(crate) is_up: bool,
    /// Older states of the disk, oldest first.
    pub(crate) images: Vec<Store>,
    /// How wrong the clock is, in seconds.
    pub(crate) clock: i64,
    /// Counts what a session of each chapter should look at.
    pub(crate) news: Vec<u64>,
    /// The disk as it is without the last batch, where a planted bug left that in memory.
    pub(crate) without_last: Option<Box<Store>>,
    /// It has learned that it is no longer one of its chapter's.
    pub(crate) is_out: bool,
    /// In the quiet time at the end a person looks after every fork.
    pub(crate) is_tended: bool,
    /// Entries that were sent to it in that time though it had shown to hold them.
    pub(crate) echoes: u64,
    /// Something was committed since the checkers looked.
    pub(crate) is_dirty: bool,
}

impl Machine {
    pub(crate) fn new(chapter: Option<usize>, papers: &Papers, rng: &mut StdRng) -> Self {
        let key = chapter.map_or(&papers.hub, |place| &papers.chapters[place].device).clone();
        Self::with_key(key, chapter, papers, rng)
    }

    /// A chapter's second device, say.
    pub(crate) fn with_key(key: KeyPair, chapter: Option<usize>, papers: &Papers, rng: &mut StdRng) -> Self {
        Self {
            chapter,
            key,
            store: Store::new(rng.random(), incarnation(chapter.is_none(), rng), papers.planted),
            is_up: true,
            images: Vec::new(),
            clock: 0,
            news: vec![0; papers.chapters.len()],
            without_last: None,
            is_out: false,
            is_tended: false,
            echoes: 0,
            is_dirty: true,
        }
    }

    pub(crate) fn is_hub(&self) -> bool {
        self.chapter.is_none()
    }

    pub(crate) fn now(&self) -> i64 {
        BEGIN.saturating_add(self.clock)
    }

    /// Something was committed.
    pub(crate) fn committed(&mut self) {
        self.without_last = None;
        self.is_dirty = true;
    }

    /// Something was committed that concerns a chapter.
    pub(crate) fn has_news(&mut self, place: usize) {
        self.committed();
        self.news[place] += 1;
    }

    /// One user action, in a chapter's shared zone or, at its devices, in its own.
    pub(crate) fn edit(&mut self, place: usize, papers: &Papers, sizes: (usize, usize), rng: &mut StdRng) {
        let chapter = papers.chapters[place].id;
        let zone = match papers.has_siblings && !self.is_hub() && rng.random_bool(0.5) {
            true => CHAPTER,
            false => SHARED,
        };
        let seals = zone == CHAPTER && !papers.has(Planted::ForgetsToSeal);
        let changes: Vec<Change> = (0..sizes.0)
            .filter_map(|_| {
                let document = [rng.random_range(1..=DOCUMENTS); 16];
                let number = self.store.floor(&chapter, &document);
                let drawn = (number != ERASED).then(|| change(document, number, sizes.1, rng))?;
                Some(if seals { sealed(drawn) } else { drawn })
            })
            .collect();
        if !changes.is_empty() {
            let time = self.now();
            self.store.write(zone, chapter, &self.key, time, changes);
            self.has_news(place);
        }
    }

    /// The office publishes something.
    pub(crate) fn publish(&mut self, rng: &mut StdRng) {
        let changes = vec![change([rng.random_range(1..=DOCUMENTS); 16], 0, 40, rng)];
        let time = self.now();
        self.store.write(PUBLISHED, NO_CHAPTER, &self.key, time, changes);
        (0..self.news.len()).for_each(|place| self.has_news(place));
    }

    /// A document is narrowed, or erased.
    pub(crate) fn raise(&mut self, papers: &Papers, rng: &mut StdRng) {
        let Some(place) = self.chapter else { return };
        let chapter = papers.chapters[place].id;
        let document = [rng.random_range(1..=DOCUMENTS); 16];
        let known = self.store.floor(&chapter, &document);
        let floor = if rng.random_bool(0.2) { ERASED } else { known.saturating_add(1) };
        let tombstone = Tombstone {
            document_hash: document_hash(&document),
            chapter,
            floor,
            zone: SHARED,
            day: 20_000,
            reason: 1,
            authority: self.key.public(),
            erasure: None,
        };
        if self.store.raise(&tombstone.sign(&self.key)) {
            self.has_news(place);
        }
    }

    /// The disk is thrown back to one of its images. A restored one knows what it is; a copied one does not.
    pub(crate) fn throw_back(&mut self, image: usize, renewed: bool, papers: &Papers, rng: &mut StdRng) {
        self.store = self.images[image].clone();
        self.images.truncate(image + 1);
        if renewed {
            self.store.id = rng.random();
            if !papers.has(Planted::KeepsItsIncarnation) {
                self.store.incarnation = incarnation(self.is_hub(), rng);
            }
        }
        self.committed();
        self.news.iter_mut().for_each(|news| *news += 1);
    }
}

/// The hub's are odd, so that a planted bug can be one side's.
pub(crate) fn incarnation(of_hub: bool, rng: &mut StdRng) -> u64 {
    rng.random::<u64>() >> 1 << 1 | u64::from(of_hub)
}

fn change(document: [u8; 16], number: u32, bytes: usize, rng: &mut StdRng) -> Change {
    let mut body = rng.random::<[u8; 16]>().to_vec();
    body.resize(bytes.max(16), body[0]);
    let generation = Generation { number, random: u64::from(number) };
    let body = if rng.random_bool(0.1) { Body::Sealed(body) } else { Body::Open(body) };
    Change { kind: ChangeKind::Automerge, document, generation, body }
}

fn sealed(change: Change) -> Change {
    match change.body {
        Body::Open(body) => Change { body: Body::Sealed(body), ..change },
        Body::Sealed(_) | Body::Absent { .. } => change,
    }
}
