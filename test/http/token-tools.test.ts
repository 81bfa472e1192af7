import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { someProver } from "../../packages/auth/test/proofs.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { enrolledPerson, type Person } from "../fixtures/shop.ts";
import { openTokenMarket, startFlow, type TokenMarket } from "../fixtures/token-market.ts";

let database: PGlite;
let isOut = false;
let market: TokenMarket;
let operator: Person;

/** A database that can be taken away. */
async function fragileDatabase(): Promise<PGlite> {
  const database = await openMarketDatabase();
  const { query } = database;
  const fragile = async (...asked: Parameters<typeof query>) => {
    if (isOut) throw new Error("the connection is gone");
    return await query.apply(database, asked);
  };
  return Object.assign(database, { query: fragile });
}

beforeAll(async () => {
  database = await fragileDatabase();
  market = await openTokenMarket({ database, server: { mostApplications: 3 } });
  operator = await enrolledPerson(market.shop, Number(new URL(market.origin).port), "operator/op-1");
});
afterAll(async () => {
  isOut = false;
  await market.close();
  await database.close();
});

const APPLICATION = {
  name: { ko: "송장도우미", en: "Label Helper" },
  jwks: { keys: [{ ...someProver().publicJwk, kid: "k1" }] },
  redirectUris: ["https://tool.example/back"],
  addresses: ["203.0.113.7"],
  ownerContact: "security@tool.example",
};

const apply = (application: unknown): Promise<Response> =>
  fetch(`${market.issuer}/tools`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(application),
  });

const read = async (answer: Response) => (await answer.json()) as Readonly<Record<string, unknown>>;

