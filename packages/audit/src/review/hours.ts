import { HOUR } from "@garim/policy";

/** Korean time is UTC+9 all year. */
const KOREA = 9 * HOUR;
/** Off hours begin and end at these hours (ours). */
const EVENING = 22;
const MORNING = 6;

/** Whether a moment is at night, or on a Saturday or Sunday, in Korea (ours). Holidays are not known. @param at - UTC milliseconds */
export function isOffHours(at: number): boolean {
  const korean = new Date(at + KOREA);
  const hour = korean.getUTCHours();
  const day = korean.getUTCDay();
  return hour >= EVENING || hour < MORNING || day === 0 || day === 6;
}
