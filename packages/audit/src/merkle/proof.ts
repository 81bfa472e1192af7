import { GarimError } from "@garim/policy";
import {
  checkSize,
  isCount,
  middleOf,
  type NodePlace,
  NodeTable,
  placesOf,
  type Span,
  type TreeNode,
} from "./subtree.ts";

/**
 * Which nodes a store must give for the proof that a leaf is in a tree: at most 2 log2(size) + 1, none twice.
 *
 * @param index - of the leaf, from 0
 * @param size - of the tree, in leaves; larger than `index`
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the tree has no such leaf
 */
export function inclusionNodes(index: number, size: number): readonly NodePlace[] {
  return inclusionPath(index, size).flatMap(placesOf);
}

/**
 * The proof that a leaf is in a tree: the hashes beside the way from it to the root, from the bottom up.
 *
 * @param nodes - those of `inclusionNodes(index, size)`, in any order; others are ignored
 * @returns hashes of 32 bytes
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the tree has no such leaf, or a node is missing
 * @source RFC 9162 section 2.1.3.1
 */
export function inclusionProof(
  index: number,
  size: number,
  nodes: Iterable<TreeNode>,
): readonly Uint8Array[] {
  const table = new NodeTable(nodes);
  return inclusionPath(index, size).map((span) => table.hashOf(span));
}

/**
 * Which nodes a store must give for the proof that a tree grew from a smaller one: at most 2 log2(newSize) + 1,
 * none twice.
 *
 * @param oldSize - leaves, 0 to `newSize`
 * @param newSize - leaves, to 2^53 - 1
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the old tree is the larger
 */
export function consistencyNodes(oldSize: number, newSize: number): readonly NodePlace[] {
  return consistencyPath(oldSize, newSize).flatMap(placesOf);
}

/**
 * The proof that a tree grew from a smaller one: every old leaf is still there, in its place. It is empty where both are of one
 * size, and where the old tree is empty.
 *
 * @param nodes - those of `consistencyNodes(oldSize, newSize)`, in any order; others are ignored
 * @returns hashes of 32 bytes
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the old tree is the larger, or a node is missing
 * @source RFC 9162 section 2.1.4.1
 */
export function consistencyProof(
  oldSize: number,
  newSize: number,
  nodes: Iterable<TreeNode>,
): readonly Uint8Array[] {
  const table = new NodeTable(nodes);
  return consistencyPath(oldSize, newSize).map((span) => table.hashOf(span));
}

function inclusionPath(index: number, size: number): readonly Span[] {
  checkSize(size);
  if (isCount(index) && index < size) return pathTo(index, { begin: 0, end: size });
  throw new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `A tree of ${size} leaves has none of index ${index}; they count from 0`,
  );
}

/** RFC 9162 section 2.1.3.1, PATH(m, D_n), with positions that stay those of the whole tree. */
function pathTo(index: number, span: Span): readonly Span[] {
  // PATH(0, {d[0]}) = {}
  if (span.end - span.begin === 1) return [];
  const middle = middleOf(span);
  const left = { begin: span.begin, end: middle };
  const right = { begin: middle, end: span.end };
  // PATH(m, D_n) = PATH(m, D[0:k]) : MTH(D[k:n]) for m < k
  if (index < middle) return [...pathTo(index, left), right];
  // PATH(m, D_n) = PATH(m - k, D[k:n]) : MTH(D[0:k]) for m >= k
  return [...pathTo(index, right), left];
}

function consistencyPath(oldSize: number, newSize: number): readonly Span[] {
  checkSize(oldSize);
  checkSize(newSize);
  if (oldSize > newSize)
    throw new GarimError(
      "ERR_GARIM_PROOF_INVALID",
      `A tree of ${newSize} leaves did not grow from one of ${oldSize}`,
    );
  // The RFC has no proof from an empty tree: every tree grew from it, and there is nothing to show.
  return oldSize === 0 ? [] : subproof(oldSize, { begin: 0, end: newSize }, true);
}

/**
 * RFC 9162 section 2.1.4.1, SUBPROOF(m, D_n, b), with positions that stay those of the whole tree.
 *
 * @param isKnown - b: whether the span began as the whole old tree, whose root the verifier has
 */
function subproof(oldEnd: number, span: Span, isKnown: boolean): readonly Span[] {
  // SUBPROOF(m, D_m, true) = {}, SUBPROOF(m, D_m, false) = {MTH(D_m)}
  if (oldEnd === span.end) return isKnown ? [] : [span];
  const middle = middleOf(span);
  const left = { begin: span.begin, end: middle };
  const right = { begin: middle, end: span.end };
  // SUBPROOF(m, D_n, b) = SUBPROOF(m, D[0:k], b) : MTH(D[k:n]) for m <= k
  if (oldEnd <= middle) return [...subproof(oldEnd, left, isKnown), right];
  // SUBPROOF(m, D_n, b) = SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k]) for m > k
  return [...subproof(oldEnd, right, false), left];
}
