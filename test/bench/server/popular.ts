import { randomBytes } from "node:crypto";
import { RedisStore } from "connect-redis";
import express, { type Express, type RequestHandler } from "express";
import session, { type Store } from "express-session";
import { Pool } from "pg";
import { createClient } from "redis";
import { makeTable, recordAndMask } from "./popular-record.ts";
import { listOrders, SELLERS, sellerOf } from "./shop.ts";

declare module "express-session" {
  interface SessionData {
    staff?: {
      readonly staffId: string;
      readonly sellerId: string;
      /** UTC milliseconds. */
      readonly secondFactorAt: number;
    };
  }
}

const FRESH_MS = 12 * 3_600_000;

/**
 * What is put together of popular parts for the same job: express-session with its sessions in the Redis of `REDIS_URL`, a look at the
 * second factor's age, one INSERT for each access into the PostgreSQL of `DATABASE_URL`, maskdata.
 */
export async function openPopular(): Promise<Express> {
  const { DATABASE_URL: connectionString, REDIS_URL: url = "" } = process.env;
  const store = new RedisStore({ client: await createClient({ url }).connect() });
  return makePopular(new Pool({ ...(connectionString ? { connectionString } : {}) }), store);
}

export async function makePopular(pool: Pool, store: Store): Promise<Express> {
  const handler = listOrders();
  await makeTable(pool);
  const app = express();
  app.use(
    session({ store, secret: randomBytes(32).toString("hex"), resave: false, saveUninitialized: false }),
  );
  app.post("/log-in", (req, res) => {
    const seller = sellerOf(req);
    const sellerId = SELLERS[seller] ?? "";
    req.session.staff = { staffId: `staff-${seller}`, sellerId, secondFactorAt: Date.now() };
    res.sendStatus(204);
  });
  const record = recordAndMask(pool, ({ req: { session } }) => ({
    actor: session.staff?.staffId ?? "",
    seller: session.staff?.sellerId ?? "",
  }));
  app.get("/orders/:size", askStaff, record, handler);
  return app;
}

/** A fresh second factor, and the orders of nobody else. */
const askStaff: RequestHandler = (req, res, next) => {
  const { staff } = req.session;
  if (staff === undefined || Date.now() - staff.secondFactorAt > FRESH_MS) res.sendStatus(401);
  else if (staff.sellerId !== SELLERS[sellerOf(req)]) res.sendStatus(403);
  else next();
};
