-- When this store first heard of a device, in unix seconds: a renewed certificate does not change it. Those of before are 0,
-- known for long.
ALTER TABLE members ADD COLUMN first_heard_at INTEGER NOT NULL DEFAULT 0;
