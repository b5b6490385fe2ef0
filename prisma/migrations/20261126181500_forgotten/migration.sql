-- Customers who asked to be forgotten. What was in the hands of a process then may be written once more; it is
-- removed again by whoever looks here (jobs/forget.ts). Nothing but our own id is kept.
CREATE TABLE forgotten_people (
  user_id uuid PRIMARY KEY,
  at      timestamptz NOT NULL
);
CREATE INDEX forgotten_people_at ON forgotten_people (at);

-- Takes a customer's name, phone, LINE id and words away; visits and payments stay without a person. `p_line`: LINE's
-- id for him, null where he has none (any more). May be repeated.
CREATE FUNCTION forget_person(p_user uuid, p_line varchar, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- As a turn takes its lane (claim_lanes): one in hand is over then, and no new one begins before we are done.
  PERFORM pg_advisory_xact_lock(hashtextextended(lane, 41731)) FROM (
    SELECT DISTINCT c.channel || '/' || p_line AS lane
    FROM (SELECT channel FROM talks WHERE user_id = p_user UNION SELECT channel FROM stores UNION SELECT channel FROM inbox WHERE line_id = p_line) c ORDER BY 1) lanes
    WHERE lane IS NOT NULL;
  DELETE FROM inbox WHERE line_id = p_line;
  DELETE FROM inbox_aside WHERE line_id = p_line;
  DELETE FROM staff_guesses WHERE line_id = p_line;
  -- What is still to be said to him or logged of him, and to others about him; caches and jobs hold ids only.
  DELETE FROM outbox WHERE kind NOT IN ('slots', 'waitlist', 'job') AND (payload::text LIKE '%' || p_user || '%' OR lane LIKE '%/' || p_line);
  DELETE FROM staff_notices WHERE about = p_user OR news::text LIKE '%' || p_user || '%';
  DELETE FROM talks WHERE user_id = p_user;
  -- He cannot be offered anything; what was held for him goes to the next one with the sweep.
  UPDATE waitlist_offers SET state = 'revoked' WHERE user_id = p_user AND state = 'open';
  UPDATE reservations SET status = 'canceled', updated_at = p_at WHERE user_id = p_user AND status = 'pending' AND hold_for = 'offer';
  UPDATE waitlist_entries SET status = 'left', updated_at = p_at WHERE user_id = p_user AND status IN ('waiting', 'offered');
  UPDATE reservations SET notes = NULL WHERE user_id = p_user AND notes IS NOT NULL;
  UPDATE users SET name = '', email = NULL, phone = NULL, line_id = NULL, updated_at = p_at WHERE id = p_user;
  INSERT INTO forgotten_people (user_id, at) VALUES (p_user, p_at) ON CONFLICT (user_id) DO UPDATE SET at = excluded.at;
END
$$;
