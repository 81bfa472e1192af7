import { type Database, type Garim, open } from "@garim/express";
import type { Express } from "express";
import { membersOf, readText } from "../input.ts";
import { listLinesAfter } from "../lines.ts";
import { orderLine } from "../protection.ts";
import { TOOL_PATH } from "../tools/tool-options.ts";

const PAGE_SIZE = 100;

/** What sellers' tools read: the lines of all sellers who agreed, one page after the other. */
export function addToolRoutes(app: Express, garim: Garim, database: Database): void {
  const guard = garim.reveal(
    { next: open(), lines: [orderLine] },
    { purpose: "fulfilment", tools: "orders.read" },
  );

  app.get(`${TOOL_PATH}/lines`, guard, async (req, res) => {
    const { after } = membersOf(req.query);
    const caller = garim.tools.of(req);
    const lines = await listLinesAfter(database, {
      sellers: caller?.sellers ?? [],
      ids: caller?.orders ?? null,
      after: after === undefined ? null : readText(after, 64),
      size: PAGE_SIZE,
    });
    res.json({ next: lines.length < PAGE_SIZE ? null : (lines.at(-1)?.id ?? null), lines });
  });
}
