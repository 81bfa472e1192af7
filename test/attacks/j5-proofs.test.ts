import { createHmac } from "node:crypto";
import { createSenderChecks, createTokenVerifier, type SenderFault, type SentToken } from "@garim/auth";
import { describe, expect, it } from "vitest";
import { handClock } from "../../packages/auth/test/people.ts";
import { LINES_URL, proofClaims, sentBy, slowState, someProver } from "../../packages/auth/test/proofs.ts";
import { encode, type Members, NOON_SECONDS, someIssuer, trust } from "../../packages/auth/test/tokens.ts";

const issuer = someIssuer();
const prover = someProver();
const stranger = someProver();

const text = issuer.mint({ cnf: { jkt: prover.thumbprint } });
const token = await createTokenVerifier(trust(issuer)).verify(text);
if (token.kind === "refuse") throw new Error(token.fault);
const boundToken = token;

/** Two nodes on one store, every answer of which takes 5 ms. */
function startNodes() {
  const clock = handClock();
  const state = slowState(clock);
  return [1, 2].map(() => createSenderChecks({ state, clock }));
}

const nodes = startNodes();

async function faultOf(sent: SentToken): Promise<SenderFault | undefined> {
  const [one, other] = await Promise.all(nodes.map((node) => node.check(boundToken, sent)));
  expect(one?.fault).toBe(other?.fault);
  return one?.fault;
}

const head = (more: Members = {}) =>
  JSON.stringify({ alg: "ES256", typ: "dpop+jwt", jwk: prover.publicJwk, ...more });
const body = (more: Members = {}) => JSON.stringify({ ...proofClaims(text), ...more });
const proved = (claims: Members = {}, header: Members = {}) => prover.prove(text, claims, header);

/** A proof with another signature: of nobody, or of a key everybody knows. */
function resigned(header: Members, sign: (input: string) => string): string {
  const input = `${encode(head(header))}.${encode(body())}`;
  return `${input}.${sign(input)}`;
}

const hmac = (key: string) => (input: string) => createHmac("sha256", key).update(input).digest("base64url");

const privateJwk = prover.privateKey.export({ format: "jwk" });
const [header = "", payload = "", signature = ""] = proved().split(".");

/** The same two numbers in the form of X.509, which a verifier of JWS must not take. */
function asDer(raw: string): string {
  const bytes = Buffer.from(raw, "base64url");
  const number = (part: Buffer): Buffer => {
    const padded = (part[0] ?? 0) < 0x80 ? part : Buffer.concat([Buffer.of(0), part]);
    return Buffer.concat([Buffer.of(2, padded.length), padded]);
  };
  const both = Buffer.concat([number(bytes.subarray(0, 32)), number(bytes.subarray(32))]);
  return encode(Buffer.concat([Buffer.of(0x30, both.length), both]));
}

