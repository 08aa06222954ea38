//! Which agreements the office has published, and which one this chapter goes by.
use helhet_shared::gate::Agreement;
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::documents;
use helhet_shared::zone::Zone;

use crate::store::{Store, StoreError};
use crate::write::{agreement, held};

/// Published and accepted.
#[derive(Clone, Debug, Default)]
pub struct AgreementState {
    /// The document to accept, and what it says; those that this version cannot read are left out.
    pub published: Vec<(DocumentId, Agreement)>,
    /// As it stood when it was accepted.
    pub accepted: Option<Agreement>,
}

impl AgreementState {
    /// The newest published one that is not the accepted one.
    pub fn to_accept(&self) -> Option<&(DocumentId, Agreement)> {
        let newest = self.published.iter().max_by_key(|(_, agreement)| agreement.version)?;
        let accepted = self.accepted.as_ref().map(|agreement| (agreement.id, agreement.version));
        (accepted != Some((newest.1.id, newest.1.version))).then_some(newest)
    }
}

/// Where agreements stand.
pub fn agreements(store: &Store) -> Result<AgreementState, StoreError> {
    store.database().read(|connection| {
        let mut published = Vec::new();
        for (_, stored) in documents::of_zone(connection, &[0; 16], Zone::Published.code(), 0, 1_000)? {
            let content = held::load(&stored)?.content();
            if let Ok(agreement) = Agreement::from_content(&content) {
                published.push((DocumentId::from_bytes(stored.document), agreement));
            }
        }
        Ok(AgreementState { published, accepted: agreement::accepted(connection)? })
    })
}
