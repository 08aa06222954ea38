//! The hub as a library: what commands, screens, sessions and tests hold. One value per open data folder; cheap to
//! clone.
//!
//! Several processes may open one folder: what is decided from the database is read inside the writing transaction,
//! and the running program notices others' commits (`keeper.rs`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use helhet_protocol::identity::Invite;
use helhet_shared::clock::Clock;
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::Database;
use tokio::sync::watch;

use crate::chapters::{self, ChapterError};
use crate::ingest::{self, EraseError};
use crate::linking::{Decision, ExactLinker, Linker};
use crate::national::{self, Correction, CorrectionError, CorrectionOutcome, Followed};
use crate::office::{self, Founding, Office, OfficeError};
use crate::project;
use crate::store::settings::{self, Setting};
use crate::store::users::{self, UserRow};
use crate::store::{self, StoreError, contents, corrections, links, projections};
use helhet_shared::rights::UserRole;

/// What to open.
#[derive(Clone)]
pub struct Config {
    /// The folder that holds everything.
    pub data: PathBuf,
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config").field("data", &self.data).finish_non_exhaustive()
    }
}

/// An open hub.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    database: Database,
    office: Office,
    linker: Box<dyn Linker>,
    clock: Arc<dyn Clock>,
    changed: watch::Sender<u64>,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Hub {
    /// Makes an office in an empty folder and opens its hub; the words are shown once and kept nowhere.
    pub fn init(
        config: &Config,
        founding: &Founding,
    ) -> Result<(Self, zeroize::Zeroizing<String>), HubError> {
        let words = office::found(&config.data, founding, config.clock.now(), &mut rand::rng())?;
        Ok((Self::open(config)?, words))
    }

    /// Opens the hub of a folder.
    pub fn open(config: &Config) -> Result<Self, HubError> {
        if !config.data.join(store::DATABASE_FILE).is_file() {
            return Err(HubError::NoOffice { path: config.data.clone() });
        }
        let database = store::open(&config.data)?;
        let office = database.read(|connection| Office::read(connection))?;
        let office = office.ok_or_else(|| HubError::NoOffice { path: config.data.clone() })?;
        let changed = watch::Sender::new(0);
        Ok(Self(Arc::new(Inner {
            folder: config.data.clone(),
            database,
            office,
            linker: Box::new(ExactLinker),
            clock: config.clock.clone(),
            changed,
        })))
    }

    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub fn database(&self) -> &Database {
        &self.0.database
    }

    pub fn office(&self) -> &Office {
        &self.0.office
    }

    pub fn linker(&self) -> &dyn Linker {
        self.0.linker.as_ref()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Changes whenever there is something new to look at: for the keeper and for live screens.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.0.changed.subscribe()
    }

    /// Says that there is.
    pub fn note_change(&self) {
        self.0.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Adds a chapter; the invite is for its first device.
    pub fn add_chapter(&self, name: &str) -> Result<Invite, ChapterError> {
        chapters::add(self.database(), self.office(), name, self.now(), &mut rand::rng())
    }

    /// A new invite for a chapter that was added before.
    pub fn invite(&self, chapter: &str) -> Result<Invite, ChapterError> {
        chapters::invite(self.database(), self.office(), chapter, self.now(), &mut rand::rng())
    }

    /// The address that invites name, `host:port`.
    pub fn set_public_address(&self, address: &str) -> Result<(), StoreError> {
        self.database().write(|transaction| {
            Ok(settings::write(transaction, Setting::PublicAddress, address.as_bytes())?)
        })
    }

    /// Adds a user of the office.
    pub fn add_user(&self, login: &str, role: UserRole, password: &str) -> Result<(), HubError> {
        use helhet_shared::web::password;
        let login = login.trim();
        let good = |letter: char| letter.is_alphanumeric() || "._-@".contains(letter);
        if login.is_empty() || login.chars().count() > 64 || !login.chars().all(good) {
            return Err(HubError::Login);
        }
        password::check(password, login).map_err(|weak| HubError::Password { why: weak.text_key() })?;
        let password_hash = password::hash(password, &mut rand::rng())
            .map_err(|_| HubError::Password { why: "not hashed" })?;
        let user = UserRow { login: login.to_owned(), role, password_hash };
        let now = self.now().timestamp();
        let added = self
            .database()
            .write(|transaction| users::add(transaction, &user, now).map_err(StoreError::from))?;
        if added { Ok(()) } else { Err(HubError::LoginTaken { login: login.to_owned() }) }
    }

    /// Gives a user a new password, which the caller has checked.
    pub fn set_password(&self, login: &str, password: &str) -> Result<(), HubError> {
        use helhet_shared::web::password;
        let hash = password::hash(password, &mut rand::rng())
            .map_err(|_| HubError::Password { why: "not hashed" })?;
        self.database()
            .write(|transaction| users::set_password(transaction, login, &hash).map_err(StoreError::from))?;
        Ok(())
    }

    /// Brings every projection up to date, finds out which corrections the chapters have taken, and writes again those
    /// that a new generation has lost.
    pub fn project(&self) -> Result<usize, HubError> {
        let project =
            || project::project_all(self.database(), self.linker(), self.office(), self.now().timestamp());
        let documents = project()?;
        if self.follow_corrections()? {
            project()?;
        }
        if documents > 0 {
            self.note_change();
        }
        Ok(documents)
    }

    /// Looks at what became of the corrections; true when one was written again.
    fn follow_corrections(&self) -> Result<bool, HubError> {
        // A commit for several, and none that keeps those who bring something waiting for long.
        const AT_ONCE: u32 = 8;
        let due = || {
            self.database()
                .read(|connection| Ok::<_, StoreError>(corrections::documents_due(connection, AT_ONCE)?))
        };
        let mut followed = Followed::default();
        let mut documents = due()?;
        while !documents.is_empty() {
            followed |= self.database().write(|transaction| {
                let mut followed = Followed::default();
                for document in &documents {
                    let rng = &mut rand::rng();
                    followed |= national::follow(transaction, self.office(), document, self.now(), rng)?;
                }
                Ok::<_, CorrectionError>(followed)
            })?;
            documents = due()?;
        }
        if followed.settled {
            self.note_change();
        }
        Ok(followed.written)
    }

    /// Drops every projection and builds it again; true when the tables came out as they were.
    pub fn rebuild(&self) -> Result<bool, HubError> {
        self.project()?;
        let dump =
            || self.database().read(|connection| projections::dump(connection).map_err(StoreError::from));
        let before = dump()?;
        project::rebuild(self.database(), self.linker(), self.office(), self.now().timestamp())?;
        Ok(before == dump()?)
    }

    /// The page that a monitoring system reads.
    pub fn metrics(&self, connected: usize) -> Result<String, HubError> {
        let page = |connection: &_| crate::read::metrics::metrics(connection, self.office(), connected);
        Ok(self.database().read(|connection| page(connection))?)
    }

    /// Looks at every change that is held; how many are not what their entries promise.
    pub fn check_contents(&self) -> Result<u64, HubError> {
        Ok(contents::check(self.database())?)
    }

    /// Signs the receipts that are owed; `patience` is for whoever still reads what was erased.
    pub fn finish_erasures(&self, patience: Duration) -> Result<bool, EraseError> {
        let now = self.now().timestamp();
        let grown = ingest::finish_erasures(self.database(), self.office(), now, patience)?;
        if !grown.is_empty() {
            self.note_change();
        }
        Ok(!grown.is_empty())
    }

    /// Corrects a contact detail at every chapter that holds the supporter.
    pub fn correct(
        &self,
        id: DocumentId,
        correction: &Correction,
    ) -> Result<CorrectionOutcome, CorrectionError> {
        let outcome = self.database().write(|transaction| {
            national::correct(transaction, self.office(), id, correction, self.now(), &mut rand::rng())
        })?;
        self.note_change();
        Ok(outcome)
    }

    /// A person's word about two records; `None` takes an earlier one back.
    pub fn decide(
        &self,
        one: DocumentId,
        other: DocumentId,
        decision: Option<Decision>,
        login: &str,
    ) -> Result<(), HubError> {
        let now = self.now().timestamp();
        self.database().write(|transaction| -> Result<(), StoreError> {
            links::decide(
                transaction,
                (one.as_bytes(), other.as_bytes()),
                decision.map(Decision::code),
                login,
                now,
            )?;
            projections::queue(transaction, one.as_bytes())?;
            projections::queue(transaction, other.as_bytes())?;
            Ok(())
        })?;
        self.project()?;
        self.note_change();
        Ok(())
    }
}

/// Why a hub cannot be opened or does not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    #[error("there is no office in {path}: make one with `helhet-hub init --data {path} --name NAME`")]
    NoOffice { path: PathBuf },
    #[error("a login has between 1 and 64 letters, digits or . _ - @")]
    Login,
    #[error("there is a user {login} already")]
    LoginTaken { login: String },
    #[error("this password is not strong enough ({why})")]
    Password { why: &'static str },
    #[error(transparent)]
    Office(#[from] OfficeError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    #[error(transparent)]
    Erase(#[from] EraseError),
}
