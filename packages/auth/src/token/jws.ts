import { JWSSignatureVerificationFailed } from "jose/errors";
import { type CompactVerifyGetKey, compactVerify } from "jose/jws/compact/verify";
import { decodeBase64url } from "./base64url.ts";
import { TOKEN_DEFAULTS } from "./defaults.ts";
import { isFault, type TokenFault } from "./fault.ts";
import { type JwsHeader, readJwsHeader } from "./jws-header.ts";

/** A signed object whose signature is right. */
export interface Jws {
  readonly header: JwsHeader;
  readonly payload: Uint8Array;
}

/** Finds the one key a header names, in a set that was there before; throws where there is none. */
export type KeyFinder = CompactVerifyGetKey;

/** Whether a value can be a token at all. To be asked first: nothing is decoded of what is too long. */
export function isTokenText(value: unknown): value is string {
  return typeof value === "string" && value.length <= TOKEN_DEFAULTS.tokenLength;
}

/**
 * Verifies a JWS in compact form (RFC 7515, 3.1). jose does the cryptography and judges whether the key fits the algorithm; the
 * strict form is checked before, because jose skips white space, padding and unused bits and takes the last of two equal
 * members.
 *
 * @param algorithms - the only values of `alg` taken, compared exactly
 * @returns header and payload, or what is wrong
 */
export async function verifyJws(
  token: string,
  findKey: KeyFinder,
  algorithms: readonly string[],
): Promise<Jws | TokenFault> {
  const header = readForm(token);
  if (isFault(header)) return header;
  if (!algorithms.includes(header.alg)) return "algorithm";
  try {
    const { payload } = await compactVerify(token, findKey, { algorithms: [header.alg] });
    return { header, payload };
  } catch (error) {
    return error instanceof JWSSignatureVerificationFailed ? "signature" : "key";
  }
}

function readForm(token: string): JwsHeader | TokenFault {
  const [header = "", ...others] = token.split(".");
  const isCanonical = others.length === 2 && others.every((part) => decodeBase64url(part) !== undefined);
  return isCanonical ? readJwsHeader(header) : "malformed";
}
