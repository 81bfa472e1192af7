import { checkHash, nodeHash } from "./hash.ts";
import { checkSize, joinSubtrees, type NodePlace, NodeTable, placesOf, type TreeNode } from "./subtree.ts";

/**
 * The root of the tree over these leaves.
 *
 * @param leafHashes - of `leafHash` or `hashPrefixed`, in order; none gives `EMPTY_ROOT`
 * @returns 32 bytes
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where one is not 32 bytes
 * @source RFC 9162 section 2.1.1
 */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier();
  for (const leafHash of leafHashes) frontier.append(leafHash);
  return frontier.root();
}

/**
 * Which complete subtrees make up a tree of that size, from left to right: what a store must keep to append to it.
 *
 * @param size - leaves, 0 to 2^53 - 1
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where that is no size
 */
export function frontierNodes(size: number): readonly NodePlace[] {
  checkSize(size);
  return placesOf({ begin: 0, end: size });
}

/** The right edge of a tree that only grows: the complete subtrees of its size, and no more than 53 of them. */
export class Frontier {
  readonly #nodes: TreeNode[] = [];
  #size = 0;

  /**
   * Takes up a tree where it was left.
   *
   * @param size - leaves, 0 to 2^53 - 1
   * @param nodes - those of `frontierNodes(size)`, in any order; others are ignored
   * @throws GarimError `ERR_GARIM_PROOF_INVALID` where one is missing or has no hash of 32 bytes
   */
  static of(size: number, nodes: Iterable<TreeNode>): Frontier {
    const frontier = new Frontier();
    const table = new NodeTable(nodes);
    for (const place of frontierNodes(size)) frontier.#push(table.at(place));
    frontier.#size = size;
    return frontier;
  }

  /** How many leaves there are. */
  get size(): number {
    return this.#size;
  }

  /** The complete subtrees it consists of, largest first: what `Frontier.of` takes it up from. */
  get nodes(): readonly TreeNode[] {
    return [...this.#nodes];
  }

  /**
   * Appends a leaf.
   *
   * @param leafHash - 32 bytes; kept, not copied
   * @returns the inner nodes that became complete by it, from level 1 upwards: none for every other leaf, one on average
   * @throws GarimError `ERR_GARIM_PROOF_INVALID` where it is not 32 bytes, or the tree is full
   */
  append(leafHash: Uint8Array): readonly TreeNode[] {
    checkHash(leafHash);
    checkSize(this.#size + 1);
    let node: TreeNode = { level: 0, index: this.#size, hash: leafHash };
    const complete: TreeNode[] = [];
    for (let left = this.#takeSibling(node); left !== undefined; left = this.#takeSibling(node)) {
      node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash) };
      complete.push(node);
    }
    this.#nodes.push(node);
    this.#size++;
    return complete;
  }

  /** The root of the tree as it is: 32 bytes. */
  root(): Uint8Array {
    return joinSubtrees(this.#nodes.map(({ hash }) => hash));
  }

  /** A node of odd index is a right child, and its left sibling is the last of the frontier. */
  #takeSibling(node: NodePlace): TreeNode | undefined {
    return node.index % 2 === 1 ? this.#nodes.pop() : undefined;
  }

  #push(node: TreeNode): void {
    checkHash(node.hash);
    this.#nodes.push(node);
  }
}
