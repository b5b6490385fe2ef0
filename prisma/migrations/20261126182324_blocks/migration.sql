-- Time a person of the shop keeps for himself: a block (会議, 外出), or a day or part of one off.
CREATE TABLE staff_blocks (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  store_id   uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  -- `block` or `off`
  kind       varchar(10) NOT NULL CHECK (kind IN ('block', 'off')),
  start_time timestamptz NOT NULL,
  end_time   timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  CHECK (start_time < end_time AND end_time <= start_time + interval '2 days')
);
CREATE INDEX staff_blocks_store ON staff_blocks (store_id, start_time);
CREATE INDEX staff_blocks_staff ON staff_blocks (staff_id, start_time);
CREATE CONSTRAINT TRIGGER staff_blocks_bump_slots AFTER INSERT OR DELETE OR UPDATE ON staff_blocks
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bump_slots();

-- A day off said in the chat; the shop's file knows nothing of it and leaves it alone.
ALTER TABLE staff_absences ADD COLUMN by_chat boolean NOT NULL DEFAULT false;

-- Nothing is booked into a block, whoever is first. Who makes one holds the person's row FOR UPDATE; a visit's foreign key
-- takes it FOR KEY SHARE and waits. This trigger comes after that of the foreign key (by its name), so it sees what was
-- committed meanwhile. Visits that were there before are left alone: the shop moves them.
CREATE FUNCTION refuse_blocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM staff_blocks b WHERE b.staff_id = NEW.staff_id AND b.start_time < NEW.blocked_until AND b.end_time > NEW.start_time) THEN
    RAISE EXCEPTION 'the person is away then' USING ERRCODE = '40001';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER staff_blocked AFTER INSERT OR UPDATE OF staff_id, start_time, blocked_until ON reservations
  FOR EACH ROW WHEN (NEW.status IN ('pending', 'confirmed') AND NOT NEW.overbooked) EXECUTE FUNCTION refuse_blocked();
