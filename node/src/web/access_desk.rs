//! What the screens ask and do about getting in: users, passwords, codes, and what opens the folder. A part of the
//! [`Desk`](super::desk::Desk).

use helhet_shared::rights::UserRole;
use helhet_shared::web::session::Stamp;

use super::desk::DeskError;

pub trait AccessDesk {
    /// Opens a locked folder, after which everything else works.
    fn unlock(&self, login: &str, passphrase: &str, code: &str) -> Result<Entry, DeskError>;
    /// Password and code; a wrong login, a wrong password and a wrong code take as long.
    fn enter(&self, login: &str, password: &str, code: &str) -> Result<Entry, DeskError>;
    /// Who a login is now; none where there is no such user (any more).
    fn user(&self, login: &str) -> Result<Option<User>, DeskError>;
    /// All users, with their roles.
    fn users(&self) -> Result<Vec<(String, UserRole)>, DeskError>;
    fn add_user(&self, by: &str, login: &str, password: &str, role: UserRole)
    -> Result<UserAdded, DeskError>;
    /// False where nobody could get in, or look after the users, any more.
    fn remove_user(&self, login: &str) -> Result<Option<&'static str>, DeskError>;
    /// Adds the first user, who locks the folder where that is still to be done.
    fn add_first_user(&self, login: &str, password: &str) -> Result<(), DeskError>;
    /// Whether this is the user's password; nobody of that name takes as long.
    fn is_right(&self, login: &str, password: &str) -> Result<bool, DeskError>;
    fn change_password(&self, login: &str, password: &str) -> Result<(), DeskError>;
    /// Who is not signed in keeps no key in memory.
    fn forget_holders_but(&self, is_signed_in: &dyn Fn(&str) -> bool);
    /// How many codes on paper the user has left; none where no code is asked for.
    fn codes_left(&self, login: &str) -> Result<Option<u32>, DeskError>;
    /// Makes a secret for the user's app.
    fn begin_code(&self, login: &str) -> Result<(), DeskError>;
    /// What the app is to take, as long as none of its codes was typed.
    fn begun_code(&self, login: &str) -> Result<Option<ForApp>, DeskError>;
    /// The app's first code; gives those for paper, or nothing where it was wrong.
    fn confirm_code(&self, login: &str, code: &str) -> Result<Option<Vec<String>>, DeskError>;
    /// No code is asked for any more.
    fn forget_code(&self, login: &str) -> Result<(), DeskError>;
    /// What opens the folder.
    fn lock(&self) -> Result<Lock, DeskError>;
    /// Lets this user's passphrase open the folder, and no key file any more.
    fn lock_for(&self, login: &str, password: &str) -> Result<(), DeskError>;
    /// The passphrase of the folder's making opens it no longer.
    fn forget_first_passphrase(&self) -> Result<(), DeskError>;
}

/// A user, as the door asks for.
#[derive(Debug, Clone)]
pub struct User {
    /// In the user's own spelling.
    pub login: String,
    pub role: UserRole,
    /// What the user's sessions stand on.
    pub stamp: Stamp,
}

/// What became of adding a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserAdded {
    Added,
    Taken,
    /// The key of what is wrong with the password.
    Weak(&'static str),
}

/// What became of an attempt to get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Refused,
    /// The password was right, and no code was typed: a passkey is to be asked for in its place.
    AsksForPasskey,
    /// In, and the key of what is to be said about the code.
    Signed(Option<&'static str>),
    /// Unlocked, and there is nobody yet who could sign in.
    WithoutUser,
}

/// What an app for codes takes. Its `Debug` hides it.
#[derive(Clone)]
pub struct ForApp {
    /// For the picture.
    pub url: String,
    /// For who types it.
    pub secret: String,
}

impl std::fmt::Debug for ForApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ForApp(…)")
    }
}

/// What opens the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// A file of the folder; `for_now` until the first user is made.
    KeyFile { for_now: bool },
    /// The users' passphrases; `first` where that of the folder's making does too.
    Passphrases { first: bool },
}
