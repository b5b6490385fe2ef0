-- Somebody who writes a visit or a wait by hand, or with another tool, need not know the columns that are ours: they
-- follow from his. The app gives them itself.
CREATE FUNCTION visit_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.menu_ids := coalesce(NEW.menu_ids, ARRAY[NEW.menu_id]);
  NEW.blocked_until := coalesce(NEW.blocked_until, NEW.end_time + make_interval(mins => coalesce((SELECT max(buffer_minutes) FROM menus WHERE id = ANY (NEW.menu_ids)), 0)));
  RETURN NEW;
END
$$;
CREATE TRIGGER reservations_by_hand BEFORE INSERT ON reservations
  FOR EACH ROW WHEN (NEW.menu_ids IS NULL OR NEW.blocked_until IS NULL) EXECUTE FUNCTION visit_by_hand();

CREATE FUNCTION wait_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.menu_ids := coalesce(NEW.menu_ids, ARRAY[NEW.menu_id]);
  NEW.queued_at := coalesce(NEW.queued_at, NEW.created_at);
  RETURN NEW;
END
$$;
CREATE TRIGGER waitlist_entries_by_hand BEFORE INSERT ON waitlist_entries
  FOR EACH ROW WHEN (NEW.menu_ids IS NULL OR NEW.queued_at IS NULL) EXECUTE FUNCTION wait_by_hand();
