//! Who is who in a schedule: the office, its hub, the chapters and their devices, and the bugs that are planted on purpose.

use helhet_protocol::identity::{
    Chapter, ChapterKeyCertificate, DeviceCertificate, DeviceChain, DeviceRole, HubChain, KeyPair, PublicKey,
    RootKey, Signed,
};
use helhet_protocol::v1::Credential;
use rand::RngExt as _;
use rand::rngs::StdRng;

/// Zones as the wire numbers them.
pub(crate) const CHAPTER: u8 = 2;
pub(crate) const SHARED: u8 = 3;
pub(crate) const PUBLISHED: u8 = 4;
/// Nobody's chapter: what is published belongs to none.
pub(crate) const NO_CHAPTER: Chapter = [0; 16];
/// When every schedule begins, unix seconds.
pub(crate) const BEGIN: i64 = 1_800_000_000;

/// A chapter, its first device and in some its second, and a telephone of the chapter that somebody lost.
pub(crate) struct ChapterPapers {
    pub(crate) id: Chapter,
    pub(crate) root: PublicKey,
    pub(crate) key: KeyPair,
    pub(crate) device: KeyPair,
    pub(crate) chain: DeviceChain,
    pub(crate) sibling: Option<(KeyPair, DeviceChain)>,
    pub(crate) lost: KeyPair,
    pub(crate) lost_chain: DeviceChain,
}

/// What does not change while a schedule runs.
pub(crate) struct Papers {
    pub(crate) office: PublicKey,
    pub(crate) hub: KeyPair,
    pub(crate) hub_chain: HubChain,
    /// The last one is hostile: let in like every other, and up to no good.
    pub(crate) chapters: Vec<ChapterPapers>,
    /// Chapters have a zone that the hub relays and cannot read, and some have two devices.
    pub(crate) has_siblings: bool,
    /// Whether a device mends a fork at once, as SPEC.md says, or waits for a person, as the program does today.
    pub(crate) mends: bool,
    pub(crate) planted: Option<Planted>,
}

impl Papers {
    /// `siblings` is what second devices are drawn from, where there are any.
    pub(crate) fn draw(
        chapters: usize,
        planted: Option<Planted>,
        rng: &mut StdRng,
        mut siblings: Option<&mut StdRng>,
    ) -> Self {
        let office = RootKey::from_seed(&rng.random());
        let hub = KeyPair::from_seed(&rng.random());
        let hub_chain = office.certify_hub(hub.public(), i64::MAX, 1);
        let mut chapters: Vec<ChapterPapers> = (0..=chapters).map(|_| ChapterPapers::draw(rng)).collect();
        let mends = rng.random_bool(0.5);
        let has_siblings = siblings.is_some();
        if let Some(rng) = &mut siblings {
            let honest = chapters.len() - 1;
            for chapter in &mut chapters[..honest] {
                if rng.random_bool(0.7) {
                    chapter.sibling = Some(chapter.another(rng));
                }
            }
        }
        Self { office: office.public(), hub, hub_chain, chapters, has_siblings, mends, planted }
    }

    pub(crate) fn has(&self, bug: Planted) -> bool {
        self.planted == Some(bug)
    }

    /// The hostile chapter's place.
    pub(crate) fn hostile(&self) -> usize {
        self.chapters.len() - 1
    }

    pub(crate) fn hub_credential(&self) -> Credential {
        Credential::Hub(self.hub_chain.clone())
    }

    pub(crate) fn place_of(&self, chapter: &Chapter) -> Option<usize> {
        self.chapters.iter().position(|papers| papers.id == *chapter)
    }
}

impl ChapterPapers {
    fn draw(rng: &mut StdRng) -> Self {
        let root = RootKey::from_seed(&rng.random());
        let [key, device, lost] = std::array::from_fn(|_| KeyPair::from_seed(&rng.random()));
        let id: Chapter = rng.random();
        let chapter_key = root.certify_chapter_key(id, key.public(), 1);
        let chain = |of: &KeyPair| certified(id, &chapter_key, &key, of);
        let (chain_of_device, lost_chain) = (chain(&device), chain(&lost));
        let root = root.public();
        Self { id, root, key, device, chain: chain_of_device, sibling: None, lost, lost_chain }
    }

    fn another(&self, rng: &mut StdRng) -> (KeyPair, DeviceChain) {
        let device = KeyPair::from_seed(&rng.random());
        let chain = certified(self.id, &self.chain.chapter_key, &self.key, &device);
        (device, chain)
    }

    /// Those that are not lost.
    pub(crate) fn devices(&self) -> Vec<PublicKey> {
        let sibling = self.sibling.as_ref().map(|(key, _)| key.public());
        std::iter::once(self.device.public()).chain(sibling).collect()
    }

    pub(crate) fn chain_of(&self, device: &PublicKey) -> &DeviceChain {
        match &self.sibling {
            Some((key, chain)) if key.public() == *device => chain,
            Some(_) | None => &self.chain,
        }
    }
}

fn certified(
    id: Chapter,
    chapter_key: &Signed<ChapterKeyCertificate>,
    key: &KeyPair,
    of: &KeyPair,
) -> DeviceChain {
    let certificate = DeviceCertificate::new(id, "device", of.public(), DeviceRole::Admin, BEGIN);
    DeviceChain::certify(chapter_key.clone(), &certificate, key)
}

/// A bug that is put into the simulator's own store or driver, to prove that a checker sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Planted {
    /// The batch is acknowledged, and lost if the power goes before the next commit.
    AcknowledgesBeforeCommit,
    /// A batch is stored without its last entry, and acknowledged whole.
    LosesAnEntry,
    /// An entry is stored twice.
    AppliesTwice,
    /// What arrives is not held against the floors.
    ForgetsTheFloorGate,
    /// A floor is noted and what lies under it stays.
    ForgetsToPrune,
    /// A floor that arrives counts even if it is lower.
    LowersFloors,
    /// The hub drops a change without a word.
    DropsAChange,
    /// One bit of a body is another.
    DamagesABody,
    /// A revoked device is let in and its entries are stored.
    TakesTheRevoked,
    /// Who is let in may write anything.
    ForgetsRights,
    /// The digest of what is gone counts a floor twice.
    MiscountsFloors,
    /// Who parts from a copy takes the other life's entries and forgets its own.
    ForgetsItsOwnLife,
    /// Messages are read ahead without limit.
    ReadsAheadWithoutLimit,
    /// A restored hub goes on in its old logs.
    KeepsItsIncarnation,
    /// The hub offers each device another chapter's zone as well.
    OffersAnotherChapter,
    /// The hub forgets that a chapter has another device.
    ForgetsSiblings,
    /// A device writes to the chapter's own zone as if it were shared.
    ForgetsToSeal,
    /// Entries go out although a floor that took their bodies waits to be told.
    LetsFloorsWait,
}
