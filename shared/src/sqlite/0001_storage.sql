-- The storage both programs share. Times are unix seconds; 64-bit unsigned numbers are stored as their bits.

-- One row per log: how far this store holds it. Written with each entry, so that positions cost no scan.
CREATE TABLE logs (
    id INTEGER PRIMARY KEY,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    zone INTEGER NOT NULL,
    author BLOB NOT NULL CHECK (length(author) = 32),
    incarnation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (chapter, zone, author, incarnation)
) STRICT;

-- Signed entries in arrival order (id), which is the order they are passed on in, since it is causal.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    log INTEGER NOT NULL REFERENCES logs (id),
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    zone INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    -- the header as it was signed, byte for byte
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (log, sequence)
) STRICT;
CREATE INDEX entries_by_feed ON entries (chapter, zone, id);

-- The changes of an entry. An erased document leaves no id here: only the commitment stays, which the header has too.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    document BLOB CHECK (length(document) = 16),
    generation_number INTEGER NOT NULL,
    generation_random INTEGER NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    -- as sent; null when pruned or refused
    body BLOB,
    -- whether the body is ciphertext
    sealed INTEGER NOT NULL DEFAULT 0,
    -- 0 live, 1 pruned, 2 refused
    state INTEGER NOT NULL,
    UNIQUE (entry, position),
    CHECK ((state = 0) = (body IS NOT NULL))
) STRICT;
CREATE INDEX changes_by_document ON changes (document, generation_number) WHERE document IS NOT NULL;

-- Merged documents as automerge saved them: a cache of the log that is checked against its heads.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16),
    generation_number INTEGER NOT NULL,
    generation_random INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    -- this store's own actor in this generation; random, and gone with the row
    actor BLOB NOT NULL CHECK (length(actor) = 16),
    bytes BLOB NOT NULL,
    -- the heads of `bytes`, 32 bytes each, sorted
    heads BLOB NOT NULL,
    -- 1: a change of it was refused; nothing more is applied to this generation
    frozen INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document, generation_number, generation_random)
) STRICT;
CREATE INDEX documents_by_zone ON documents (chapter, zone, id);

-- Grow-only: below `floor` nothing of a document is ever stored again. No personal data, no plain document id.
CREATE TABLE tombstones (
    id INTEGER PRIMARY KEY,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    floor INTEGER NOT NULL,
    -- the tombstone as signed and sent
    signed BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (chapter, document_hash)
) STRICT;

-- How far each peer has acknowledged each log: what "sent" on a screen rests on.
CREATE TABLE acknowledged (
    peer BLOB NOT NULL,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    zone INTEGER NOT NULL,
    author BLOB NOT NULL CHECK (length(author) = 32),
    incarnation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    PRIMARY KEY (peer, chapter, zone, author, incarnation)
) STRICT, WITHOUT ROWID;
