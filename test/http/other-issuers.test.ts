import type { PGlite } from "@electric-sql/pglite";
import {
  type Database,
  type OtherGrant,
  type OtherIssuer,
  open,
  type Problem,
  pii,
  schema,
  subject,
} from "@garim/express";
import { DAY } from "@garim/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshKeys } from "../fixtures/keys.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { openIssuer, type TestIssuer } from "../fixtures/other-issuer.ts";
import { type Line, lineOf, tidy } from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const AUDIENCE = "https://market.example/api";
const CLIENT = "their-name-of-it";
const START = Date.parse("2026-11-22T09:00:00+09:00");

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name(), phone: pii.phone() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
  },
);

const { name, phone } = lineOf().buyer;

let pglite: PGlite;
let asking: TestIssuer;
let granting: TestIssuer;
let bare: TestIssuer;
let one: ToolShop;
let other: ToolShop;
/** The tool of each node: the same one. */
let tools: readonly [TestTool, TestTool];
let grants: readonly OtherGrant[] | Error;

beforeAll(async () => {
  const clock = () => START;
  asking = await openIssuer(AUDIENCE, clock);
  granting = await openIssuer(AUDIENCE, clock);
  bare = await openIssuer(AUDIENCE, clock);
  pglite = await openMarketDatabase();
  const keys = freshKeys();
  const database: Database = { query: (text, values) => pglite.query(text, values) };
  // Each node knows the issuers in another way that hosts may choose.
  one = await openNode(database, keys, {
    keysOf: (issuer) => `${issuer.issuer}/jwks`,
    proof: asking.credentials,
  });
  other = await openNode(database, keys, {
    keysOf: (issuer) => (issuer === bare ? issuer.jwks : async () => issuer.jwks),
    proof: asking.keyCredentials,
  });
  const here = await one.makeTool();
  await one.grant(here, "S1");
  await other.garim.tools.follower.refresh();
  tools = [here, other.asking(here)];
});
afterAll(async () => {
  await one.close();
  await other.close();
  await pglite.close();
  for (const issuer of [granting, bare]) await issuer.close();
});

beforeEach(() => {
  asking.answer = "right";
  grants = [];
});

interface Knowing {
  keysOf(issuer: TestIssuer): OtherIssuer["jwks"];
  readonly proof: TestIssuer["credentials"] | TestIssuer["keyCredentials"];
}

function openNode(
  database: Database,
  keys: ReturnType<typeof freshKeys>,
  { keysOf, proof }: Knowing,
): Promise<ToolShop> {
  const toolOf: OtherIssuer["toolOf"] = ({ clientId }) => (clientId === CLIENT ? tools[0].toolId : null);
  const askGrants = async (): Promise<readonly OtherGrant[]> => {
    if (grants instanceof Error) throw grants;
    return grants;
  };
  const { issuer } = asking;
  const issuers: readonly OtherIssuer[] = [
    {
      issuer,
      jwks: keysOf(asking),
      toolOf,
      introspection: { endpoint: `${issuer}/introspect`, ...proof },
    },
    { issuer: granting.issuer, jwks: keysOf(granting), toolOf, grants: askGrants },
    { issuer: bare.issuer, jwks: keysOf(bare), toolOf },
  ];
  return openToolShop(
    (app, garim) => {
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get("/lines", garim.reveal([orderLine], reads), (_req, res) => {
        const open = { confirmedAt: null };
        res.json([tidy(lineOf(open)), tidy(lineOf({ ...open, sellerId: "S2" }))]);
      });
      app.use(garim.errors());
    },
    { issuers },
    { database, keys },
  );
}

/** A token of another issuer, bound to the tool's own key. */
async function mint(issuer: TestIssuer, claims: object = {}): Promise<{ token: string; id: string }> {
  const detail = { type: "order_pii", fields: ["name", "phone"], purpose: "fulfilment" };
  const parties = { sub: CLIENT, client_id: CLIENT, scope: "orders.read", authorization_details: [detail] };
  return await issuer.mint({ ...parties, cnf: { jkt: tools[0].prover.thumbprint }, ...claims });
}

