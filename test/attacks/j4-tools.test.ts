import type { PGlite } from "@electric-sql/pglite";
import { type Database, open, type Problem, pii, schema, subject, type ToolAlert } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freshKeys } from "../fixtures/keys.ts";
import { type Line, lineOf, tidy } from "../fixtures/shop.ts";
import { openSlowDatabase } from "../fixtures/slow-database.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
  },
);

/** The promise: known on every node within a second. A busy machine asks late, and refuses meanwhile. */
const WITHIN = { timeout: 15_000, interval: 50 };
const OPERATOR = { kind: "operator", id: "op", sellerId: null } as const;

let pglite: PGlite;
/** The second node's way to the database, which a test may cut. */
let isCut = false;
let one: ToolShop;
let other: ToolShop;
const alerts: ToolAlert[] = [];

function openNode(database: Database, keys: ReturnType<typeof freshKeys>): Promise<ToolShop> {
  return openToolShop(
    (app, garim) => {
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get(
        "/line",
        garim.reveal(orderLine, reads),
        (_req, res) => void res.json(tidy(lineOf({ confirmedAt: null }))),
      );
      app.use(garim.errors());
    },
    { onAlert: (alert) => alerts.push(alert) },
    { database, keys },
  );
}

beforeAll(async () => {
  pglite = await openSlowDatabase();
  const keys = freshKeys();
  one = await openNode({ query: (text, values) => pglite.query(text, values) }, keys);
  const cuttable: Database = {
    query: async (text, values) => {
      if (isCut) throw new Error("connection lost");
      return await pglite.query(text, values);
    },
  };
  other = await openNode(cuttable, keys);
});
afterAll(async () => {
  isCut = false;
  await one.close();
  await other.close();
  await pglite.close();
});

/** A tool registered on one node, and the same as it asks the other. */
async function someTool(): Promise<readonly [TestTool, TestTool]> {
  const here = await one.makeTool();
  await one.grant(here, "S1");
  await other.garim.tools.follower.refresh();
  return [here, other.asking(here)];
}

async function reasonOf(asked: Promise<Response>): Promise<unknown> {
  const answer = await asked;
  return answer.status === 200 ? "given" : ((await answer.json()) as Problem).reason;
}

describe("[J4] a token signed with a stolen key", () => {
  it("[V16.3.3] is refused on both nodes for it was never issued, and told of", async () => {
    const tools = await someTool();
    const forged = await tools[0].mint({ isForged: true });
    for (const tool of tools) expect(await reasonOf(tool.get("/line", forged))).toBe("token-not-issued");
    const { kid } = one.garim.tools.keys.signing();
    expect(alerts.filter(({ kind }) => kind === "token-not-issued")).toEqual(
      Array(2).fill(expect.objectContaining({ toolId: tools[0].toolId, keyId: kid })),
    );
  });

  it("is dead with its key on the other node within a second, and so is every right one", async () => {
    const [here, there] = await someTool();
    const token = await here.mint();
    expect(await reasonOf(there.get("/line", token))).toBe("given");
    const { keys } = one.garim.tools;
    const { kid } = keys.signing();
    await keys.rotate({ owner: "platform", by: null });
    await keys.retire(kid, null, "stolen");
    expect(await reasonOf(here.get("/line", token))).toMatch(/^token-(?:revoked|invalid)$/);
    await expect
      .poll(() => reasonOf(there.get("/line", token)), WITHIN)
      .toMatch(/^token-(?:revoked|invalid)$/);
    expect(await reasonOf(there.get("/line", await here.mint()))).toBe("given");
  });
});

describe("[J3] [J6] what is taken back on one node", () => {
  it.each([
    [
      "a token",
      "token-not-issued",
      (tool: TestTool) => one.garim.tools.issued.revoke({ toolId: tool.toolId }),
    ],
    [
      "a tool",
      "tool-suspended",
      (tool: TestTool) => one.garim.tools.tools.suspend(tool.toolId, OPERATOR, "test"),
    ],
    [
      "a grant",
      "grant-revoked",
      (tool: TestTool) => {
        const { grants } = one.garim.tools;
        return grants.revoke(String(grants.find(tool.toolId, "S1")?.id), OPERATOR);
      },
    ],
  ] as const)("ends on the other within a second: %s", async (_, reason, takeBack) => {
    const [here, there] = await someTool();
    const token = await here.mint();
    expect(await reasonOf(there.get("/line", token))).toBe("given");
    await takeBack(here);
    await expect.poll(() => reasonOf(there.get("/line", token)), WITHIN).toBe(reason);
  });
});

describe("[J5] a proof used on one node", () => {
  it("is used on the other: of 20 at the same moment on both, one gets through", async () => {
    const [here, there] = await someTool();
    const token = await here.mint();
    const iat = Math.floor(one.clock.now / 1_000);
    const dpop = here.prover.prove(token, { htu: "https://market.example/line", iat });
    const asked = Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).get("/line", token, { dpop }));
    const reasons = await Promise.all(asked.map(reasonOf));
    expect(reasons.filter((reason) => reason === "given")).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set(["given", "proof-replayed"]));
  });
});

describe("[T5] a node that has lost the database", () => {
  it("gives nothing, says so with Retry-After, and recovers by itself", async () => {
    const [here, there] = await someTool();
    const token = await here.mint();
    expect(await reasonOf(there.get("/line", token))).toBe("given");
    isCut = true;
    await vi.waitFor(async () => {
      const answer = await there.get("/line", token);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(((await answer.json()) as Problem).reason).toBe("unavailable");
    });
    isCut = false;
    await expect.poll(() => reasonOf(there.get("/line", token)), WITHIN).toBe("given");
  });
});
