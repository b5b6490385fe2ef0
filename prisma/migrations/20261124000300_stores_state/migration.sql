-- One number that moves whenever any shop, menu or person does, so that a process that keeps the shops in memory
-- asks one row whether they are still true, however many shops there are.
CREATE TABLE stores_state (
  id      boolean PRIMARY KEY DEFAULT true CHECK (id),
  version bigint NOT NULL DEFAULT 1
);
INSERT INTO stores_state DEFAULT VALUES;

CREATE FUNCTION stores_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stores_state SET version = version + 1;
  RETURN NULL;
END
$$;
-- Not for slots_version, which every booking moves.
CREATE TRIGGER stores_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF config_version, channel, name ON stores
  FOR EACH STATEMENT EXECUTE FUNCTION stores_changed();