/** What came of asking a node. */
async function ask(node: 0 | 1, token: string): Promise<{ status: number; told: string; answer: Response }> {
  const answer = await tools[node].get("/lines", token);
  const body = await answer.clone().text();
  const told = answer.status === 200 ? body : String((JSON.parse(body) as Problem).reason);
  return { status: answer.status, told, answer };
}

const sum = async (asked: ReturnType<typeof ask>): Promise<string> => {
  const { status, told } = await asked;
  if (status !== 200) return `${status} ${told}`;
  return told.includes(name) ? "clear" : "masked";
};

describe("a token of an issuer that is asked about it", () => {
  it("reads by the grants made here, on both nodes, and stands on record with its issuer", async () => {
    const { token } = await mint(asking);
    expect([await sum(ask(0, token)), await sum(ask(1, token))]).toEqual(["clear", "clear"]);
    const { answer } = await ask(0, token);
    expect(answer.headers.get("garim-left-out")).toBe("grant-missing;count=1");
    const { entries } = await one.garim.log.find({ kind: "tool", actor: tools[0].toolId }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ key: "theirs", detail: { issuer: asking.issuer } });
  });

  it("[J6] is dead on both nodes within a second of its revocation there; the issuer is asked once a second at most", async () => {
    const { token, id } = await mint(asking);
    expect(await sum(ask(0, token))).toBe("clear");
    const before = asking.asked;
    const began = performance.now();
    for (let i = 0; i < 5; i++) await ask(0, token);
    expect(asking.asked - before).toBeLessThanOrEqual(1 + Math.floor((performance.now() - began) / 1_000));
    asking.revoked.add(id);
    const revokedAt = performance.now();
    for (const node of [0, 1] as const) {
      let last = "";
      // What was asked for before that second was over may still count, and nothing that was asked for after it.
      for (let isLate = false; !isLate; ) {
        isLate = performance.now() - revokedAt > 1_000;
        last = await sum(ask(node, token));
        if (last === "401 token-revoked") break;
      }
      expect(last).toBe("401 token-revoked");
    }
    const asked = asking.asked;
    for (let i = 0; i < 3; i++) expect(await sum(ask(0, token))).toBe("401 token-revoked");
    expect(asking.asked - asked).toBe(3);
  });

  it.each(["nothing", "slow", "not-json", "redirect", "too-large"] as const)(
    "gets nothing but when to come again while the issuer answers %s",
    async (answer) => {
      const { token } = await mint(asking);
      asking.answer = answer;
      const asked = await ask(0, token);
      expect([asked.status, asked.told]).toEqual([503, "unavailable"]);
      expect(Number(asked.answer.headers.get("retry-after"))).toBeGreaterThan(0);
      asking.answer = "right";
      expect(await sum(ask(0, token))).toBe("clear");
    },
  );

  it("gets nothing where the answer is about another client", async () => {
    const { token } = await mint(asking);
    asking.answer = "of-another";
    expect(await sum(ask(0, token))).toBe("401 token-revoked");
  });

  it.each([
    ["that names a tool of ours for its client", { client_id: "tool-1", sub: "tool-1" }, "403 tool-unknown"],
    ["bound to no key", { cnf: {} }, "401 token-unbound"],
    ["bound to another key", { cnf: { jkt: "A".repeat(43) } }, "401 proof-other-key"],
    ["for an hour", { exp: START / 1_000 + 3_600 }, "401 token-invalid"],
    ["for another API", { aud: "https://market.example/other" }, "401 token-other-use"],
    ["of no order_pii", { authorization_details: undefined }, "401 token-other-use"],
    ["that says our issuer made it", { iss: "https://market.example/oauth" }, "401 token-invalid"],
    ["that says the third issuer made it", { iss: "another" }, "401 token-invalid"],
  ])("[J1] is refused %s", async (_, claims, expected) => {
    const { token } = await mint(asking, claims);
    expect(await sum(ask(0, token))).toBe(expected);
  });

  it("[J2] is not signed by another issuer's key", async () => {
    const { token } = await mint(bare, { iss: asking.issuer });
    expect(await sum(ask(0, token))).toBe("401 token-invalid");
  });

  it("does not have the issuer asked by who has not the tool's key", async () => {
    const { token } = await mint(asking);
    const before = asking.asked;
    const thief = await one.makeTool();
    expect((await thief.get("/lines", token)).status).toBe(401);
    expect(asking.asked).toBe(before);
  });
});

