import type { PiiKind } from "@garim/policy";
import { readMark } from "../foreign/mark.ts";
import type { Walk } from "../foreign/walk.ts";
import { undeclarable } from "../schema/error.ts";
import type { RecordSchema } from "../schema/schema.ts";
import { type Definition, definitionOf, metaOf, type ZodSchema } from "./definition.ts";

/** What a conversion knows besides the schema it reads. */
export interface Context {
  readonly walk: Walk;
  /** Schemas that are kinds of records of their own. */
  readonly records: ReadonlyMap<ZodSchema, RecordSchema>;
}

/** A schema and all that is wrapped around it: `z.string().meta({ pii: "name" }).optional()` is a text, marked. */
export interface Wrapped {
  readonly definition: Definition;
  readonly marks: ReadonlySet<PiiKind>;
  readonly record: RecordSchema | undefined;
  /** The schema itself and its wrappers. */
  readonly layers: readonly ZodSchema[];
}

/** Schemas that say when there is a value, not what it is. */
const WRAPPERS: ReadonlySet<string> = new Set([
  "optional",
  "nonoptional",
  "nullable",
  "default",
  "prefault",
  "catch",
  "readonly",
  "lazy",
]);

/** Wrappers around one schema; more are a `z.lazy` that never ends. */
const MOST_LAYERS = 64;

const NO_MARKS: ReadonlySet<PiiKind> = new Set();

/** @param outer - marks of what the schema stands in */
export function unwrap(
  schema: ZodSchema,
  path: string,
  context: Context,
  outer: ReadonlySet<PiiKind> = NO_MARKS,
): Wrapped {
  const marks = new Set(outer);
  const layers: ZodSchema[] = [];
  let record: RecordSchema | undefined;
  for (let at: ZodSchema | undefined = schema; at !== undefined; ) {
    if (layers.length >= MOST_LAYERS)
      throw undeclarable(path, "is wrapped without end", "declare what is answered, without z.lazy()");
    layers.push(at);
    const definition = definitionOf(at, path);
    const mark = readMark(metaOf(at, path), "pii", path);
    if (mark !== undefined) marks.add(mark);
    record ??= context.records.get(at);
    if (!WRAPPERS.has(definition.type)) return { definition, marks, record, layers };
    at = definition.innerType ?? definition.getter?.();
  }
  throw undeclarable(path, "wraps nothing", "declare what is answered");
}
