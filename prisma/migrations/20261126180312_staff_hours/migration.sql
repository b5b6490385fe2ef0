-- A person's breaks by weekday, and days on which he works other hours than his own.
ALTER TABLE staff ADD COLUMN breaks jsonb NOT NULL DEFAULT '{}';
CREATE TABLE staff_exceptions (
  staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  day      date NOT NULL,
  openings jsonb NOT NULL,                     -- [["13:00", "18:00"]]; empty = away
  PRIMARY KEY (staff_id, day)
);
