import { addMonths, DAY, decideRecordEnd, type Policy, type Reason, type SourceId } from "@garim/policy";
import type { DataHold } from "./data-hold.ts";
import { holdsOf } from "./data-hold.ts";
import type { RecordStore, StoredRecord } from "./record-host.ts";
import type { Schedule } from "./schedule.ts";

/** What is to be done with a record. */
export type EndStep = "separate" | "destroy";

/** A record whose end is near or past. Moments are UTC milliseconds. */
export interface DueRecord extends StoredRecord {
  readonly recordType: string;
  readonly store: RecordStore;
  /** `null` where nothing can be done: it is held, or its facts cannot be read. */
  readonly step: EndStep | null;
  /** The last millisecond in time; `null` where nothing can be done. */
  readonly dueAt: number | null;
  readonly isOverdue: boolean;
  readonly reason: Reason;
  readonly source: SourceId;
  /** Ids of the legal holds on it. */
  readonly heldBy: readonly string[];
}

/** Where one looks for records, and by which rules. */
export interface DueView {
  readonly schedule: Schedule;
  readonly store: RecordStore;
  readonly holds: readonly DataHold[];
  readonly policy: Policy;
}

/**
 * Judges a record by its schedule, as it will stand at a horizon.
 *
 * @param horizon - UTC milliseconds, `now` or later
 * @returns what is to be done by then; `null` where nothing is
 * @source pipa/21, ecommerce/6, garim/hold
 */
export function judgeRecord(
  record: StoredRecord,
  { schedule, store, holds, policy }: DueView,
  horizon: number,
  now: number,
): DueRecord | null {
  const { recordType } = schedule;
  const heldBy = holdsOf(holds, recordType, record.id).map(({ id }) => id);
  const keeps = isScheduled(record, schedule) ? record.keeps : (undefined as never);
  const facts = { purposeEndedAt: record.purposeEndedAt, keeps, isHeld: false, isApart: store === "apart" };
  const free = decideRecordEnd(facts, horizon, policy);
  const isStuck = free.kind === "keep" && free.reason === "facts-unreadable";
  if (free.kind === "keep" && !isStuck) return null;
  const common = { ...pick(record), recordType, store, heldBy };
  const stuck = { ...common, step: null, dueAt: null, isOverdue: false };
  if (heldBy.length > 0) {
    const { reason, source } = decideRecordEnd({ ...facts, isHeld: true }, horizon, policy);
    return { ...stuck, reason, source };
  }
  const { reason, source } = free;
  if (free.kind === "keep") return { ...stuck, reason, source };
  const step = reason === "separation-due" ? "separate" : "destroy";
  return { ...common, step, dueAt: free.dueAt, isOverdue: now > free.dueAt, reason, source };
}

/** Nothing else of what the host gives is handed on: it could be somebody's data. */
function pick({ id, purposeEndedAt, keeps }: StoredRecord): StoredRecord {
  return { id, purposeEndedAt, keeps };
}

/** A law that the schedule does not name is a fact nobody has looked at. */
function isScheduled({ keeps }: StoredRecord, schedule: Schedule): boolean {
  return keeps.every((kept) => schedule.keeps.includes(kept?.kind));
}

/** Before when a record must have ended, or been kept since, to be due by a horizon. */
export function boundOf({ schedule, store, policy }: DueView, horizon: number): number {
  if (store === "used") return horizon + 1;
  const months = schedule.keeps.map((kind) => policy.edition.keeps[kind].months);
  // Months are of 28 to 31 days: going back and going forth may differ by three.
  return addMonths(horizon + 1, -Math.min(...months)) + 4 * DAY;
}
