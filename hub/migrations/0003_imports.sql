-- Imports of the office's own files, so that one can be taken back as one action. Times are unix seconds.
CREATE TABLE imports (
    -- what gifts name as their batch
    id TEXT PRIMARY KEY,
    -- what the file was called
    file TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gifts', 'supporters')),
    imported_at INTEGER NOT NULL,
    -- how many supporters it made and changed, and gifts it brought
    made INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gifts INTEGER NOT NULL,
    undone_at INTEGER
) STRICT, WITHOUT ROWID;

-- Gifts that were imported before this table was. Whom they made is not known any more, so it stays.
INSERT INTO imports (id, file, kind, imported_at, made, changed, gifts, undone_at)
SELECT gift.batch, '', 'gifts', min(gift.recorded_at), 0, 0, count(*),
       iif(count(*) = count(later.id), max(later.recorded_at), NULL)
FROM gifts AS gift LEFT JOIN gifts AS later ON later.reverses = gift.id
WHERE gift.reverses IS NULL GROUP BY gift.batch;

-- What an import did to the office's own supporters. A row goes when it was taken back; one who was made by an import
-- that was taken back stays only as long as another import's gift or change rests on it.
CREATE TABLE import_changes (
    id INTEGER PRIMARY KEY,
    import TEXT NOT NULL REFERENCES imports (id),
    supporter BLOB NOT NULL CHECK (length(supporter) = 16),
    -- 1: the import made the supporter
    made INTEGER NOT NULL,
    -- JSON: [[key, old value or null, new value or null]]
    reverse TEXT NOT NULL
) STRICT;
CREATE INDEX import_changes_by_import ON import_changes (import);
CREATE INDEX import_changes_by_supporter ON import_changes (supporter);

-- Whom an import's line might be besides. A person decides; the one id is below the other.
CREATE TABLE possible_doubles (
    one BLOB NOT NULL CHECK (length(one) = 16),
    other BLOB NOT NULL CHECK (length(other) = 16),
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX possible_doubles_by_other ON possible_doubles (other);
