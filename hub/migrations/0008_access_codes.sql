-- What an administrator gives somebody who cannot get in any more: good once, for a day.
CREATE TABLE access_codes (
    login TEXT PRIMARY KEY,
    -- SHA-256 of 120 random bits
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
