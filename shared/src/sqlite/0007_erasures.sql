-- The register of erasures: one row per document that was erased here. Hashes and random numbers alone: nobody can be named
-- from here.
CREATE TABLE erased (
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    -- hash of the signed tombstone
    tombstone BLOB NOT NULL CHECK (length(tombstone) = 32),
    -- the same for all documents of one supporter
    number BLOB NOT NULL CHECK (length(number) = 16),
    zone INTEGER NOT NULL,
    -- days since 1970-01-01, by the clock of who erased
    day INTEGER NOT NULL,
    authority BLOB NOT NULL CHECK (length(authority) = 32),
    -- the devices that owe a receipt, 32 bytes each; named on one row of an erasure
    holders BLOB NOT NULL,
    -- since when it is gone here
    at INTEGER NOT NULL,
    -- by whose right to erase a number a day alone it was carried out, if by anybody's
    counted_for BLOB CHECK (counted_for IS NULL OR length(counted_for) = 32),
    -- 0: this store has still to sign for it
    signed INTEGER NOT NULL,
    PRIMARY KEY (chapter, document_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_to_sign ON erased (chapter) WHERE signed = 0;

-- Which stores have said that it is gone there.
CREATE TABLE receipts (
    chapter BLOB NOT NULL CHECK (length(chapter) = 16),
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    signer BLOB NOT NULL CHECK (length(signer) = 32),
    by_hub INTEGER NOT NULL,
    finished_day INTEGER NOT NULL,
    backup_until_day INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chapter, document_hash, signer)
) STRICT, WITHOUT ROWID;
