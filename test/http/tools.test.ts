import { open, type Problem, pii, schema, subject } from "@garim/express";
import { DAY } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { enrolledPerson, type Line, lineOf, mountPrivacy, OWNER, tidy } from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

/** As the shop's order line, with a name of its own. */
const namedLine = schema<Line>(
  "orderLine",
  {
    orderNo: open(),
    buyer: { name: pii.name(), phone: pii.phone(), email: pii.email() },
    memo: pii.memo(),
  },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
    line: (line) => line.orderNo,
  },
);

function rowOf(
  orderNo: string,
  sellerId: string,
  confirmedAt: string | null = null,
  more: Partial<Line> = {},
): object {
  const { recipient: _, ...line } = lineOf({
    orderNo,
    sellerId,
    confirmedAt,
    buyerId: `buyer-of-${orderNo}`,
    ...more,
  });
  return tidy(line as Line);
}

interface ReadLine {
  readonly orderNo: string;
  readonly buyer: { readonly name?: string; readonly phone?: string; readonly email?: string };
  readonly _masked?: { readonly reason: string; readonly fields: readonly string[] };
}

let shop: ToolShop;
let tool: TestTool;
let rows: object[];

beforeAll(async () => {
  shop = await openToolShop((app, garim) => {
    mountPrivacy(app, garim);
    const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
    app.get("/lines", garim.reveal({ total: open(), lines: [namedLine] }, reads), (req, res) => {
      const caller = garim.tools.of(req);
      res.json({ total: caller?.sellers.length ?? -1, lines: rows });
    });
    app.get("/line", garim.reveal(namedLine, reads), (_req, res) => void res.json(rows[0]));
    app.get(
      "/staff",
      garim.reveal([namedLine], { purpose: "fulfilment" }),
      (_req, res) => void res.json(rows),
    );
    app.post("/receipts", garim.receipts({ tools: "orders.read" }));
    app.get("/.well-known/oauth-protected-resource/api", garim.tools.metadata());
    app.use(garim.errors());
  });
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
  await shop.grant(tool, "S2", { fields: ["name"] });
});
afterAll(() => shop.close());

const problem = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;
const linesOf = async (answer: Response) => (await answer.json()) as { total: number; lines: ReadLine[] };

