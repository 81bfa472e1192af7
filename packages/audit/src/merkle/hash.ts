import { hash } from "node:crypto";
import { GarimError } from "@garim/policy";

/** A SHA-256. */
export const HASH_BYTES = 32;

/**
 * What keeps a leaf from being passed off as an inner node, and the other way round.
 *
 * @source RFC 9162 section 2.1.1
 */
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/**
 * The root of a tree without leaves: the SHA-256 of nothing. Compare with it, never write into it.
 *
 * @source RFC 9162 section 2.1.1: MTH({}) = HASH()
 */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array());

/**
 * The hash of a record as a leaf.
 *
 * @param record - the stored bytes
 * @returns 32 bytes
 * @source RFC 9162 section 2.1.1: MTH({d[0]}) = HASH(0x00 || d[0])
 */
export function leafHash(record: Uint8Array): Uint8Array {
  const prefixed = Buffer.allocUnsafe(1 + record.length);
  prefixed[0] = LEAF_PREFIX;
  prefixed.set(record, 1);
  return sha256(prefixed);
}

/**
 * The same for bytes that have the prefix already, so that whoever cuts records out of one large buffer copies none.
 *
 * @param prefixed - 0x00, then the record
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the first byte is another: such bytes could be an inner node
 */
export function hashPrefixed(prefixed: Uint8Array): Uint8Array {
  if (prefixed[0] === LEAF_PREFIX) return sha256(prefixed);
  throw new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    "A leaf must begin with 0x00; use leafHash for a bare record",
  );
}

/** Written anew by each call of {@link nodeHash}, but for the first byte. */
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX);

/**
 * The hash of an inner node.
 *
 * @param left - 32 bytes
 * @param right - 32 bytes
 * @returns 32 bytes
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where one is not 32 bytes
 * @source RFC 9162 section 2.1.1: HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n]))
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  checkHash(left);
  checkHash(right);
  NODE.set(left, 1);
  NODE.set(right, 1 + HASH_BYTES);
  return sha256(NODE);
}

/** Tells whether a value, of whatever origin, is a hash. */
export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH_BYTES;
}

/** @throws GarimError `ERR_GARIM_PROOF_INVALID` */
export function checkHash(value: Uint8Array): void {
  if (!isHash(value))
    throw new GarimError("ERR_GARIM_PROOF_INVALID", "A hash in the tree must be a Uint8Array of 32 bytes");
}

/**
 * The fastest of five ways. For 600 bytes on Node 20.20 and 24.21, in us: `createHash` 1.10 and 1.35, `hash` into a Buffer 0.82 and
 * 0.92, `hash` into a binary text that is copied into 32 bytes 0.50 and 0.53. These are bytes of their own; a Buffer would be a
 * window on Node's pool, and its `slice` copies nothing.
 */
function sha256(bytes: Uint8Array): Uint8Array {
  const text = hash("sha256", bytes, "binary");
  const digest = new Uint8Array(HASH_BYTES);
  for (let place = 0; place < HASH_BYTES; place++) digest[place] = text.charCodeAt(place);
  return digest;
}
