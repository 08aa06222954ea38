-- Erasures that wait for a second word, and words that took one back: as signed, kept for ever, and passed on with the floors.
CREATE TABLE held (
    -- drawn from one row with the numbers of floors, certificates and revocations
    id INTEGER PRIMARY KEY,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    authority BLOB NOT NULL CHECK (length(authority) = 32),
    -- 0: erases, 1: takes back
    takes_back INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    signed BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (chapter, document_hash, authority, takes_back)
) STRICT;

-- What is not shown meanwhile: every document of a supporter of whom one waits.
CREATE TABLE hidden (
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    document BLOB NOT NULL CHECK (length(document) = 16),
    -- the document that its supporter is known by
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    PRIMARY KEY (document)
) STRICT, WITHOUT ROWID;
CREATE INDEX hidden_by_subject ON hidden (subject);
