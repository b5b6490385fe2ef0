-- As before, but without the offers of a wait that was closed: its customer was told so, and a yes to that books nothing.
CREATE OR REPLACE FUNCTION answerable_offers(p_user uuid, p_since timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object(
      'id', o.id, 'entryId', o.entry_id, 'userId', o.user_id, 'storeId', o.store_id, 'staffId', o.staff_id, 'menuIds', o.menu_ids,
      'start', (extract(epoch FROM o.start_time) * 1000)::bigint, 'end', (extract(epoch FROM o.end_time) * 1000)::bigint, 'held', o.reservation_id IS NOT NULL,
      'toldAt', (extract(epoch FROM o.tell_at) * 1000)::bigint, 'expiresAt', (extract(epoch FROM o.expires_at) * 1000)::bigint, 'state', o.state) ORDER BY o.tell_at, o.id)
  FROM waitlist_offers o
  WHERE o.user_id = p_user AND (o.state = 'open' OR (o.state IN ('expired', 'revoked') AND o.told AND o.tell_at >= p_since
    AND (SELECT e.status FROM waitlist_entries e WHERE e.id = o.entry_id) <> 'closed'));
$$;
