import { type Batch, batchLeaf } from "../seal/batch-leaf.ts";

/** A batch of the copy, its leaves in one piece. */
export interface CopyBatch extends Batch {
  /** 32 bytes for each record; empty where only the root is known. */
  readonly leaves: Uint8Array;
  /** The batch as a leaf of the tree. */
  readonly hash: Uint8Array;
}

/** Batches that stand under a checkpoint that a trusted key signed. */
export interface ProvenPart {
  readonly batches: readonly CopyBatch[];
  readonly checkpoint: ProvenCheckpoint;
}

export interface ProvenCheckpoint {
  /** Batches. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note itself. */
  readonly note: string;
  /** The signer's clock, UTC milliseconds; `undefined` where the note says none. */
  readonly at: number | undefined;
}

/** A batch of which only the root is known. */
export function asCopy(batch: Batch): CopyBatch {
  return { ...batch, leaves: new Uint8Array(), hash: batchLeaf(batch) };
}

export function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}

/** Of two checkpoints over the same tree the one that was signed later. */
export function later(one: ProvenCheckpoint, other: ProvenCheckpoint): ProvenCheckpoint {
  return (other.at ?? 0) > (one.at ?? 0) ? other : one;
}

/** The numbers from the first to the last. */
export function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** The signer's clock, which its checkpoint names. */
export function momentOf(extensions: readonly string[]): number | undefined {
  const text = extensions.find((line) => line.startsWith("at "))?.slice(3);
  const moment = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}
