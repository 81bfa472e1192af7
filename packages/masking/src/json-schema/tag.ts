import { undeclarable } from "../schema/error.ts";
import { isJsonObject, type JsonObject, nameOfRef } from "./document.ts";
import { type Context, type Parts, propertiesNamed, readParts } from "./parts.ts";

/** One schema of a choice. */
export interface Option {
  readonly schema: unknown;
  /** What it says itself. */
  readonly own: Parts;
  /** What holds for the value if this one does: what held for the choice, too. */
  readonly parts: Parts;
}

/** How the options of a choice are told apart. */
export interface Tag {
  readonly name: string;
  /** The texts that choose each option, in their order. */
  readonly texts: readonly (readonly string[])[];
}

/**
 * Finds the member by whose text the options of a choice are told apart: the discriminator's (OpenAPI), or one that is a
 * `const` text, or an `enum` of texts, in each.
 *
 * @param all - what holds for the choice
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where there is none
 */
export function findTag(
  all: readonly JsonObject[],
  options: readonly Option[],
  path: string,
  context: Context,
): Tag {
  const discriminator = all.map((schema) => schema["discriminator"]).find(isJsonObject);
  if (discriminator !== undefined) return tagBy(discriminator, options, path, context);
  for (const name of membersOf(options[0])) {
    const texts = options.map((option) => constantsOf(option, name, path, context));
    if (areApart(texts)) return { name, texts };
  }
  throw undeclarable(
    path,
    "may be one of several objects that no text tells apart",
    'give each of them a member such as "type": { "const": "card" }',
  );
}

function tagBy(discriminator: JsonObject, options: readonly Option[], path: string, context: Context): Tag {
  const { propertyName: name, mapping } = discriminator;
  if (typeof name !== "string")
    throw undeclarable(path, 'has a "discriminator" without "propertyName"', 'write "propertyName": "type"');
  const constants = options.map((option) => constantsOf(option, name, path, context));
  if (areApart(constants)) return { name, texts: constants };
  // What they share may list all texts there are.
  const texts = constants.map((own, i) =>
    own.length === 1 ? own : mappedTo(options[i]?.schema, mapping, path),
  );
  return { name, texts };
}

/** The texts a discriminator maps to an option; its name where there are none. */
function mappedTo(schema: unknown, mapping: unknown, path: string): readonly string[] {
  const ref = isJsonObject(schema) ? schema["$ref"] : undefined;
  if (typeof ref !== "string")
    throw undeclarable(
      path,
      "has an option that no text chooses",
      'give its tag a "const" text, or refer to it by "$ref"',
    );
  const entries = Object.entries(isJsonObject(mapping) ? mapping : {});
  const texts = entries.filter(([, to]) => to === ref || `#/components/schemas/${to}` === ref);
  return texts.length > 0 ? texts.map(([text]) => text) : [nameOfRef(ref)];
}

function membersOf(option: Option | undefined): readonly string[] {
  return (option?.parts.all ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}));
}

/** The texts a member may be, by everything that is said of it; nothing where it may be something else. */
function constantsOf({ parts }: Option, name: string, path: string, context: Context): readonly string[] {
  const { all } = readParts(propertiesNamed(parts, name), `${path}.${name}`, context);
  const [first = [], ...rest] = all.flatMap(listsIn);
  const constants = first.filter((one) => rest.every((list) => list.includes(one)));
  return constants.every((one) => typeof one === "string") ? constants : [];
}

function listsIn(schema: JsonObject): readonly (readonly unknown[])[] {
  const values: unknown = schema["enum"];
  const constant = Object.hasOwn(schema, "const") ? [[schema["const"]]] : [];
  return Array.isArray(values) ? [...constant, values] : constant;
}

function areApart(texts: readonly (readonly string[])[]): boolean {
  const all = texts.flat();
  return texts.every((own) => own.length > 0) && new Set(all).size === all.length;
}
