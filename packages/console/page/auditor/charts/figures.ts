import { language } from "../../kit/words.ts";

/** As `Charts` of the endpoint's description. */
export interface Charts {
  readonly from: number;
  readonly to: number;
  readonly since: number;
  readonly step: "hour" | "day";
  readonly records: number;
  readonly subjects: number;
  readonly volume: readonly Readonly<Record<"at" | (typeof OUTCOMES)[number], number>>[];
  readonly subjectsPerHour: readonly { readonly at: number; readonly subjects: number }[];
  readonly week: readonly (readonly number[])[];
  readonly tools: readonly {
    readonly tool: string;
    readonly records: number;
    readonly subjects: number;
    readonly refused: number;
  }[];
  readonly toolCount: number;
  readonly past: readonly PastStretch[];
}

export interface PastStretch {
  readonly from: number;
  readonly to: number;
  readonly records: number;
  readonly subjects: number;
}

/** From the bottom of a column up. */
export const OUTCOMES = ["disclosed", "done", "refused"] as const;

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
