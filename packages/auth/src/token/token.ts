import type { TokenAlgorithm } from "./algorithm.ts";
import type { TokenRefusal } from "./fault.ts";

/** A tool's access token whose signature and claims are right. Frozen through and through: requests share it. */
export interface VerifiedToken {
  readonly kind: "token";
  /** `jti`. What is revoked, recorded and counted is this, never the text of a token: one token has several valid texts. */
  readonly id: string;
  /** `sub`. */
  readonly subject: string;
  /** `client_id`: the tool. */
  readonly clientId: string;
  /** `kid` of the key that signed it. */
  readonly keyId: string;
  /** `iat`, UTC milliseconds. */
  readonly issuedAt: number;
  /** The later of `iat` and `nbf`, UTC milliseconds. */
  readonly startsAt: number;
  /** `exp`, UTC milliseconds, exclusive: at that very moment it is over. */
  readonly expiresAt: number;
  /** Every claim as it stands in the token, e.g. `scope`, `authorization_details`, `cnf`. */
  readonly claims: TokenClaims;
}

export type TokenClaims = Readonly<Record<string, unknown>>;

/** A JSON Web Key Set (RFC 7517) of public keys; each key needs a `kid`. */
export interface TokenKeySet {
  readonly keys: readonly object[];
}

/** Reads the issuer's key set, wherever it is kept. It must settle: a fetch wants a timeout. */
export type TokenKeyPort = () => TokenKeySet | Promise<TokenKeySet>;

export interface TokenVerifierOptions {
  /** The `iss` of every token, exactly. */
  readonly issuer: string;
  /** The `aud` of every token, exactly: the name of this API, which no other service and no client has. */
  readonly audience: string;
  /** The issuer's public keys, or where to read them. Nothing a token brings is ever used as a key or an address of one. */
  readonly jwks: TokenKeySet | TokenKeyPort;
  /**
   * Whether a token was issued and not revoked since: its id is on record, its grant and its key live. Asked on **every** use,
   * also of a token verified before, so it should look into memory. Whatever it returns but `true` refuses; where it cannot
   * tell it must throw, and nothing is given.
   */
  readonly isLive: (token: VerifiedToken) => boolean;
  /** Signature algorithms taken, asymmetric ones only; `["ES256", "EdDSA"]` if left out. */
  readonly algorithms?: readonly TokenAlgorithm[];
  /** Longest life from `iat` to `exp`: 1 to 300 seconds, 300 if left out. */
  readonly maxTtlSeconds?: number;
  /** Verified tokens remembered, 1 or more; {@link TOKEN_DEFAULTS}.cacheEntries if left out. */
  readonly cacheEntries?: number;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/**
 * Verifies tools' access tokens (셀러툴): JWTs of RFC 9068.
 *
 * @source code-2022/tool
 */
export interface TokenVerifier {
  /**
   * Verifies a token as it came.
   *
   * @param token - the text after `Bearer ` or `DPoP `, trusted in nothing
   * @returns the token; or refuse: `token-invalid`, `token-other-use` (signed by the issuer, but for something else),
   *   `token-expired`, `token-not-yet-valid`, `token-revoked`
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the keys cannot be read, or `isLive` throws (a GarimError of its own
   *   passes as it is)
   */
  verify(token: unknown): Promise<VerifiedToken | TokenRefusal>;

  /**
   * Forgets the keys read through a port and every token verified: both are read anew. To be called when a key is withdrawn and
   * that must hold at once.
   */
  forget(): void;
}
