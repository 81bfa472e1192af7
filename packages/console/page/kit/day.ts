const DAY_MS = 86_400_000;
const KOREA_MS = 32_400_000;

/** The first moment of a day in Korea, whatever the browser's own zone is. @param day - `2026-11-22` */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+09:00`);
}

/** The first moment that is left out where a day is the last one. */
export function endOfDay(day: string): number {
  return startOfDay(day) + DAY_MS;
}

/** The day of Korea that a moment is in, as fields of dates write it. */
export function dayOf(at: number): string {
  return new Date(at + KOREA_MS).toISOString().slice(0, 10);
}

/** A moment of a `datetime-local` field, meant in Korea. */
export function readMinute(text: string): number {
  return Date.parse(`${text}:00+09:00`);
}

/** The minute of Korea that a moment is in, as such a field writes it. */
export function minuteOf(at: number): string {
  return new Date(at + KOREA_MS).toISOString().slice(0, 16);
}
