import { generateKeyPairSync, hash, type KeyObject, randomUUID, sign, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createServer as createHttps, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createServer } from "node:tls";
import type { PGlite } from "@electric-sql/pglite";
import { REASONS, type Reason } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CERTIFICATE_PEM } from "../../packages/auth/test/certificate.ts";
import { someProver, type TestProver } from "../../packages/auth/test/proofs.ts";
import { TLS } from "../../packages/auth/test/tls.ts";
import { openSlowDatabase } from "../fixtures/slow-database.ts";
import { BACK, DETAIL, openTokenMarket, type TokenMarket } from "../fixtures/token-market.ts";

/*
 * A tool written by hand on RFC 6749, 7523 and 9449: no client library, so that each word it says can be wrong.
 */

const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

let database: PGlite;
let market: TokenMarket;
let node: string;
let tool: Tool;
/** Whether who is at the other end is a proxy of the marketplace's. */
let isProxied = true;

interface Tool {
  readonly toolId: string;
  readonly key: KeyObject;
  readonly prover: TestProver;
}

beforeAll(async () => {
  database = await openSlowDatabase();
  market = await openTokenMarket({
    database,
    tools: { certificateHeader: "Client-Cert" },
  });
  market.shop.app.set("trust proxy", (address: string) => address === "127.0.0.1" && isProxied);
  node = await market.openNode();
  tool = await register();
});
afterAll(async () => {
  await market.close();
  await database.close();
});

async function register(): Promise<Tool> {
  const { privateKey: key, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "ES256" }] };
  const { toolId } = await market.makeTool({ jwks });
  await market.sign(toolId, "S1");
  const { grants, register: book } = market.garim.tools;
  const by = { kind: "staff", id: "kim", sellerId: "S1" } as const;
  const contracts = { agreement: book.agreement(toolId), contract: book.contract("S1", toolId) };
  const scope = { kinds: 3, purposes: ["fulfilment"], states: ["open"], endsAt: null } as const;
  await grants.make({ toolId, sellerId: "S1", ...scope, by, ...contracts });
  return { toolId, key, prover: someProver() };
}

