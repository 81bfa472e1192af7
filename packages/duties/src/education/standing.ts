import { DAY, decideEducation, type EducationFacts, type Policy } from "@garim/policy";
import type { Course, CourseStatus, FiledCourse, Reminder, TraineeStatus } from "./course.ts";

/** What the database knows of a person. */
export interface Known {
  readonly sellerId: string;
  readonly staffId: string;
  readonly roles: readonly string[];
  readonly since: Readonly<Record<string, number>>;
  readonly completions: Readonly<Record<string, readonly [at: number, proof: string, saidBy: string]>>;
  readonly reminders: Readonly<Record<string, number>>;
}

export function isOfSeller(course: Course, sellerId: string | undefined): boolean {
  return sellerId === undefined || course.sellerId === null || course.sellerId === sellerId;
}

export function isAsked({ roles }: Course, own: readonly string[]): boolean {
  return roles.some((role) => role === "*" || own.includes(role));
}

export function factsOf(course: FiledCourse, { since, completions }: Known): EducationFacts {
  const began = Object.entries(since).filter(([role]) => isAsked(course, [role]));
  const first = Math.min(...began.map(([, at]) => at));
  const [completedAt = null] = completions[course.id] ?? [];
  return { askedAt: Math.max(course.filedAt, first), completedAt, months: course.months };
}

export function courseStatus(course: FiledCourse, known: Known, now: number, policy: Policy): CourseStatus {
  const facts = factsOf(course, known);
  const { dueAt, isOverdue } = decideEducation(facts, now, policy);
  const [, proof = null, saidBy = null] = known.completions[course.id] ?? [];
  const { completedAt } = facts;
  const remindedAt = known.reminders[course.id] ?? null;
  return {
    courseId: course.id,
    title: course.title,
    completedAt,
    proof,
    saidBy,
    remindedAt,
    dueAt,
    isOverdue,
  };
}

/** Who is told of a course, and how often: ours, as the law gives no number. */
export const REMIND_DAYS: number = 7;

/** What a person is reminded of: what is overdue, or due within the days. */
export function remindersOf(
  { sellerId, staffId, courses }: TraineeStatus,
  filed: readonly FiledCourse[],
  now: number,
): readonly Reminder[] {
  return courses
    .filter(({ dueAt }) => !(dueAt - now > REMIND_DAYS * DAY))
    .flatMap(({ courseId, dueAt, isOverdue }) =>
      filed
        .filter(({ id }) => id === courseId)
        .map((course) => ({ sellerId, staffId, course, dueAt, isOverdue })),
    );
}
