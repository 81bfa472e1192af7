import { DAY, type Policy } from "@garim/policy";
import type { DataHolds } from "./data-holds.ts";
import type { DueAsked, DuePage } from "./destruction.ts";
import { boundOf, type DueRecord, judgeRecord } from "./due.ts";
import { cursorInvalid, readDays, readLimit, readParts } from "./paging.ts";
import { checkPage, type RecordHost, type RecordStore } from "./record-host.ts";
import type { Schedule, Schedules } from "./schedule.ts";

/** How far ahead one looks: ours. */
const WITHIN_DAYS = 30;
/** Pages of the host that one page of the list reads at most: most of what it gives may not be due. */
const MOST_READ = 20;

export interface DueGround {
  readonly schedules: Schedules;
  readonly host: RecordHost;
  readonly holds: Pick<DataHolds, "read">;
  readonly policy: Policy;
}

/** A kind of record in one of its two places. */
interface Stream {
  readonly schedule: Schedule;
  readonly store: RecordStore;
}

/** Lists what is due by some days from now: stream by stream, in the host's order. */
export async function listDue(asked: DueAsked, now: number, ground: DueGround): Promise<DuePage> {
  const { schedules, host, holds, policy } = ground;
  const limit = readLimit(asked.limit);
  const horizon = now + readDays(asked.withinDays, WITHIN_DAYS) * DAY;
  const streams = streamsOf(schedules.list(), asked.recordType);
  const placed = await holds.read(true);
  const records: DueRecord[] = [];
  let [at, after] = readPlace(asked.after, streams);
  for (let left = MOST_READ; left > 0 && records.length < limit; left--) {
    const stream = streams[at];
    if (stream === undefined) return { records, next: null };
    const view = { ...stream, holds: placed, policy };
    const { recordType } = stream.schedule;
    const wanted = { recordType, store: stream.store, before: boundOf(view, horizon), after };
    const page = checkPage(await host.list({ ...wanted, limit: limit - records.length }));
    records.push(...page.records.flatMap((record) => judgeRecord(record, view, horizon, now) ?? []));
    after = page.next;
    if (after === null) at++;
  }
  const stream = streams[at];
  const next = stream && JSON.stringify([stream.schedule.recordType, stream.store, after]);
  return { records, next: next ?? null };
}

function streamsOf(schedules: readonly Schedule[], recordType: string | undefined): readonly Stream[] {
  return schedules
    .filter((schedule) => recordType === undefined || schedule.recordType === recordType)
    .flatMap((schedule) => {
      const used: Stream = { schedule, store: "used" };
      return schedule.keeps.length === 0 ? [used] : [used, { schedule, store: "apart" }];
    });
}

/** A stream that is no more, because its schedule ended meanwhile, makes the cursor void. */
function readPlace(
  after: string | undefined,
  streams: readonly Stream[],
): [place: number, after: string | null] {
  if (after === undefined) return [0, null];
  const [recordType, store, rest = null] = readParts(after);
  const at = streams.findIndex((one) => one.schedule.recordType === recordType && one.store === store);
  if (at === -1 || !(rest === null || typeof rest === "string")) throw cursorInvalid();
  return [at, rest];
}
