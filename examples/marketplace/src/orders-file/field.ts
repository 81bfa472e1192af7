import { CLAIM_REASONS, CLAIM_TYPES } from "../line.ts";
import type { FieldName, FileLine } from "./file-line.ts";
import { readMoment } from "./moment.ts";

/** A field's value once read, or why it cannot be. */
export type Read<T> = { readonly value: T } | { readonly reason: string };

type Reader<T> = (value: unknown) => Read<T>;

interface Field<T> {
  readonly isRequired: boolean;
  /** Reads a value that is there. */
  readonly read: Reader<NonNullable<T>>;
}

const required = <T>(read: Reader<NonNullable<T>>): Field<T> => ({ isRequired: true, read });
const optional = <T>(read: Reader<NonNullable<T>>): Field<T | null> => ({ isRequired: false, read });

/** Every field of a line, the same in all formats. README.md says what each is. */
export const FIELDS: { readonly [Name in FieldName]: Field<FileLine[Name]> } = {
  orderNo: required(identifier(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)),
  lineNo: required(whole(1, 1_000)),
  seller: required(identifier(/^[a-z0-9][a-z0-9-]{0,31}$/)),
  orderedAt: required(moment),
  paidAt: optional(moment),
  preparedAt: optional(moment),
  shippedAt: optional(moment),
  deliveredAt: optional(moment),
  confirmedAt: optional(moment),
  cancelledAt: optional(moment),
  returnedAt: optional(moment),
  product: required(text(200)),
  option: optional(text(200)),
  quantity: required(whole(1, 1_000_000)),
  amount: required(whole(0, 2_000_000_000)),
  engraving: optional(text(500)),
  buyer: required(identifier(/^\S{1,64}$/)),
  buyerName: required(text(100)),
  buyerPhone: required(text(40)),
  buyerEmail: optional(text(254)),
  recipientName: required(text(100)),
  recipientCompany: optional(text(100)),
  recipientPhone: required(text(40)),
  postcode: optional(text(10)),
  address: required(text(500)),
  customsCode: optional(text(20)),
  memo: optional(text(500)),
  claimType: optional(word(CLAIM_TYPES)),
  claimReason: optional(word(CLAIM_REASONS)),
  claimOpenedBy: optional(word(["buyer", "operator"])),
  claimOpenedAt: optional(moment),
  claimClosedAt: optional(moment),
};

export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELDS) as FieldName[];

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

// What was seen is told for numbers, words and moments; never for texts, which hold people's data.

function text(most: number): Reader<string> {
  return (value) => {
    if (typeof value !== "string") return { reason: `must be a text in quotes, not a ${typeof value}` };
    return value.length <= most ? { value } : { reason: `is longer than ${most} characters` };
  };
}

function identifier(form: RegExp): Reader<string> {
  return (value) =>
    typeof value === "string" && form.test(value)
      ? { value }
      : { reason: `must be a text of the form ${form.source}` };
}

function whole(least: number, most: number): Reader<number> {
  return (value) => {
    const isWritten = typeof value === "string" && /^\d{1,12}$/.test(value);
    const count = isWritten ? Number(value) : value;
    const isFine = Number.isInteger(count) && (count as number) >= least && (count as number) <= most;
    const seen = JSON.stringify(value)?.slice(0, 40);
    return isFine
      ? { value: count as number }
      : { reason: `${seen} is no whole number from ${least} to ${most}` };
  };
}

function word(known: readonly string[]): Reader<string> {
  return (value) => {
    const found = known.find((one) => one === value);
    const seen = JSON.stringify(value)?.slice(0, 40);
    return found === undefined ? { reason: `${seen} is none of ${known.join(", ")}` } : { value: found };
  };
}

function moment(value: unknown): Read<string> {
  if (typeof value !== "string") return { reason: "must be a text such as 2026-10-31T09:00:00+09:00" };
  const read = readMoment(value);
  return "iso" in read ? { value: read.iso } : read;
}
