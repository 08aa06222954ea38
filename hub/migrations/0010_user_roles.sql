-- Users have one of the roles of shared/src/rights. Who only looked sees figures from here on, until an administrator says more.
CREATE TABLE users_with_roles (
    login TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    -- argon2id, with its parameters
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO users_with_roles (login, role, password_hash, created_at)
SELECT login,
       CASE role WHEN 'admin' THEN 'administrator' WHEN 'staff' THEN 'member_service' ELSE 'analyst' END,
       password_hash,
       created_at
FROM users;

DROP TABLE users;
ALTER TABLE users_with_roles RENAME TO users;
