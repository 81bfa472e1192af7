import { randomBytes } from "node:crypto";
import type { Database } from "@garim/express";
import type { Request, RequestHandler } from "express";
import session from "express-session";
import type { Account } from "./account.ts";
import { SessionStore } from "./session-store.ts";

declare module "express-session" {
  interface SessionData {
    account: Account;
  }
}

/** The marketplace's own log-in session: nothing of Garim in it. */
export async function logInSessions(database: Database, clock: () => number): Promise<RequestHandler> {
  return session({
    name: "market",
    secret: await cookieSecret(database),
    store: new SessionStore(database, clock),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: "lax", secure: "auto" },
  });
}

/** What signs the cookie: one for all processes on this database, and the same after a restart. */
async function cookieSecret(database: Database): Promise<string> {
  const made = randomBytes(32).toString("base64url");
  await database.query("INSERT INTO market.cookie_secret (secret) VALUES ($1) ON CONFLICT DO NOTHING", [
    made,
  ]);
  const { rows } = await database.query("SELECT secret FROM market.cookie_secret");
  return (rows as { readonly secret: string }[])[0]?.secret ?? made;
}

/** Who is logged in with this request, if anybody. */
export function accountOf(req: Request): Account | undefined {
  return req.session.account;
}

/** Opens a log-in under a fresh session id: one that was planted before (fixation) is worth nothing. */
export async function openLogIn(req: Request, account: Account): Promise<void> {
  await renewSession(req);
  req.session.account = account;
}

/** Ends the log-in. The request keeps an empty session, so that whoever handles it next finds one. */
export function endLogIn(req: Request): Promise<void> {
  return renewSession(req);
}

function renewSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
}
