-- The day around a booking: the shop's policy, managers, what a hold waits for, offers.
ALTER TABLE stores ADD COLUMN policy jsonb NOT NULL DEFAULT '{}';
ALTER TABLE staff ADD COLUMN manager boolean NOT NULL DEFAULT false;
-- What a pending reservation waits for: `offer`, `approval`, `deposit`.
ALTER TABLE reservations ADD COLUMN hold_for varchar(10) CHECK (hold_for IN ('offer', 'approval', 'deposit'));
ALTER TABLE reservations ADD CHECK (hold_for IS NULL OR hold_expires_at IS NOT NULL);
CREATE INDEX reservations_holds ON reservations (hold_expires_at) WHERE status = 'pending';

-- An offer near its time is held for nobody and has no reservation; so it says itself what it offers.
ALTER TABLE waitlist_offers ALTER COLUMN reservation_id DROP NOT NULL;
ALTER TABLE waitlist_offers
  ADD COLUMN user_id uuid NOT NULL REFERENCES users,
  ADD COLUMN store_id uuid NOT NULL REFERENCES stores,
  ADD COLUMN staff_id uuid NOT NULL REFERENCES staff,
  ADD COLUMN menu_ids uuid[] NOT NULL,
  ADD COLUMN start_time timestamptz NOT NULL,
  ADD COLUMN end_time timestamptz NOT NULL,
  ADD COLUMN blocked_until timestamptz NOT NULL;
-- One open offer a customer.
CREATE UNIQUE INDEX waitlist_offers_one_each ON waitlist_offers (user_id) WHERE state = 'open';
CREATE INDEX waitlist_offers_due ON waitlist_offers (expires_at) WHERE state = 'open';

-- As before, with the customer's open offers.
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
      i.not_before > clock_timestamp(), u.id, u.name, u.phone, t.talk, t.blocked,
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
