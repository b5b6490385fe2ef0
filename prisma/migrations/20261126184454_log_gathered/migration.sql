-- Words are gathered for a whole conversation at once, by a search that needs them or by the app every minute, and not
-- entry by entry: the index of grams was a tenth of what a turn costs. An append only says that there is something new.
DROP TABLE chat_log_words;
DROP FUNCTION chat_log_empty() CASCADE;

-- Null = to be gathered.
ALTER TABLE chat_log_conversations ADD COLUMN words text;
ALTER TABLE chat_log_conversations SET (toast_tuple_target = 8160);

-- A conversation that is longer than a book is found by what was said first.
CREATE OR REPLACE FUNCTION log_grams(p text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(a || b) FILTER (WHERE a > ' ' AND b > ' ') || array_agg(a) FILTER (WHERE a BETWEEN '一' AND '鿿')
  FROM (SELECT string_to_array(left(p, 300000), NULL) COLLATE "C" AS chars) AS t, unnest(chars, chars[2:]) AS c(a, b)
$$;
CREATE INDEX chat_log_conversations_grams ON chat_log_conversations USING gin (log_grams(words) COLLATE "C") WHERE words IS NOT NULL;
CREATE INDEX chat_log_conversations_ungathered ON chat_log_conversations (began) WHERE words IS NULL;

CREATE FUNCTION log_began(p_day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (p_day::timestamp - interval '5 hours') AT TIME ZONE 'UTC' $$;

-- Two statements: the second sees what was committed before the rows were locked. Gives how many conversations it took.
CREATE FUNCTION log_gather(p_most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  SELECT array_agg(id) INTO ids
    FROM (SELECT id FROM chat_log_conversations WHERE words IS NULL ORDER BY began LIMIT p_most FOR UPDATE SKIP LOCKED) AS those;
  UPDATE chat_log_conversations c SET words = w.words
    FROM (SELECT g.id, log_searchable(coalesce(string_agg(e.entry->>'message', E'\n' ORDER BY e.at, e.seq), '')) AS words
          FROM chat_log_conversations g LEFT JOIN chat_log_entries e ON e.user_id = g.user_id AND e.at >= log_began(g.day) AND e.at < log_began(g.day + 1)
          WHERE g.id = ANY (ids) GROUP BY g.id) AS w
    WHERE c.id = w.id;
  RETURN coalesce(cardinality(ids), 0);
END
$$;

-- `fresh` are the entries written or changed by a statement. In one order, so that two batches cannot wait for each other.
CREATE OR REPLACE FUNCTION chat_log_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO chat_log_conversations AS c (user_id, day, began, acts, store_ids)
    SELECT f.user_id, log_day(f.at), min(f.at),
      coalesce(array_agg(DISTINCT a.act) FILTER (WHERE a.act IS NOT NULL), '{}'), coalesce(array_agg(DISTINCT s.id) FILTER (WHERE s.id IS NOT NULL), '{}')
    FROM fresh f LEFT JOIN LATERAL jsonb_array_elements_text(log_acts(f.entry)) AS a(act) ON true LEFT JOIN LATERAL jsonb_array_elements_text(log_stores(f.entry)) AS s(id) ON true
    GROUP BY f.user_id, log_day(f.at) ORDER BY f.user_id, log_day(f.at)
    ON CONFLICT (user_id, day) DO UPDATE SET
      began = least(c.began, excluded.began), words = NULL,
      acts = ARRAY(SELECT DISTINCT unnest(c.acts || excluded.acts)), store_ids = ARRAY(SELECT DISTINCT unnest(c.store_ids || excluded.store_ids))
      WHERE c.words IS NOT NULL OR c.began > excluded.began OR NOT (c.acts @> excluded.acts AND c.store_ids @> excluded.store_ids);
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION chat_log_unindex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Locked in one order; an entry that is written meanwhile waits and brings its conversation back.
  PERFORM FROM chat_log_conversations c WHERE (c.user_id, c.day) IN (SELECT g.user_id, log_day(g.at) FROM gone g) ORDER BY c.user_id, c.day FOR UPDATE;
  DELETE FROM chat_log_conversations c USING (SELECT DISTINCT user_id, log_day(at) AS day FROM gone) AS g
    WHERE c.user_id = g.user_id AND c.day = g.day
      AND NOT EXISTS (SELECT FROM chat_log_entries e WHERE e.user_id = c.user_id AND e.at >= log_began(c.day) AND e.at < log_began(c.day + 1));
  UPDATE chat_log_conversations c SET words = NULL FROM (SELECT DISTINCT user_id, log_day(at) AS day FROM gone) AS g
    WHERE c.user_id = g.user_id AND c.day = g.day AND c.words IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE FUNCTION chat_log_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM chat_log_conversations;
  RETURN NULL;
END
$$;
CREATE TRIGGER chat_log_emptied AFTER TRUNCATE ON chat_log_entries FOR EACH STATEMENT EXECUTE FUNCTION chat_log_empty();
