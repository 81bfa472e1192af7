import { Walk } from "./foreign/walk.ts";
import { isJsonObject, nameOfRef, resolve } from "./json-schema/document.ts";
import { shapeOf } from "./json-schema/node.ts";
import { checkNames } from "./option-names.ts";
import { undeclarable } from "./schema/error.ts";
import { type AnyRecord, type RecordRules, type RecordSchema, type Shape, schema } from "./schema/schema.ts";

/** Which schema of a document is a record, and what it is called. */
export interface JsonSchemaOptions {
  /** As in `schema`. Default: the schema's `title`, else the last word of `ref`. */
  readonly name?: string;
  /** Where in the document the schema stands: `#/components/schemas/OrderLine`. Default: the document is the schema. */
  readonly ref?: string;
}

/** Which schema of a document is an envelope, and which records are in it. */
export interface JsonShapeOptions {
  /** Where in the document the schema stands. Default: the document is the schema. */
  readonly ref?: string;
  /** Which references are kinds of records of their own: `{ "#/components/schemas/OrderLine": orderLine }`. */
  readonly records?: { readonly [ref: string]: RecordSchema };
}

/**
 * Declares a kind of record by a JSON Schema 2020-12, such as those in an OpenAPI 3.1 document: fields marked `"x-pii": "name"` are
 * personal data of that kind, all other texts, numbers, booleans and nulls are open. A `writeOnly` member is left out.
 *
 * References inside the document, `allOf`, lists, optional and nullable members are taken over; `oneOf` and `anyOf` of objects become
 * a union by their `discriminator` or `const` texts. All that does not say in full what may be answered is refused.
 *
 * @param document - the parsed JSON
 * @param rules - as in `schema`
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for objects of unnamed members, lists of anything, references out of the document or
 *   in a circle, a mark that is no kind, and a missing name; the message names the member. `ERR_GARIM_OPTION_UNKNOWN`
 */
export function fromJsonSchema<R = AnyRecord>(
  document: object,
  rules: RecordRules<R>,
  options: JsonSchemaOptions = {},
): RecordSchema<R> {
  checkNames("fromJsonSchema", options, ["name", "ref"]);
  const { ref } = options;
  const root = rootOf(document, ref, "The record");
  const name = options.name ?? nameOf(root, ref);
  return schema(name, shapeOf(root, name, { walk: new Walk(), document, records: new Map() }), rules);
}

/**
 * Declares the members of an object by a JSON Schema, for an envelope around records, or to be changed by hand before `schema`
 * takes them.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID`, `ERR_GARIM_OPTION_UNKNOWN`, as in {@link fromJsonSchema}
 */
export function shapeFromJsonSchema(document: object, options: JsonShapeOptions = {}): Shape {
  checkNames("shapeFromJsonSchema", options, ["ref", "records"]);
  const records = new Map(Object.entries(options.records ?? {}));
  return shapeOf(rootOf(document, options.ref, "answer"), "answer", { walk: new Walk(), document, records });
}

function rootOf(document: object, ref: string | undefined, path: string): unknown {
  return ref === undefined ? document : resolve(document, ref, path);
}

function nameOf(root: unknown, ref: string | undefined): string {
  const title = isJsonObject(root) ? root["title"] : undefined;
  if (typeof title === "string") return title;
  if (ref !== undefined && ref !== "#") return nameOfRef(ref);
  throw undeclarable(
    "The record",
    "has no name",
    'write fromJsonSchema(document, rules, { name: "orderLine" })',
  );
}
