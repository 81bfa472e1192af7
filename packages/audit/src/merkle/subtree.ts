import { GarimError } from "@garim/policy";
import { EMPTY_ROOT, nodeHash } from "./hash.ts";

/**
 * Where a complete subtree stands: it covers the 2^level leaves from `index * 2^level` on. A leaf is of level 0. Once its leaves
 * are written it never changes, so a store can keep it.
 */
export interface NodePlace {
  /** 0 to 52. */
  readonly level: number;
  /** Among the nodes of its level, from 0. */
  readonly index: number;
}

/** A complete subtree with its hash. */
export interface TreeNode extends NodePlace {
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** The leaves `begin` to `end - 1`: what RFC 9162 writes D[begin:end]. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** A safe integer has 53 bits. */
const MAX_LEVEL = 52;

/** Sizes and indexes are counted in safe integers: 32-bit operators would wrap at four thousand million records. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** @throws GarimError `ERR_GARIM_PROOF_INVALID` */
export function checkSize(size: number): void {
  if (isCount(size)) return;
  throw new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `The size of a tree must be an integer from 0 to 2^53 - 1, not ${size}`,
  );
}

/**
 * Where a span of at least two leaves parts: after as many leaves as the largest power of two smaller than their number.
 *
 * @source RFC 9162 section 2.1.1: k < n <= 2k
 */
export function middleOf({ begin, end }: Span): number {
  let width = 1;
  while (2 * width < end - begin) width *= 2;
  return begin + width;
}

/**
 * The complete subtrees that make up a span of the tree, from left to right, each larger than the next: one for each bit of the
 * span's length. The span must be one that {@link middleOf} leads to from the whole tree, so that the subtrees are aligned.
 */
export function placesOf(span: Span): readonly NodePlace[] {
  const places: NodePlace[] = [];
  let { begin } = span;
  for (let level = MAX_LEVEL, width = 2 ** MAX_LEVEL; level >= 0; level--, width /= 2) {
    if (span.end - begin < width) continue;
    places.push({ level, index: begin / width });
    begin += width;
  }
  return places;
}

/**
 * The hash of a span from those of its complete subtrees, left to right: the smallest two are hashed first.
 *
 * @source RFC 9162 section 2.1.1: what stands right of the middle is one subtree, however ragged
 */
export function joinSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return EMPTY_ROOT.slice();
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Finds nodes by their place, in whatever order a store gave them. */
export class NodeTable {
  readonly #nodes = new Map<string, TreeNode>();

  constructor(nodes: Iterable<TreeNode>) {
    for (const node of nodes) this.#nodes.set(keyOf(node), node);
  }

  /** @throws GarimError `ERR_GARIM_PROOF_INVALID` where the store did not give that node */
  at(place: NodePlace): TreeNode {
    const node = this.#nodes.get(keyOf(place));
    if (node !== undefined) return node;
    throw new GarimError(
      "ERR_GARIM_PROOF_INVALID",
      `The store gave no tree node of level ${place.level} and index ${place.index}; it is damaged, or the tree is smaller than thought`,
    );
  }

  hashOf(span: Span): Uint8Array {
    return joinSubtrees(placesOf(span).map((place) => this.at(place).hash));
  }
}

function keyOf({ level, index }: NodePlace): string {
  return `${level}/${index}`;
}
