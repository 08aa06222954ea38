-- The newest change of the store when a correction was last found to be taken: what came after is looked at again,
-- since the chapter may have written something else before it had the correction.
ALTER TABLE corrections ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0;
