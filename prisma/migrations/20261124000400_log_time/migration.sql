-- "What was said today", over all customers: entries arrive nearly in order of time, so a BRIN of a few pages finds them.
CREATE INDEX chat_log_entries_at ON chat_log_entries USING brin (at);
