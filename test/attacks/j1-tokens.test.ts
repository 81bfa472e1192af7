import { createHmac, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createTokenVerifier, type TokenFault } from "@garim/auth";
import { describe, expect, it } from "vitest";

import {
  API,
  CLAIMS,
  encode,
  HEADER,
  type Members,
  NOON_SECONDS,
  someIssuer,
  trust,
} from "../../packages/auth/test/tokens.ts";

const issuer = someIssuer();
const stranger = someIssuer();
const { mint, signText } = issuer;
const verifier = createTokenVerifier(trust(issuer));

/** The parts of a right token. */
const right = mint();
const [head = "", body = "", signature = ""] = right.split(".");

/** The issuer's key as anybody knows it: as a JWK, and as the text of a PEM file. */
const publicJwk = issuer.jwks.keys[0] as Members;
const pem = createPublicKey(issuer.privateKey).export({ type: "spki", format: "pem" });

const headerText = (more: Members) => JSON.stringify({ ...HEADER, ...more });
const claimsText = (more: Members) => JSON.stringify({ ...CLAIMS, ...more });

/** Signed by a stranger under a header of their choice. */
function forge(header: Members): string {
  return stranger.signText(headerText(header), claimsText({}));
}

/** The right token's parts under another header, with a signature of one's choice. */
function reheaded(header: Members, signed: (input: string) => string): string {
  const input = `${encode(headerText(header))}.${body}`;
  return `${input}.${signed(input)}`;
}

const hmac = (key: string) => (input: string) => createHmac("sha256", key).update(input).digest("base64url");
const same = () => signature;
const none = () => "";

/** Names of keys that mean something to a file system, a database or JavaScript. */
const KIDS = [
  "../../../../dev/null",
  "/etc/passwd",
  "k1' OR '1'='1",
  "k1 UNION SELECT 'secret'",
  "k1;--",
  "https://evil.example/jwks.json",
  "__proto__",
  "constructor",
  "K1",
  "k1 ",
  "k",
];

