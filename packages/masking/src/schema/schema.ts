import {
  GarimError,
  type LineState,
  PII_KINDS,
  type PiiKind,
  type SellerId,
  type Subject,
} from "@garim/policy";
import { checkedShape } from "./check.ts";
import type { Union } from "./union.ts";

/** A declared field that is no personal data: a text, number, boolean, `Date` or null. Anything else in it is not written. */
export interface OpenField {
  readonly node: "open";
}

/** A declared field of personal data. */
export interface PiiField {
  readonly node: "pii";
  readonly kind: PiiKind;
  /** Tells whether the record says that the name is a company's, which is not masked. Only for `name`. */
  readonly corporate?: (record: AnyRecord) => boolean;
}

/** What a field may be declared as. */
export type Node = OpenField | PiiField | Shape | readonly [Node] | Union | RecordSchema;

/** Declared members, in the order they are written. */
export type Shape = { readonly [key: string]: Node };

/** The host's record where its type is not given. */
// biome-ignore lint/suspicious/noExplicitAny: the rules read members the shape does not declare (sellerId, confirmedAt), of types only the host knows
export type AnyRecord = { readonly [key: string]: any };

/** What the host knows about a record and a decision needs. Methods, so that rules of a typed record fit any list of schemas. */
export interface RecordRules<R = AnyRecord> {
  /** The seller whose record it is. */
  seller(record: R): SellerId;
  /** The data subjects whose data the record holds. */
  subjects(record: R): readonly Subject[];
  /** The state of the record's order line; of all lines of that seller where the record holds fields they share. */
  state(record: R): LineState | readonly LineState[];
  /**
   * The name of the record's order line (상품주문번호), unique at its seller: what a tool's narrowed token names, what a receipt of
   * destruction names, and what is looked at for reading by consecutive numbers. Without it no narrowed token reads the record.
   */
  line?(record: R): string;
}

/** A kind of record: the unit a disclosure is decided for. Frozen. */
export interface RecordSchema<R = AnyRecord> {
  readonly node: "record";
  readonly name: string;
  readonly shape: Shape;
  readonly rules: RecordRules<R>;
}

/** An answer: a record, a list of records, or an envelope that holds records among open fields. */
export type AnswerShape = RecordSchema | readonly [RecordSchema] | Shape;

export interface PiiOptions {
  /**
   * Tells whether the record says that this name is a company's: such a name is never masked. Anything but `true`, an
   * exception included, masks. Only for `pii.name`.
   */
  readonly corporate?: (record: AnyRecord) => boolean;
}

const OPEN: OpenField = Object.freeze({ node: "open" });

/** Declares a field that is no personal data. */
export function open(): OpenField {
  return OPEN;
}

/**
 * Declares fields of personal data: `pii.name()`, `pii.phone()`, ...
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where `corporate` is given to another kind than `name`, or is no function
 */
export const pii: { readonly [K in PiiKind]: (options?: PiiOptions) => PiiField } = Object.freeze(
  Object.fromEntries(PII_KINDS.map((kind) => [kind, (options?: PiiOptions) => makePii(kind, options)])),
) as { readonly [K in PiiKind]: (options?: PiiOptions) => PiiField };

function makePii(kind: PiiKind, options: PiiOptions = {}): PiiField {
  const { corporate } = options;
  if (corporate === undefined) return Object.freeze({ node: "pii", kind });
  if (kind !== "name" || typeof corporate !== "function")
    throw new GarimError(
      "ERR_GARIM_SCHEMA_INVALID",
      `pii.${kind}() was given corporate: ${typeof corporate}; only a name takes it, as a function: write pii.name({ corporate: (record) => record.isCompany })`,
    );
  return Object.freeze({ node: "pii", kind, corporate });
}

/**
 * Declares a kind of record.
 *
 * @param name - stands in access records and messages; 1 to 64 characters
 * @param shape - every member that may be written; what is not in it never leaves. Copied: later changes have no effect
 * @param rules - where seller, subjects and state of a record are found; they read the host's record, declared or not
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for an unknown node, a member named `_masked`, `__proto__` or nothing, more
 *   than 64 levels or 10,000 members, or a rule that is missing; the message names the member
 */
export function schema<R = AnyRecord>(name: string, shape: Shape, rules: RecordRules<R>): RecordSchema<R> {
  if (typeof name !== "string" || name === "" || name.length > 64)
    throw new GarimError(
      "ERR_GARIM_SCHEMA_INVALID",
      'A schema needs a name of 1 to 64 characters; write schema("orderLine", { ... }, { ... })',
    );
  checkRules(name, rules);
  return Object.freeze({
    node: "record",
    name,
    shape: checkedShape(shape, name),
    rules: Object.freeze({ ...rules }),
  });
}

const RULE_LINES = {
  seller: "seller: (record) => record.sellerId",
  subjects: "subjects: (record) => [subject.buyer(record.buyerId)]",
  state: "state: (record) => ({ paidAt: record.paidAt, purposeEndedAt: record.confirmedAt })",
} as const;

function checkRules<R>(name: string, rules: RecordRules<R>): void {
  for (const rule of ["seller", "subjects", "state"] as const) {
    if (typeof rules?.[rule] === "function") continue;
    throw new GarimError(
      "ERR_GARIM_SCHEMA_INVALID",
      `The schema ${JSON.stringify(name)} has no rule ${rule}; write ${RULE_LINES[rule]}`,
    );
  }
}
