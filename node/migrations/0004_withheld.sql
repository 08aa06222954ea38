-- Of whom the office is given nothing until a person confirms; filled by project.rs.
ALTER TABLE supporters ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
