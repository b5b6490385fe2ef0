-- A block that was made at once with a booking: AI003 refuses the booking alone, and its transaction goes on.
CREATE OR REPLACE FUNCTION refuse_blocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM staff_blocks b WHERE b.staff_id = NEW.staff_id AND b.start_time < NEW.blocked_until AND b.end_time > NEW.start_time) THEN
    RAISE EXCEPTION 'the person is away then' USING ERRCODE = 'AI003';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION insert_visit(
  p_id uuid, p_user uuid, p_store uuid, p_staff uuid, p_menus uuid[], p_start timestamptz, p_end timestamptz, p_until timestamptz,
  p_nominated boolean, p_notes text, p_now timestamptz, p_hold_for varchar, p_hold_until timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM users WHERE id = p_user FOR NO KEY UPDATE;
  -- What the constraints leave out is in the way of customers, too: visits that staff forced into the calendar, and time
  -- they keep for themselves, which the trigger staff_blocked guards where both are made at once.
  IF EXISTS (SELECT FROM reservations o WHERE o.overbooked AND o.status IN ('pending', 'confirmed') AND o.staff_id = p_staff AND o.start_time < p_until AND o.blocked_until > p_start)
    OR EXISTS (SELECT FROM staff_blocks b WHERE b.staff_id = p_staff AND b.start_time < p_until AND b.end_time > p_start) THEN
    RETURN false;
  END IF;
  BEGIN
    INSERT INTO reservations (id, user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status, nominated, notes, created_at, updated_at, hold_for, hold_expires_at)
      VALUES (p_id, p_user, p_store, p_staff, p_menus[1], p_menus, p_start, p_end, p_until, CASE WHEN p_hold_for IS NULL THEN 'confirmed' ELSE 'pending' END::reservation_status,
        p_nominated, p_notes, p_now, p_now, p_hold_for, p_hold_until)
      ON CONFLICT DO NOTHING;
    RETURN FOUND;
  EXCEPTION WHEN SQLSTATE 'AI002' OR SQLSTATE 'AI003' THEN
    RETURN false;
  END;
END
$$;
