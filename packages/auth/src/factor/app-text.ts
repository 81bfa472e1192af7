import { GarimError } from "@garim/policy";

const LONGEST_TEXT = 256;

/**
 * Reads a text that authenticator apps show. A colon would end the issuer's part of what they read, so it becomes a hyphen; a
 * lone surrogate cannot be written into an address, so it becomes U+FFFD.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where it is not a text of 1 to 256 UTF-16 units
 */
export function readAppText(name: "issuer" | "label", text: unknown): string {
  if (typeof text === "string" && text.length > 0 && text.length <= LONGEST_TEXT)
    return text.replaceAll(":", "-").replace(/\p{Cs}/gu, "\uFFFD");
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `The ${name} of a second factor must be a text of 1 to ${LONGEST_TEXT} characters; write ${name === "issuer" ? 'issuer: "My Market"' : "enrolTotp(session, user.loginName)"}`,
  );
}
