import { CLAIM_TYPES, type ClaimFacts, type LineFacts } from "@garim/policy";
import type { LoggedDisclosure, RecordedDisclosure } from "../access.ts";
import type { CborValue } from "./cbor-encode.ts";
import { asBytes, asList, asNumber, asWord, orNull, refuseShape } from "./cbor-shape.ts";
import { type DisclosureForm, formOf, hasForm, readForm, writeForm } from "./disclosure-form.ts";
import { MomentPacker, unpackMoments } from "./moment-column.ts";

/** The records of an answer, column by column: what repeats is written once, what differs has a fixed width. */
export interface DisclosureColumns {
  /** The distinct forms; see `disclosure-form.ts`. */
  readonly forms: CborValue;
  /** The form of each record: 1 byte each, or 2 where there are more than 256 forms. */
  readonly which: CborValue;
  /** Three moments for each line, records in order: paid, delivered, purpose ended. */
  readonly moments: CborValue;
  /** Rare, so listed: `[line, type, opened by, opened at, closed at]`, lines counted over all records. */
  readonly claims: readonly CborValue[];
  /** Of each record that reveals: when that ends by itself. */
  readonly untils: CborValue;
}

const OPENERS = ["buyer", "operator", "seller"] as const;
const NARROW_FORMS = 256;

/**
 * Packs the disclosures of an answer; their subjects are stored beside the body.
 *
 * @param at - the moment of the access, from which the others are counted
 */
export function packDisclosures(records: readonly RecordedDisclosure[], at: number): DisclosureColumns {
  const forms: DisclosureForm[] = [];
  const which: number[] = [];
  const moments = new MomentPacker(3 * countLines(records), at);
  const claims: CborValue[] = [];
  const untils = new MomentPacker(records.length, at);
  let lines = 0;
  for (const record of records) {
    which.push(placeOf(record, forms));
    if (record.disclosure.kind === "reveal") untils.put(record.disclosure.until);
    for (const line of record.lines) {
      for (const claim of line.claims) claims.push(writeClaim(claim, lines));
      moments.put(line.paidAt);
      moments.put(line.deliveredAt);
      moments.put(line.purposeEndedAt);
      lines++;
    }
  }
  return {
    forms: forms.map(writeForm),
    which: forms.length <= NARROW_FORMS ? Uint8Array.from(which) : packWide(which),
    moments: moments.bytes ?? listMoments(records),
    claims,
    untils: untils.bytes ?? listUntils(records),
  };
}

function countLines(records: readonly RecordedDisclosure[]): number {
  let count = 0;
  for (const record of records) count += record.lines.length;
  return count;
}

/** The moments as plain numbers. */
function listMoments(records: readonly RecordedDisclosure[]): readonly (number | null)[] {
  const lines = records.flatMap((record) => record.lines);
  return lines.flatMap(({ paidAt, deliveredAt, purposeEndedAt }) => [paidAt, deliveredAt, purposeEndedAt]);
}

function listUntils(records: readonly RecordedDisclosure[]): readonly (number | null)[] {
  return records.flatMap(({ disclosure }) => (disclosure.kind === "reveal" ? [disclosure.until] : []));
}

function placeOf(record: RecordedDisclosure, forms: DisclosureForm[]): number {
  for (let place = 0; place < forms.length; place++)
    if (hasForm(record, forms[place] as DisclosureForm)) return place;
  return forms.push(formOf(record)) - 1;
}

function packWide(which: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * which.length);
  for (const [i, form] of which.entries()) bytes.writeUInt16BE(form, 2 * i);
  return bytes;
}

function writeClaim(claim: ClaimFacts, line: number): CborValue {
  return [line, claim.type, claim.openedBy, claim.openedAt, claim.closedAt];
}

/** What stands beside the columns. */
export interface ColumnContext {
  /** The moment of the access. */
  readonly at: number;
  /** The pseudonyms of all records, in their order. */
  readonly subjects: readonly string[];
  readonly keyId: string;
}

/**
 * Reads what {@link packDisclosures} wrote.
 *
 * @throws GarimError `ERR_GARIM_RECORD_INVALID` where columns and subjects do not fit together
 */
export function unpackDisclosures(
  columns: DisclosureColumns,
  context: ColumnContext,
): readonly LoggedDisclosure[] {
  const { keyId } = context;
  const forms = asList(columns.forms, "forms").map(readForm);
  const subjects = new Cursor(context.subjects, "subjects");
  const lines = new Cursor(readLines(columns, context.at), "moments");
  const untils = new Cursor(unpackMoments(columns.untils, context.at), "untils");
  const records = readWhich(columns.which, forms).map(({ schema, types, lineCount, disclosure }) => ({
    schema,
    subjects: types.map((type) => ({ type, keyId, hex: subjects.next() })),
    lines: Array.from({ length: lineCount }, () => lines.next()),
    disclosure: disclosure.kind === "reveal" ? { ...disclosure, until: untils.next() } : disclosure,
  }));
  for (const cursor of [subjects, lines, untils]) cursor.end();
  return records;
}

/** Hands out a column's values in order, each once. */
class Cursor<T> {
  readonly #values: readonly T[];
  readonly #field: string;
  #at = 0;

  constructor(values: readonly T[], field: string) {
    this.#values = values;
    this.#field = field;
  }

  next(): T {
    return take(this.#values, this.#at++, this.#field);
  }

  end(): void {
    if (this.#at !== this.#values.length) refuseShape(this.#field, "as many as its forms say");
  }
}

function readWhich(column: CborValue, forms: readonly DisclosureForm[]): readonly DisclosureForm[] {
  const bytes = Buffer.from(asBytes(column, "which"));
  const width = forms.length <= NARROW_FORMS ? 1 : 2;
  return Array.from({ length: bytes.length / width }, (_, i) =>
    take(forms, bytes.readUIntBE(i * width, width), "which"),
  );
}

function readLines(columns: DisclosureColumns, at: number): readonly LineFacts[] {
  const moments = unpackMoments(columns.moments, at);
  const claims = readClaims(columns.claims);
  if (moments.length % 3 !== 0) return refuseShape("moments", "three for each line");
  return Array.from({ length: moments.length / 3 }, (_, i) => ({
    paidAt: take(moments, 3 * i, "moments"),
    deliveredAt: take(moments, 3 * i + 1, "moments"),
    purposeEndedAt: take(moments, 3 * i + 2, "moments"),
    claims: claims.get(i) ?? [],
  }));
}

function readClaims(rows: readonly CborValue[]): ReadonlyMap<number, readonly ClaimFacts[]> {
  const claims = new Map<number, ClaimFacts[]>();
  for (const row of rows) {
    const [line, type, openedBy, openedAt, closedAt] = asList(row, "claim");
    const at = asNumber(line, "claim.line");
    const claim = {
      type: asWord(CLAIM_TYPES)(type, "claim.type"),
      openedBy: asWord(OPENERS)(openedBy, "claim.openedBy"),
      openedAt: asNumber(openedAt, "claim.openedAt"),
      closedAt: orNull(asNumber)(closedAt, "claim.closedAt"),
    };
    claims.set(at, [...(claims.get(at) ?? []), claim]);
  }
  return claims;
}

function take<T>(values: readonly T[], at: number, field: string): T {
  const value = values[at];
  return value === undefined ? refuseShape(field, "complete") : value;
}
