import { nearest } from "../nearest.ts";
import type { Fault } from "./fault.ts";
import { FIELD_NAMES, FIELDS, isFieldName } from "./field.ts";
import type { FieldName, FileLine } from "./file-line.ts";

/** One object of the file, as its format gave it. */
export interface RawRecord {
  readonly line: number;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Reads one record: the line, or everything that is wrong with it. */
export function readRecord(raw: RawRecord): FileLine | readonly Fault[] {
  const faults = findUnknown(raw);
  const values: Partial<Record<FieldName, string | number | null>> = {};
  for (const name of FIELD_NAMES) {
    const read = readField(name, raw.members[name]);
    if ("reason" in read) faults.push({ line: raw.line, field: name, reason: read.reason });
    else values[name] = read.value;
  }
  // Every field was read by its reader, and FIELDS has for each one of the type FileLine says.
  return faults.length > 0 ? faults : ({ line: raw.line, ...values } as unknown as FileLine);
}

function findUnknown({ line, members }: RawRecord): Fault[] {
  const unknown = Object.keys(members).filter((name) => !isFieldName(name));
  return unknown.map((name) => {
    const near = nearest(name, FIELD_NAMES);
    const hint =
      near === undefined ? "see examples/marketplace/README.md for the fields" : `did you mean ${near}?`;
    return { line, field: name.slice(0, 40), reason: `there is no such field; ${hint}` };
  });
}

/** An empty cell of a table, `null` and an absent member are the same: nothing. */
function readField(
  name: FieldName,
  value: unknown,
): { readonly value: string | number | null } | { readonly reason: string } {
  const { isRequired, read } = FIELDS[name];
  if (value !== undefined && value !== null && value !== "") return read(value);
  return isRequired ? { reason: "is missing" } : { value: null };
}
