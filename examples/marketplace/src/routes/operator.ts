import { type Database, type Garim, open } from "@garim/express";
import type { Express, Request } from "express";
import { closeClaim, openClaim } from "../claims.ts";
import { membersOf, readClaim, readFilter } from "../input.ts";
import { findLine, listLines } from "../lines.ts";
import { accountOf } from "../log-in.ts";
import { orderLine } from "../protection.ts";
import { RequestError } from "../request-error.ts";

/** What the marketplace's own support works with: every seller's lines, under the same rules and the same record. */
export function addOperatorRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  const linePage = { total: open(), page: open(), size: open(), lines: [orderLine] } as const;

  app.get("/api/operator/orders", garim.reveal(linePage, { purpose: "support" }), async (req, res) => {
    requireOperator(req);
    res.json(await listLines(database, readFilter(req.query)));
  });

  app.post("/api/operator/claims", garim.reveal(orderLine, { purpose: "claims" }), async (req, res) => {
    requireOperator(req);
    const claim = readClaim(req.body);
    const isClosing = membersOf(req.body)["action"] === "close";
    const isDone = isClosing
      ? await closeClaim(database, claim.line, claim.type, clock())
      : await openClaim(database, claim, { kind: "operator" }, clock());
    if (!isDone) throw new RequestError(409, isClosing ? "No such claim is open" : "Unpaid, or open already");
    res.json(await findLine(database, claim.line));
  });
}

function requireOperator(req: Request): void {
  if (accountOf(req)?.kind !== "operator") throw new RequestError(403, "For operators only");
}
