-- Which slot of helhet.slots a user's passphrase opens: what changes or removes a user's access finds it by this.
ALTER TABLE users ADD COLUMN slot BLOB CHECK (slot IS NULL OR length(slot) = 16);
