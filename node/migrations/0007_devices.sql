-- Invites of further devices that this one made: who shows to know the token was handed it.
CREATE TABLE device_invites (
    token BLOB PRIMARY KEY CHECK (length(token) = 16),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who asks to be a device of the chapter, until somebody has compared the code.
CREATE TABLE applicants (
    key BLOB PRIMARY KEY CHECK (length(key) = 32),
    application BLOB NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
