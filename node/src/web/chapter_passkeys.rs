//! Passkeys of the users of this computer, as the chapter's program keeps them.

use helhet_shared::second_factor::passkeys::{self, PasskeyError};
use rusqlite::Transaction;

use super::chapter::{Chapter, failed};
use super::desk::DeskError;
use super::passkey_desk::{Answered, KeptPasskey, NewPasskey, PasskeyDesk, PasskeyRow};
use crate::access::{AccessError, second_factor};
use crate::store::StoreError;

impl PasskeyDesk for Chapter {
    fn passkeys(&self, login: &str) -> Result<Vec<KeptPasskey>, DeskError> {
        let node = self.node()?;
        let login = second_factor::spelling(node.store(), login).map_err(failed)?;
        let read =
            |connection: &Transaction<'_>| passkeys::list(connection, &login).map_err(StoreError::from);
        node.store().database().read(read).map_err(failed)
    }

    fn passkeys_to_ask_for(&self, login: &str) -> Result<Vec<PasskeyRow>, DeskError> {
        let node = self.node()?;
        let login = second_factor::spelling(node.store(), login).map_err(failed)?;
        let read = |connection: &Transaction<'_>| passkeys::of(connection, &login).map_err(StoreError::from);
        node.store().database().read(read).map_err(failed)
    }

    fn keep_passkey(&self, login: &str, name: &str, new: &NewPasskey) -> Result<bool, DeskError> {
        let now = self.node()?.writer().clock().now();
        self.change_passkeys(login, |transaction, login| passkeys::keep(transaction, login, name, new, now))
    }

    fn passkey_used(&self, answered: &Answered) -> Result<bool, DeskError> {
        let now = self.node()?.writer().clock().now();
        self.change_passkeys(&answered.login, |transaction, login| {
            passkeys::used(transaction, login, answered, now)
        })
    }

    fn forget_passkey(&self, login: &str, id: &str) -> Result<bool, DeskError> {
        self.change_passkeys(login, |transaction, login| Ok(passkeys::remove(transaction, login, id)?))
    }
}

impl Chapter {
    fn change_passkeys(
        &self,
        login: &str,
        change: impl FnOnce(&Transaction<'_>, &str) -> Result<bool, PasskeyError>,
    ) -> Result<bool, DeskError> {
        let node = self.node()?;
        let login = second_factor::spelling(node.store(), login).map_err(failed)?;
        let changed = node
            .store()
            .database()
            .write(|transaction| change(transaction, &login).map_err(AccessError::from));
        changed.map_err(failed)
    }
}