const seconds = (): number => Math.floor(Date.now() / 1_000);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An assertion as it should be, unless said otherwise. */
function assert(
  { toolId, key }: Tool,
  claims: object = {},
  header: object = {},
  signer: KeyObject = key,
): string {
  const whole = {
    iss: toolId,
    sub: toolId,
    aud: market.issuer,
    jti: randomUUID(),
    exp: seconds() + 60,
    ...claims,
  };
  const input = `${encode({ alg: "ES256", kid: "k1", ...header })}.${encode(whole)}`;
  const signature = sign("sha256", Buffer.from(input), { key: signer, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

interface Asked {
  readonly assertion?: string;
  readonly proof?: string | null;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly at?: string;
}

interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const proofOf = ({ prover }: Tool, claims: object = {}): string =>
  prover.prove("", {
    htm: "POST",
    htu: `${market.issuer}/token`,
    jti: randomUUID(),
    iat: seconds(),
    ath: undefined,
    ...claims,
  });

async function ask(asked: Asked = {}, who: Tool = tool): Promise<Told> {
  const {
    assertion = assert(who),
    proof = proofOf(who),
    form = {},
    headers = {},
    at = market.origin,
  } = asked;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    scope: "orders.read",
    authorization_details: JSON.stringify([DETAIL]),
    ...(assertion === "" ? {} : { client_assertion_type: TYPE, client_assertion: assertion }),
    ...form,
  });
  const answer = await fetch(`${at}/oauth/token`, {
    method: "POST",
    headers: { ...(proof === null ? {} : { dpop: proof }), ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Told["body"] };
}

const sum = ({ status, body }: Told): string => [status, body["error"] ?? body["token_type"]].join(" ");

describe("a tool written by hand", () => {
  it("[J6] gets a token, at any node", async () => {
    expect(sum(await ask())).toBe("200 DPoP");
    expect(sum(await ask({ at: node }))).toBe("200 DPoP");
  });

  it("[J6] reads where everything is, at the well-known address", async () => {
    const known = `${market.origin}/.well-known/oauth-authorization-server/oauth`;
    const metadata = (await (await fetch(known)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      issuer: market.issuer,
      token_endpoint: `${market.issuer}/token`,
      require_pushed_authorization_requests: true,
      authorization_response_iss_parameter_supported: true,
      authorization_details_types_supported: ["order_pii"],
    });
    const { keys } = (await (await fetch(String(metadata["jwks_uri"]))).json()) as { keys: object[] };
    expect(keys).toEqual(market.garim.tools.keys.publicSet().keys);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  it("[J6] is told that nothing of its request may be kept", async () => {
    const answer = await fetch(`${market.issuer}/token`, { method: "POST", body: new URLSearchParams() });
    expect(answer.headers.get("cache-control")).toContain("no-store");
  });
});

describe("an assertion", () => {
  it.each<[string, () => string]>([
    ["for the token endpoint", () => assert(tool, { aud: `${market.issuer}/token` })],
    ["for a list of audiences", () => assert(tool, { aud: [market.issuer] })],
    ["for another server too", () => assert(tool, { aud: [market.issuer, "https://evil.example"] })],
    ["for the issuer with a slash", () => assert(tool, { aud: `${market.issuer}/` })],
    ["without audience", () => assert(tool, { aud: undefined })],
    ["of another tool", () => assert(tool, { iss: "tool-other" })],
    ["without end", () => assert(tool, { exp: undefined })],
    ["that ended", () => assert(tool, { exp: seconds() - 60 })],
    ["that lives an hour", () => assert(tool, { exp: seconds() + 3_600 })],
    ["that is not valid yet", () => assert(tool, { nbf: seconds() + 120 })],
    ["without id", () => assert(tool, { jti: undefined })],
    ["with an id of a thousand characters", () => assert(tool, { jti: "x".repeat(1_000) })],
    [
      "without algorithm",
      () => `${encode({ alg: "none" })}.${encode({ iss: tool.toolId, sub: tool.toolId })}.`,
    ],
    ["said to be signed with HMAC", () => assert(tool, {}, { alg: "HS256" })],
    [
      "signed with another key",
      () => assert(tool, {}, {}, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey),
    ],
    [
      "that brings its own key",
      () => {
        const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        return assert(tool, {}, { kid: undefined, jwk: publicKey.export({ format: "jwk" }) }, privateKey);
      },
    ],
    ["that is no JWT", () => "x"],
    ["of nobody", () => assert({ ...tool, toolId: "tool-unknown" })],
  ])("[J6] %s is refused", async (_, make) => {
    expect(sum(await ask({ assertion: make() }))).toMatch(/^(400 invalid_request|401 invalid_client)$/);
  });

  it("[J6] counts once, though ten come at two nodes at one time", async () => {
    const assertion = assert(tool);
    const tries = Array.from({ length: 10 }, (_, i) =>
      ask({ assertion, at: i % 2 === 0 ? market.origin : node }),
    );
    const told = (await Promise.all(tries)).map(sum);
    expect(told.filter((one) => one === "200 DPoP")).toHaveLength(1);
    expect(told.filter((one) => one === "401 invalid_client")).toHaveLength(9);
  });

  it("[V10.4.10] [J6] is refused without saying what is wrong with it", async () => {
    const [wrong, unknown] = [
      await ask({ assertion: assert(tool, { aud: "x" }) }),
      await ask({ assertion: assert({ ...tool, toolId: "tool-unknown" }) }),
    ];
    const told = ({ body: { trace_id: _, ...rest } }: Told) => rest;
    expect(told(wrong)).toEqual(told(unknown));
    expect(told(wrong)).toMatchObject({ reason: "tool-unproven", source: "code-2022/tool" });
  });
});

describe("a proof at the token endpoint", () => {
  it("[J6] counts once, though ten come at two nodes at one time", async () => {
    const proof = proofOf(tool);
    const tries = Array.from({ length: 10 }, (_, i) =>
      ask({ proof, at: i % 2 === 0 ? market.origin : node }),
    );
    const told = (await Promise.all(tries)).map(sum);
    expect(told.filter((one) => one === "200 DPoP")).toHaveLength(1);
    expect(told.filter((one) => one === "400 invalid_grant")).toHaveLength(9);
  });

  it.each<[string, () => string | null]>([
    ["none at all", () => null],
    ["one for another address", () => proofOf(tool, { htu: `${market.issuer}/introspection` })],
    ["one for the node's own address", () => proofOf(tool, { htu: `${node}/oauth/token` })],
    ["one for GET", () => proofOf(tool, { htm: "GET" })],
    ["one of ten minutes ago", () => proofOf(tool, { iat: seconds() - 600 })],
    ["one of tomorrow", () => proofOf(tool, { iat: seconds() + 86_400 })],
    ["one without an id", () => proofOf(tool, { jti: undefined })],
    ["no JWT", () => "x"],
  ])("[J6] is wanted, and not %s", async (_, make) => {
    expect(sum(await ask({ proof: make(), at: node }))).toMatch(/^400 invalid_(grant|dpop_proof)$/);
  });

  it("[J6] does not depend on what the request says of its host", async () => {
    const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    expect(sum(await ask({ headers }))).toBe("200 DPoP");
    const proof = proofOf(tool, { htu: "https://evil.example/oauth/token" });
    expect(sum(await ask({ proof, headers }))).toBe("400 invalid_dpop_proof");
  });
});

describe("a refusal", () => {
  it.each<[string, Asked, string]>([
    [
      "of a code nobody has",
      {
        form: {
          grant_type: "authorization_code",
          code: "x",
          code_verifier: "v".repeat(43),
          redirect_uri: BACK,
        },
      },
      "code-void",
    ],
    [
      "of a refresh token nobody has",
      { form: { grant_type: "refresh_token", refresh_token: "x" } },
      "code-void",
    ],
    ["of a proof of no form", { proof: "x" }, "proof-invalid"],
    ["of a scope that is none", { form: { scope: "orders.burn" } }, "request-invalid"],
    ["of details of no form", { form: { authorization_details: "[{}]" } }, "request-invalid"],
    ["of a grant type that is none", { form: { grant_type: "password" } }, "request-invalid"],
  ])("[J6] %s says why, by which rule, what lifts it, and its name", async (_, asked, reason) => {
    const { body } = await ask({ ...asked, headers: { "accept-language": "ko" } });
    const { source, because, remedy } = REASONS[reason as Reason];
    expect(body).toMatchObject({
      ...{ error: expect.any(String), error_description: expect.any(String), trace_id: expect.any(String) },
      ...{ reason, source, because: because.ko, remedy: remedy?.ko },
    });
  });
});

describe("a tool that is not itself", () => {
  it.each<[string, Asked]>([
    ["says only its id", { assertion: "", form: { client_id: "TOOL" } }],
    ["says a secret", { assertion: "", form: { client_id: "TOOL", client_secret: "kept-as-a-hash" } }],
    ["says a secret in its head", { assertion: "", headers: { authorization: "Basic TOOL" } }],
    ["says an assertion and a secret", { headers: { authorization: "Basic TOOL" } }],
    ["says another id beside", { form: { client_id: "tool-other" } }],
    ["says its assertion twice in one", { form: { client_assertion: "x" } }],
  ])("[J6] is refused: %s", async (_, asked) => {
    const basic = Buffer.from(`${tool.toolId}:kept-as-a-hash`).toString("base64");
    const filled = JSON.parse(
      JSON.stringify(asked).replaceAll("Basic TOOL", `Basic ${basic}`).replaceAll("TOOL", tool.toolId),
    ) as Asked;
    expect(sum(await ask(filled))).toMatch(/^(400 invalid_request|401 invalid_client)$/);
  });

  it("[J6] calls from an address it has not registered", async () => {
    const { toolId } = await market.makeTool({ addresses: ["203.0.113.7"] });
    const { body } = await ask({ assertion: assert({ ...tool, toolId }) });
    expect(body).toMatchObject({ error: "invalid_client", reason: "tool-address", source: "pipa/29" });
  });

  it("[V10.4.4] [J6] asks for another kind of grant", async () => {
    for (const grant of ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"])
      expect(sum(await ask({ form: { grant_type: grant } }))).toMatch(
        /^400 (unsupported_grant_type|unauthorized_client)$/,
      );
  });
});

describe("a tool with a certificate", () => {
  const thumbprintOf = (pem: string): string => hash("sha256", new X509Certificate(pem).raw, "base64url");

  async function registerCertificate(pem: string): Promise<Asked> {
    const thumbprint = thumbprintOf(pem);
    const { toolId } = await market.makeTool({
      tier: "certificate",
      jwks: null,
      certificate: { thumbprint },
    });
    await market.sign(toolId, "S1");
    const { grants, register: book } = market.garim.tools;
    const by = { kind: "staff", id: "kim", sellerId: "S1" } as const;
    const contracts = { agreement: book.agreement(toolId), contract: book.contract("S1", toolId) };
    const scope = { kinds: 3, purposes: ["fulfilment"], states: ["open"], endsAt: null } as const;
    await grants.make({ toolId, sellerId: "S1", ...scope, by, ...contracts });
    return { assertion: "", proof: null, form: { client_id: toolId } };
  }

  const boundTo = ({ body }: Told): unknown => {
    const [, claims = ""] = String(body["access_token"]).split(".");
    return (JSON.parse(Buffer.from(claims, "base64url").toString()) as { cnf: unknown }).cnf;
  };

  it("[V10.4.16] [J6] is known by the certificate it registered, and its tokens are bound to it", async () => {
    const asked = await registerCertificate(CERTIFICATE_PEM);
    const headers = { "client-cert": encodeURIComponent(CERTIFICATE_PEM) };
    const told = await ask({ ...asked, headers });
    expect(sum(told)).toBe("200 Bearer");
    expect(boundTo(told)).toEqual({ "x5t#S256": thumbprintOf(CERTIFICATE_PEM) });
    expect(sum(await ask(asked))).toBe("401 invalid_client");
    expect(sum(await ask({ ...asked, headers: { "client-cert": "x" } }))).toBe("401 invalid_client");
  });

  it("[J6] is not known by a header of somebody who is no proxy of the marketplace's", async () => {
    const asked = await registerCertificate(CERTIFICATE_PEM);
    const headers = { "client-cert": encodeURIComponent(CERTIFICATE_PEM) };
    isProxied = false;
    expect(sum(await ask({ ...asked, headers }))).toBe("401 invalid_client");
    // The second node's app names no proxy at all.
    isProxied = true;
    expect(sum(await ask({ ...asked, headers, at: node }))).toBe("401 invalid_client");
  });

  it("[V10.4.16] [J6] is known by the connection's own TLS, whatever a header says", async () => {
    const asked = await registerCertificate(TLS.cert);
    const server = createHttps(
      { ...TLS, requestCert: true, rejectUnauthorized: false },
      market.shop.app as never,
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    isProxied = false;
    const [known, other] = [await askByTls(port, asked, TLS), await askByTls(port, asked, null)];
    isProxied = true;
    server.close();
    expect(sum(known)).toBe("200 Bearer");
    expect(boundTo(known)).toEqual({ "x5t#S256": thumbprintOf(TLS.cert) });
    expect(sum(other)).toBe("401 invalid_client");
  });

  /** With a header that names the wrong certificate to who has the right one, and the right one to who has none. */
  async function askByTls(port: number, { form }: Asked, own: typeof TLS | null): Promise<Told> {
    const call = httpsRequest({
      ...(own ?? {}),
      ...{ host: "127.0.0.1", port, path: "/oauth/token", method: "POST" },
      ...{ rejectUnauthorized: false, agent: false },
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "client-cert": encodeURIComponent(own === null ? TLS.cert : CERTIFICATE_PEM),
      },
    });
    const details = JSON.stringify([DETAIL]);
    const asked = { grant_type: "client_credentials", scope: "orders.read", authorization_details: details };
    call.end(new URLSearchParams({ ...asked, ...form }).toString());
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: (await json(answer)) as Told["body"] };
  }
});

describe("the address of a tool's keys", () => {
  it("[J6] is not called where it is private", async () => {
    let calls = 0;
    const server = createServer({}, () => void calls++).listen(0, "127.0.0.1");
    server.on("tlsClientError", () => void calls++);
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      const { toolId } = await market.makeTool({ jwks: null, jwksUri: `https://${host}:${port}/jwks` });
      expect(sum(await ask({ assertion: assert({ ...tool, toolId }) }))).toBe("401 invalid_client");
    }
    expect(calls).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });
});
