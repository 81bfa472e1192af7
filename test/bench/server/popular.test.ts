import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RedisStore } from "connect-redis";
import { Pool } from "pg";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PostgresService, startPostgres } from "../../services/postgres.ts";
import { type RedisService, startRedisOrSkip } from "../../services/redis.ts";
import { makeOrders, type Order } from "../orders.ts";
import { logInToExpressSession } from "./person.ts";
import { makePopular } from "./popular.ts";
import { makePopularTool } from "./popular-tool.ts";
import { SELLER_HEADER, SELLERS } from "./shop.ts";
import { openToolLoad } from "./tool-load.ts";

const PATH = "/orders/20";
const redis: RedisService | undefined = await startRedisOrSkip("the peers of row R3");
const stops: (() => unknown)[] = [() => redis?.stop()];
let postgres: PostgresService;
let pool: Pool;

async function listen(app: RequestListener): Promise<number> {
  const server: Server = createServer(app);
  stops.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool({ connectionString: postgres.url });
  pool.on("error", () => undefined);
});
beforeEach(() => pool.query("drop table if exists accesses"));
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await pool.end();
  await postgres.stop();
});

const PII = [
  "buyerId",
  "buyerName",
  "buyerPhone",
  "buyerEmail",
  "recipientName",
  "recipientPhone1",
  "recipientPhone2",
  "zipCode",
  "roadAddress",
  "detailAddress",
  "deliveryMemo",
  "customsCode",
] as const satisfies readonly (keyof Order)[];

const CLEAR = new Map(makeOrders(SELLERS.length * 100).map((order) => [order.orderNo, order]));

/** The confirmed orders' personal data is hidden, everything else as it was; and one row says whose orders were seen, and which. */
async function expectDone(answer: Response, access: object): Promise<void> {
  const orders = (await answer.json()) as readonly Order[];
  expect(orders).toHaveLength(20);
  expect(orders.filter(({ confirmedAt }) => confirmedAt !== null)).toHaveLength(10);
  for (const order of orders) {
    const { sellerId: _, ...clear } = CLEAR.get(order.orderNo) as Order;
    if (order.confirmedAt === null) expect(order).toMatchObject(clear);
    else for (const name of PII) if (clear[name]) expect(order[name], name).toMatch(/\*{2}/);
  }
  const { rows } = await pool.query("select actor, seller, orders from accesses");
  const seen = orders.map(({ orderNo, confirmedAt }) => ({ orderNo, isMasked: confirmedAt !== null }));
  expect(rows).toEqual([{ ...access, orders: seen }]);
}

describe.skipIf(redis === undefined)("makePopular", () => {
  it("asks for a session of the seller's own, records each access and masks what is confirmed", async () => {
    const client = await createClient({ url: redis?.url ?? "" }).connect();
    stops.push(() => client.destroy());
    const port = await listen(await makePopular(pool, new RedisStore({ client })));
    const headers = await logInToExpressSession(port, 3);
    const ask = (more: object) =>
      fetch(`http://127.0.0.1:${port}${PATH}`, { headers: { ...headers, ...more } });
    await expectDone(await ask({}), { actor: "staff-3", seller: SELLERS[3] });
    expect((await ask({ cookie: "" })).status).toBe(401);
    expect((await ask({ [SELLER_HEADER]: "4" })).status).toBe(403);
  });
});

describe("makePopularTool", () => {
  it("asks for a token and a proof by its key, records each access and masks what is confirmed", async () => {
    const port = await listen(await makePopularTool(pool));
    const [one, other] = await Promise.all(
      [0, 1].map(() => openToolLoad(port, PATH, `http://127.0.0.1:${port}`)),
    );
    await expectDone((await one?.ask(port, 5)) as Response, { actor: "bench-tool", seller: SELLERS[5] });
    const proofs = await Promise.all([one, other].map((load) => load?.headersOf(5)));
    const stolen = { ...proofs[0], dpop: proofs[1]?.dpop ?? "" };
    for (const headers of [stolen, { ...proofs[0], dpop: "" }, {}])
      expect((await fetch(`http://127.0.0.1:${port}${PATH}`, { headers })).status).toBeOneOf([400, 401]);
    expect((await pool.query("select from accesses")).rowCount).toBe(1);
  });
});