/** One thing is wrong in each, and nothing else. */
const PROOFS: readonly (readonly [string, SenderFault, string | undefined])[] = [
  ["no proof", "missing", undefined],
  ["an empty header", "malformed", ""],
  ["two headers joined", "malformed", `${proved()}, ${proved()}`],
  ["a blank behind", "malformed", `${proved()} `],
  ["padding", "malformed", `${proved()}=`],
  ["four parts", "malformed", `${proved()}.AA`],
  ["no signature", "malformed", `${header}.${payload}.`],
  ["a proof of 4,097 characters", "malformed", proved({ pad: "x".repeat(3_000) }).padEnd(4_097, "A")],
  ["a long claim", "malformed", proved({ pad: "x".repeat(4_096) })],
  ["typ JWT", "type", proved({}, { typ: "JWT" })],
  ["typ secevent+jwt", "type", proved({}, { typ: "secevent+jwt" })],
  ["typ at+jwt: a token as proof", "type", proved({}, { typ: "at+jwt" })],
  ["typ DPOP+JWT", "type", proved({}, { typ: "DPOP+JWT" })],
  ["no typ", "type", proved({}, { typ: undefined })],
  ["alg none, unsigned", "malformed", resigned({ alg: "none" }, () => "")],
  ["alg none", "algorithm", resigned({ alg: "none" }, () => signature)],
  [
    "alg HS256 keyed with the public key",
    "algorithm",
    resigned({ alg: "HS256" }, hmac(JSON.stringify(prover.publicJwk))),
  ],
  ["alg 1", "algorithm", proved({}, { alg: 1 })],
  ["alg true", "algorithm", proved({}, { alg: true })],
  ["alg in a list", "algorithm", proved({}, { alg: ["ES256"] })],
  ["alg unsupported", "algorithm", proved({}, { alg: "unsupported" })],
  ["alg RS256, which is not on the list", "algorithm", proved({}, { alg: "RS256" })],
  ["alg EdDSA over a key of P-256", "key", proved({}, { alg: "EdDSA" })],
  ["no alg", "algorithm", proved({}, { alg: undefined })],
  ...[undefined, "", 1, true, null, "foo", [], {}].map(
    (jwk) => [`jwk ${JSON.stringify(jwk)}`, "key", proved({}, { jwk })] as const,
  ),
  ["the private key embedded", "key", proved({}, { jwk: privateJwk })],
  ["a private member beside the public key", "key", proved({}, { jwk: { ...prover.publicJwk, d: "AA" } })],
  ["a symmetric key", "key", proved({}, { jwk: { kty: "oct", k: "AAAA" } })],
  ["a key on another curve", "key", proved({}, { jwk: { ...prover.publicJwk, crv: "P-384" } })],
  ["a key with padding", "key", proved({}, { jwk: { ...prover.publicJwk, x: `${prover.publicJwk["x"]}=` } })],
  [
    "a point that is not on the curve",
    "key",
    proved({}, { jwk: { ...prover.publicJwk, y: prover.publicJwk["x"] } }),
  ],
  ["a key for encryption", "key", proved({}, { jwk: { ...prover.publicJwk, use: "enc" } })],
  ["a key of another algorithm", "key", proved({}, { jwk: { ...prover.publicJwk, alg: "ES384" } })],
  ["jku beside jwk", "header", proved({}, { jku: "https://evil.example/jwks" })],
  ["x5u beside jwk", "header", proved({}, { x5u: "https://evil.example/cert" })],
  ["crit", "header", proved({}, { crit: ["exp"] })],
  ["b64 false", "header", proved({}, { b64: false })],
  ["a compressed payload", "header", proved({}, { zip: "DEF" })],
  ["alg twice", "json", prover.signText(head().replace("{", '{"alg":"none",'), body())],
  ["jwk twice", "json", prover.signText(head().replace("{", '{"jwk":{},'), body())],
  [
    "a member of the key twice",
    "json",
    prover.signText(head().replace('"kty":', '"crv":"P-384","kty":'), body()),
  ],
  ["htu twice", "json", prover.signText(head(), body().replace("{", '{"htu":"https://evil.example/",'))],
  ["jti twice, once in escapes", "json", prover.signText(head(), body().replace("{", '{"\\u006ati":"a",'))],
  ["a payload that is a list", "json", prover.signText(head(), `[${body()}]`)],
  ["no payload", "json", prover.signText(head(), "")],
  ["no jti", "claims", proved({ jti: undefined })],
  ["an empty jti", "claims", proved({ jti: "" })],
  ["a jti that is a number", "claims", proved({ jti: 1 })],
  ["a jti of 257 characters", "claims", proved({ jti: "x".repeat(257) })],
  ["a jti with a zero byte", "claims", proved({ jti: "a\u0000b" })],
  ["no iat", "claims", proved({ iat: undefined })],
  ["an iat that is a text", "claims", proved({ iat: String(NOON_SECONDS) })],
  ["an iat with a fraction", "claims", proved({ iat: NOON_SECONDS + 0.5 })],
  ["an iat in milliseconds", "time", proved({ iat: NOON_SECONDS * 1_000 })],
  ["a nonce that is null", "claims", proved({ nonce: null })],
  ["an iat 301 s ago", "time", proved({ iat: NOON_SECONDS - 301 })],
  ["an iat 61 s ago", "time", proved({ iat: NOON_SECONDS - 61 })],
  ["an iat 61 s ahead", "time", proved({ iat: NOON_SECONDS + 61 })],
  ["an exp that has come", "time", proved({ exp: NOON_SECONDS })],
  ["an nbf in an hour", "time", proved({ nbf: NOON_SECONDS + 3_600 })],
  ["htm POST", "method", proved({ htm: "POST" })],
  ["htm get", "method", proved({ htm: "get" })],
  ["htm HEAD", "method", proved({ htm: "HEAD" })],
  ["htm in a list", "method", proved({ htm: ["GET"] })],
  ["no htm", "method", proved({ htm: undefined })],
  ["htu foo", "url", proved({ htu: "foo" })],
  ["no htu", "url", proved({ htu: undefined })],
  ["htu in a list", "url", proved({ htu: [LINES_URL] })],
  ["htu without the mount path", "url", proved({ htu: "https://market.example/lines" })],
  ["htu of the node behind the proxy", "url", proved({ htu: "http://10.0.0.7:3000/api/lines" })],
  ["htu by http", "url", proved({ htu: LINES_URL.replace("https", "http") })],
  ["htu of another host", "url", proved({ htu: "https://market.example.evil.example/api/lines" })],
  ["htu of another route", "url", proved({ htu: "https://market.example/api/sellers" })],
  ["htu with a slash behind", "url", proved({ htu: `${LINES_URL}/` })],
  ["htu with a user", "url", proved({ htu: "https://a@market.example/api/lines" })],
  ["no ath", "token", proved({ ath: undefined })],
  ["ath of another token", "token", prover.prove(issuer.mint({ jti: "other" }))],
  ["ath that is the token", "token", proved({ ath: text })],
  ["a stranger's proof", "other-key", stranger.prove(text)],
  [
    "a stranger's signature under the right key",
    "signature",
    stranger.prove(text, {}, { jwk: prover.publicJwk }),
  ],
  ["a signature of three bytes", "signature", `${header}.${payload}.AAAA`],
  ["a signature of zeros", "signature", `${header}.${payload}.${"A".repeat(86)}`],
  ["a signature as DER", "signature", `${header}.${payload}.${asDer(signature)}`],
  ["another proof's signature", "signature", `${header}.${encode(body())}.${signature}`],
  ["the access token as proof", "type", text],
];

