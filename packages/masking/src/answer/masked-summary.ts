import type { Disclosure, KindSet } from "@garim/policy";
import { MASK_PROFILE } from "../mask.ts";
import { kindsIn } from "../schema/node.ts";
import type { RecordSchema } from "../schema/schema.ts";
import { Cursor, type FoundRecord } from "./cursor.ts";
import { clearOf, keepNewest, restReasonOf } from "./disclosed.ts";
import { planRecord } from "./plan.ts";

/** Bytes of a summary, inclusive: servers and proxies take headers of 8 kB and more, all of them together. */
const MOST_BYTES = 4_096;

/** Room for `, truncated;count=16777216`. */
const REST_BYTES = 32;

/** Records of one kind of which the same is hidden for the same reason: all of their member but the count. */
interface Group {
  readonly head: string;
  readonly tail: string;
  count: number;
}

/** Says in one line what of an answer is not clear. */
export type Summarise = (found: readonly FoundRecord[], disclosures: readonly Disclosure[]) => string;

/** Makes the summaries of one answer; the fields a decision hides are listed once. */
export function makeSummary(): Summarise {
  const fieldsOf = rememberFields();
  return (found, disclosures) => {
    const cursor = new Cursor(found, disclosures);
    const groups = new Map<string, Group>();
    for (const { schema, value } of found) {
      const disclosure = cursor.take(schema, value);
      const fields = fieldsOf(schema, disclosure);
      if (fields !== "") count(groups, schema, disclosure, fields);
    }
    return join([...groups.values()]);
  };
}

function count(
  groups: Map<string, Group>,
  schema: RecordSchema,
  disclosure: Disclosure,
  fields: string,
): void {
  const head = `${toItem(schema.name)};reason=${toItem(restReasonOf(disclosure))};count=`;
  const tail = `;fields="${fields}";profile=${MASK_PROFILE}`;
  const group = groups.get(head + tail) ?? { head, tail, count: 0 };
  group.count++;
  groups.set(head + tail, group);
}

function join(groups: readonly Group[]): string {
  const members: string[] = [];
  let bytes = 0;
  let rest = 0;
  for (const { head, tail, count } of groups) {
    const member = `${head}${count}${tail}`;
    if (bytes + member.length + 2 > MOST_BYTES - REST_BYTES) rest += count;
    else {
      members.push(member);
      bytes += member.length + 2;
    }
  }
  if (rest > 0) members.push(`truncated;count=${rest}`);
  return members.join(", ");
}

/** The hidden fields' paths, parted by blanks; empty where everything is clear. */
function rememberFields(): (schema: RecordSchema, disclosure: Disclosure) => string {
  const schemas = new WeakMap<RecordSchema, Hidden>();
  return (schema, disclosure) => {
    const hidden = schemas.get(schema) ?? { kinds: kindsIn(schema.shape), fields: new Map() };
    schemas.set(schema, hidden);
    const clear = clearOf(disclosure) & hidden.kinds;
    const known = hidden.fields.get(clear);
    if (known !== undefined) return known;
    const fields = planRecord(schema, clear, "masked").hidden.map(toPlain).join(" ");
    keepNewest(hidden.fields, clear, fields);
    return fields;
  };
}

/** What a kind of record hides, by the kinds that are clear. */
interface Hidden {
  readonly kinds: KindSet;
  readonly fields: Map<KindSet, string>;
}

/** A token where the text can be one, else a string (RFC 9651, 3.3.3 and 3.3.4). */
function toItem(text: string): string {
  const plain = toPlain(text);
  return TOKEN.test(plain) ? plain : `"${plain}"`;
}

const TOKEN = /^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/;

/** Visible ASCII without quotes, backslashes and blanks. */
function toPlain(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[^!-~]|["%\\]/gu, encodeURIComponent);
}
