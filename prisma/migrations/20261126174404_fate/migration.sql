-- What becomes of a visit: when the shop said yes to it, whether the customer came.
ALTER TABLE reservations ADD COLUMN confirmed_at timestamptz, ADD COLUMN arrived_at timestamptz;
UPDATE reservations SET confirmed_at = created_at WHERE status = 'confirmed' OR (status = 'canceled' AND hold_expires_at IS NULL);
UPDATE reservations SET recorded_at = updated_at WHERE status = 'canceled' AND confirmed_at IS NULL AND recorded_at IS NULL;

-- A hold that somebody booked over before its end was told is canceled and still says what it waited for; who tells
-- of its end takes that away.
DROP INDEX reservations_holds;
CREATE INDEX reservations_holds ON reservations (hold_expires_at) WHERE hold_for IS NOT NULL;
CREATE INDEX reservations_no_shows ON reservations (user_id, store_id) WHERE no_show;

-- Whoever writes: a hold that ends without a visit is nothing for `reservation_history`, and what was told there is
-- told again when the fate of a visit is another than it was.
CREATE FUNCTION reservation_fate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.recorded_at IS NOT NULL AND (NEW.status, NEW.no_show) IS DISTINCT FROM (OLD.status, OLD.no_show) THEN
    NEW.recorded_at = NULL;
  END IF;
  IF NEW.status = 'confirmed' AND NEW.confirmed_at IS NULL THEN
    NEW.confirmed_at = NEW.updated_at;
  ELSIF NEW.status = 'canceled' AND NEW.confirmed_at IS NULL THEN
    NEW.recorded_at = NEW.updated_at;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER reservations_fate BEFORE INSERT OR UPDATE OF status, no_show ON reservations
  FOR EACH ROW EXECUTE FUNCTION reservation_fate();
