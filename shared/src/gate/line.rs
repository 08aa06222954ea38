//! Which lines of an agreement are open for a supporter today.
//!
//! A purpose has its roles: the member line is about members. A line that does not rest on consent is open while the
//! supporter holds one of the purpose's roles. One that rests on consent is open while the grant stands, unless
//! every such role that the supporter ever held has ended: who stops being a volunteer is no longer shared as one.

use chrono::NaiveDate;

use super::{Agreement, AgreementLine};
use crate::{
    document::Value,
    supporter::{Basis, Fact, Field, Purpose, Role, Supporter},
};

/// Why no line lets a field out, from the least to the most telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closed {
    NotNamed,
    RoleMissing,
    ConsentMissing,
    RoleEnded,
    ConsentWithdrawn,
}

/// An agreement's lines, each open or closed for one supporter.
pub(super) struct Lines<'a>(Vec<(&'a AgreementLine, Result<(), Closed>)>);

impl<'a> Lines<'a> {
    pub(super) fn of(supporter: &Supporter, agreement: &'a Agreement, today: NaiveDate) -> Lines<'a> {
        Lines(agreement.lines.iter().map(|line| (line, open(supporter, line, today))).collect())
    }

    /// The open lines that name `field`, at least one; else why there is none.
    pub(super) fn naming(&self, field: Field) -> Result<Vec<&'a AgreementLine>, Closed> {
        let naming = || self.0.iter().filter(|(line, _)| line.fields.contains(&field));
        let open: Vec<_> = naming().filter(|(_, open)| open.is_ok()).map(|(line, _)| *line).collect();
        let why = naming().filter_map(|(_, open)| open.err()).max().unwrap_or(Closed::NotNamed);
        if open.is_empty() { Err(why) } else { Ok(open) }
    }
}

fn open(supporter: &Supporter, line: &AgreementLine, today: NaiveDate) -> Result<(), Closed> {
    if line.purpose.organisations_only() && !supporter.is_organisation() {
        return Err(Closed::NotNamed);
    }
    let roles = line.purpose.roles();
    let held = supporter.roles.iter().filter(|interval| roles.iter().any(|&role| interval.is(role)));
    let holds = held.clone().any(|interval| interval.current(today));
    let ended = held.clone().next().is_some() && held.clone().all(|interval| interval.ended(today));
    if line.basis == Basis::Consent {
        let consent = supporter.permissions.effective(line.purpose);
        // A grant on another basis is no consent.
        let given = consent
            .into_iter()
            .any(|grant| grant.basis.values.len() == 1 && grant.basis.known() == Some(&Basis::Consent));
        return match (given, ended) {
            (true, false) => Ok(()),
            (true, true) => Err(Closed::RoleEnded),
            (false, _) if supporter.permissions.withdrawn(line.purpose) => Err(Closed::ConsentWithdrawn),
            (false, _) => Err(Closed::ConsentMissing),
        };
    }
    match (holds, ended) {
        (true, _) => Ok(()),
        (false, true) => Err(Closed::RoleEnded),
        (false, false) => Err(Closed::RoleMissing),
    }
}

/// Of the lines that are open for a field, those that are for this very entry: a role goes out for the purpose that
/// is about it and while it holds, a grant for the purpose it was given for and while it stands.
pub(super) fn entry_lines<'a>(
    supporter: &Supporter,
    fact: &Fact,
    open: Vec<&'a AgreementLine>,
    today: NaiveDate,
) -> Result<Vec<&'a AgreementLine>, Closed> {
    if matches!(fact.field, Field::Role | Field::RoleFrom | Field::RoleTo | Field::RoleKind) {
        role_lines(supporter, fact, open, today)
    } else if matches!(fact.field, Field::GrantPurpose | Field::GrantBasis | Field::GrantGivenAt) {
        grant_lines(supporter, fact, open)
    } else {
        // Every other field is one register for all purposes.
        Ok(open)
    }
}

fn role_lines<'a>(
    supporter: &Supporter,
    fact: &Fact,
    open: Vec<&'a AgreementLine>,
    today: NaiveDate,
) -> Result<Vec<&'a AgreementLine>, Closed> {
    let interval = supporter.roles.iter().find(|interval| Some(interval.key) == fact.entry);
    let interval = interval.ok_or(Closed::NotNamed)?;
    let for_role = |line: &&AgreementLine| line.purpose.roles().iter().any(|&role| interval.is(role));
    let lines: Vec<_> = open.into_iter().filter(for_role).collect();
    match (lines.is_empty(), interval.current(today)) {
        (true, _) => Err(Closed::NotNamed),
        (false, false) => Err(if interval.ended(today) { Closed::RoleEnded } else { Closed::RoleMissing }),
        (false, true) => Ok(lines),
    }
}

fn grant_lines<'a>(
    supporter: &Supporter,
    fact: &Fact,
    open: Vec<&'a AgreementLine>,
) -> Result<Vec<&'a AgreementLine>, Closed> {
    let stands = |line: &&AgreementLine| {
        supporter.permissions.effective(line.purpose).any(|grant| Some(grant.key) == fact.entry)
    };
    let lines: Vec<_> = open.into_iter().filter(stands).collect();
    if !lines.is_empty() {
        return Ok(lines);
    }
    let grant = supporter.permissions.grants.iter().find(|grant| Some(grant.key) == fact.entry);
    let purpose = grant.and_then(|grant| grant.purpose.known());
    let withdrawn = purpose.is_some_and(|&purpose| supporter.permissions.withdrawn(purpose));
    Err(if withdrawn { Closed::ConsentWithdrawn } else { Closed::NotNamed })
}

/// Whether one value of several may go out: of a role on which two writers disagree, only what the lines are about.
pub(super) fn value_passes(field: Field, value: &Value, open: &[&AgreementLine]) -> bool {
    field != Field::Role
        || value
            .as_text()
            .and_then(Role::from_code)
            .is_some_and(|role| open.iter().any(|line| line.purpose.roles().contains(&role)))
}

impl Purpose {
    /// The roles a purpose is about. None for the national record, which is about the supporter whatever its roles.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Purpose::Membership => &[Role::Member],
            Purpose::Newsletter => &[Role::Subscriber],
            Purpose::Gifts => &[Role::Donor],
            Purpose::Volunteering => &[Role::Volunteer],
            Purpose::PeerSupport => &[Role::PeerSupporter],
            Purpose::Partnership => &[Role::Sponsor, Role::Partner],
            Purpose::NationalRecord => &[],
        }
    }

    /// Whether the purpose is about organisations alone: a person is never let out for it.
    pub const fn organisations_only(self) -> bool {
        matches!(self, Purpose::Partnership)
    }
}
