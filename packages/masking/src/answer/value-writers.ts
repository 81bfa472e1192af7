import type { PiiKind } from "@garim/policy";
import { codeAt } from "../code-unit.ts";
import { mask } from "../mask.ts";
import { isNormalUnit } from "../masks/text.ts";
import { writeBoolean, writeNull, writeNumber, writeStars, writeString } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";
import {
  writeMaskedAddress,
  writeMaskedEmail,
  writeMaskedName,
  writeMaskedPhone,
  writeMaskedUserId,
} from "./masked-bytes.ts";
import type { PiiStep } from "./plan.ts";
import type { Sink } from "./sink.ts";

/**
 * Writes a value and returns the end, exclusive; {@link LEFT_OUT} where there is nothing to write, so that the member's key is
 * overwritten; {@link REFUSED} for a BigInt, which the caller reports with its path.
 *
 * `record` is the record the value stands in, `cursor` hands out the decisions of nested records.
 */
export type ValueWriter = (sink: Sink, at: number, value: unknown, record: object, cursor: Cursor) => number;

export const LEFT_OUT = 0;
export const REFUSED: number = -1;

/** Writes an open field as `JSON.stringify` would; objects other than a real `Date` are undeclared and left out. */
export function writeOpen(sink: Sink, at: number, value: unknown): number {
  if (typeof value === "string") return writeString(sink, at, value);
  if (typeof value === "number") return writeNumber(sink, at, value);
  return writeOther(sink, at, value);
}

function writeOther(sink: Sink, at: number, value: unknown): number {
  if (value === null) return writeNull(sink, at);
  if (typeof value === "boolean") return writeBoolean(sink, at, value);
  if (typeof value === "bigint") return REFUSED;
  return typeof value === "object" ? writeDate(sink, at, value) : LEFT_OUT;
}

function writeDate(sink: Sink, at: number, value: object): number {
  const time = timeOf(value);
  if (time === undefined) return LEFT_OUT;
  return Number.isNaN(time) ? writeNull(sink, at) : writeString(sink, at, new Date(time).toISOString());
}

/** The time of a real `Date`, of another realm too. Its own methods are never called: they may be the host's. */
export function timeOf(value: object): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** The writer of a personal field. */
export function piiWriter(step: PiiStep): ValueWriter {
  if (step.treatment === "withheld") return writeNull;
  if (step.treatment === "clear") return clearWriter(MASKED[step.kind]);
  return step.corporate === undefined ? MASKED[step.kind] : corporateWriter(step.corporate);
}

/** Only scalars pass clear. */
function clearWriter(writeMasked: ValueWriter): ValueWriter {
  return (sink, at, value, record, cursor) =>
    writeOpen(sink, at, value) || writeMasked(sink, at, value, record, cursor);
}

function corporateWriter(corporate: NonNullable<PiiStep["corporate"]>): ValueWriter {
  return (sink, at, value, record, cursor) =>
    typeof value === "string" && isCorporate(corporate, record)
      ? writeMask("company", sink, at, value)
      : MASKED.name(sink, at, value, record, cursor);
}

/** A host's test that throws, or answers anything but `true`, masks. */
function isCorporate(corporate: NonNullable<PiiStep["corporate"]>, record: object): boolean {
  try {
    return corporate(record) === true;
  } catch {
    return false;
  }
}

/** Masks by the plain function: any value, in any shape. */
function writeMask(kind: PiiKind, sink: Sink, at: number, value: unknown): number {
  if (value === undefined) return LEFT_OUT;
  if (typeof value === "bigint") return REFUSED;
  const masked = mask(kind, value);
  return masked === null ? writeNull(sink, at) : writeString(sink, at, masked);
}

/**
 * The writers of masked fields. Where a kind has a commonest shape, that is tried first. Each is written out, for one function
 * over all kinds could not be inlined (measured: 15 % of a masked page).
 */
const MASKED: Readonly<Record<PiiKind, ValueWriter>> = Object.freeze<Record<PiiKind, ValueWriter>>({
  name: (sink, at, value) =>
    (typeof value === "string" && writeMaskedName(sink, at, value)) || writeMask("name", sink, at, value),
  phone: (sink, at, value) =>
    (typeof value === "string" && writeMaskedPhone(sink, at, value)) || writeMask("phone", sink, at, value),
  email: (sink, at, value) =>
    (typeof value === "string" && writeMaskedEmail(sink, at, value)) || writeMask("email", sink, at, value),
  userId: (sink, at, value) =>
    (typeof value === "string" && writeMaskedUserId(sink, at, value)) || writeMask("userId", sink, at, value),
  address: (sink, at, value) =>
    (typeof value === "string" && writeMaskedAddress(sink, at, value)) ||
    writeMask("address", sink, at, value),
  memo: (sink, at, value) => (isVisible(value) ? writeNull(sink, at) : writeMask("memo", sink, at, value)),
  passport: writeHidden,
  account: writeHidden,
  customsCode: writeHidden,
  postcode: writeHidden,
  birth: (sink, at, value) => writeMask("birth", sink, at, value),
  rrn: (sink, at, value) => writeMask("rrn", sink, at, value),
  card: (sink, at, value) => writeMask("card", sink, at, value),
  ip: (sink, at, value) => writeMask("ip", sink, at, value),
  company: (sink, at, value) => writeMask("company", sink, at, value),
});

/** Four kinds of which nothing stays have one mask. */
function writeHidden(sink: Sink, at: number, value: unknown): number {
  return isVisible(value) ? writeStars(sink, at) : writeMask("passport", sink, at, value);
}

/** A text that starts with a visible character is not empty. */
function isVisible(value: unknown): boolean {
  return typeof value === "string" && value !== "" && isNormalUnit(codeAt(value, 0));
}
