-- Rooms and chairs that visits share: a visit with one of these menus needs one of `count` for its whole time.
CREATE TABLE resources (
  id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  name     varchar(255) NOT NULL,
  count    int NOT NULL CHECK (count BETWEEN 1 AND 100),
  position int NOT NULL DEFAULT 0,
  active   boolean NOT NULL DEFAULT true,
  UNIQUE (store_id, name)
);
CREATE TABLE resource_menus (
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  menu_id     uuid NOT NULL REFERENCES menus ON DELETE CASCADE,
  PRIMARY KEY (resource_id, menu_id)
);
CREATE INDEX resource_menus_menu ON resource_menus (menu_id);

-- Which of them a visit has: lane 1, 2, … of each. No two visits have the same one at the same time, whoever writes.
CREATE TABLE reservation_lanes (
  reservation_id uuid NOT NULL REFERENCES reservations ON DELETE CASCADE,
  resource_id    uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  lane           int NOT NULL,
  store_id       uuid NOT NULL,
  start_time     timestamptz NOT NULL,
  blocked_until  timestamptz NOT NULL,
  -- More visits than there are: put in by staff on purpose, or booked before the shop said how many there are.
  forced         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (reservation_id, resource_id),
  CONSTRAINT reservation_lanes_no_overlap EXCLUDE USING gist
    (resource_id WITH =, lane WITH =, tstzrange(start_time, blocked_until, '[)') WITH &&) WHERE (NOT forced)
);
CREATE INDEX reservation_lanes_store ON reservation_lanes (store_id, start_time);
CREATE INDEX reservation_lanes_lane ON reservation_lanes (resource_id, lane, start_time);

-- Takes one lane of every resource the visit needs, the first that is free; false = there is none, unless `p_force`.
-- In the order of the resources and behind ON CONFLICT, so that two who book at once do not wait for each other; and never
-- one that is seen to be had, for two who move into each other's time would each wait for what the other gives up.
CREATE FUNCTION take_lanes(v reservations, p_force boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  needed record;
  n int;
  taken boolean;
BEGIN
  FOR needed IN
    SELECT r.id, r.count FROM resources r
    WHERE r.active AND r.store_id = v.store_id AND EXISTS (SELECT FROM resource_menus m WHERE m.resource_id = r.id AND m.menu_id = ANY (v.menu_ids))
    ORDER BY r.id
  LOOP
    taken := false;
    FOR n IN
      SELECT lane FROM generate_series(1, needed.count) AS lane
      WHERE NOT EXISTS (SELECT FROM reservation_lanes l WHERE l.resource_id = needed.id AND l.lane = lane.lane AND l.start_time < v.blocked_until AND l.blocked_until > v.start_time)
      ORDER BY lane
    LOOP
      INSERT INTO reservation_lanes (reservation_id, resource_id, lane, store_id, start_time, blocked_until)
        VALUES (v.id, needed.id, n, v.store_id, v.start_time, v.blocked_until)
        ON CONFLICT DO NOTHING;
      taken := FOUND;
      EXIT WHEN taken;
    END LOOP;
    IF NOT taken AND NOT p_force THEN RETURN false; END IF;
    IF NOT taken THEN
      INSERT INTO reservation_lanes (reservation_id, resource_id, lane, store_id, start_time, blocked_until, forced)
        VALUES (v.id, needed.id, 1, v.store_id, v.start_time, v.blocked_until, true);
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- A visit has its lanes while it stands, whoever writes it. AI002 = a room it needs is full.
CREATE FUNCTION reservation_lanes_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.status <> 'canceled' AND OLD.status <> 'canceled' AND (NEW.menu_ids, NEW.start_time, NEW.blocked_until, NEW.overbooked) = (OLD.menu_ids, OLD.start_time, OLD.blocked_until, OLD.overbooked) THEN
      RETURN NULL;
    END IF;
    DELETE FROM reservation_lanes WHERE reservation_id = NEW.id;
  END IF;
  IF NEW.status <> 'canceled' AND NOT take_lanes(NEW, NEW.overbooked) THEN
    RAISE EXCEPTION 'a room that is needed is full' USING ERRCODE = 'AI002';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER reservations_lanes AFTER INSERT OR UPDATE OF menu_ids, start_time, blocked_until, status, overbooked ON reservations
  FOR EACH ROW EXECUTE FUNCTION reservation_lanes_follow();

-- After a shop has said otherwise what it has: every visit to come takes its lanes again, those that began or were
-- booked first before the others; who finds none keeps his visit all the same. Bookings wait meanwhile.
CREATE FUNCTION retake_lanes(p_store uuid, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  visit reservations;
BEGIN
  LOCK TABLE reservation_lanes IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM reservation_lanes WHERE store_id = p_store AND blocked_until > p_now;
  FOR visit IN SELECT * FROM reservations WHERE store_id = p_store AND status <> 'canceled' AND blocked_until > p_now ORDER BY start_time, created_at, id LOOP
    PERFORM take_lanes(visit, true);
  END LOOP;
END
$$;

-- Whether a visit of these menus would find a room it needs full, besides `p_except` and holds that ended.
CREATE FUNCTION no_room(p_store uuid, p_menus uuid[], p_start timestamptz, p_until timestamptz, p_now timestamptz, p_except uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM resources r
    WHERE r.active AND r.store_id = p_store AND EXISTS (SELECT FROM resource_menus m WHERE m.resource_id = r.id AND m.menu_id = ANY (p_menus))
      AND NOT EXISTS (SELECT FROM generate_series(1, r.count) AS n WHERE NOT EXISTS (
        SELECT FROM reservation_lanes l JOIN reservations v ON v.id = l.reservation_id
        WHERE l.resource_id = r.id AND l.lane = n AND l.start_time < p_until AND l.blocked_until > p_start
          AND l.reservation_id IS DISTINCT FROM p_except AND (v.hold_expires_at IS NULL OR v.hold_expires_at > p_now))))
$$;

-- Books in one call: the customer's row is locked first (foreign keys to him stay free to be checked), then the
-- constraints decide. False = somebody is there, or no room is left; nothing was written.
CREATE FUNCTION insert_visit(
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
  EXCEPTION WHEN SQLSTATE 'AI002' THEN
    RETURN false;
  END;
END
$$;
