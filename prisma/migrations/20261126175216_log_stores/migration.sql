-- What is said outside a turn names its shop beside its acts. Grams are made where the question is asked.
CREATE OR REPLACE FUNCTION log_stores(p jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT DISTINCT id FROM jsonb_array_elements_text(
    jsonb_path_query_array(p, '$.turn.storeId ? (@ != null)') || jsonb_path_query_array(p, '$.storeId ? (@ != null)') || jsonb_path_query_array(p, '$.acts[*].**.storeId ? (@ != null)')) AS id)
$$;
DROP FUNCTION log_wanted(text);
