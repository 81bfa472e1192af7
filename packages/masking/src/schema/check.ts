import { isPiiKind } from "@garim/policy";
import { forbidden, invalid, remedyFor, tooLarge } from "./error.ts";
import type { AnswerShape, Node, OpenField, PiiField, RecordSchema, Shape } from "./schema.ts";
import type { Union } from "./union.ts";

/** Levels a schema may have, nested records included. Values are walked no deeper than their schema. */
const MOST_LEVELS = 64;

/** Members a schema may have, nested records included: shapes shared in many places would grow without bound. */
const MOST_MEMBERS = 10_000;

/** `_masked` is ours; `__proto__` would set a prototype. */
const FORBIDDEN: ReadonlySet<string> = new Set(["", "_masked", "__proto__"]);

interface Walk {
  members: number;
  /** Whether personal fields may stand here: only inside a record is there a decision for them. */
  readonly isRecord: boolean;
}

/**
 * Checks a record's shape and copies it, frozen.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID`
 */
export function checkedShape(shape: Shape, name: string): Shape {
  if (!isShape(shape)) throw invalid(name, shape, `write schema(${JSON.stringify(name)}, { ... }, { ... })`);
  return copyShape(shape, name, 1, { members: 0, isRecord: true });
}

/**
 * Checks an answer's shape: record, list of records, or an envelope without personal fields of its own.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID`
 */
export function checkedAnswer(shape: AnswerShape): AnswerShape {
  const checked = copyNode(shape, "answer", 1, { members: 0, isRecord: false });
  const root = Array.isArray(checked) ? checked[0] : checked;
  if (typeof root.node === "string" && root.node !== "record")
    throw invalid("answer", shape, "answer with a record, [record] or an envelope: { lines: [orderLine] }");
  return checked as AnswerShape;
}

function copyShape(shape: Shape, path: string, level: number, walk: Walk): Shape {
  if (level > MOST_LEVELS) throw tooLarge(path, `more than ${MOST_LEVELS} levels`);
  const entries = Object.entries(shape).map(([key, node]) => {
    if (FORBIDDEN.has(key)) throw forbidden(path, key);
    return [key, copyNode(node, `${path}.${key}`, level + 1, walk)] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}

function copyNode(node: Node, path: string, level: number, walk: Walk): Node {
  walk.members++;
  if (walk.members > MOST_MEMBERS) throw tooLarge(path, `more than ${MOST_MEMBERS} members`);
  if (Array.isArray(node)) return copyList(node, path, level, walk);
  if (!isShape(node)) throw invalid(path, node, remedyFor(path, node));
  if (typeof node["node"] !== "string") return copyShape(node, path, level, walk);
  const declared = node as unknown as OpenField | PiiField | RecordSchema | Union;
  return declared.node === "union"
    ? copyUnion(declared, path, level, walk)
    : checkLeaf(declared, path, level, walk);
}

function copyList(list: readonly Node[], path: string, level: number, walk: Walk): readonly [Node] {
  const [item] = list;
  if (list.length !== 1 || item === undefined)
    throw invalid(path, list, "a list declares one kind of item: write [open()] or [orderLine]");
  if (level > MOST_LEVELS) throw tooLarge(path, `more than ${MOST_LEVELS} levels`);
  return Object.freeze([copyNode(item, `${path}[]`, level + 1, walk)] as const);
}

function copyUnion(node: Union, path: string, level: number, walk: Walk): Union {
  const { tag, variants } = node;
  if (typeof tag !== "string" || !isShape(variants) || Object.keys(variants).length === 0)
    throw invalid(path, node, UNION_REMEDY);
  if (FORBIDDEN.has(tag)) throw forbidden(path, tag);
  const copied = Object.entries(variants).map(([text, shape]) => {
    if (!isShape(shape) || typeof shape["node"] === "string" || Object.hasOwn(shape, tag))
      throw invalid(`${path}(${tag}=${text})`, shape, UNION_REMEDY);
    return [text, copyShape(shape, path, level, walk)] as const;
  });
  return Object.freeze({ node: "union", tag, variants: Object.freeze(Object.fromEntries(copied)) });
}

const UNION_REMEDY =
  'a union declares its tag and, without it, the members of each variant: write union("type", { card: { number: pii.card() }, account: { bank: open() } })';

function checkLeaf(node: OpenField | PiiField | RecordSchema, path: string, level: number, walk: Walk): Node {
  if (node.node === "open") return node;
  if (node.node === "pii" && isPiiKind(node.kind)) {
    if (walk.isRecord) return node;
    throw invalid(
      path,
      node,
      `personal data stands inside a record: write schema("...", { ... }, { ... }) around it`,
    );
  }
  if (node.node !== "record" || !isShape(node.shape)) throw invalid(path, node, remedyFor(path, node));
  // Copied when it was made; walked again only for the levels and members it adds here.
  const inner: Walk = { members: walk.members, isRecord: true };
  copyShape(node.shape, path, level, inner);
  walk.members = inner.members;
  return node;
}

function isShape(node: unknown): node is Shape {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
