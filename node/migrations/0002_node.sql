-- What a chapter's node keeps beside the storage that both programs share. The whole file is encrypted.

-- Keys, certificates, the hub's address, what was accepted: one row each. Never sent, never exported.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may log in at this computer.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE COLLATE NOCASE,
    -- argon2id
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    -- SHA-256 of the cookie's token; the token itself is nowhere
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Erasures and narrowings that the hub owes a receipt for. Hashes only: nobody can be named from here.
CREATE TABLE receipts_owed (
    tombstone_hash BLOB PRIMARY KEY CHECK (length(tombstone_hash) = 32),
    zone INTEGER NOT NULL,
    floor INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    -- null while it is owed
    received_at INTEGER,
    receipt BLOB
) STRICT, WITHOUT ROWID;

-- Shared documents that the hub changed, to be brought into the chapter's record once all zones are caught up.
CREATE TABLE arrived (
    document BLOB PRIMARY KEY CHECK (length(document) = 16)
) STRICT, WITHOUT ROWID;

-- Projections. Written by project.rs alone, dropped and rebuilt by `doctor --rebuild`.
CREATE TABLE supporters (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    shared_document BLOB,
    confidential_document BLOB,
    kind TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- folded, so that Åse is found by ase and by aase
    search_text TEXT NOT NULL,
    -- the supporter as the command line prints it
    json TEXT NOT NULL,
    disputed INTEGER NOT NULL,
    unreadable INTEGER NOT NULL
) STRICT;
CREATE INDEX supporters_by_name ON supporters (sort_name, id);
CREATE INDEX supporters_by_shared ON supporters (shared_document);

CREATE TABLE supporter_roles (
    supporter INTEGER NOT NULL REFERENCES supporters (row) ON DELETE CASCADE,
    role TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT
) STRICT;
CREATE INDEX supporter_roles_by_supporter ON supporter_roles (supporter);
CREATE INDEX supporter_roles_by_role ON supporter_roles (role);

-- Under which numbers and lines other files know a supporter: what makes a repeated import line count as the same.
CREATE TABLE supporter_externals (
    supporter INTEGER NOT NULL REFERENCES supporters (row) ON DELETE CASCADE,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    line TEXT NOT NULL
) STRICT;
CREATE INDEX supporter_externals_by_supporter ON supporter_externals (supporter);
CREATE INDEX supporter_externals_by_number ON supporter_externals (source, number);
CREATE INDEX supporter_externals_by_line ON supporter_externals (source, line);

CREATE TABLE supporter_imports (
    supporter INTEGER NOT NULL REFERENCES supporters (row) ON DELETE CASCADE,
    batch TEXT NOT NULL
) STRICT;
CREATE INDEX supporter_imports_by_supporter ON supporter_imports (supporter);
CREATE INDEX supporter_imports_by_batch ON supporter_imports (batch);

-- What two supporters who may be one have in common, folded: equal marks are possible doubles.
CREATE TABLE supporter_marks (
    supporter INTEGER NOT NULL REFERENCES supporters (row) ON DELETE CASCADE,
    mark TEXT NOT NULL
) STRICT;
CREATE INDEX supporter_marks_by_supporter ON supporter_marks (supporter);
CREATE INDEX supporter_marks_by_mark ON supporter_marks (mark);

-- What the hub refused of our changes.
CREATE TABLE refusals (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16),
    generation_number INTEGER NOT NULL,
    generation_random INTEGER NOT NULL,
    code TEXT NOT NULL,
    key TEXT,
    received_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX refusals_once ON refusals
    (document, generation_number, generation_random, code, coalesce(key, ''));

-- Imports, so that one can be undone as one action. `reverse` holds what a change took the place of; it goes with the
-- supporter.
CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    -- what the file was called, for the list of imports
    file TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE import_changes (
    id INTEGER PRIMARY KEY,
    import TEXT NOT NULL REFERENCES imports (id),
    supporter BLOB NOT NULL CHECK (length(supporter) = 16),
    -- 1: the import made the supporter; undoing erases it
    made INTEGER NOT NULL,
    -- JSON: [[key, old value or null, new value or null]]
    reverse TEXT NOT NULL
) STRICT;
CREATE INDEX import_changes_by_import ON import_changes (import);
CREATE INDEX import_changes_by_supporter ON import_changes (supporter);
