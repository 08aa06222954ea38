//! Contents are compared where positions agree: at hello, or once all is exchanged. Where they differ, the side that
//! dialled goes through the zone in rounds until nothing more can be given, and says what came of it.
//!
//! ```text
//! (check ─▶ ◀─ checked)   sums ─▶ ◀─ items   repair ─▶ ◀─ repair   … again while something was given
//! ```

use std::collections::VecDeque;

use super::{Action, Missing, Phase, Reconciled, Scope, Session, Standing};
use crate::v1::compare::ITEMS_MAX;
use crate::v1::{Check, Checked, CloseCode, Items, MINOR_COMPARE, Message, Repair, Sums};

/// How far the side that dialled is.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    /// The peer speaks of it.
    spoken: bool,
    checking: Checking,
    /// Somebody wants to know, whatever was compared before.
    wanted: bool,
    /// How far the store was, in entries and in what is gone, when it was last looked at because somebody asked.
    looked_at: (u64, u64),
    /// Zones that differ and were not gone through yet.
    waiting: VecDeque<Scope>,
    round: Option<Round>,
    /// Changes of zones gone through that differ still.
    left: u64,
}

/// Whether what is held after the exchange is to be compared.
#[derive(Debug, Default, PartialEq, Eq)]
enum Checking {
    #[default]
    Undue,
    Due,
    Reading,
    Asked,
}

/// A zone under comparison, over all its rounds.
#[derive(Debug)]
struct Round {
    scope: Scope,
    step: Step,
    filled_here: u64,
    filled_there: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Summing,
    AwaitingItems,
    Comparing,
    /// So many differ in this round.
    AwaitingRepair {
        differ: u64,
    },
    /// The peer's last word is being put in place; it has put so many of ours.
    Filling {
        differ: u64,
        there: u64,
    },
}

impl Comparing {
    pub(super) fn is_quiet(&self) -> bool {
        !self.wanted && self.checking == Checking::Undue && self.waiting.is_empty() && self.round.is_none()
    }

    /// The round, if it stands where an answer of this kind belongs.
    fn at(&mut self, is_here: impl Fn(Step) -> bool) -> Result<&mut Round, CloseCode> {
        self.round.as_mut().filter(|round| is_here(round.step)).ok_or(CloseCode::Unexpected)
    }
}

impl Session {
    /// What the hellos say of contents.
    pub(super) fn compare_hellos(&mut self, minor: u16, theirs: &Standing, actions: &mut Vec<Action>) {
        self.comparing.spoken = minor >= MINOR_COMPARE;
        let compared = self.standing.compared(theirs);
        if compared.len() < self.standing.scopes.len() && self.asks() {
            self.comparing.checking = Checking::Due;
        }
        self.contents_compared(compared, actions);
    }

    /// The side that dialled asks, of who understands it.
    fn asks(&self) -> bool {
        self.comparing.spoken && self.config.opening.is_some()
    }

    /// A peer that cannot be asked has what it has acknowledged.
    pub(super) fn ask(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        self.was_quiet = false;
        if self.asks() {
            self.comparing.wanted = true;
            return Ok(());
        }
        self.wake(actions)
    }

    pub(super) fn contents_compared(&mut self, compared: Vec<(Scope, bool)>, actions: &mut Vec<Action>) {
        // One zone alone says nothing of the others.
        if compared.len() == self.standing.scopes.len() && compared.iter().all(|(_, same)| *same) {
            actions.push(Action::Agreed);
        }
        for (scope, _) in compared.into_iter().filter(|(_, same)| !same) {
            actions.push(Action::Diverged(scope.clone()));
            if self.asks() {
                self.comparing.waiting.push_back(scope);
            }
        }
    }

    /// Goes on where the side that dialled has something to compare and all is exchanged.
    pub(super) fn compare_contents(&mut self, actions: &mut Vec<Action>) {
        let exchanged =
            matches!(self.phase, Phase::Exchanging) && self.sending.is_quiet() && self.receiving.is_quiet();
        let Comparing { checking, wanted, waiting, round, .. } = &mut self.comparing;
        if !exchanged || round.is_some() || matches!(checking, Checking::Reading | Checking::Asked) {
            return;
        }
        if let Some(scope) = waiting.pop_front() {
            actions.push(Action::ReadSums(scope.clone()));
            *round = Some(Round { scope, step: Step::Summing, filled_here: 0, filled_there: 0 });
        } else if *wanted || *checking == Checking::Due {
            // Where nothing was exchanged, the hellos have said all there is to say.
            let was_exchanged =
                self.counts.entries_in + self.counts.entries_out > 0 || self.retired.were_exchanged();
            *checking = if *wanted || was_exchanged {
                actions.push(Action::ReadStanding);
                Checking::Reading
            } else {
                Checking::Undue
            };
        }
    }

