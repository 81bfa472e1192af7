import { GarimError } from "@garim/policy";
import { createLocalJWKSet } from "jose/jwks/local";
import { DEFAULT_ALGORITHMS, isKeyFor, type PublicJwk, type TokenAlgorithm } from "./algorithm.ts";
import { isIdentifier } from "./identifier.ts";
import type { KeyFinder } from "./jws.ts";

/** Members of a JWK that are secret (RFC 7518, 6). */
export const SECRET_MEMBERS: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/**
 * Reads a key set. Keys of other algorithms or uses are passed over; a token finds a key by its exact `kid`.
 *
 * @param jwks - `{ keys: [JWK, …] }` with public keys; copied
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where it is no key set, holds a secret key, or a usable key has no `kid` of its
 *   own; `ERR_GARIM_KEYS_MISSING` where no key is usable
 */
export function readKeySet(jwks: unknown, algorithms: readonly TokenAlgorithm[]): KeyFinder {
  const keys = readKeys(jwks);
  if (keys.some(isSecret))
    throw keysInvalid("has a secret key. Give the public half only, and replace the key if it was published");
  const usable = keys.filter((key) => algorithms.some((algorithm) => isKeyFor(key, algorithm)));
  const ids = usable.map(({ kid }) => kid);
  if (!ids.every(isIdentifier) || new Set(ids).size < ids.length)
    throw keysInvalid('needs a kid of its own for each key; write kid: "2026-11"');
  if (usable.length === 0)
    throw new GarimError(
      "ERR_GARIM_KEYS_MISSING",
      `The issuer's key set has no key for ${algorithms.join(" or ")} (an RSA key must name its alg). Publish one, or name its algorithm: algorithms: ["PS256"]`,
    );
  return createLocalJWKSet({ keys: usable as { kty: string }[] });
}

/**
 * Says what is wrong with a key set that a tool shows: ES256 and EdDSA, as tools prove themselves by.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`, `ERR_GARIM_KEYS_MISSING`
 */
export function checkKeySet(jwks: unknown): void {
  readKeySet(jwks, DEFAULT_ALGORITHMS);
}

function readKeys(jwks: unknown): readonly PublicJwk[] {
  const keys: unknown = typeof jwks === "object" && jwks !== null && "keys" in jwks ? jwks.keys : undefined;
  if (Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null)) return keys;
  throw keysInvalid("must be a JSON Web Key Set; write jwks: { keys: [publicJwk] }");
}

function isSecret(key: PublicJwk): boolean {
  return SECRET_MEMBERS.some((name) => Object.hasOwn(key, name));
}

function keysInvalid(seen: string): GarimError {
  return new GarimError("ERR_GARIM_KEYS_INVALID", `The issuer's key set ${seen}.`);
}
