import { open, type Problem, pii, schema, subject, type ToolAlert } from "@garim/express";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Line, lineOf, tidy } from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
    line: (line) => line.orderNo,
  },
);

const lineNo = (orderNo: string, sellerId = "S1"): object =>
  tidy(lineOf({ orderNo, sellerId, confirmedAt: null, buyerId: `buyer-${orderNo}` }));

let shop: ToolShop;
let alerts: ToolAlert[];
let rows: object[];

beforeAll(async () => {
  alerts = [];
  shop = await openToolShop(
    (app, garim) => {
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get("/lines", garim.reveal([orderLine], reads), (_req, res) => void res.json(rows));
      app.get(
        "/lines/:no",
        garim.reveal(orderLine, reads),
        (req, res) => void res.json(lineNo(String(req.params["no"]))),
      );
      app.use(garim.errors());
    },
    {
      budgets: { keyRequests: 40, toolRequests: 60, sellerRequests: 45, keySubjects: 30, sellerSubjects: 40 },
      offHours: { subjects: 20 },
      isCanary: (line) => line === "canary-7",
      onAlert: (alert) => alerts.push(alert),
    },
  );
});
afterAll(() => shop.close());

beforeEach(() => {
  alerts.length = 0;
  rows = [];
  // A minute and an hour later, so that budgets begin anew.
  shop.clock.now += 3_600_000;
});

async function someTool(): Promise<readonly [TestTool, string]> {
  const tool = await shop.makeTool();
  await shop.grant(tool, "S1");
  return [tool, await tool.mint()];
}

const problem = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

/** What of an alert is on record. */
async function signalsOf(toolId: string) {
  const { entries } = await shop.garim.log.find(
    { kind: "tool", actor: toolId, actions: ["signal"] },
    { limit: 10 },
  );
  return entries.map(({ access }) => [access.reason, access.detail?.["what"]]);
}

describe("[V1] a tool that reads slowly through everything", () => {
  it("is stopped at its budget of requests, with the reason, the wait, a record and an alert", async () => {
    const [tool, token] = await someTool();
    const answers: Response[] = [];
    for (let i = 0; i < 45; i++) answers.push(await tool.get("/lines", token));
    expect(answers.map(({ status }) => status)).toEqual([...Array(40).fill(200), ...Array(5).fill(429)]);
    const [over] = answers.slice(40) as [Response];
    expect(await problem(over)).toMatchObject({
      reason: "budget-requests",
      remedy: expect.any(String),
      trace: expect.any(String),
    });
    expect(over.headers.get("retry-after")).toBe("60");
    expect(alerts).toEqual([
      expect.objectContaining({ kind: "budget-requests", toolId: tool.toolId, what: "key-requests" }),
    ]);
    await vi.waitFor(async () =>
      expect(await signalsOf(tool.toolId)).toEqual([["budget-requests", "key-requests"]]),
    );
    const refused = { kind: "tool", actor: tool.toolId, outcome: "refused" } as const;
    const { entries } = await shop.garim.log.find(refused, { limit: 10 });
    expect(entries.map(({ access }) => access.reason)).toEqual(["budget-requests"]);
  });

  it("is told what is left", async () => {
    const [tool, token] = await someTool();
    rows = [lineNo("1")];
    const answer = await tool.get("/lines", token);
    expect(answer.headers.get("ratelimit-policy")).toBe(
      '"key-requests";q=40;w=60, "key-subjects";q=30;w=3600',
    );
    expect(answer.headers.get("ratelimit")).toBe('"key-requests";r=39;t=60, "key-subjects";r=29;t=3600');
  });

  it("[V2.4.1] is stopped at its budget of data subjects, each counted once, before one more of them leaves", async () => {
    const [tool, token] = await someTool();
    rows = Array.from({ length: 30 }, (_, i) => lineNo(`${i}`));
    for (let i = 0; i < 3; i++) expect((await tool.get("/lines", token)).status).toBe(200);
    rows = [lineNo("one-too-many")];
    const over = await tool.get("/lines", token);
    const text = await over.text();
    expect([over.status, JSON.parse(text).reason]).toEqual([429, "budget-subjects"]);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect(text).not.toContain("one-too-many");
    expect(alerts.map(({ kind, what }) => [kind, what])).toEqual([["budget-subjects", "key-subjects"]]);
    rows = [lineNo("7")];
    expect((await tool.get("/lines", token)).status).toBe(200);
  });

  it("is stopped at a seller's budget, whichever tools share it", async () => {
    const [one, ones] = await someTool();
    const [other, others] = await someTool();
    rows = Array.from({ length: 30 }, (_, i) => lineNo(`${i}`));
    expect((await one.get("/lines", ones)).status).toBe(200);
    rows = Array.from({ length: 20 }, (_, i) => lineNo(`other-${i}`));
    expect((await other.get("/lines", others)).status).toBe(429);
    expect(alerts).toEqual([expect.objectContaining({ kind: "budget-subjects", what: "seller-subjects" })]);
  });

  it("is stopped at a seller's budget of answers, whichever tools share it, and nothing of the seller's leaves", async () => {
    const [one, ones] = await someTool();
    const [other, others] = await someTool();
    rows = [lineNo("1")];
    for (let i = 0; i < 30; i++) expect((await one.get("/lines", ones)).status).toBe(200);
    const answers: Response[] = [];
    for (let i = 0; i < 16; i++) answers.push(await other.get("/lines", others));
    expect(answers.map(({ status }) => status)).toEqual([...Array(15).fill(200), 429]);
    expect(await problem(answers[15] as Response)).toMatchObject({ reason: "budget-requests" });
    expect(answers[15]?.headers.get("retry-after")).toBe("60");
    expect(alerts).toEqual([expect.objectContaining({ kind: "budget-requests", what: "seller-requests" })]);
    rows = [];
    expect((await other.get("/lines", others)).status).toBe(200);
  });

  it("does not use up a tool's budget without the tool's key", async () => {
    const [tool, token] = await someTool();
    const [thief] = await someTool();
    for (let i = 0; i < 45; i++) expect((await thief.get("/lines", token)).status).toBe(401);
    expect((await tool.get("/lines", token)).status).toBe(200);
  });
});

