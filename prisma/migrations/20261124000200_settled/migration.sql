-- A visit that is over or was canceled is told to `reservation_history` once; this is when.
ALTER TABLE reservations ADD COLUMN recorded_at timestamptz;
CREATE INDEX reservations_unrecorded ON reservations (end_time) WHERE recorded_at IS NULL;
CREATE INDEX stores_channel ON stores (channel);

-- What is free changes with every row here, whoever writes it: a turn, a job, a person at psql. The version moves at
-- COMMIT and not before, so that those who book at one shop wait for each other no longer than a commit takes.
CREATE FUNCTION bump_slots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stores SET slots_version = slots_version + 1 WHERE id = coalesce(NEW.store_id, OLD.store_id);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER reservations_bump_slots
  AFTER INSERT OR DELETE OR UPDATE OF store_id, staff_id, start_time, end_time, blocked_until, status, overbooked, hold_expires_at ON reservations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bump_slots();
