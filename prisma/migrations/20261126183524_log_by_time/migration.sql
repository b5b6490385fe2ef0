-- A customer's entries are read by time, a page or the newest so many; somebody may have written a hundred thousand.
DROP INDEX chat_log_entries_user;
CREATE INDEX chat_log_entries_user ON chat_log_entries (user_id, at, seq);
