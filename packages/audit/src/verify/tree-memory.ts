import type { TreeNode } from "../merkle/subtree.ts";
import { Frontier } from "../merkle/tree.ts";
import type { CopyBatch } from "./copy-part.ts";

/** A tree as it was at a checkpoint. */
interface Mark {
  readonly size: number;
  readonly nodes: readonly TreeNode[];
}

/** Repeats and notes that come late are compared so many checkpoints and batches back. */
const REMEMBERED = 20_000;

/** A tree that grows, and how it was a while ago: with what comes twice or late, it can be compared that far back. */
export class TreeMemory {
  readonly #marks: Mark[] = [];
  readonly #recent = new Map<number, CopyBatch>();
  #tree = new Frontier();

  get tree(): Frontier {
    return this.#tree;
  }

  /** A batch of the tree, as far back as is remembered. */
  batch(no: number): CopyBatch | undefined {
    return this.#recent.get(no);
  }

  /** Goes on to a larger tree. */
  grow(tree: Frontier, batches: readonly CopyBatch[]): void {
    const before = this.#tree;
    this.#marks.push({ size: before.size, nodes: before.nodes });
    if (this.#marks.length > REMEMBERED) this.#marks.splice(0, REMEMBERED / 2);
    // Leaves are in the answer; to compare what comes twice, a batch's own hash is enough.
    for (const batch of batches) this.#recent.set(batch.no, { ...batch, leaves: new Uint8Array() });
    for (const no of this.#recent.keys()) {
      if (this.#recent.size <= REMEMBERED) break;
      this.#recent.delete(no);
    }
    this.#tree = tree;
  }

  /** The root of the proven tree as it was with so many batches, as far back as is remembered. */
  rootAt(size: number): Uint8Array | undefined {
    if (size === this.#tree.size) return this.#tree.root();
    const mark = this.#marks.findLast((one) => one.size <= size);
    if (mark === undefined) return undefined;
    const frontier = Frontier.of(mark.size, mark.nodes);
    while (frontier.size < size) {
      const batch = this.#recent.get(frontier.size + 1);
      if (batch === undefined) return undefined;
      frontier.append(batch.hash);
    }
    return frontier.root();
  }
}
