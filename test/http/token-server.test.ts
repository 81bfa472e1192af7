import { decodeJwt } from "jose";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineOf } from "../fixtures/shop.ts";
import {
  consent,
  DETAIL,
  openTokenMarket,
  readLines,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

let market: TokenMarket;
const LINE = lineOf();

beforeAll(async () => {
  market = await openTokenMarket();
});
afterAll(() => market.close());

const read = (client: TestClient, token: string): Promise<Response> => readLines(market, client, token);

/** Connects a seller. */
async function connect(client: TestClient, sellerId: string): Promise<oauth.TokenEndpointResponse> {
  await market.sign(client.toolId, sellerId);
  const { url, verifier, state } = await startFlow(client);
  const back = await consent(await market.owner(sellerId), url);
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return await oauth.authorizationCodeGrant(client.config, back, checks, undefined, { DPoP: client.dpop });
}

const MACHINE = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };

describe("the code flow with openid-client", () => {
  it("connects a seller, and the token reads that seller's orders, clear in the granted fields", async () => {
    const client = await market.makeTool();
    const tokens = await connect(client, "S1");
    expect(tokens).toMatchObject({
      token_type: "dpop",
      expires_in: 300,
      scope: "orders.read",
      authorization_details: [{ ...DETAIL, sellers: ["S1"] }],
    });
    const answer = await read(client, tokens.access_token);
    expect(answer.status).toBe(200);
    const [own, other] = (await answer.json()) as [typeof LINE, typeof LINE];
    expect(own.buyer).toMatchObject({ name: LINE.buyer.name, phone: LINE.buyer.phone });
    expect(own.buyer.email).not.toBe(LINE.buyer.email);
    expect(JSON.stringify(other ?? {})).not.toContain(LINE.buyer.name);
  });

  it("refreshes with the same refresh token, again and again, where the tool has a key", async () => {
    const client = await market.makeTool();
    const { refresh_token: first = "" } = await connect(client, "S1");
    for (let round = 0; round < 3; round++) {
      const again = await oauth.refreshTokenGrant(client.config, first, {}, { DPoP: client.dpop });
      expect(again.refresh_token).toBe(first);
      expect((await read(client, again.access_token)).status).toBe(200);
    }
  });

  it("puts each token into the ledger and on record before it leaves", async () => {
    const client = await market.makeTool();
    const { access_token: token } = await connect(client, "S1");
    const { jti, grant_id: grantId } = decodeJwt(token);
    expect(await market.garim.tools.issued.isIssued(String(jti))).toBe(true);
    const { entries } = await market.garim.log.find({ actor: client.toolId }, { limit: 5 });
    const issue = entries.find(({ access }) => access.action === "issue-token");
    expect(issue?.access).toMatchObject({
      actor: { kind: "tool", id: client.toolId, sellerId: "S1" },
      grant: grantId,
      route: "POST /oauth/token",
      purpose: "fulfilment",
      detail: { token: jti, sellers: "1" },
    });
  });
});

describe("machine tokens with openid-client", () => {
  it("read for all sellers that granted, and for nobody else", async () => {
    const client = await market.makeTool();
    await connect(client, "S1");
    const { access_token: token } = await oauth.clientCredentialsGrant(client.config, MACHINE, {
      DPoP: client.dpop,
    });
    expect(decodeJwt(token)).toMatchObject({ sub: client.toolId, client_id: client.toolId });
    const [own, other] = (await (await read(client, token)).json()) as [typeof LINE, typeof LINE];
    expect(own.buyer.name).toBe(LINE.buyer.name);
    expect(JSON.stringify(other ?? {})).not.toContain(LINE.buyer.name);
  });

  it("name the sellers that granted, without those that did not", async () => {
    const client = await market.makeTool();
    await connect(client, "S1");
    const details = JSON.stringify([{ ...DETAIL, sellers: ["S1", "S2"] }]);
    const asked = { ...MACHINE, authorization_details: details };
    const tokens = await oauth.clientCredentialsGrant(client.config, asked, { DPoP: client.dpop });
    expect(tokens["authorization_details"]).toEqual([{ ...DETAIL, sellers: ["S1"] }]);
  });

  it("are refused, with the reason, where nobody granted anything", async () => {
    const client = await market.makeTool();
    const refused = await oauth
      .clientCredentialsGrant(client.config, MACHINE, { DPoP: client.dpop })
      .catch((error: oauth.ResponseBodyError) => error);
    expect(refused).toMatchObject({ error: "invalid_authorization_details" });
    expect((refused as oauth.ResponseBodyError).cause).toMatchObject({
      reason: "grant-missing",
      source: "code-2022/tool",
      trace_id: expect.any(String),
    });
  });
});

describe("introspection and revocation with openid-client", () => {
  it("tell of a live token, and nothing of one that was revoked", async () => {
    const client = await market.makeTool();
    const { access_token: token } = await connect(client, "S1");
    const told = await oauth.tokenIntrospection(client.config, token);
    expect(told).toMatchObject({
      active: true,
      client_id: client.toolId,
      sub: "S1",
      cnf: { jkt: expect.any(String) },
    });
    await oauth.tokenRevocation(client.config, token);
    expect(await oauth.tokenIntrospection(client.config, token)).toEqual({ active: false });
    expect((await read(client, token)).status).toBe(401);
    const { entries } = await market.garim.log.find({ actions: ["revoke-token"] }, { limit: 1 });
    const detail = { token: decodeJwt(token).jti, why: "asked" };
    expect(entries[0]?.access).toMatchObject({ actor: { id: client.toolId }, detail });
  });

  it("end the whole family with its refresh token", async () => {
    const client = await market.makeTool();
    const { access_token: token, refresh_token: refresh = "" } = await connect(client, "S1");
    await oauth.tokenRevocation(client.config, refresh);
    expect((await read(client, token)).status).toBe(401);
    const again = oauth.refreshTokenGrant(client.config, refresh, {}, { DPoP: client.dpop });
    await expect(again).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("tell a tool nothing of another's token", async () => {
    const [client, other] = [await market.makeTool(), await market.makeTool()];
    const { access_token: token } = await connect(client, "S1");
    expect(await oauth.tokenIntrospection(other.config, token)).toEqual({ active: false });
  });
});
