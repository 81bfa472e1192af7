import { ALLOW, type Allow, type Duty, owe, type Refuse, refuse } from "./decision.ts";
import { addMonths, DAY, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** How one person stands with one course. Moments are UTC milliseconds. */
export interface EducationFacts {
  /** Since when the course is asked of the person: when it was put on file, or when the person's role began, the later. */
  readonly askedAt: number;
  /** When it was completed last; `null` for never. */
  readonly completedAt: number | null;
  /** Calendar months a completion is good for; `null` for what the policy says. The shorter counts. */
  readonly months: number | null;
}

/**
 * Says by when a course is to be completed, or completed again. Law and code ask for education and give no number.
 *
 * @param now - UTC milliseconds
 * @returns due `policy.educationGraceDays` days of 24 hours after it was first asked, and when a completion runs out
 * @source code-2022/education
 */
export function decideEducation(facts: EducationFacts, now: number, policy: Policy): Duty {
  return owe("education-due", dueOf(facts, policy), now, policy.edition);
}

/**
 * Decides whether somebody may see buyers' data, of all the courses that are asked of them. They are no condition unless the policy
 * says so (`educationCondition` 1).
 *
 * @param now - UTC milliseconds
 * @source code-2022/education
 */
export function decideEducated(
  courses: readonly EducationFacts[],
  now: number,
  policy: Policy,
): Allow | Refuse {
  if (policy.educationCondition !== 1) return ALLOW;
  if (!Array.isArray(courses)) return refuse("education-missing", policy.edition);
  const isOverdue = courses.some((facts) => decideEducation(facts, now, policy).isOverdue);
  return isOverdue ? refuse("education-missing", policy.edition) : ALLOW;
}

function dueOf({ askedAt, completedAt, months }: EducationFacts, policy: Policy): number {
  if (completedAt === null) return isMoment(askedAt) ? askedAt + policy.educationGraceDays * DAY : Number.NaN;
  const good = Math.min(months ?? policy.educationMonths, policy.educationMonths);
  return isMoment(completedAt) && good > 0 ? addMonths(completedAt, good) : Number.NaN;
}
