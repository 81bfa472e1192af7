import { hash } from "node:crypto";
import { isKeyFor, type TokenAlgorithm } from "./algorithm.ts";
import { decodeBase64url } from "./base64url.ts";
import { SECRET_MEMBERS } from "./key-set.ts";
import { compileVerify, type VerifySignature } from "./proof-signature.ts";
import type { SenderFault } from "./sender-fault.ts";
import { type JsonObject, parseStrictObject } from "./strict-json.ts";

/** The key a proof brings with it, public and ready to verify. */
export interface ProofKey {
  readonly algorithm: TokenAlgorithm;
  /** JWK SHA-256 thumbprint (RFC 7638): what a token's `cnf.jkt` names. */
  readonly thumbprint: string;
  /** Verifies a proof's signature. */
  readonly verify: VerifySignature;
}

/** Members of a proof's header that would bring another key, or change what is signed; `kid` and the like are passed over. */
const REFUSED_MEMBERS = ["jku", "x5u", "x5c", "b64", "crit", "cty", "zip", "enc"] as const;

/** What names a key of a type, in the order the thumbprint wants. */
const KEY_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
  RSA: ["e", "kty", "n"],
};

const BACKSLASH = 0x5c;

/**
 * Reads the header of a DPoP proof: its type, its algorithm, and the public key it was made with.
 *
 * @param encoded - the first part of the proof
 * @source RFC 9449, 4.2 and 4.3
 */
export async function readProofKey(
  encoded: string,
  algorithms: readonly TokenAlgorithm[],
): Promise<ProofKey | SenderFault> {
  const bytes = decodeBase64url(encoded);
  if (bytes === undefined) return "malformed";
  const header = parseStrictObject(bytes);
  if (header === undefined) return "json";
  if (REFUSED_MEMBERS.some((name) => Object.hasOwn(header, name)) || bytes.includes(BACKSLASH))
    return "header";
  if (header["typ"] !== "dpop+jwt") return "type";
  const algorithm = algorithms.find((one) => one === header["alg"]);
  return algorithm === undefined ? "algorithm" : await importKey(header["jwk"], algorithm);
}

/** A key is taken by what names it alone: another member could not make it another key. */
async function importKey(given: unknown, algorithm: TokenAlgorithm): Promise<ProofKey | SenderFault> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return "key";
  const jwk = given as JsonObject;
  // Whoever sends the private half has given the key away.
  if (SECRET_MEMBERS.some((name) => Object.hasOwn(jwk, name))) return "key";
  const members = KEY_MEMBERS[String(jwk["kty"])] ?? [];
  // Proofs' keys need not say their algorithm: the header does, and the key is nobody else's.
  const isFit = isKeyFor({ ...jwk, alg: jwk["alg"] ?? algorithm }, algorithm);
  if (!isFit || members.length === 0 || !members.every((name) => isMember(name, jwk[name]))) return "key";
  const bare = Object.fromEntries(members.map((name) => [name, jwk[name]]));
  try {
    const verify = await compileVerify(bare, algorithm);
    return { algorithm, thumbprint: hash("sha256", JSON.stringify(bare), "base64url"), verify };
  } catch {
    return "key";
  }
}

/** One key has one spelling, else one key would have several thumbprints. */
function isMember(name: string, value: unknown): boolean {
  if (typeof value !== "string") return false;
  return name === "crv" || name === "kty" || decodeBase64url(value) !== undefined;
}
