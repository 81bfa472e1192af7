import type { Database } from "@garim/express";
import { ORDERS, PAGE_SIZE, SELLERS } from "../orders.ts";
import { type Order, type OrderRow, toOrder } from "./protection.ts";

/** Makes the host's table, once; its orders are of yesterday. */
export async function createOrders(database: Database): Promise<void> {
  await database.query("create schema if not exists shop", []);
  await database.query(
    `create table if not exists shop.orders as
       select n, ('{${SELLERS.join(",")}}'::text[])[1 + n % ${SELLERS.length}] as seller,
         now() - interval '1 day' as paid_at, null::timestamptz as confirmed_at
       from generate_series(0, ${ORDERS - 1}) n`,
    [],
  );
  await database.query("create unique index if not exists orders_n on shop.orders (n)", []);
  await database.query("create index if not exists orders_seller on shop.orders (seller, n)", []);
}

const COLUMNS = "select n, paid_at, confirmed_at from shop.orders";

/** A page of a seller's orders. */
export function listPage(database: Database, seller: string, page: number): Promise<readonly Order[]> {
  const text = `${COLUMNS} where seller = $1 order by n limit ${PAGE_SIZE} offset $2`;
  return list(database, text, [seller, page * PAGE_SIZE]);
}

/** The same for a file. */
export async function* streamPage(database: Database, seller: string, page: number): AsyncGenerator<Order> {
  yield* await listPage(database, seller, page);
}

/** An order, whoever asks: whose it is, is Garim's to look at. */
export async function findOrder(database: Database, n: number): Promise<Order | undefined> {
  return (await list(database, `${COLUMNS} where n = $1`, [n]))[0];
}

/** Orders of some sellers from one on. */
export function listAfter(
  database: Database,
  sellers: readonly string[],
  after: number,
  limit: number,
): Promise<readonly Order[]> {
  const text = `${COLUMNS} where seller = any($1) and n > $2 order by n limit $3`;
  return list(database, text, [sellers, after, limit]);
}

/** Confirms a purchase: when, says the database, as nodes' clocks differ. */
export async function confirm(database: Database, n: number): Promise<void> {
  const text = "update shop.orders set confirmed_at = coalesce(confirmed_at, now()) where n = $1";
  await database.query(text, [n]);
}

async function list(database: Database, text: string, values: unknown[]): Promise<readonly Order[]> {
  const { rows } = await database.query(text, values);
  return (rows as OrderRow[]).map(toOrder);
}
