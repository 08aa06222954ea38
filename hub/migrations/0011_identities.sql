-- By which identities at other providers a user signs in. Both halves together name somebody: a subject is only its
-- issuer's word for a person.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    login TEXT NOT NULL REFERENCES users (login) ON DELETE CASCADE,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject),
    -- one of each provider is enough, and easy to look after
    UNIQUE (login, issuer)
) STRICT, WITHOUT ROWID;
