-- A place in the queue: when the customer joined, or was put to its end for an offer he did not answer.
ALTER TABLE waitlist_entries ADD COLUMN queued_at timestamptz, ADD COLUMN misses int NOT NULL DEFAULT 0 CHECK (misses >= 0);
UPDATE waitlist_entries SET queued_at = created_at;
ALTER TABLE waitlist_entries ALTER COLUMN queued_at SET NOT NULL;
DROP INDEX waitlist_queue;
CREATE INDEX waitlist_queue ON waitlist_entries (store_id, queued_at, id) WHERE status = 'waiting';

-- When the customer is told: at once, or after the shop's quiet hours; and whether he was.
ALTER TABLE waitlist_offers ADD COLUMN tell_at timestamptz, ADD COLUMN told boolean NOT NULL DEFAULT false;
UPDATE waitlist_offers SET tell_at = created_at;
ALTER TABLE waitlist_offers ALTER COLUMN tell_at SET NOT NULL;
CREATE INDEX waitlist_offers_untold ON waitlist_offers (tell_at) WHERE state = 'open' AND NOT told;
CREATE INDEX waitlist_offers_staff ON waitlist_offers (staff_id, start_time) WHERE state = 'open';
CREATE INDEX waitlist_offers_entry ON waitlist_offers (entry_id);
CREATE INDEX waitlist_offers_user ON waitlist_offers (user_id, tell_at);

-- What was offered to a customer and can be answered: what is open, and what ended since he said anything.
CREATE FUNCTION answerable_offers(p_user uuid, p_since timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object(
      'id', o.id, 'entryId', o.entry_id, 'userId', o.user_id, 'storeId', o.store_id, 'staffId', o.staff_id, 'menuIds', o.menu_ids,
      'start', (extract(epoch FROM o.start_time) * 1000)::bigint, 'end', (extract(epoch FROM o.end_time) * 1000)::bigint, 'held', o.reservation_id IS NOT NULL,
      'toldAt', (extract(epoch FROM o.tell_at) * 1000)::bigint, 'expiresAt', (extract(epoch FROM o.expires_at) * 1000)::bigint, 'state', o.state) ORDER BY o.tell_at, o.id)
  FROM waitlist_offers o
  WHERE o.user_id = p_user AND (o.state = 'open' OR (o.state IN ('expired', 'revoked') AND o.told AND o.tell_at >= p_since));
$$;

-- As before, with those.
DROP FUNCTION claim_lanes;
CREATE FUNCTION claim_lanes(p_release text[], p_channels varchar[], p_line_ids varchar[]) RETURNS TABLE (
  lane_channel varchar, lane_line_id varchar, id text, webhook_event_id varchar, payload json, tries int, event_ms float8, received_ms float8,
  early boolean, user_id uuid, name varchar, phone varchar, talk jsonb, blocked boolean, store_id uuid, slots_version float8, stores_version float8, offers jsonb
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
      answerable_offers(u.id, t.updated_at)
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
