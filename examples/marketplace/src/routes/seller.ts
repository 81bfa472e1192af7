import { type Database, type Garim, open } from "@garim/express";
import type { Express, Request } from "express";
import { rolesOf } from "../account.ts";
import { findCanary } from "../canary.ts";
import { readFilter } from "../input.ts";
import { findLine, findOrder, listLines } from "../lines.ts";
import { accountOf } from "../log-in.ts";
import { orderLine, sellerOrder } from "../protection.ts";
import { RequestError } from "../request-error.ts";
import { moveLine, type Step } from "../steps.ts";

const STAFF_STEPS: readonly Step[] = ["prepare", "ship", "deliver"];
const SHIPPERS: readonly string[] = ["owner", "shipper", "downloader"];

/** What a seller's staff works with. Nothing here masks or asks for a second factor: Garim does. */
export function addSellerRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  const linePage = { total: open(), page: open(), size: open(), lines: [orderLine] } as const;

  app.get("/api/orders", garim.reveal(linePage, { purpose: "fulfilment" }), async (req, res) => {
    res.json(await listLines(database, { ...readFilter(req.query), seller: sellerOf(req) }));
  });

  // Whose order it is isn't asked: a number is enough. Garim refuses another seller's.
  app.get("/api/orders/:orderNo", garim.reveal(sellerOrder, { purpose: "fulfilment" }), async (req, res) => {
    const orderNo = String(req.params["orderNo"]);
    const parts = await findOrder(database, orderNo);
    const { seller } = accountOf(req) ?? {};
    const own = parts.find((one) => one.seller === seller) ?? parts[0];
    const part = own ?? findCanary(orderNo, seller ?? "", clock());
    if (part === undefined) throw new RequestError(404, "No such order");
    res.json(part);
  });

  app.get("/api/claims", garim.reveal(linePage, { purpose: "claims" }), async (req, res) => {
    const filter = readFilter(req.query);
    if (filter.claim === undefined) throw new RequestError(400, "Which type of claim?");
    res.json(await listLines(database, { ...filter, seller: sellerOf(req) }));
  });

  for (const step of STAFF_STEPS) {
    const path = `/api/lines/:id/${step}`;
    app.post(path, garim.reveal(orderLine, { purpose: "fulfilment" }), async (req, res) => {
      const id = String(req.params["id"]);
      await requireShipper(req, database);
      const isMoved = await moveLine(database, id, step, { seller: sellerOf(req) }, clock());
      if (!isMoved) throw new RequestError(409, `This line cannot take the step ${step} now`);
      res.json(await findLine(database, id));
    });
  }
}

/** Looking on is not enough to move an order. */
async function requireShipper(req: Request, database: Database): Promise<void> {
  const account = accountOf(req);
  const roles = account === undefined ? [] : await rolesOf(database, account);
  if (!roles.some((role) => SHIPPERS.includes(role)))
    throw new RequestError(403, "Your role may not do this");
}

/** The seller whose staff is asking. */
function sellerOf(req: Request): string {
  const seller = accountOf(req)?.seller ?? null;
  if (seller === null) throw new RequestError(403, "For staff of sellers only");
  return seller;
}
