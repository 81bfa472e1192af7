import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PURPOSE, SPIN_COUNT, spinPassword } from "./password-key.ts";

const sha512 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha512");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** As MS-OFFCRYPTO 2.3.4.11 says it: number of the round, then the hash before. */
function keyOf(password: string, salt: Uint8Array, rounds: number, purpose: Uint8Array): Buffer {
  let spun = sha512(salt, Buffer.from(password, "utf16le"));
  for (let i = 0; i < rounds; i++) spun = sha512(Buffer.from(Uint32Array.of(i).buffer), spun);
  return sha512(spun, purpose).subarray(0, 32);
}

describe("spinPassword", () => {
  const salt = Uint8Array.from({ length: 16 }, (_, i) => i);

  it.each([0, 1, 4_001])("makes the keys that %d rounds make", async (rounds) => {
    const keys = await spinPassword("비밀번호 1!", salt, rounds);
    for (const purpose of Object.values(PURPOSE))
      expect(Buffer.from(keys(purpose))).toEqual(keyOf("비밀번호 1!", salt, rounds, purpose));
  });

  it("[V11.4.4] is slow for who guesses: 100,000 rounds, each of which counts", async () => {
    expect(SPIN_COUNT).toBe(100_000);
    const one = await spinPassword("a", salt, 2);
    const other = await spinPassword("a", salt, 3);
    expect(one(PURPOSE.key)).not.toEqual(other(PURPOSE.key));
  });
});
