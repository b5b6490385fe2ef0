-- Reminders: since when a visit stands as it is, when it is looked at next, and what became of each.
ALTER TABLE reservations
  ADD COLUMN agreed_at timestamptz,
  ADD COLUMN remind_at timestamptz;
UPDATE reservations SET agreed_at = coalesce(confirmed_at, created_at), remind_at = updated_at WHERE status = 'confirmed' AND start_time > CURRENT_TIMESTAMP;
CREATE INDEX reservations_remind ON reservations (remind_at) WHERE status = 'confirmed' AND remind_at IS NOT NULL;

-- Whoever makes a visit, or moves it, has it looked at.
CREATE FUNCTION reservation_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.agreed_at = NEW.updated_at;
  NEW.remind_at = CASE WHEN NEW.start_time > NEW.updated_at THEN NEW.updated_at END;
  RETURN NEW;
END
$$;
CREATE TRIGGER reservations_agreed BEFORE INSERT ON reservations
  FOR EACH ROW WHEN (NEW.status = 'confirmed') EXECUTE FUNCTION reservation_agreed();
CREATE TRIGGER reservations_agreed_anew BEFORE UPDATE OF status, start_time ON reservations
  FOR EACH ROW WHEN (NEW.status = 'confirmed' AND (OLD.status <> 'confirmed' OR OLD.start_time <> NEW.start_time)) EXECUTE FUNCTION reservation_agreed();

-- Once for each kind and start: a visit that is moved is reminded of anew. `said_id`: the push, as the log has it.
CREATE TABLE reminders (
  reservation_id uuid NOT NULL REFERENCES reservations ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  start_time timestamptz NOT NULL,
  user_id uuid NOT NULL REFERENCES users,
  outcome varchar(20) NOT NULL CHECK (outcome IN ('sent', 'blocked', 'no_line', 'quota', 'refused')),
  at timestamptz NOT NULL,
  said_id uuid UNIQUE,
  PRIMARY KEY (reservation_id, kind, start_time)
);
CREATE INDEX reminders_user ON reminders (user_id, at);
