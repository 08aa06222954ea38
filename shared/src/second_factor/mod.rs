//! The second thing beside a password: a code from an app, one of ten on paper when the app is lost, or a passkey in place
//! of the code. Each is taken once. Both programs keep it alike; what it must be asked for is theirs to decide.
//!
//! A login here is the user's own spelling of it, as the program stores it.

pub mod passkeys;
mod recovery;
mod totp;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction};
use zeroize::Zeroizing;

use crate::sqlite::{Database, OpenError, second_factors as rows};
pub use totp::Secret;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// Nobody of this login has set one up.
    NotSetUp,
    Refused,
    /// No code was typed, and there is a passkey to ask for in its place.
    AsksForPasskey,
    /// `late`: the code was that of half a minute ago, so a clock goes wrong.
    Passed {
        late: bool,
    },
    /// One of those on paper; so many are left.
    PassedByPaper {
        left: u32,
    },
}

impl Passage {
    /// The key of what is to be said to somebody who has come in.
    pub fn remark(self) -> Option<&'static str> {
        match self {
            Passage::Passed { late: true } => Some("done-clock"),
            Passage::PassedByPaper { .. } => Some("done-by-paper"),
            Passage::NotSetUp
            | Passage::Refused
            | Passage::AsksForPasskey
            | Passage::Passed { late: false } => None,
        }
    }
}

/// Why a code could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("a code could not be hashed: there may be too little memory")]
    NotHashed,
}

/// Whether this login has one that works.
pub fn is_set_up(connection: &Connection, login: &str) -> rusqlite::Result<bool> {
    Ok(rows::read(connection, login)?.is_some_and(|row| row.confirmed))
}

/// How many of the codes on paper are left.
pub fn codes_left(connection: &Connection, login: &str) -> rusqlite::Result<u32> {
    rows::codes_left(connection, login)
}

/// The secret that an app is to take, the same one until it is confirmed; none once it is.
pub fn begin(
    transaction: &Transaction<'_>,
    login: &str,
    rng: &mut impl rand::Rng,
) -> rusqlite::Result<Option<Secret>> {
    if let Some(row) = rows::read(transaction, login)? {
        return Ok(Some(Secret::of(&row)).filter(|_| !row.confirmed));
    }
    let secret = Secret::random(rng);
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    rows::insert(transaction, login, secret.as_bytes(), &salt)?;
    Ok(Some(secret))
}

/// The secret that was begun with and is not confirmed, if there is one.
pub fn begun(connection: &Connection, login: &str) -> rusqlite::Result<Option<Secret>> {
    Ok(rows::read(connection, login)?.filter(|row| !row.confirmed).map(|row| Secret::of(&row)))
}

/// The app shows the right code: from here on it is asked for. Gives the codes for paper, this once; nothing where the code
/// is wrong. Takes a second or two: call it off the async threads.
pub fn confirm(
    database: &Database,
    login: &str,
    typed: &str,
    now: DateTime<Utc>,
    rng: &mut impl rand::Rng,
) -> Result<Option<Vec<Zeroizing<String>>>, SecondFactorError> {
    let row = database.read(|connection| Ok::<_, SecondFactorError>(rows::read(connection, login)?))?;
    let Some(row) = row.filter(|row| !row.confirmed) else { return Ok(None) };
    let fit = totp::digits(typed).and_then(|digits| Secret::of(&row).fit(&digits, now, row.last_step));
    let Some(fit) = fit else { return Ok(None) };
    let codes = recovery::make(rng);
    let hashes: Option<Vec<[u8; 32]>> =
        codes.iter().map(|code| recovery::hash(&recovery::letters(code)?, &row.salt)).collect();
    let hashes = hashes.ok_or(SecondFactorError::NotHashed)?;
    database.write(|transaction| {
        if !rows::confirm(transaction, login, fit.step, now.timestamp())? {
            return Ok(None);
        }
        for hash in &hashes {
            rows::add_code(transaction, login, hash)?;
        }
        Ok(Some(codes))
    })
}

/// Takes a code, once. Ask only when the password was right, so that nobody else can use codes up; what was typed as a code on
/// paper takes as long whether there is one or not.
pub fn pass(
    database: &Database,
    login: &str,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Passage, SecondFactorError> {
    let row = database.read(|connection| Ok::<_, SecondFactorError>(rows::read(connection, login)?))?;
    let row = row.filter(|row| row.confirmed);
    let paper = recovery::letters(typed)
        .map(|letters| recovery::hash(&letters, &row.as_ref().map_or([0; 16], |row| row.salt)))
        .map(|hash| hash.ok_or(SecondFactorError::NotHashed))
        .transpose()?;
    let Some(row) = row else { return Ok(Passage::NotSetUp) };
    if typed.trim().is_empty() {
        let kept =
            database.read(|connection| Ok::<_, SecondFactorError>(passkeys::of(connection, login)?))?;
        return Ok(if kept.is_empty() { Passage::Refused } else { Passage::AsksForPasskey });
    }
    if let Some(fit) =
        totp::digits(typed).and_then(|digits| Secret::of(&row).fit(&digits, now, row.last_step))
    {
        let used = database
            .write(|transaction| Ok::<_, SecondFactorError>(rows::use_step(transaction, login, fit.step)?))?;
        return Ok(if used { Passage::Passed { late: fit.late } } else { Passage::Refused });
    }
    let Some(hash) = paper else { return Ok(Passage::Refused) };
    database.write(|transaction| {
        Ok(match rows::use_code(transaction, login, &hash)? {
            true => Passage::PassedByPaper { left: rows::codes_left(transaction, login)? },
            false => Passage::Refused,
        })
    })
}

/// What [`pass`] takes as long for, where the password was wrong already and nothing may be used up.
pub fn pass_in_vain(typed: &str) {
    if let Some(letters) = recovery::letters(typed) {
        let _ = recovery::hash(&letters, &[0; 16]);
    }
}

/// Puts this one in place, confirmed, without codes on paper: for demos and tests of people who do not exist.
pub fn plant(transaction: &Transaction<'_>, login: &str, secret: &Secret) -> rusqlite::Result<()> {
    rows::remove(transaction, login)?;
    rows::insert(transaction, login, secret.as_bytes(), &[0; 16])?;
    rows::confirm(transaction, login, 0, 0)?;
    Ok(())
}

/// Takes it away, with the codes on paper.
pub fn remove(transaction: &Transaction<'_>, login: &str) -> rusqlite::Result<()> {
    rows::remove(transaction, login)
}

impl Secret {
    fn of(row: &rows::Row) -> Self {
        Self::from_bytes(*row.secret)
    }
}

#[cfg(test)]
mod tests;
