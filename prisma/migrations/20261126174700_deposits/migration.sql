-- Deposits (予約金): what a payment has come to at its provider, and what is to be given back.
ALTER TABLE payments
  -- Which link of the payment this is: a link the provider never confirmed is replaced by the next.
  ADD COLUMN attempt        int NOT NULL DEFAULT 1,
  -- The link takes money until then; the time by the house's clock, as everywhere.
  ADD COLUMN link_until     timestamptz,
  ADD COLUMN link_url       text,
  -- What a refund is made of (Stripe: the payment intent).
  ADD COLUMN charge_ref     varchar(255),
  ADD COLUMN paid_at        timestamptz,
  -- The provider has said its last word: nothing more can be paid by this link.
  ADD COLUMN closed_at      timestamptz,
  ADD COLUMN refund_due_at  timestamptz,
  ADD COLUMN refunded_at    timestamptz,
  ADD COLUMN refund_ref     varchar(255),
  -- Why the provider will not give it back; a person has to.
  ADD COLUMN refund_trouble text,
  ADD CHECK (refund_due_at IS NULL OR status = 'completed'),
  ADD CHECK (amount = trunc(amount));
-- One deposit a visit, but for what has failed or goes back.
CREATE UNIQUE INDEX payments_one_each ON payments (reservation_id) WHERE status <> 'failed' AND refund_due_at IS NULL;
-- What something is still to be done for, so that the sweep reads no others.
CREATE INDEX payments_open ON payments (created_at) WHERE provider = 'stripe' AND (closed_at IS NULL OR (refund_due_at IS NOT NULL AND refunded_at IS NULL AND refund_trouble IS NULL));
