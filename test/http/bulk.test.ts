import { open, type Problem, pii, schema, subject } from "@garim/express";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Line, lineOf } from "../fixtures/shop.ts";
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

interface ReadLine {
  readonly orderNo: string;
  readonly _purgeBy: string;
}

interface ReadPage {
  readonly lines: readonly ReadLine[];
  readonly next: string | null;
}

const DAY = 86_400_000;
const NDJSON = { accept: "application/x-ndjson" };

let shop: ToolShop;
let tool: TestTool;
let rows: Line[];
/** Run before each page is read. */
let meanwhile: (page: number) => unknown;
let pages: number;

const lineNo = (no: number, more: Partial<Line> = {}): Line =>
  lineOf({ orderNo: String(no).padStart(4, "0"), buyerId: `buyer-${no}`, confirmedAt: null, ...more });

beforeAll(async () => {
  shop = await openToolShop((app, garim) => {
    const linesBy = (pageSize: number) =>
      garim.bulk(orderLine, {
        purpose: "fulfilment",
        tools: "orders.read",
        pageSize,
        keyOf: (line) => line.orderNo,
        async read({ after, limit }) {
          await meanwhile(pages++);
          return rows.filter(({ orderNo }) => after === null || orderNo > after).slice(0, limit);
        },
      });
    app.get("/tool/lines", linesBy(3));
    app.get("/tool/many-lines", linesBy(500));
    app.post("/tool/receipts", garim.receipts({ tools: "orders.read" }));
    app.use(garim.errors());
  });
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
});
afterAll(() => shop.close());
beforeEach(() => {
  rows = Array.from({ length: 8 }, (_, i) => lineNo(i));
  meanwhile = () => undefined;
  pages = 0;
});

const get = async (query: string, headers = {}) =>
  tool.get(`/tool/lines${query}`, await tool.mint(), headers);
const pageOf = async (query: string) => (await (await get(query)).json()) as ReadPage;
const linesOf = async (answer: Response) => {
  const texts = (await answer.text()).trimEnd().split("\n");
  return texts.map((text) => JSON.parse(text) as ReadLine & { readonly _end?: object });
};

