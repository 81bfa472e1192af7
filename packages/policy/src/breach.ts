import { type Duty, owe } from "./decision.ts";
import { DAY, HOUR, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";

/** What has to be done about a leak (유출). */
export type BreachStep = "notify" | "report" | "reportIntrusion" | "post";

/** What is known of a leak. `null` where nobody knows yet, which counts as the worse case. */
export interface BreachFacts {
  /** When the marketplace came to know of it, UTC milliseconds. */
  readonly knownAt: number;
  /** Whether it is only possible so far. */
  readonly isPossibleOnly: boolean;
  /** Data subjects concerned: recipients count as well as account holders. */
  readonly subjects: number | null;
  readonly hasUniqueIds: boolean | null;
  readonly hasSensitive: boolean | null;
  /** Illegal access from outside. */
  readonly isOutsideAccess: boolean | null;
  /** An intrusion (침해사고) in the sense of the network act. */
  readonly isIntrusion: boolean | null;
  /** Whether contact data of some subjects is missing. */
  readonly lacksContacts: boolean | null;
  /** When each step was done, UTC milliseconds; absent while it was not. */
  readonly doneAt: Readonly<Partial<Record<BreachStep, number>>>;
}

/** One step about a leak with its clock. */
export interface BreachDuty extends Duty {
  readonly step: BreachStep;
  /** When it was done, UTC milliseconds; `null` while it was not. */
  readonly doneAt: number | null;
  /** For `post`, until when the notice stays on the site, UTC milliseconds, exclusive; `null` while it is not posted. */
  readonly staysUntil: number | null;
}

/**
 * Lists what has to be done about a leak and by when. The clock runs from knowing, not from certainty: what is known is told
 * first, the rest as it comes. A step done late stays overdue.
 *
 * @param now - UTC milliseconds
 * @source pipa/34-1, pipa/34-2, pipa-decree/39, pipa-decree/40, network-act/intrusion
 */
export function listBreachDuties(facts: BreachFacts, now: number, policy: Policy): readonly BreachDuty[] {
  const { breachHours, intrusionHours } = policy;
  const isPossible = facts.isPossibleOnly === true;
  const told = isPossible ? "breach-possible" : "breach-notify";
  const steps: readonly (Step | false)[] = [
    { step: "notify", reason: told, hours: breachHours },
    mustReport(facts, policy) && { step: "report", reason: "breach-report", hours: breachHours },
    facts.isIntrusion !== false && {
      step: "reportIntrusion",
      reason: "breach-intrusion",
      hours: intrusionHours,
    },
    !isPossible &&
      facts.lacksContacts !== false && { step: "post", reason: "breach-post", hours: breachHours },
  ];
  return steps.filter((step) => step !== false).map((step) => clock(step, facts, now, policy));
}

interface Step {
  readonly step: BreachStep;
  readonly reason: Reason;
  readonly hours: number;
}

/** From a number of subjects on, or whatever the number with unique identifiers, sensitive data or access from outside. */
function mustReport(facts: BreachFacts, policy: Policy): boolean {
  if (facts.isPossibleOnly === true) return false;
  const { subjects, hasUniqueIds, hasSensitive, isOutsideAccess } = facts;
  const isFew = typeof subjects === "number" && subjects >= 0 && subjects < policy.reportFromSubjects;
  return !isFew || hasUniqueIds !== false || hasSensitive !== false || isOutsideAccess !== false;
}

function clock({ step, reason, hours }: Step, facts: BreachFacts, now: number, policy: Policy): BreachDuty {
  const done = facts.doneAt[step] ?? null;
  const dueAt = isMoment(facts.knownAt) ? facts.knownAt + hours * HOUR : Number.NaN;
  const staysUntil = step === "post" && done !== null ? done + policy.postDays * DAY : null;
  return { ...owe(reason, dueAt, done ?? now, policy.edition), step, doneAt: done, staysUntil };
}
