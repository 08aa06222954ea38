//! What a zone holds, as items, and how two sides find out where they differ: sums of ranges first, then the items of
//! the ranges whose sums are not the same. 4 kB for the sums, and 16 bytes for each item of a range that differs.

use super::{Fingerprint, Hash};
use crate::v1::compare::{ITEMS_MAX, RANGES, Short};

/// The items (see [`super::fingerprint::item`]) of a zone's live changes. A change that stands in two logs counts twice.
#[derive(Debug, Clone, Default)]
pub struct Contents(Vec<Hash>);

/// Where two sides differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// What the peer lacks.
    pub there: Vec<Hash>,
    /// What this side lacks.
    pub here: Vec<Short>,
}

impl FromIterator<Hash> for Contents {
    fn from_iter<T: IntoIterator<Item = Hash>>(items: T) -> Self {
        let mut items: Vec<Hash> = items.into_iter().collect();
        items.sort_unstable();
        Self(items)
    }
}

impl Contents {
    /// The fingerprint of the whole.
    pub fn fingerprint(&self) -> Fingerprint {
        sum(&self.0)
    }

    /// The last 16 bytes of each range's sum, one after the other.
    pub fn sums(&self) -> Vec<u8> {
        (0..=u8::MAX).flat_map(|first| short_sum(self.range(first))).collect()
    }

    /// The ranges whose sums are not `theirs`, and the items in them, cut short at [`ITEMS_MAX`]: what is left out
    /// differs still in the next round. Nothing if `theirs` are not sums at all.
    pub fn differing(&self, theirs: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut ranges, mut items) = (Vec::new(), Vec::new());
        let (theirs, rest) = theirs.as_chunks::<16>();
        if theirs.len() != RANGES || !rest.is_empty() {
            return (ranges, items);
        }
        for (first, theirs) in (0..=u8::MAX).zip(theirs) {
            let range = self.range(first);
            if short_sum(range) == *theirs {
                continue;
            }
            if !ranges.is_empty() && items.len() / 16 + range.len() > ITEMS_MAX {
                break;
            }
            ranges.push(first);
            items.extend(range.iter().take(ITEMS_MAX).flat_map(short));
        }
        (ranges, items)
    }

    /// What either side lacks of these ranges, the peer's `items` being all that it holds there.
    pub fn difference(&self, ranges: &[u8], items: &[u8]) -> Difference {
        let mut theirs = items.as_chunks::<16>().0.to_vec();
        theirs.sort_unstable();
        let mut difference = Difference::default();
        // Ascending, each once: a peer that says one range a million times gets one answer.
        for (index, &first) in ranges.iter().enumerate() {
            if index > 0 && ranges[index - 1] >= first {
                break;
            }
            let mut ours = self.range(first).iter().peekable();
            let from = theirs.partition_point(|item| item[0] < first);
            let upto = theirs.partition_point(|item| item[0] <= first);
            for item in theirs.get(from..upto).unwrap_or_default() {
                while let Some(before) = ours.next_if(|own| short(own) < *item) {
                    difference.there.push(*before);
                }
                if ours.next_if(|own| short(own) == *item).is_none() {
                    difference.here.push(*item);
                }
            }
            difference.there.extend(ours);
        }
        difference
    }

    fn range(&self, first: u8) -> &[Hash] {
        let from = self.0.partition_point(|item| item[0] < first);
        let upto = self.0.partition_point(|item| item[0] <= first);
        self.0.get(from..upto).unwrap_or_default()
    }
}

/// The first 16 bytes of an item.
pub fn short(item: &Hash) -> Short {
    let mut short = [0; 16];
    short.copy_from_slice(&item[..16]);
    short
}

fn sum(items: &[Hash]) -> Fingerprint {
    let mut sum = Fingerprint::default();
    items.iter().for_each(|item| sum.add_hash(item));
    sum
}

fn short_sum(items: &[Hash]) -> Short {
    sum(items).short()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use sha2::Digest as _;

    use super::*;

    fn hashed(numbers: &BTreeSet<u16>) -> Contents {
        numbers.iter().map(|number| sha2::Sha256::digest(number.to_be_bytes()).into()).collect()
    }

    proptest! {
        /// C1: whatever two sides hold, the exchange finds exactly what each lacks.
        #[test]
        fn what_differs_is_found_whole(one in prop::collection::btree_set(any::<u16>(), 0..300), other in prop::collection::btree_set(any::<u16>(), 0..300)) {
            let (here, there) = (hashed(&one), hashed(&other));
            let (ranges, items) = there.differing(&here.sums());
            let found = here.difference(&ranges, &items);
            let of = |numbers: Vec<&u16>| hashed(&numbers.into_iter().copied().collect()).0;
            prop_assert_eq!(found.there, of(one.difference(&other).collect()));
            let lacking: Vec<Short> = of(other.difference(&one).collect()).iter().map(short).collect();
            prop_assert_eq!(found.here, lacking);
            prop_assert_eq!(here.fingerprint() == there.fingerprint(), one == other);
        }

        #[test]
        fn what_a_peer_makes_up_breaks_nothing(one in prop::collection::btree_set(any::<u16>(), 0..50), ranges in prop::collection::vec(any::<u8>(), 0..20), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = hashed(&one).differing(&bytes);
            let _ = hashed(&one).difference(&ranges, &bytes);
        }
    }

    #[test]
    fn a_change_that_stands_twice_at_one_side_is_lacking_once_at_the_other() {
        let twice: Contents = [[7; 32], [7; 32]].into_iter().collect();
        let once: Contents = [[7; 32]].into_iter().collect();
        let (ranges, items) = once.differing(&twice.sums());
        assert_eq!(twice.difference(&ranges, &items), Difference { there: vec![[7; 32]], here: vec![] });
    }
}
