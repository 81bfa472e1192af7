import { inputInvalid } from "../../input-error.ts";

/** An object of a JSON document. */
export type Json = Readonly<Record<string, unknown>>;

/** A reference that leads to a reference, and so on, is a circle at the latest after so many. */
const MOST_STEPS = 32;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The `$ref` of a value, if it is a reference. */
export function referenceOf(value: unknown): string | undefined {
  return isObject(value) && typeof value["$ref"] === "string" ? value["$ref"] : undefined;
}

/**
 * Follows a reference within a document; a value that is none is its own target.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a reference to another file, to nothing, or in a circle
 */
export function resolveReference(document: Json, value: unknown): unknown {
  let target = value;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const reference = referenceOf(target);
    if (reference === undefined) return target;
    target = lookUp(document, reference);
  }
  throw inputInvalid(
    `The reference ${JSON.stringify(referenceOf(value))} leads in a circle; correct the document`,
  );
}

function lookUp(document: Json, reference: string): unknown {
  if (!reference.startsWith("#"))
    throw inputInvalid(
      `The reference ${JSON.stringify(reference)} leads to another file; bundle the document into one`,
    );
  const target = readPointer(reference).reduce<unknown>(
    (at, name) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, name) ? (at as Json)[name] : undefined,
    document,
  );
  if (target !== undefined) return target;
  throw inputInvalid(`The reference ${JSON.stringify(reference)} leads to nothing; correct the document`);
}

/** The names of a JSON pointer in a fragment: `#/paths/~1orders`. */
function readPointer(reference: string): readonly string[] {
  return reference
    .slice(1)
    .split("/")
    .slice(1)
    .map((name) => decode(name).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
