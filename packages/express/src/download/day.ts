import { DAY, HOUR } from "@garim/policy";

/** Korea has had no summer time since 1988. */
const KOREA_MS = 9 * HOUR;

/** When a moment's day began, Korean time. UTC milliseconds. */
export function dayOf(at: number): number {
  return Math.floor((at + KOREA_MS) / DAY) * DAY - KOREA_MS;
}
