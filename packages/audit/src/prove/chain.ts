import { leafHash } from "../merkle/hash.ts";
import { verifyConsistency, verifyInclusion } from "../merkle/verify.ts";
import type { Checkpoint } from "../note/checkpoint.ts";
import { batchLeaf } from "../seal/batch-leaf.ts";
import type { BundleParts } from "./read-bundle.ts";

/** Where a bundle does not hold together. */
export interface Break {
  readonly fault: "place" | "record" | "batch" | "past";
  /** In English. */
  readonly why: string;
}

/**
 * Follows a record from its bytes to the root of a checkpoint: bytes, leaf, root of the batch, leaf of the batch, root of the tree.
 *
 * @param checkpoint - what is trusted
 * @returns the first step that fails; `undefined` where all hold
 */
export function findBreak(parts: BundleParts, { size, root }: Checkpoint): Break | undefined {
  const { body, subjects, batch, index, path, top } = parts;
  const misplaced = findMisplaced(parts);
  if (misplaced !== undefined) return { fault: "place", why: misplaced };
  const leaf = leafHash(Buffer.concat([body, subjects]));
  if (!verifyInclusion({ leafHash: leaf, index, size: batch.size, proof: path, root: batch.root }))
    return { fault: "record", why: "its bytes are not those of that record of the batch" };
  if (!verifyInclusion({ leafHash: batchLeaf(batch), index: top.index, size, proof: top.hashes, root }))
    return { fault: "batch", why: "that batch is not in the log that the checkpoint signs" };
  return undefined;
}

/** Numbers that stand twice must agree. */
function findMisplaced({ seq, batch, index, top }: BundleParts): string | undefined {
  if (seq !== batch.firstSeq + index) return "its place is not that of that record of the batch";
  return top.index === batch.no - 1 ? undefined : "its proof is of another batch";
}

/**
 * Tells whether a log goes on from an older checkpoint.
 *
 * @returns `undefined` where it does
 */
export function findFork(
  older: Checkpoint,
  newer: Checkpoint,
  proof: readonly Uint8Array[],
): Break | undefined {
  const claim = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root, proof };
  if (verifyConsistency(claim)) return undefined;
  return { fault: "past", why: "the log does not go on from the older checkpoint" };
}