describe("reveal to tools", () => {
  it("[V8.3.3] judges each line by the live grant of its seller, with one token for all that granted", async () => {
    rows = [rowOf("1", "S1"), rowOf("2", "S1", "2026-11-21T10:00:00+09:00"), rowOf("3", "S2")];
    const answer = await tool.get("/lines", await tool.mint());
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const { total, lines } = await linesOf(answer);
    expect(total).toBe(2);
    expect(lines.map((line) => line._masked?.reason)).toEqual([
      "grant-lacks-field",
      "purpose-ended",
      "grant-lacks-field",
    ]);
    expect(lines[0]?.buyer.phone).toBe(CANARY.phone);
    expect(lines[1]?.buyer.name).toContain("*");
    expect(lines[2]?.buyer.phone).toContain("*");
    expect(lines[2]?.buyer.name).not.toContain("*");
  });

  it("puts one record in the log for each seller, with tool, seller, key, grant and what its decisions were made of", async () => {
    rows = [rowOf("1", "S1"), rowOf("3", "S2")];
    const answer = await tool.get("/lines", await tool.mint());
    const trace = answer.headers.get("garim-trace");
    const { entries } = await shop.garim.log.find({ kind: "tool", actor: tool.toolId }, { limit: 10 });
    const mine = entries.filter(({ access }) => access.detail?.["trace"] === trace);
    const { kid } = shop.garim.tools.keys.signing();
    expect(mine.map(({ access }) => access)).toEqual(
      expect.arrayContaining(
        ["S1", "S2"].map((sellerId) =>
          expect.objectContaining({
            actor: { kind: "tool", id: tool.toolId, sellerId },
            action: "view",
            outcome: "disclosed",
            purpose: "fulfilment",
            surface: "tool",
            key: kid,
            grant: shop.garim.tools.grants.find(tool.toolId, sellerId)?.id,
            detail: { trace, states: "open claim" },
          }),
        ),
      ),
    );
    expect(mine.map(({ id }) => id)).toContain(answer.headers.get("garim-record"));
  });

  it("has the tool owe the destruction of what it read clear, by order, and takes its receipt", async () => {
    const reader = await shop.makeTool();
    await shop.grant(reader, "S1");
    await shop.grant(reader, "S2");
    rows = [
      rowOf("clear-1", "S1"),
      rowOf("masked-1", "S1", "2026-11-21T10:00:00+09:00"),
      rowOf("clear-2", "S2"),
      rowOf("none", "S9"),
    ];
    const { purges } = shop.garim.tools;
    const owed = async () => {
      const { entries } = await purges.owed({ dueBefore: Number.MAX_SAFE_INTEGER, toolId: reader.toolId });
      return entries.map(({ sellerId, orderId }) => `${sellerId} ${orderId}`).toSorted();
    };
    expect((await reader.get("/lines", await reader.mint())).status).toBe(200);
    expect(await owed()).toEqual(["S1 clear-1", "S2 clear-2"]);
    const receipt = { sellerId: "S1", orderIds: ["clear-1", "masked-1"], method: "rows deleted" };
    const answer = await reader.post("/receipts", await reader.mint(), {
      ...receipt,
      destroyedAt: shop.clock.now,
    });
    expect(await answer.json()).toMatchObject({ confirmed: ["clear-1"], unknown: ["masked-1"] });
    expect(await owed()).toEqual(["S2 clear-2"]);
  });

  it("leaves out lines of sellers that granted nothing, open fields too, and says how many", async () => {
    rows = [rowOf("1", "S1"), rowOf("9", "S9")];
    const answer = await tool.get("/lines", await tool.mint());
    expect(answer.headers.get("garim-left-out")).toBe("grant-missing;count=1");
    const { lines } = await linesOf(answer);
    expect(lines.map(({ orderNo }) => orderNo)).toEqual(["1"]);
    rows = [rowOf("9", "S9")];
    expect(await problem(await tool.get("/line", await tool.mint()))).toMatchObject({
      status: 403,
      reason: "grant-missing",
      source: "code-2022/tool",
      trace: expect.any(String),
    });
  });

  it("leaves out lines past their time and lines that are not paid, open fields too, to the millisecond", async () => {
    const endedAgo = (ms: number): string => new Date(shop.clock.now - ms).toISOString();
    rows = [
      rowOf("last millisecond", "S1", endedAgo(90 * DAY)),
      rowOf("over", "S1", endedAgo(90 * DAY + 1)),
      rowOf("not paid", "S1", null, { paidAt: null }),
    ];
    const answer = await tool.get("/lines", await tool.mint());
    expect(answer.headers.get("garim-left-out")).toBe("tool-window-closed;count=1, not-paid;count=1");
    const { lines } = await linesOf(answer);
    expect(lines.map(({ orderNo, _masked }) => [orderNo, _masked?.reason])).toEqual([
      ["last millisecond", "purpose-ended"],
    ]);
    rows = [rowOf("over", "S1", endedAgo(90 * DAY + 1))];
    const alone = await tool.get("/line", await tool.mint());
    expect(await problem(alone)).toMatchObject({ status: 403, reason: "tool-window-closed" });
  });

  it("[V10.3.2] reads the order lines alone that a narrowed token names, and the sellers, fields and states", async () => {
    rows = [rowOf("1", "S1"), rowOf("2", "S1"), rowOf("3", "S2")];
    const token = await tool.mint({
      sellers: ["S1"],
      orders: ["2", "3"],
      fields: ["name"],
      states: ["claim"],
    });
    const answer = await tool.get("/lines", token);
    expect(answer.headers.get("garim-left-out")).toBe("order-not-named;count=1, grant-other-seller;count=1");
    const { total, lines } = await linesOf(answer);
    expect([total, lines.map(({ orderNo }) => orderNo)]).toEqual([1, ["2"]]);
    expect(lines[0]?._masked?.reason).toBe("grant-lacks-state");
  });

  it("[V8.3.2] ends with the contract, and with the grant, at the next request", async () => {
    rows = [rowOf("1", "S1")];
    const token = await tool.mint();
    await shop.garim.tools.register.endContract("S1", tool.toolId, KEEPER);
    const ended = await tool.get("/lines", token);
    expect(ended.headers.get("garim-left-out")).toBe("contract-ended;count=1");
    expect((await linesOf(ended)).lines).toEqual([]);
    await shop.sign(tool, "S1");
    const other = await shop.makeTool();
    const grantId = await shop.grant(other, "S1");
    const theirs = await other.mint();
    expect((await linesOf(await other.get("/lines", theirs))).lines).toHaveLength(1);
    await shop.garim.tools.grants.revoke(grantId, { kind: "staff", id: "kim", sellerId: "S1" });
    const revoked = await other.get("/lines", theirs);
    expect(revoked.headers.get("garim-left-out")).toBe("grant-revoked;count=1");
  });

  it("says why, by which code, and what would help, to a tool that gets nothing", async () => {
    const cases = [
      [await tool.mint({ scope: "orders.write" }), 403, "scope-missing", 'DPoP error="insufficient_scope"'],
      [await tool.mint({ purpose: "settlement" }), 403, "grant-purpose", null],
      [
        await tool.mint({ claims: { authorization_details: [] } }),
        401,
        "token-other-use",
        'DPoP error="invalid_token"',
      ],
      [await tool.mint({ claims: { cnf: {} } }), 401, "token-unbound", 'DPoP error="invalid_token"'],
      [await tool.mint({ isForged: true }), 401, "token-not-issued", 'DPoP error="invalid_token"'],
      ["e.y.J", 401, "token-invalid", 'DPoP error="invalid_token"'],
    ] as const;
    for (const [token, status, reason, challenge] of cases) {
      const answer = await tool.get("/lines", token);
      expect(await problem(answer)).toMatchObject({
        status,
        reason,
        trace: answer.headers.get("garim-trace"),
      });
      const told = answer.headers.get("www-authenticate");
      if (challenge === null) expect(told).toBeNull();
      else expect(told).toContain(challenge);
    }
  });

  it.each([
    [{ authorization: "Bearer" }, "token-invalid", "invalid_token"],
    [{ dpop: "x" }, "proof-invalid", "invalid_dpop_proof"],
    [{ dpop: "" }, "proof-invalid", "invalid_dpop_proof"],
  ] as const)("refuses %j", async (headers, reason, error) => {
    const answer = await tool.get("/lines", await tool.mint(), headers);
    expect(await problem(answer)).toMatchObject({ status: 401, reason, code: error });
    expect(answer.headers.get("www-authenticate")).toContain(
      'resource_metadata="https://market.example/.well-known/oauth-protected-resource/api"',
    );
  });

  it("[V10.3.5] refuses a token as Bearer that is bound to a key, and a proof used again", async () => {
    const token = await tool.mint();
    const bearer = await tool.get("/lines", token, { authorization: `Bearer ${token}` });
    expect(await problem(bearer)).toMatchObject({ reason: "proof-missing" });
    const dpop = tool.prover.prove(token, {
      htu: "https://market.example/lines",
      iat: Math.floor(shop.clock.now / 1_000),
    });
    rows = [];
    expect((await tool.get("/lines", token, { dpop })).status).toBe(200);
    expect(await problem(await tool.get("/lines", token, { dpop }))).toMatchObject({
      reason: "proof-replayed",
    });
  });

  it("takes a tool for nobody on a route that is not open to tools", async () => {
    expect(await problem(await tool.get("/staff", await tool.mint()))).toMatchObject({
      status: 401,
      reason: "not-logged-in",
    });
  });

  it("lets nobody's session speak for a request with a token, and staff come as they always did", async () => {
    const owner = await enrolledPerson(shop, await shop.listen(), OWNER);
    rows = [rowOf("1", "S1")];
    expect((await owner.get("/lines")).status).toBe(200);
    const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/lines`, {
      headers: { authorization: "DPoP x" },
    });
    expect(await problem(answer)).toMatchObject({ reason: "token-invalid" });
  });

  it("tells who comes without anything where to begin", async () => {
    const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/lines`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      'DPoP algs="ES256 EdDSA Ed25519", scope="orders.read", resource_metadata="https://market.example/.well-known/oauth-protected-resource/api"',
    ]);
    const metadata = await fetch(
      `http://127.0.0.1:${await shop.listen()}/.well-known/oauth-protected-resource/api`,
    );
    expect(await metadata.json()).toMatchObject({
      resource: "https://market.example/api",
      authorization_servers: ["https://market.example/oauth"],
    });
  });

  it("ends a suspended tool, a retired key and another address at once", async () => {
    rows = [];
    const other = await shop.makeTool({ addresses: ["203.0.113.7"] });
    expect(await problem(await other.get("/lines", await other.mint()))).toMatchObject({
      reason: "tool-address",
    });
    const third = await shop.makeTool();
    const token = await third.mint();
    expect((await third.get("/lines", token)).status).toBe(200);
    const operator = { kind: "operator", id: "op", sellerId: null } as const;
    await shop.garim.tools.tools.suspend(third.toolId, operator, "test");
    expect(await problem(await third.get("/lines", token))).toMatchObject({ reason: "tool-suspended" });
  });

  it("knows a key that was made a moment ago, also where it read the keys just before", async () => {
    rows = [];
    const { keys } = shop.garim.tools;
    expect((await tool.get("/lines", await tool.mint())).status).toBe(200);
    const { kid } = keys.signing();
    await keys.rotate({ owner: "platform", by: null });
    await keys.retire(kid, null, "test");
    expect((await tool.get("/lines", await tool.mint())).status).toBe(200);
  });

  it("shows a tool in the sandbox nothing of a real seller", async () => {
    const young = await shop.makeTool({ isApproved: false });
    await shop.grant(young, "S1");
    rows = [rowOf("1", "S1")];
    const answer = await young.get("/lines", await young.mint());
    expect(answer.headers.get("garim-left-out")).toBe("tool-not-approved;count=1");
    expect((await linesOf(answer)).lines).toEqual([]);
  });
});
