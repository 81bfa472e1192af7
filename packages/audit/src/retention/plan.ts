import {
  addMonths,
  DAY,
  decideRecordErasure,
  decideRightsErasure,
  type Policy,
  type Reason,
  type RecordTerm,
  recordTerm,
  type ScopeFacts,
} from "@garim/policy";
import { type Month, monthAfter, startOf } from "../keys/month.ts";
import type { HistoryFacts, MonthFacts, RetentionFacts } from "./facts.ts";
import { touches } from "./hold.ts";

/** What is to be done with a month: `destroy` it, or not while it is `kept`, `held`, or not under a checkpoint (`unsealed`). */
export type MonthState = "destroy" | "kept" | "held" | "unsealed";

/** A month of a retention plan. */
export interface PlannedMonth extends Omit<MonthFacts, "batch"> {
  readonly state: MonthState;
  /** When its term is over, UTC milliseconds: from then on it may be destroyed, unless it is held. */
  readonly mayGoFrom: number;
  /** Why it stays; `null` where it need not. */
  readonly reason: Reason | null;
  /** Ids of the holds that touch it. */
  readonly heldBy: readonly string[];
}

/** What outlived a month, and how long it stays. */
export interface PlannedHistory extends HistoryFacts, Pick<PlannedMonth, "mayGoFrom" | "reason" | "heldBy"> {
  readonly state: Exclude<MonthState, "unsealed">;
}

/** What may be destroyed when. */
export interface RetentionPlan {
  readonly term: RecordTerm;
  /** Data subjects the term was judged by; `null` where nobody knows, which counts as many. */
  readonly subjects: number | null;
  /** Oldest first. */
  readonly months: readonly PlannedMonth[];
  /** The history of rights of destroyed months, oldest first. */
  readonly history: readonly PlannedHistory[];
  readonly destroyed: readonly Month[];
}

/**
 * Plans which months of the log may be destroyed when, and which stay why. Whole months only: a month's term begins with its last
 * record, and is a day longer, for a record of its first or last moments may have its neighbour's key.
 *
 * @param scope - what the deployment says it holds; unknown counts as the case that is kept longer
 * @param now - UTC milliseconds
 * @source notice-2026-9/8-1, notice-2026-9/5-3
 */
export function retentionPlan(
  facts: RetentionFacts,
  scope: ScopeFacts,
  now: number,
  policy: Policy,
): RetentionPlan {
  const judged = { ...scope, subjects: countSubjects(facts, scope, now) };
  const term = recordTerm(judged, policy);
  return {
    term,
    subjects: judged.subjects,
    months: facts.months.map((month) => planMonth(month, facts, { judged, term, now, policy })),
    history: facts.history.map((one) => planHistory(one, facts, now, policy)),
    destroyed: facts.destroyed,
  };
}

/** Whether it can matter how many subjects the log knows: where nothing else makes the term the longer one. */
export function mayCountMatter(
  { subjects, hasUniqueIds, hasSensitive }: ScopeFacts,
  policy: Policy,
): boolean {
  const isShort = recordTerm({ subjects, hasUniqueIds, hasSensitive }, policy).reason === "record-kept";
  return isShort && policy.recordYears < policy.raisedRecordYears;
}

/**
 * A year's pseudonyms, month by month, where they are more than what is said. Nobody is left out by it: who is on record in several
 * months, by order, telephone and account, counts each time. Who was never on record is known to nobody but the deployment.
 */
function countSubjects({ months }: RetentionFacts, { subjects }: ScopeFacts, now: number): number | null {
  if (subjects === null) return null;
  const since = addMonths(now, -12);
  const met = months
    .filter(({ month }) => startOf(monthAfter(month)) > since)
    .reduce((sum, { pseudonyms }) => sum + (pseudonyms ?? 0), 0);
  return Math.max(subjects, met);
}

interface Judging {
  readonly judged: ScopeFacts;
  readonly term: RecordTerm;
  readonly now: number;
  readonly policy: Policy;
}

function planMonth(
  { batch, ...facts }: MonthFacts,
  { holds, sealed }: RetentionFacts,
  { judged, term, now, policy }: Judging,
): PlannedMonth {
  const heldBy = holds.filter((hold) => touches(hold, facts.month)).map(({ id }) => id);
  const recordedAt = termBegins(facts.month);
  const decision = decideRecordErasure({ recordedAt, isHeld: heldBy.length > 0 }, judged, now, policy);
  const reason = decision.kind === "allow" ? null : decision.reason;
  const isSealed = (batch ?? 0) <= sealed;
  return {
    ...facts,
    state: stateOf(heldBy.length > 0, reason, isSealed),
    mayGoFrom: addMonths(recordedAt, 12 * term.years),
    reason,
    heldBy,
  };
}

function planHistory(
  { month, records }: HistoryFacts,
  { holds }: RetentionFacts,
  now: number,
  policy: Policy,
): PlannedHistory {
  const heldBy = holds.filter((hold) => touches(hold, month)).map(({ id }) => id);
  const recordedAt = termBegins(month);
  const decision = decideRightsErasure({ recordedAt, isHeld: heldBy.length > 0 }, now, policy);
  const reason = decision.kind === "allow" ? null : decision.reason;
  const state = heldBy.length > 0 ? "held" : reason === null ? "destroy" : "kept";
  return { month, records, state, mayGoFrom: addMonths(recordedAt, 12 * policy.rightsYears), reason, heldBy };
}

function termBegins(month: Month): number {
  return startOf(monthAfter(month)) + DAY;
}

function stateOf(isHeld: boolean, reason: Reason | null, isSealed: boolean): MonthState {
  if (isHeld) return "held";
  if (reason !== null) return "kept";
  return isSealed ? "destroy" : "unsealed";
}
