//! How far the set-up of this folder is. Kept in the store, so that stopping the program in its middle costs neither the
//! recovery words nor a step.
use rusqlite::{Connection, Transaction};
use zeroize::Zeroizing;

use super::{StoreError, settings};

const STEP: &str = "setup_step";
const WORDS: &str = "setup_words";
const CODE: &str = "setup_code";

/// What is still to be done before the chapter is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The keys are made; the hub has not said that it took the invite.
    Asked,
    /// Joined; the agreement is to be read.
    Agreement,
    /// The recovery words are on the screen, and not confirmed as kept.
    Words,
    /// Nothing.
    Settled,
}

/// The step that is due.
pub fn step(connection: &Connection) -> Result<Step, StoreError> {
    match settings::read(connection, STEP)?.as_deref() {
        None => Ok(Step::Settled),
        Some(b"asked") => Ok(Step::Asked),
        Some(b"agreement") => Ok(Step::Agreement),
        Some(b"words") => Ok(Step::Words),
        Some(_) => Err(StoreError::Damaged { what: "how far the set-up is" }),
    }
}

/// Begins: these words are to be shown.
pub fn begin(transaction: &Transaction<'_>, words: &str) -> rusqlite::Result<()> {
    settings::write(transaction, WORDS, words.as_bytes())?;
    settings::write(transaction, STEP, b"asked")
}

/// The hub took the invite, and shows this code beside the chapter.
pub fn joined(transaction: &Transaction<'_>, code: &str) -> rusqlite::Result<()> {
    settings::write(transaction, CODE, code.as_bytes())?;
    settings::write(transaction, STEP, b"agreement")
}

/// The agreement was read.
pub fn show_words(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    settings::write(transaction, STEP, b"words")
}

/// The words are on paper: they leave this computer.
pub fn settle(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for name in [STEP, WORDS, CODE] {
        settings::remove(transaction, name)?;
    }
    Ok(())
}

/// The words, until [`settle`].
pub fn words(connection: &Connection) -> rusqlite::Result<Option<Zeroizing<String>>> {
    Ok(settings::read_text(connection, WORDS)?.map(Zeroizing::new))
}

/// The code, until [`settle`].
pub fn code(connection: &Connection) -> rusqlite::Result<String> {
    Ok(settings::read_text(connection, CODE)?.unwrap_or_default())
}
