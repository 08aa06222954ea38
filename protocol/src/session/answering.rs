//! The side that was dialled answers what the other asks about contents, one question at a time.

use super::{Action, Scope, Session, Standing};
use crate::log::Change;
use crate::log::limits::{BATCH_CHANGES_MAX, BODY_BYTES_MAX};
use crate::v1::compare::{RANGES, WANTED_MAX};
use crate::v1::{Check, Checked, CloseCode, Items, Message, Repair, Sums};

/// Rounds in a row in which nothing is given that a peer may ask for: each costs a look at all that is held.
const IDLE_ROUNDS_MAX: u32 = 8;

/// How far answering is.
#[derive(Debug, Default)]
pub(super) struct Answering {
    question: Option<Question>,
    idle_rounds: u32,
}

#[derive(Debug)]
enum Question {
    Check(Check),
    Sums { zone: u8 },
    Repair { zone: u8 },
}

impl Answering {
    fn begin(&mut self, question: Question) -> Result<(), CloseCode> {
        if self.question.is_some() {
            return Err(CloseCode::Unexpected);
        }
        self.question = Some(question);
        Ok(())
    }
}

impl Session {
    pub(super) fn scope_of_zone(&self, zone: u8) -> Result<Scope, CloseCode> {
        let scope = self.standing.scopes.iter().find(|scope| scope.zone == zone);
        scope.cloned().ok_or(CloseCode::NotAllowed)
    }

    pub(super) fn check_arrived(&mut self, check: Check, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        self.answering.begin(Question::Check(check))?;
        actions.push(Action::ReadStanding);
        Ok(())
    }

    pub(super) fn answer_check(
        &mut self,
        standing: &Standing,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Some(Question::Check(check)) = self.answering.question.take() else {
            return Err(CloseCode::Unexpected);
        };
        let compared = standing.checked(&check.zones);
        let zones = compared.iter().map(|(scope, same)| (scope.zone, *same)).collect();
        self.send(Message::Checked(Checked { zones }), actions);
        self.contents_compared(compared, actions);
        Ok(())
    }

    pub(super) fn sums_arrived(&mut self, message: Sums, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let Sums { zone, sums } = message;
        let scope = self.scope_of_zone(zone)?;
        if sums.len() != RANGES * 16 {
            return Err(CloseCode::Malformed);
        }
        self.answering.idle_rounds += 1;
        if self.answering.idle_rounds > IDLE_ROUNDS_MAX {
            return Err(CloseCode::OverLimit);
        }
        self.answering.begin(Question::Sums { zone })?;
        actions.push(Action::CompareSums { scope, sums });
        Ok(())
    }

    pub(super) fn sums_compared(
        &mut self,
        ranges: Vec<u8>,
        items: Vec<u8>,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Some(Question::Sums { zone }) = self.answering.question.take() else {
            return Err(CloseCode::Unexpected);
        };
        let same = ranges.is_empty();
        self.send(Message::Items(Items { zone, ranges, items }), actions);
        if same {
            actions.push(Action::Agreed);
        }
        Ok(())
    }

    /// Of the side that dialled; answered in any case, so that it knows where it is.
    pub(super) fn repair_arrived(
        &mut self,
        message: Repair,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Repair { zone, wanted, changes, .. } = message;
        let scope = self.scope_of_zone(zone)?;
        let (wanted, rest) = wanted.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(CloseCode::Malformed);
        }
        if wanted.len() > WANTED_MAX {
            return Err(CloseCode::OverLimit);
        }
        self.answering.begin(Question::Repair { zone })?;
        actions.push(Action::Fill { scope, changes, wanted: wanted.to_vec() });
        Ok(())
    }

    pub(super) fn repaired(
        &mut self,
        filled: u64,
        given: Vec<Change>,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Some(Question::Repair { zone }) = self.answering.question.take() else {
            return Err(CloseCode::Unexpected);
        };
        if filled > 0 || !given.is_empty() {
            self.answering.idle_rounds = 0;
        }
        self.send(Message::Repair(Repair { zone, wanted: Vec::new(), changes: given, filled }), actions);
        Ok(())
    }
}

/// Whether a peer keeps the limits of a batch.
pub(super) fn are_within_limits(changes: &[Change]) -> bool {
    changes.len() <= BATCH_CHANGES_MAX && changes.iter().all(|change| change.body.len() <= BODY_BYTES_MAX)
}
