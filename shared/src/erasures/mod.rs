//! The register of erasures as people read it: each erasure by its day and number, the stores that held the supporter, and
//! which of them have said that it is gone there. No names of supporters: they are gone.
pub mod second_word;

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::supporter::value::codes;

/// Who has not signed by then is late: one month (GDPR Art. 12(3)).
pub const LATE_AFTER_DAYS: i64 = 30;
/// What stands in a backup is gone from there after so many days: older backups are not kept, and a restored one hears of
/// every erasure before it opens.
pub const BACKUP_DAYS: u32 = 30;

/// A document that was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub document_hash: [u8; 32],
    /// Hash of the signed tombstone.
    pub tombstone: [u8; 32],
    /// The same for all documents of one supporter.
    pub number: [u8; 16],
    /// [`crate::zone::Zone`]'s code.
    pub zone: u8,
    /// Days since 1970-01-01.
    pub day: u32,
    /// Who erased.
    pub authority: [u8; 32],
    /// The devices that owe a receipt; named on one document of an erasure.
    pub holders: Vec<[u8; 32]>,
    /// Since when it is gone from the store that says so, unix seconds.
    pub at: i64,
    /// By whose right to erase a number a day alone, if by anybody's.
    pub counted_for: Option<[u8; 32]>,
    /// That store has signed for it, or need not.
    pub signed: bool,
}

/// A store's word that a document is gone there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub document_hash: [u8; 32],
    pub signer: [u8; 32],
    /// The signer is the office's hub.
    pub by_hub: bool,
    /// Days since 1970-01-01.
    pub finished_day: u32,
    pub backup_until_day: u32,
    /// When it came here, unix seconds.
    pub at: i64,
}

codes! {
    /// How a device stands with its chapter.
    HolderState {
        In = "in",
        /// The chapter has removed it.
        Removed = "removed",
        /// Kept out since the chapter was restored by its phrase.
        KeptOut = "kept_out",
        /// Its certificate has run out.
        Expired = "expired",
    }
}

/// A device of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub key: [u8; 32],
    pub name: String,
    pub state: HolderState,
}

/// An erasure, with all who held the supporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub number: Number,
    /// By the clock of who erased.
    pub day: NaiveDate,
    /// Since when it is gone from the store that tells.
    pub at: DateTime<Utc>,
    /// The office first, then devices by name.
    pub stores: Vec<Store>,
}

/// A store that held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// A device's name; none for the office.
    pub device: Option<String>,
    pub state: StoreState,
}

/// What a store has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreState {
    /// It is gone there.
    Confirmed { on: NaiveDate, gone_from_backups: NaiveDate },
    /// It has still to say so.
    Owes,
    /// It is the chapter's no longer, and nobody can say whether it is gone there.
    Unconfirmed(HolderState),
}

/// By which people call an erasure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub [u8; 16]);

impl Number {
    /// All of it, as lower-case hexadecimal digits.
    pub fn in_full(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }
}

impl fmt::Display for Number {
    /// The first eight digits, in two groups.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = data_encoding::HEXUPPER.encode(&self.0[..4]);
        write!(f, "{}-{}", &digits[..4], &digits[4..])
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

impl Erasure {
    /// All who could have signed.
    pub fn is_complete(&self) -> bool {
        self.stores.iter().all(|store| store.state != StoreState::Owes)
    }

    /// Somebody owes for more than a month.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        !self.is_complete() && now - self.at > TimeDelta::days(LATE_AFTER_DAYS)
    }

    /// Those who have still to sign; none for the office.
    pub fn owing(&self) -> impl Iterator<Item = Option<&str>> {
        let owing = self.stores.iter().filter(|store| store.state == StoreState::Owes);
        owing.map(|store| store.device.as_deref())
    }
}

/// Puts the register together; what is owed for first, the oldest before all, and then what is complete, the newest first.
pub fn register(erased: &[Erased], receipts: &[Receipt], devices: &[Holder]) -> Vec<Erasure> {
    let mut by_number: BTreeMap<[u8; 16], Vec<&Erased>> = BTreeMap::new();
    for one in erased {
        by_number.entry(one.number).or_default().push(one);
    }
    let mut by_document: BTreeMap<[u8; 32], Vec<&Receipt>> = BTreeMap::new();
    for receipt in receipts {
        by_document.entry(receipt.document_hash).or_default().push(receipt);
    }
    let mut all: Vec<Erasure> =
        by_number.into_iter().map(|(number, parts)| erasure(number, &parts, &by_document, devices)).collect();
    all.sort_by_key(|erasure| {
        let (done, at) = (erasure.is_complete(), erasure.at.timestamp());
        (done, if done { -at } else { at }, erasure.number)
    });
    all
}

