-- The shop's people on LINE: by which code they say who they are, and what they are told.
CREATE TABLE staff_codes (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  -- sha256 of `<id>:<code>`, hexadecimal
  hash       varchar(64) NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX staff_codes_staff ON staff_codes (staff_id);

-- Codes that were wrong, by whom: after some within an hour no more are looked at.
CREATE TABLE staff_guesses (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel varchar(50) NOT NULL,
  line_id varchar(50) NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX staff_guesses_channel ON staff_guesses (channel, at);

-- What a person is to hear, once each, until it was said. Afterwards only that it was: the words go.
CREATE TABLE staff_notices (
  -- The row of the outbox it came with.
  row_id     uuid NOT NULL,
  staff_id   uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  store_id   uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  -- The customer it is about, where he waits for somebody.
  about      uuid,
  -- The customer's message whose words it has, so that they can be taken back.
  message_id varchar(50),
  news       jsonb,
  made_at    timestamptz NOT NULL,
  due_at     timestamptz NOT NULL,
  told_at    timestamptz,
  PRIMARY KEY (row_id, staff_id)
);
CREATE INDEX staff_notices_told ON staff_notices (staff_id, told_at);
CREATE INDEX staff_notices_due ON staff_notices (due_at) WHERE told_at IS NULL;
CREATE INDEX staff_notices_message ON staff_notices (message_id) WHERE message_id IS NOT NULL;
