-- The set hash of each zone's live changes, kept as they come and go, so that two stores can tell that they hold the same.
CREATE TABLE fingerprints (
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    zone INTEGER NOT NULL,
    -- the sum modulo 2^256 of the items, big-endian
    sum BLOB NOT NULL CHECK (length(sum) = 32),
    PRIMARY KEY (chapter, zone)
) STRICT, WITHOUT ROWID;

-- When contents were last compared with a peer and agreed, and what was last found to differ. From here on a change may
-- also have state 3, lost: its body was not what its commitment says, and is given back by a peer.
CREATE TABLE comparisons (
    peer BLOB PRIMARY KEY,
    agreed_at INTEGER,
    diverged_at INTEGER,
    -- of the last time that contents differed: given back to us, to the peer, and still different
    filled_here INTEGER NOT NULL DEFAULT 0,
    filled_there INTEGER NOT NULL DEFAULT 0,
    left INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
