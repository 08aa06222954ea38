-- The office's own tables, beside the storage both programs share. Times are unix seconds.

-- The office, its hub and its keys; one row per name. The office's root key is never here: it lives on paper.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    login TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('admin', 'staff', 'reader')),
    -- argon2id, with its parameters
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chapters (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL UNIQUE,
    added_at INTEGER NOT NULL,
    -- pinned when the first invite is redeemed; null until then
    root_key BLOB CHECK (length(root_key) = 32),
    -- the highest serial seen of the chapter's key, and that key
    chapter_key BLOB CHECK (length(chapter_key) = 32),
    chapter_key_serial INTEGER NOT NULL DEFAULT 0,
    joined_at INTEGER,
    -- the six digits that the chapter's screen shows too
    join_code TEXT
) STRICT, WITHOUT ROWID;

-- Only a token's hash: who reads this table can redeem nothing.
CREATE TABLE invites (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    chapter BLOB NOT NULL REFERENCES chapters (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    -- the root key that redeemed it; the same one may say hello again if its answer was lost
    redeemed_by BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    key BLOB PRIMARY KEY CHECK (length(key) = 32),
    chapter BLOB NOT NULL REFERENCES chapters (id),
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    -- the certificates it showed last
    chain BLOB NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    -- the store it keeps: new after a restore
    store_id BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_chapter ON devices (chapter);

-- Which chapter and zone a document belongs to, from its first change on, and the hash a tombstone names it by.
CREATE TABLE held_documents (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL UNIQUE CHECK (length(document) = 16),
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    zone INTEGER NOT NULL,
    -- arrival of its first change: the oldest record of a cluster names the supporter
    first_entry INTEGER NOT NULL
) STRICT;
CREATE INDEX held_documents_by_hash ON held_documents (document_hash);

-- Generations of which a change was refused: nothing more is taken into them.
CREATE TABLE frozen (
    document BLOB NOT NULL CHECK (length(document) = 16),
    generation_number INTEGER NOT NULL,
    generation_random INTEGER NOT NULL,
    PRIMARY KEY (document, generation_number, generation_random)
) STRICT, WITHOUT ROWID;

-- What was refused, without what it was: rule, device, hash, size.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    chapter BLOB NOT NULL,
    device BLOB NOT NULL,
    rule TEXT NOT NULL,
    hash BLOB NOT NULL,
    size INTEGER NOT NULL
) STRICT;

-- Entries whose own time lies outside the window; rules of recency use the time received.
CREATE TABLE odd_times (
    entry INTEGER PRIMARY KEY,
    claimed INTEGER NOT NULL
) STRICT;

-- One row per tombstone taken in: what the hub owes or has given a receipt for.
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY,
    -- the hash that the receipt names
    tombstone BLOB NOT NULL UNIQUE CHECK (length(tombstone) = 32),
    chapter BLOB NOT NULL,
    document_hash BLOB NOT NULL,
    -- 4294967295: erased; else what lies below is gone
    floor INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- set when the bytes are gone from file and WAL and the receipt stands in the hub's log
    receipted_at INTEGER,
    -- the office's own record that was linked with what was erased: gifts and notes are the office's to look at
    office_record BLOB
) STRICT;

-- A person's word about two records. Never a projection; the one id is below the other.
CREATE TABLE link_decisions (
    one BLOB NOT NULL CHECK (length(one) = 16),
    other BLOB NOT NULL CHECK (length(other) = 16),
    decision TEXT NOT NULL CHECK (decision IN ('same', 'not_same')),
    login TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;

-- Corrections of contact details by the office, per record, until the chapter's part shows or rejects them.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16),
    chapter BLOB NOT NULL,
    -- JSON array of [key, value or null]
    edits TEXT NOT NULL,
    source TEXT NOT NULL,
    login TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- the generation it was last written to
    generation_number INTEGER NOT NULL,
    generation_random INTEGER NOT NULL,
    -- null while it waits; 'shown', 'rejected' or 'gone' afterwards
    outcome TEXT
) STRICT;
CREATE INDEX corrections_by_document ON corrections (document) WHERE outcome IS NULL;

-- Gifts: an append-only ledger in integer minor units. A wrong row is reversed by another, never changed.
CREATE TABLE gifts (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    -- the source's own number; a line comes once however often its file is imported
    transaction_id TEXT NOT NULL,
    -- from 0; one more each time that an import of it was taken back before
    take INTEGER NOT NULL,
    donor BLOB NOT NULL CHECK (length(donor) = 16),
    paid_at TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    frequency TEXT,
    method TEXT,
    device TEXT,
    channel TEXT,
    campaign TEXT,
    tax_deduction INTEGER,
    -- the gift that this row takes back; its amount is that gift's, negative
    reverses INTEGER UNIQUE REFERENCES gifts (id),
    batch TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    UNIQUE (source, transaction_id, take)
) STRICT;
CREATE INDEX gifts_by_donor ON gifts (donor);
CREATE TRIGGER gifts_are_never_changed BEFORE UPDATE ON gifts
    BEGIN SELECT raise(ABORT, 'a gift is reversed, never changed'); END;

-- Who took out what, when, why and how much of it (S3.10). No names: a card is named by its id.
CREATE TABLE report_history (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    login TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    how_many INTEGER NOT NULL
) STRICT;

-- The projections. Only the projector writes them; all can be dropped and rebuilt from what stands above.

-- How far the projections have come: the last change taken in.
CREATE TABLE projected (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    change INTEGER NOT NULL,
    -- raised by every erasure: a projection that was computed before it is thrown away, never stored
    erasures INTEGER NOT NULL
) STRICT;
INSERT INTO projected VALUES (1, 0, 0);

-- Documents to project anew for another reason than a new change: a floor was raised, a person decided.
CREATE TABLE to_project (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16)
) STRICT;

-- One row per supporter document that has a live generation, a chapter's or the office's own (chapter of zeros).
CREATE TABLE records (
    document BLOB PRIMARY KEY CHECK (length(document) = 16),
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    first_entry INTEGER NOT NULL,
    -- JSON: [key, value, when, whether the office said it] per value
    content TEXT NOT NULL,
    supporter BLOB NOT NULL CHECK (length(supporter) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_supporter ON records (supporter);
CREATE INDEX records_by_chapter ON records (chapter);

-- Keys under which records meet to be compared.
CREATE TABLE record_keys (
    key TEXT NOT NULL,
    document BLOB NOT NULL CHECK (length(document) = 16),
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_keys_by_document ON record_keys (document);

-- Pairs that a person should look at.
CREATE TABLE doubtful_pairs (
    one BLOB NOT NULL CHECK (length(one) = 16),
    other BLOB NOT NULL CHECK (length(other) = 16),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX doubtful_pairs_by_other ON doubtful_pairs (other);

-- The national list: one row per supporter.
CREATE TABLE supporters (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    display_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    -- folded: name, contact details, chapters
    search_text TEXT NOT NULL,
    -- the national record as JSON
    national TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX supporters_by_name ON supporters (sort_name, id);

CREATE TABLE supporter_roles (
    supporter BLOB NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (role, supporter)
) STRICT, WITHOUT ROWID;
CREATE INDEX supporter_roles_by_supporter ON supporter_roles (supporter);

-- What chapters say of themselves: figures, accepted agreements. JSON of the content.
CREATE TABLE chapter_documents (
    document BLOB PRIMARY KEY CHECK (length(document) = 16),
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    type TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
