import { createHmac } from "node:crypto";

/*
 * The ratchet of subjects' keys once more, from RFC 5869 and HMAC alone, for the tests to compare with.
 */

/** HKDF-SHA-256 without salt, one block long. */
function hkdf(key: Uint8Array, info: string): Buffer {
  const extracted = createHmac("sha256", Buffer.alloc(32)).update(key).digest();
  return createHmac("sha256", extracted).update(`${info}\u0001`).digest();
}

export const stepOn = (key: Uint8Array): Buffer => hkdf(key, "garim/subject-chain/v1");

export const ofMonth = (key: Uint8Array, month: string): Buffer =>
  hkdf(key, `garim/subject-key/v1\u0000${month}`);
