import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSpool } from "@garim/express";
import { importJWK, SignJWT } from "jose";
import type * as oauth from "openid-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formatCheckpoint } from "../../packages/audit/src/note/checkpoint.ts";
import { ed25519Signer } from "../../packages/audit/src/note/signer.ts";
import { type Begun, begin, fetchFile } from "../fixtures/download-shop.ts";
import { lineOf, orderLine, type Person } from "../fixtures/shop.ts";
import {
  askTokens,
  BACK,
  consent,
  DETAIL,
  openTokenMarket,
  readLines,
  sendReceipt,
  startFlow,
  type TestClient,
  type TokenMarket,
} from "../fixtures/token-market.ts";
import { totpCode } from "../fixtures/totp.ts";

/*
 * Everything the token server gives or takes, shown at every place that takes one of them. Each is right at one place alone.
 */

type Kind =
  | "access token"
  | "id token"
  | "receipts token"
  | "refresh token"
  | "code"
  | "assertion"
  | "proof"
  | "request_uri"
  | "secret"
  | "session"
  | "authenticator code"
  | "checkpoint"
  | "export link";

let market: TokenMarket;
let client: TestClient;
let verifier: string;
let shipper: Person;
let file: Begun;
const folder = mkdtempSync(join(tmpdir(), "garim-kinds-"));
const given = new Map<Kind, string>();

beforeAll(async () => {
  market = await openTokenMarket({
    isSpread: true,
    garim: { downloads: { spool: fileSpool(folder) } },
    mount(app, garim) {
      app.post("/exports", garim.download(orderLine, { count: () => 1 }), (_req, res) =>
        res.rows([lineOf({ confirmedAt: null })]),
      );
      app.use("/exports", garim.downloads());
    },
  });
  client = await market.makeTool();
  await market.sign(client.toolId, "S1");
  const owner = await market.owner("S1");
  const first = await startFlow(client);
  const code = (await consent(owner, first.url)).searchParams.get("code") ?? "";
  const form = { code, code_verifier: first.verifier, redirect_uri: BACK };
  const tokens = (await askTokens(client, "authorization_code", form)) as oauth.TokenEndpointResponse;
  expect((await readLines(market, client, tokens.access_token)).status).toBe(200);
  const receipts = (await askTokens(client, "client_credentials", {
    scope: "garim:receipts",
  })) as oauth.TokenEndpointResponse;
  given.set("receipts token", receipts.access_token);
  const fresh = await startFlow(client);
  given.set("access token", tokens.access_token);
  given.set("refresh token", tokens.refresh_token ?? "");
  given.set("request_uri", fresh.url.searchParams.get("request_uri") ?? "");
  given.set("assertion", await sign({ iss: client.toolId, sub: client.toolId, aud: market.issuer }));
  given.set("proof", await sign({ htm: "POST", htu: `${market.issuer}/token` }, "dpop+jwt"));
  given.set("secret", "kept-as-a-hash");
  // What people prove by, and what auditors are shown: nothing of it is a tool's.
  given.set("session", owner.headers["cookie"]?.split("; ")[0]?.split("=").slice(1).join("=") ?? "");
  given.set("authenticator code", totpCode(owner.secret, Date.now()));
  given.set("checkpoint", await signedCheckpoint());
  given.set("id token", await idToken());
  shipper = await market.owner("S1", "downloader");
  file = await begin(shipper);
  await vi.waitFor(async () =>
    expect(await (await shipper.get(`/exports/${file.id}`)).json()).toMatchObject({ state: "ready" }),
  );
  given.set("export link", file.link);
  // Of another seller: a second consent of the same one takes the place of the first, with its refresh token.
  await market.sign(client.toolId, "S2");
  const second = await startFlow(client);
  verifier = second.verifier;
  given.set("code", (await consent(await market.owner("S2"), second.url)).searchParams.get("code") ?? "");
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The token server issues none; one as another would sign it, by the very key that signs access tokens. */
async function idToken(): Promise<string> {
  const { kid, algorithm, privateJwk } = market.garim.tools.keys.signing();
  return new SignJWT({ nonce: "n-1", auth_time: Math.floor(Date.now() / 1_000) })
    .setProtectedHeader({ alg: algorithm, typ: "JWT", kid })
    .setIssuer(market.issuer)
    .setAudience(client.toolId)
    .setSubject("owner-1")
    .setIssuedAt()
    .setExpirationTime("300s")
    .sign(await importJWK(privateJwk, algorithm));
}

/** What of a checkpoint fits where a token does: its signature. */
async function signedCheckpoint(): Promise<string> {
  const signer = ed25519Signer("market.example/log", new Uint8Array(32).fill(7));
  const checkpoint = { origin: signer.name, size: 1, root: new Uint8Array(32), extensions: [] };
  return Buffer.from(await signer.sign(Buffer.from(formatCheckpoint(checkpoint)))).toString("base64url");
}

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
    "the receipts",
    "receipts token",
    async (text) =>
      (await sendReceipt(market, client, text, { sellerId: "S1", orderIds: ["1"] })).status === 201,
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
    "a file",
    "export link",
    async (text) =>
      (await fetchFile(shipper, { id: file.id, link: encodeURIComponent(text) })).status === 200,
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
    for (const [kind, text] of given) {
      expect([kind, text.length > 5]).toEqual([kind, true]);
      // Who reads may say what it destroyed, too.
      const isRight = kind === right || (right === "receipts token" && kind === "access token");
      if (!isRight) expect([kind, await take(text)]).toEqual([kind, false]);
    }
    const own = right === null ? undefined : given.get(right);
    if (own !== undefined) expect(await take(own)).toBe(true);
  });
});
