import { type Database, type DescribeOptions, type Garim, open } from "@garim/express";
import type { Express } from "express";
import { membersOf, readText } from "../input.ts";
import { listLinesAfter } from "../lines.ts";
import { orderLine } from "../protection.ts";
import { listMadeUpLines } from "../tools/sandbox.ts";
import { TOOL_PATH } from "../tools/tool-options.ts";

const PAGE_SIZE = 100;

/** What only the market knows of its route, for the document of those who build tools. */
const DESCRIBED: DescribeOptions = {
  title: "열림마켓: 셀러툴 API",
  operations: {
    [`GET ${TOOL_PATH}/lines`]: {
      summary: "Lines of all sellers who agreed, 100 at a time",
      parameters: [
        {
          name: "after",
          in: "query",
          schema: { type: "string", maxLength: 64 },
          description: "next of the page before",
        },
      ],
    },
  },
};

/** What sellers' tools read: the lines of all sellers who agreed, one page after the other. In the sandbox they are made up. */
export function addToolRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  const guard = garim.reveal(
    { next: open(), lines: [orderLine] },
    { purpose: "fulfilment", tools: "orders.read" },
  );

  app.get(`${TOOL_PATH}/openapi.json`, garim.tools.describe(DESCRIBED));
  app.get(`${TOOL_PATH}/lines`, guard, async (req, res) => {
    const { after: given } = membersOf(req.query);
    const after = given === undefined ? null : readText(given, 64);
    const caller = garim.tools.of(req);
    const { sellers = [], orders: ids = null } = caller ?? {};
    const lines = caller?.isSandbox
      ? listMadeUpLines(caller, after, PAGE_SIZE, clock())
      : await listLinesAfter(database, { sellers, ids, after, size: PAGE_SIZE });
    res.json({ next: lines.length < PAGE_SIZE ? null : (lines.at(-1)?.id ?? null), lines });
  });
}
