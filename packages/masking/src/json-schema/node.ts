import { agreedField, fieldOf, refuseMarks } from "../foreign/mark.ts";
import { unionOf } from "../foreign/variants.ts";
import { undeclarable } from "../schema/error.ts";
import { isField, isLeaf, isList, isUnion } from "../schema/node.ts";
import type { Node, Shape } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import { isJsonObject } from "./document.ts";
import { formOf, formsOf } from "./form.ts";
import { type Context, marksOf, type Parts, propertiesNamed, readParts } from "./parts.ts";
import { findTag, type Option } from "./tag.ts";

/**
 * Reads a schema as the members of an object.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where it is none, or does not say in full what may be answered
 */
export function shapeOf(schema: unknown, path: string, context: Context): Shape {
  const node = nodeOf(readParts([schema], path, context), path, context);
  if (!isList(node) && !isUnion(node) && !isLeaf(node)) return node;
  throw undeclarable(path, "is no object of one shape", 'write "type": "object" with "properties"');
}

function nodeOf(parts: Parts, path: string, context: Context): Node {
  const { all, choice, record } = parts;
  if (record !== undefined) return record;
  if (choice !== undefined)
    return context.walk.inside([choice], path, () => convertChoice(parts, choice, path, context));
  return context.walk.inside(all, path, () => convert(parts, path, context));
}

function convert(parts: Parts, path: string, context: Context): Node {
  const form = formOf(parts.all, path);
  if (form === "object") return convertObject(parts, path, context);
  return form === "array" ? convertList(parts, path, context) : fieldOf(marksOf(parts, path), path);
}

function convertObject(parts: Parts, path: string, context: Context): Shape {
  refuseMarks(marksOf(parts, path), "an object", path);
  const declared = parts.all.map(({ properties }) => properties).filter((one) => one !== undefined);
  if (declared.length === 0 || !declared.every(isJsonObject))
    throw undeclarable(path, "is an object of unnamed members", 'name them in "properties"');
  const names = new Set(declared.flatMap((properties) => Object.keys(properties)));
  return Object.fromEntries([...names].flatMap((name) => convertMember(parts, name, path, context)));
}

/** A member that is only ever asked for, such as a password, is not answered. */
function convertMember(
  parts: Parts,
  name: string,
  path: string,
  context: Context,
): readonly [string, Node][] {
  const inside = `${path}.${name}`;
  const member = readParts(propertiesNamed(parts, name), inside, context);
  if (member.all.some((schema) => schema["writeOnly"] === true)) return [];
  return [[name, nodeOf(member, inside, context)]];
}

function convertList(parts: Parts, path: string, context: Context): readonly [Node] {
  refuseMarks(marksOf(parts, path), "a list", path);
  const items = parts.all.map((schema) => schema["items"]).filter((one) => one !== undefined);
  if (items.length === 0) throw undeclarable(path, "is a list of anything", 'write "items"');
  const inside = `${path}[]`;
  return [nodeOf(readParts(items, inside, context), inside, context)];
}

function convertChoice(parts: Parts, choice: readonly unknown[], path: string, context: Context): Node {
  const options = choice.map((schema) => optionOf(schema, parts, path, context));
  const some = options.filter(({ own }) => !isNull(own, path));
  const [only] = some;
  if (only !== undefined && some.length === 1) return only.own.record ?? nodeOf(only.parts, path, context);
  if (some.every(({ own }) => isSilent(own, path))) return nodeOf(joinAll(parts, some), path, context);
  if (some.every(({ parts }) => isObject(parts, path))) return convertUnion(parts, some, path, context);
  const nodes = some.map((option) => nodeOf(option.parts, path, context));
  if (nodes.every(isField)) return agreedField(nodes, path);
  throw undeclarable(path, "may be several things that no text tells apart", "declare one of them");
}

function convertUnion(parts: Parts, options: readonly Option[], path: string, context: Context): Union {
  const tag = findTag(parts.all, options, path, context);
  const variants = options.map((option, i) => ({
    texts: tag.texts[i] ?? [],
    shape: context.walk.inside(option.parts.all, path, () => convertObject(option.parts, path, context)),
  }));
  return unionOf(tag.name, variants, path);
}

function optionOf(schema: unknown, base: Parts, path: string, context: Context): Option {
  const own = readParts([schema], path, context);
  return { schema, own, parts: joinAll(base, [{ own }], own.choice) };
}

/** What holds if all of some options do. */
function joinAll(base: Parts, options: readonly Pick<Option, "own">[], choice?: Parts["choice"]): Parts {
  const all = new Set([...base.all, ...options.flatMap(({ own }) => own.all)]);
  return { all: [...all], choice, record: undefined };
}

function isNull({ all, choice }: Parts, path: string): boolean {
  const [form, other] = formsOf(all, path);
  return choice === undefined && form === "null" && other === undefined;
}

/** Options such as `{ "required": ["phone"] }` say which members there are, not what they are. */
function isSilent({ all, choice }: Parts, path: string): boolean {
  return choice === undefined && formsOf(all, path).size === 0;
}

function isObject({ all, choice }: Parts, path: string): boolean {
  return choice === undefined && formOf(all, path) === "object";
}
