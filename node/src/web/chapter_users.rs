//! The users of the chapter's program, as the screens ask for them.

use helhet_shared::rights::UserRole;
use helhet_shared::web::session::Stamp;

use super::chapter::{Chapter, failed};
use super::desk::{DeskError, User, UserAdded};
use crate::access::{self, AccessError};
use crate::store::{StoreError, users};

impl Chapter {
    pub(super) fn user_now(&self, login: &str) -> Result<Option<User>, DeskError> {
        let node = self.node()?;
        let found = node
            .store()
            .database()
            .read(|connection| Ok::<_, StoreError>(users::by_login(connection, login)?))
            .map_err(failed)?;
        Ok(found.map(|user| User {
            stamp: Stamp::of(&user.password_hash),
            login: user.login,
            role: user.role,
        }))
    }

    pub(super) fn users_here(&self) -> Result<Vec<(String, UserRole)>, DeskError> {
        let node = self.node()?;
        let all = node.store().database().read(|connection| Ok::<_, StoreError>(users::all(connection)?));
        all.map_err(failed)
    }

    pub(super) fn new_user(
        &self,
        login: &str,
        password: &str,
        role: UserRole,
    ) -> Result<UserAdded, DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now().timestamp();
        match access::add_user(node.store(), login, password, role, now) {
            Ok(()) => Ok(UserAdded::Added),
            Err(AccessError::Taken) => Ok(UserAdded::Taken),
            Err(AccessError::Weak(weak)) => Ok(UserAdded::Weak(weak.text_key())),
            Err(error) => Err(failed(error)),
        }
    }

    /// False where nobody could get in, or look after the users, any more.
    pub(super) fn take_access_from(&self, login: &str) -> Result<bool, DeskError> {
        match access::remove_user(self.node()?.store(), login) {
            Ok(()) => Ok(true),
            Err(AccessError::Last) => Ok(false),
            Err(AccessError::Nobody) => Err(DeskError::NotFound),
            Err(error) => Err(failed(error)),
        }
    }
}
