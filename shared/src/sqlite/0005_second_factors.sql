-- What somebody has beside the password: an app that shows codes (RFC 6238), and codes on paper for when it is lost.
CREATE TABLE second_factors (
    login TEXT PRIMARY KEY,
    secret BLOB NOT NULL CHECK (length(secret) = 20),
    -- null until a code of the app was typed: nobody is asked for what may not be there
    confirmed_at INTEGER,
    -- the last half minute whose code was used; none is taken twice
    last_step INTEGER NOT NULL,
    -- for the codes on paper
    salt BLOB NOT NULL CHECK (length(salt) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    login TEXT NOT NULL REFERENCES second_factors (login) ON DELETE CASCADE,
    -- argon2id
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (login, hash)
) STRICT, WITHOUT ROWID;
