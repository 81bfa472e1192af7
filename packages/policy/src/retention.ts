import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { addMonths, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";

/** What a system processes. `null` where nobody knows, which counts as the case that is kept longer. */
export interface ScopeFacts {
  /** Data subjects whose data the system holds. */
  readonly subjects: number | null;
  /** Unique identifiers (고유식별정보): resident, passport, driver's or alien registration numbers. */
  readonly hasUniqueIds: boolean | null;
  /** Sensitive data (민감정보). */
  readonly hasSensitive: boolean | null;
}

/** How long access records are kept, and why. */
export interface RecordTerm {
  readonly years: number;
  readonly reason: Reason;
}

/**
 * How long access records (접속기록) are kept. Raised by itself from `policy.raisedFromSubjects` data subjects on, or with unique
 * identifiers or sensitive data.
 *
 * @returns calendar years, with `record-kept` or `record-kept-longer`
 * @source notice-2026-9/8-1
 */
export function recordTerm(scope: ScopeFacts, policy: Policy): RecordTerm {
  if (!isRaised(scope, policy)) return { years: policy.recordYears, reason: "record-kept" };
  return { years: Math.max(policy.recordYears, policy.raisedRecordYears), reason: "record-kept-longer" };
}

function isRaised({ subjects, hasUniqueIds, hasSensitive }: ScopeFacts, policy: Policy): boolean {
  const isFew = typeof subjects === "number" && subjects >= 0 && subjects < policy.raisedFromSubjects;
  return !isFew || hasUniqueIds !== false || hasSensitive !== false;
}

/** A record whose end is asked for. */
export interface ErasureFacts {
  /** When it was recorded, UTC milliseconds. */
  readonly recordedAt: number;
  /** Whether a court, an authority or the marketplace has asked to keep it; anything but `false` counts as so. */
  readonly isHeld: boolean;
}

/**
 * Decides whether an access record may be erased. The years are calendar years in Korean time; at their very end it may go.
 *
 * @param now - UTC milliseconds
 * @source notice-2026-9/8-1, garim/hold
 */
export function decideRecordErasure(
  facts: ErasureFacts,
  scope: ScopeFacts,
  now: number,
  policy: Policy,
): Allow | Refuse {
  const { years, reason } = recordTerm(scope, policy);
  return decideErasure(facts, { years, reason }, now, policy);
}

/**
 * Decides whether an entry of the history of rights (granted, changed, removed) may be erased.
 *
 * @param now - UTC milliseconds
 * @source notice-2026-9/5-3, garim/hold
 */
export function decideRightsErasure(facts: ErasureFacts, now: number, policy: Policy): Allow | Refuse {
  return decideErasure(facts, { years: policy.rightsYears, reason: "rights-kept" }, now, policy);
}

function decideErasure(
  { recordedAt, isHeld }: ErasureFacts,
  { years, reason }: RecordTerm,
  now: number,
  { edition }: Policy,
): Allow | Refuse {
  if (isHeld !== false) return refuse("legal-hold", edition);
  const isOver = isMoment(recordedAt) && isMoment(now) && now >= addMonths(recordedAt, 12 * years);
  return isOver ? ALLOW : refuse(reason, edition);
}
