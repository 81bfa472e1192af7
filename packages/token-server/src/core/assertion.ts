import type { CoreHost } from "./core.ts";
import type { Library } from "./refusals.ts";

const LONGEST_LIFE_SECONDS = 300;
const LONGEST_ID = 256;

/**
 * What a tool's assertion (`private_key_jwt`) must be besides well signed: for this issuer alone, and short. One that names an endpoint
 * could have been made for another server that passed our address on as its own.
 *
 * @source RFC 7523, 3; RFC 9700
 */
export function checkAssertion(claims: object, { issuer }: CoreHost, { errors }: Library): void {
  const { aud, exp, jti } = claims as { aud?: unknown; exp?: unknown; jti?: unknown };
  if (aud !== issuer)
    throw new errors.InvalidClientAuth("the audience must be the issuer's name, a text, and nothing else");
  if (typeof exp !== "number" || exp > Date.now() / 1_000 + LONGEST_LIFE_SECONDS)
    throw new errors.InvalidClientAuth("an assertion may live five minutes");
  if (typeof jti !== "string" || jti.length > LONGEST_ID)
    throw new errors.InvalidClientAuth("jti must be a text of at most 256 characters");
}