describe("a token of an issuer where sellers grant", () => {
  const granted = (more: Partial<OtherGrant> = {}): OtherGrant => ({
    id: "g-1",
    sellerId: "S1",
    fields: ["name"],
    purposes: ["fulfilment"],
    states: ["open"],
    grantedAt: START - DAY,
    endsAt: START + DAY,
    revokedAt: null,
    ...more,
  });

  it("reads by those grants and the contracts on file here, not by grants made here", async () => {
    grants = [granted()];
    const { token } = await mint(granting);
    const { told } = await ask(0, token);
    expect([told.includes(name), told.includes(phone)]).toEqual([true, false]);
    grants = [];
    expect((await ask(0, token)).told).toBe("[]");
    grants = [granted({ sellerId: "S2" })];
    const unsigned = await ask(0, token);
    expect(unsigned.answer.headers.get("garim-left-out")).toContain("contract-missing;count=1");
  });

  it.each([
    ["was revoked", { revokedAt: START - 1 }, "grant-revoked"],
    ["ended", { endsAt: START }, "grant-ended"],
    ["is for something else", { purposes: ["settlement"] }, "grant-purpose"],
  ])("gets nothing of a seller whose grant %s", async (_, more, reason) => {
    grants = [granted(more)];
    const { token } = await mint(granting);
    const { answer, told } = await ask(1, token);
    expect([told, answer.headers.get("garim-left-out")]).toEqual([
      "[]",
      expect.stringContaining(`${reason};count=1`),
    ]);
  });

  it("gets nothing but when to come again while nobody can tell the grants", async () => {
    grants = new Error("the other service is down");
    const { token } = await mint(granting);
    const asked = await ask(0, token);
    expect([asked.status, asked.told]).toEqual([503, "unavailable"]);
    expect(Number(asked.answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("gets nothing once the agreement with the tool has ended here", async () => {
    grants = [granted()];
    const { token } = await mint(granting);
    expect(await sum(ask(0, token))).toBe("clear");
    const { register } = one.garim.tools;
    const { toolId } = tools[0];
    await register.endAgreement(toolId, KEEPER);
    expect((await ask(0, token)).told).toBe("[]");
    await register.putAgreement(
      { toolId, version: "2", document: "a", signedAt: START - DAY, endsAt: null },
      KEEPER,
    );
  });
});

describe("a token of an issuer that nobody can ask", () => {
  it("gets the open fields of sellers who granted here, and no personal data", async () => {
    const { token } = await mint(bare);
    const { status, told } = await ask(0, token);
    const [line, ...others] = JSON.parse(told);
    expect([status, others.length, line.orderNo]).toEqual([200, 0, lineOf().orderNo]);
    expect(line._masked).toMatchObject({ reason: "grant-lacks-field" });
    expect(told.includes(name) || told.includes(phone)).toBe(false);
  });
});

describe("an issuer that nobody finds any more", () => {
  it("gives its tokens nothing, and says in the diagnostics why", async () => {
    const { token } = await mint(asking);
    const fresh = await mint(asking);
    expect(await sum(ask(0, token))).toBe("clear");
    await asking.close();
    expect(await sum(ask(0, fresh.token))).toBe("503 unavailable");
    const said = one.diagnostics.find((line) => "fault" in line && line.fault === "refused");
    expect(said).toMatchObject({ issuer: asking.issuer, fault: "refused" });
    expect(JSON.stringify(one.diagnostics)).not.toContain(asking.credentials.clientSecret);
  });
});
