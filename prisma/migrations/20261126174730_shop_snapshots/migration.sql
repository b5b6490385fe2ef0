-- The shops as they were when a turn was taken, kept once however many turns there were: a replay years later reads them.
-- `json`: byte for byte as it was written, so that the order of keys is that of the turn.
CREATE TABLE shop_snapshots (
  key varchar(64) PRIMARY KEY,
  stores json NOT NULL,
  kept_at timestamptz NOT NULL
);
