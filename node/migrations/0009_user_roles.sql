-- Users have one of the roles of shared/src/rights. Until here there was one word, and whoever had it did everything.
UPDATE users SET role = 'chapter_leader';
