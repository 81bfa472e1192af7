import type { Database } from "@garim/express";
import type { OrderLine } from "./line.ts";
import { type LineRecord, toLine } from "./line-record.ts";

/** Which lines a seller's file is asked for. */
export interface DownloadFilter {
  readonly seller: string;
  readonly state: string | undefined;
  /** The beginning of an order number. */
  readonly orderNo: string | undefined;
}

/** Lines that are read at a time: each page is as of the moment it is read, so a confirmation counts from the next one on. */
const PAGE = 500;

const MATCHING = `FROM market.lines l
  WHERE l.seller_id = $1 AND ($2::text IS NULL OR l.state = $2) AND ($3::text IS NULL OR starts_with(l.order_no, $3))`;
const COUNT = `SELECT count(*)::integer AS total ${MATCHING}`;
const NEXT = `SELECT l.* ${MATCHING} AND ($4::text IS NULL OR l.id > $4) ORDER BY l.id LIMIT ${PAGE}`;

/** How many lines a file would have. */
export async function countLines(database: Database, filter: DownloadFilter): Promise<number> {
  const { rows } = await database.query(COUNT, valuesOf(filter));
  return (rows as { readonly total: number }[])[0]?.total ?? 0;
}

/** The lines of a file, as they are read. */
export async function* streamLines(database: Database, filter: DownloadFilter): AsyncGenerator<OrderLine> {
  let last: string | null = null;
  for (;;) {
    const { rows } = await database.query(NEXT, [...valuesOf(filter), last]);
    const lines: readonly OrderLine[] = (rows as LineRecord[]).map(toLine);
    yield* lines;
    if (lines.length < PAGE) return;
    last = lines.at(-1)?.id ?? null;
  }
}

/** Whether one person does everything for a seller: then nobody else of it can agree to a large download. */
export async function isSoleTrader(database: Database, seller: string): Promise<boolean> {
  const { rows } = await database.query(
    "SELECT count(*)::integer AS staff FROM market.staff WHERE seller_id = $1",
    [seller],
  );
  return (rows as { readonly staff: number }[])[0]?.staff === 1;
}

function valuesOf({ seller, state, orderNo }: DownloadFilter): unknown[] {
  return [seller, state ?? null, orderNo ?? null];
}
