import type { Language } from "@garim/policy";

/** Korean time is UTC+9 all year. */
const KOREA_MS = 32_400_000;

/** A moment as Korean time with its offset, to the millisecond: `2026-11-22T18:00:00.123+09:00`. @param at - UTC milliseconds */
export function koreanTime(at: number): string {
  return new Date(at + KOREA_MS).toISOString().replace("Z", "+09:00");
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * A moment in Korea as people write it, to the minute: `2026년 11월 22일 18:00`, `22 November 2026, 18:00 KST`. Not by the runtime's own
 * locale data, which is another from version to version: a text that is kept must come out the same.
 *
 * @param at - UTC milliseconds
 */
export function koreanMoment(at: number, language: Language): string {
  const [year = "", month = "", day = "", time = ""] = koreanTime(at).slice(0, 16).split(/[-T]/);
  if (language === "ko") return `${year}년 ${Number(month)}월 ${Number(day)}일 ${time}`;
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${time} KST`;
}
