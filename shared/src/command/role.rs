//! Roles are added and later closed, never rewritten.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{
    CommandError, ErrorCode, Settings,
    input::{Input, put},
    register::keyed,
};
use crate::{
    document::{Edit, Value},
    id::EntryKey,
    supporter::{
        Field, MembershipKind, Role, Supporter,
        value::{ValueError, parse_day},
    },
};

/// A role as typed or imported: codes and dates. Blank means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleInput {
    /// A role's code.
    pub role: String,
    pub from: String,
    /// The day on which it no longer holds.
    pub to: String,
    /// A membership kind's code.
    pub kind: String,
}

impl RoleInput {
    /// A role without dates.
    pub fn of(role: Role) -> RoleInput {
        RoleInput { role: role.code().to_owned(), ..RoleInput::default() }
    }
}

/// Adds a role.
pub fn add_role(
    input: &RoleInput,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Edit>, CommandError> {
    let mut read = Input::new(settings);
    let values = role_values(&mut read, 0, input);
    read.finish(keyed(EntryKey::random(rng), values))
}

/// Ends a role on a day; today if none is given. It no longer holds on that day. What has ended stays ended, however often it
/// is said: who takes a role up again gets a new one.
pub fn end_role(
    supporter: &Supporter,
    role: EntryKey,
    to: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Edit>, CommandError> {
    let interval = supporter.roles.iter().find(|interval| interval.key == role);
    let interval = interval.ok_or_else(|| CommandError::one(Field::Role, ErrorCode::NotThere))?;
    if interval.ended(now.date_naive()) {
        return match to.trim() {
            "" => Ok(Vec::new()),
            _ => Err(CommandError::one(Field::Role, ErrorCode::NotThere)),
        };
    }
    let to = match to.trim() {
        "" => now.date_naive(),
        written => parse_day(written).map_err(|_| CommandError::one(Field::RoleTo, ErrorCode::Unreadable))?,
    };
    if interval.from.known().is_some_and(|&from| to < from) {
        return Err(CommandError::one(Field::RoleTo, ErrorCode::EndsBeforeItBegins));
    }
    Ok(put(supporter, &Field::RoleTo.key(role), Some(to.into())))
}

pub(super) fn role_values(
    read: &mut Input<'_>,
    index: usize,
    input: &RoleInput,
) -> [(Field, Option<Value>); 4] {
    if input.role.trim().is_empty() {
        read.error(Field::Role, index, ErrorCode::Missing);
    }
    if let (Ok(from), Ok(to)) = (parse_day(&input.from), parse_day(&input.to))
        && to < from
    {
        read.error(Field::RoleTo, index, ErrorCode::EndsBeforeItBegins);
    }
    let kind = |text: &str| text.parse::<MembershipKind>();
    let role = |text: &str| -> Result<Role, ValueError> { text.parse() };
    [
        (Field::Role, read.value(Field::Role, index, &input.role, role)),
        (Field::RoleFrom, read.value(Field::RoleFrom, index, &input.from, parse_day)),
        (Field::RoleTo, read.value(Field::RoleTo, index, &input.to, parse_day)),
        (Field::RoleKind, read.value(Field::RoleKind, index, &input.kind, kind)),
    ]
}
