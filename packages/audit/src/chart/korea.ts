/** Korea is nine hours ahead of UTC all year. */
export const KOREA_MS = 32_400_000;
const DAY_MS = 86_400_000;

/** When the day of Korea begins that a moment is in. UTC milliseconds. */
export function startOfDay(at: number): number {
  return Math.floor((at + KOREA_MS) / DAY_MS) * DAY_MS - KOREA_MS;
}
