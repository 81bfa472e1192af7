import { DAY } from "@garim/policy";
import { decodeProtectedHeader } from "jose";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineOf } from "../fixtures/shop.ts";
import {
  type Answered,
  askTokens,
  consent,
  DETAIL,
  openTokenMarket,
  reachCode,
  readLines,
  redeem,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";

const OPERATOR = { kind: "operator", id: "op", sellerId: null } as const;

let market: TokenMarket;
/** Of seller S1, for what ends nothing: what is refused leaves its refresh token good. */
let known: Connection;

beforeAll(async () => {
  market = await openTokenMarket({ isSpread: true });
  known = await connect();
});
afterAll(() => market.close());

function tokensOf(answered: Answered): oauth.TokenEndpointResponse {
  if (typeof answered === "string") throw new Error(answered);
  return answered;
}

interface Connection {
  readonly client: TestClient;
  readonly tokens: oauth.TokenEndpointResponse;
}

async function connect(sellerId = "S1"): Promise<Connection> {
  const client = await market.makeTool();
  const { code, verifier } = await reachCode(market, client, sellerId);
  return { client, tokens: tokensOf(await redeem(client, code, verifier)) };
}

const machine = (client: TestClient, detail: object = DETAIL, scope = "orders.read"): Promise<Answered> =>
  askTokens(client, "client_credentials", { scope, authorization_details: JSON.stringify([detail]) });

const detailsOf = (answered: Answered): unknown => tokensOf(answered)["authorization_details"];

describe("a token asked for with more than was granted", () => {
  it.each([
    ["another scope", { scope: "orders.write" }],
    ["one scope more", { scope: "orders.read orders.write" }],
    ["another API", { resource: "https://elsewhere.example/api" }],
    ["another purpose", { authorization_details: JSON.stringify([{ ...DETAIL, purpose: "marketing" }]) }],
    ["another seller", { authorization_details: JSON.stringify([{ ...DETAIL, sellers: ["S2"] }]) }],
    ["two sellers", { authorization_details: JSON.stringify([{ ...DETAIL, sellers: ["S1", "S2"] }]) }],
    ["another field alone", { authorization_details: JSON.stringify([{ ...DETAIL, fields: ["email"] }]) }],
    ["another state alone", { authorization_details: JSON.stringify([{ ...DETAIL, states: ["claim"] }]) }],
  ])("[J6] is refused at refresh: %s", async (_, more) => {
    const { client, tokens } = known;
    const parameters = { refresh_token: tokens.refresh_token ?? "", ...more };
    expect(await askTokens(client, "refresh_token", parameters)).toMatch(/^invalid_/);
  });

  it("[V10.4.11] [J6] has no more fields and states than the seller granted", async () => {
    const { client, tokens } = known;
    const wide = { ...DETAIL, fields: ["name", "phone", "email", "address"], states: ["open", "claim"] };
    const parameters = {
      refresh_token: tokens.refresh_token ?? "",
      authorization_details: JSON.stringify([wide]),
    };
    const answered = await askTokens(client, "refresh_token", parameters);
    expect(detailsOf(answered)).toEqual([{ ...DETAIL, sellers: ["S1"] }]);
  });

  it("[J6] may have less: fewer fields, named orders", async () => {
    const { client, tokens } = known;
    const narrow = { ...DETAIL, fields: ["name"], orders: ["2026112200000001"] };
    const parameters = {
      refresh_token: tokens.refresh_token ?? "",
      authorization_details: JSON.stringify([narrow]),
    };
    const answered = await askTokens(client, "refresh_token", parameters);
    expect(detailsOf(answered)).toEqual([{ ...narrow, sellers: ["S1"] }]);
  });

  it("[J6] of a machine names nobody who did not grant, and reads nobody else", async () => {
    const { client } = known;
    expect(await machine(client, { ...DETAIL, sellers: ["S2"] })).toBe("invalid_authorization_details");
    expect(await machine(client, { ...DETAIL, purpose: "marketing" })).toBe("invalid_authorization_details");
    expect(await machine(client, { ...DETAIL, fields: ["email"] })).toBe("invalid_authorization_details");
    expect(await machine(client, DETAIL, "orders.read orders.write")).toBe("invalid_scope");
  });
});

describe("the tool of seller A at seller B", () => {
  it("[J6] reads A's orders and none of B's, by a token of the flow and by one of a machine", async () => {
    const { client, tokens } = known;
    for (const { access_token: token } of [tokens, tokensOf(await machine(client))]) {
      const text = await (await readLines(market, client, token)).text();
      expect(text).toContain(lineOf().buyer.phone);
      const [, other] = JSON.parse(text) as readonly unknown[];
      expect(JSON.stringify(other ?? {})).not.toContain(lineOf().buyer.phone);
    }
  });

  it("[J6] is not consented to by B where A was asked", async () => {
    const client = await market.makeTool();
    await market.sign(client.toolId, "S2");
    const details = JSON.stringify([{ ...DETAIL, sellers: ["S1"] }]);
    const { url } = await startFlow(client, { authorization_details: details });
    expect((await consent(await market.owner("S2"), url)).searchParams.has("code")).toBe(false);
    await market.heard();
    expect(market.garim.tools.grants.find(client.toolId, "S2")).toBeNull();
  });
});

describe("what ended", () => {
  it("[J6] a revoked grant brings no token, and its tokens read nothing", async () => {
    const { client, tokens } = await connect();
    const { grants } = market.garim.tools;
    await grants.revoke(grants.find(client.toolId, "S1")?.id ?? "", OPERATOR);
    await market.heard();
    expect(await machine(client)).toBe("invalid_authorization_details");
    expect(await askTokens(client, "refresh_token", { refresh_token: tokens.refresh_token ?? "" })).toBe(
      "invalid_grant",
    );
    const text = await (await readLines(market, client, tokens.access_token)).text();
    expect(text).not.toContain(lineOf().buyer.phone);
  });

  it("[J6] a grant revoked between code and token brings none", async () => {
    const client = await market.makeTool();
    const { code, verifier } = await reachCode(market, client, "S1");
    const { grants } = market.garim.tools;
    await grants.revoke(grants.find(client.toolId, "S1")?.id ?? "", OPERATOR);
    await market.heard();
    expect(await redeem(client, code, verifier)).toBe("invalid_grant");
  });

  it.each([
    ["contract", (toolId: string) => market.garim.tools.register.endContract("S1", toolId, KEEPER)],
    ["agreement", (toolId: string) => market.garim.tools.register.endAgreement(toolId, KEEPER)],
  ])("[J6] an ended %s brings no token and asks no seller", async (_, end) => {
    const { client, tokens } = await connect();
    await end(client.toolId);
    await market.heard();
    expect(await machine(client)).toBe("invalid_authorization_details");
    expect(await askTokens(client, "refresh_token", { refresh_token: tokens.refresh_token ?? "" })).toBe(
      "invalid_grant",
    );
  });

  it("[V10.4.8] [J6] a contract that runs out tomorrow ends the grant with it", async () => {
    const client = await market.makeTool();
    const dates = { signedAt: Date.now() - DAY, endsAt: Date.now() + DAY };
    const what = { tasks: ["송장 출력"], subProcessors: [], document: "contract-2" };
    await market.garim.tools.register.putContract(
      { sellerId: "S1", toolId: client.toolId, ...dates, ...what },
      KEEPER,
    );
    await market.heard();
    const { url } = await startFlow(client);
    await consent(await market.owner("S1"), url);
    await market.heard();
    expect(market.garim.tools.grants.find(client.toolId, "S1")?.endsAt).toBe(dates.endsAt);
  });

  it("[J6] without agreement nobody is asked; without contract the seller reads why, and nothing is granted", async () => {
    const client = await market.makeTool();
    const { url } = await startFlow(client);
    const owner = await market.owner("S3");
    const first = await owner.get(url.pathname + url.search);
    const page = await owner.get(new URL(first.headers.get("location") ?? "", url).pathname);
    expect([page.status, await page.text()]).toEqual([403, expect.stringContaining("계약")]);
    expect(market.garim.tools.grants.find(client.toolId, "S3")).toBeNull();
    await market.garim.tools.register.endAgreement(client.toolId, KEEPER);
    await market.heard();
    await expect(startFlow(client)).rejects.toMatchObject({ error: "invalid_authorization_details" });
  });

  it("[J6] a suspended tool gets nothing, and its tokens are dead", async () => {
    const { client, tokens } = await connect();
    await market.garim.tools.tools.suspend(client.toolId, OPERATOR, "test");
    await market.heard();
    expect(await machine(client)).toBe("invalid_client");
    expect((await readLines(market, client, tokens.access_token)).status).not.toBe(200);
  });

  it("[J6] a retired key's tokens are dead, and new ones are signed by another", async () => {
    const { client, tokens } = await connect();
    const { keys } = market.garim.tools;
    const { kid } = keys.signing();
    await keys.rotate({ owner: "platform", by: null });
    await keys.retire(kid, null, "test");
    await market.heard();
    expect((await readLines(market, client, tokens.access_token)).status).toBe(401);
    expect(decodeProtectedHeader(tokensOf(await machine(client)).access_token).kid).toBe(keys.signing().kid);
  });
});

describe("a token without a proof of its own", () => {
  it("[V10.4.14] [J6] is not issued without DPoP", async () => {
    const client = await market.makeTool();
    const parameters = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
    const asked = oauth.clientCredentialsGrant(client.config, parameters);
    await expect(asked).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("[J6] is not read with by another key", async () => {
    const { client } = known;
    const { access_token: token } = tokensOf(await machine(client));
    const thief = { ...client, dpop: oauth.getDPoPHandle(client.config, await oauth.randomDPoPKeyPair()) };
    expect((await readLines(market, thief, token)).status).toBe(401);
    expect((await readLines(market, client, token)).status).toBe(200);
  });
});
