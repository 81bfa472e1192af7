import type { Words } from "@garim/policy";
import type { DataRetention } from "./destruction.ts";
import type { DueRecord, EndStep } from "./due.ts";
import type { Schedules } from "./schedule.ts";

/** Records of one kind with which the same is to be done now. */
export interface DueCount {
  readonly recordType: string;
  readonly title: Words;
  /** `null` where their facts cannot be read, so that nothing is done. */
  readonly step: EndStep | null;
  readonly count: number;
  /** Of the first of them, UTC milliseconds. */
  readonly dueAt: number | null;
  readonly isOverdue: boolean;
}

const PAGE = 1_000;
/** Pages of a kind that are counted; of more, there are at least so many. */
const MOST_PAGES = 10;

/** Counts what is due now, kind by kind; what is held is not. Nothing where the host names no records. @param now - UTC milliseconds */
export async function countDue(
  retention: DataRetention,
  schedules: Schedules,
  now: number,
): Promise<readonly DueCount[]> {
  if (!retention.hasRecords) return [];
  const counted: DueCount[] = [];
  for (const { recordType, title } of schedules.list()) {
    const due = await readDue(retention, recordType, now);
    for (const step of ["separate", "destroy", null] as const) {
      const some = due.filter((record) => record.step === step && record.heldBy.length === 0);
      if (some.length > 0) counted.push({ recordType, title, step, ...sumOf(some) });
    }
  }
  return counted;
}

async function readDue(
  retention: DataRetention,
  recordType: string,
  now: number,
): Promise<readonly DueRecord[]> {
  const due: DueRecord[] = [];
  const asked = { recordType, withinDays: 0, limit: PAGE };
  for (let left = MOST_PAGES, after: string | undefined; left > 0; left--) {
    const page = await retention.due({ ...asked, ...(after === undefined ? {} : { after }) }, now);
    due.push(...page.records);
    if (page.next === null) break;
    after = page.next;
  }
  return due;
}

function sumOf(some: readonly DueRecord[]): Pick<DueCount, "count" | "dueAt" | "isOverdue"> {
  const dues = some.flatMap(({ dueAt }) => dueAt ?? []);
  return {
    count: some.length,
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    isOverdue: some.some(({ isOverdue }) => isOverdue),
  };
}