/** Signed by the issuer, each: one thing is wrong, and nothing else. */
const SIGNED: readonly (readonly [string, TokenFault, string])[] = [
  ["member alg twice", "json", signText(headerText({}).replace("{", '{"alg":"none",'), claimsText({}))],
  [
    "alg twice, once in escapes",
    "json",
    signText(headerText({}).replace("{", '{"\\u0061lg":"none",'), claimsText({})),
  ],
  ["kid twice", "json", signText(headerText({}).replace("{", '{"kid":"k0",'), claimsText({}))],
  ["exp twice", "json", signText(headerText({}), claimsText({}).replace("{", '{"exp":1,'))],
  ["aud twice", "json", signText(headerText({}), claimsText({}).replace("{", `{"aud":"${API}",`))],
  [
    "a member of a member twice",
    "json",
    signText(headerText({}), claimsText({ cnf: "CNF" }).replace('"CNF"', '{"jkt":"a","jkt":"b"}')),
  ],
  ["an alg in escapes", "header", signText(headerText({}).replace("ES256", "\\u0045S256"), claimsText({}))],
  [
    "a member's name in escapes",
    "header",
    signText(headerText({}).replace('"typ"', '"t\\u0079p"'), claimsText({})),
  ],
  ["a byte order mark before the header", "json", signText(`\ufeff${headerText({})}`, claimsText({}))],
  ["a byte order mark before the payload", "json", signText(headerText({}), `\ufeff${claimsText({})}`)],
  ["a header that is a list", "json", signText(`[${headerText({})}]`, claimsText({}))],
  ["a payload that is a list", "json", signText(headerText({}), `[${claimsText({})}]`)],
  ["no payload", "json", signText(headerText({}), "")],
  ["another token as payload", "json", signText(headerText({}), right)],
  ["another token as payload, said so", "header", signText(headerText({ cty: "JWT" }), right)],
  ["another token in a text", "json", signText(headerText({}), JSON.stringify(right))],
  [
    "claims nested deep",
    "json",
    signText(headerText({}), claimsText({ a: "A" }).replace('"A"', "[".repeat(2_000) + "]".repeat(2_000))),
  ],
  ["no alg", "header", mint({}, { alg: undefined })],
  ["an alg in a list", "header", mint({}, { alg: ["ES256"] })],
  ["alg es256", "algorithm", mint({}, { alg: "es256" })],
  ["alg ES256 and a blank", "algorithm", mint({}, { alg: "ES256 " })],
  ["alg ES256K", "algorithm", mint({}, { alg: "ES256K" })],
  ["alg ES384 over an ES256 signature", "algorithm", mint({}, { alg: "ES384" })],
  ["alg EdDSA over an ES256 signature", "key", mint({}, { alg: "EdDSA" })],
  ["alg toString", "algorithm", mint({}, { alg: "toString" })],
  ["alg nothing", "algorithm", mint({}, { alg: "" })],
  ["no kid", "header", mint({}, { kid: undefined })],
  ["a kid in a list", "header", mint({}, { kid: ["k1"] })],
  ["a kid that is a number", "header", mint({}, { kid: 1 })],
  ["a kid that is an object", "header", mint({}, { kid: { toString: "k1" } })],
  ["a kid with a zero byte", "header", mint({}, { kid: "k1\u0000" })],
  ...KIDS.map((kid) => [`kid ${kid}`, "key", mint({}, { kid })] as const),
  ["crit of what nobody knows", "header", mint({}, { crit: ["exp"], exp: 1 })],
  ["crit of nothing", "header", mint({}, { crit: [] })],
  ["b64 false", "header", mint({}, { b64: false, crit: ["b64"] })],
  ["b64 false without crit", "header", mint({}, { b64: false })],
  ["a compressed payload", "header", mint({}, { zip: "DEF" })],
  ["its own key embedded", "header", mint({}, { jwk: publicJwk })],
  ["no typ", "type", mint({}, { typ: undefined })],
  ["no exp", "lifetime", mint({ exp: undefined })],
  ["exp null", "lifetime", mint({ exp: null })],
  ["exp a text", "lifetime", mint({ exp: String(NOON_SECONDS + 60) })],
  ["exp with a fraction", "lifetime", mint({ exp: NOON_SECONDS + 60.5 })],
  ["exp NaN", "json", signText(headerText({}), claimsText({ exp: "E" }).replace('"E"', "NaN"))],
  ["exp 1e308", "lifetime", mint({ exp: 1e308 })],
  ["exp 1e400", "lifetime", signText(headerText({}), claimsText({ exp: "E" }).replace('"E"', "1e400"))],
  ["exp below zero", "lifetime", mint({ exp: -1 })],
  ["exp in milliseconds", "lifetime", mint({ exp: (NOON_SECONDS + 60) * 1_000 })],
  ["exp in a year", "lifetime", mint({ exp: NOON_SECONDS + 31_536_000 })],
  ["exp in 301 seconds", "lifetime", mint({ exp: NOON_SECONDS + 301 })],
  [
    "exp in a year, and iat with it",
    "early",
    mint({ iat: NOON_SECONDS + 31_536_000, exp: NOON_SECONDS + 31_536_300 }),
  ],
  ["exp now", "expired", mint({ iat: NOON_SECONDS - 300, exp: NOON_SECONDS })],
  ["no iat", "lifetime", mint({ iat: undefined })],
  ["iat after exp", "lifetime", mint({ iat: NOON_SECONDS + 61, exp: NOON_SECONDS + 60 })],
  ["nbf a text", "lifetime", mint({ nbf: "0" })],
  ["nbf to come", "early", mint({ nbf: NOON_SECONDS + 200 })],
  ["two audiences, ours first", "audience", mint({ aud: [API, "https://other.example"] })],
  ["our audience twice", "audience", mint({ aud: [API, API] })],
  ["no audience", "audience", mint({ aud: undefined })],
  ["an empty list of audiences", "audience", mint({ aud: [] })],
  ["a longer audience", "audience", mint({ aud: `${API}/v2` })],
  ["a list of issuers", "issuer", mint({ iss: [CLAIMS["iss"]] })],
  ["no jti", "claims", mint({ jti: undefined })],
  ["no client", "claims", mint({ client_id: undefined })],
  ["a subject that is a list", "claims", mint({ sub: ["seller-1"] })],
];

/** Made without the issuer's key. */
const FORGED: readonly (readonly [string, TokenFault, unknown])[] = [
  ["alg none without a signature", "algorithm", reheaded({ alg: "none" }, none)],
  ["alg none with the right signature", "algorithm", reheaded({ alg: "none" }, same)],
  ["alg None", "algorithm", reheaded({ alg: "None" }, none)],
  ["alg nOnE", "algorithm", reheaded({ alg: "nOnE" }, none)],
  [
    "HS256 keyed with the public key as JSON",
    "algorithm",
    reheaded({ alg: "HS256" }, hmac(JSON.stringify(publicJwk))),
  ],
  ["HS256 keyed with the public key as PEM", "algorithm", reheaded({ alg: "HS256" }, hmac(String(pem)))],
  ["HS256 keyed with nothing", "algorithm", reheaded({ alg: "HS256" }, hmac(""))],
  ["a stranger's signature", "signature", forge({})],
  ["a stranger's key embedded", "header", forge({ jwk: stranger.jwks.keys[0] })],
  ["a stranger's key embedded, under another kid", "header", forge({ kid: "x", jwk: stranger.jwks.keys[0] })],
  ["an address of keys", "header", forge({ jku: "https://evil.example/jwks.json" })],
  ["an address of certificates", "header", forge({ x5u: "https://evil.example/cert.pem" })],
  ["certificates", "header", forge({ x5c: ["MIIB"] })],
  [
    "another payload under the right signature",
    "signature",
    `${head}.${encode(claimsText({ sub: "seller-2" }))}.${signature}`,
  ],
  ["no signature", "signature", `${head}.${body}.`],
  ["no signature and no dot", "malformed", `${head}.${body}`],
  ["a signature of zeros (CVE-2022-21449)", "signature", `${head}.${body}.${encode(new Uint8Array(64))}`],
  ["the signature in DER", "signature", derSigned()],
  ["a JWE", "malformed", `${encode('{"alg":"dir","enc":"A256GCM"}')}..AAAA.AAAA.AAAA`],
  ["a JWE of three parts", "header", `${encode(headerText({ enc: "A256GCM" }))}.${body}.${signature}`],
  ["JSON serialization", "malformed", JSON.stringify({ protected: head, payload: body, signature })],
  [
    "general JSON serialization",
    "malformed",
    JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] }),
  ],
  ["nothing", "malformed", ""],
  ["dots", "json", ".."],
  ["many dots", "malformed", ".".repeat(8_000)],
  ["no text at all", "malformed", undefined],
  ["null", "malformed", null],
  ["a list with a right token", "malformed", [right]],
  ["an object that says it is one", "malformed", { toString: () => right, length: 3 }],
  ["bytes of a right token", "malformed", Buffer.from(right)],
  ["a right token and 8 kB", "malformed", right + "A".repeat(8_192)],
  ["100 MB", "malformed", "A".repeat(100_000_000)],
  ["8 kB of open brackets as payload", "signature", `${head}.${encode("[".repeat(4_000))}.${signature}`],
];

