//! THE GATE: what may leave a chapter, as one pure function with a reason per field.
//!
//! `(full record, the chapter's agreement, today) → shared part`. The append to the `shared` log takes three types,
//! each with one maker: [`SharedPart`] (this gate), [`Figures`] (a chapter's counts), [`Correction`] (the office's).
//! They implement a sealed trait; nothing outside this folder can make or imitate one:
//!
//! ```compile_fail
//! use helhet_shared::gate::SharedPart;
//! let part = SharedPart { values: Default::default() };
//! ```
//!
//! ```compile_fail
//! struct Mine;
//! impl helhet_shared::gate::ForShared for Mine {
//!     fn edits(&self, _: &helhet_shared::document::Content) -> Vec<helhet_shared::document::Edit> { Vec::new() }
//! }
//! ```
//!
//! Default deny, on every path: no agreement, an agreement that cannot be read, an unknown key, an unreadable value,
//! a field that no open line names. The gate runs before a commit: what was once committed to a shared document is
//! in its history.

mod agreement;
mod correction;
mod default_agreement;
mod figures;
mod line;
mod mirror;
mod narrowing;
mod shared_part;
mod sharing;

use chrono::NaiveDate;

#[cfg(feature = "planted-bug")]
use crate::planted_bug::{Bug, is_planted};

pub use agreement::{Agreement, AgreementError, AgreementLine, Article9};
pub use correction::{Correction, CorrectionError, Source};
pub use default_agreement::default_agreement;
pub use figures::{AcceptedAgreement, Figures};
pub use mirror::{beside, mirror, remembered, returned};
pub use narrowing::narrowing;
pub use shared_part::SharedPart;
pub use sharing::{Sharing, sharing};

use crate::{
    document::{Content, Edit, Value},
    supporter::{Basis, Fact, Field, Purpose, Supporter, register::written, value::codes},
};
use line::{Closed, Lines};

/// What the append to the shared log accepts. Sealed: see the module.
pub trait ForShared: sealed::Sealed {
    /// The difference to the merged shared document; nothing if it says the same already.
    fn edits(&self, shared: &Content) -> Vec<Edit>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::SharedPart {}
    impl Sealed for super::Figures {}
    impl Sealed for super::Correction {}
}

/// What the gate says of one supporter.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What leaves; `None` if nothing does.
    pub part: Option<SharedPart>,
    /// One per key of the record, in the order of the fields.
    pub decisions: Vec<Decision>,
}

/// What becomes of one key of the record, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Decision {
    pub field: Field,
    pub key: String,
    /// The record's values, as text. For the chapter's own eyes.
    pub own: Vec<String>,
    /// What the office sees of them, as text; `None` if nothing.
    pub shown: Option<Vec<String>>,
    pub outcome: Outcome,
    pub reason: Reason,
    /// The purposes for which it is let out, each with its basis.
    pub purposes: Vec<(Purpose, Basis)>,
}

codes! {
    /// What becomes of a key.
    Outcome {
        Shared = "shared",
        /// Less than what is kept leaves: a year instead of a date, the readable ones of several values.
        Reduced = "reduced",
        Withheld = "withheld",
    }
}

