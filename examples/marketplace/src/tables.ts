import type { Database } from "@garim/express";

/**
 * The marketplace's own tables. An order is one checkout; its lines belong to one seller each, and every moment of a line
 * stands on the line. A line's state is never stored: the view `market.lines` reads it off the moments.
 */
const STATEMENTS: readonly string[] = [
  "CREATE SCHEMA IF NOT EXISTS market",
  `CREATE TABLE IF NOT EXISTS market.sellers (
    id text PRIMARY KEY,
    name text NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS market.staff (
    id text PRIMARY KEY,
    seller_id text NOT NULL REFERENCES market.sellers,
    roles text[] NOT NULL
  )`,
  "CREATE TABLE IF NOT EXISTS market.operators (id text PRIMARY KEY)",
  "CREATE TABLE IF NOT EXISTS market.auditors (id text PRIMARY KEY)",
  `CREATE TABLE IF NOT EXISTS market.buyers (
    id text PRIMARY KEY,
    name text NOT NULL,
    phone text NOT NULL,
    email text
  )`,
  `CREATE TABLE IF NOT EXISTS market.users (
    name text PRIMARY KEY,
    password text NOT NULL,
    staff_id text REFERENCES market.staff,
    operator_id text REFERENCES market.operators,
    auditor_id text REFERENCES market.auditors,
    buyer_id text REFERENCES market.buyers,
    failures integer,
    locked_until timestamptz,
    CHECK (num_nonnulls(staff_id, operator_id, auditor_id, buyer_id) = 1)
  )`,
  `CREATE TABLE IF NOT EXISTS market.cookie_secret (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret text NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS market.log_ins (
    id text PRIMARY KEY,
    data jsonb,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS market.orders (
    order_no text PRIMARY KEY,
    buyer_id text NOT NULL REFERENCES market.buyers,
    ordered_at timestamptz NOT NULL,
    paid_at timestamptz,
    recipient_name text NOT NULL,
    recipient_company text,
    recipient_phone text NOT NULL,
    postcode text,
    address text NOT NULL,
    customs_code text,
    memo text
  )`,
  `CREATE TABLE IF NOT EXISTS market.order_lines (
    id text PRIMARY KEY,
    order_no text NOT NULL REFERENCES market.orders,
    line_no integer NOT NULL,
    seller_id text NOT NULL REFERENCES market.sellers,
    product text NOT NULL,
    option text,
    quantity integer NOT NULL CHECK (quantity > 0),
    amount integer NOT NULL CHECK (amount >= 0),
    engraving text,
    prepared_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    returned_at timestamptz,
    UNIQUE (order_no, line_no)
  )`,
  "CREATE INDEX IF NOT EXISTS order_lines_of_seller ON market.order_lines (seller_id, order_no)",
  `CREATE TABLE IF NOT EXISTS market.claims (
    id text PRIMARY KEY,
    line_id text NOT NULL REFERENCES market.order_lines,
    type text NOT NULL CHECK (type IN ('cancellation', 'return', 'exchange', 'service')),
    reason text NOT NULL,
    opened_by text NOT NULL CHECK (opened_by IN ('buyer', 'operator')),
    opened_at timestamptz NOT NULL,
    closed_at timestamptz
  )`,
  `CREATE TABLE IF NOT EXISTS market.kept_orders (
    order_no text PRIMARY KEY,
    ended_at timestamptz NOT NULL,
    ordered_at timestamptz NOT NULL,
    paid_at timestamptz,
    recipient_name text NOT NULL,
    recipient_phone text NOT NULL,
    postcode text,
    address text NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS market.leak_recipients (
    leak_id text NOT NULL,
    recipient_id text NOT NULL,
    channel text,
    PRIMARY KEY (leak_id, recipient_id)
  )`,
  `CREATE TABLE IF NOT EXISTS market.posts (
    id text PRIMARY KEY,
    line_id text NOT NULL REFERENCES market.order_lines,
    kind text NOT NULL CHECK (kind IN ('review', 'question')),
    text text NOT NULL,
    written_at timestamptz NOT NULL,
    reply text,
    replied_at timestamptz
  )`,
  `CREATE TABLE IF NOT EXISTS market.messages (
    id text PRIMARY KEY,
    recipient text NOT NULL,
    channel text NOT NULL,
    address text,
    body text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
  )`,
  "CREATE INDEX IF NOT EXISTS claims_of_line ON market.claims (line_id)",
  `CREATE OR REPLACE VIEW market.lines AS
    SELECT l.*, o.buyer_id, o.ordered_at, o.paid_at, o.recipient_name, o.recipient_company, o.recipient_phone,
      o.postcode, o.address, o.customs_code, o.memo, b.name AS buyer_name, b.phone AS buyer_phone, b.email AS buyer_email,
      CASE
        WHEN l.returned_at IS NOT NULL THEN 'returned'
        WHEN l.cancelled_at IS NOT NULL THEN 'cancelled'
        WHEN l.confirmed_at IS NOT NULL THEN 'confirmed'
        WHEN l.delivered_at IS NOT NULL THEN 'delivered'
        WHEN l.shipped_at IS NOT NULL THEN 'shipping'
        WHEN l.prepared_at IS NOT NULL THEN 'preparing'
        WHEN o.paid_at IS NOT NULL THEN 'paid'
        ELSE 'unpaid'
      END AS state,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', c.id, 'type', c.type, 'reason', c.reason, 'openedBy', c.opened_by,
          'openedAt', c.opened_at, 'closedAt', c.closed_at) ORDER BY c.opened_at, c.id)
        FROM market.claims c WHERE c.line_id = l.id
      ), '[]') AS claims
    FROM market.order_lines l JOIN market.orders o USING (order_no) JOIN market.buyers b ON b.id = o.buyer_id`,
];

/** Makes the tables that are not there yet. */
export async function createTables(database: Database): Promise<void> {
  for (const statement of STATEMENTS) await database.query(statement);
}

/** Drops everything of the marketplace, and nothing of Garim's: its access log outlives the data it is about. */
export async function dropTables(database: Database): Promise<void> {
  await database.query("DROP SCHEMA IF EXISTS market CASCADE");
}
