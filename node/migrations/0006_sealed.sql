-- Changes that came sealed and are not in their documents yet: they are opened when all of a session is here, in order of
-- arrival. Those whose key is not here wait for it.
CREATE TABLE unopened (
    entry INTEGER NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    -- 1: tried with the keys that are here
    tried INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
