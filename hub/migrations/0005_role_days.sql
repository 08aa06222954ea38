-- Roles with their days: whether one holds is asked when one looks, so that the rows do not depend on the day on which
-- they were made.
DROP TABLE supporter_roles;
CREATE TABLE supporter_roles (
    supporter BLOB NOT NULL CHECK (length(supporter) = 16),
    role TEXT NOT NULL,
    -- the first day; null if it has held for as long as anybody knows
    from_day TEXT,
    -- the first day on which it no longer holds; null while no end is known
    to_day TEXT
) STRICT;
CREATE INDEX supporter_roles_by_supporter ON supporter_roles (supporter);
CREATE INDEX supporter_roles_by_role ON supporter_roles (role);
-- Everybody is projected anew.
INSERT INTO to_project (document) SELECT document FROM records ORDER BY first_entry;

-- Raised not by erasures alone, but by whatever makes a projection void that was computed before it: a person's
-- decision, and another's step, too.
ALTER TABLE projected RENAME COLUMN erasures TO edition;
UPDATE projected SET edition = edition + 1;
