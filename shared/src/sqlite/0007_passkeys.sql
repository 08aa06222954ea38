-- Passkeys, each beside the second factor of its login, and gone with that.
CREATE TABLE passkeys (
    -- the credential's id: one is nobody else's too
    id BLOB PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 1023),
    login TEXT NOT NULL REFERENCES second_factors (login) ON DELETE CASCADE,
    -- what its owner calls it
    name TEXT NOT NULL,
    -- the public half and what its device said of itself
    key TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_by_login ON passkeys (login);
