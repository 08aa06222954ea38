use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};

use super::{Basis, Purpose, Supporter};
use crate::{
    command::{GrantInput, grant, withdraw},
    document::{ChangeBody, Content, Document},
    id::{ActorId, SupporterId},
};

#[derive(Clone, Copy, Debug)]
enum Step {
    Give(bool),
    Withdraw(bool),
    Meet,
}

struct Side {
    document: Document,
    changes: Vec<ChangeBody>,
    /// What a plain model says: withdrawals known, and grants with the withdrawals that each knew.
    withdrawals: BTreeSet<usize>,
    grants: BTreeSet<BTreeSet<usize>>,
}

impl Side {
    fn new(seed: u64) -> Side {
        let document = Document::new(ActorId::random(&mut StdRng::seed_from_u64(seed)));
        Side { document, changes: Vec::new(), withdrawals: BTreeSet::new(), grants: BTreeSet::new() }
    }

    fn view(&self) -> Supporter {
        Supporter::from_content(SupporterId::from_bytes([1; 16]), &self.document.content())
    }

    fn expected(&self) -> bool {
        self.grants.iter().any(|known| known.is_superset(&self.withdrawals))
    }
}

fn meet(one: &mut Side, other: &mut Side) {
    one.document.apply(&other.changes).unwrap();
    other.document.apply(&one.changes).unwrap();
    one.withdrawals.extend(&other.withdrawals);
    other.withdrawals.clone_from(&one.withdrawals);
    one.grants.extend(other.grants.iter().cloned());
    other.grants.clone_from(&one.grants);
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![any::<bool>().prop_map(Step::Give), any::<bool>().prop_map(Step::Withdraw), Just(Step::Meet)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    // N14: whatever two devices do apart, a withdrawal stands until a grant that knew of it.
    #[test]
    fn withdrawal_wins(steps in proptest::collection::vec(a_step(), 0..14)) {
        let mut sides = [Side::new(1), Side::new(2)];
        let mut rng = StdRng::seed_from_u64(3);
        let input = GrantInput { purpose: Purpose::Newsletter, basis: Basis::Consent, wording: String::new(), channel: String::new() };
        for (number, step) in steps.into_iter().enumerate() {
            let (side, edits) = match step {
                Step::Meet => {
                    let [one, other] = &mut sides;
                    meet(one, other);
                    continue;
                }
                Step::Give(side) => {
                    let side = &mut sides[usize::from(side)];
                    if !side.expected() {
                        side.grants.insert(side.withdrawals.clone());
                    }
                    let edits = grant(&side.view(), &input, &mut rng, DateTime::UNIX_EPOCH).unwrap();
                    (side, edits)
                }
                Step::Withdraw(side) => {
                    let side = &mut sides[usize::from(side)];
                    side.withdrawals.insert(number);
                    let edits = withdraw(Purpose::Newsletter, &mut rng, DateTime::UNIX_EPOCH);
                    (side, edits)
                }
            };
            side.changes.extend(side.document.edit(&edits, DateTime::UNIX_EPOCH));
            prop_assert_eq!(side.view().permissions.granted(Purpose::Newsletter), side.expected());
        }
        let [one, other] = &mut sides;
        meet(one, other);
        prop_assert_eq!(one.document.content(), other.document.content());
        prop_assert_eq!(one.view().permissions.granted(Purpose::Newsletter), one.expected());
    }
}

// T22, T24: what a newer version wrote is carried, looked at by nothing, touched by nothing.
#[test]
fn unknown_keys_and_values_are_left_alone() {
    let content: Content = [
        ("name/given", "Kari"),
        ("pronoun", "hun"),
        ("role/AAAAAAAA/role", "ambassador"),
        ("role/AAAAAAAA/colour", "green"),
        ("email/not-an-entry-key", "x@y.example"),
    ]
    .map(|(key, value)| (key.to_owned(), vec![value.into()]))
    .into();
    let view = Supporter::from_content(SupporterId::from_bytes([1; 16]), &content);
    assert_eq!(view.facts().len(), 2);
    assert_eq!(view.unreadable().count(), 1);
    assert_eq!(view.content(), &content);
    assert!(format!("{view:?} {:?}", view.name).find("Kari").is_none());
}
