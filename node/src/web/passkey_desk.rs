//! What the screens ask and do about passkeys: a part of the [`Desk`](super::desk::Desk).

pub use helhet_shared::second_factor::passkeys::{Answered, KeptPasskey, NewPasskey};
pub use helhet_shared::sqlite::passkeys::PasskeyRow;

use super::desk::DeskError;

pub trait PasskeyDesk {
    /// One's own, to be shown.
    fn passkeys(&self, login: &str) -> Result<Vec<KeptPasskey>, DeskError>;
    /// One's own, to be asked for.
    fn passkeys_to_ask_for(&self, login: &str) -> Result<Vec<PasskeyRow>, DeskError>;
    /// False where there is no app for codes beside which it could stand, or where it is somebody's already.
    fn keep_passkey(&self, login: &str, name: &str, new: &NewPasskey) -> Result<bool, DeskError>;
    /// False where it is not the login's (any more).
    fn passkey_used(&self, answered: &Answered) -> Result<bool, DeskError>;
    /// False where there is no such.
    fn forget_passkey(&self, login: &str, id: &str) -> Result<bool, DeskError>;
}
