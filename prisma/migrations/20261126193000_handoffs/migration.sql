-- When the shop's people gave a chat back to the bot; its next turn sees it. The talk itself is its lane's alone.
ALTER TABLE talks ADD COLUMN handed_back_at timestamptz;

-- Where to look for chats that are left to a person: every talk that was, and some that are no more.
CREATE TABLE handoffs (
  channel varchar(50) NOT NULL,
  user_id uuid NOT NULL,
  at      timestamptz NOT NULL,
  PRIMARY KEY (channel, user_id),
  FOREIGN KEY (channel, user_id) REFERENCES talks ON DELETE CASCADE
);

-- As before, with that moment.
DROP FUNCTION claim_lanes;
CREATE FUNCTION claim_lanes(p_release text[], p_channels varchar[], p_line_ids varchar[]) RETURNS TABLE (
  lane_channel varchar, lane_line_id varchar, id text, webhook_event_id varchar, payload json, tries int, event_ms float8, received_ms float8,
  early boolean, user_id uuid, name varchar, phone varchar, talk jsonb, blocked boolean, store_id uuid, slots_version float8, stores_version float8, offers jsonb, reminded jsonb, handed_back_ms float8
) LANGUAGE plpgsql AS $$
DECLARE
  got varchar[];
BEGIN
  PERFORM pg_advisory_unlock(hashtextextended(lane, 41731)) FROM unnest(p_release) AS lane;
  SELECT array_agg(l.channel || '/' || l.line_id) INTO got FROM unnest(p_channels, p_line_ids) AS l(channel, line_id)
    WHERE pg_try_advisory_lock(hashtextextended(l.channel || '/' || l.line_id, 41731));
  RETURN QUERY
    SELECT lane.channel, lane.line_id, i.id::text, i.webhook_event_id, i.payload, i.tries,
      (extract(epoch FROM i.event_time) * 1000)::float8, (extract(epoch FROM i.received_at) * 1000)::float8,
      i.not_before > clock_timestamp(), u.id, t.name, t.phone, t.talk, t.blocked,
      s.id, s.slots_version::float8, (SELECT version::float8 FROM stores_state),
      answerable_offers(u.id, t.updated_at), reminded_visit(u.id, t.updated_at), (extract(epoch FROM t.handed_back_at) * 1000)::float8
    FROM unnest(p_channels, p_line_ids) AS lane(channel, line_id)
    -- A lane that was taken and holds nothing comes as one empty row.
    LEFT JOIN inbox i ON i.channel = lane.channel AND i.line_id = lane.line_id
    LEFT JOIN users u ON u.line_id = lane.line_id
    LEFT JOIN talks t ON t.channel = lane.channel AND t.user_id = u.id
    LEFT JOIN stores s ON s.id = coalesce((t.talk->'known'->>'storeId')::uuid, (SELECT stores.id FROM stores WHERE stores.channel = lane.channel LIMIT 1))
    WHERE lane.channel || '/' || lane.line_id = ANY (got)
    ORDER BY i.event_time, i.id;
END
$$;
