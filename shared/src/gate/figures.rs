//! A chapter's figures: the only thing the office sees without an agreement, and of volunteers and peer supporters
//! without their consent.

use std::collections::BTreeMap;

use rand::Rng;

use super::{Agreement, ForShared};
use crate::{
    document::{Content, Edit, Value},
    id::{DocumentId, EntryKey},
    supporter::{
        Role,
        value::{Moment, Stored},
    },
};

/// Counts of a chapter, and which agreements it accepted: what its chapter document in the shared zone holds.
///
/// A count is a key that is overwritten, so it is written at most once a day and not with every edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    counts: BTreeMap<String, u32>,
    accepted: Vec<AcceptedAgreement>,
}

/// That a chapter accepted a version of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedAgreement {
    pub key: EntryKey,
    pub agreement: DocumentId,
    pub version: u32,
    pub accepted_at: Moment,
    /// Whether the chapter confirmed that its members signed the declaration the member line rests on.
    pub members_signed: bool,
}

impl Figures {
    /// Of all the chapter's supporters and of those who hold each role today, as the store counted them. Whoever refused
    /// to be known is counted too: a number names nobody. A role that this version does not know is left out.
    pub fn of(
        supporters: u32,
        holding: impl IntoIterator<Item = (Role, u32)>,
        accepted: Vec<AcceptedAgreement>,
    ) -> Figures {
        let mut counts: BTreeMap<String, u32> =
            Role::ALL.iter().map(|role| (role.code().to_owned(), 0)).collect();
        counts.extend(holding.into_iter().map(|(role, count)| (role.code().to_owned(), count)));
        counts.insert("supporters".to_owned(), supporters);
        Figures { counts, accepted }
    }

    /// The figures that a chapter's shared document holds: who reads them is the office.
    pub fn from_content(content: &Content) -> Figures {
        let count = |(key, values): (&String, &Vec<Value>)| {
            Some((key.strip_prefix("figure/")?.to_owned(), values.iter().filter_map(u32::read).max()?))
        };
        let mut accepted: Vec<EntryKey> = content
            .keys()
            .filter_map(|key| key.strip_prefix("agreement/")?.split('/').next()?.parse().ok())
            .collect();
        accepted.dedup();
        Figures {
            counts: content.iter().filter_map(count).collect(),
            accepted: accepted.into_iter().filter_map(|key| AcceptedAgreement::read(content, key)).collect(),
        }
    }

    /// How many hold `role`.
    pub fn holding(&self, role: Role) -> u32 {
        self.counts.get(role.code()).copied().unwrap_or_default()
    }

    /// How many supporters there are.
    pub fn supporters(&self) -> u32 {
        self.counts.get("supporters").copied().unwrap_or_default()
    }

    /// The acceptances, in no order: each has its time.
    pub fn accepted(&self) -> &[AcceptedAgreement] {
        &self.accepted
    }
}

impl ForShared for Figures {
    fn edits(&self, shared: &Content) -> Vec<Edit> {
        let mut wanted = vec![("type".to_owned(), Value::from("chapter"))];
        wanted.extend(
            self.counts
                .iter()
                .map(|(name, &count)| (format!("figure/{name}"), Value::from(i64::from(count)))),
        );
        wanted.extend(self.accepted.iter().flat_map(AcceptedAgreement::keys));
        let differs = |(key, value): &(String, Value)| {
            shared.get(key).map(Vec::as_slice) != Some(std::slice::from_ref(value))
        };
        wanted.into_iter().filter(differs).map(|(key, value)| Edit::set(key, value)).collect()
    }
}

impl AcceptedAgreement {
    /// The acceptance of an agreement now.
    pub fn of(
        agreement: &Agreement,
        members_signed: bool,
        rng: &mut (impl Rng + ?Sized),
        now: chrono::DateTime<chrono::Utc>,
    ) -> AcceptedAgreement {
        AcceptedAgreement {
            key: EntryKey::random(rng),
            agreement: agreement.id,
            version: agreement.version,
            accepted_at: Moment::at(now),
            members_signed,
        }
    }

    fn read(content: &Content, key: EntryKey) -> Option<AcceptedAgreement> {
        let value = |part: &str| content.get(&format!("agreement/{key}/{part}"))?.first();
        Some(AcceptedAgreement {
            key,
            agreement: DocumentId::read(value("id")?)?,
            version: u32::read(value("version")?)?,
            accepted_at: Moment::read(value("accepted_at")?)?,
            members_signed: value("members_signed").and_then(Value::as_bool).unwrap_or_default(),
        })
    }

    fn keys(&self) -> Vec<(String, Value)> {
        let key = |part: &str| format!("agreement/{}/{part}", self.key);
        vec![
            (key("id"), self.agreement.to_string().into()),
            (key("version"), i64::from(self.version).into()),
            (key("accepted_at"), self.accepted_at.into()),
            (key("members_signed"), self.members_signed.into()),
        ]
    }
}