function derSigned(): string {
  const input = `${head}.${body}`;
  return `${input}.${encode(sign("sha256", Buffer.from(input), issuer.privateKey))}`;
}

/** What a hand, a proxy or a mail program makes of a token. All have the right token's bytes for a lenient reader. */
const REWRITTEN: readonly (readonly [string, string])[] = [
  ["a blank behind it", `${right} `],
  ["a blank before it", ` ${right}`],
  ["a line end behind it", `${right}\r\n`],
  ["a line end within", `${right.slice(0, 80)}\n${right.slice(80)}`],
  ["a tab within its signature", `${head}.${body}.${signature.slice(0, 9)}\t${signature.slice(9)}`],
  ["padding", `${right}==`],
  ["padding in its header", `${head}=.${body}.${signature}`],
  ["a zero byte behind it", `${right}\u0000`],
  ["a zero width space within", `${right.slice(0, 80)}\u200b${right.slice(80)}`],
  ["full-width dots", `${head}．${body}．${signature}`],
  ["letters of plain base64", [head, body, swapLetters(signature)].join(".")],
  ["unused bits set", right.slice(0, -1) + nextLetter(right.slice(-1))],
  ["its scheme before it", `Bearer ${right}`],
  ["quotes around it", `"${right}"`],
  ["a second token behind a comma", `${right},${right}`],
];

/** `-` and `_` as plain base64 has them; one of the two stands in for the other where the signature has neither. */
function swapLetters(text: string): string {
  const swapped = text.replaceAll("-", "+").replaceAll("_", "/");
  return swapped === text ? `${text.slice(0, -1)}+` : swapped;
}

/** 64 bytes end in a letter of which four bits are unused. */
function nextLetter(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}

describe("[J1] a tool's token", () => {
  it("is taken where nothing is wrong with it", async () => {
    expect(await verifier.verify(right)).toMatchObject({ kind: "token", id: "token-1" });
    expect(await verifier.verify(signText(headerText({}), claimsText({})))).toMatchObject({ kind: "token" });
  });

  it.each(SIGNED)("[V9.2.1] signed by the issuer with %s is refused (%s)", async (_, fault, token) => {
    expect(await verifier.verify(token)).toMatchObject({ kind: "refuse", fault });
  });

  it.each(FORGED)("[V9.1.1] [V9.1.2] [V9.1.3] forged with %s is refused (%s)", async (_, fault, token) => {
    const refusal = await verifier.verify(token);
    expect(refusal).toMatchObject({ kind: "refuse", reason: "token-invalid", fault });
  });

  it.each(REWRITTEN)("[J3] with %s is refused, by its form", async (_, token) => {
    expect(await verifier.verify(token)).toMatchObject({ reason: "token-invalid", fault: "malformed" });
  });

  it("[V9.1.2] is no HS256 one keyed with an RSA key's public half, where RSA is taken", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256" };
    const trusting = trust({ jwks: { keys: [jwk] } }, { algorithms: ["RS256", "PS256"] });
    const key = String(publicKey.export({ type: "spki", format: "pem" }));
    for (const secret of [key, key.trim(), JSON.stringify(jwk), jwk.n ?? ""]) {
      const token = reheaded({ alg: "HS256" }, hmac(secret));
      expect(await createTokenVerifier(trusting).verify(token)).toMatchObject({ fault: "algorithm" });
    }
  });

  it("tells a forger nothing but that it is not valid", async () => {
    const refusals = await Promise.all(FORGED.map(([, , token]) => verifier.verify(token)));
    expect(new Set(refusals.map((refusal) => "reason" in refusal && refusal.reason))).toEqual(
      new Set(["token-invalid"]),
    );
  });

  it("stays out of refusals: neither its text nor what it claims is repeated", async () => {
    for (const [, , token] of [...SIGNED, ...FORGED]) {
      const text = JSON.stringify(await verifier.verify(token));
      expect(text).not.toMatch(/seller-1|tool-1|token-1|eyJ/);
    }
  });
});
