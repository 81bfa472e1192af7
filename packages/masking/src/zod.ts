import { Walk } from "./foreign/walk.ts";
import { undeclarable } from "./schema/error.ts";
import { type AnyRecord, type RecordRules, type RecordSchema, type Shape, schema } from "./schema/schema.ts";
import { definitionOf, metaOf, type ZodObject, type ZodSchema } from "./zod/definition.ts";
import { shapeOf } from "./zod/node.ts";

export type { ZodObject, ZodSchema } from "./zod/definition.ts";

/** A record as a Zod object declares it; the rules may read members of the host's that it does not declare. */
export type ZodRecord<Z extends ZodObject> = Z["_zod"]["output"] & AnyRecord;

/**
 * Declares a kind of record by a Zod object: fields marked with `.meta({ pii: "name" })` are personal data of that kind, all
 * other texts, numbers, booleans, dates and nulls are open.
 *
 * Objects, lists, optional, nullable, default and readonly ones, enums, literals and discriminated unions are taken over; all
 * that does not say in full what may be answered is refused.
 *
 * @param rules - as in `schema`
 * @param name - as in `schema`; else what `.meta()` gives as `id` or `title`
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for `z.any()`, `z.record()`, transforms, unions of objects without a tag and the
 *   like, a mark that is no kind, a missing name, and schemas older than Zod 4.3; the message names the member
 */
export function fromZod<Z extends ZodObject>(
  object: Z,
  rules: RecordRules<ZodRecord<Z>>,
  name: string = nameOf(object),
): RecordSchema<ZodRecord<Z>> {
  return schema(name, shapeOf(object, name, { walk: new Walk(), records: NO_RECORDS }), rules);
}

/**
 * Declares the members of a Zod object, for an envelope around records, or to be changed by hand before `schema` takes them.
 *
 * @param records - which Zod objects in it are kinds of records of their own: `new Map([[OrderLine, orderLine]])`
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` as in {@link fromZod}
 */
export function shapeFromZod(
  object: ZodObject,
  records: ReadonlyMap<ZodSchema, RecordSchema> = NO_RECORDS,
): Shape {
  return shapeOf(object, "answer", { walk: new Walk(), records });
}

const NO_RECORDS: ReadonlyMap<ZodSchema, RecordSchema> = new Map();

function nameOf(object: ZodObject): string {
  definitionOf(object, "The record");
  const meta: { readonly id?: unknown; readonly title?: unknown } = metaOf(object, "The record") ?? {};
  const name = meta.id ?? meta.title;
  if (typeof name === "string") return name;
  throw undeclarable("The record", "has no name", 'write fromZod(OrderLine, rules, "orderLine")');
}
