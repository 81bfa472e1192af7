import { type KindSet, kindSet, NO_KINDS } from "@garim/policy";
import type { Node, OpenField, PiiField, RecordSchema } from "./schema.ts";
import type { Union } from "./union.ts";

/** A node that holds no others, or, as a record, its own. */
type Leaf = OpenField | PiiField | RecordSchema;

/** Tells a declared list. */
export function isList(node: Node): node is readonly [Node] {
  return Array.isArray(node);
}

/** Tells a declared union. */
export function isUnion(node: Exclude<Node, readonly [Node]>): node is Union {
  return node.node === "union";
}

/** Tells open and personal fields and schemas from a shape, whose member `node` could only be another node. */
export function isLeaf(node: Exclude<Node, readonly [Node] | Union>): node is Leaf {
  return typeof node.node === "string";
}

/** Tells a single open or personal field. */
export function isField(node: Node): node is OpenField | PiiField {
  return "node" in node && (node.node === "open" || node.node === "pii");
}

/** The kinds a record holds itself, in any variant; those of records inside it left out. */
export function kindsIn(node: Node): KindSet {
  if (isList(node)) return kindsIn(node[0]);
  if (isUnion(node)) return kindsIn(node.variants);
  if (isLeaf(node)) return node.node === "pii" ? kindSet([node.kind]) : NO_KINDS;
  return Object.values(node).reduce((set, member) => set | kindsIn(member), NO_KINDS);
}
