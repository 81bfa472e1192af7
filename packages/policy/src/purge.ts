import { DAY, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";

/**
 * Until when a seller tool (셀러툴) must have destroyed what it read of an order: `policy.destroyDays` days of 24 hours after its
 * need ended, which is when the purpose, the claim or the grant it read by ends, whichever comes first.
 *
 * An order whose purpose has no end yet is bounded by the grant. When it is read again later, the answer may be sooner.
 *
 * @param until - when what was shown clear ends to be (`until` of the disclosure), UTC milliseconds; `null` while nothing ends it
 * @param grantUntil - when the grant ends (`until` of the granted, or `grantEnd`), UTC milliseconds
 * @returns UTC milliseconds, inclusive: that very millisecond is in time; `NaN` where a moment cannot be read: destroy now
 * @source pipa/21, pipa/26
 */
export function purgeBy(until: number | null, grantUntil: number, policy: Policy): number {
  const isReadable = isMoment(grantUntil) && (until === null || isMoment(until));
  if (!isReadable) return Number.NaN;
  return Math.min(until ?? Number.POSITIVE_INFINITY, grantUntil) + policy.destroyDays * DAY;
}
