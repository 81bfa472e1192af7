import { ALLOW, type Allow, type Duty, owe, type Refuse, refuse } from "./decision.ts";
import { type DestructionFacts, decideStored, type Keep } from "./destruction.ts";
import { DAY } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** A record as its end is judged while it is there: with where it lies. */
export interface StoredFacts extends Pick<DestructionFacts, "purposeEndedAt" | "keeps" | "isHeld"> {
  /** Whether it lies apart from data in use already (분리 보관). */
  readonly isApart: boolean;
}

/** What is to be done about a record: nothing yet, to be stored apart, or to be destroyed. */
export type RecordEnd = Keep | Duty;

/**
 * Decides what the end of a record's purpose asks for. What another law has kept is stored apart as soon as what is not kept would be
 * destroyed; the rest is destroyed.
 *
 * @param now - UTC milliseconds
 * @returns keep, or a duty: `separation-due` or `destruction-due`, due `policy.destroyDays` days of 24 hours after its ground
 * @source pipa/21, ecommerce/6, electronic-finance/records, garim/hold
 */
export function decideRecordEnd(facts: StoredFacts, now: number, policy: Policy): RecordEnd {
  const { isApart, purposeEndedAt } = facts;
  const decided = decideStored(facts, now, policy);
  if (decided.kind === "duty" || !decided.isApart || isApart === true || purposeEndedAt === null)
    return decided;
  return owe("separation-due", purposeEndedAt + policy.destroyDays * DAY, now, policy.edition);
}

/**
 * Decides whether records of a kind may be shown, as far as their retention goes. It is no condition unless the policy says so
 * (`scheduleCondition` 1).
 *
 * @param hasSchedule - whether it is on file how long they are kept and how they are destroyed; anything but `true` counts as not
 * @source pipa/21
 */
export function decideScheduled(hasSchedule: boolean, policy: Policy): Allow | Refuse {
  const isMissing = policy.scheduleCondition === 1 && hasSchedule !== true;
  return isMissing ? refuse("schedule-missing", policy.edition) : ALLOW;
}

/**
 * Decides whether somebody may confirm a destruction: whoever destroyed does not.
 *
 * @param isDestroyer - whether it is the same person; anything but `false` counts as so
 * @source pipa/21
 */
export function decideConfirmer(isDestroyer: boolean, { edition }: Policy): Allow | Refuse {
  return isDestroyer === false ? ALLOW : refuse("destroyer-confirms", edition);
}
