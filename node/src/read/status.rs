//! The sync light, which is true: "sent" is what the hub acknowledged, and nothing else (N16, T20).
use helhet_shared::id::SupporterId;
use helhet_shared::sqlite::comparisons::{self, Comparison};

use crate::store::copies::{self, Copies};
use crate::store::exchange::HUB;
use crate::store::identity::Identity;
use crate::store::refusals::{self, RefusalRow};
use crate::store::{Store, StoreError, owed, supporters, waiting};

/// Where things stand with the hub.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// What the hub has not acknowledged, by supporter.
    pub waiting: Vec<Waiting>,
    /// What the hub refused and nobody has mended, newest first, with the supporter it concerns; none for the chapter's
    /// figures, which the next day's take the place of.
    pub refused: Vec<(Option<SupporterId>, RefusalRow)>,
    /// Receipts for erasures and withdrawals that the hub owes.
    pub receipts_owed: u64,
    /// When the hub last acknowledged anything, unix seconds.
    pub last_acknowledged: Option<i64>,
    /// What came of comparing contents with the hub.
    pub compared: Comparison,
    /// Copies of this store that were found to have written too.
    pub copies: Copies,
}

impl Status {
    /// Whether the hub has everything, and everything gone from here is receipted.
    pub fn is_all_sent(&self) -> bool {
        self.waiting.is_empty() && self.receipts_owed == 0
    }
}

/// Changes that wait. No supporter: the chapter's figures, or somebody who was erased since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub supporter: Option<SupporterId>,
    pub changes: u32,
}

/// Where things stand.
pub fn status(store: &Store, identity: &Identity) -> Result<Status, StoreError> {
    store.database().read(|connection| {
        let own = identity.device.public();
        let mut waiting_now = Vec::new();
        for (document, changes) in waiting::documents(connection, identity.chapter, &own.0, HUB)? {
            let supporter = match document {
                Some(document) => supporters::of_document(connection, document)?,
                None => None,
            };
            waiting_now.push(Waiting { supporter, changes });
        }
        let mut refused = Vec::new();
        for refusal in refusals::standing(connection)? {
            refused.push((supporters::of_document(connection, refusal.document)?, refusal));
        }
        Ok(Status {
            waiting: waiting_now,
            refused,
            receipts_owed: owed::count(connection)?,
            last_acknowledged: waiting::last_acknowledged(connection, HUB)?,
            compared: comparisons::of(connection, HUB)?,
            copies: copies::of(connection)?,
        })
    })
}
