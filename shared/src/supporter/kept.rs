//! Why somebody may not be erased yet.

use chrono::NaiveDate;

use super::{Field, Supporter, value::codes};

codes! {
    /// What asks for the record, though the supporter would be erased (P8, P12).
    KeptFor {
        /// The law on bookkeeping: some years.
        Bookkeeping = "bookkeeping",
        /// A claim that was made, or may be.
        Claim = "claim",
    }
}

impl KeptFor {
    /// Where it is recorded.
    pub const fn field(self) -> Field {
        match self {
            Self::Bookkeeping => Field::KeptForBookkeeping,
            Self::Claim => Field::KeptForClaim,
        }
    }

    /// What a field records.
    pub fn of(field: Field) -> Option<Self> {
        Self::ALL.iter().copied().find(|kept| kept.field() == field)
    }
}

/// Kept until a day, from which on the supporter may be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    pub until: NaiveDate,
    pub because: KeptFor,
}

impl Supporter {
    /// What keeps the supporter on this day, the longest first.
    pub fn kept(&self, today: NaiveDate) -> Vec<Kept> {
        let kept = self.facts().iter().filter_map(|fact| Some((fact, KeptFor::of(fact.field)?)));
        let kept = kept.flat_map(|(fact, because)| {
            let days = fact.texts().into_iter().filter_map(|text| text.parse().ok());
            days.map(move |until| Kept { until, because })
        });
        let mut kept: Vec<Kept> = kept.filter(|kept| today < kept.until).collect();
        kept.sort_by(|one, other| other.cmp(one));
        kept
    }
}
