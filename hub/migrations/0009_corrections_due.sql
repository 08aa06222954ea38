-- Whether a correction is to be looked at: something is new in its record, or in what the chapter is known to hold.
ALTER TABLE corrections DROP COLUMN looked_at;
ALTER TABLE corrections ADD COLUMN due INTEGER NOT NULL DEFAULT 1;
CREATE INDEX corrections_due ON corrections (document) WHERE due = 1;
CREATE INDEX corrections_of_documents ON corrections (document);
CREATE INDEX corrections_of_chapters ON corrections (chapter) WHERE outcome IS NULL;
DROP INDEX corrections_by_document;