fn erasure(
    number: [u8; 16],
    parts: &[&Erased],
    receipts: &BTreeMap<[u8; 32], Vec<&Receipt>>,
    devices: &[Holder],
) -> Erasure {
    let of = |part: &Erased| receipts.get(&part.document_hash).into_iter().flatten().copied();
    // Who has signed for every part of it says the day of the last.
    let confirmed = |is_theirs: &dyn Fn(&Receipt) -> bool| -> Option<StoreState> {
        let mut last: Option<(u32, u32)> = None;
        for part in parts {
            let theirs = of(part).filter(|receipt| is_theirs(receipt));
            let theirs = theirs.map(|receipt| (receipt.finished_day, receipt.backup_until_day)).max()?;
            last = last.max(Some(theirs));
        }
        last.map(|(on, until)| StoreState::Confirmed { on: day(on), gone_from_backups: day(until) })
    };
    let hub = confirmed(&|receipt| receipt.by_hub).unwrap_or(StoreState::Owes);
    let mut stores = vec![Store { device: None, state: hub }];
    let mut keys: Vec<[u8; 32]> = parts.iter().flat_map(|part| part.holders.iter().copied()).collect();
    let signers = parts.iter().flat_map(|part| of(part)).filter(|receipt| !receipt.by_hub);
    keys.extend(signers.map(|receipt| receipt.signer));
    keys.sort_unstable();
    keys.dedup();
    let mut of_devices: Vec<Store> = keys
        .iter()
        .map(|key| {
            let known = devices.iter().find(|device| device.key == *key);
            let name =
                known.map_or_else(|| data_encoding::HEXLOWER.encode(&key[..4]), |known| known.name.clone());
            let state = known.map_or(HolderState::Removed, |known| known.state);
            let state = confirmed(&|receipt| receipt.signer == *key).unwrap_or(match state {
                HolderState::In => StoreState::Owes,
                gone @ (HolderState::Removed | HolderState::KeptOut | HolderState::Expired) => {
                    StoreState::Unconfirmed(gone)
                }
            });
            Store { device: Some(name), state }
        })
        .collect();
    of_devices.sort_by(|one, other| one.device.cmp(&other.device));
    stores.extend(of_devices);
    let at = parts.iter().map(|part| part.at).max().unwrap_or_default();
    Erasure {
        number: Number(number),
        day: day(parts.iter().map(|part| part.day).max().unwrap_or_default()),
        at: DateTime::from_timestamp(at, 0).unwrap_or_default(),
        stores,
    }
}

/// The day that is so many after 1970-01-01.
pub fn day(days: u32) -> NaiveDate {
    NaiveDate::default().checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

/// The days from 1970-01-01 to this moment, unix seconds.
pub fn day_of(seconds: i64) -> u32 {
    u32::try_from(seconds.div_euclid(86_400)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: [u8; 32] = [9; 32];

    fn part(document: u8, holders: &[u8]) -> Erased {
        Erased {
            document_hash: [document; 32],
            tombstone: [document; 32],
            number: [1; 16],
            zone: 2,
            day: 20_000,
            authority: [1; 32],
            holders: holders.iter().map(|holder| [*holder; 32]).collect(),
            at: 20_000 * 86_400,
            counted_for: None,
            signed: true,
        }
    }

    fn receipt(document: u8, signer: u8) -> Receipt {
        Receipt {
            document_hash: [document; 32],
            signer: [signer; 32],
            by_hub: [signer; 32] == OFFICE,
            finished_day: 20_000 + u32::from(document),
            backup_until_day: 20_030,
            at: 0,
        }
    }

    fn devices() -> Vec<Holder> {
        let of = |key: u8, name: &str, state| Holder { key: [key; 32], name: name.to_owned(), state };
        vec![
            of(1, "Kontoret", HolderState::In),
            of(2, "Stand", HolderState::In),
            of(3, "Mistet", HolderState::Removed),
            of(4, "Ny", HolderState::In),
        ]
    }

    // P8, C6: complete when every store that held it has signed for all of it; who is out is named, and holds nobody up; who
    // came later owes nothing.
    #[test]
    fn an_erasure_is_complete_when_all_who_held_it_have_signed() {
        let parts = [part(1, &[1, 2, 3]), part(2, &[])];
        let mut receipts = vec![receipt(1, 1), receipt(2, 1), receipt(1, 2), receipt(1, 9), receipt(2, 9)];
        let of = |receipts: &[Receipt]| register(&parts, receipts, &devices()).remove(0);
        let now = |days: i64| DateTime::from_timestamp((20_000 + days) * 86_400, 1).unwrap();
        let open = of(&receipts);
        assert_eq!(open.owing().collect::<Vec<_>>(), [Some("Stand")], "half of it is not all of it");
        assert!(!open.is_late(now(30 - 1)) && open.is_late(now(30)));
        receipts.push(receipt(2, 2));
        let done = of(&receipts);
        assert!(done.is_complete() && !done.is_late(now(99)));
        let names: Vec<_> = done.stores.iter().map(|store| store.device.as_deref()).collect();
        assert_eq!(names, [None, Some("Kontoret"), Some("Mistet"), Some("Stand")]);
        assert_eq!(done.stores[2].state, StoreState::Unconfirmed(HolderState::Removed));
        let on = |days| NaiveDate::from_ymd_opt(2024, 10, days).unwrap();
        let confirmed = StoreState::Confirmed { on: on(6), gone_from_backups: on(4) + Days::new(30) };
        assert_eq!(done.stores[3].state, confirmed);
    }

    // P8: the office alone is no erasure, and one that nobody is known to have held still waits for it.
    #[test]
    fn the_office_always_owes_its_word() {
        let open = register(&[part(1, &[])], &[], &devices()).remove(0);
        assert_eq!(open.owing().collect::<Vec<_>>(), [None]);
        assert_eq!(open.number.to_string(), "0101-0101");
    }
}