describe("[V1] a tool that asks by consecutive numbers", () => {
  it("is told of at the twentieth, and not to itself", async () => {
    const [tool, token] = await someTool();
    const answers: number[] = [];
    for (let i = 0; i < 22; i++) answers.push((await tool.get(`/lines/${1_000 + i}`, token)).status);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(alerts.map(({ kind, toolId, what }) => [kind, toolId, what])).toEqual([
      ["sequential-ids", tool.toolId, "/lines/:no"],
    ]);
  });
});

describe("[V1] a tool that reads at night", () => {
  it("is told of once it has read many buyers' data, and not to itself", async () => {
    // Three o'clock in Korea, some night from now.
    shop.clock.now = Math.ceil(shop.clock.now / 86_400_000) * 86_400_000 + 18 * 3_600_000;
    const [tool, token] = await someTool();
    rows = Array.from({ length: 10 }, (_, i) => lineNo(`night-${i}`));
    expect((await tool.get("/lines", token)).status).toBe(200);
    expect(alerts).toEqual([]);
    rows = Array.from({ length: 10 }, (_, i) => lineNo(`later-${i}`));
    expect((await tool.get("/lines", token)).status).toBe(200);
    const what = "20 subjects from 0 to 6 h";
    expect(alerts).toEqual([expect.objectContaining({ kind: "off-hours", toolId: tool.toolId, what })]);
    await vi.waitFor(async () => expect(await signalsOf(tool.toolId)).toEqual([["off-hours", what]]));
  });
});

describe("[V1] a canary order", () => {
  it("is told of where a tool reads it, and looks like any other", async () => {
    const [tool, token] = await someTool();
    rows = [lineNo("1"), lineNo("canary-7")];
    const answer = await tool.get("/lines", token);
    expect([answer.status, ((await answer.json()) as object[]).length]).toEqual([200, 2]);
    expect(alerts).toEqual([
      expect.objectContaining({ kind: "canary-read", toolId: tool.toolId, sellerId: "S1", what: "canary-7" }),
    ]);
    await vi.waitFor(async () => expect(await signalsOf(tool.toolId)).toEqual([["canary-read", "canary-7"]]));
  });
});
