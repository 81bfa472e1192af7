import { createCipheriv, createDecipheriv, createHash, type Hash } from "node:crypto";

export const HASH = "sha512";
export const HASH_BYTES = 64;
export const BLOCK = 16;
export const KEY_BYTES = 32;

export function digest(...parts: readonly Uint8Array[]): Buffer {
  return parts.reduce<Hash>((hash, part) => hash.update(part), createHash(HASH)).digest();
}

/** Whole blocks, without padding. */
export function encrypt(key: Uint8Array, iv: Uint8Array, clear: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return cipher.update(clear);
}

/** Whole blocks, without padding. */
export function decrypt(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return decipher.update(sealed);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
