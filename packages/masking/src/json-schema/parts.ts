import type { PiiKind } from "@garim/policy";
import { readMark } from "../foreign/mark.ts";
import type { Walk } from "../foreign/walk.ts";
import { undeclarable } from "../schema/error.ts";
import type { RecordSchema } from "../schema/schema.ts";
import { isJsonObject, type JsonObject, resolve } from "./document.ts";

/** What a conversion knows besides the schema it reads. */
export interface Context {
  readonly walk: Walk;
  readonly document: object;
  /** References that are kinds of records of their own. */
  readonly records: ReadonlyMap<string, RecordSchema>;
}

/** What holds for one value. */
export interface Parts {
  /** All of these: the schema itself, what it refers to, and what `allOf` joins. */
  readonly all: readonly JsonObject[];
  /** One of these: `oneOf` or `anyOf`; nothing where there is no choice. */
  readonly choice: readonly unknown[] | undefined;
  /** The kind of record of its own that the value is. */
  readonly record: RecordSchema | undefined;
}

/** Keywords that say of members or items what is not read here: a mark in them would be lost. */
const UNREAD: readonly (readonly [keyword: string, remedy: string])[] = [
  ["patternProperties", 'name the members in "properties"'],
  ["prefixItems", 'a list has one kind of item: write "items"'],
  ["additionalItems", 'a list has one kind of item: write "items"'],
  ["unevaluatedItems", 'a list has one kind of item: write "items"'],
  ["if", 'write "oneOf", with a "const" text in each'],
  ["then", 'write "oneOf", with a "const" text in each'],
  ["else", 'write "oneOf", with a "const" text in each'],
  ["dependentSchemas", 'write "oneOf", with a "const" text in each'],
  ["dependencies", 'write "oneOf", with a "const" text in each'],
  ["contentSchema", "declare what is in the text as members of their own"],
  ["$dynamicRef", 'write "$ref"'],
  ["$recursiveRef", 'write "$ref"'],
];

/** Keywords that may only close an object: what is not named is never written. */
const CLOSING: readonly string[] = ["additionalProperties", "unevaluatedProperties"];

/** Reads schemas that all hold for one value. */
export function readParts(schemas: readonly unknown[], path: string, context: Context): Parts {
  const all = schemas.flatMap((schema) => collect(schema, path, context));
  const [choice, other] = all
    .flatMap(({ oneOf, anyOf }) => [oneOf, anyOf])
    .filter((one) => one !== undefined);
  if (choice !== undefined && !Array.isArray(choice)) throw noSchema(path);
  if (other !== undefined) throw undeclarable(path, "has two choices", 'write one "oneOf"');
  const record = schemas.length === 1 ? recordOf(schemas[0], context) : undefined;
  return { all: [...new Set(all)], choice, record };
}

/** Some tools wrap a reference into an `allOf` of one, so that a description may stand beside it. */
function recordOf(schema: unknown, context: Context): RecordSchema | undefined {
  if (!isJsonObject(schema)) return undefined;
  const { $ref, allOf, properties } = schema;
  if (typeof $ref === "string") return context.records.get($ref);
  const isWrapper = Array.isArray(allOf) && allOf.length === 1 && properties === undefined;
  return isWrapper ? recordOf(allOf[0], context) : undefined;
}

function collect(schema: unknown, path: string, context: Context): readonly JsonObject[] {
  if (!isJsonObject(schema)) throw noSchema(path);
  refuseUnread(schema, path, context);
  const { $ref, allOf = [] } = schema;
  if (!Array.isArray(allOf)) throw noSchema(path);
  const joined = $ref === undefined ? allOf : [resolve(context.document, $ref, path), ...allOf];
  return context.walk.inside([schema], path, () => [
    schema,
    ...joined.flatMap((one) => collect(one, path, context)),
  ]);
}

function refuseUnread(schema: JsonObject, path: string, { document }: Context): void {
  for (const [keyword, remedy] of UNREAD)
    if (Object.hasOwn(schema, keyword))
      throw undeclarable(path, `has "${keyword}", which is not read`, remedy);
  for (const keyword of CLOSING)
    if (Object.hasOwn(schema, keyword) && schema[keyword] !== false)
      throw undeclarable(
        path,
        `has "${keyword}" other than false`,
        `leave it out, and name the members in "properties"`,
      );
  // References in it would start from there.
  if (Object.hasOwn(schema, "$id") && schema !== document)
    throw undeclarable(path, 'has an "$id" of its own', 'leave it out, and refer to it as "#/$defs/..."');
}

/** The marks on a value. */
export function marksOf({ all }: Parts, path: string): ReadonlySet<PiiKind> {
  const marks = all.map((schema) => readMark(schema, "x-pii", path));
  return new Set(marks.filter((mark) => mark !== undefined));
}

/** The schemas of a member, one from each part that declares it. */
export function propertiesNamed({ all }: Parts, name: string): readonly unknown[] {
  return all
    .map(({ properties }) => properties)
    .filter((properties) => isJsonObject(properties) && Object.hasOwn(properties, name))
    .map((properties) => (properties as JsonObject)[name]);
}

function noSchema(path: string): Error {
  return undeclarable(path, "has no schema", 'write { "type": "string" } (or the type it has)');
}