describe("bulk", () => {
  it("gives page after page, each record once, whatever changes in between", async () => {
    const first = await pageOf("");
    rows = [...rows.slice(2), lineNo(9)];
    const second = await pageOf(`?cursor=${first.next}`);
    const third = await pageOf(`?limit=100&cursor=${second.next}`);
    const last = await pageOf(`?cursor=${third.next}`);
    const numbers = [first, second, third, last].flatMap(({ lines }) =>
      lines.map(({ orderNo }) => Number(orderNo)),
    );
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9]);
    expect([typeof first.next, last.next]).toEqual(["string", null]);
  });

  it("says of each record until when it must be destroyed", async () => {
    const confirmedAt = new Date(shop.clock.now - DAY).toISOString();
    rows = [lineNo(1), lineNo(2, { confirmedAt })];
    const { lines } = await pageOf("");
    const { destroyDays, grantDays } = { destroyDays: 5, grantDays: 180 };
    expect(lines.map((line) => Date.parse(line._purgeBy) - shop.clock.now)).toEqual([
      (grantDays + destroyDays) * DAY,
      (destroyDays - 1) * DAY,
    ]);
  });

  it("leaves out what is not granted, and goes on behind it", async () => {
    rows = [lineNo(1), lineNo(2, { sellerId: "S9" }), lineNo(3, { sellerId: "S9" }), lineNo(4)];
    const answer = await get("");
    expect(answer.headers.get("garim-left-out")).toBe("grant-missing;count=2");
    const { lines, next } = (await answer.json()) as ReadPage;
    expect(lines.map(({ orderNo }) => orderNo)).toEqual(["0001"]);
    expect(Buffer.from(String(next), "base64url").toString("latin1")).not.toContain("0003");
    expect((await pageOf(`?cursor=${next}`)).lines.map(({ orderNo }) => orderNo)).toEqual(["0004"]);
  });

  it("leaves out what is past its time, to the millisecond, as a page and as NDJSON", async () => {
    const endedAgo = (ms: number) => ({ confirmedAt: new Date(shop.clock.now - ms).toISOString() });
    rows = [lineNo(1, endedAgo(90 * DAY)), lineNo(2, endedAgo(90 * DAY + 1)), lineNo(3)];
    const answer = await get("");
    expect(answer.headers.get("garim-left-out")).toBe("tool-window-closed;count=1");
    const { lines } = (await answer.json()) as ReadPage;
    expect(lines.map(({ orderNo }) => orderNo)).toEqual(["0001", "0003"]);
    const streamed = await linesOf(await get("", NDJSON));
    expect(streamed.flatMap(({ orderNo }) => orderNo ?? [])).toEqual(["0001", "0003"]);
  });

  it.each([
    ["a fault", {}, [500, "answer-refused", null]],
    ["an outage, where it says so", { status: 503 }, [503, "unavailable", "5"]],
  ])("answers what the host's query throws as %s", async (_, members, expected) => {
    meanwhile = () => {
      throw Object.assign(new Error("the host's query failed"), members);
    };
    const answer = await get("");
    const { reason } = (await answer.json()) as Problem;
    expect([answer.status, reason, answer.headers.get("retry-after")]).toEqual(expected);
  });

  it("takes another tool's cursor for none", async () => {
    const { next } = await pageOf("");
    const other = await shop.makeTool();
    const answer = await other.get(`/tool/lines?cursor=${next}`, await other.mint());
    expect(await answer.json()).toMatchObject({
      status: 400,
      reason: "cursor-void",
    } satisfies Partial<Problem>);
    for (const cursor of ["x", "", "a&cursor=b"])
      expect(((await (await get(`?cursor=${cursor}`)).json()) as Problem).reason).toBe("cursor-void");
  });

  it("tells who comes without a token where to begin", async () => {
    const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/tool/lines`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("DPoP algs="),
    ]);
    expect(await answer.json()).toMatchObject({ reason: "token-missing" });
  });
});

describe("one token for thousands of sellers", () => {
  const sellers = Array.from({ length: 2_000 }, (_, no) => `many-${no}`);

  it("reads the lines of each by that seller's own live grant", async () => {
    const many = await shop.makeTool({ name: "For many" });
    const granting = sellers.filter((seller) => seller !== "many-7");
    const ids: string[] = [];
    for (let at = 0; at < granting.length; at += 50)
      ids.push(...(await Promise.all(granting.slice(at, at + 50).map((seller) => shop.grant(many, seller)))));
    // The database is in this process: it kept the node from asking what it knows.
    await shop.garim.tools.follower.ready();
    rows = sellers.map((sellerId, no) => lineNo(no, { sellerId }));
    const token = await many.mint();
    const read = async () => {
      const lines = await linesOf(await many.get("/tool/many-lines", token, NDJSON));
      expect(lines.pop()).toEqual({ _end: { next: null } });
      return lines.map(({ orderNo }) => Number(orderNo));
    };
    const all = [...sellers.keys()].filter((no) => no !== 7);
    expect(await read()).toEqual(all);
    const grantId = ids[granting.indexOf("many-234")] ?? "";
    await shop.garim.tools.grants.revoke(grantId, { kind: "staff", id: "kim", sellerId: "many-234" });
    expect(await read()).toEqual(all.filter((no) => no !== 234));
  }, 60_000);
});

describe("bulk as NDJSON", () => {
  it("streams all of it, and says that it is all", async () => {
    const answer = await get("", NDJSON);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      200,
      "application/x-ndjson",
      "no-store",
    ]);
    const lines = await linesOf(answer);
    expect(lines.slice(0, -1).map(({ orderNo }) => Number(orderNo))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(lines.at(-1)).toEqual({ _end: { next: null } });
  });

  it("asks for each page anew: what is confirmed meanwhile is masked, what is revoked is left out", async () => {
    const grantId = await shop.grant(tool, "S2");
    rows = rows.map((line, i) => ({ ...line, sellerId: i % 2 === 0 ? "S1" : "S2" }));
    meanwhile = async (page) => {
      if (page !== 1) return;
      rows = rows.map((line) => ({ ...line, confirmedAt: new Date(shop.clock.now).toISOString() }));
      await shop.garim.tools.grants.revoke(grantId, { kind: "staff", id: "kim", sellerId: "S2" });
    };
    const lines = (await linesOf(await get("", NDJSON))).slice(0, -1);
    const told = lines.map((line) => [Number(line.orderNo), JSON.stringify(line).includes("purpose-ended")]);
    expect(told).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [4, true],
      [6, true],
    ]);
  });

  it("ends with the reason and where to go on, when the token's time is over", async () => {
    meanwhile = (page) => {
      if (page === 1) shop.clock.now += 300_000;
    };
    const lines = await linesOf(await get("", NDJSON));
    expect(lines.slice(0, -1)).toHaveLength(3);
    expect(lines.at(-1)).toEqual({ _end: { next: expect.any(String), reason: "token-expired" } });
    const { next } = (lines.at(-1) as { readonly _end: { readonly next: string } })._end;
    meanwhile = () => undefined;
    const rest = await linesOf(await get(`?cursor=${next}`, NDJSON));
    expect(rest.slice(0, -1).map(({ orderNo }) => Number(orderNo))).toEqual([3, 4, 5, 6, 7]);
  });

  it("[V2.3.3] [A2] sends no page that is not on record", async () => {
    meanwhile = (page) => {
      if (page === 1) throw new Error("the host's query failed");
    };
    const lines = await linesOf(await get("", NDJSON));
    expect(lines.at(-1)).toEqual({ _end: { next: expect.any(String), reason: "answer-refused" } });
    const { entries } = await shop.garim.log.find({ kind: "tool", actor: tool.toolId }, { limit: 1 });
    expect(entries[0]?.access.records).toHaveLength(3);
  });

  it("refuses before the first line as a page does", async () => {
    const answer = await tool.get("/tool/lines", await tool.mint({ scope: "other" }), NDJSON);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      403,
      "application/problem+json; charset=utf-8",
    ]);
  });
});

describe("receipts", () => {
  const receipt = { sellerId: "S1", orderIds: ["0000", "9999"], method: "rows deleted" };
  const post = async (token: string, body: object) =>
    tool.post("/tool/receipts", token, { ...receipt, destroyedAt: shop.clock.now, ...body });

  it("have a tool say what it destroyed of what it owes, on record", async () => {
    await pageOf("?limit=1");
    const owed = () =>
      shop.garim.tools.purges.owed({ dueBefore: Number.MAX_SAFE_INTEGER, toolId: tool.toolId });
    expect((await owed()).entries.map(({ orderId }) => orderId)).toContain("0000");
    const answer = await post(await tool.mint(), {});
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ confirmed: ["0000"], unknown: ["9999"] });
    expect((await owed()).entries.map(({ orderId }) => orderId)).not.toContain("0000");
    const { entries } = await shop.garim.log.find({ actions: ["confirm-destruction"] }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ actor: { kind: "tool", id: tool.toolId }, outcome: "done" });
  });

  it("[J2] are taken by a token for receipts alone, which reads nothing and has no other right", async () => {
    await pageOf("?limit=1");
    const bare = { claims: { authorization_details: [] } };
    const token = await tool.mint({ ...bare, scope: "garim:receipts" });
    expect((await post(token, {})).status).toBe(201);
    const reasonOf = async (answer: Response) => ((await answer.json()) as Problem).reason;
    expect(await reasonOf(await tool.get("/tool/lines", token))).toBe("scope-missing");
    const wider = await tool.mint({ ...bare, scope: "garim:receipts orders.read" });
    for (const answer of [await post(wider, {}), await tool.get("/tool/lines", wider)])
      expect([answer.status, await reasonOf(answer)]).toEqual([401, "token-other-use"]);
    const reading = await tool.mint({ scope: "garim:receipts" });
    for (const answer of [await post(reading, {}), await tool.get("/tool/lines", reading)])
      expect([answer.status, await reasonOf(answer)]).toEqual([403, "scope-missing"]);
  });

  it("say what is wrong with one, and take none without a token", async () => {
    const wrong = await post(await tool.mint(), { orderIds: [] });
    expect(await wrong.json()).toMatchObject({ status: 422, detail: expect.stringContaining("orderIds") });
    const init = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    const none = await fetch(`http://127.0.0.1:${await shop.listen()}/tool/receipts`, init);
    expect(await none.json()).toMatchObject({ status: 401, reason: "token-missing" });
  });
});
