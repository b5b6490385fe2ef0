-- A person who writes to two of our accounts is one row of `users`, for LINE gives him one id there. What he tells one
-- account is not known to the other: name and phone are kept with the talk; `users` has what was told last, to any.
ALTER TABLE talks ADD COLUMN name varchar(255), ADD COLUMN phone varchar(20);
UPDATE talks t SET name = nullif(u.name, ''), phone = u.phone FROM users u WHERE u.id = t.user_id;

-- What a turn learned. A phone is one customer's: told by a second one it is not taken from the first.
DROP FUNCTION learn;
CREATE FUNCTION learn(p_channel varchar, p_user uuid, p_name varchar, p_phone varchar, p_at_ms bigint) RETURNS void
LANGUAGE sql AS $$
  UPDATE users u SET
    name = coalesce(p_name, u.name),
    phone = CASE WHEN EXISTS (SELECT FROM users other WHERE other.phone = p_phone AND other.id <> u.id) THEN u.phone ELSE coalesce(p_phone, u.phone) END,
    updated_at = to_timestamp(p_at_ms / 1000.0)
  WHERE u.id = p_user;
  INSERT INTO talks (channel, user_id, name, phone, updated_at) VALUES (p_channel, p_user, p_name, p_phone, to_timestamp(p_at_ms / 1000.0))
    ON CONFLICT ON CONSTRAINT talks_pkey DO UPDATE SET name = coalesce(excluded.name, talks.name), phone = coalesce(excluded.phone, talks.phone);
$$;

-- As before, but for the name and phone, which are those this account was told.
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
      (SELECT jsonb_agg(jsonb_build_object(
          'id', o.id, 'entryId', o.entry_id, 'userId', o.user_id, 'storeId', o.store_id, 'staffId', o.staff_id, 'menuIds', o.menu_ids,
          'start', (extract(epoch FROM o.start_time) * 1000)::bigint, 'end', (extract(epoch FROM o.end_time) * 1000)::bigint, 'held', o.reservation_id IS NOT NULL,
          'expiresAt', (extract(epoch FROM o.expires_at) * 1000)::bigint, 'madeAt', (extract(epoch FROM o.created_at) * 1000)::bigint))
        FROM waitlist_offers o WHERE o.user_id = u.id AND o.state = 'open')
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
