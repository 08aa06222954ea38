//! The hub's database: the only SQL of this program. One file per table family; functions take the caller's
//! transaction, so that one deed is one commit.
//!
//! There is no table here for the plain text of the `chapter` and `confidential` zones, and none may come.

pub mod access_codes;
pub mod applicants;
pub mod chapters;
pub mod contents;
pub mod corrections;
pub mod devices;
pub mod documents;
pub mod erasures;
pub mod feed;
pub mod gifts;
pub mod identities;
pub mod imports;
pub mod invites;
pub mod keyring;
pub mod links;
pub mod members;
pub mod projections;
pub mod quarantine;
pub mod reports;
pub mod settings;
pub mod users;

use std::path::Path;

use helhet_shared::sqlite::{
    Database, ERASURES, FINGERPRINTS, FIRST_HEARD, HELD, MEMBERS, MigrateError, Migration, NUMBERS,
    OpenError, PASSKEYS, RETIRED, SECOND_FACTORS, STORAGE, migrate,
};

/// File name of the database within the data folder.
pub const DATABASE_FILE: &str = "hub.sqlite";

const MIGRATIONS: &[Migration] = &[
    STORAGE,
    Migration::new("0002_office", include_str!("../../migrations/0002_office.sql")),
    Migration::new("0003_imports", include_str!("../../migrations/0003_imports.sql")),
    Migration::new("0004_corrections", include_str!("../../migrations/0004_corrections.sql")),
    Migration::new("0005_role_days", include_str!("../../migrations/0005_role_days.sql")),
    FINGERPRINTS,
    Migration::new("0006_found", include_str!("../../migrations/0006_found.sql")),
    MEMBERS,
    Migration::new("0007_applicants", include_str!("../../migrations/0007_applicants.sql")),
    RETIRED,
    SECOND_FACTORS,
    Migration::new("0008_access_codes", include_str!("../../migrations/0008_access_codes.sql")),
    Migration::new("0009_corrections_due", include_str!("../../migrations/0009_corrections_due.sql")),
    NUMBERS,
    Migration::new("0010_user_roles", include_str!("../../migrations/0010_user_roles.sql")),
    ERASURES,
    PASSKEYS,
    HELD,
    FIRST_HEARD,
    Migration::new("0011_identities", include_str!("../../migrations/0011_identities.sql")),
];

/// Opens the database in `folder` and brings its schema up to date.
pub fn open(folder: &Path) -> Result<Database, StoreError> {
    let database = Database::open(&folder.join(DATABASE_FILE), None)?;
    bring_up_to_date(&database)?;
    Ok(database)
}

/// Applies the migrations that are not in yet.
pub fn bring_up_to_date(database: &Database) -> Result<(), StoreError> {
    Ok(migrate(database, MIGRATIONS)?)
}

/// The database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database could not be opened")]
    Open(#[from] OpenError),
    #[error("the database could not be brought up to date")]
    Migrate(#[from] MigrateError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
    /// What the database holds is not what this program wrote.
    #[error("the database is damaged: {what} cannot be read")]
    Damaged { what: &'static str },
}

/// Rows per table, for a bug report.
pub fn table_counts(
    connection: &rusqlite::Connection,
) -> Result<std::collections::BTreeMap<String, i64>, StoreError> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut counts = std::collections::BTreeMap::new();
    for table in tables {
        let count =
            connection.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
        counts.insert(table, count);
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::MIGRATIONS;

    /// Databases count how many of these they have, so this list grows at its end and changes nowhere else: a step that
    /// is put in before others is never carried out where those are in, and theirs again.
    #[test]
    fn migrations_keep_their_places() {
        let names: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
        let known = [
            "0001_storage",
            "0002_office",
            "0003_imports",
            "0004_corrections",
            "0005_role_days",
            "0002_fingerprints",
            "0006_found",
            "0003_members",
            "0007_applicants",
            "0004_retired",
            "0005_second_factors",
            "0008_access_codes",
            "0009_corrections_due",
            "0006_numbers",
            "0010_user_roles",
            "0007_erasures",
            "0007_passkeys",
            "0008_held",
            "0009_first_heard",
            "0011_identities",
        ];
        assert_eq!(names, known);
    }
}
