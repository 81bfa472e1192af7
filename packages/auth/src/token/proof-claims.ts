import { TOKEN_DEFAULTS } from "./defaults.ts";
import { isIdentifier } from "./identifier.ts";
import { normaliseUrl } from "./proof-url.ts";
import type { SenderFault } from "./sender-fault.ts";
import type { JsonObject } from "./strict-json.ts";

/** The request a proof must have been made for. */
export interface ProvedRequest {
  readonly method: string;
  /** As the client knows it: scheme, host, port and whole path, whatever proxies and mounted routers made of it since. */
  readonly url: string;
  /** Base64url of the SHA-256 of the access token. */
  readonly tokenHash: string;
}

/** What is used of a proof once it is judged. */
export interface ProofClaims {
  readonly id: string;
  /** UTC milliseconds. */
  readonly madeAt: number;
  readonly nonce: string | undefined;
}

/**
 * Judges what a proof says.
 *
 * @param now - UTC milliseconds
 * @source RFC 9449, 4.3
 */
export function readProofClaims(
  claims: JsonObject,
  request: ProvedRequest,
  now: number,
): ProofClaims | SenderFault {
  const { jti: id, htm, htu, iat, ath, nonce } = claims;
  if (!isIdentifier(id) || !isSecond(iat) || !isNonce(nonce)) return "claims";
  if (htm !== request.method) return "method";
  const url = normaliseUrl(htu);
  if (url === undefined || url !== normaliseUrl(request.url)) return "url";
  if (ath !== request.tokenHash) return "token";
  const madeAt = iat * 1_000;
  return isNear(madeAt, now) && isWithin(claims, now) ? { id, madeAt, nonce } : "time";
}

function isSecond(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isNonce(value: unknown): value is string | undefined {
  return value === undefined || isIdentifier(value);
}

/** `iat` is in whole seconds: that much is added on the older side. */
function isNear(madeAt: number, now: number): boolean {
  return madeAt - now <= TOKEN_DEFAULTS.proofMs && now - madeAt < TOKEN_DEFAULTS.proofMs + 1_000;
}

/** A proof need not say when it ends; one that does means it. */
function isWithin({ exp, nbf }: JsonObject, now: number): boolean {
  const isOver = exp !== undefined && !(isSecond(exp) && now < exp * 1_000);
  const isEarly = nbf !== undefined && !(isSecond(nbf) && nbf * 1_000 <= now + TOKEN_DEFAULTS.proofMs);
  return !isOver && !isEarly;
}