codes! {
    /// Why. The screens have a sentence for each.
    Reason {
        /// An open line of the agreement names it.
        AgreementNamesIt = "agreement_names_it",
        /// Goes with whatever is let out: that it is a supporter, and of which kind.
        GoesWithTheRest = "goes_with_the_rest",
        /// The agreement names only the year.
        OnlyTheYear = "only_the_year",
        /// Nothing else of the supporter leaves, so this does not either.
        NothingElseLeaves = "nothing_else_leaves",
        /// The chapter has not accepted an agreement: the office sees figures only (P13).
        NoAgreement = "no_agreement",
        /// The supporter said no to being known to the office.
        SupporterRefused = "supporter_refused",
        /// The address must not be known, so nothing leaves (P27).
        AddressProtected = "address_protected",
        /// A restored backup forgot what was withdrawn: nothing leaves until a person confirms what still holds (N14).
        AwaitsConfirmation = "awaits_confirmation",
        /// The value cannot be read.
        Unreadable = "unreadable",
        /// Stays in the chapter, whatever an agreement says.
        StaysInChapter = "stays_in_chapter",
        /// Data on health: never.
        Health = "health",
        /// Machinery of the chapter's record.
        Internal = "internal",
        /// No line of the agreement names it for this supporter.
        NotInAgreement = "not_in_agreement",
        /// The line rests on consent, and there is none.
        ConsentMissing = "consent_missing",
        /// The line rests on consent, and it was withdrawn.
        ConsentWithdrawn = "consent_withdrawn",
        /// The role for which it was shared has ended.
        RoleEnded = "role_ended",
        /// The supporter does not hold the role for which the line is.
        RoleMissing = "role_missing",
    }
}

/// Personal data stays out of logs and test output.
impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decision({}: {}, {})", self.key, self.outcome, self.reason)
    }
}

/// Computes what may leave of `supporter` today. Roles begin and end with the days, so ask again each day.
pub fn gate(supporter: &Supporter, agreement: Option<&Agreement>, today: NaiveDate) -> Verdict {
    let rulings = match before_any_line(supporter, agreement) {
        Ok(agreement) => rule_by_lines(supporter, &Lines::of(supporter, agreement, today), today),
        Err(reason) => {
            supporter.facts().iter().map(|fact| withheld(fact, blanket(fact.field, reason))).collect()
        }
    };
    let part = SharedPart::of(rulings.iter().filter_map(|ruling| ruling.out.clone()));
    let mut decisions: Vec<Decision> = rulings.into_iter().map(|ruling| ruling.decision).collect();
    decisions.sort_by(|a, b| (a.field, &a.key).cmp(&(b.field, &b.key)));
    Verdict { part, decisions }
}

/// What keeps everything in the chapter, before any line is read.
fn before_any_line<'a>(
    supporter: &Supporter,
    agreement: Option<&'a Agreement>,
) -> Result<&'a Agreement, Reason> {
    if supporter.permissions.refused(Purpose::NationalRecord) {
        Err(Reason::SupporterRefused)
    } else if supporter.addresses.protected() {
        Err(Reason::AddressProtected)
    } else if supporter.is_withheld() {
        Err(Reason::AwaitsConfirmation)
    } else {
        agreement.ok_or(Reason::NoAgreement)
    }
}

/// A field that never leaves says so, whatever else there is to say.
fn blanket(field: Field, reason: Reason) -> Reason {
    match sharing(field) {
        Sharing::Never(never) => never,
        Sharing::Nameable | Sharing::YearOnly | Sharing::GoesWithTheRest => reason,
    }
}

/// A decision, and what it lets out: a key of the shared document with its values.
struct Ruling {
    decision: Decision,
    out: Option<(String, Vec<Value>)>,
}

fn rule_by_lines(supporter: &Supporter, lines: &Lines<'_>, today: NaiveDate) -> Vec<Ruling> {
    let mut rulings: Vec<Ruling> =
        supporter.facts().iter().map(|fact| rule(supporter, lines, fact, today)).collect();
    if rulings.iter().all(|ruling| ruling.out.is_none()) {
        return rulings;
    }
    for (fact, ruling) in supporter.facts().iter().zip(&mut rulings) {
        if matches!(sharing(fact.field), Sharing::GoesWithTheRest) {
            let values = fact.known().cloned().collect();
            *ruling = let_out(fact, fact.key.clone(), values, Reason::GoesWithTheRest, Vec::new());
        }
    }
    rulings
}

