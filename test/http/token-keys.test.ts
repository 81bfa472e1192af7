import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair } from "jose";
import * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  DETAIL,
  openTokenMarket,
  reachCode,
  redeem,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";

type Answer = "keys" | "moved" | "broken" | "page" | "large" | "no-set" | "cut" | "others";

let market: TokenMarket;
let server: Server;
let address: string;
let answer: Answer = "keys";
let key: CryptoKey;
let jwk: object;
let asked = 0;

beforeAll(async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  key = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ES256" };
  server = createServer((_req, res) => {
    asked += 1;
    if (answer === "cut") return void res.socket?.destroy();
    if (answer === "moved") return void res.writeHead(302, { location: "/elsewhere" }).end();
    if (answer === "broken") return void res.writeHead(500).end("{}");
    const bodies = {
      keys: JSON.stringify({ keys: [jwk] }),
      others: JSON.stringify({ keys: [{ ...jwk, kid: "k2" }] }),
      page: "<html>",
      large: JSON.stringify({ keys: [jwk], pad: "x".repeat(65_536) }),
      "no-set": "[]",
    } as const;
    res.end(bodies[answer]);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  market = await openTokenMarket({ server: { dangerouslyAllowPrivateJwks: true } });
});
afterAll(async () => {
  vi.useRealTimers();
  await market.close();
  server.close();
});

let nextPath = 1;

/** A tool whose keys lie at an address of its own, that a seller connected while they could be had. */
async function connected(): Promise<{ readonly client: TestClient; readonly refresh: string }> {
  answer = "keys";
  const client = await market.makeTool({ jwks: null, jwksUri: `${address}/${nextPath++}` });
  const authentication = oauth.PrivateKeyJwt({ key, kid: "k1" });
  const options: oauth.DiscoveryRequestOptions = {
    execute: [oauth.allowInsecureRequests],
    algorithm: "oauth2",
  };
  const config = await oauth.discovery(new URL(market.issuer), client.toolId, {}, authentication, options);
  const own = { ...client, config, dpop: oauth.getDPoPHandle(config, client.dpopKeys) };
  const { code, verifier } = await reachCode(market, own, "S1");
  const tokens = await redeem(own, code, verifier);
  if (typeof tokens === "string") throw new Error(tokens);
  return { client: own, refresh: tokens.refresh_token ?? "" };
}

/** What the token endpoint answers. */
async function ask({ config, dpop }: TestClient): Promise<readonly [string, string]> {
  const parameters = { scope: "orders.read", authorization_details: JSON.stringify([DETAIL]) };
  try {
    await oauth.clientCredentialsGrant(config, parameters, { DPoP: dpop });
    return ["given", ""];
  } catch (error) {
    const { error: code, error_description: text = "" } = error as oauth.ResponseBodyError;
    return [code, text];
  }
}

/** A later minute: what was read of keys before is old. */
function later(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 70_000 });
}

describe("a tool whose keys lie at an address", () => {
  it.each([
    ["moved", "redirect", "redirect"],
    ["broken", "status", "(500)"],
    ["page", "not-json", "no JSON"],
    ["large", "too-large", "64 KiB"],
    ["no-set", "no-key-set", "no set of public keys"],
    ["cut", "network", "broke"],
    ["others", "no-such-key", "kid and alg"],
  ] as const)(
    "[J6] is told why they cannot be used: %s; nothing is half done, and it goes on once they can",
    async (odd, fault, word) => {
      const { client, refresh } = await connected();
      later();
      answer = odd;
      const { length } = market.shop.diagnostics;
      expect(await ask(client)).toEqual(["invalid_client", expect.stringContaining(word)]);
      const said = market.shop.diagnostics.slice(length);
      expect(said).toContainEqual(
        expect.objectContaining({ error: "invalid_client", keys: fault, toolId: client.toolId }),
      );
      expect(JSON.stringify(said)).not.toContain("client_assertion");
      expect(market.garim.tools.grants.find(client.toolId, "S1")?.revokedAt).toBeNull();
      later();
      answer = "keys";
      expect(await ask(client)).toEqual(["given", ""]);
      const renewed = await oauth.refreshTokenGrant(client.config, refresh, {}, { DPoP: client.dpop });
      expect(renewed.refresh_token).toBe(refresh);
    },
  );

  it("does not have this server call its address again and again by whoever names it", async () => {
    const { client } = await connected();
    later();
    answer = "cut";
    const before = asked;
    for (let i = 0; i < 5; i++) await ask(client);
    expect(asked - before).toBe(1);
  });
});

describe("an application with the address of keys", () => {
  const apply = async (jwksUri: string): Promise<readonly [number, string]> => {
    const application = {
      name: { ko: "송장도우미", en: "Label Helper" },
      jwksUri,
      redirectUris: ["https://tool.example/back"],
      addresses: ["127.0.0.1"],
      ownerContact: "security@tool.example",
    };
    const response = await fetch(`${market.issuer}/tools`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(application),
    });
    const { error_description: text = "" } = (await response.json()) as {
      readonly error_description?: string;
    };
    return [response.status, text];
  };

  it.each([
    ["moved", "redirect"],
    ["broken", "(500)"],
    ["page", "no JSON"],
    ["large", "64 KiB"],
    ["no-set", "no set of public keys"],
  ] as const)(
    "is refused where they cannot be had (%s), says why, and registers nothing",
    async (odd, word) => {
      vi.useRealTimers();
      answer = odd;
      const { length } = market.garim.tools.tools.list();
      expect(await apply(`${address}/apply`)).toEqual([400, expect.stringContaining(word)]);
      expect(market.garim.tools.tools.list()).toHaveLength(length);
    },
  );

  it("is taken where they lie there, and no more than ten times an hour asks for any", async () => {
    answer = "keys";
    expect(await apply(`${address}/apply`)).toEqual([201, ""]);
    const statuses: number[] = [];
    const before = asked;
    for (let i = 0; i < 8; i++) statuses.push((await apply(`${address}/apply`))[0]);
    expect(statuses.at(-1)).toBe(429);
    expect(asked - before).toBeLessThanOrEqual(4);
  });
});
