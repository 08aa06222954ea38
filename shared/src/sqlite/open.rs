//! Opening a database so that what is deleted is gone and what is acknowledged stays.
//!
//! Every setting is set on every connection and read back; a database that does not take one is not opened
//! (secure_delete is per connection and not stored in the file). One connection writes, a few read; a read holds its
//! snapshot only for the length of one closure, because a lasting one would keep erased rows alive in the WAL.
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

#[cfg(feature = "planted-bug")]
use crate::planted_bug::{Bug, is_planted};

/// How long a connection waits for another process's write to end.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
/// How long [`Database::checkpoint`] tries before it says that a reader is in the way.
const CHECKPOINT_TIMEOUT: Duration = Duration::from_secs(15);
/// How long one try waits for readers: meanwhile nobody writes.
const CHECKPOINT_TRY: Duration = Duration::from_millis(100);
const IDLE_READERS_MAX: usize = 4;
/// Statements that a connection keeps ready. One deed of a chapter asks some fifty; reading a statement costs more than
/// carrying it out.
const STATEMENTS: usize = 256;
/// The writer's page cache in KiB: keys are random, so a batch touches pages all over its indexes, and a page that
/// fell out of the cache is decrypted anew.
const WRITER_CACHE_KIB: i64 = 16 * 1024;
/// Pages in the WAL before a commit moves them into the file: 32 MiB. A thousand, SQLite's own number, makes a bulk load
/// write every page of its indexes many times over. An erasure empties the WAL at once, whatever it holds.
const WAL_PAGES: i64 = 8_000;

/// A database with one writer and a few readers, all with the same checked settings.
pub struct Database {
    path: PathBuf,
    key: Option<DatabaseKey>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    /// Opens or makes the database at `path`; with a key it is SQLCipher's.
    pub fn open(path: &Path, key: Option<DatabaseKey>) -> Result<Self, OpenError> {
        let writer = connect(path, key.as_ref())?;
        writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        writer.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
        Ok(Self { path: path.to_owned(), key, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `deed` in one `BEGIN IMMEDIATE` transaction; an error rolls everything back. What the deed decides from the
    /// database it must read inside, since another process may have written before.
    pub fn write<T, E: From<rusqlite::Error>>(
        &self,
        deed: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = deed(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Runs `question` on one snapshot. Keep it short and never wait for the network inside.
    pub fn read<T, E: From<rusqlite::Error> + From<OpenError>>(
        &self,
        question: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let reader = lock(&self.readers).pop();
        let mut reader = match reader {
            Some(reader) => reader,
            None => self.reader()?,
        };
        let answer = question(&reader.transaction()?);
        let mut idle = lock(&self.readers);
        if idle.len() < IDLE_READERS_MAX {
            idle.push(reader);
        }
        answer
    }

    /// A further reading connection, for who must keep one: `PRAGMA data_version` tells it of others' commits.
    pub fn reader(&self) -> Result<Connection, OpenError> {
        let reader = connect(&self.path, self.key.as_ref())?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }

    /// Moves the WAL into the file and empties it, so that erased bytes are in neither. Retries while a reader holds an
    /// old snapshot, and lets others write in between; after an `Ok` no older page image is left.
    pub fn checkpoint(&self) -> Result<(), OpenError> {
        self.checkpoint_within(CHECKPOINT_TIMEOUT)
    }

    /// The same, for who has a patience of its own; it tries once at least.
    pub fn checkpoint_within(&self, patience: Duration) -> Result<(), OpenError> {
        let began = Instant::now();
        while !self.is_checkpointed()? {
            if began.elapsed() > patience {
                return Err(OpenError::ReaderInTheWay);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn is_checkpointed(&self) -> Result<bool, OpenError> {
        let writer = self.writer();
        writer.busy_timeout(CHECKPOINT_TRY)?;
        let busy = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        writer.busy_timeout(BUSY_TIMEOUT)?;
        if busy? != 0 {
            return Ok(false);
        }
        #[cfg(feature = "planted-bug")]
        if is_planted(Bug::SecureDeleteIsOff) {
            return Ok(true);
        }
        read_back(&writer, "secure_delete", 1)?;
        Ok(true)
    }

    /// Rewrites the whole file without free pages; weekly, or after `secure_delete` was ever off.
    pub fn vacuum(&self) -> Result<(), OpenError> {
        self.writer().execute_batch("VACUUM")?;
        self.checkpoint()
    }

    /// What SQLite's own integrity check says; empty when all is well.
    pub fn damage(&self) -> Result<Vec<String>, OpenError> {
        let writer = self.writer();
        let mut statement = writer.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Writes a consistent, compact copy of the database to `target`, which must not exist or be empty, under the same key.
    pub fn copy_to(&self, target: &Path) -> Result<(), OpenError> {
        let target = target.to_string_lossy();
        self.writer().execute("VACUUM INTO ?1", [target.as_ref()])?;
        Ok(())
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A raw 256-bit SQLCipher key; no key derivation takes place.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub fn random(rng: &mut impl rand::Rng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    /// For who wraps it.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As 64 lower-case hex digits, the form a key file keeps.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(data_encoding::HEXLOWER.encode(self.0.as_slice()))
    }

    /// Reads what [`to_hex`](Self::to_hex) wrote; white space around it is let pass.
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?);
        Some(Self::new(bytes.as_slice().try_into().ok()?))
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

/// Why a database was not opened, or a maintenance step on it not done.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the key does not open the database {path}: it belongs to another database, or the file is damaged"
    )]
    WrongKey { path: PathBuf },
    #[error("{path} is not a database, or it is encrypted and no key was given")]
    Unreadable { path: PathBuf },
    #[error(
        "the database does not keep the setting {name} (wanted {wanted}, found {found}); it was not opened"
    )]
    Setting { name: &'static str, wanted: i64, found: i64 },
    #[error(
        "erased rows still stand in the write-ahead file, because another program reads the database; close it and try again"
    )]
    ReaderInTheWay,
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}

fn connect(path: &Path, key: Option<&DatabaseKey>) -> Result<Connection, OpenError> {
    let connection = Connection::open(path)?;
    if let Some(key) = key {
        let literal = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", key.to_hex().as_str()));
        connection.execute_batch(&literal)?;
    }
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let readable = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    if let Err(error) = readable {
        return Err(match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) if key.is_some() => OpenError::WrongKey { path: path.to_owned() },
            Some(ErrorCode::NotADatabase) => OpenError::Unreadable { path: path.to_owned() },
            _ => OpenError::Sqlite(error),
        });
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan made once is kept: else a statement is read and planned anew whenever it is asked about another value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;",
    )?;
    #[cfg(feature = "planted-bug")]
    if is_planted(Bug::SecureDeleteIsOff) {
        connection.execute_batch("PRAGMA secure_delete = OFF")?;
        return Ok(connection);
    }
    for (name, wanted) in [("secure_delete", 1), ("temp_store", 2), ("synchronous", 2), ("foreign_keys", 1)] {
        read_back(&connection, name, wanted)?;
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Setting { name: "journal_mode", wanted: 1, found: 0 });
    }
    Ok(connection)
}

fn read_back(connection: &Connection, name: &'static str, wanted: i64) -> Result<(), OpenError> {
    let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
    if found == wanted { Ok(()) } else { Err(OpenError::Setting { name, wanted, found }) }
}

/// A panic while the lock was held has rolled its transaction back, so the connection is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
