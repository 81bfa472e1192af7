import { isLeaf, isList, isUnion } from "../schema/node.ts";
import type { Node } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import { makeRun, type Run } from "./bytes.ts";

/** Bytes a value of fixed size takes at most (a `Date` has 26, a number 25, brackets 2), with room for the padding of a run. */
const FIXED_BYTES = 64;

/** Bytes that everything of fixed size in an answer takes at most, each list and record counted once. */
export function marginOf(node: Node): number {
  if (isList(node)) return FIXED_BYTES + marginOf(node[0]);
  if (isUnion(node)) return marginOfUnion(node);
  if (isLeaf(node)) return FIXED_BYTES + (node.node === "record" ? marginOf(node.shape) : 0);
  return Object.entries(node).reduce(
    (sum, [key, member]) => sum + keyRun(key).words.byteLength + marginOf(member),
    FIXED_BYTES,
  );
}

function marginOfUnion({ tag, variants }: Union): number {
  return Object.entries(variants).reduce(
    (sum, [text, shape]) => sum + tagRun(tag, text).words.byteLength + marginOf(shape),
    FIXED_BYTES,
  );
}

/** `,"key":` - the comma too: that of the first member becomes the opening bracket. */
export function keyRun(key: string): Run {
  return makeRun(`,${JSON.stringify(key)}:`);
}

/** `,"tag":"text"` */
export function tagRun(tag: string, text: string): Run {
  return makeRun(`,${JSON.stringify(tag)}:${JSON.stringify(text)}`);
}