describe("POST /tools", () => {
  it("registers a tool in the sandbox, whatever it says of itself, and on record", async () => {
    const forged = {
      ...APPLICATION,
      status: "approved",
      sandbox: false,
      toolId: "mine",
      secret: { hash: "x" },
    };
    const answer = await apply(forged);
    const tool = await read(answer);
    expect([answer.status, tool]).toEqual([
      201,
      expect.objectContaining({ status: "applied", sandbox: true, tier: "key", secretEndsAt: null }),
    ]);
    expect(tool["toolId"]).toMatch(/^tool-/);
    const { entries } = await market.garim.log.find({ actions: ["register-tool"] }, { limit: 1 });
    expect(entries[0]?.access.target).toMatchObject({ kind: "tool", id: tool["toolId"] });
  });

  it.each([
    ["no name", { ...APPLICATION, name: undefined }, "name"],
    [
      "an address of a page without TLS",
      { ...APPLICATION, redirectUris: ["http://tool.example/back"] },
      "redirectUris",
    ],
    [
      "an address with a fragment",
      { ...APPLICATION, redirectUris: ["https://tool.example/#back"] },
      "redirectUris",
    ],
    ["a script for an address", { ...APPLICATION, redirectUris: ["javascript:alert(1)"] }, "redirectUris"],
    ["keys without TLS", { ...APPLICATION, jwks: null, jwksUri: "http://tool.example/jwks" }, "jwksUri"],
    ["keys and their address", { ...APPLICATION, jwksUri: "https://127.0.0.1/jwks" }, "jwks"],
    ["no keys at all", { ...APPLICATION, jwks: undefined }, "jwks"],
    [
      "keys on a private network",
      { ...APPLICATION, jwks: null, jwksUri: "https://10.1.2.3/jwks" },
      "public https address",
    ],
    [
      "keys on this machine",
      { ...APPLICATION, jwks: null, jwksUri: "http://127.0.0.1/jwks" },
      "public https address",
    ],
    [
      "keys at a name of this machine",
      { ...APPLICATION, jwks: null, jwksUri: "https://localhost/jwks" },
      "public https address",
    ],
    [
      "keys at an address with a user",
      { ...APPLICATION, jwks: null, jwksUri: "https://u:p@127.0.0.1/jwks" },
      "jwksUri",
    ],
    ["an address that is none", { ...APPLICATION, addresses: ["010.0.0.1"] }, "010.0.0.1"],
    ["a tier nobody knows", { ...APPLICATION, tier: "none" }, "tier"],
    ["a list", [APPLICATION], "object"],
  ])("refuses %s, and says what it takes", async (_, application, word) => {
    const before = market.garim.tools.tools.list().length;
    const answer = await apply(application);
    const { error, error_description: text, ...why } = await read(answer);
    expect([answer.status, error, String(text)]).toEqual([
      400,
      "invalid_client_metadata",
      expect.stringContaining(word),
    ]);
    expect(why).toEqual({
      ...{ reason: "request-invalid", source: "garim/closed", trace_id: expect.any(String) },
      ...{ because: expect.any(String), remedy: expect.any(String) },
    });
    expect(market.garim.tools.tools.list()).toHaveLength(before);
  });

  it("takes no more than may wait at one time", async () => {
    const { tools } = market.garim.tools;
    const waiting = () => tools.list().filter(({ status }) => status === "applied").length;
    while (waiting() < 3) await apply(APPLICATION);
    const answer = await apply(APPLICATION);
    expect([answer.status, await read(answer)]).toEqual([
      503,
      expect.objectContaining({ error: "temporarily_unavailable", reason: "unavailable" }),
    ]);
    expect(answer.headers.get("retry-after")).toBe("3600");
    expect(waiting()).toBe(3);
  });

  it("is refused on record, and with when to come again while the database is out", async () => {
    isOut = true;
    // What was known of the database a moment ago counts for a second.
    const answer = await vi.waitFor(async () => {
      const one = await apply(APPLICATION);
      expect(one.headers.get("retry-after")).toBe("5");
      return one;
    });
    isOut = false;
    expect([answer.status, await read(answer)]).toEqual([
      503,
      expect.objectContaining({ error: "temporarily_unavailable", trace_id: expect.any(String) }),
    ]);
    const counted = vi.spyOn(market.garim.log, "countRefusal");
    await apply({});
    expect(counted.mock.calls).toEqual([
      [{ ip: expect.any(String), route: "POST /oauth/tools", reason: "unavailable" }],
    ]);
    counted.mockRestore();
  });
});

describe("the pace of applications", () => {
  it("is ten an hour from one address; refused ones do not count", async () => {
    const { tools } = market.garim.tools;
    const statuses = new Set<number>();
    for (let i = 0; i < 12; i++) {
      for (const { toolId, status } of tools.list())
        if (status === "applied") await tools.approve(toolId, { kind: "operator", id: "op", sellerId: null });
      const answer = await apply(APPLICATION);
      statuses.add(answer.status);
      if (answer.status === 429) expect(answer.headers.get("retry-after")).toBe("3600");
    }
    expect(statuses).toEqual(new Set([201, 429]));
  });
});

