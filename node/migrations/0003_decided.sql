-- Projections that a page or a list counts by; filled by project.rs, which makes all rows anew when it has changed.
ALTER TABLE supporters ADD COLUMN said_no INTEGER NOT NULL DEFAULT 0;
ALTER TABLE supporters ADD COLUMN declared INTEGER NOT NULL DEFAULT 0;

-- Whom a person has told apart from one who looks alike.
CREATE TABLE supporter_apart (
    supporter INTEGER NOT NULL REFERENCES supporters (row) ON DELETE CASCADE,
    other BLOB NOT NULL CHECK (length(other) = 16)
) STRICT;
CREATE INDEX supporter_apart_by_supporter ON supporter_apart (supporter);
