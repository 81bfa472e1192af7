import { decodeBase64url } from "./base64url.ts";
import type { TokenFault } from "./fault.ts";
import { isIdentifier } from "./identifier.ts";
import { parseStrictObject } from "./strict-json.ts";

/** The members of a protected header that are used. */
export interface JwsHeader {
  readonly alg: string;
  readonly kid: string;
  /** As it came: not judged before the signature is. */
  readonly typ: unknown;
}

/**
 * Members that would bring a key or an address of one (`jwk`, `jku`, `x5u`, `x5c`), change what is signed (`b64`), ask for what
 * we do not know (`crit`), or say that the payload is something else (`cty`, `zip`, `enc`). Ignoring them would be allowed; our
 * issuer never sends them, so whoever does is trying something.
 *
 * @source RFC 7515, 4.1; RFC 7797
 */
const REFUSED_MEMBERS = ["jwk", "jku", "x5u", "x5c", "b64", "crit", "cty", "zip", "enc"] as const;

const BACKSLASH = 0x5c;

/** Reads the first part of a token. Nothing it says is true before the signature is verified. */
export function readJwsHeader(encoded: string): JwsHeader | TokenFault {
  const bytes = decodeBase64url(encoded);
  if (bytes === undefined) return "malformed";
  const header = parseStrictObject(bytes);
  if (header === undefined) return "json";
  const { alg, kid, typ } = header;
  const isRefused = REFUSED_MEMBERS.some((name) => Object.hasOwn(header, name));
  // Escapes write one name in many ways; no name or value of a header needs them.
  if (isRefused || bytes.includes(BACKSLASH) || typeof alg !== "string" || !isIdentifier(kid))
    return "header";
  return { alg, kid, typ };
}
