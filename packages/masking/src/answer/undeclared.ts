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

interface Search {
  readonly every: boolean;
  readonly paths: Set<string>;
}

/**
 * Lists what a value has and its shape does not declare: members, objects in open fields, and variants of a union.
 *
 * @param every - looks at every item of lists; else at the first of each
 * @returns at most 20 paths such as `lines[].buyer.nickname`; a name that may itself be data stands as `?`
 */
export function listUndeclared(shape: AnswerShape, value: unknown, every: boolean): readonly string[] {
  const search: Search = { every, paths: new Set() };
  visit(shape, value, "", search);
  return [...search.paths];
}

function visit(node: Node, value: unknown, path: string, search: Search): void {
  if (search.paths.size >= MOST_PATHS) return;
  if (isList(node)) visitList(node[0], value, `${path}[]`, search);
  else if (isUnion(node)) visitUnion(node, value, path, search);
  else if (!isLeaf(node)) visitObject(node, value, path, search);
  else if (node.node === "record") visitObject(node.shape, value, path, search);
  else if (node.node === "open" && isUnwritable(value)) search.paths.add(path);
}

function visitList(item: Node, value: unknown, path: string, search: Search): void {
  if (!Array.isArray(value)) return;
  const length = search.every ? lengthOf(value, path) : 1;
  for (let i = 0; i < length; i++) visit(item, value[i], path, search);
}

function visitUnion({ tag, variants }: Union, value: unknown, path: string, search: Search): void {
  if (!isHostObject(value)) return;
  const text = readTag(value, tag);
  const shape = typeof text === "string" && Object.hasOwn(variants, text) ? variants[text] : undefined;
  if (shape === undefined) search.paths.add(`${join(path, tag)}=?`);
  else visitObject(shape, value, path, search, tag);
}

/** @param tag - a member that is declared beside the shape */
function visitObject(shape: Shape, value: unknown, path: string, search: Search, tag?: string): void {
  if (!isHostObject(value)) return;
  for (const [key, node] of Object.entries(shape))
    visit(node, readGuarded(value, key), join(path, key), search);
  for (const key of Object.keys(value)) {
    if (search.paths.size >= MOST_PATHS) return;
    if (key !== tag && !Object.hasOwn(shape, key) && isData(readGuarded(value, key)))
      search.paths.add(join(path, showKey(key)));
  }
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
