import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  askTokens,
  BACK,
  consent,
  DETAIL,
  openTokenMarket,
  readLines,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

/*
 * Everything the token server gives or takes, shown at every place that takes one of them. Each is right at one place alone.
 */

type Kind = "access token" | "refresh token" | "code" | "assertion" | "proof" | "request_uri" | "secret";

let market: TokenMarket;
let client: TestClient;
let verifier: string;
const given = new Map<Kind, string>();

beforeAll(async () => {
  market = await openTokenMarket({ isSpread: true });
  client = await market.makeTool();
  await market.sign(client.toolId, "S1");
  const owner = await market.owner("S1");
  const first = await startFlow(client);
  const code = (await consent(owner, first.url)).searchParams.get("code") ?? "";
  const form = { code, code_verifier: first.verifier, redirect_uri: BACK };
  const tokens = (await askTokens(client, "authorization_code", form)) as oauth.TokenEndpointResponse;
  const fresh = await startFlow(client);
  given.set("access token", tokens.access_token);
  given.set("refresh token", tokens.refresh_token ?? "");
  given.set("request_uri", fresh.url.searchParams.get("request_uri") ?? "");
  given.set("assertion", await sign({ iss: client.toolId, sub: client.toolId, aud: market.issuer }));
  given.set("proof", await sign({ htm: "POST", htu: `${market.issuer}/token` }, "dpop+jwt"));
  given.set("secret", "kept-as-a-hash");
  // Of another seller: a second consent of the same one takes the place of the first, with its refresh token.
  await market.sign(client.toolId, "S2");
  const second = await startFlow(client);
  verifier = second.verifier;
  given.set("code", (await consent(await market.owner("S2"), second.url)).searchParams.get("code") ?? "");
});
afterAll(() => market.close());

/** Signed by the tool's own key, which is right for assertions alone. */
function sign(claims: Record<string, string>, typ = "JWT"): Promise<string> {
  return new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ alg: "ES256", kid: "k1", typ })
    .setIssuedAt()
    .setExpirationTime("60s")
    .sign(client.key);
}

const ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const MACHINE = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };

/** Posts a form without any client library. @returns whether it was taken */
async function isTaken(form: Record<string, string>, headers: Record<string, string> = {}): Promise<boolean> {
  const body = new URLSearchParams({ grant_type: "client_credentials", ...MACHINE, ...form });
  return (await fetch(`${market.issuer}/token`, { method: "POST", headers, body })).ok;
}

const isTokens = (answered: unknown): boolean => typeof answered === "object";

/** Where something is taken, each with what is right there. */
const PLACES: readonly [place: string, right: Kind | null, take: (text: string) => Promise<boolean>][] = [
  ["the API", "access token", async (text) => (await readLines(market, client, text)).status === 200],
  [
    "a refresh",
    "refresh token",
    async (text) => isTokens(await askTokens(client, "refresh_token", { refresh_token: text })),
  ],
  [
    "a redemption",
    "code",
    async (text) =>
      isTokens(
        await askTokens(client, "authorization_code", {
          code: text,
          code_verifier: verifier,
          redirect_uri: BACK,
        }),
      ),
  ],
  [
    "the log-in of a tool",
    null,
    (text) => isTaken({ client_assertion_type: ASSERTED, client_assertion: text }),
  ],
  ["a proof of possession", null, (text) => isTaken({}, { dpop: text })],
  [
    "a secret in the head",
    null,
    (text) =>
      isTaken({}, { authorization: `Basic ${Buffer.from(`${client.toolId}:${text}`).toString("base64")}` }),
  ],
  [
    "the begin of a flow",
    "request_uri",
    async (text) => {
      const query = new URLSearchParams({ client_id: client.toolId, request_uri: text });
      const answer = await fetch(`${market.issuer}/auth?${query}`, { redirect: "manual" });
      return (answer.headers.get("location") ?? "").includes("/consent/");
    },
  ],
];

describe("what one place gives, at every other", () => {
  it.each(PLACES)("[J2] %s takes its own kind and no other", async (_, right, take) => {
    for (const [kind, text] of given)
      if (kind !== right) expect([kind, await take(text)]).toEqual([kind, false]);
    const own = right === null ? undefined : given.get(right);
    if (own !== undefined) expect(await take(own)).toBe(true);
  });
});
