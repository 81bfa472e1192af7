import { type Disclosure, GarimError, hasKind, type KindSet, nearest } from "@garim/policy";
import { readGuarded, toObject } from "../answer/containers.ts";
import { clearOf } from "../answer/disclosed.ts";
import { asAnswerError, bigIntSeen } from "../answer/error.ts";
import { timeOf } from "../answer/value-writers.ts";
import { mask } from "../mask.ts";
import type { OpenField, PiiField, RecordSchema } from "../schema/schema.ts";
import { type PlacedField, placeFields } from "./fields.ts";

/** A value as a table shows it. */
export type RowCell = string | number | boolean | Date | null;

/** Writes a record as a row: a cell for each of the fields it was compiled for, in their order. */
export type RowWriter = (record: object, disclosure: Disclosure) => readonly RowCell[];

/**
 * Compiles a record's fields to a writer of rows. It masks as answers are masked; each member is read once, the record is not changed.
 *
 * @param paths - as {@link fieldsOf} lists them
 * @returns a writer that throws GarimError `ERR_GARIM_ANSWER_SHAPE` for a BigInt, a wrong container or a getter that throws
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a path that is no such field
 */
export function compileRow(schema: RecordSchema, paths: readonly string[]): RowWriter {
  const all = new Map(placeFields(schema.shape, []).map((placed) => [placed.keys.join("."), placed]));
  const cells = paths.map((path) => all.get(path) ?? unknownPath(schema.name, path, [...all.keys()]));
  const readers = readersOf(cells.map(({ keys, field }, index) => ({ keys, field, index })));
  return (record, disclosure) => {
    const row = Array<RowCell>(cells.length).fill(null);
    try {
      fill(readers, record, schema.name, { row, record, disclosure, clear: clearOf(disclosure) });
    } catch (thrown) {
      throw asAnswerError(thrown);
    }
    return row;
  };
}

interface PlacedCell extends PlacedField {
  /** Its place in the row. */
  readonly index: number;
}

/** A member that is read once: a field for one or more cells, or what holds some. */
interface Reader {
  readonly key: string;
  readonly fields: readonly PlacedCell[];
  readonly inner: readonly Reader[];
}

interface Row {
  readonly row: RowCell[];
  readonly record: object;
  readonly disclosure: Disclosure;
  readonly clear: KindSet;
}

function readersOf(cells: readonly PlacedCell[]): readonly Reader[] {
  const keys = [...new Set(cells.flatMap(({ keys: [first] }) => (first === undefined ? [] : [first])))];
  return keys.map((key) => {
    const own = cells.filter(({ keys: [first] }) => first === key);
    const deeper = own.filter(({ keys: { length } }) => length > 1);
    return {
      key,
      fields: own.filter(({ keys: { length } }) => length === 1),
      inner: readersOf(deeper.map((cell) => ({ ...cell, keys: cell.keys.slice(1) }))),
    };
  });
}

function fill(readers: readonly Reader[], holder: object, path: string, row: Row): void {
  for (const { key, fields, inner } of readers) {
    const value = readGuarded(holder, key);
    const at = `${path}.${key}`;
    for (const { field, index } of fields) row.row[index] = cellOf(field, value, at, row);
    // What is not there has no members either.
    if (inner.length > 0 && value !== undefined && value !== null) fill(inner, toObject(value, at), at, row);
  }
}

function cellOf(field: OpenField | PiiField, value: unknown, path: string, row: Row): RowCell {
  if (typeof value === "bigint") throw bigIntSeen(path);
  if (field.node === "open") return scalarOf(value) ?? null;
  const { kind } = field;
  if (row.disclosure.kind === "withhold") return null;
  if (hasKind(row.clear, kind)) {
    const shown = scalarOf(value);
    return shown === undefined ? mask(kind, value) : shown;
  }
  return mask(kind, value, { corporate: isCorporate(field, row.record) });
}

/** What JSON writes as it is, and `null` where it writes that; nothing for anything else. */
function scalarOf(value: unknown): RowCell | undefined {
  if (typeof value === "object" && value !== null) return dateOf(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" || typeof value === "boolean" ? value : undefined;
}

function dateOf(value: object): Date | null | undefined {
  const time = timeOf(value);
  if (time === undefined) return undefined;
  return Number.isNaN(time) ? null : new Date(time);
}

/** A host's test that throws, or answers anything but `true`, masks. */
function isCorporate({ corporate }: PiiField, record: object): boolean {
  try {
    return corporate?.(record) === true;
  } catch {
    return false;
  }
}

function unknownPath(schema: string, path: string, known: readonly string[]): never {
  const hint = nearest(path, known);
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `schema("${schema}") has no field ${JSON.stringify(path)} that fits a cell.${hint === undefined ? "" : ` Did you mean ${hint}?`} It has: ${known.join(", ")}`,
  );
}
