/** Korean time is UTC+9 all year. */
const KOREA_MS = 32_400_000;

/** A moment as Korean time with its offset, to the millisecond: `2026-11-22T18:00:00.123+09:00`. @param at - UTC milliseconds */
export function koreanTime(at: number): string {
  return new Date(at + KOREA_MS).toISOString().replace("Z", "+09:00");
}
