import { randomBytes } from "node:crypto";
import { RedisStore } from "connect-redis";
import express, { type Express, type RequestHandler } from "express";
import session from "express-session";
import { createClient } from "redis";
import { listOrders } from "./shop.ts";

declare module "express-session" {
  interface SessionData {
    /** UTC milliseconds. */
    secondFactorAt?: number;
  }
}

const FRESH_MS = 12 * 3_600_000;

/** express-session as its README sets it up, with its sessions in the Redis of `REDIS_URL`, and a look at the second factor. */
export async function openExpressSession(): Promise<Express> {
  const handler = listOrders();
  const url = process.env["REDIS_URL"] ?? "";
  const store = new RedisStore({ client: await createClient({ url }).connect() });
  const secret = randomBytes(32).toString("hex");
  const app = express();
  app.use(session({ store, secret, resave: false, saveUninitialized: false }));
  app.post("/log-in", (req, res) => {
    req.session.secondFactorAt = Date.now();
    res.sendStatus(204);
  });
  app.get("/orders/:size", askSecondFactor, handler);
  return app;
}

const askSecondFactor: RequestHandler = (req, res, next) => {
  const { secondFactorAt = Number.NEGATIVE_INFINITY } = req.session;
  if (Date.now() - secondFactorAt <= FRESH_MS) next();
  else res.sendStatus(401);
};
