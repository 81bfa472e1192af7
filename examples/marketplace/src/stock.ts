import type { Database } from "@garim/express";
import { makeAccounts } from "./demo.ts";
import { PlainError } from "./plain-error.ts";
import { insertRows, type OrderRows } from "./rows.ts";

/** Tells whether the market holds an order already. */
export async function hasOrders(database: Database): Promise<boolean> {
  const { rows } = await database.query("SELECT 1 FROM market.orders LIMIT 1");
  return rows.length > 0;
}

/** Lists the ids of the sellers. */
export async function listSellers(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query("SELECT id FROM market.sellers ORDER BY id");
  return (rows as { readonly id: string }[]).map(({ id }) => id);
}

/** Puts orders and the people around them into the market: all of them or none. */
export async function stock(database: Database, rows: OrderRows): Promise<void> {
  const sellers = rows.sellers.map((seller) => seller.id);
  const accounts = await makeAccounts(
    sellers,
    rows.buyers.map((buyer) => buyer.id),
  );
  await insertRows(database, { ...rows, ...accounts });
}

/**
 * Adds somebody's own orders to the market.
 *
 * @throws PlainError where one of them is there already
 */
export async function addOrders(database: Database, rows: OrderRows, path: string): Promise<void> {
  const numbers = JSON.stringify(rows.orders.map((order) => order.order_no));
  const { rows: known } = await database.query(
    "SELECT order_no FROM market.orders WHERE order_no IN (SELECT jsonb_array_elements_text($1::jsonb)) ORDER BY 1",
    [numbers],
  );
  if (known.length > 0)
    throw new PlainError(
      `${path}: ${known.length} of its ${rows.orders.length} orders are in the market already, such as ${(known as { order_no: string }[])[0]?.order_no}. Nothing was loaded. Start without --orders, or with --fresh for an empty market`,
    );
  await stock(database, rows);
}
