-- Count and digest of what is retired of each chapter, kept as it grows: every meeting begins with them.
CREATE TABLE retired (
    chapter BLOB PRIMARY KEY CHECK (length(chapter) = 16),
    count INTEGER NOT NULL,
    -- the sum modulo 2^256 of the items, big-endian
    sum BLOB NOT NULL CHECK (length(sum) = 32)
) STRICT, WITHOUT ROWID;
