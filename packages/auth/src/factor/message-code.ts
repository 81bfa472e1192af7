import { createHmac, randomBytes, randomInt } from "node:crypto";
import { GarimError } from "@garim/policy";
import { isEqualText } from "./equal-text.ts";

/** A code to be sent in a message, and what is kept of it. */
export interface MessageCode {
  /** Six digits. */
  readonly code: string;
  /** Salted and keyed, for {@link matchMessageCode}. */
  readonly stored: string;
}

const DIGITS = 6;
/** Stand for what is no code, and for a code that was never sent: as long as one, and the hash of none. */
const NO_CODE = "-".repeat(DIGITS);
const NOBODYS = `${"-".repeat(22)}.${"-".repeat(43)}`;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Makes a code to be sent in a message.
 *
 * Six digits are found from a plain hash in less than a second, slow hashes included before long. So what is stored needs the
 * key: who reads the store, and not the keys, learns nothing of the code and cannot make one that matches. Who has both finds
 * it; then its short life and the count of tries are all that is left.
 *
 * @param key - at least 32 secret bytes, kept outside the store and used for nothing else
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` for a shorter key
 */
export function makeMessageCode(key: Uint8Array): MessageCode {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  return { code, stored: hashCode(key, code, randomBytes(SALT_BYTES).toString("base64url")) };
}

/**
 * Tells whether a code is the one that was sent. Total: what is no code does not match. Neither the code's age nor its tries are
 * looked at here.
 *
 * @param key - the one it was made with
 * @param stored - of {@link makeMessageCode}
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` for a key of less than 32 bytes
 */
export function matchMessageCode(key: Uint8Array, stored: string, code: unknown): boolean {
  const typed = typeof code === "string" && code.length === DIGITS ? code : NO_CODE;
  const [salt = ""] = stored.split(".");
  return isEqualText(stored, hashCode(key, typed, salt));
}

/** Does the work of {@link matchMessageCode} where no code was sent, and finds nothing. */
export function missMessageCode(key: Uint8Array, code: unknown): void {
  matchMessageCode(key, NOBODYS, code);
}

function hashCode(key: Uint8Array, code: string, salt: string): string {
  if (key.byteLength < KEY_BYTES) throw keyTooShort();
  const text = JSON.stringify(["garim/message-code/v1", salt, code]);
  return `${salt}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

function keyTooShort(): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `The key of message codes needs ${KEY_BYTES} bytes; derive it: hkdfSync("sha256", key, "", "garim/message-code", ${KEY_BYTES})`,
  );
}
