import type { Database, Garim } from "@garim/express";
import type { Express, Request } from "express";
import { openClaim } from "../claims.ts";
import { membersOf, readClaim, readFilter } from "../input.ts";
import { listLines } from "../lines.ts";
import { accountOf } from "../log-in.ts";
import { RequestError } from "../request-error.ts";
import { moveLine } from "../steps.ts";

/** What buyers see and do: their own orders, unmasked. They are the data subject, so Garim stays out. */
export function addBuyerRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  app.get("/api/my/orders", garim.unguarded("the buyer's own orders"), async (req, res) => {
    const page = await listLines(database, { ...readFilter(req.query), buyer: buyerOf(req) });
    res.set("Cache-Control", "no-store").json(page);
  });

  app.post("/api/my/lines/:id/confirm", garim.unguarded("the buyer's own orders"), async (req, res) => {
    const owner = { buyer: buyerOf(req) };
    const isMoved = await moveLine(database, String(req.params["id"]), "confirm", owner, clock());
    if (!isMoved) throw new RequestError(409, "Only a delivered line can be confirmed");
    res.status(204).end();
  });

  app.post("/api/my/lines/:id/claims", garim.unguarded("the buyer's own orders"), async (req, res) => {
    const claim = readClaim({ ...membersOf(req.body), line: req.params["id"] });
    const isOpened = await openClaim(database, claim, { kind: "buyer", id: buyerOf(req) }, clock());
    if (!isOpened) throw new RequestError(409, "Unpaid, not yours, or open already");
    res.status(201).end();
  });
}

function buyerOf(req: Request): string {
  const account = accountOf(req);
  if (account === undefined) throw new RequestError(401, "Log in first");
  if (account.kind !== "buyer") throw new RequestError(403, "For buyers only");
  return account.id;
}
