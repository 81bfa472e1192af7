import { REASONS, type Reason } from "@garim/policy";
import type { Detail } from "../access.ts";

/** Records of one kind of which the same fields are hidden for the same reason. */
export interface HiddenFields {
  /** A name without blanks. */
  readonly schema: string;
  readonly reason: Reason;
  readonly count: number;
  /** Paths without blanks. */
  readonly fields: readonly string[];
}

/** What enforcing would change of one answer, beside its records and its reason. */
export interface ObservedChange {
  readonly hidden: readonly HiddenFields[];
  readonly undeclared: readonly string[];
  readonly headers: readonly string[];
}

/** Of the members a record's detail may have; what does not fit is counted. */
const MOST_HIDDEN = 16;
/** A text of a detail. */
const LONGEST = 1_000;

/** Writes a change as the `detail` of its record: texts a person can read there too. */
export function detailOfChange({ hidden, undeclared, headers }: ObservedChange): Detail {
  const parts = hidden.flatMap(splitHidden);
  const rest = parts.slice(MOST_HIDDEN).length;
  return {
    ...Object.fromEntries(parts.slice(0, MOST_HIDDEN).map((text, i) => [`masked${i + 1}`, text])),
    ...(rest === 0 ? {} : { maskedMore: rest }),
    ...(undeclared.length === 0 ? {} : { undeclared: fit(undeclared) }),
    ...(headers.length === 0 ? {} : { headers: fit(headers) }),
  };
}

/** Reads what {@link detailOfChange} wrote. What is of another form says nothing. */
export function changeOfDetail(detail: Detail = {}): ObservedChange {
  const hidden = Array.from({ length: MOST_HIDDEN }, (_, i) => readHidden(detail[`masked${i + 1}`]));
  return {
    hidden: hidden.filter((one) => one !== undefined),
    undeclared: words(detail["undeclared"]),
    headers: words(detail["headers"]),
  };
}

/** `orderLine purpose-ended 3 buyer.name buyer.phone`, as often as it takes for all fields. */
function splitHidden({ schema, reason, count, fields }: HiddenFields): readonly string[] {
  const head = `${schema} ${reason} ${count}`;
  const texts: string[] = [];
  let text = head;
  for (const field of fields) {
    if (text.length + 1 + field.length > LONGEST) {
      texts.push(text);
      text = head;
    }
    text += ` ${field}`;
  }
  return [...texts, text].filter((one) => one !== head && one.length <= LONGEST);
}

function readHidden(text: string | number | undefined): HiddenFields | undefined {
  const [schema, reason, count, ...fields] = words(text);
  if (schema === undefined || reason === undefined || !Object.hasOwn(REASONS, reason)) return undefined;
  return { schema, reason: reason as Reason, count: Number(count) || 0, fields };
}

function fit(names: readonly string[]): string {
  const cut = names.join(" ").slice(0, LONGEST + 1);
  return cut.length <= LONGEST ? cut : cut.slice(0, cut.lastIndexOf(" "));
}

function words(text: string | number | undefined): readonly string[] {
  return typeof text === "string" && text !== "" ? text.split(" ") : [];
}
