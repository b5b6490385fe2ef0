-- How far the simulator's clock was moved, so that a command beside the running house has the same time.
ALTER TABLE stores_state ADD COLUMN clock_moved_ms bigint NOT NULL DEFAULT 0;
