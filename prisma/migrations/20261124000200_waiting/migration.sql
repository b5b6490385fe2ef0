-- A place in the queue counts those an offer was made to, too.
CREATE INDEX waitlist_open ON waitlist_entries (store_id, wanted_from) WHERE status IN ('waiting', 'offered');
