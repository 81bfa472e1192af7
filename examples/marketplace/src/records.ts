import { randomUUID } from "node:crypto";
import type { Database, DutiesOptions, Garim } from "@garim/express";

type Schedule = Parameters<Garim["registers"]["schedules"]["put"]>[0];

/** How long an order's people are kept. Lines and sellers' parts of an order show the same record. */
export const ORDER_SCHEDULE: Schedule = {
  recordType: "order",
  alsoShownAs: ["orderLine", "sellerOrder"],
  title: { ko: "주문의 구매자·수취인 정보", en: "People of an order" },
  endsWith: "모든 상품의 구매확정, 취소·반품 완료",
  keeps: ["contract", "payment"],
  apartIn: "market.kept_orders",
  method: "행 삭제, 백업은 7일 안에 덮어씀",
};

/** An order ends with its last line; while one goes on, the order does. */
const ENDED = `SELECT order_no, CASE WHEN count(*) = count(ended_at) THEN max(ended_at) END AS ended_at FROM (
    SELECT order_no, least(confirmed_at, cancelled_at, returned_at) AS ended_at FROM market.order_lines) AS line
  GROUP BY order_no`;

/** By which tools know what an order is of. */
const LINES =
  "ARRAY(SELECT l.id FROM market.order_lines l WHERE l.order_no = o.order_no ORDER BY l.line_no) AS lines";

const USED = `SELECT o.order_no AS id, ${LINES}, e.ended_at, o.ordered_at, o.paid_at
  FROM market.orders o JOIN (${ENDED}) AS e USING (order_no)
  WHERE o.recipient_name <> '' AND e.ended_at < $1 AND ($2::text IS NULL OR o.order_no > $2) ORDER BY o.order_no LIMIT $3`;

const APART = `SELECT order_no AS id, ${LINES}, ended_at, ordered_at, paid_at FROM market.kept_orders o
  WHERE ordered_at < $1 AND ($2::text IS NULL OR order_no > $2) ORDER BY order_no LIMIT $3`;

const KEEP = `INSERT INTO market.kept_orders
  SELECT o.order_no, e.ended_at, o.ordered_at, o.paid_at, o.recipient_name, o.recipient_phone, o.postcode, o.address
  FROM market.orders o JOIN (${ENDED}) AS e USING (order_no)
  WHERE o.order_no = ANY($1) AND o.recipient_name <> '' ON CONFLICT DO NOTHING`;

/** What is in use loses its people; what it was bought for stays. */
const EMPTY = `UPDATE market.orders SET recipient_name = '', recipient_company = NULL, recipient_phone = '', postcode = NULL,
    address = '', customs_code = NULL, memo = NULL WHERE order_no = ANY($1) RETURNING order_no AS id`;

/** A name that goes from its order goes from what was written about it: nothing tells any more that it is one. */
const UNNAME = `UPDATE market.posts p SET text = replace(p.text, o.recipient_name, '***'), reply = replace(p.reply, o.recipient_name, '***')
  FROM market.order_lines l JOIN market.orders o USING (order_no)
  WHERE l.id = p.line_id AND o.order_no = ANY($1) AND o.recipient_name <> '' RETURNING p.id`;

const DELETE = "DELETE FROM market.kept_orders WHERE order_no = ANY($1) RETURNING order_no AS id";

interface EndedRow {
  readonly id: string;
  readonly lines: readonly string[];
  readonly ended_at: Date;
  readonly ordered_at: Date;
  readonly paid_at: Date | null;
}

type RecordHost = NonNullable<DutiesOptions["records"]>;

/** What a real market's mail worker takes from here. */
const CALL = `INSERT INTO market.messages (id, recipient, channel, address, body)
  VALUES ($1, $2, 'email', $3, $4)`;

/**
 * The market's orders, for the retention of Garim: what is due, and its end.
 *
 * @param contactOf - where the makers of a tool are reached
 */
export function recordsOf(
  database: Database,
  contactOf: (toolId: string) => Promise<string | null>,
): RecordHost {
  const run = async (text: string, ids: readonly string[]): Promise<readonly string[]> => {
    const { rows } = await database.query(text, [ids]);
    return (rows as { readonly id: string }[]).map(({ id }) => id);
  };
  return {
    async list({ store, before, after, limit }) {
      const { rows } = await database.query(store === "used" ? USED : APART, [
        new Date(before),
        after,
        limit,
      ]);
      const records = (rows as EndedRow[]).map(toRecord);
      return { records, next: records.length < limit ? null : (records.at(-1)?.id ?? null) };
    },
    async separate({ ids }) {
      await database.query(KEEP, [ids]);
      await run(UNNAME, ids);
      return await run(EMPTY, ids);
    },
    async destroy({ ids }) {
      await run(UNNAME, ids);
      const gone = await Promise.all([run(DELETE, ids), run(EMPTY, ids)]);
      return gone.flat();
    },
    async callTool({ toolId, sellerId, orderIds }) {
      const body = [
        `판매자 ${sellerId}의 주문 상품 ${orderIds.length}건을 파기하고 POST /tool/receipts로 알려 주십시오.`,
        `Destroy what you have of ${orderIds.length} lines of ${sellerId}, and say so by POST /tool/receipts.`,
        ...orderIds,
      ].join("\n");
      await database.query(CALL, [`call:${randomUUID()}`, `tool:${toolId}`, await contactOf(toolId), body]);
    },
  };
}

/** An unpaid order that was cancelled was no contract: nothing keeps it. */
function toRecord({ id, lines, ended_at, ordered_at, paid_at }: EndedRow): {
  readonly id: string;
  readonly lines: readonly string[];
  readonly purposeEndedAt: number;
  readonly keeps: readonly { readonly kind: "contract" | "payment"; readonly since: number }[];
} {
  const purposeEndedAt = ended_at.getTime();
  if (paid_at === null) return { id, lines, purposeEndedAt, keeps: [] };
  const keeps = [
    { kind: "contract", since: ordered_at.getTime() },
    { kind: "payment", since: paid_at.getTime() },
  ] as const;
  return { id, lines, purposeEndedAt, keeps };
}
