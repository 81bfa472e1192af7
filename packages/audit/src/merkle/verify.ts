import { EMPTY_ROOT, isHash, nodeHash } from "./hash.ts";
import { isCount } from "./subtree.ts";

/** That a leaf is in a tree. */
export interface InclusionClaim {
  /** 32 bytes. */
  readonly leafHash: Uint8Array;
  /** Of the leaf, from 0. */
  readonly index: number;
  /** Of the tree, in leaves. */
  readonly size: number;
  /** Of `inclusionProof`: hashes of 32 bytes, from the bottom up. */
  readonly proof: readonly Uint8Array[];
  /** 32 bytes, from a checkpoint that is trusted. */
  readonly root: Uint8Array;
}

/** That a tree grew from a smaller one without a change to it. */
export interface ConsistencyClaim {
  /** In leaves. */
  readonly oldSize: number;
  /** 32 bytes, from a checkpoint that is trusted. */
  readonly oldRoot: Uint8Array;
  /** In leaves. */
  readonly newSize: number;
  /** 32 bytes, from a checkpoint that is trusted. */
  readonly newRoot: Uint8Array;
  /** Of `consistencyProof`: hashes of 32 bytes. */
  readonly proof: readonly Uint8Array[];
}

/** More than a tree of 2^53 leaves needs: 53 for inclusion, 54 for consistency. Keeps the work small whatever comes. */
const MAX_PROOF = 64;

/**
 * Checks the proof that a leaf is in a tree. Total: a claim may come from an enemy, and whatever is wrong with its members, types
 * included, is `false`.
 *
 * @source RFC 9162 section 2.1.3.2, whose numbers stand at the steps
 */
export function verifyInclusion({ leafHash, index, size, proof, root }: InclusionClaim): boolean {
  if (!isProof(proof) || !isHash(leafHash) || !isHash(root)) return false;
  // 1. An index beyond the tree fails.
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  // 2. and 3.
  let fn = index;
  let sn = size - 1;
  let r = leafHash;
  // 4.
  for (const p of proof) {
    // a.
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      // b. i.
      r = nodeHash(p, r);
      // b. ii. Levels where the last node has no sibling are passed over.
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      // b. otherwise
      r = nodeHash(r, p);
    }
    // c.
    [fn, sn] = [half(fn), half(sn)];
  }
  // 5.
  return sn === 0 && isEqual(r, root);
}

/**
 * Checks the proof that a tree grew from a smaller one. Total, as {@link verifyInclusion} is.
 *
 * Trees of one size need equal roots and an empty proof. Every tree grew from the empty one, whose root must be `EMPTY_ROOT`.
 *
 * @source RFC 9162 section 2.1.4.2, whose numbers stand at the steps
 */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  if (!isProof(proof) || !isHash(oldRoot) || !isHash(newRoot)) return false;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false;
  // None of the next three is a case of the RFC.
  if (oldSize === 0 && !isEqual(oldRoot, EMPTY_ROOT)) return false;
  if (oldSize === newSize) return proof.length === 0 && isEqual(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0;
  return isGrown({ oldSize, oldRoot, newSize, newRoot, proof });
}

/** The RFC's own case: 0 < oldSize < newSize. */
function isGrown({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  // 2. The root of an old tree that is one complete subtree is not repeated in the proof.
  const [first, ...others] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  // 1. An empty proof fails, here or, of a complete old tree, at 7.
  if (first === undefined) return false;
  // 3.
  let fn = oldSize - 1;
  let sn = newSize - 1;
  // 4.
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // 5.
  let fr = first;
  let sr = first;
  // 6.
  for (const c of others) {
    // a.
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      // b. i. and ii.
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      // b. iii. Levels where the last node has no sibling are passed over.
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      // b. otherwise
      sr = nodeHash(sr, c);
    }
    // c.
    [fn, sn] = [half(fn), half(sn)];
  }
  // 7.
  return sn === 0 && isEqual(fr, oldRoot) && isEqual(sr, newRoot);
}

/** Spread first: `every` passes over the holes of an array. */
function isProof(proof: unknown): proof is readonly Uint8Array[] {
  return Array.isArray(proof) && proof.length <= MAX_PROOF && [...proof].every(isHash);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (!isOdd(rest)) rest /= 2;
  return rest === 1;
}

function isOdd(count: number): boolean {
  return count % 2 === 1;
}

/** A shift to the right by one; `>>` would cut the count to 32 bits. */
function half(count: number): number {
  return Math.floor(count / 2);
}

/** Hashes are public: equal or not may show in the time. */
function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
