import type { FiledSchedule } from "@garim/duties";
import { language } from "../kit/words.ts";

/** What a kind of record is called; its name where its schedule is no more. */
export function kindText(recordType: string, schedules: readonly FiledSchedule[]): string {
  return schedules.find((one) => one.recordType === recordType)?.title[language] ?? recordType;
}
