-- A search goes through names and what is searched in, in order, and through nothing else: whole records are read of those
-- that are shown.
DROP INDEX supporters_by_name;
CREATE INDEX supporters_by_name ON supporters (sort_name, id, search_text);

-- Who holds a role on a day is counted from an index that has all of it, in order.
DROP INDEX supporter_roles_by_role;
CREATE INDEX supporter_roles_by_role ON supporter_roles (role, supporter, from_day, to_day);
