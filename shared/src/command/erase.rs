//! What has to go when a supporter is erased.

use crate::{
    id::{DocumentId, SupporterId},
    supporter::Supporter,
    zone::Zone,
};

/// A supporter's documents in every zone of its chapter. Each gets a tombstone with the highest floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub supporter: SupporterId,
    pub documents: Vec<(Zone, DocumentId)>,
}

/// The documents to erase: the chapter's own, and all that were drawn for it in the other zones, also where two
/// devices drew different ones, and whether or not they were ever made.
pub fn erase(supporter: &Supporter) -> Erasure {
    let shared = supporter.documents.shared.all_known().map(|&id| (Zone::Shared, id));
    let confidential = supporter.documents.confidential.all_known().map(|&id| (Zone::Confidential, id));
    let documents =
        std::iter::once((Zone::Chapter, supporter.id.into())).chain(shared).chain(confidential).collect();
    Erasure { supporter: supporter.id, documents }
}
