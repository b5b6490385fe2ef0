-- One statement keeps a webhook, one ends a turn: the commit is the limit, so nothing else stands beside it.
-- Lists of JSON come joined by the record separator, which JSON never holds as it is; nothing is parsed on the way.

CREATE FUNCTION joined_json(p_joined text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT string_to_array(p_joined, E'\x1e') $$;

-- Keeps events, each once by webhook_event_id, and gives the lanes that have something new.
-- Sorted, so that two webhooks with the same redelivered events cannot wait for each other.
CREATE FUNCTION keep_events(p_ids varchar[], p_channels varchar[], p_line_ids varchar[], p_event_ms bigint[], p_received_ms bigint[], p_payloads text)
RETURNS TABLE (channel varchar, line_id varchar)
LANGUAGE sql AS $$
  WITH e AS (
    SELECT DISTINCT ON (x.id) x.* FROM unnest(p_ids, p_channels, p_line_ids, p_event_ms, p_received_ms, joined_json(p_payloads))
      AS x(id, channel, line_id, event_ms, received_ms, payload)
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
    SELECT f.id, f.channel, f.line_id, to_timestamp(f.event_ms / 1000.0), to_timestamp(f.received_ms / 1000.0), f.payload::json, clock_timestamp()
    FROM fresh f ORDER BY f.event_ms, f.id
    RETURNING inbox.channel, inbox.line_id
$$;

-- Ends turns: removes their events, saves the talks, writes what is owed. All or nothing; events that are gone
-- already mean that another process ended one of these turns, so this whole call must not happen.
-- A row of the outbox is its writer's for half a minute; then, or when the writer is gone, anybody's.
CREATE FUNCTION finish_turns(
  p_events bigint[],
  t_channels varchar[], t_users uuid[], t_talks text, t_blocked boolean[], t_at_ms bigint[],
  o_ids uuid[], o_kinds varchar[], o_lanes varchar[], o_payloads text, o_owner bigint, o_at_ms bigint[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  removed bigint;
BEGIN
  WITH gone AS (DELETE FROM inbox WHERE id = ANY (p_events) RETURNING 1) SELECT count(*) INTO removed FROM gone;
  IF removed <> cardinality(p_events) THEN
    RAISE EXCEPTION 'another process ended this turn' USING ERRCODE = 'AI001';
  END IF;
  INSERT INTO talks (channel, user_id, talk, blocked, updated_at)
    SELECT x.channel, x.user_id, x.talk::jsonb, x.blocked, to_timestamp(x.at_ms / 1000.0)
    FROM unnest(t_channels, t_users, joined_json(t_talks), t_blocked, t_at_ms) AS x(channel, user_id, talk, blocked, at_ms)
    ORDER BY x.channel, x.user_id
    ON CONFLICT ON CONSTRAINT talks_pkey DO UPDATE
      SET talk = excluded.talk, blocked = excluded.blocked, updated_at = excluded.updated_at;
  INSERT INTO outbox (id, kind, lane, payload, owner, due_at, created_at)
    SELECT x.id, x.kind, x.lane, x.payload::json, o_owner, clock_timestamp() + interval '30 seconds', to_timestamp(x.at_ms / 1000.0)
    FROM unnest(o_ids, o_kinds, o_lanes, joined_json(o_payloads), o_at_ms) AS x(id, kind, lane, payload, at_ms);
END
$$;

-- What a turn learned of a customer. A phone is one customer's: told by a second one it is not taken from the first.
CREATE FUNCTION learn(p_user uuid, p_name varchar, p_phone varchar, p_at_ms bigint) RETURNS void
LANGUAGE sql AS $$
  UPDATE users u SET
    name = coalesce(p_name, u.name),
    phone = CASE WHEN EXISTS (SELECT FROM users other WHERE other.phone = p_phone AND other.id <> u.id) THEN u.phone ELSE coalesce(p_phone, u.phone) END,
    updated_at = to_timestamp(p_at_ms / 1000.0)
  WHERE u.id = p_user
$$;
