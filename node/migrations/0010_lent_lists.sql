-- One list, lent to an event helper of this computer until a day. A helper who is removed has none.
CREATE TABLE lent_lists (
    id TEXT PRIMARY KEY,
    helper INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- role:… or tag:…
    list TEXT NOT NULL,
    -- the last day on which it is lent, ISO
    until TEXT NOT NULL,
    lent_by TEXT NOT NULL,
    lent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lent_lists_by_helper ON lent_lists (helper);
