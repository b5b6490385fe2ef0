-- What is free changes with every row here, whoever writes it: a turn, a job, a person at psql. The version moves at
-- COMMIT and not before, so that those who book at one shop wait for each other no longer than a commit takes.
DROP TRIGGER reservations_by_others ON reservations;
CREATE CONSTRAINT TRIGGER reservations_bump_slots
  AFTER INSERT OR DELETE OR UPDATE OF store_id, staff_id, start_time, end_time, blocked_until, status, overbooked, hold_expires_at ON reservations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bump_slots();
