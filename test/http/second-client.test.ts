import { OAuth2Client } from "@badgateway/oauth2-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someProver } from "../../packages/auth/test/proofs.ts";
import { lineOf } from "../fixtures/shop.ts";
import { BACK, consent, DETAIL, openTokenMarket, type TokenMarket } from "../fixtures/token-market.ts";

/*
 * Another client library than the one the seller tool is built on, by other people: what it does not know (PAR, DPoP) is added by hand,
 * as RFC 9126 and RFC 9449 say it.
 */

const prover = someProver();
const OPERATOR = { kind: "operator", id: "op", sellerId: null } as const;
let market: TokenMarket;
let client: OAuth2Client;
let credentials: { readonly clientId: string; readonly clientSecret: string };

beforeAll(async () => {
  market = await openTokenMarket();
  const { tools } = market.garim.tools;
  const { toolId: clientId } = await market.makeTool({ tier: "secret", jwks: null });
  await market.sign(clientId, "S1");
  const made = await tools.makeSecret(clientId, OPERATOR);
  credentials = { clientId, clientSecret: made?.secret ?? "" };
  client = new OAuth2Client({
    ...credentials,
    server: `${market.issuer}/`,
    discoveryEndpoint: `${market.issuer}/.well-known/oauth-authorization-server`,
    fetch: (input, init) => fetch(input, { ...init, headers: withProof(input, init) }),
  });
});
afterAll(() => market.close());

/** A proof for each request, made by hand. */
function withProof(input: Parameters<typeof fetch>[0], init: RequestInit = {}, token = ""): Headers {
  const headers = new Headers(init.headers);
  const claims = { htm: init.method ?? "GET", htu: String(input), iat: Math.floor(Date.now() / 1_000) };
  headers.set("dpop", prover.prove(token, { ...claims, ...(token === "" ? { ath: undefined } : {}) }));
  return headers;
}

/** Pushes what is asked of the seller. @returns where their browser goes */
async function push(codeVerifier: string): Promise<URL> {
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const { clientId, clientSecret } = credentials;
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
    "base64",
  );
  const body = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: BACK,
    scope: "orders.read",
    authorization_details: JSON.stringify([DETAIL]),
    code_challenge: Buffer.from(challenge).toString("base64url"),
    code_challenge_method: "S256",
  });
  const url = `${market.issuer}/request`;
  const init = { method: "POST", headers: { authorization: `Basic ${basic}` } };
  const pushed = await fetch(url, { ...init, body, headers: withProof(url, init) });
  if (pushed.status !== 201) throw new Error(await pushed.text());
  const { request_uri: requestUri } = (await pushed.json()) as { readonly request_uri: string };
  const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri });
  return new URL(`${market.issuer}/auth?${query}`);
}

async function read(token: string): Promise<string> {
  const url = `${market.origin}/api/lines`;
  const headers = withProof(url, { headers: { authorization: `DPoP ${token}` } }, token);
  return await (await fetch(url, { headers })).text();
}

describe("@badgateway/oauth2-client", () => {
  it("finds the server by its metadata, connects a seller, reads, renews, asks about tokens and ends them", async () => {
    expect(await client.getEndpoint("tokenEndpoint")).toBe(`${market.issuer}/token`);
    const codeVerifier = "v".repeat(64);
    const back = await consent(await market.owner("S1"), await push(codeVerifier));
    const code = back.searchParams.get("code") ?? `none: ${back}`;
    const tokens = await client.authorizationCode.getToken({ code, redirectUri: BACK, codeVerifier });
    expect(await read(tokens.accessToken)).toContain(lineOf().buyer.name);
    const renewed = await client.refreshToken(tokens);
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    expect(await read(renewed.accessToken)).toContain(lineOf().buyer.name);
    expect(await client.introspect(renewed)).toMatchObject({
      active: true,
      client_id: credentials.clientId,
      token_type: "DPoP",
      cnf: { jkt: prover.thumbprint },
    });
    await client.revoke(renewed);
    expect(await client.introspect(renewed)).toEqual({ active: false });
    expect(JSON.parse(await read(renewed.accessToken))).toMatchObject({ status: 401 });
  });

  it("gets a machine token for all sellers that granted, and is told why it does not", async () => {
    const details = JSON.stringify([DETAIL]);
    const extraParams = { authorization_details: details };
    const { accessToken } = await client.clientCredentials({ scope: ["orders.read"], extraParams });
    expect(await read(accessToken)).toContain(lineOf().buyer.name);
    const other = { authorization_details: JSON.stringify([{ ...DETAIL, sellers: ["S2"] }]) };
    const refused = client.clientCredentials({ scope: ["orders.read"], extraParams: other });
    await expect(refused).rejects.toMatchObject({ oauth2Code: "invalid_authorization_details" });
  });
});
