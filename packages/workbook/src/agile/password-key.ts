import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { digest, HASH_BYTES, KEY_BYTES } from "./digest.ts";

/** Rounds over the password: what Excel writes itself. */
export const SPIN_COUNT = 100_000;

/** About three milliseconds: where no worker does it, others get their turn in between. */
const ROUNDS_AT_ONCE = 2_000;

/** What the keys of one password are made for (MS-OFFCRYPTO 2.3.4.11 and 2.3.4.13). */
export const PURPOSE: Readonly<Record<"verifierInput" | "verifierHash" | "key", Uint8Array>> = {
  verifierInput: Uint8Array.of(0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79),
  verifierHash: Uint8Array.of(0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e),
  key: Uint8Array.of(0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6),
};

/** Makes a password's key for each purpose. */
export type PasswordKeys = (purpose: Uint8Array) => Uint8Array;

/**
 * Spins a password into keys. A password is read in NFC, as keyboards write Hangul.
 *
 * @param spinCount - rounds of SHA-512
 */
export async function spinPassword(
  password: string,
  salt: Uint8Array,
  spinCount: number,
): Promise<PasswordKeys> {
  // The number of the round, then the hash before: one buffer for all rounds.
  const round = new Uint8Array(4 + HASH_BYTES);
  const number = new DataView(round.buffer);
  round.set(digest(salt, Buffer.from(password.normalize("NFC"), "utf16le")), 4);
  for (let i = 0; i < spinCount; i++) {
    if (i % ROUNDS_AT_ONCE === ROUNDS_AT_ONCE - 1) await setImmediate();
    number.setUint32(0, i, true);
    round.set(hash("sha512", round, "buffer"), 4);
  }
  const spun = round.slice(4);
  return (purpose) => digest(spun, purpose).subarray(0, KEY_BYTES);
}
