import { leafHash } from "../merkle/hash.ts";

/**
 * The leaf of a record in the tree: the hash of the bytes that are stored, the body followed by the 16 bytes of each subject.
 *
 * @param subjects - pseudonyms, 32 hex digits each
 */
export function leafOf(body: Uint8Array, subjects: readonly string[]): Uint8Array {
  return leafHash(Buffer.concat([body, Buffer.from(subjects.join(""), "hex")]));
}
