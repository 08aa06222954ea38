//! Moves a database's schema forward, one migration at a time, each in a transaction of its own.
//!
//! `user_version` counts the migrations that are in. A migration is never edited once released.
use std::path::PathBuf;

use rusqlite::Transaction;

use super::{Database, OpenError};

/// One step of a schema: plain SQL without transaction statements.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
    /// What SQL alone cannot do, in the same transaction.
    pub then: Option<fn(&Transaction<'_>) -> rusqlite::Result<()>>,
}

impl Migration {
    /// A step that is SQL alone.
    pub const fn new(name: &'static str, sql: &'static str) -> Migration {
        Migration { name, sql, then: None }
    }
}

/// Applies those of `migrations` that are not in yet. Two processes may call it at once.
pub fn migrate(database: &Database, migrations: &[Migration]) -> Result<(), MigrateError> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    if database.read(|transaction| version(transaction).map_err(MigrateError::from))? == known {
        return Ok(());
    }
    for (number, migration) in (0_u32..).zip(migrations) {
        database.write(|transaction| {
            let found = version(transaction)?;
            if found > known {
                let path = database.path().to_owned();
                return Err(MigrateError::Newer { path, found, known });
            }
            if found > number {
                return Ok(());
            }
            transaction
                .execute_batch(migration.sql)
                .and_then(|()| migration.then.map_or(Ok(()), |then| then(transaction)))
                .and_then(|()| transaction.pragma_update(None, "user_version", number + 1))
                .map_err(|source| MigrateError::Step { name: migration.name, source })
        })?;
    }
    Ok(())
}

fn version(transaction: &Transaction<'_>) -> rusqlite::Result<u32> {
    transaction.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("database {path} was written by a newer program (schema {found}, this one knows {known})")]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("the database could not be brought up to date (step {name})")]
    Step {
        name: &'static str,
        #[source]
        source: rusqlite::Error,
    },
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}
