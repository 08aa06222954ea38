//! Two pairs of eyes (design §4): a device erases a set number a day by its own word; above that, what it erases is hidden and
//! not removed until a second device that may erase, or the chapter's root key, has said so too. The chapter key never says so:
//! every such device holds it. Nor does a device that came a moment ago: with the chapter key a thief makes as many as it
//! takes, so all those together erase what one may, and none of them counts as a second. What a store has removed and signed
//! for is removed everywhere, so that all end alike.
use std::collections::BTreeSet;

/// Supporters that a device erases in a day by its own word, counted in each zone by the clock of who is told of it.
pub const ALONE_A_DAY: u32 = 20;

/// For how long a device has to be known before its word counts for itself, in seconds: three days, in which somebody sees what
/// waits and whom the chapter's list of computers has.
pub const SETTLES_AFTER: i64 = 3 * 24 * 60 * 60;

/// A public key.
pub type Key = [u8; 32];

/// Who may have a say in a chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Council {
    /// The chapter's root: its word alone is enough.
    pub root: Option<Key>,
    /// The devices that may erase and are the chapter's now.
    pub devices: BTreeSet<Key>,
    /// Those that are not known for long enough, whatever they may.
    pub newcomers: BTreeSet<Key>,
}

/// What is known of one document that somebody would have erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Who has said that it is to be erased.
    pub erase: BTreeSet<Key>,
    /// Who has taken that back.
    pub take_back: BTreeSet<Key>,
    /// The hub has removed it.
    pub gone_at_hub: bool,
    /// The devices that have removed it, each with how many went by its example today.
    pub gone_at: Vec<(Key, u32)>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes; by the count of this one, if by anybody's.
    Goes { counts_for: Option<Key> },
    /// It is hidden, and kept.
    Waits,
    /// Nobody who counts wants it erased: it is shown.
    Stays,
}

impl Council {
    /// `known_since` says of each device, also of those that may not erase, since when a store knows it (unix seconds). Where all
    /// are new the first of those that may erase counts: it waits for nobody.
    pub fn new(root: Option<Key>, devices: BTreeSet<Key>, known_since: &[(Key, i64)], now: i64) -> Council {
        let is_new = |since: i64| since > now - SETTLES_AFTER;
        let may = known_since.iter().filter(|(key, _)| devices.contains(key));
        let first = may.min_by_key(|(key, since)| (*since, *key)).map(|(key, _)| *key);
        let newcomers = known_since.iter().filter(|(key, since)| is_new(*since) && Some(*key) != first);
        Council { root, newcomers: newcomers.map(|(key, _)| *key).collect(), devices }
    }

    /// Whose erasures count together with those of this one.
    pub fn counted_with(&self, key: &Key) -> Vec<Key> {
        if self.newcomers.contains(key) { self.newcomers.iter().copied().collect() } else { vec![*key] }
    }

    fn counts(&self, key: &Key) -> bool {
        self.devices.contains(key) || self.root.as_ref() == Some(key)
    }

    /// What becomes of a document of which this is known.
    pub fn judge(&self, words: &Words) -> Verdict {
        let goes = |counts_for| Verdict::Goes { counts_for };
        if words.gone_at_hub {
            return goes(None);
        }
        // Whoever asked for it is no example.
        let examples = words.gone_at.iter().filter(|(key, _)| !words.erase.contains(key));
        if let Some((key, _)) = examples.clone().find(|(_, today)| *today < ALONE_A_DAY) {
            return goes(Some(*key));
        }
        if words.take_back.iter().any(|key| self.counts(key)) {
            return Verdict::Stays;
        }
        let by_root = self.root.is_some_and(|root| words.erase.contains(&root));
        let by = words.erase.intersection(&self.devices);
        let settled = by.clone().filter(|key| !self.newcomers.contains(*key)).count();
        match by.count() {
            _ if by_root || settled > 1 => goes(None),
            0 => Verdict::Stays,
            _ => Verdict::Waits,
        }
    }

