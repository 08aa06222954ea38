-- Who showed a ticket to be a chapter's device: a ticket is good for one key.
CREATE TABLE applicants (
    ticket_hash BLOB PRIMARY KEY CHECK (length(ticket_hash) = 32),
    chapter BLOB NOT NULL REFERENCES chapters (id),
    key BLOB NOT NULL CHECK (length(key) = 32),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
