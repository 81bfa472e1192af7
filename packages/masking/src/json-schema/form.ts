import { undeclarable } from "../schema/error.ts";
import { isJsonObject, type JsonObject } from "./document.ts";

/** What a value is made of. */
export type Form = "scalar" | "object" | "array" | "null";

const FORMS: ReadonlyMap<unknown, Form> = new Map<unknown, Form>([
  ["string", "scalar"],
  ["number", "scalar"],
  ["integer", "scalar"],
  ["boolean", "scalar"],
  ["null", "null"],
  ["object", "object"],
  ["array", "array"],
]);

/**
 * Tells what a value is made of by everything that is said of it; `null` beside something else does not count.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where nothing is said, or two things
 */
export function formOf(all: readonly JsonObject[], path: string): Form {
  const forms = formsOf(all, path);
  const [form = "null", other] = [...forms].filter((one) => one !== "null");
  if (other !== undefined)
    throw undeclarable(path, `may be ${form} or ${other}`, 'write "oneOf", or one of the types');
  if (forms.size === 0)
    throw undeclarable(path, "does not say what it is", 'write "type": "string" (or the type it has)');
  return form;
}

/** Everything that is said of what a value is made of. */
export function formsOf(all: readonly JsonObject[], path: string): ReadonlySet<Form> {
  return new Set(all.flatMap((schema) => [...typesOf(schema, path), ...impliedOf(schema)]));
}

function typesOf({ type }: JsonObject, path: string): readonly Form[] {
  const types: readonly unknown[] = type === undefined ? [] : [type].flat();
  return types.map((one) => {
    const form = FORMS.get(one);
    if (form !== undefined) return form;
    throw undeclarable(
      path,
      `is of type ${JSON.stringify(one)?.slice(0, 64)}`,
      'write "type": "string" (or the type it has)',
    );
  });
}

/** What keywords say without a type. */
function impliedOf(schema: JsonObject): readonly Form[] {
  const values = [...(Object.hasOwn(schema, "const") ? [schema["const"]] : []), ...listOf(schema["enum"])];
  const forms = values.map(formOfValue);
  if (schema["properties"] !== undefined) forms.push("object");
  if (schema["items"] !== undefined) forms.push("array");
  return forms;
}

function formOfValue(value: unknown): Form {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return isJsonObject(value) ? "object" : "scalar";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
