import { leafHash } from "../merkle/hash.ts";

/** A batch of the log: a leaf of the tree. */
export interface Batch {
  /** 1, 2, 3 … without gaps: leaf number `no - 1`. */
  readonly no: number;
  /** The place of its first record. */
  readonly firstSeq: number;
  /** How many records it has; at least one. */
  readonly size: number;
  /** The database's clock, UTC milliseconds. */
  readonly recordedAt: number;
  /** The root of the tree over its records' leaves, 32 bytes. */
  readonly root: Uint8Array;
}

const DOMAIN = Buffer.from("garim/batch/v1\0");
const BATCH_BYTES = DOMAIN.length + 8 + 8 + 4 + 8 + 32;

/**
 * The leaf of a batch: what is hashed binds its place, its records' places, its moment and, by its root, every record in it.
 *
 * `garim/batch/v1`, NUL, then big-endian: number (8 bytes), first place (8), size (4), UTC milliseconds (8), root (32).
 */
export function batchLeaf({ no, firstSeq, size, recordedAt, root }: Batch): Uint8Array {
  const bytes = Buffer.alloc(BATCH_BYTES);
  let at = DOMAIN.copy(bytes);
  for (const number of [no, firstSeq]) at = bytes.writeBigUInt64BE(BigInt(number), at);
  at = bytes.writeUInt32BE(size, at);
  at = bytes.writeBigUInt64BE(BigInt(recordedAt), at);
  bytes.set(root, at);
  return leafHash(bytes);
}
