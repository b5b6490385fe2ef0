-- The ground: who books what with whom, and the two queues a turn reads from and writes to.
-- Hand-written where Prisma has no words: exclusion constraints, checks, partial indexes, functions.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TYPE reservation_status AS ENUM ('confirmed', 'pending', 'canceled');
CREATE TYPE payment_status AS ENUM ('pending', 'completed', 'failed');
CREATE TYPE waitlist_status AS ENUM ('waiting', 'offered', 'booked', 'left', 'closed');
CREATE TYPE offer_state AS ENUM ('open', 'accepted', 'declined', 'expired', 'revoked');

CREATE TABLE users (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name       varchar(255) NOT NULL,            -- '' until LINE or the customer tells it
  email      varchar(255) UNIQUE,
  phone      varchar(20) UNIQUE,
  line_id    varchar(50) UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE stores (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name           varchar(255) NOT NULL UNIQUE,
  kind           varchar(20) NOT NULL DEFAULT 'other',
  address        text NOT NULL,
  phone          varchar(20) NOT NULL,
  business_hours jsonb NOT NULL,
  info           jsonb NOT NULL DEFAULT '{}',
  channel        varchar(50) NOT NULL DEFAULT 'default',
  -- +1 as the last statement of every transaction that changes what is free
  slots_version  bigint NOT NULL DEFAULT 1,
  -- +1 whenever the store, its menus or its people change
  config_version bigint NOT NULL DEFAULT 1,
  created_at     timestamptz NOT NULL DEFAULT now(),
  CHECK (business_hours ? 'weekly')
);

CREATE TABLE staff (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id   uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  name       varchar(255) NOT NULL,
  role       varchar(50) NOT NULL,
  line_id    varchar(50) UNIQUE,
  aliases    text[] NOT NULL DEFAULT '{}',
  days_off   text[] NOT NULL DEFAULT '{}',     -- 'mon' … 'sun'
  shifts     jsonb,                            -- own hours by weekday; null = the shop's
  position   int NOT NULL DEFAULT 0,
  active     boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (store_id, name)
);

CREATE TABLE staff_absences (
  staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  day      date NOT NULL,
  PRIMARY KEY (staff_id, day)
);

CREATE TABLE menus (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id       uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  name           varchar(255) NOT NULL,
  price          decimal(10,2) NOT NULL CHECK (price >= 0),
  duration       int NOT NULL CHECK (duration BETWEEN 1 AND 1440),
  buffer_minutes int NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 240),
  aliases        text[] NOT NULL DEFAULT '{}',
  position       int NOT NULL DEFAULT 0,
  active         boolean NOT NULL DEFAULT true,
  UNIQUE (store_id, name)
);

CREATE TABLE staff_menus (
  staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  menu_id  uuid NOT NULL REFERENCES menus ON DELETE CASCADE,
  PRIMARY KEY (staff_id, menu_id)
);
CREATE INDEX staff_menus_menu ON staff_menus (menu_id);

CREATE TABLE reservations (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id       uuid NOT NULL REFERENCES users,
  store_id      uuid NOT NULL REFERENCES stores,
  staff_id      uuid NOT NULL REFERENCES staff,
  menu_id       uuid NOT NULL REFERENCES menus,
  menu_ids      uuid[] NOT NULL,               -- every menu of the visit, menu_id first
  start_time    timestamptz NOT NULL,
  end_time      timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,          -- end_time and the buffer
  status        reservation_status NOT NULL DEFAULT 'pending',
  nominated     boolean NOT NULL DEFAULT false,
  overbooked    boolean NOT NULL DEFAULT false, -- put there by staff on purpose
  hold_expires_at timestamptz,                 -- a pending offer's end
  no_show       boolean NOT NULL DEFAULT false,
  notes         text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  CHECK (start_time < end_time AND end_time <= blocked_until),
  CHECK (menu_ids[1] = menu_id),
  -- Never double-booked, whoever asks first (booking by ON CONFLICT DO NOTHING).
  CONSTRAINT reservations_staff_no_overlap EXCLUDE USING gist
    (staff_id WITH =, tstzrange(start_time, blocked_until, '[)') WITH &&)
    WHERE (status IN ('pending', 'confirmed') AND NOT overbooked),
  -- A customer cannot be in two chairs.
  CONSTRAINT reservations_user_no_overlap EXCLUDE USING gist
    (user_id WITH =, tstzrange(start_time, end_time, '[)') WITH &&)
    WHERE (status IN ('pending', 'confirmed') AND NOT overbooked)
);
CREATE INDEX reservations_store_day ON reservations (store_id, start_time) WHERE status IN ('pending', 'confirmed');
CREATE INDEX reservations_user ON reservations (user_id, start_time);

