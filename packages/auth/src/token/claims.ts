import { AUTH_DEFAULTS } from "../defaults.ts";
import type { TokenFault } from "./fault.ts";
import { isIdentifier } from "./identifier.ts";
import type { Jws } from "./jws.ts";
import { type JsonObject, parseStrictObject } from "./strict-json.ts";
import type { VerifiedToken } from "./token.ts";

/** What every token must say. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly maxTtlSeconds: number;
}

/** `at+jwt` and its long form. An id token, a proof or a logout token of the same issuer and key has another. */
const TYPES: readonly unknown[] = ["at+jwt", "application/at+jwt"];

/**
 * Reads an access token out of a JWS whose signature is right. Whether its time has come or is over is asked on every use
 * ({@link findTimeFault}).
 *
 * @source RFC 9068, 2.1, 2.2 and 4
 */
export function readToken({ header, payload }: Jws, rules: TokenRules): VerifiedToken | TokenFault {
  if (!TYPES.includes(header.typ)) return "type";
  const claims = parseStrictObject(payload);
  if (claims === undefined) return "json";
  if (claims["iss"] !== rules.issuer) return "issuer";
  if (!isOnlyAudience(claims["aud"], rules.audience)) return "audience";
  const { jti: id, sub: subject, client_id: clientId } = claims;
  if (!isIdentifier(id) || !isIdentifier(subject) || !isIdentifier(clientId)) return "claims";
  const life = readLife(claims, rules.maxTtlSeconds);
  if (life === undefined) return "lifetime";
  return Object.freeze({ kind: "token", id, subject, clientId, keyId: header.kid, ...life, claims });
}

/**
 * A token for several services is refused, though RFC 9068 lets an issuer make one: each of them could use it at the others.
 */
function isOnlyAudience(aud: unknown, audience: string): boolean {
  return aud === audience || (Array.isArray(aud) && aud.length === 1 && aud[0] === audience);
}

/** `iat` and `exp` are required, whole seconds, and no further apart than allowed; `nbf` lies before `exp`. */
function readLife(
  { iat, exp, nbf = iat }: JsonObject,
  maxTtlSeconds: number,
): Pick<VerifiedToken, "issuedAt" | "startsAt" | "expiresAt"> | undefined {
  if (!isSecond(iat) || !isSecond(exp) || !isSecond(nbf)) return undefined;
  const isLife = iat < exp && exp - iat <= maxTtlSeconds && nbf < exp;
  return isLife
    ? { issuedAt: iat * 1_000, startsAt: Math.max(iat, nbf) * 1_000, expiresAt: exp * 1_000 }
    : undefined;
}

function isSecond(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Whether it is too late or too early for a token. The issuer's clock may be ahead by {@link AUTH_DEFAULTS}.clockSkewMs;
 * nothing is added to the end.
 *
 * @param now - UTC milliseconds
 */
export function findTimeFault(token: VerifiedToken, now: number): TokenFault | undefined {
  if (!(now < token.expiresAt)) return "expired";
  return token.startsAt > now + AUTH_DEFAULTS.clockSkewMs ? "early" : undefined;
}
