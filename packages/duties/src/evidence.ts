import { decideFlow, listFlowGaps, type Policy } from "@garim/policy";
import type { LeakStatus } from "./breach/leak.ts";
import type { Leaks } from "./breach/leaks.ts";
import type { Education, TraineeStatus } from "./education/course.ts";
import type { Flows } from "./flows/flow.ts";
import type { RequestCounts, RequestStatus, Requests } from "./requests/request.ts";
import type { DataRetention, Destruction } from "./retention/destruction.ts";
import type { Schedules } from "./retention/schedule.ts";
import type { ElevationStatus, Elevations } from "./rights/elevation.ts";

/** How many people whose courses are overdue are named; how many there are is counted in any case. */
const MOST_NAMED = 1_000;

/** The registers as a folder of evidence has them. */
export interface DutyEvidence {
  readonly [name: string]: unknown;
  /** Every entry with what it lacks, and why nothing goes by it. */
  readonly flows: readonly object[];
  readonly courses: readonly object[];
  /** The roles each person was lent last, who agreed, and when they end or ended; the log has all before. */
  readonly elevations: readonly ElevationStatus[];
  /** How many buyers' requests wait and were answered, how many late; those that wait, without their texts. */
  readonly requests: RequestCounts & { readonly waiting: readonly RequestStatus[] };
  readonly schedules: readonly object[];
  /** The newest first; how many of them nobody has confirmed. */
  readonly destructions: { readonly open: number; readonly named: readonly Destruction[] };
  /** Every legal hold on the host's records, released ones as well. */
  readonly "data-holds": readonly object[];
  /** Leaks with their clocks, notices and check lists; whom they concern stands nowhere in it. */
  readonly leaks: readonly LeakStatus[];
  /** How many were here lately, how many of them have a course overdue, and who. */
  readonly education: {
    readonly people: number;
    readonly overdue: number;
    readonly named: readonly TraineeStatus[];
  };
}

/** The registers it is gathered from. */
export interface DutyRegisters {
  readonly flows: Flows;
  readonly education: Education;
  readonly elevations: Elevations;
  readonly requests: Requests;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly leaks: Leaks;
}

/**
 * Gathers what the registers say at a moment, for a folder of evidence.
 *
 * @param now - UTC milliseconds
 * @source pipa/17, pipa/21, pipa/26, pipa/28-8, pipa/34-1, code-2022/education
 */
export async function gatherDutyEvidence(
  { flows, education, elevations, requests, schedules, retention, leaks }: DutyRegisters,
  now: number,
  policy: Policy,
): Promise<DutyEvidence> {
  return {
    flows: flows.list().map((flow) => {
      const decided = decideFlow(flow, now, policy);
      return { ...flow, gaps: listFlowGaps(flow), reason: decided.kind === "refuse" ? decided.reason : null };
    }),
    courses: education.courses(),
    elevations: elevations.list(now),
    requests: {
      ...(await requests.count(now)),
      waiting: (await requests.list({ isOpen: true, limit: MOST_NAMED }, now)).entries,
    },
    education: await countEducation(education, now),
    schedules: schedules.list(),
    destructions: await countDestructions(retention),
    "data-holds": await retention.holds(),
    leaks: leaks.list(now),
  };
}

async function countDestructions(retention: DataRetention): Promise<DutyEvidence["destructions"]> {
  const { entries } = await retention.list({ limit: MOST_NAMED });
  let open = 0;
  for (let after: string | undefined; ; ) {
    const page = await retention.list({
      isOpen: true,
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    });
    open += page.entries.length;
    if (page.next === null) return { open, named: entries };
    after = page.next;
  }
}

async function countEducation(education: Education, now: number): Promise<DutyEvidence["education"]> {
  const named: TraineeStatus[] = [];
  let [people, overdue] = [0, 0];
  for (let after: string | undefined; ; ) {
    const page = await education.list({ limit: 1_000, ...(after === undefined ? {} : { after }) }, now);
    const late = page.entries.filter(({ courses }) => courses.some(({ isOverdue }) => isOverdue));
    people += page.entries.length;
    overdue += late.length;
    named.push(...late.slice(0, MOST_NAMED - named.length));
    if (page.next === null) return { people, overdue, named };
    after = page.next;
  }
}