CREATE TABLE payments (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reservation_id uuid NOT NULL REFERENCES reservations,
  user_id        uuid NOT NULL REFERENCES users,
  amount         decimal(10,2) NOT NULL CHECK (amount >= 0),
  status         payment_status NOT NULL DEFAULT 'pending',
  provider       varchar(20),
  provider_ref   varchar(255) UNIQUE,
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX payments_reservation ON payments (reservation_id);

CREATE TABLE waitlist_entries (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id      uuid NOT NULL REFERENCES users,
  store_id     uuid NOT NULL REFERENCES stores,
  staff_id     uuid REFERENCES staff,          -- null = anyone
  menu_id      uuid NOT NULL REFERENCES menus,
  menu_ids     uuid[] NOT NULL,
  wanted_from  timestamptz NOT NULL,
  wanted_until timestamptz NOT NULL,
  status       waitlist_status NOT NULL DEFAULT 'waiting',
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CHECK (wanted_from < wanted_until),
  CHECK (menu_ids[1] = menu_id)
);
CREATE UNIQUE INDEX waitlist_once ON waitlist_entries
  (user_id, store_id, coalesce(staff_id, '00000000-0000-0000-0000-000000000000'), menu_ids, wanted_from, wanted_until)
  WHERE status IN ('waiting', 'offered');
CREATE INDEX waitlist_queue ON waitlist_entries (store_id, wanted_from, created_at) WHERE status = 'waiting';
CREATE INDEX waitlist_user ON waitlist_entries (user_id) WHERE status IN ('waiting', 'offered');

CREATE TABLE waitlist_offers (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  entry_id       uuid NOT NULL REFERENCES waitlist_entries ON DELETE CASCADE,
  reservation_id uuid NOT NULL UNIQUE REFERENCES reservations,
  expires_at     timestamptz NOT NULL,
  state          offer_state NOT NULL DEFAULT 'open',
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX waitlist_offers_one_open ON waitlist_offers (entry_id) WHERE state = 'open';

-- One row per customer and channel: the talk, and whether a push still reaches him.
CREATE TABLE talks (
  channel    varchar(50) NOT NULL,
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  talk       jsonb,
  blocked    boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (channel, user_id)
) WITH (fillfactor = 70);

-- Events as they came, until their turn removes them. A lane is one customer at one channel.
CREATE TABLE inbox (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook_event_id varchar(100) NOT NULL,
  channel          varchar(50) NOT NULL,
  line_id          varchar(50) NOT NULL,
  event_time       timestamptz NOT NULL,
  received_at      timestamptz NOT NULL,
  payload          json NOT NULL,
  tries            int NOT NULL DEFAULT 0,
  not_before       timestamptz NOT NULL,
  error            text
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX inbox_lane ON inbox (channel, line_id, event_time, id);

-- Every event id ever kept, so that a redelivery changes nothing long after its turn is over. Swept after 30 days.
CREATE TABLE inbox_seen (
  webhook_event_id varchar(100) PRIMARY KEY,
  received_at      timestamptz NOT NULL
);
CREATE INDEX inbox_seen_age ON inbox_seen (received_at);

-- Events no turn could take: poison (failed five times), and those without a person. Kept for somebody to look at.
CREATE TABLE inbox_aside (
  webhook_event_id varchar(100) PRIMARY KEY,
  channel          varchar(50) NOT NULL,
  line_id          varchar(50) NOT NULL,
  payload          jsonb NOT NULL,
  error            text NOT NULL,
  failed_at        timestamptz NOT NULL
);

-- What a committed turn still owes the world: `say`, `log`, `slots`, `waitlist`. A row lives until delivered.
CREATE TABLE outbox (
  id         uuid PRIMARY KEY,
  kind       varchar(20) NOT NULL,
  -- Rows of one lane leave in order of id (uuid v7).
  lane       varchar(110) NOT NULL,
  payload    json NOT NULL,
  -- The process that is delivering it; its session lock tells whether it still lives.
  owner      bigint NOT NULL,
  tries      int NOT NULL DEFAULT 0,
  due_at     timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  error      text
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, toast_tuple_target = 8160);
CREATE INDEX outbox_due ON outbox (due_at);

-- chat_logs and reservation_history where no MongoDB is given. An entry is a row, so that an append never rewrites
-- a bucket; the view shows the documents of MongoDB, same shape, same buckets of 200.
CREATE TABLE chat_log_entries (
  seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       varchar(100) NOT NULL UNIQUE,
  user_id  uuid NOT NULL,
  channel  varchar(50) NOT NULL,
  at       timestamptz NOT NULL,
  entry    jsonb NOT NULL
) WITH (toast_tuple_target = 8160);
CREATE INDEX chat_log_entries_user ON chat_log_entries (user_id, channel, seq);
CREATE INDEX chat_log_entries_message ON chat_log_entries ((entry->>'messageId')) WHERE entry ? 'messageId';

CREATE VIEW chat_logs AS
  SELECT user_id, channel, bucket, jsonb_agg(entry ORDER BY seq) AS logs
  FROM (SELECT e.*, (row_number() OVER (PARTITION BY user_id, channel ORDER BY seq) - 1) / 200 AS bucket
        FROM chat_log_entries e) numbered
  GROUP BY user_id, channel, bucket;

CREATE TABLE reservation_history (
  user_id uuid PRIMARY KEY,
  history jsonb NOT NULL
);
