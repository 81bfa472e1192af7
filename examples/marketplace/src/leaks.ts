import { randomUUID } from "node:crypto";
import { type Database, type DutiesOptions, subject } from "@garim/express";

type LeakHost = NonNullable<DutiesOptions["leaks"]>;
type Candidate =
  ReturnType<NonNullable<LeakHost["candidates"]>> extends AsyncIterable<infer One> | Iterable<infer One>
    ? One
    : never;
type Recipient = Candidate["contact"];

const AT_ONCE = 500;

const BUYERS = `SELECT id, phone, CASE WHEN email IS NULL THEN 'sms' ELSE 'email' END AS channel
  FROM market.buyers WHERE id > $1 ORDER BY id LIMIT $2`;

/** Orders with their people, those stored apart as well. */
const PEOPLE = `SELECT order_no, recipient_phone AS phone FROM market.orders WHERE recipient_phone <> ''
  UNION ALL SELECT order_no, recipient_phone FROM market.kept_orders`;

/** Each number once, by its first order; that of a buyer is theirs already. */
const RECIPIENTS = `SELECT min(p.order_no) AS order_no, p.phone FROM (${PEOPLE}) AS p
  WHERE p.phone > $1 AND NOT EXISTS (SELECT FROM market.buyers b WHERE b.phone = p.phone)
  GROUP BY p.phone ORDER BY p.phone LIMIT $2`;

const KEEP = `INSERT INTO market.leak_recipients (leak_id, recipient_id, channel)
  SELECT $1, one->>'id', one->>'channel' FROM jsonb_array_elements($2::jsonb) AS one
  ON CONFLICT (leak_id, recipient_id) DO UPDATE SET channel = excluded.channel`;

const LIST = `SELECT recipient_id AS id, channel FROM market.leak_recipients
  WHERE leak_id = $1 AND ($2::text IS NULL OR recipient_id > $2) ORDER BY recipient_id LIMIT $3`;

/** Where somebody is reached at this moment, by the name they stand on the list under. */
const ADDRESS = `SELECT CASE $2 WHEN 'email' THEN email ELSE phone END AS address FROM market.buyers WHERE id = $1
  UNION ALL SELECT phone FROM (${PEOPLE}) AS p WHERE 'order:' || order_no = $1 AND $2 = 'sms' LIMIT 1`;

/** What a real market's mail and message workers take from here. */
const POST = `INSERT INTO market.messages (id, recipient, channel, address, body)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;

/** Whom a leak concerns, in the market's own tables, and how they are told. */
export function leaksOf(database: Database): LeakHost {
  return {
    candidates: () => everybody(database),
    async keep(leakId, recipients) {
      await database.query(KEEP, [leakId, JSON.stringify(recipients)]);
    },
    async recipients({ leakId, after, limit }) {
      const { rows } = await database.query(LIST, [leakId, after, limit]);
      const recipients = rows as Recipient[];
      return { recipients, next: recipients.length < limit ? null : (recipients.at(-1)?.id ?? null) };
    },
    async send({ id, channel }, { no, text }, leakId) {
      const { rows } = await database.query(ADDRESS, [id, channel]);
      const [found] = rows as { readonly address: string | null }[];
      if (!found?.address) throw new Error("The market has no address of them any more");
      await database.query(POST, [`leak:${leakId}:${no}:${id}`, id, channel, found.address, text]);
    },
  };
}

/** Leaves the operators a message of what waits for them. */
export function tellOperators(database: Database): NonNullable<DutiesOptions["onDuties"]> {
  return async ({ notices }) => {
    const body = notices.map(({ words, isOverdue }) => `${isOverdue ? "[기한 지남] " : ""}${words.ko}`);
    await database.query(POST, [`duties:${randomUUID()}`, "operators", "email", null, body.join("\n")]);
  };
}

/** Buyers, whom the log knows by their id and by their phone, then recipients who are no buyers, by their phone. */
async function* everybody(database: Database): AsyncIterable<Candidate> {
  for await (const { id, phone, channel } of walk<BuyerRow>(database, BUYERS, ({ id }) => id)) {
    const contact = { id, channel };
    yield { subject: subject.buyer(id), contact };
    yield { subject: subject.phone(phone), contact };
  }
  for await (const { order_no, phone } of walk<RecipientRow>(database, RECIPIENTS, (row) => row.phone)) {
    const contact = { id: `order:${order_no}`, channel: "sms" };
    yield { subject: subject.order(order_no), contact };
    yield { subject: subject.phone(phone), contact };
  }
}

interface BuyerRow {
  readonly id: string;
  readonly phone: string;
  readonly channel: string;
}

interface RecipientRow {
  readonly order_no: string;
  readonly phone: string;
}

async function* walk<Row>(database: Database, text: string, keyOf: (row: Row) => string): AsyncIterable<Row> {
  for (let after = ""; ; ) {
    const rows = (await database.query(text, [after, AT_ONCE])).rows as Row[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = keyOf(last);
  }
}
