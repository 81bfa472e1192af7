import { DAY, HOUR } from "../moment.ts";

/** Korean time is UTC+9 all year. */
const KOREA = 9 * HOUR;
/** Off hours begin and end at these hours (ours), as in the monthly review. */
const EVENING = 22;
const MORNING = 6;

/** The number of a moment's hour. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR);
}

/** The number of a moment's day in Korea. */
export function dayOf(at: number): number {
  return Math.floor((at + KOREA) / DAY);
}

/** The number of the night a moment lies in, by the day it began on; `null` by day. Weekends are days: shops work on them. */
export function nightOf(at: number): number | null {
  const hour = Math.floor(((at + KOREA) % DAY) / HOUR);
  if (hour >= EVENING) return dayOf(at);
  return hour < MORNING ? dayOf(at) - 1 : null;
}
