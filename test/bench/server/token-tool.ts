import * as oauth from "openid-client";
import { logIn, type Proof } from "./person.ts";
import { SELLERS } from "./shop.ts";
import { ISSUER, TOOL_PATH } from "./tool-words.ts";

const BACK = "https://tool.example/back";
const DETAIL = { type: "order_pii", fields: ["name", "phone", "address"], purpose: "fulfilment" };
const KEY_ID = "k1";

/** A tool's own key pair, made before its server: it is registered by it. */
export interface ToolKey {
  readonly jwks: object;
  readonly privateKey: oauth.CryptoKey;
}

export async function makeToolKey(): Promise<ToolKey> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { jwks: { keys: [{ kty, crv, x, y, kid: KEY_ID, alg: "ES256" }] }, privateKey };
}

/** A tool that every seller connected in the browser flow; each connection has a refresh token of its own. */
export interface ConnectedTool {
  /** Renews one connection's token. @throws Error where it is refused */
  renew(connection: number): Promise<void>;
}

/** Connects a tool to the sellers, one after the other, with a standard client. */
export async function connectTool(port: number, { privateKey }: ToolKey): Promise<ConnectedTool> {
  const told = await fetch(`http://127.0.0.1:${port}${TOOL_PATH}`);
  const { toolId } = (await told.json()) as { readonly toolId: string };
  const authentication = oauth.PrivateKeyJwt({ key: privateKey, kid: KEY_ID });
  const config = await oauth.discovery(new URL(ISSUER), toolId, {}, authentication, {
    algorithm: "oauth2",
    [oauth.customFetch]: (url, options) => fetch(hereOf(url, port), options as RequestInit),
  });
  const DPoP = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());
  const refreshTokens: string[] = [];
  for (const [seller] of SELLERS.entries()) refreshTokens.push(await connect(port, seller, config, DPoP));
  return {
    async renew(connection) {
      const token = refreshTokens[connection % refreshTokens.length] ?? "";
      const renewed = await oauth.refreshTokenGrant(config, token, undefined, { DPoP });
      if (renewed.refresh_token !== undefined && renewed.refresh_token !== token)
        throw new Error("the refresh token of a tool with a key is not rotated");
    },
  };
}

async function connect(
  port: number,
  seller: number,
  config: oauth.Configuration,
  DPoP: oauth.DPoPHandle,
): Promise<string> {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const parameters = {
    redirect_uri: BACK,
    scope: "orders.read",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    authorization_details: JSON.stringify([DETAIL]),
    state,
  };
  const asked = await oauth.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
  const back = await agree(asked, await logIn(port, seller), port);
  const checks = { expectedState: state, pkceCodeVerifier: verifier };
  const tokens = await oauth.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
  return tokens.refresh_token ?? "";
}

/** The seller's browser: reads the page it is sent to, and agrees. @returns where the tool gets it back */
async function agree(asked: URL, { cookie = "", ...person }: Proof, port: number): Promise<URL> {
  const cookies = new Map(cookie.split("; ").map((one) => [one.slice(0, one.indexOf("=")), one]));
  async function go(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = { ...person, ...init.headers, cookie: [...cookies.values()].join("; ") };
    const answer = await fetch(hereOf(url.href, port), { ...init, headers, redirect: "manual" });
    for (const set of answer.headers.getSetCookie()) {
      const [one = ""] = set.split(";");
      cookies.set(one.slice(0, one.indexOf("=")), one);
    }
    return answer;
  }
  const page = new URL((await go(asked)).headers.get("location") ?? "", asked);
  const [, seen = ""] = /name="seen" value="([^"]*)"/.exec(await (await go(page)).text()) ?? [];
  const body = new URLSearchParams({ decision: "allow", seen, days: "" });
  let answer = await go(page, { method: "POST", body, headers: { "sec-fetch-site": "same-origin" } });
  for (let step = 0; step < 5; step++) {
    const location = new URL(answer.headers.get("location") ?? "about:nowhere", asked);
    if (location.origin !== asked.origin) return location;
    answer = await go(location);
  }
  throw new Error("The seller's browser does not come back to the tool");
}

/** The server is the issuer that stands in production behind TLS; here it is asked at its own port. */
function hereOf(url: string, port: number): string {
  return url.replace(new URL(ISSUER).origin, `http://127.0.0.1:${port}`);
}
