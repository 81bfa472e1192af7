import { DAY, type KindSet, kindSet, kindsOf } from "@garim/policy";
import type { StoredGrant } from "../grant.ts";
import { isStanding } from "../scope.ts";
import type { UnusedScope } from "./use.ts";

/** What a grant allows, each as the text it is noted by. */
export function scopesOf(kinds: KindSet, purposes: readonly string[]): readonly string[] {
  return [
    ...kindsOf(kinds).map((kind) => `kind:${kind}`),
    ...purposes.map((purpose) => `purpose:${purpose}`),
  ];
}

/**
 * Finds what of a grant was not used for so many days.
 *
 * @param usedAt - the last use of each scope, UTC milliseconds; absent where there was none
 * @returns `undefined` where all was used, or the grant is younger than that, or over
 */
export function findUnused(
  grant: StoredGrant,
  usedAt: ReadonlyMap<string, number>,
  now: number,
  unusedDays: number,
): UnusedScope | undefined {
  const since = now - unusedDays * DAY;
  if (grant.grantedAt > since || !isStanding(grant, now)) return undefined;
  const isUnused = (scope: string): boolean => !((usedAt.get(scope) ?? Number.NEGATIVE_INFINITY) > since);
  const kinds = kindsOf(grant.kinds).filter((kind) => isUnused(`kind:${kind}`));
  const purposes = grant.purposes.filter((purpose) => isUnused(`purpose:${purpose}`));
  if (kinds.length === 0 && purposes.length === 0) return undefined;
  const isWhole = kinds.length === kindsOf(grant.kinds).length || purposes.length === grant.purposes.length;
  return { grant, kinds: kindSet(kinds), purposes, isWhole };
}
