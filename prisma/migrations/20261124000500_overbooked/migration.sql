-- The constraints leave out what staff forced into the calendar; a customer's booking looks for these few itself.
CREATE INDEX reservations_overbooked ON reservations (staff_id, start_time) WHERE overbooked;
