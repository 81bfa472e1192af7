import { ALLOW, type Allow, type Duty, owe, type Refuse, refuse } from "./decision.ts";
import { addMonths, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** Moments of the reviews (점검) of access records and downloads, UTC milliseconds. */
export interface ReviewFacts {
  /** Since when there is something to review. */
  readonly since: number;
  /** When it was last reviewed; `null` for never. */
  readonly reviewedAt: number | null;
}

/**
 * Says when the next review is due: `policy.reviewMonths` calendar months after the last one. The law leaves the cycle to the
 * internal plan.
 *
 * @param now - UTC milliseconds
 * @source notice-2026-9/8-2
 */
export function decideReview({ since, reviewedAt }: ReviewFacts, now: number, policy: Policy): Duty {
  const from = reviewedAt ?? since;
  const dueAt = isMoment(from) ? addMonths(from, policy.reviewMonths) : Number.NaN;
  return owe("review-due", dueAt, now, policy.edition);
}

/** Who would review. */
export interface ReviewerFacts {
  /** Whether the person is of the team that operates the system; anything but `false` counts as so. */
  readonly isOperating: boolean;
}

/**
 * Decides whether somebody may review: not whoever operates the system.
 *
 * @source notice-2026-9/8-2
 */
export function decideReviewer({ isOperating }: ReviewerFacts, { edition }: Policy): Allow | Refuse {
  return isOperating === false ? ALLOW : refuse("reviewer-operates", edition);
}
