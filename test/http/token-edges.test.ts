import { DAY } from "@garim/policy";
import { decodeProtectedHeader } from "jose";
import type * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineOf } from "../fixtures/shop.ts";
import {
  type Answered,
  askTokens,
  DETAIL,
  openTokenMarket,
  reachCode,
  readLines,
  redeem,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

/** How far the marketplace's clock is ahead. */
let ahead = 0;
let market: TokenMarket;
let client: TestClient;

beforeAll(async () => {
  market = await openTokenMarket({ garim: { clock: () => Date.now() + ahead } });
  client = await market.makeTool();
  const { code, verifier } = await reachCode(market, client, "S1");
  tokensOf(await redeem(client, code, verifier));
});
afterAll(() => market.close());

function tokensOf(answered: Answered): oauth.TokenEndpointResponse {
  if (typeof answered === "string") throw new Error(answered);
  return answered;
}

const machine = (who: TestClient, more: object = {}): Promise<Answered> =>
  askTokens(who, "client_credentials", {
    scope: "orders.read",
    authorization_details: JSON.stringify([{ ...DETAIL, ...more }]),
  });

describe("a token the server narrowed to named lines", () => {
  it.each([
    ["the line it names", lineOf().orderNo, [lineOf().orderNo], null],
    ["none where it names another seller's", "2026112200000002", [], "order-not-named;count=1"],
  ])("reads %s", async (_, order, read, leftOut) => {
    const { access_token: token } = tokensOf(await machine(client, { orders: [order] }));
    const answer = await readLines(market, client, token);
    const lines = (await answer.json()) as readonly { readonly orderNo: string }[];
    expect([answer.status, lines.map(({ orderNo }) => orderNo)]).toEqual([200, read]);
    const told = answer.headers.get("garim-left-out") ?? "";
    expect(told.includes("order-not-named")).toBe(leftOut !== null);
  });
});

describe("a key that signs by EdDSA", () => {
  it("issues tokens that the API reads, as the one before by ES256 did", async () => {
    const before = tokensOf(await machine(client)).access_token;
    expect(decodeProtectedHeader(before)).toMatchObject({ alg: "ES256", typ: "at+jwt" });
    const { keys } = market.garim.tools;
    const { kid } = keys.signing();
    const made = await keys.rotate({ owner: "platform", by: null, algorithm: "EdDSA" });
    await keys.retire(kid, null, "test");
    const { access_token: token } = tokensOf(await machine(client));
    expect(decodeProtectedHeader(token)).toEqual({ alg: "EdDSA", typ: "at+jwt", kid: made.kid });
    const answer = await readLines(market, client, token);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining(lineOf().buyer.phone),
    ]);
    expect((await readLines(market, client, before)).status).toBe(401);
  });
});

describe("a tool's secret", () => {
  it("is taken for 180 days, and no longer", async () => {
    const legacy = await market.makeTool({ tier: "secret" });
    const endsAt = market.garim.tools.tools.find(legacy.toolId)?.secret?.endsAt ?? 0;
    expect(Math.round((endsAt - Date.now()) / DAY)).toBe(180);
    // Whoever is known is told that nobody granted anything; who is not, nothing.
    ahead = endsAt - Date.now() - 60_000;
    expect(await machine(legacy)).toBe("invalid_authorization_details");
    ahead = endsAt - Date.now();
    expect(await machine(legacy)).toBe("invalid_client");
    ahead = 0;
    expect(await machine(legacy)).toBe("invalid_authorization_details");
  });
});
