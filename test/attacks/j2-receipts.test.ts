import { stateUnavailable } from "@garim/auth";
import { exportJWK, generateKeyPair } from "jose";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { lineOf } from "../fixtures/shop.ts";
import {
  askTokens,
  consent,
  DETAIL,
  openTokenMarket,
  readLines,
  redeem,
  sendReceipt,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";

/*
 * A tool whose last grant ended still owes receipts of destruction: it gets a token that gives them and reads nothing. Whoever has such a
 * token, or a grant beside it, must not read a line by it.
 */

const OPERATOR = { kind: "operator", id: "op", sellerId: null } as const;
const SCOPE = "garim:receipts";
const READS = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
const LINE = lineOf().orderNo;
const MINE = { sellerId: "S1", orderIds: [LINE] };

let market: TokenMarket;
let warehouse: oauth.Configuration;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "w1", alg: "ES256" }] };
  market = await openTokenMarket({
    server: { resourceServers: [{ id: "warehouse-api", jwks, addresses: ["127.0.0.1"] }] },
  });
  const key = oauth.PrivateKeyJwt({ key: privateKey, kid: "w1" });
  warehouse = await oauth.discovery(new URL(market.issuer), "warehouse-api", {}, key, {
    execute: [oauth.allowInsecureRequests],
    algorithm: "oauth2",
  });
});
afterAll(() => market.close());

const machine = (client: TestClient, form: Readonly<Record<string, string>>) =>
  askTokens(client, "client_credentials", form);

async function tokenOf(client: TestClient, form: Readonly<Record<string, string>>): Promise<string> {
  const answered = await machine(client, form);
  if (typeof answered === "string") throw new Error(answered);
  return answered.access_token;
}

/** A tool that a seller connected, and that has read a line clear. */
async function reader(): Promise<{ client: TestClient; refresh: string }> {
  const client = await market.makeTool();
  await market.sign(client.toolId, "S1");
  const { url, verifier } = await startFlow(client);
  const back = await consent(await market.owner("S1"), url);
  const tokens = await redeem(client, back.searchParams.get("code") ?? "", verifier);
  if (typeof tokens === "string") throw new Error(tokens);
  expect((await readLines(market, client, tokens.access_token)).status).toBe(200);
  return { client, refresh: tokens.refresh_token ?? "" };
}

/** The same, and its only seller has revoked. */
async function former(): Promise<TestClient> {
  const { client } = await reader();
  const { grants } = market.garim.tools;
  const by = { kind: "staff", id: "kim", sellerId: "S1" } as const;
  await grants.revoke(grants.find(client.toolId, "S1")?.id ?? "", by);
  return client;
}

const reasonOf = async (answer: Response): Promise<unknown> =>
  ((await answer.json()) as Readonly<Record<string, unknown>>)["reason"];

