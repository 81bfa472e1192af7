import { language } from "../../kit/words.ts";
import type { Charts } from "./answer.ts";

const LOCALE = language === "ko" ? "ko-KR" : "en-GB";
const DAY = new Intl.DateTimeFormat(LOCALE, { timeZone: "Asia/Seoul", dateStyle: "medium" });
const HOUR = new Intl.DateTimeFormat(LOCALE, {
  timeZone: "Asia/Seoul",
  day: "numeric",
  month: "numeric",
  hour: "2-digit",
  hourCycle: "h23",
});

/** What stands below a column. */
export function labelOf(at: number, step: Charts["step"]): string {
  return step === "hour" ? HOUR.format(at) : DAY.format(at);
}
