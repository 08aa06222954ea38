//! What a person can do about an error of the database, where it is not the program's fault.
use std::error::Error;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// A sentence for who sees the error, looked for in all its causes; none where there is nothing to be done.
pub fn advice(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(failure, _)) = error.downcast_ref() {
            return advice_on(failure);
        }
        cause = error.source();
    }
    None
}

fn advice_on(failure: &rusqlite::ffi::Error) -> Option<&'static str> {
    let full = failure.code == ErrorCode::DiskFull || failure.extended_code == SQLITE_IOERR_SHMSIZE;
    if full {
        return Some("the disk is full: make room and try again; nothing was done by halves");
    }
    if failure.code == ErrorCode::SystemIoFailure {
        return Some("the disk is full or failing: look at it, then try again; nothing was done by halves");
    }
    if matches!(failure.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) {
        return Some(
            "another program is using the data and does not get on: look after it, then try again; nothing was done by halves",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] rusqlite::Error);

    fn failure(code: i32) -> Outer {
        Outer(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
    }

    #[test]
    fn a_full_disk_is_called_so_however_deep_it_is_found() {
        let said = |code| advice(&failure(code));
        assert!(said(rusqlite::ffi::SQLITE_FULL).is_some_and(|said| said.starts_with("the disk is full:")));
        assert!(said(SQLITE_IOERR_SHMSIZE).is_some_and(|said| said.starts_with("the disk is full:")));
        assert!(said(rusqlite::ffi::SQLITE_IOERR_READ).is_some_and(|said| said.contains("or failing")));
        assert!(said(rusqlite::ffi::SQLITE_BUSY).is_some_and(|said| said.contains("another program")));
        assert_eq!(said(rusqlite::ffi::SQLITE_CONSTRAINT), None);
    }
}
