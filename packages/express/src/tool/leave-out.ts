/** Deeper than any envelope around a list of records. */
const DEEPEST = 8;

/**
 * A copy of an answer without some of its records. Only those that stand in a list can go: in its place another would be missed.
 *
 * @param records - every record of the answer: what is in one stays as it is
 * @param gone - those to leave out
 */
export function leaveOut(
  value: unknown,
  records: ReadonlySet<unknown>,
  gone: ReadonlySet<unknown>,
  depth: number = 0,
): unknown {
  if (typeof value !== "object" || value === null || records.has(value) || depth > DEEPEST) return value;
  if (Array.isArray(value))
    return value.filter((item) => !gone.has(item)).map((item) => leaveOut(item, records, gone, depth + 1));
  // A date is no envelope; what is in an instance of a class stays, and the answer is refused for it.
  if (!isPlain(value)) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([key, one]) => [key, leaveOut(one, records, gone, depth + 1)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
