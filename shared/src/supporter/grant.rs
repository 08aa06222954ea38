//! Grants and withdrawals: what a supporter allowed, and what no longer.
//!
//! Withdrawal wins, by no clock (N14): a grant names the withdrawals it knew of, and counts only while there is no
//! other. A withdrawal made on another device at the same time is one that the grant did not know.

use std::collections::BTreeSet;

use super::{
    register::Reading,
    value::{Line, Moment, Stored, codes},
};
use crate::{document::Value, id::EntryKey};

codes! {
    /// What data may be used for. Agreements and grants name purposes.
    Purpose {
        Membership = "membership",
        Newsletter = "newsletter",
        Gifts = "gifts",
        Volunteering = "volunteering",
        PeerSupport = "peer_support",
        /// To be known to the office at all, whatever the role. An explicit no to this keeps everything in the chapter.
        NationalRecord = "national_record",
        /// Organisations that sponsor or work together with us.
        Partnership = "partnership",
    }
}

codes! {
    /// The lawful basis of a purpose (GDPR Art. 6).
    Basis {
        Consent = "consent",
        Contract = "contract",
        LegalObligation = "legal_obligation",
        LegitimateInterest = "legitimate_interest",
    }
}

/// A recorded permission for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub key: EntryKey,
    pub purpose: Reading<Purpose>,
    pub basis: Reading<Basis>,
    pub given_at: Reading<Moment>,
    /// Which wording was accepted (version of the text).
    pub wording: Reading<Line>,
    /// Through which door: `form`, `import`, `paper`.
    pub channel: Reading<Line>,
    /// The withdrawals that were known when it was given.
    pub confirms: Reading<Confirmed>,
}

/// A recorded withdrawal, or a no that was said without a yes before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    pub key: EntryKey,
    pub purpose: Reading<Purpose>,
    pub at: Reading<Moment>,
    /// Whether the supporter said no of its own, rather than take back a yes.
    pub refused: Reading<bool>,
}

/// The keys of the withdrawals a grant knew, as a comma list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed(pub BTreeSet<EntryKey>);

impl Stored for Confirmed {
    fn read(value: &Value) -> Option<Confirmed> {
        let keys = value.as_text()?.split(',').filter(|key| !key.is_empty()).map(str::parse);
        Some(Confirmed(keys.collect::<Result<_, _>>().ok()?))
    }
}

impl std::fmt::Display for Confirmed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<String> = self.0.iter().map(EntryKey::to_string).collect();
        f.write_str(&keys.join(","))
    }
}

/// All that a supporter allowed and took back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    pub grants: Vec<Grant>,
    pub withdrawals: Vec<Withdrawal>,
}

impl Permissions {
    /// Whether `purpose` is granted: some grant of it knew every withdrawal of it.
    pub fn granted(&self, purpose: Purpose) -> bool {
        self.effective(purpose).next().is_some()
    }

    /// The grants of `purpose` that stand.
    pub fn effective(&self, purpose: Purpose) -> impl Iterator<Item = &Grant> {
        self.grants
            .iter()
            .filter(move |grant| grant.is_for(purpose) && self.unconfirmed(grant, purpose).next().is_none())
    }

    /// Whether the supporter said no to `purpose`, and no later yes knew of it.
    pub fn refused(&self, purpose: Purpose) -> bool {
        !self.granted(purpose)
            && self.withdrawals.iter().any(|withdrawal| withdrawal.is_for(purpose) && withdrawal.is_refusal())
    }

    /// Whether `purpose` was granted or refused before and stands withdrawn now.
    pub fn withdrawn(&self, purpose: Purpose) -> bool {
        !self.granted(purpose) && self.withdrawals.iter().any(|withdrawal| withdrawal.is_for(purpose))
    }

    /// The withdrawals of `purpose` that a new grant has to name.
    pub fn withdrawals_of(&self, purpose: Purpose) -> impl Iterator<Item = &Withdrawal> {
        self.withdrawals.iter().filter(move |withdrawal| withdrawal.is_for(purpose))
    }

    /// The withdrawals that undo a grant: those of `purpose` that it did not know.
    pub fn unconfirmed<'p>(
        &'p self,
        grant: &'p Grant,
        purpose: Purpose,
    ) -> impl Iterator<Item = &'p Withdrawal> {
        self.withdrawals_of(purpose).filter(|withdrawal| !grant.confirms(withdrawal.key))
    }
}

impl Grant {
    /// Whether it is for `purpose` and nothing else: one that two writers made different things of permits nothing.
    pub fn is_for(&self, purpose: Purpose) -> bool {
        self.purpose.values.len() == 1 && self.purpose.known() == Some(&purpose)
    }

    fn confirms(&self, withdrawal: EntryKey) -> bool {
        !self.confirms.is_empty()
            && self.confirms.iter().all(|list| list.known().is_some_and(|list| list.0.contains(&withdrawal)))
    }
}

impl Withdrawal {
    /// Whether it takes back `purpose`, by any of its values.
    pub fn is_for(&self, purpose: Purpose) -> bool {
        self.purpose.all_known().any(|&known| known == purpose)
    }

    /// Whether it is a no of the supporter's own.
    pub fn is_refusal(&self) -> bool {
        self.refused.all_known().any(|&refused| refused)
    }
}
