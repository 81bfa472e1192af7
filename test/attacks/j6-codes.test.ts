import type { PGlite } from "@electric-sql/pglite";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSlowDatabase } from "../fixtures/slow-database.ts";
import {
  type Answered,
  askTokens,
  atNode,
  BACK,
  consent,
  DETAIL,
  followTo,
  openTokenMarket,
  reachCode,
  readLines,
  redeem,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

let database: PGlite;
let market: TokenMarket;
let node: string;
let client: TestClient;

beforeAll(async () => {
  database = await openSlowDatabase();
  market = await openTokenMarket({ database });
  node = await market.openNode();
  client = await market.makeTool();
});
afterAll(async () => {
  await market.close();
  await database.close();
});

const isTokens = (answered: Answered): answered is oauth.TokenEndpointResponse =>
  typeof answered === "object";

describe("an authorization code", () => {
  it("[J6] is redeemed once, though ten redeem it at two nodes at one time; then its whole family is dead", async () => {
    const { code, verifier } = await reachCode(market, client, "S1");
    const other = await atNode(market, client, node);
    const tries = Array.from({ length: 10 }, (_, i) => redeem(i % 2 === 0 ? client : other, code, verifier));
    const answers = await Promise.all(tries);
    const won = answers.filter(isTokens);
    expect(won.length).toBeLessThanOrEqual(1);
    expect(new Set(answers.filter((answer) => !isTokens(answer)))).toEqual(new Set(["invalid_grant"]));
    for (const { access_token: token, refresh_token: refresh = "" } of won) {
      expect((await readLines(market, client, token)).status).toBe(401);
      expect(await askTokens(client, "refresh_token", { refresh_token: refresh })).toBe("invalid_grant");
    }
  });

  it("[V10.4.2] [J6] that comes a second time ends what the first one brought", async () => {
    const { code, verifier } = await reachCode(market, client, "S1");
    const first = await redeem(client, code, verifier);
    if (!isTokens(first)) throw new Error(first);
    expect((await readLines(market, client, first.access_token)).status).toBe(200);
    expect(await redeem(client, code, verifier)).toBe("invalid_grant");
    expect((await readLines(market, client, first.access_token)).status).toBe(401);
    const refresh = { refresh_token: first.refresh_token ?? "" };
    expect(await askTokens(client, "refresh_token", refresh)).toBe("invalid_grant");
  });

  it("[V10.4.3] lives a minute", async () => {
    const before = Date.now();
    await reachCode(market, client, "S1");
    const { rows } = await database.query<{ at: number }>(
      "select max(expires_at)::float8 as at from garim.oauth_artifact where kind = 'AuthorizationCode'",
    );
    const lives = Number(rows[0]?.at) - before;
    expect(lives).toBeGreaterThan(30_000);
    expect(lives).toBeLessThanOrEqual(Date.now() - before + 60_000);
  });

  it("[J6] is nothing to another tool", async () => {
    const { code, verifier } = await reachCode(market, client, "S1");
    expect(await redeem(await market.makeTool(), code, verifier)).toBe("invalid_grant");
    expect(isTokens(await redeem(client, code, verifier))).toBe(true);
  });

  it.each([
    ["without a verifier", { code_verifier: undefined }],
    ["with another verifier", { code_verifier: "x".repeat(43) }],
    ["with the challenge as verifier", "challenge"],
    ["with another redirect address", { redirect_uri: `${BACK}/` }],
    ["without a redirect address", { redirect_uri: undefined }],
  ] as const)("[V10.4.6] [J6] is not redeemed %s", async (_, change) => {
    const { code, verifier } = await reachCode(market, client, "S1");
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const more = change === "challenge" ? { code_verifier: challenge } : change;
    const all = { code, code_verifier: verifier, redirect_uri: BACK, ...more };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    expect(await askTokens(client, "authorization_code", Object.fromEntries(given))).toMatch(/^invalid_/);
  });

  it("[J6] bound to a key is not redeemed with another", async () => {
    const thumbprint = await client.dpop.calculateThumbprint();
    const { code, verifier } = await reachCode(market, client, "S1", { dpop_jkt: thumbprint });
    const dpopKeys = await oauth.randomDPoPKeyPair();
    const thief = { ...client, dpop: oauth.getDPoPHandle(client.config, dpopKeys) };
    expect(await redeem(thief, code, verifier)).toBe("invalid_grant");
  });
});

describe("a request for consent", () => {
  const challenge = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" };

  /** Pushes whatever is given. @returns the error */
  async function push(parameters: Readonly<Record<string, string>>): Promise<string> {
    const url = oauth.buildAuthorizationUrlWithPAR(client.config, { ...parameters }, { DPoP: client.dpop });
    return await url.then(String).catch((error: oauth.ResponseBodyError) => error.error);
  }
  const whole = {
    redirect_uri: BACK,
    scope: "orders.read",
    authorization_details: JSON.stringify([DETAIL]),
    code_challenge_method: "S256",
    ...challenge,
  };

  it("[J6] that is whole is taken", async () => {
    expect(await push(whole)).toContain("request_uri=");
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["without PKCE", { ...whole, code_challenge: "", code_challenge_method: "" }],
    ["for another key than that of its proof", { ...whole, dpop_jkt: "A".repeat(43) }],
    ["without a challenge", { ...whole, code_challenge: "" }],
    ["with the method plain", { ...whole, code_challenge_method: "plain" }],
    ["for another kind of answer", { ...whole, response_type: "code id_token" }],
    ["for the fragment with a token", { ...whole, response_type: "token" }],
    ["without a scope", { ...whole, scope: "" }],
    ["with a scope nobody knows", { ...whole, scope: "orders.read orders.write" }],
    ["for another API", { ...whole, resource: "https://elsewhere.example/api" }],
    ["without authorization details", { ...whole, authorization_details: "" }],
    ["with details of another type", { ...whole, authorization_details: '[{"type":"payment"}]' }],
    ["with details that are no JSON", { ...whole, authorization_details: "[" }],
    ["with two details", { ...whole, authorization_details: JSON.stringify([DETAIL, DETAIL]) }],
    [
      "with a member nobody knows",
      { ...whole, authorization_details: JSON.stringify([{ ...DETAIL, all: true }]) },
    ],
    [
      "of two sellers",
      { ...whole, authorization_details: JSON.stringify([{ ...DETAIL, sellers: ["S1", "S2"] }]) },
    ],
  ])("[V10.4.6] [J6] is refused %s", async (_, parameters) => {
    expect(await push(parameters)).toMatch(/^(invalid|unsupported)_/);
  });

  it.each([
    `${BACK}/`,
    `${BACK}?x=1`,
    `${BACK}#x`,
    `${BACK}/../evil`,
    "https://tool.example/BACK",
    "https://tool.example:443@evil.example/back",
    "https://evil.example/back",
    "http://tool.example/back",
    "https://tool.example.evil.example/back",
    "https://tool.example:8443/back",
    "javascript:alert(1)",
    "//tool.example/back",
    "",
  ])("[V10.4.1] [J6] does not lead to %s", async (uri) => {
    expect(await push({ ...whole, redirect_uri: uri })).toMatch(/^invalid_(request|redirect_uri)$/);
  });

  it("[J6] that was not pushed is not shown to the seller, and leads nowhere", async () => {
    const owner = await market.owner("S1");
    const url = new URL(`${market.issuer}/auth`);
    url.search = new URLSearchParams({
      ...whole,
      client_id: client.toolId,
      response_type: "code",
    }).toString();
    const answer = await owner.get(url.pathname + url.search);
    const location = answer.headers.get("location") ?? "";
    expect(location).not.toContain("/consent/");
    expect(location).not.toContain("code=");
  });

  it("[J6] is used once", async () => {
    await market.sign(client.toolId, "S1");
    const { url } = await startFlow(client);
    expect((await consent(await market.owner("S1"), url)).searchParams.has("code")).toBe(true);
    const again = await followTo(await market.owner("S1"), url);
    expect(again.headers.get("location") ?? "").not.toContain("code=");
  });

  it("[J6] of another tool is not taken", async () => {
    const { url } = await startFlow(client);
    url.searchParams.set("client_id", (await market.makeTool()).toolId);
    const answer = await (await market.owner("S1")).get(url.pathname + url.search);
    expect(answer.headers.get("location") ?? "").not.toContain("/consent/");
  });
});
