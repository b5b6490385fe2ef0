-- What is done once, whichever process comes to it first and however often: told that the month's messages run short.
CREATE TABLE done_once (
  key varchar(200) PRIMARY KEY,
  done_at timestamptz NOT NULL
);
