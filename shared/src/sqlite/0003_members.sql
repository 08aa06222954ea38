-- Who writes for a chapter: its devices as certified last (kind 0), and those that are out (kind 1), as signed. They travel
-- with the floors, so the numbers of both are drawn from one row.
CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    device BLOB NOT NULL CHECK (length(device) = 32),
    kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
    -- of the chapter key that certified it, and its own: the higher pair wins
    chapter_key_serial INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    signed BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (chapter, device, kind)
) STRICT;

-- Few, and asked for at every edit of what is sealed.
CREATE INDEX changes_of_epochs ON changes (document) WHERE kind = 4;
