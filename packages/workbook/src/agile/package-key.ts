import { randomBytes } from "node:crypto";
import { BLOCK, digest, encrypt, HASH_BYTES, KEY_BYTES, uint32 } from "./digest.ts";
import { PURPOSE, SPIN_COUNT, spinPassword } from "./password-key.ts";

/** What a package is encrypted with. */
export interface PackageKey {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

/** A package's key, locked by a password. */
export interface LockedKey {
  readonly salt: Uint8Array;
  readonly spinCount: number;
  readonly verifierInput: Uint8Array;
  readonly verifierHash: Uint8Array;
  readonly key: Uint8Array;
}

export function makePackageKey(): PackageKey {
  return { key: randomBytes(KEY_BYTES), salt: randomBytes(BLOCK) };
}

/** Locks a package's key (MS-OFFCRYPTO 2.3.4.13). */
export async function lockKey({ key }: PackageKey, password: string): Promise<LockedKey> {
  const salt = randomBytes(BLOCK);
  const verifier = randomBytes(BLOCK);
  const keys = await spinPassword(password, salt, SPIN_COUNT);
  return {
    salt,
    spinCount: SPIN_COUNT,
    verifierInput: encrypt(keys(PURPOSE.verifierInput), salt, verifier),
    verifierHash: encrypt(keys(PURPOSE.verifierHash), salt, digest(verifier)),
    key: encrypt(keys(PURPOSE.key), salt, key),
  };
}

/** The vector of a segment of the package. */
export function segmentVector({ salt }: PackageKey, segment: number): Uint8Array {
  return digest(salt, uint32(segment)).subarray(0, BLOCK);
}

const INTEGRITY_KEY = Uint8Array.of(0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6);
const INTEGRITY_VALUE = Uint8Array.of(0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33);

/** Vectors of key and value of the integrity check (MS-OFFCRYPTO 2.3.4.14). */
export function integrityVectors({ salt }: PackageKey): {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
} {
  return {
    key: digest(salt, INTEGRITY_KEY).subarray(0, BLOCK),
    value: digest(salt, INTEGRITY_VALUE).subarray(0, BLOCK),
  };
}

export function makeIntegrityKey(): Uint8Array {
  return randomBytes(HASH_BYTES);
}
