import { type Disclosure, type KindSet, NO_KINDS, type Reason } from "@garim/policy";

/** Nothing but a reveal shows anything clear, whatever stands in its set. */
export function clearOf(disclosure: Disclosure): KindSet {
  return disclosure.kind === "reveal" ? disclosure.clear : NO_KINDS;
}

/** Why the fields that are not clear are not. */
export function restReasonOf(disclosure: Disclosure): Reason {
  return disclosure.kind === "reveal" ? disclosure.restReason : disclosure.reason;
}

/** What is kept by sets of clear kinds or by reasons. Roles and grants make few of them; more would be somebody's game with grants. */
const MOST_KEPT = 64;

/** Remembers a value, at the cost of the oldest one. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V): void {
  const [oldest] = map.keys();
  if (map.size >= MOST_KEPT && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
