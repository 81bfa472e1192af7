import type { Database, Garim } from "@garim/express";
import type { Express } from "express";
import { logIn } from "../account.ts";
import { DEMO_PASSWORD, listDemoLogIns } from "../demo.ts";
import { membersOf, readText } from "../input.ts";
import { accountOf, endLogIn, openLogIn } from "../log-in.ts";

/** Logging in and out, and the names of the demo's log-ins. */
export function addLogInRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  app.post("/login", garim.unguarded("the log-in itself"), async (req, res) => {
    const { user, password } = membersOf(req.body);
    const account = await logIn(database, readText(user, 64), readText(password, 256), clock());
    await openLogIn(req, account);
    res.json({ user: account.user, kind: account.kind });
  });

  app.post("/logout", garim.unguarded("ends the log-in"), async (req, res) => {
    await endLogIn(req);
    res.status(204).end();
  });

  app.get("/api/me", garim.unguarded("who is logged in: a name and a kind"), (req, res) => {
    const account = accountOf(req);
    res.json(
      account === undefined ? null : { user: account.user, kind: account.kind, seller: account.seller },
    );
  });

  app.get("/api/demo", garim.unguarded("the demo's log-ins, public by design"), async (_req, res) => {
    res.json({ password: DEMO_PASSWORD, logIns: await listDemoLogIns(database) });
  });
}
