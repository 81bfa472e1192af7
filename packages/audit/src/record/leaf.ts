import type { Access } from "../access.ts";
import { hashPrefixed, leafHash } from "../merkle/hash.ts";
import { encodeRoomily } from "./encode.ts";

/** A record as it is stored, and its leaf in the tree: the hash of the body followed by the 16 bytes of each subject. */
export interface StoredBytes {
  readonly body: Uint8Array;
  readonly subjects: Uint8Array;
  readonly leaf: Uint8Array;
}

/**
 * Encodes a record with its subjects in one piece, what is hashed, and hashes it.
 *
 * @param id - the record's id, a UUID
 * @param access - checked by `readAccess`
 * @param keyId - the key of the pseudonyms
 * @param pseudonyms - 32 hex digits each: those of the records' subjects in order, then those asked for
 */
export function encodeStored(
  id: string,
  access: Access,
  keyId: string,
  pseudonyms: readonly string[],
): StoredBytes {
  const hex = pseudonyms.join("");
  const { bytes, start, end } = encodeRoomily(id, access, keyId, { before: 1, behind: hex.length / 2 });
  bytes[0] = 0;
  bytes.write(hex, end, "hex");
  return { body: bytes.subarray(start, end), subjects: bytes.subarray(end), leaf: hashPrefixed(bytes) };
}

/**
 * The leaf of a record in the tree.
 *
 * @param subjects - pseudonyms, 32 hex digits each
 */
export function leafOf(body: Uint8Array, subjects: readonly string[]): Uint8Array {
  return leafHash(Buffer.concat([body, Buffer.from(subjects.join(""), "hex")]));
}
