-- The highest numbers of an entry and of a change that were taken away. Numbers are never given twice: who has looked at all entries up to
-- one (sessions), or at all changes (the office's projector), would never look at another in its place.
CREATE TABLE taken_away (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    newest INTEGER NOT NULL,
    newest_change INTEGER NOT NULL
) STRICT;
