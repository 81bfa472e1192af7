/** Signature algorithms a token may have (RFC 7518, 8037, 9864). Symmetric ones and `none` are not among them. */
export type TokenAlgorithm =
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"
  | "Ed25519"
  | "PS256"
  | "PS384"
  | "PS512"
  | "RS256"
  | "RS384"
  | "RS512";

/** What a key must be for an algorithm: `crv` where the key type has several. */
interface KeyFamily {
  readonly kty: string;
  readonly crv?: string;
}

const FAMILIES: Readonly<Record<TokenAlgorithm, KeyFamily>> = {
  ES256: { kty: "EC", crv: "P-256" },
  ES384: { kty: "EC", crv: "P-384" },
  ES512: { kty: "EC", crv: "P-521" },
  EdDSA: { kty: "OKP", crv: "Ed25519" },
  Ed25519: { kty: "OKP", crv: "Ed25519" },
  PS256: { kty: "RSA" },
  PS384: { kty: "RSA" },
  PS512: { kty: "RSA" },
  RS256: { kty: "RSA" },
  RS384: { kty: "RSA" },
  RS512: { kty: "RSA" },
};

export const TOKEN_ALGORITHMS: readonly TokenAlgorithm[] = Object.freeze(
  Object.keys(FAMILIES) as TokenAlgorithm[],
);

/** What is taken where a deployment does not say. */
export const DEFAULT_ALGORITHMS: readonly TokenAlgorithm[] = Object.freeze(["ES256", "EdDSA"] as const);

/** A public key as far as it is looked at. */
export interface PublicJwk {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly alg?: unknown;
  readonly use?: unknown;
  readonly key_ops?: unknown;
  readonly kid?: unknown;
}

/**
 * Whether a key may verify signatures of an algorithm.
 *
 * A key is for one algorithm (RFC 8725, 3.1): the one it names, or the only one its curve has. An RSA key that names none
 * would be for six, so it is for none.
 */
export function isKeyFor(jwk: PublicJwk, algorithm: TokenAlgorithm): boolean {
  const family = FAMILIES[algorithm];
  if (jwk.kty !== family.kty || (family.crv !== undefined && jwk.crv !== family.crv)) return false;
  if (jwk.use !== undefined && jwk.use !== "sig") return false;
  const { key_ops: uses } = jwk;
  if (uses !== undefined && !(Array.isArray(uses) && uses.includes("verify"))) return false;
  return jwk.alg === undefined ? jwk.kty !== "RSA" : jwk.alg === algorithm;
}
