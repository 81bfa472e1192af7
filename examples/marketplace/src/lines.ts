import type { Database } from "@garim/express";
import type { OrderLine, SellerOrder } from "./line.ts";
import { type LineRecord, toLine, toSellerOrders } from "./line-record.ts";

/** One page of lines, newest orders first. */
export interface LinePage {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly lines: readonly OrderLine[];
}

/** Which lines a list is asked for. What is absent does not narrow it. */
export interface LineFilter {
  readonly seller?: string | undefined;
  readonly buyer?: string | undefined;
  readonly state?: string | undefined;
  readonly claim?: string | undefined;
  /** The beginning of an order number. */
  readonly orderNo?: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

const MATCHING = `FROM market.lines l
  WHERE ($1::text IS NULL OR l.seller_id = $1) AND ($2::text IS NULL OR l.buyer_id = $2)
    AND ($3::text IS NULL OR l.state = $3) AND ($4::text IS NULL OR starts_with(l.order_no, $4))
    AND ($5::text IS NULL OR EXISTS (SELECT FROM market.claims c WHERE c.line_id = l.id AND c.type = $5))`;

const COUNT = `SELECT count(*)::integer AS total ${MATCHING}`;
const LIST = `SELECT l.* ${MATCHING} ORDER BY l.ordered_at DESC, l.id LIMIT $6 OFFSET $7`;

/** Lists lines. */
export async function listLines(database: Database, filter: LineFilter): Promise<LinePage> {
  const { seller, buyer, state, orderNo, claim, page, size } = filter;
  const wanted = [seller, buyer, state, orderNo, claim].map((value) => value ?? null);
  const [counted, listed] = await Promise.all([
    database.query(COUNT, wanted),
    database.query(LIST, [...wanted, size, (page - 1) * size]),
  ]);
  const total = (counted.rows as { readonly total: number }[])[0]?.total ?? 0;
  return { total, page, size, lines: (listed.rows as LineRecord[]).map(toLine) };
}

/** Which lines a tool is given; from one id on, so that what is ordered meanwhile moves no page. */
export interface LineWalk {
  readonly sellers: readonly string[];
  /** Nothing but these; `null` for all. */
  readonly ids: readonly string[] | null;
  /** Those after this id; `null` from the first. */
  readonly after: string | null;
  readonly size: number;
}

const WALK = `SELECT * FROM market.lines
  WHERE seller_id = ANY($1) AND ($2::text[] IS NULL OR id = ANY($2)) AND ($3::text IS NULL OR id > $3)
  ORDER BY id LIMIT $4`;

/** Lists lines in the order of their ids. */
export async function listLinesAfter(
  database: Database,
  { sellers, ids, after, size }: LineWalk,
): Promise<readonly OrderLine[]> {
  const { rows } = await database.query(WALK, [sellers, ids, after, size]);
  return (rows as LineRecord[]).map(toLine);
}

/** Finds a line by its id, whoever asks. */
export async function findLine(database: Database, id: string): Promise<OrderLine | undefined> {
  const { rows } = await database.query("SELECT * FROM market.lines WHERE id = $1", [id]);
  return (rows as LineRecord[]).map(toLine)[0];
}

/** Finds an order by its number, whoever asks: its parts, one per seller. */
export async function findOrder(database: Database, orderNo: string): Promise<readonly SellerOrder[]> {
  const text = "SELECT * FROM market.lines WHERE order_no = $1 ORDER BY seller_id, line_no";
  const { rows } = await database.query(text, [orderNo]);
  return toSellerOrders((rows as LineRecord[]).map(toLine));
}
