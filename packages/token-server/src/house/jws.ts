import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import type { SigningKey } from "@garim/auth";

const KEYS = new WeakMap<SigningKey, KeyObject>();

/**
 * Signs claims as an access token.
 *
 * @returns a JWS in its compact form, of type `at+jwt`
 * @source RFC 9068, 2.1; RFC 7515, 7.1; RFC 7518, 3.4
 */
export function signToken(claims: object, key: SigningKey): string {
  const header = { alg: key.algorithm, typ: "at+jwt", kid: key.kid };
  const input = `${encode(header)}.${encode(claims)}`;
  const digest = key.algorithm === "ES256" ? "sha256" : null;
  const signature = sign(digest, Buffer.from(input), { key: keyOf(key), dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

/** Parsed once: the same object stays as long as the same key signs. */
function keyOf(key: SigningKey): KeyObject {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const parsed = createPrivateKey({ key: { ...key.privateJwk }, format: "jwk" });
  KEYS.set(key, parsed);
  return parsed;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
