import { type Database, type Garim, returnPath } from "@garim/express";
import type { Express } from "express";
import { type AccountKind, logIn, rolesOf } from "../account.ts";
import { DEMO_PASSWORD, listDemoLogIns } from "../demo.ts";
import { membersOf, readText } from "../input.ts";
import { accountOf, endLogIn, openLogIn } from "../log-in.ts";
import { RequestError } from "../request-error.ts";

/** Where each kind of people works. */
const HOMES: Readonly<Record<AccountKind, string>> = {
  staff: "/orders",
  operator: "/operator",
  auditor: "/privacy/pages/auditor/search",
  buyer: "/my",
};

/** Logging in and out, and the names of the demo's log-ins. */
export function addLogInRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  app.post("/login", garim.unguarded("the log-in itself"), async (req, res) => {
    const { user, password } = membersOf(req.body);
    const name = readText(user, 64);
    const account = await logIn(database, name, readText(password, 256), clock()).catch(async (error) => {
      if (error instanceof RequestError) await garim.logInFailed(req, name);
      throw error;
    });
    await openLogIn(req, account);
    res.json({ user: account.user, kind: account.kind });
  });

  app.post("/logout", garim.unguarded("ends the log-in"), async (req, res) => {
    await endLogIn(req);
    res.status(204).end();
  });

  // Where pages go on after a log-in or a second factor, whatever the address they came with says.
  app.get("/continue", garim.unguarded("goes on to a page of this site"), (req, res) => {
    const account = accountOf(req);
    res.redirect(303, returnPath(req.query["return"], account === undefined ? "/" : HOMES[account.kind]));
  });

  const nameOnly = garim.unguarded("who is logged in: a name, a kind, roles");
  app.get("/api/me", nameOnly, garim.background(), async (req, res) => {
    const account = accountOf(req);
    if (account === undefined) return void res.json(null);
    const { user, kind, id, seller } = account;
    res.json({ user, kind, id, seller, roles: await rolesOf(database, account) });
  });

  app.get("/api/demo", garim.unguarded("the demo's log-ins, public by design"), async (_req, res) => {
    res.json({ password: DEMO_PASSWORD, logIns: await listDemoLogIns(database) });
  });
}