describe("[J5] a token with a proof that is not of this request", () => {
  it.each(PROOFS)("is refused on both nodes: %s (%s)", async (_, fault, proof) => {
    expect(await faultOf(sentBy(text, proof))).toBe(fault);
  });

  it.each(["bearer", "basic", ""])("is refused as %j, with a right proof or none", async (scheme) => {
    expect(await faultOf(sentBy(text, proved(), { scheme }))).toBe("scheme");
    expect(await faultOf(sentBy(text, undefined, { scheme }))).toBe("scheme");
  });

  it.each([
    ["a query", { url: `${LINES_URL}?cursor=x` }],
    ["the default port", { url: "https://market.example:443/api/lines" }],
    ["escapes that were not needed", { url: "https://market.example/api/line%73" }],
  ])("is taken where the request's own URL has %s", async (_, more) => {
    const [node] = startNodes();
    expect(await node?.check(boundToken, sentBy(text, proved(), more))).toBeUndefined();
  });

  it.each([
    ["60 s old", { iat: NOON_SECONDS - 60 }],
    ["60 s ahead", { iat: NOON_SECONDS + 60 }],
    ["with more than it needs", { more: 1, nonce: "of somebody" }],
  ])("is taken where the proof is %s", async (_, claims) => {
    const [node] = startNodes();
    expect(await node?.check(boundToken, sentBy(text, proved(claims)))).toBeUndefined();
  });
});

/** The order of P-256: a signature (r, s) is as good as (r, n - s). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function twinOf(proof: string): string {
  const at = proof.lastIndexOf(".") + 1;
  const bytes = Buffer.from(proof.slice(at), "base64url");
  const other = ORDER - BigInt(`0x${bytes.toString("hex", 32)}`);
  const twin = Buffer.concat([
    bytes.subarray(0, 32),
    Buffer.from(other.toString(16).padStart(64, "0"), "hex"),
  ]);
  return proof.slice(0, at) + twin.toString("base64url");
}

describe("[J5] a proof used again", () => {
  it("gets through once of 60 times at the same moment on two nodes", async () => {
    const [one, other] = startNodes();
    const proof = proved();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => (i % 2 ? one : other)?.check(boundToken, sentBy(text, proof))),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer?.reason))).toEqual(new Set([undefined, "proof-replayed"]));
  });

  it("is not another proof by another text of it, at another route, or with another token", async () => {
    const [one, other] = startNodes();
    const proof = proved({ jti: "once" });
    expect(await one?.check(boundToken, sentBy(text, proof))).toBeUndefined();
    for (const again of [twinOf(proof), proved({ jti: "once" })])
      expect(await other?.check(boundToken, sentBy(text, again))).toMatchObject({ fault: "replayed" });
    const url = "https://market.example/api/sellers";
    const elsewhere = sentBy(text, proved({ jti: "once", htu: url }), { url });
    expect(await other?.check(boundToken, elsewhere)).toMatchObject({ fault: "replayed" });
  });

  it("is somebody else's where another tool's key made the same jti", async () => {
    const [one, other] = startNodes();
    const theirs = issuer.mint({ cnf: { jkt: stranger.thumbprint } });
    const theirToken = { ...boundToken, claims: { cnf: { jkt: stranger.thumbprint } } };
    expect(await one?.check(boundToken, sentBy(text, proved({ jti: "same" })))).toBeUndefined();
    const proof = stranger.prove(theirs, { jti: "same" });
    expect(await other?.check(theirToken, sentBy(theirs, proof))).toBeUndefined();
  });

  it("is not used up by what was refused", async () => {
    const [one, other] = startNodes();
    const proof = proved({ jti: "spared" });
    const forged = stranger.prove(text, { jti: "spared" }, { jwk: prover.publicJwk });
    expect(await one?.check(boundToken, sentBy(text, forged))).toMatchObject({ fault: "signature" });
    expect(await other?.check(boundToken, sentBy(text, proof))).toBeUndefined();
  });
});