    /// What becomes of a document that `authority` would have erased, and of which these words were known before. `today` is how
    /// many went by its own word since midnight, or by those [`Council::counted_with`] it.
    pub fn hear(&self, authority: &Key, today: u32, before: &Words) -> Verdict {
        let mut words = before.clone();
        words.erase.insert(*authority);
        let verdict = self.judge(&words);
        let is_taken_back = before.take_back.iter().any(|key| self.counts(key));
        // What has waited goes on waiting, on whatever day it is said again; unless it was taken back, and is said anew.
        let is_known = before.erase.contains(authority) && !is_taken_back;
        let is_free = self.devices.contains(authority) && !is_known && today < ALONE_A_DAY;
        match verdict {
            Verdict::Goes { .. } => verdict,
            Verdict::Waits | Verdict::Stays if is_free => Verdict::Goes { counts_for: Some(*authority) },
            Verdict::Waits | Verdict::Stays => verdict,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOT: Key = [9; 32];

    fn council() -> Council {
        Council { root: Some(ROOT), devices: BTreeSet::from([[1; 32], [2; 32]]), ..Council::default() }
    }

    fn erased_by(keys: &[u8]) -> Words {
        Words { erase: keys.iter().map(|key| [*key; 32]).collect(), ..Words::default() }
    }

    // design §4, P8
    #[test]
    fn a_second_device_or_the_root_has_to_say_so_too() {
        let council = council();
        let goes = |counts_for: Option<u8>| Verdict::Goes { counts_for: counts_for.map(|key| [key; 32]) };
        assert_eq!(council.hear(&[1; 32], ALONE_A_DAY - 1, &Words::default()), goes(Some(1)));
        assert_eq!(council.hear(&[1; 32], ALONE_A_DAY, &Words::default()), Verdict::Waits);
        assert_eq!(council.hear(&[1; 32], 0, &erased_by(&[1])), Verdict::Waits, "what waits, waits");
        assert_eq!(council.hear(&[2; 32], ALONE_A_DAY, &erased_by(&[1])), goes(None));
        assert_eq!(council.hear(&ROOT, 999, &Words::default()), goes(None));
        // The chapter key, an editor, a device that is out: nobody's word.
        assert_eq!(council.judge(&erased_by(&[1, 7])), Verdict::Waits);
        assert_eq!(council.hear(&[7; 32], 0, &erased_by(&[])), Verdict::Stays);
    }

    // design §4: a stolen computer's mass erasure is undone by its removal, or by who takes it back.
    #[test]
    fn what_waits_comes_back() {
        let council = council();
        let mut without = council.clone();
        without.devices.remove(&[1; 32]);
        assert_eq!(without.judge(&erased_by(&[1])), Verdict::Stays);
        let taken_back = |by| Words { take_back: BTreeSet::from([[by; 32]]), ..erased_by(&[1]) };
        assert_eq!(council.judge(&taken_back(2)), Verdict::Stays);
        assert_eq!(council.judge(&taken_back(7)), Verdict::Waits, "nor is its taking back anybody's word");
        // Said anew, by who may.
        let anew = council.hear(&[1; 32], 3, &taken_back(2));
        assert_eq!(anew, Verdict::Goes { counts_for: Some([1; 32]) });
    }

    // design §4: who has the chapter key certifies whom it likes.
    #[test]
    fn a_newcomer_is_no_second() {
        let known = [([1; 32], 0), ([2; 32], 1_000_000), ([3; 32], 1_000_001), ([4; 32], 1_000_001)];
        let may: BTreeSet<Key> = [1, 2, 3].map(|key| [key; 32]).into();
        let council = Council::new(Some(ROOT), may.clone(), &known, 1_000_000);
        assert_eq!(council.newcomers, [2, 3, 4].map(|key| [key; 32]).into());
        assert_eq!(council.judge(&erased_by(&[1, 2, 3])), Verdict::Waits);
        assert_eq!(council.judge(&erased_by(&[2])), Verdict::Waits);
        assert_eq!(council.counted_with(&[2; 32]).len(), 3, "all of them erase what one may");
        assert_eq!(council.counted_with(&[1; 32]), [[1; 32]]);
        let later = Council::new(Some(ROOT), may.clone(), &known, 1_000_000 + SETTLES_AFTER);
        assert_eq!(later.judge(&erased_by(&[1, 2])), Verdict::Goes { counts_for: None });
        assert_eq!(later.judge(&erased_by(&[1, 3])), Verdict::Waits, "a second too early");
        // A chapter that begins has one that counts.
        let begun = Council::new(Some(ROOT), may, &known[1..], 1_000_002);
        assert_eq!(begun.newcomers, [3, 4].map(|key| [key; 32]).into());
    }

    // C1: what one store has removed goes at the others too, and a device's example is worth what its own word would be.
    #[test]
    fn what_is_gone_somewhere_goes_everywhere() {
        let council = council();
        let gone = |at: Vec<(Key, u32)>, take_back: &[u8]| Words {
            gone_at: at,
            take_back: take_back.iter().map(|key| [*key; 32]).collect(),
            ..erased_by(&[1])
        };
        let by_hub = Words { gone_at_hub: true, ..gone(Vec::new(), &[2]) };
        assert_eq!(council.judge(&by_hub), Verdict::Goes { counts_for: None });
        let by_editor = council.judge(&gone(vec![([7; 32], ALONE_A_DAY - 1)], &[2]));
        assert_eq!(by_editor, Verdict::Goes { counts_for: Some([7; 32]) });
        assert_eq!(council.judge(&gone(vec![([7; 32], ALONE_A_DAY)], &[])), Verdict::Waits);
        assert_eq!(
            council.judge(&gone(vec![([1; 32], 0)], &[])),
            Verdict::Waits,
            "nobody is its own example"
        );
    }

    proptest! {
        // design §4: whatever one device says, and in whatever order and however often, no more than the set number goes in a day.
        #[test]
        fn one_device_erases_no_more_than_the_set_number_a_day(
            said in prop::collection::vec((0_usize..60, any::<bool>()), 0..300),
        ) {
            let council = council();
            let mut words = vec![Words::default(); 60];
            let mut gone = [false; 60];
            let mut today = 0;
            for (document, with_the_chapter_key) in said {
                // The chapter key is in the same hands.
                let authority = if with_the_chapter_key { [5; 32] } else { [1; 32] };
                if gone[document] {
                    continue;
                }
                match council.hear(&authority, today, &words[document]) {
                    Verdict::Goes { counts_for } => {
                        prop_assert_eq!(counts_for, Some([1; 32]));
                        (gone[document], today) = (true, today + 1);
                    }
                    Verdict::Waits | Verdict::Stays => drop(words[document].erase.insert(authority)),
                }
            }
            prop_assert!(today <= ALONE_A_DAY);
        }
    }
}
