-- Who holds a role on a day is counted whenever a session begins: from an index that has all of it, in order.
DROP INDEX supporter_roles_by_role;
CREATE INDEX supporter_roles_by_role ON supporter_roles (role, supporter, from_day, to_day);
