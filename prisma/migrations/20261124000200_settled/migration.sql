-- A visit that is over or was canceled is told to `reservation_history` once; this is when.
ALTER TABLE reservations ADD COLUMN recorded_at timestamptz;
CREATE INDEX reservations_unrecorded ON reservations (end_time) WHERE recorded_at IS NULL;
CREATE INDEX stores_channel ON stores (channel);

-- The app bumps `slots_version` itself, last in its transaction. Whoever else writes here (a person at psql, another
-- tool of the shop) bumps it by this, at his COMMIT, so that no cache ever shows what is no more.
CREATE FUNCTION bump_slots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stores SET slots_version = slots_version + 1 WHERE id = coalesce(NEW.store_id, OLD.store_id);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER reservations_by_others AFTER INSERT OR UPDATE OR DELETE ON reservations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('application_name') <> 'aiteru')
  EXECUTE FUNCTION bump_slots();
