import { GarimError, isPiiKind } from "@garim/policy";
import type { AnswerShape, Node, Shape } from "./schema.ts";

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
  if ("node" in root && (root.node === "open" || root.node === "pii"))
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
  return checkLeaf(node as unknown as Exclude<Node, Shape | readonly [Node]>, path, level, walk);
}

function copyList(list: readonly Node[], path: string, level: number, walk: Walk): readonly [Node] {
  const [item] = list;
  if (list.length !== 1 || item === undefined)
    throw invalid(path, list, "a list declares one kind of item: write [open()] or [orderLine]");
  if (level > MOST_LEVELS) throw tooLarge(path, `more than ${MOST_LEVELS} levels`);
  return Object.freeze([copyNode(item, `${path}[]`, level + 1, walk)] as const);
}

function checkLeaf(
  node: Exclude<Node, Shape | readonly [Node]>,
  path: string,
  level: number,
  walk: Walk,
): Node {
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

function remedyFor(path: string, node: unknown): string {
  const key = path.slice(path.lastIndexOf(".") + 1);
  return typeof node === "function"
    ? `call it: write ${key}: open() or ${key}: pii.name()`
    : `write ${key}: open(), ${key}: pii.name() (or the kind it is), a shape, a list or a schema`;
}

function invalid(path: string, seen: unknown, remedy: string): GarimError {
  return new GarimError("ERR_GARIM_SCHEMA_INVALID", `${path} is ${describe(seen)}; ${remedy}`);
}

function forbidden(path: string, key: string): GarimError {
  const why = key === "_masked" ? "Garim writes it itself" : "it cannot be a member of an answer";
  return new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path} declares a member ${JSON.stringify(key)}, but ${why}; leave it out or give it another name`,
  );
}

function tooLarge(path: string, what: string): GarimError {
  return new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path.slice(0, 200)} is in a shape of ${what}; does it hold itself? Declare only the members that are answered`,
  );
}

function describe(seen: unknown): string {
  if (Array.isArray(seen)) return `a list of ${seen.length}`;
  if (seen === null || seen === undefined) return String(seen);
  if (typeof seen !== "object") return `a ${typeof seen}`;
  const { node, kind } = seen as { node?: unknown; kind?: unknown };
  return typeof node === "string" ? `a node ${JSON.stringify({ node, kind })}` : "an object";
}
