import { isPiiKind, nearest, PII_KINDS, type PiiKind } from "@garim/policy";
import { undeclarable } from "../schema/error.ts";
import { type OpenField, open, type PiiField, pii } from "../schema/schema.ts";

/** Where a library's schemas are marked as personal data. */
export type MarkKey = "pii" | "x-pii";

/** What hosts write where they mean one of the two: a mark that is not read would leave the field clear. */
const MISSPELT = /^(?:x[-_]?)?pii$/i;

/**
 * Reads the mark of one schema.
 *
 * @param annotations - what the schema says of itself; nothing where it says nothing
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for a kind that is none, and for a misspelt mark
 */
export function readMark(annotations: object | undefined, key: MarkKey, path: string): PiiKind | undefined {
  if (annotations === undefined) return undefined;
  const misspelt = Object.keys(annotations).find((name) => name !== key && MISSPELT.test(name));
  if (misspelt !== undefined)
    throw undeclarable(path, `is marked with ${JSON.stringify(misspelt)}`, `write ${JSON.stringify(key)}`);
  if (!Object.hasOwn(annotations, key)) return undefined;
  const kind: unknown = (annotations as Readonly<Record<string, unknown>>)[key];
  if (isPiiKind(kind)) return kind;
  throw unknownKind(kind, key, path);
}

function unknownKind(kind: unknown, key: MarkKey, path: string): Error {
  const hint = typeof kind === "string" ? nearest(kind, PII_KINDS) : undefined;
  const remedy = hint === undefined ? `write one of ${PII_KINDS.join(", ")}` : `did you mean "${hint}"?`;
  const seen = typeof kind === "string" ? JSON.stringify(kind.slice(0, 64)) : `a ${typeof kind}`;
  return undeclarable(path, `is marked ${key}: ${seen}, which is no kind of personal data`, remedy);
}

/**
 * The field of a scalar by the marks on it and on what is wrapped around it.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where they name two kinds
 */
export function fieldOf(marks: ReadonlySet<PiiKind>, path: string): OpenField | PiiField {
  const [kind, other] = marks;
  if (kind === undefined) return open();
  if (other === undefined) return pii[kind]();
  throw undeclarable(path, `is marked as ${kind} and as ${other}`, "leave one of them");
}

/**
 * Refuses a mark on an object or a list: each field has its own mask.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID`
 */
export function refuseMarks(marks: ReadonlySet<PiiKind>, what: string, path: string): void {
  const [kind] = marks;
  if (kind === undefined) return;
  throw undeclarable(
    path,
    `is ${what} marked as ${kind}`,
    "mark the texts and numbers in it, each by its kind",
  );
}

/**
 * The field several ways to write one value agree on.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where they do not
 */
export function agreedField(fields: readonly (OpenField | PiiField)[], path: string): OpenField | PiiField {
  const [first = open(), ...rest] = fields;
  const kindOf = (field: OpenField | PiiField): PiiKind | undefined =>
    field.node === "pii" ? field.kind : undefined;
  if (rest.every((field) => kindOf(field) === kindOf(first))) return first;
  throw undeclarable(path, "is personal data in one of its choices only", "mark all of them alike");
}
