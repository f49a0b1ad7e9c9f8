BEGIN TRANSACTION;
CREATE TABLE completions (
	user_id INTEGER NOT NULL, 
	place VARCHAR(200) NOT NULL, 
	completed_at DATETIME NOT NULL, 
	PRIMARY KEY (user_id, place), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO "completions" VALUES(1,'web/rooms/first','2026-11-24 09:30:00.000000');
CREATE TABLE user_sessions (
	token VARCHAR(40) NOT NULL, 
	user_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	PRIMARY KEY (token), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO "user_sessions" VALUES('token-of-mary',1,'2999-01-01 00:00:00.000000',0);
CREATE TABLE users (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	username VARCHAR(30) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	password_hash VARCHAR(256) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	visibility VARCHAR(16) NOT NULL, 
	avatar VARCHAR(200) NOT NULL, 
	alias VARCHAR(40) NOT NULL, 
	is_sample BOOLEAN NOT NULL, 
	revision INTEGER DEFAULT '1' NOT NULL, 
	created_at DATETIME NOT NULL, 
	UNIQUE (username)
);
INSERT INTO "users" VALUES(1,'mary','Mary','pbkdf2:sha256:1$46J4OkwCydG3OUyP$fb86defa6fc891e9e545937561c63865fc45acdf5c45d45d0bb502c7723ff464','learner','anonymous','/avatars/0123456789abcdefghijkl.webp','alias-of-mary',0,1,'2026-11-24 09:30:00.000000');
INSERT INTO "users" VALUES(2,'noor','Noor','pbkdf2:sha256:1$46J4OkwCydG3OUyP$fb86defa6fc891e9e545937561c63865fc45acdf5c45d45d0bb502c7723ff464','instructor','everyone','','alias-of-noor',0,1,'2026-11-24 09:30:00.000000');
CREATE INDEX ix_users_avatar ON users (avatar);
CREATE INDEX ix_user_sessions_user_id ON user_sessions (user_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('users',2);
COMMIT;
