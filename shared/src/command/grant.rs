//! A supporter says yes.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{CommandError, Settings, input::Input, register::keyed};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{Basis, Field, Purpose, Supporter, grant::Confirmed, value::Moment},
};

/// What is recorded of a yes, so that it can be shown later (GDPR Art. 7(1)).
#[derive(Clone, Debug)]
pub struct GrantInput {
    pub purpose: Purpose,
    pub basis: Basis,
    /// The version of the wording that was accepted; blank if there was none.
    pub wording: String,
    /// Through which door it came: `form`, `import`, `paper`, `command_line`.
    pub channel: String,
}

/// Records a grant that knows every withdrawal so far. One that stands already is not given twice.
pub fn grant(
    supporter: &Supporter,
    input: &GrantInput,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Result<Vec<Edit>, CommandError> {
    let permissions = &supporter.permissions;
    if permissions.effective(input.purpose).any(|grant| grant.basis.known() == Some(&input.basis)) {
        return Ok(Vec::new());
    }
    let settings = Settings::default();
    let mut read = Input::new(&settings);
    let known =
        Confirmed(permissions.withdrawals_of(input.purpose).map(|withdrawal| withdrawal.key).collect());
    let values = [
        (Field::GrantPurpose, Some(input.purpose.into())),
        (Field::GrantBasis, Some(input.basis.into())),
        (Field::GrantGivenAt, Some(Moment::at(now).into())),
        (Field::GrantWording, read.line(Field::GrantWording, 0, &input.wording)),
        (Field::GrantChannel, read.line(Field::GrantChannel, 0, &input.channel)),
        (Field::GrantConfirms, (!known.0.is_empty()).then(|| known.to_string().into())),
    ];
    read.finish(keyed(EntryKey::random(rng), values))
}