describe("the operator's endpoints", () => {
  const post = (person: Person, path: string, body: object = {}): Promise<Response> =>
    person.post(`/oauth/tools/${path}`, body);

  it("list, approve and suspend, on record with the operator's name", async () => {
    const listed = (await read(await operator.get("/oauth/tools")))["tools"] as readonly { toolId: string }[];
    const [{ toolId } = { toolId: "" }] = listed;
    expect(await read(await post(operator, `${toolId}/approval`))).toMatchObject({
      toolId,
      status: "approved",
      sandbox: false,
    });
    const why = "signs of misuse";
    expect(await read(await post(operator, `${toolId}/suspension`, { why }))).toMatchObject({
      status: "suspended",
    });
    const { entries } = await market.garim.log.find(
      { actions: ["approve-tool", "suspend-tool"] },
      { limit: 2 },
    );
    expect(entries.map(({ access }) => [access.action, access.actor.id])).toEqual([
      ["suspend-tool", "op-1"],
      ["approve-tool", "op-1"],
    ]);
  });

  it("show the secret of a webhook once, on record, and in place of the one before", async () => {
    const { toolId } = await market.makeTool({ webhookUrl: "https://tool.example/hook" });
    const answer = await post(operator, `${toolId}/webhook-secret`);
    const made = await read(answer);
    expect([answer.status, made]).toEqual([
      201,
      { toolId, webhookSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) },
    ]);
    const again = await read(await post(operator, `${toolId}/webhook-secret`));
    expect(again["webhookSecret"]).not.toBe(made["webhookSecret"]);
    const { entries } = await market.garim.log.find({ actions: ["change-tool"] }, { limit: 2 });
    expect(entries.map(({ access }) => [access.target?.id, access.detail?.["why"]])).toEqual(
      Array(2).fill([toolId, "webhook secret"]),
    );
    expect(JSON.stringify(await read(await operator.get("/oauth/tools")))).not.toContain("whsec_");
  });

  it("show a secret once, and keep its hash to themselves", async () => {
    const { toolId } = await market.garim.tools.tools.apply(
      { ...APPLICATION, tier: "secret", jwks: null },
      null,
    );
    const made = await read(await post(operator, `${toolId}/secret`));
    expect(made["clientSecret"]).toMatch(/^[\w-]{43}$/);
    const days = (Date.parse(String(made["secretEndsAt"])) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(180);
    const { tools } = (await read(await operator.get("/oauth/tools"))) as { tools: readonly object[] };
    expect(JSON.stringify(tools)).not.toContain(String(made["clientSecret"]));
    expect(JSON.stringify(tools)).not.toContain('"hash"');
  });

  it("are nobody else's", async () => {
    const owner = await market.owner("S1");
    const [{ toolId } = { toolId: "" }] = market.garim.tools.tools.list();
    for (const deed of ["approval", "suspension", "secret", "webhook-secret"])
      expect((await post(owner, `${toolId}/${deed}`)).status).toBe(403);
    expect((await owner.get("/oauth/tools")).status).toBe(403);
    const anonymous = await fetch(`${market.issuer}/tools/${toolId}/approval`, { method: "POST" });
    expect(anonymous.status).toBe(401);
  });

  it("know no other tool", async () => {
    expect((await post(operator, "tool-none/approval")).status).toBe(404);
  });
});

describe("the token server on an app", () => {
  it("says of every route what guards it", () => {
    expect(() => market.garim.routes(market.shop.app, { strict: true })).not.toThrow();
  });

  it("answers nothing else below its path", async () => {
    for (const path of [
      "/me",
      "/session/end",
      "/session/end/confirm",
      "/device",
      "/reg",
      "/interaction/x",
      "/token",
    ])
      expect((await fetch(market.issuer + path)).status).toBe(404);
    expect((await fetch(`${market.issuer}/session/end/confirm`, { method: "POST" })).status).toBe(404);
  });

  it("shows a page, in the person's language, where a tool's request cannot be answered", async () => {
    const answer = await fetch(`${market.issuer}/auth?client_id=tool-none`, {
      headers: { accept: "text/html", "accept-language": "en" },
      redirect: "manual",
    });
    expect([answer.status, answer.headers.get("content-security-policy")]).toEqual([
      401,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(await answer.text()).toContain("cannot be answered");
  });

  it("issues nothing and says when to come back while the database is away, and then goes on", async () => {
    const client = await market.makeTool();
    await startFlow(client);
    isOut = true;
    try {
      const refused = await startFlow(client).catch(({ cause }: { cause: Response }) => cause);
      if (!(refused instanceof Response)) throw new Error("a request was taken");
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(await read(refused)).toMatchObject({ error: "temporarily_unavailable" });
    } finally {
      isOut = false;
    }
    await market.garim.tools.follower.refresh();
    expect((await startFlow(client)).url.href).toContain("request_uri");
  });
});
