import { exportJWK, generateKeyPair } from "jose";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DETAIL,
  openTokenMarket,
  reachCode,
  redeem,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

const OWNER = { kind: "staff", id: "kim", sellerId: "S1" } as const;
const OPERATOR = { kind: "operator", id: "op", sellerId: null } as const;

let market: TokenMarket;
let warehouse: oauth.Configuration;
let elsewhere: oauth.Configuration;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "w1", alg: "ES256" }] };
  const resourceServers = [
    { id: "warehouse-api", jwks, addresses: ["127.0.0.1"] },
    { id: "elsewhere-api", jwks, addresses: ["203.0.113.7"] },
  ];
  market = await openTokenMarket({ server: { resourceServers } });
  const open = (id: string) =>
    oauth.discovery(new URL(market.issuer), id, {}, oauth.PrivateKeyJwt({ key: privateKey, kid: "w1" }), {
      execute: [oauth.allowInsecureRequests],
      algorithm: "oauth2",
    });
  warehouse = await open("warehouse-api");
  elsewhere = await open("elsewhere-api");
});
afterAll(() => market.close());

/** A tool that sellers connected, and its machine token. */
async function connected(
  ...sellers: readonly string[]
): Promise<{ client: TestClient; token: string; refresh: string }> {
  const client = await market.makeTool();
  let refresh = "";
  for (const seller of sellers) {
    const { code, verifier } = await reachCode(market, client, seller);
    const tokens = await redeem(client, code, verifier);
    if (typeof tokens === "string") throw new Error(tokens);
    refresh = tokens.refresh_token ?? "";
  }
  const machine = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
  const { access_token: token } = await oauth.clientCredentialsGrant(client.config, machine, {
    DPoP: client.dpop,
  });
  return { client, token, refresh };
}

describe("another API of the marketplace", () => {
  it("is told whose token it is, to which key it is bound, and what it gives now, seller by seller", async () => {
    const { client, token } = await connected("S1", "S2");
    const told = await oauth.tokenIntrospection(warehouse, token);
    expect(told).toMatchObject({
      active: true,
      client_id: client.toolId,
      scope: "orders.read",
      token_type: "DPoP",
      cnf: { jkt: await client.dpop.calculateThumbprint() },
      authorization_details: [{ ...DETAIL, sellers: ["S1", "S2"] }],
    });
    const { grants } = market.garim.tools;
    const [one] = grants.listOfSeller("S1").filter(({ toolId }) => toolId === client.toolId);
    await grants.revoke(one?.id ?? "", OWNER);
    const less = await oauth.tokenIntrospection(warehouse, token);
    expect(less).toMatchObject({ active: true, authorization_details: [{ ...DETAIL, sellers: ["S2"] }] });
  });

  it("[J6] is told that a token is dead: revoked, of a suspended tool, of a seller who revoked, or no access token", async () => {
    const { grants, tools } = market.garim.tools;
    const revoked = await connected("S1");
    await oauth.tokenRevocation(revoked.client.config, revoked.token);
    const left = await connected("S1");
    await grants.revoke(grants.find(left.client.toolId, "S1")?.id ?? "", OWNER);
    const suspended = await connected("S1");
    await tools.suspend(suspended.client.toolId, OPERATOR, "test");
    const { refresh } = await connected("S1");
    for (const token of [revoked.token, left.token, suspended.token, refresh, "x"])
      expect(await oauth.tokenIntrospection(warehouse, token)).toEqual({ active: false });
  });

  it("gets no token, asks from its own addresses alone, and ends nobody's", async () => {
    const { token } = await connected("S1");
    const machine = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
    const asked = oauth.clientCredentialsGrant(warehouse, machine, {
      DPoP: oauth.getDPoPHandle(warehouse, await oauth.randomDPoPKeyPair()),
    });
    await expect(asked).rejects.toMatchObject({
      error: expect.stringMatching(/^invalid_request|unauthorized_client$/),
    });
    await expect(oauth.tokenIntrospection(elsewhere, token)).rejects.toMatchObject({
      error: "invalid_client",
    });
    await oauth.tokenRevocation(warehouse, token).catch(() => undefined);
    expect(await oauth.tokenIntrospection(warehouse, token)).toMatchObject({ active: true });
  });
});
