import { isScalar, makeSeen, type Scalar, type Seen } from "../seen.ts";
import { joinDeclarations, readDeclaration } from "../value/declaration.ts";
import { isObject, type Json, referenceOf, resolveReference } from "./reference.ts";

/** Where a schema of the document is read. */
interface Walk {
  readonly document: Json;
  /** References on the way from the answer: a schema that holds itself has no end. */
  readonly followed: readonly string[];
  readonly level: number;
  /** Whether what is read here may be missing: one of several forms. */
  readonly isOptional: boolean;
}

/** No schema may be deeper. */
const MOST_LEVELS = 60;

/**
 * Reads a schema of an OpenAPI document as if its values had been seen, examples included.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a reference that leads nowhere, and for an `x-pii` that is no text
 */
export function readSchema(document: Json, schema: unknown): Seen {
  const seen = makeSeen();
  read(seen, schema, { document, followed: [], level: 0, isOptional: false });
  return seen;
}

function read(seen: Seen, schema: unknown, walk: Walk): void {
  const reference = referenceOf(schema);
  if (reference !== undefined) follow(seen, schema, reference, walk);
  // What stands beside a reference counts, too: x-pii most of all.
  if (walk.level > MOST_LEVELS) seen.unknown = "it nests too deep";
  else if (isObject(schema)) readHere(seen, schema, { ...walk, level: walk.level + 1 });
}

function readHere(seen: Seen, schema: Json, walk: Walk): void {
  if (typeof schema["title"] === "string") seen.title ??= schema["title"];
  for (const part of listOf(schema["allOf"])) read(seen, part, walk);
  readAlternatives(seen, schema, walk);
  readValues(seen, schema);
  readType(seen, schema, walk);
}

function follow(seen: Seen, schema: unknown, reference: string, walk: Walk): void {
  seen.title ??= reference.slice(reference.lastIndexOf("/") + 1);
  const followed = [...walk.followed, reference];
  if (walk.followed.includes(reference)) seen.unknown = "it holds itself, which no schema can declare";
  else read(seen, resolveReference(walk.document, schema), { ...walk, followed });
}

/** One of several forms: all of them together; where a discriminator tells them apart, each by itself, too. */
function readAlternatives(seen: Seen, schema: Json, walk: Walk): void {
  const forms = [...listOf(schema["oneOf"]), ...listOf(schema["anyOf"])];
  const discriminator = isObject(schema["discriminator"])
    ? schema["discriminator"]["propertyName"]
    : undefined;
  if (typeof discriminator === "string" && forms.length > 0)
    readUnion(seen, schema, forms, discriminator, walk);
  const isOptional = walk.isOptional || forms.length > 1;
  for (const form of forms) read(seen, form, { ...walk, isOptional });
}

function readUnion(
  seen: Seen,
  schema: Json,
  forms: readonly unknown[],
  discriminator: string,
  walk: Walk,
): void {
  const mapping = (schema["discriminator"] as Json)["mapping"];
  const variants = new Map<string, Seen>();
  for (const form of forms) {
    const variant = makeSeen();
    read(variant, form, walk);
    for (const tag of listTags(form, isObject(mapping) ? mapping : {})) variants.set(tag, variant);
  }
  seen.union = { discriminator, variants };
}

/** The values that name a form: those mapped to its reference, else the name it is referred to by. */
function listTags(form: unknown, mapping: Json): readonly string[] {
  const reference = referenceOf(form) ?? "";
  const name = reference.slice(reference.lastIndexOf("/") + 1);
  const mapped = Object.keys(mapping).filter((tag) => mapping[tag] === reference || mapping[tag] === name);
  return mapped.length > 0 ? mapped : [name];
}

/** Examples are values like any other; null is one where it is allowed. */
function readValues(seen: Seen, schema: Json): void {
  const { type, nullable, example, examples } = schema;
  if (nullable === true || listOf(type).includes("null")) seen.values.push(null);
  const given = [example, ...listOf(examples)].filter(
    (value): value is Scalar => isScalar(value) && value !== null,
  );
  seen.values.push(...given);
}

function readType(seen: Seen, schema: Json, walk: Walk): void {
  const types = [schema["type"], ...listOf(schema["type"])];
  const isList = types.includes("array") || "items" in schema;
  if (isList) readList(seen, schema, walk);
  else if (types.includes("object") || "properties" in schema) readObject(seen, schema, walk);
  seen.declaration = joinDeclarations(seen.declaration, readDeclaration(types, schema));
}

function readList(seen: Seen, schema: Json, walk: Walk): void {
  seen.lists = 1;
  seen.item ??= makeSeen();
  read(seen.item, schema["items"], walk);
}

function readObject(seen: Seen, schema: Json, walk: Walk): void {
  seen.objects = 1;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = walk.isOptional ? [] : listOf(schema["required"]);
  if (Object.keys(properties).length === 0 && isObject(schema["additionalProperties"]))
    seen.unknown = "its members are named by data, which no schema can declare: answer a list";
  for (const [name, property] of Object.entries(properties)) {
    const member = seen.members.get(name) ?? { seen: makeSeen(), count: 0 };
    if (required.includes(name)) member.count = 1;
    seen.members.set(name, member);
    read(member.seen, property, { ...walk, isOptional: false });
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