describe("a token for receipts alone", () => {
  it("is had by a tool whose last grant ended, and has its receipts taken, until it owes none", async () => {
    const client = await former();
    expect(await machine(client, READS)).toBe("invalid_authorization_details");
    const answered = await machine(client, { scope: SCOPE });
    expect(answered).toMatchObject({ scope: SCOPE, token_type: "dpop", expires_in: 300 });
    expect(answered).not.toHaveProperty("authorization_details");
    expect(answered).not.toHaveProperty("refresh_token");
    const token = await tokenOf(client, { scope: SCOPE });
    const taken = await sendReceipt(market, client, token, MINE);
    expect([taken.status, await taken.json()]).toEqual([
      201,
      expect.objectContaining({ confirmed: [LINE], unknown: [] }),
    ]);
    expect(await machine(client, { scope: SCOPE })).toBe("invalid_scope");
  });

  it("is had whatever ended it: the contract, the agreement, both", async () => {
    const { client } = await reader();
    const { register } = market.garim.tools;
    await register.endContract("S1", client.toolId, KEEPER);
    await register.endAgreement(client.toolId, KEEPER);
    expect(await machine(client, READS)).toBe("invalid_authorization_details");
    const taken = await sendReceipt(market, client, await tokenOf(client, { scope: SCOPE }), MINE);
    expect(taken.status).toBe(201);
  });

  it("stands on record as one that names nobody's lines", async () => {
    const client = await former();
    await tokenOf(client, { scope: SCOPE });
    const filter = { kind: "tool", actor: client.toolId, actions: ["issue-token"] } as const;
    const { entries } = await market.garim.log.find(filter, { limit: 1 });
    const detail = { scope: SCOPE, sellers: "none", token: expect.any(String) };
    expect(entries[0]?.access).toMatchObject({ detail, purpose: null });
    expect(entries[0]?.access.allowed ?? 0).toBe(0);
  });

  it("[J2] reads nothing, with a live grant beside it, too", async () => {
    for (const client of [await former(), (await reader()).client]) {
      const token = await tokenOf(client, { scope: SCOPE });
      const answer = await readLines(market, client, token);
      const body = await answer.clone().text();
      expect([answer.status, await reasonOf(answer)]).toEqual([403, "scope-missing"]);
      expect(body).not.toContain(CANARY.name);
      expect(body).not.toContain(CANARY.phone);
    }
  });

  it("[J2] is dead to another API, which would look at its scope and subject alone", async () => {
    const client = await former();
    const token = await tokenOf(client, { scope: SCOPE });
    expect(await oauth.tokenIntrospection(warehouse, token)).toEqual({ active: false });
    expect(await oauth.tokenIntrospection(client.config, token)).toMatchObject({
      active: true,
      scope: SCOPE,
    });
  });

  it.each([
    ["with another scope beside it", { scope: `orders.read ${SCOPE}` }, "invalid_scope"],
    [
      "with another scope, and what would be read",
      { ...READS, scope: `${SCOPE} orders.read` },
      "invalid_scope",
    ],
    ["with what would be read", { ...READS, scope: SCOPE }, "invalid_authorization_details"],
    [
      "with what nobody can read",
      { scope: SCOPE, authorization_details: '[{"type":"x"}]' },
      "invalid_authorization_details",
    ],
    ["for another resource", { scope: SCOPE, resource: "https://elsewhere.example" }, "invalid_target"],
  ])("[J6] is not had %s", async (_, form, error) => {
    const { client } = await reader();
    expect(await machine(client, form)).toBe(error);
  });

  it("[J6] comes out of no seller's flow: not asked for in one, and not by its refresh token", async () => {
    const { client, refresh } = await reader();
    for (const scope of [SCOPE, `orders.read ${SCOPE}`])
      await expect(startFlow(client, { scope })).rejects.toMatchObject({ error: "invalid_scope" });
    expect(await askTokens(client, "refresh_token", { refresh_token: refresh, scope: SCOPE })).toBe(
      "invalid_scope",
    );
  });

  it("[J6] is not had by who owes nothing, is suspended, or not at all bound to a key", async () => {
    const idle = await market.makeTool();
    expect(await machine(idle, { scope: SCOPE })).toBe("invalid_scope");
    const client = await former();
    const unbound = oauth.clientCredentialsGrant(client.config, { scope: SCOPE });
    await expect(unbound).rejects.toMatchObject({ error: "invalid_grant" });
    await market.garim.tools.tools.suspend(client.toolId, OPERATOR, "test");
    expect(await machine(client, { scope: SCOPE })).toBe("invalid_client");
  });

  it("[J6] gives no receipt for another tool, and by no other tool's key", async () => {
    const [victim, thief] = [await former(), await former()];
    const token = await tokenOf(victim, { scope: SCOPE });
    const stolen = await sendReceipt(market, thief, token, MINE);
    expect([stolen.status, await reasonOf(stolen)]).toEqual([401, "proof-other-key"]);
    const own = await sendReceipt(market, thief, await tokenOf(thief, { scope: SCOPE }), {
      sellerId: "S2",
      orderIds: [LINE],
    });
    expect(await own.json()).toMatchObject({ confirmed: [], unknown: [LINE] });
    const { entries } = await market.garim.tools.purges.owed({
      dueBefore: Number.MAX_SAFE_INTEGER,
      toolId: victim.toolId,
    });
    expect(entries.map(({ orderId }) => orderId)).toEqual([LINE]);
  });

  it("is not given where nobody can tell what is owed", async () => {
    const client = await former();
    const { purges } = market.garim.tools;
    const owed = vi.spyOn(purges, "owed").mockRejectedValue(stateUnavailable("the database is out"));
    expect(await machine(client, { scope: SCOPE })).toContain("unexpected HTTP response");
    owed.mockRestore();
    expect(await machine(client, { scope: SCOPE })).toMatchObject({ scope: SCOPE });
  });
});
