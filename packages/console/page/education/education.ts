import type { CourseStatus, TraineePage, TraineeStatus } from "@garim/duties";
import { language } from "../kit/words.ts";

/** One of one's own courses, and what is to be read: of the endpoint `duties/education/mine`. */
export interface OwnCourse extends CourseStatus {
  readonly text: string | null;
  readonly link: string | null;
}

export interface OwnCourses {
  readonly courses: readonly OwnCourse[];
}

/** How everybody stands who was here lately: of the endpoint `duties/education`. */
export interface People {
  readonly people: TraineePage["entries"];
  readonly next: TraineePage["next"];
}

/** A person's course, as a line of a table. */
export interface PersonCourse extends CourseStatus {
  readonly person: Pick<TraineeStatus, "sellerId" | "staffId">;
}

/** Each person's courses, the overdue first. */
export function linesOf({ people }: People): readonly PersonCourse[] {
  return people
    .flatMap(({ sellerId, staffId, courses }) =>
      courses.map((course) => ({ ...course, person: { sellerId, staffId } })),
    )
    .toSorted((one, other) => Number(other.isOverdue) - Number(one.isOverdue));
}

/** `overdue`: it is past its day; `due`: it is to be done; `done`: it is good until the day. */
export type Standing = "overdue" | "due" | "done";

export function standingOf({ isOverdue, completedAt }: CourseStatus): Standing {
  if (isOverdue) return "overdue";
  return completedAt === null ? "due" : "done";
}

export function titleOf({ title }: Pick<CourseStatus, "title">): string {
  return title[language];
}
