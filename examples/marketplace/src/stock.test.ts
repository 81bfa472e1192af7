import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { OrderRows } from "./rows.ts";
import { seedOrders } from "./seed/orders.ts";
import { addOrders, hasOrders, stock } from "./stock.ts";
import { createTables, dropTables } from "./tables.ts";

const NOW = Date.parse("2026-11-20T10:00:00+09:00");
const database = await PGlite.create();
const rows = seedOrders(40, NOW);

beforeEach(async () => {
  await dropTables(database);
  await createTables(database);
});

afterAll(() => database.close());

async function count(table: string): Promise<number> {
  const found = await database.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM market.${table}`,
  );
  return found.rows[0]?.count ?? -1;
}

describe("stock", () => {
  it("loads everything, and every state of a line can be found", async () => {
    await stock(database, rows);
    expect(await count("order_lines")).toBe(rows.order_lines.length);
    expect(await count("users")).toBe(4 * 5 + 2 + 3);
    const states = await database.query<{ state: string }>(
      "SELECT DISTINCT state FROM market.lines ORDER BY 1",
    );
    expect(states.rows.map((row) => row.state)).toEqual([
      "cancelled",
      "confirmed",
      "delivered",
      "paid",
      "preparing",
      "returned",
      "shipping",
      "unpaid",
    ]);
  });

  it("loads nothing by halves when the last row is one the tables refuse", async () => {
    const [first] = rows.claims;
    if (first === undefined) throw new Error("the seed has no claim");
    const broken: OrderRows = {
      ...rows,
      claims: [...rows.claims, { ...first, id: "last", opened_by: "seller" }],
    };
    await expect(stock(database, broken)).rejects.toThrow();
    for (const table of ["sellers", "users", "buyers", "orders", "order_lines", "claims"])
      expect(await count(table)).toBe(0);
  });
});

describe("addOrders", () => {
  it("adds to a market that has other orders", async () => {
    await stock(database, rows);
    const orders = rows.orders.slice(0, 1).map((order) => ({ ...order, order_no: "MINE" }));
    const order_lines = rows.order_lines
      .slice(0, 1)
      .map((line) => ({ ...line, id: "MINE-1", order_no: "MINE" }));
    await addOrders(database, { ...rows, orders, order_lines, claims: [] }, "my.csv");
    expect(await count("orders")).toBe(41);
  });

  it("adds nothing when one of them is there already, and says so in one line", async () => {
    await stock(database, { ...rows, orders: rows.orders.slice(0, 1), order_lines: [], claims: [] });
    await expect(addOrders(database, rows, "my.csv")).rejects.toThrow(
      /^my\.csv: 1 of its 40 orders are in the market already, such as \S+\. Nothing was loaded\. .*--fresh/,
    );
    expect(await count("orders")).toBe(1);
    expect(await hasOrders(database)).toBe(true);
  });
});
