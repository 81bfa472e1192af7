import { createTokenVerifier } from "@garim/auth";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import type { BenchRow } from "./row.ts";

const ISSUER = "https://market.example/oauth";
const AUDIENCE = "https://market.example/api";

/** One use of a token. */
type Use = () => Promise<unknown>;

/** Uses a token so often in a row: about as long for both, a few tens of milliseconds. */
const OUR_USES = 10_000;
const THEIR_USES = 100;
const ROUNDS = 15;

/** The median over rounds of jose's CPU time a use to ours, one beside the other. */
async function compareWithJose(): Promise<number> {
  const [ours, theirs] = await makeUses();
  // As long as it takes the compiler to know both.
  await timeOf(ours, OUR_USES);
  await timeOf(theirs, THEIR_USES * 5);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const our = await timeOf(ours, OUR_USES);
    ratios.push((await timeOf(theirs, THEIR_USES)) / our);
  }
  return ratios.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

/** Microseconds of CPU time a use; a signature is verified in other threads, which count. */
async function timeOf(use: Use, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await use();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/** Our use of a token verified before, and jose's of the same one. */
async function makeUses(): Promise<readonly [Use, Use]> {
  const { token, jwks } = await mint();
  const revoked = new Set(Array.from({ length: 10_000 }, (_, i) => `revoked-${i}`));
  const isLive = ({ id }: { readonly id: string }) => !revoked.has(id);
  const verifier = createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks, isLive });
  const keys = createLocalJWKSet(jwks);
  const checks = { issuer: ISSUER, audience: AUDIENCE, typ: "at+jwt", algorithms: ["ES256"] };
  const uses = [() => verifier.verify(token), () => jwtVerify(token, keys, checks)] as const;
  await checkUses(uses);
  return uses;
}

/** A figure of tokens that are refused would be no figure. */
async function checkUses([ours, theirs]: readonly [Use, Use]): Promise<void> {
  await theirs();
  const answer = await ours();
  if ((answer as { readonly kind: string }).kind !== "token")
    throw new Error(`Our verifier refuses the token: ${JSON.stringify(answer)}`);
}

/** A token as ours are: ES256, a right to one seller's orders, bound to a key. */
async function mint() {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const order = {
    type: "order_pii",
    sellers: ["seller-1"],
    fields: ["name", "phone"],
    purpose: "fulfilment",
  };
  const claims = { client_id: "tool-1", scope: "orders.read", authorization_details: [order] };
  const token = await new SignJWT({ ...claims, cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "2026-11" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject("seller-1")
    .setJti("5b2e6f0c9d1a4e7f")
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(privateKey);
  return { token, jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: "2026-11", alg: "ES256" }] } };
}

/** The row of tool tokens. */
export const rows: readonly BenchRow[] = [
  {
    id: "K1",
    subject: "tool token verified before, with the look at its revocation",
    against: "jose jwtVerify with a local key set",
    unit: "times as fast, CPU time a use",
    target: { atLeast: 100 },
    run: compareWithJose,
  },
];
