import type { Database, Garim } from "@garim/express";
import type { Express, Request } from "express";
import { rolesOf } from "../account.ts";
import { readText } from "../input.ts";
import { accountOf } from "../log-in.ts";
import { RequestError } from "../request-error.ts";
import { listSellers, listStaff } from "../staff.ts";

/**
 * Who works for a seller, for its owners and the operator. What can be done for them (a reset, an end of sessions, a dismissal)
 * is Garim's, below `/privacy/staff`.
 */
export function addStaffRoutes(app: Express, garim: Garim, database: Database): void {
  const noBuyers = garim.unguarded("staff and sellers, no buyers");

  app.get("/api/staff", noBuyers, garim.stepUp("manage"), async (req, res) => {
    res.json(await listStaff(database, await sellerManaged(req, database)));
  });

  app.get("/api/sellers", noBuyers, garim.stepUp("manage"), async (req, res) => {
    if (accountOf(req)?.kind !== "operator") throw new RequestError(403, "For operators only");
    res.json(await listSellers(database));
  });
}

/** The operator names a seller; an owner has one. */
async function sellerManaged(req: Request, database: Database): Promise<string> {
  const account = accountOf(req);
  if (account?.kind === "operator") return readText(req.query["seller"], 64);
  const roles = account === undefined ? [] : await rolesOf(database, account);
  if (account?.seller == null || !roles.includes("owner"))
    throw new RequestError(403, "For owners and operators only");
  return account.seller;
}
