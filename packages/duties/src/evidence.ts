import type { AccessLog } from "@garim/audit";
import {
  type Allow,
  decideContract,
  decideFlow,
  listFlowGaps,
  type Policy,
  type Refuse,
} from "@garim/policy";
import type { LeakStatus } from "./breach/leak.ts";
import type { Leaks } from "./breach/leaks.ts";
import type { Completion, Education, TraineeStatus } from "./education/course.ts";
import type { Flows } from "./flows/flow.ts";
import type { Keeper } from "./on-record.ts";
import type { KeyPage, PageAsked } from "./paging/page-by-key.ts";
import type { PrivacyPolicies, SellerVersion } from "./privacy/privacy.ts";
import type { Purges, ToolDebt, ToolReceipt } from "./purge/purge.ts";
import type { FiledAgreement, FiledContract, Register } from "./register/register.ts";
import type { RequestCounts, RequestStatus, Requests } from "./requests/request.ts";
import type { DataRetention, Destruction } from "./retention/destruction.ts";
import type { Schedules } from "./retention/schedule.ts";
import type { ElevationStatus, Elevations } from "./rights/elevation.ts";
import { type MarketRights, reportMarketRights } from "./rights/rights-report.ts";

/** How many of a list are named; how many there are is counted in any case. */
const MOST_NAMED = 1_000;
/** Of what is evidence line by line. */
const MOST_LINES = 10_000;

/** A list of which there may be many. */
export interface CountedList<T> {
  readonly count: number;
  /** The first ten thousand. */
  readonly named: readonly T[];
}

/** The registers as a folder of evidence has them. */
export interface DutyEvidence {
  readonly [name: string]: unknown;
  /** Every entry with what it lacks, and why nothing goes by it. */
  readonly flows: readonly object[];
  /** What was signed with tools, each with why nothing goes by it. */
  readonly agreements: readonly object[];
  readonly contracts: readonly object[];
  readonly courses: readonly object[];
  /** Every version of every seller's privacy policy: when it was published, and its hash. */
  readonly "privacy-policies": CountedList<SellerVersion>;
  /** The roles each person was lent last, who agreed, and when they end or ended; the log has all before. */
  readonly elevations: readonly ElevationStatus[];
  /** Which rights people have and do not use; left out where nobody asks the log. */
  readonly rights?: MarketRights;
  /** How many buyers' requests wait and were answered, how many late; those that wait, without their texts. */
  readonly requests: RequestCounts & { readonly waiting: readonly RequestStatus[] };
  readonly schedules: readonly object[];
  /** The newest first; how many of them nobody has confirmed. */
  readonly destructions: { readonly open: number; readonly named: readonly Destruction[] };
  /** How many orders each tool has not said to have destroyed, and how many of them are late. */
  readonly "tool-debts": CountedList<ToolDebt>;
  /** Receipts of tools of the last year, newest first. */
  readonly "tool-receipts": CountedList<ToolReceipt>;
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
  /** Who completed which course when, and what shows it. */
  readonly completions: CountedList<Completion>;
}

/** The registers it is gathered from. */
export interface DutyRegisters {
  readonly flows: Flows;
  readonly register: Register;
  readonly education: Education;
  readonly policies: PrivacyPolicies;
  readonly elevations: Elevations;
  readonly requests: Requests;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly purges: Purges;
  readonly leaks: Leaks;
  /** Has this node's copies confirmed, before each part that reads them: gathering takes longer than a copy is good for. */
  ready?(): Promise<void>;
}

/** Who asks the log how rights are used: it is on record. */
export interface EvidenceAsker {
  readonly log: Pick<AccessLog, "find" | "append">;
  readonly keeper: Keeper;
}

/**
 * Gathers what the registers say at a moment, for a folder of evidence.
 *
 * @param now - UTC milliseconds
 * @param asker - without it nothing is asked of the log, and the report of rights is left out
 * @source pipa/17, pipa/21, pipa/26, pipa/28-8, pipa/34-1, code-2022/education
 */
export async function gatherDutyEvidence(
  registers: DutyRegisters,
  now: number,
  policy: Policy,
  asker?: EvidenceAsker,
): Promise<DutyEvidence> {
  const { flows, register, education, policies, elevations, requests, schedules, retention, purges, leaks } =
    registers;
  const signed = <T extends FiledAgreement | FiledContract>(one: T): object => ({
    ...one,
    reason: reasonOf(decideContract(one, now, policy)),
  });
  await registers.ready?.();
  // What this node has a copy of, at one moment.
  const copied = {
    flows: flows.list().map((flow) => ({
      ...flow,
      gaps: listFlowGaps(flow),
      reason: reasonOf(decideFlow(flow, now, policy)),
    })),
    agreements: register.agreements().map(signed),
    contracts: register.contracts().map(signed),
    courses: education.courses(),
    elevations: elevations.list(now),
    schedules: schedules.list(),
    leaks: leaks.list(now),
  };
  return {
    ...copied,
    education: await countEducation(registers, now),
    "privacy-policies": await countAll((asked) => policies.list(asked)),
    ...(asker === undefined
      ? {}
      : { rights: await reportMarketRights({ log: asker.log, policy }, asker.keeper, now) }),
    requests: {
      ...(await requests.count(now)),
      waiting: (await requests.list({ isOpen: true, limit: MOST_NAMED }, now)).entries,
    },
    completions: await countAll((asked) => education.completions(asked)),
    destructions: await countDestructions(retention),
    "tool-debts": await countAll((asked) => purges.debts(asked, now)),
    "tool-receipts": await countAll((asked) => purges.receipts(asked)),
    "data-holds": await retention.holds(),
  };
}

function reasonOf(decided: Allow | Refuse): string | null {
  return decided.kind === "refuse" ? decided.reason : null;
}

async function countAll<T>(read: (asked: PageAsked) => Promise<KeyPage<T>>): Promise<CountedList<T>> {
  const named: T[] = [];
  let count = 0;
  for (let after: { readonly after?: string } = {}; ; ) {
    const { entries, next } = await read({ ...after, limit: 1_000 });
    count += entries.length;
    named.push(...entries.slice(0, MOST_LINES - named.length));
    if (next === null) return { count, named };
    after = { after: next };
  }
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

async function countEducation(
  { education, ready }: DutyRegisters,
  now: number,
): Promise<DutyEvidence["education"]> {
  const named: TraineeStatus[] = [];
  let [people, overdue] = [0, 0];
  for (let after: string | undefined; ; ) {
    await ready?.();
    const page = await education.list({ limit: 1_000, ...(after === undefined ? {} : { after }) }, now);
    const late = page.entries.filter(({ courses }) => courses.some(({ isOverdue }) => isOverdue));
    people += page.entries.length;
    overdue += late.length;
    named.push(...late.slice(0, MOST_NAMED - named.length));
    if (page.next === null) return { people, overdue, named };
    after = page.next;
  }
}
