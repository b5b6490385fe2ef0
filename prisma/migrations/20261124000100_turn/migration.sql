-- One statement keeps a webhook, one ends a turn: the commit is the limit, so nothing else stands beside it.

-- Keeps events, each once by webhook_event_id, and gives the lanes that have something new.
-- Sorted, so that two webhooks with the same redelivered events cannot wait for each other.
CREATE FUNCTION keep_events(p_events jsonb) RETURNS TABLE (channel varchar, line_id varchar)
LANGUAGE sql AS $$
  WITH e AS (
    SELECT DISTINCT ON (x.id) x.* FROM jsonb_to_recordset(p_events)
      AS x(id varchar, channel varchar, line_id varchar, event_ms bigint, received_ms bigint, payload jsonb)
    ORDER BY x.id
  ),
  seen AS (
    INSERT INTO inbox_seen (webhook_event_id, received_at)
      SELECT e.id, to_timestamp(e.received_ms / 1000.0) FROM e ORDER BY e.id
      ON CONFLICT DO NOTHING RETURNING webhook_event_id
  ),
  fresh AS (SELECT e.* FROM e JOIN seen ON seen.webhook_event_id = e.id),
  who AS (
    INSERT INTO users (name, line_id)
      SELECT DISTINCT '', f.line_id FROM fresh f
      WHERE f.line_id <> '-' AND NOT EXISTS (SELECT FROM users u WHERE u.line_id = f.line_id)
      ORDER BY 2
      ON CONFLICT DO NOTHING
  )
  INSERT INTO inbox (webhook_event_id, channel, line_id, event_time, received_at, payload, not_before)
    SELECT f.id, f.channel, f.line_id, to_timestamp(f.event_ms / 1000.0), to_timestamp(f.received_ms / 1000.0), f.payload, clock_timestamp()
    FROM fresh f ORDER BY f.event_ms, f.id
    RETURNING inbox.channel, inbox.line_id
$$;

-- Ends turns: removes their events, saves the talks, writes what is owed. All or nothing; events that are gone
-- already mean that another process ended one of these turns, so this whole call must not happen.
CREATE FUNCTION finish_turns(p_events bigint[], p_talks jsonb, p_outbox jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  removed bigint;
BEGIN
  WITH gone AS (DELETE FROM inbox WHERE id = ANY (p_events) RETURNING 1) SELECT count(*) INTO removed FROM gone;
  IF removed <> cardinality(p_events) THEN
    RAISE EXCEPTION 'another process ended this turn' USING ERRCODE = 'AI001';
  END IF;
  INSERT INTO talks (channel, user_id, talk, blocked, updated_at)
    SELECT x.channel, x.user_id, x.talk, x.blocked, to_timestamp(x.at_ms / 1000.0)
    FROM jsonb_to_recordset(p_talks) AS x(channel varchar, user_id uuid, talk jsonb, blocked boolean, at_ms bigint)
    ORDER BY x.channel, x.user_id
    ON CONFLICT ON CONSTRAINT talks_pkey DO UPDATE
      SET talk = excluded.talk, blocked = excluded.blocked, updated_at = excluded.updated_at;
  UPDATE users u SET name = coalesce(x.name, u.name), phone = coalesce(x.phone, u.phone), updated_at = to_timestamp(x.at_ms / 1000.0)
    FROM jsonb_to_recordset(p_talks) AS x(user_id uuid, name varchar, phone varchar, at_ms bigint)
    WHERE u.id = x.user_id AND (x.name IS NOT NULL OR x.phone IS NOT NULL)
      -- A phone is one customer's; told by a second one it is not taken from the first.
      AND NOT EXISTS (SELECT FROM users other WHERE other.phone = x.phone AND other.id <> u.id);
  -- A row is its writer's for half a minute; then, or when the writer is gone, anybody's.
  INSERT INTO outbox (id, kind, lane, payload, owner, due_at, created_at)
    SELECT x.id, x.kind, x.lane, x.payload, x.owner, clock_timestamp() + interval '30 seconds', to_timestamp(x.at_ms / 1000.0)
    FROM jsonb_to_recordset(p_outbox) AS x(id uuid, kind varchar, lane varchar, payload jsonb, owner bigint, at_ms bigint);
END
$$;
