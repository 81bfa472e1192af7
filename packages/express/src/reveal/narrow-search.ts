import type { RecordedDisclosure } from "@garim/audit";
import { type AnswerShape, type FoundRecord, kindAt, type Node } from "@garim/masking";
import { kindSet } from "@garim/policy";
import { foldValue } from "./blind-index.ts";
import type { SearchTerm } from "./search-term.ts";

/**
 * Leaves of an answer to a search by a personal field only what may be found by it: records that show this field clear to whoever asks, and
 * whose field is what was asked for, to the letter. What is masked is never found by what it hides; so nothing beside the records is told
 * either: a count would tell of those that were left out.
 *
 * @param records - what was decided of each of `found`, in its order
 */
export function narrowSearch(
  value: unknown,
  shape: AnswerShape,
  found: readonly FoundRecord[],
  records: readonly RecordedDisclosure[],
  terms: readonly SearchTerm[],
): unknown {
  const personal = terms.filter(({ isPersonal }) => isPersonal);
  const gone = new Set<unknown>();
  for (const [i, record] of found.entries())
    if (!personal.every((term) => isFoundBy(record, records[i], term))) gone.add(record.value);
  return narrow(shape, value, gone);
}

function isFoundBy(
  { schema, value }: FoundRecord,
  record: RecordedDisclosure | undefined,
  { path, value: asked }: SearchTerm,
): boolean {
  const kind = kindAt(schema, path);
  if (kind === undefined || record === undefined || (record.disclosure.clear & kindSet([kind])) === 0)
    return false;
  const wanted = foldValue(asked);
  return valuesAt(value, path.split(".")).some((one) => foldValue(String(one)) === wanted);
}

/** Lists leave no trace in a path: any of their items may be meant. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return value === null || value === undefined ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return valuesAt((value as Readonly<Record<string, unknown>>)[key], rest);
}

function narrow(node: Node, value: unknown, gone: ReadonlySet<unknown>): unknown {
  if (Array.isArray(node)) {
    const [item] = node as readonly [Node];
    if (!Array.isArray(value) || !holdsRecords(item)) return null;
    return value
      .filter((one) => !gone.has(one))
      .map((one) => (isRecord(item) ? one : narrow(item, one, gone)));
  }
  if (isRecord(node)) return value;
  if (!holdsRecords(node) || typeof value !== "object" || value === null) return null;
  const members = Object.entries(node).map(([key, member]) => [
    key,
    narrow(member as Node, (value as Readonly<Record<string, unknown>>)[key], gone),
  ]);
  return Object.fromEntries(members);
}

function isRecord(node: Node): boolean {
  return "node" in node && node.node === "record";
}

function holdsRecords(node: Node): boolean {
  if (Array.isArray(node)) return holdsRecords((node as readonly [Node])[0]);
  if ("node" in node && typeof node.node === "string") return isRecord(node);
  return Object.values(node).some((member) => holdsRecords(member as Node));
}
