-- The key that a user's passphrase makes, and this computer's peer-support key sealed to it, for who holds that.
CREATE TABLE user_keys (
    user INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- argon2id: memory in KiB, passes, lanes
    cost TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    public BLOB NOT NULL CHECK (length(public) = 32),
    -- null for who does not hold it (yet)
    peer_support BLOB
) STRICT;

-- What only peer support reads lies in the log, sealed, and nowhere else: no open copy of it, and none that waits to be made.
DELETE FROM documents WHERE zone = 1;
DELETE FROM unopened WHERE entry IN (SELECT id FROM entries WHERE zone = 1);
