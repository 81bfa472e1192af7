import type { DraftField } from "../draft.ts";
import { guessByName } from "../name/guess.ts";
import type { Word } from "../name/words.ts";
import type { Seen } from "../seen.ts";
import { type Leaf, readLeaf } from "../value/leaf.ts";
import { draftField } from "./guess.ts";

const leaves = new WeakMap<Seen, Leaf>();

/** What the values of a place have in common; read once, for several questions are asked about each place. */
export function leafOf(seen: Seen): Leaf {
  const leaf = leaves.get(seen) ?? readLeaf(seen);
  leaves.set(seen, leaf);
  return leaf;
}

/** Drafts the field of a place from its name, the names around it and its values. */
export function draftLeaf(seen: Seen, own: readonly Word[], around: readonly Word[]): DraftField {
  return draftField(guessByName(own, around), leafOf(seen));
}
