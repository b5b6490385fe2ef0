-- The address of a person's calendar, by the hash of its secret: 128 random bits need no salt.
CREATE TABLE staff_calendars (
  staff_id uuid PRIMARY KEY REFERENCES staff ON DELETE CASCADE,
  hash     varchar(64) NOT NULL UNIQUE,
  made_at  timestamptz NOT NULL
);
