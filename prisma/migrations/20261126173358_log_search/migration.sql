-- The chat log by what is in it. An entry's words are kept once more beside it, narrow and indexed by their pairs of
-- characters: a Japanese word of two characters is found like any other, which trigrams and word indexes cannot do.
-- Triggers keep both tables, whoever writes, changes or removes an entry.

-- A customer's day at the chat (model/conversation-day.ts): it changes at four in the morning.
CREATE TABLE chat_log_conversations (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id   uuid NOT NULL,
  day       date NOT NULL,
  began     timestamptz NOT NULL,
  acts      text[] NOT NULL,                   -- what was said, by the names of dialogue/says.ts; `failed`
  store_ids text[] NOT NULL,
  UNIQUE (user_id, day)
) WITH (fillfactor = 80);
CREATE INDEX chat_log_conversations_newest ON chat_log_conversations (began DESC, user_id DESC);
CREATE INDEX chat_log_conversations_user ON chat_log_conversations (user_id, began DESC);
CREATE INDEX chat_log_conversations_what ON chat_log_conversations USING gin (acts, store_ids);

CREATE TABLE chat_log_words (
  seq             bigint PRIMARY KEY,          -- of the entry
  conversation_id bigint NOT NULL,
  words           text NOT NULL
);
CREATE INDEX chat_log_words_conversation ON chat_log_words (conversation_id);

CREATE FUNCTION log_day(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (p_at AT TIME ZONE 'UTC' + interval '5 hours')::date $$;

-- Letter case and the width of letters make no difference.
CREATE FUNCTION log_searchable(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT lower(CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(p, NFKC) ELSE p END) $$;

-- Every two characters beside each other, and each kanji alone, which often is a word. Blanks part words.
CREATE FUNCTION log_grams(p text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(a || b) FILTER (WHERE a > ' ' AND b > ' ') || array_agg(a) FILTER (WHERE a BETWEEN '一' AND '鿿')
  FROM unnest(string_to_array(p, NULL) COLLATE "C", (string_to_array(p, NULL))[2:] COLLATE "C") AS c(a, b)
$$;

-- The grams a text must have to hold this word.
CREATE FUNCTION log_wanted(p text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN char_length(p) < 2 THEN ARRAY[p] ELSE array_agg(DISTINCT substr(p, i, 2)) END FROM generate_series(1, char_length(p) - 1) AS i
$$;
CREATE INDEX chat_log_words_grams ON chat_log_words USING gin (log_grams(words) COLLATE "C");

CREATE FUNCTION log_acts(p jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(
    SELECT jsonb_array_elements_text(jsonb_path_query_array(p, '$.turn.acts[*].say') || jsonb_path_query_array(p, '$.acts[*].say'))
    UNION ALL SELECT 'failed' WHERE p->'delivery'->>'status' = 'failed')
$$;

CREATE FUNCTION log_stores(p jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(jsonb_path_query_array(p, '$.turn.storeId ? (@ != null)') || jsonb_path_query_array(p, '$.acts[*].**.storeId ? (@ != null)')))
$$;

-- `fresh` are the entries written or changed by a statement. In one order, so that two batches cannot wait for each other.
CREATE FUNCTION chat_log_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO chat_log_conversations AS c (user_id, day, began, acts, store_ids)
    SELECT f.user_id, log_day(f.at), min(f.at),
      coalesce(array_agg(DISTINCT a.act) FILTER (WHERE a.act IS NOT NULL), '{}'), coalesce(array_agg(DISTINCT s.id) FILTER (WHERE s.id IS NOT NULL), '{}')
    FROM fresh f LEFT JOIN LATERAL unnest(log_acts(f.entry)) AS a(act) ON true LEFT JOIN LATERAL unnest(log_stores(f.entry)) AS s(id) ON true
    GROUP BY f.user_id, log_day(f.at) ORDER BY f.user_id, log_day(f.at)
    ON CONFLICT (user_id, day) DO UPDATE SET
      began = least(c.began, excluded.began),
      acts = ARRAY(SELECT DISTINCT unnest(c.acts || excluded.acts)), store_ids = ARRAY(SELECT DISTINCT unnest(c.store_ids || excluded.store_ids))
      WHERE c.began > excluded.began OR NOT (c.acts @> excluded.acts AND c.store_ids @> excluded.store_ids);
  INSERT INTO chat_log_words AS w (seq, conversation_id, words)
    SELECT f.seq, c.id, log_searchable(coalesce(f.entry->>'message', ''))
    FROM fresh f JOIN chat_log_conversations c ON c.user_id = f.user_id AND c.day = log_day(f.at)
    ON CONFLICT (seq) DO UPDATE SET words = excluded.words WHERE w.words <> excluded.words;
  RETURN NULL;
END
$$;
CREATE TRIGGER chat_log_written AFTER INSERT ON chat_log_entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION chat_log_index();
CREATE TRIGGER chat_log_changed AFTER UPDATE ON chat_log_entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION chat_log_index();

CREATE FUNCTION chat_log_unindex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH words AS (DELETE FROM chat_log_words w USING gone g WHERE w.seq = g.seq RETURNING w.seq, w.conversation_id)
  DELETE FROM chat_log_conversations c USING words WHERE c.id = words.conversation_id
    AND NOT EXISTS (SELECT FROM chat_log_words w WHERE w.conversation_id = c.id AND w.seq NOT IN (SELECT seq FROM words));
  RETURN NULL;
END
$$;
CREATE TRIGGER chat_log_removed AFTER DELETE ON chat_log_entries
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION chat_log_unindex();

CREATE FUNCTION chat_log_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM chat_log_words;
  DELETE FROM chat_log_conversations;
  RETURN NULL;
END
$$;
CREATE TRIGGER chat_log_emptied AFTER TRUNCATE ON chat_log_entries FOR EACH STATEMENT EXECUTE FUNCTION chat_log_empty();

-- What is there already.
INSERT INTO chat_log_conversations (user_id, day, began, acts, store_ids)
  SELECT e.user_id, log_day(e.at), min(e.at),
    coalesce(array_agg(DISTINCT a.act) FILTER (WHERE a.act IS NOT NULL), '{}'), coalesce(array_agg(DISTINCT s.id) FILTER (WHERE s.id IS NOT NULL), '{}')
  FROM chat_log_entries e LEFT JOIN LATERAL unnest(log_acts(e.entry)) AS a(act) ON true LEFT JOIN LATERAL unnest(log_stores(e.entry)) AS s(id) ON true
  GROUP BY e.user_id, log_day(e.at) ORDER BY min(e.at);
INSERT INTO chat_log_words (seq, conversation_id, words)
  SELECT e.seq, c.id, log_searchable(coalesce(e.entry->>'message', ''))
  FROM chat_log_entries e JOIN chat_log_conversations c ON c.user_id = e.user_id AND c.day = log_day(e.at);
