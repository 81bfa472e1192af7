import { isPiiKind } from "@garim/policy";
import { inputInvalid } from "../../input-error.ts";
import type { Json } from "../openapi/reference.ts";
import { stricter } from "./strictness.ts";

/** What an OpenAPI document says of a value. */
export interface Declaration {
  /** Of several types the text: it may hold anything. */
  readonly type?: "text" | "number" | "boolean";
  readonly format?: string;
  readonly isEnum?: true;
  /** `x-pii`, as written. */
  readonly pii?: string;
}

const TYPE_OF: Readonly<Record<string, NonNullable<Declaration["type"]>>> = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
};

/** What hosts write where they mean `x-pii`: a mark that is not read would leave the field clear. */
const MISSPELT = /^(?:x[-_]?)?pii$/i;

/**
 * Reads what a schema says of a value, its members and items apart.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for a misspelt `x-pii`
 */
export function readDeclaration(types: readonly unknown[], schema: Json): Declaration {
  const named = types.filter((type) => typeof type === "string" && Object.hasOwn(TYPE_OF, type)) as string[];
  const [type] = named.map((one) => TYPE_OF[one]);
  const misspelt = Object.keys(schema).find((key) => key !== "x-pii" && MISSPELT.test(key));
  if (misspelt !== undefined)
    throw inputInvalid(`A schema is marked with ${JSON.stringify(misspelt)}; write "x-pii"`);
  const pii = schema["x-pii"];
  return {
    ...(type === undefined ? {} : { type: named.includes("string") ? "text" : type }),
    ...(typeof schema["format"] === "string" ? { format: schema["format"] } : {}),
    ...(Array.isArray(schema["enum"]) || "const" in schema ? { isEnum: true } : {}),
    ...(pii === undefined ? {} : { pii: String(pii) }),
  };
}

/** Joins what several schemas say of one value: what holds in each of them, and the stricter mark. */
export function joinDeclarations(one: Declaration | undefined, other: Declaration): Declaration {
  if (one === undefined || isEmpty(one)) return other;
  if (isEmpty(other)) return one;
  const type = one.type === other.type ? one.type : "text";
  const pii = joinMarks(one.pii, other.pii);
  return {
    ...(type === undefined ? {} : { type }),
    ...(one.format === undefined || one.format !== other.format ? {} : { format: one.format }),
    ...(one.isEnum && other.isEnum ? { isEnum: true } : {}),
    ...(pii === undefined ? {} : { pii }),
  };
}

function isEmpty(declaration: Declaration): boolean {
  return Object.keys(declaration).length === 0;
}

/** A mark that names a kind counts over one that does not; one that is misspelt is kept, to be refused. */
function joinMarks(one: string | undefined, other: string | undefined): string | undefined {
  if (isPiiKind(one) && isPiiKind(other)) return stricter(one, other);
  return isPiiKind(one) || other === undefined ? one : other;
}
