import type { PiiKind } from "@garim/policy";
import { agreedField, fieldOf, refuseMarks } from "../foreign/mark.ts";
import { unionOf } from "../foreign/variants.ts";
import { undeclarable } from "../schema/error.ts";
import { isField } from "../schema/node.ts";
import type { Node, OpenField, PiiField, Shape } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import { definitionOf, type ZodSchema } from "./definition.ts";
import { refuseType } from "./refusal.ts";
import { tagTexts } from "./tag.ts";
import { type Context, unwrap, type Wrapped } from "./unwrap.ts";

/** Values as JSON has them, and dates. */
const SCALARS: ReadonlySet<string> = new Set([
  "string",
  "number",
  "boolean",
  "date",
  "null",
  "undefined",
  "nan",
  "enum",
  "literal",
  "template_literal",
]);

/**
 * Reads a schema as the members of an object.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where it is none, or does not say in full what may be answered
 */
export function shapeOf(schema: ZodSchema, path: string, context: Context): Shape {
  const wrapped = unwrap(schema, path, context);
  const { type } = wrapped.definition;
  if (type !== "object") throw undeclarable(path, `is z.${type}()`, "write z.object({ ... })");
  return context.walk.inside(wrapped.layers, path, () => convertObject(wrapped, path, context));
}

/** @param outer - marks of what the schema stands in */
function nodeOf(schema: ZodSchema, path: string, context: Context, outer?: ReadonlySet<PiiKind>): Node {
  const wrapped = unwrap(schema, path, context, outer);
  if (wrapped.record !== undefined) return wrapped.record;
  return context.walk.inside(wrapped.layers, path, () => convert(wrapped, path, context));
}

function convert(wrapped: Wrapped, path: string, context: Context): Node {
  const { type, element, discriminator } = wrapped.definition;
  if (SCALARS.has(type)) return convertScalar(wrapped, path);
  if (type === "object") return convertObject(wrapped, path, context);
  if (type === "union" && discriminator === undefined) return convertChoice(wrapped, path, context);
  if (type === "union") return convertUnion(wrapped, path, context);
  if (type !== "array" || element === undefined) throw refuseType(type, path);
  refuseMarks(wrapped.marks, "a list", path);
  return [nodeOf(element, `${path}[]`, context)];
}

function convertScalar({ definition, marks }: Wrapped, path: string): OpenField | PiiField {
  if (definition.values?.some((value) => typeof value === "bigint")) throw refuseType("bigint", path);
  return fieldOf(marks, path);
}

function convertObject({ definition, marks }: Wrapped, path: string, context: Context): Shape {
  const { shape = {}, catchall } = definition;
  refuseMarks(marks, "an object", path);
  if (catchall !== undefined && definitionOf(catchall, path).type !== "never")
    throw undeclarable(
      path,
      "lets members through that it does not name",
      "write z.object({ ... }) with all of them",
    );
  return Object.fromEntries(
    Object.entries(shape).map(([key, member]) => [key, nodeOf(member, `${path}.${key}`, context)]),
  );
}

function convertUnion({ definition, marks }: Wrapped, path: string, context: Context): Union {
  const { discriminator: tag = "", options = [] } = definition;
  refuseMarks(marks, "a union", path);
  const variants = options.map((option) => ({
    texts: tagTexts(option, tag, path, context),
    shape: shapeOf(option, path, context),
  }));
  return unionOf(tag, variants, path);
}

/** A choice without a tag: of texts, numbers and the like, or of one thing and nothing. */
function convertChoice({ definition, marks }: Wrapped, path: string, context: Context): Node {
  const { options = [] } = definition;
  const some = options.filter((option) => !NOTHING.has(unwrap(option, path, context).definition.type));
  const nodes = some.map((option) => nodeOf(option, path, context, marks));
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return only;
  if (!nodes.every(isField)) throw refuseType("union", path);
  return agreedField(nodes, path);
}

const NOTHING: ReadonlySet<string> = new Set(["null", "undefined"]);
