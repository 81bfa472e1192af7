import { hashPrefixed } from "../merkle/hash.ts";

/** A record as it is stored, and its leaf in the tree: the hash of the body followed by the 16 bytes of each subject. */
interface StoredBytes {
  readonly body: Uint8Array;
  readonly subjects: Uint8Array;
  readonly leaf: Uint8Array;
}

/**
 * The bytes of a record in one piece, and their hash.
 *
 * @param subjects - pseudonyms, 32 hex digits each
 */
export function storedBytes(body: Uint8Array, subjects: readonly string[]): StoredBytes {
  const hex = subjects.join("");
  const end = 1 + body.length;
  const prefixed = Buffer.allocUnsafe(end + hex.length / 2);
  prefixed[0] = 0;
  prefixed.set(body, 1);
  prefixed.write(hex, end, "hex");
  return { body: prefixed.subarray(1, end), subjects: prefixed.subarray(end), leaf: hashPrefixed(prefixed) };
}

/**
 * The leaf of a record in the tree.
 *
 * @param subjects - pseudonyms, 32 hex digits each
 */
export function leafOf(body: Uint8Array, subjects: readonly string[]): Uint8Array {
  return storedBytes(body, subjects).leaf;
}