fn rule(supporter: &Supporter, lines: &Lines<'_>, fact: &Fact, today: NaiveDate) -> Ruling {
    #[cfg(feature = "planted-bug")]
    if fact.field == Field::Task && is_planted(Bug::GateLetsTasksOut) {
        let values = fact.known().cloned().collect();
        return let_out(fact, fact.key.clone(), values, Reason::AgreementNamesIt, Vec::new());
    }
    match sharing(fact.field) {
        Sharing::Never(reason) => withheld(fact, reason),
        Sharing::GoesWithTheRest => withheld(fact, Reason::NothingElseLeaves),
        Sharing::YearOnly => rule_birth_date(supporter, lines, fact),
        Sharing::Nameable => rule_nameable(supporter, lines, fact, today),
    }
}

fn rule_nameable(supporter: &Supporter, lines: &Lines<'_>, fact: &Fact, today: NaiveDate) -> Ruling {
    let open = match lines.naming(fact.field) {
        Ok(open) => open,
        #[cfg(feature = "planted-bug")]
        Err(_) if is_planted(Bug::GateOpensOnError) => Vec::new(),
        Err(closed) => return withheld(fact, closed.reason()),
    };
    let entry = line::entry_lines(supporter, fact, open, today);
    let open = match entry {
        Ok(open) => open,
        #[cfg(feature = "planted-bug")]
        Err(_) if is_planted(Bug::GateOpensOnError) => Vec::new(),
        Err(closed) => return withheld(fact, closed.reason()),
    };
    let values: Vec<Value> =
        fact.known().filter(|value| line::value_passes(fact.field, value, &open)).cloned().collect();
    if values.is_empty() {
        return withheld(fact, Reason::Unreadable);
    }
    let purposes = open.iter().map(|line| (line.purpose, line.basis)).collect();
    let_out(fact, fact.key.clone(), values, Reason::AgreementNamesIt, purposes)
}

/// A date of birth never leaves; its year does where a line names the year and the record has no year of its own.
fn rule_birth_date(supporter: &Supporter, lines: &Lines<'_>, fact: &Fact) -> Ruling {
    let open = match lines.naming(Field::BirthYear) {
        Ok(open) => open,
        Err(closed) => return withheld(fact, closed.reason()),
    };
    if supporter.birth.year.known().is_some() {
        return withheld(fact, Reason::OnlyTheYear);
    }
    let years = supporter.birth.date.all_known().filter_map(|&date| crate::supporter::value::Year::of(date));
    let mut values: Vec<Value> = years.map(Value::from).collect();
    values.dedup();
    if values.is_empty() {
        return withheld(fact, Reason::Unreadable);
    }
    let purposes = open.iter().map(|line| (line.purpose, line.basis)).collect();
    let_out(fact, Field::BirthYear.plain_key().to_owned(), values, Reason::OnlyTheYear, purposes)
}

fn withheld(fact: &Fact, reason: Reason) -> Ruling {
    let decision = Decision {
        field: fact.field,
        key: fact.key.clone(),
        own: fact.texts(),
        shown: None,
        outcome: Outcome::Withheld,
        reason,
        purposes: Vec::new(),
    };
    Ruling { decision, out: None }
}

fn let_out(
    fact: &Fact,
    key: String,
    values: Vec<Value>,
    reason: Reason,
    purposes: Vec<(Purpose, Basis)>,
) -> Ruling {
    let whole = key == fact.key && values.len() == fact.values.len();
    let decision = Decision {
        field: fact.field,
        key: fact.key.clone(),
        own: fact.texts(),
        shown: Some(values.iter().map(written).collect()),
        outcome: if whole { Outcome::Shared } else { Outcome::Reduced },
        reason,
        purposes,
    };
    Ruling { decision, out: Some((key, values)) }
}

impl Closed {
    fn reason(self) -> Reason {
        match self {
            Closed::NotNamed => Reason::NotInAgreement,
            Closed::RoleMissing => Reason::RoleMissing,
            Closed::RoleEnded => Reason::RoleEnded,
            Closed::ConsentMissing => Reason::ConsentMissing,
            Closed::ConsentWithdrawn => Reason::ConsentWithdrawn,
        }
    }
}

#[cfg(test)]
mod tests;
