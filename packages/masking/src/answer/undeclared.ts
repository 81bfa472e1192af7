import { isLeaf, isList, isUnion } from "../schema/node.ts";
import type { AnswerShape, Node, Shape } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import { lengthOf, readGuarded, readTag } from "./containers.ts";
import { isHostObject } from "./error.ts";
import { timeOf } from "./value-writers.ts";

/** Paths told at most: a few show the mistake. */
const MOST_PATHS = 20;

/** What a member is called where its name is shown: more digits or other signs may be a key made of data. */
const PLAIN_KEY = /^(?!(?:.*\d){5})[\p{L}\p{N}_$-]{1,64}$/u;

/** Paths found so far, and whether every item of a list is looked at, or the first alone. */
class Findings {
  readonly every: boolean;
  readonly paths = new Set<string>();

  constructor(every: boolean) {
    this.every = every;
  }

  get isFull(): boolean {
    return this.paths.size >= MOST_PATHS;
  }

  add(path: string): void {
    if (!this.isFull) this.paths.add(path);
  }
}

/** Looks through a value for what its node does not declare. */
type Look = (value: unknown, findings: Findings) => void;

/**
 * Compiles the search for what a value has and its shape does not declare: members, objects in open fields, and variants of a union.
 * Every guarded answer is searched, so paths and names are put together once and not for each.
 *
 * @returns a function that gives at most 20 paths such as `lines[].buyer.nickname`; a name that may itself be data stands as `?`
 */
export function compileUndeclared(shape: AnswerShape): (value: unknown, every: boolean) => readonly string[] {
  const look = lookOf(shape, "");
  return (value, every) => {
    const findings = new Findings(every);
    look?.(value, findings);
    return [...findings.paths];
  };
}

/** What looks through values of a node; nothing where whatever stands there is declared. */
function lookOf(node: Node, path: string): Look | undefined {
  if (isList(node)) return inList(lookOf(node[0], `${path}[]`), path);
  if (isUnion(node)) return inUnion(node, path);
  if (!isLeaf(node)) return inObject(node, path);
  if (node.node === "record") return inObject(node.shape, path);
  return node.node === "open" ? inOpen(path) : undefined;
}

function inOpen(path: string): Look {
  return (value, findings) => {
    if (isUnwritable(value)) findings.add(path);
  };
}

function inList(look: Look | undefined, path: string): Look | undefined {
  if (look === undefined) return undefined;
  return (value, findings) => {
    if (!Array.isArray(value)) return;
    const length = findings.every ? lengthOf(value, path) : 1;
    for (let i = 0; i < length && !findings.isFull; i++) look(value[i], findings);
  };
}

function inUnion({ tag, variants }: Union, path: string): Look {
  const looks = new Map<unknown, Look>(
    Object.entries(variants).map(([text, shape]) => [text, inObject(shape, path, tag)]),
  );
  const unknown = `${join(path, tag)}=?`;
  return (value, findings) => {
    if (!isHostObject(value)) return;
    const look = looks.get(readTag(value, tag));
    if (look === undefined) findings.add(unknown);
    else look(value, findings);
  };
}

interface MemberLook {
  readonly key: string;
  readonly look: Look;
}

/** @param tag - a member that is declared beside the shape */
function inObject(shape: Shape, path: string, tag?: string): Look {
  const members = Object.entries(shape).flatMap(([key, node]): MemberLook[] => {
    const look = lookOf(node, join(path, key));
    return look === undefined ? [] : [{ key, look }];
  });
  const declared = new Set(tag === undefined ? Object.keys(shape) : [...Object.keys(shape), tag]);
  return (value, findings) => {
    if (!isHostObject(value) || findings.isFull) return;
    for (const { key, look } of members) look(readGuarded(value, key), findings);
    for (const key of Object.keys(value))
      if (!declared.has(key) && !findings.isFull && isData(readGuarded(value, key)))
        findings.add(join(path, showKey(key)));
  };
}

/** An object in an open field is not written; a real `Date` is. */
function isUnwritable(value: unknown): boolean {
  return typeof value === "object" && value !== null && timeOf(value) === undefined;
}

/** What `JSON.stringify` would have written. */
function isData(value: unknown): boolean {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}

function showKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : "?";
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
