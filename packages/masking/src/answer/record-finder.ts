import { isLeaf, isList, isUnion } from "../schema/node.ts";
import type { AnswerShape, Node, RecordSchema, Shape } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import { lengthOf, readGuarded, readTag, toList, toObject } from "./containers.ts";
import type { FoundRecord } from "./cursor.ts";
import { wrongShape } from "./error.ts";

/** Adds the records of a value, an outer one before those in it. Reads only what leads to records. */
type Finder = (value: unknown, found: FoundRecord[]) => void;

/**
 * Compiles the search for an answer's records.
 *
 * @returns a function that throws GarimError `ERR_GARIM_ANSWER_SHAPE` where the value's containers are not those declared, and
 *   passes on what the host's getters throw
 */
export function compileFinder(shape: AnswerShape): (value: unknown) => readonly FoundRecord[] {
  const find = finderOf(shape, "answer");
  return (value) => {
    if (value === undefined) throw wrongShape("answer", "an answer", value);
    const found: FoundRecord[] = [];
    find?.(value, found);
    return found;
  };
}

/** The finder of a node; none where no record is inside. */
function finderOf(node: Node, path: string): Finder | undefined {
  if (isList(node)) return inList(finderOf(node[0], `${path}[]`), path);
  if (isUnion(node)) return inUnion(node, path);
  if (!isLeaf(node)) return inObject(memberFinders(node, path), path);
  return node.node === "record" ? inRecord(node, path) : undefined;
}

function inRecord(schema: RecordSchema, path: string): Finder {
  const inside = inObject(memberFinders(schema.shape, schema.name), path);
  return (value, found) => {
    if (value === null || value === undefined) return;
    found.push({ schema, value: toObject(value, path) });
    inside?.(value, found);
  };
}

function inList(find: Finder | undefined, path: string): Finder | undefined {
  if (find === undefined) return undefined;
  return (value, found) => {
    if (value === null || value === undefined) return;
    const list = toList(value, path);
    const length = lengthOf(list, path);
    for (let i = 0; i < length; i++) find(list[i], found);
  };
}

function inUnion({ tag, variants }: Union, path: string): Finder | undefined {
  const finders = new Map<unknown, Finder>();
  for (const [text, shape] of Object.entries(variants)) {
    const find = inObject(memberFinders(shape, path), path);
    if (find !== undefined) finders.set(text, find);
  }
  if (finders.size === 0) return undefined;
  return (value, found) => {
    if (value === null || value === undefined) return;
    finders.get(readTag(toObject(value, path), tag))?.(value, found);
  };
}

interface MemberFinder {
  readonly key: string;
  readonly find: Finder;
}

function inObject(members: readonly MemberFinder[], path: string): Finder | undefined {
  if (members.length === 0) return undefined;
  return (value, found) => {
    if (value === null || value === undefined) return;
    const object = toObject(value, path);
    for (const { key, find } of members) find(readGuarded(object, key), found);
  };
}

function memberFinders(shape: Shape, path: string): readonly MemberFinder[] {
  return Object.entries(shape).flatMap(([key, node]) => {
    const find = finderOf(node, `${path}.${key}`);
    return find === undefined ? [] : [{ key, find }];
  });
}