    pub(super) fn standing_read(
        &mut self,
        standing: Standing,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let standing = Standing { scopes: self.standing.scopes.clone(), ..standing }.within_scopes();
        if self.config.opening.is_none() {
            return self.answer_check(&standing, actions);
        }
        if self.comparing.checking != Checking::Reading {
            return Err(CloseCode::Unexpected);
        }
        if self.comparing.wanted {
            // What is new here goes first, so that the answer is of now.
            let here = (standing.arrival, standing.retired_arrival);
            if std::mem::replace(&mut self.comparing.looked_at, here) != here {
                self.comparing.checking = Checking::Undue;
                return self.wake(actions);
            }
            self.comparing.wanted = false;
        }
        self.comparing.checking = Checking::Asked;
        self.send(Message::Check(Check { zones: standing.checks() }), actions);
        Ok(())
    }

    pub(super) fn checked(&mut self, answer: &Checked, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if self.comparing.checking != Checking::Asked {
            return Err(CloseCode::Unexpected);
        }
        self.comparing.checking = Checking::Undue;
        let of = |(zone, same): &(u8, bool)| Ok((self.scope_of_zone(*zone)?, *same));
        let compared = answer.zones.iter().map(of).collect::<Result<Vec<_>, CloseCode>>()?;
        self.contents_compared(compared, actions);
        Ok(())
    }

    pub(super) fn sums_read(&mut self, sums: Vec<u8>, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let round = self.comparing.at(|step| step == Step::Summing)?;
        round.step = Step::AwaitingItems;
        let zone = round.scope.zone;
        self.send(Message::Sums(Sums { zone, sums }), actions);
        Ok(())
    }

    pub(super) fn items_arrived(
        &mut self,
        message: Items,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Items { zone, ranges, items } = message;
        let round = self.comparing.at(|step| step == Step::AwaitingItems)?;
        if round.scope.zone != zone || !ranges.is_sorted_by(|one, next| one < next) || items.len() % 16 != 0 {
            return Err(CloseCode::Malformed);
        }
        if items.len() / 16 > ITEMS_MAX {
            return Err(CloseCode::OverLimit);
        }
        if ranges.is_empty() {
            return self.end_of_round(0, 0, actions);
        }
        round.step = Step::Comparing;
        actions.push(Action::CompareItems { scope: round.scope.clone(), ranges, items });
        Ok(())
    }

    pub(super) fn items_compared(
        &mut self,
        missing: Missing,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Missing { wanted, given } = missing;
        let round = self.comparing.at(|step| step == Step::Comparing)?;
        round.step = Step::AwaitingRepair { differ: wanted.len() as u64 + given.len() as u64 };
        let zone = round.scope.zone;
        let repair = Repair { zone, wanted: wanted.concat(), changes: given, filled: 0 };
        self.send(Message::Repair(repair), actions);
        Ok(())
    }

    /// The other side's last word in a round of ours.
    pub(super) fn repair_answered(
        &mut self,
        message: Repair,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let round = self.comparing.at(|step| matches!(step, Step::AwaitingRepair { .. }))?;
        let Step::AwaitingRepair { differ } = round.step else { return Err(CloseCode::Unexpected) };
        if round.scope.zone != message.zone || message.filled > differ {
            return Err(CloseCode::Unexpected);
        }
        round.step = Step::Filling { differ, there: message.filled };
        let scope = round.scope.clone();
        actions.push(Action::Fill { scope, changes: message.changes, wanted: Vec::new() });
        Ok(())
    }

    pub(super) fn round_filled(&mut self, here: u64, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let round = self.comparing.at(|step| matches!(step, Step::Filling { .. }))?;
        let Step::Filling { differ, there } = round.step else { return Err(CloseCode::Unexpected) };
        round.filled_here += here;
        round.filled_there += there;
        self.end_of_round(differ, here + there, actions)
    }

    /// Once more while something was given: a round is bounded, and what was put in place is looked at again.
    fn end_of_round(&mut self, differ: u64, given: u64, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let round = self.comparing.round.as_mut().ok_or(CloseCode::Unexpected)?;
        if given > 0 {
            round.step = Step::Summing;
            actions.push(Action::ReadSums(round.scope.clone()));
            return Ok(());
        }
        let Round { scope, filled_here, filled_there, .. } =
            self.comparing.round.take().ok_or(CloseCode::Unexpected)?;
        self.comparing.left += differ;
        if self.comparing.left == 0 && self.comparing.waiting.is_empty() {
            actions.push(Action::Agreed);
        }
        actions.push(Action::Reconciled(Reconciled { scope, filled_here, filled_there, left: differ }));
        Ok(())
    }
}
