import type { Allow, Refuse, Words } from "@garim/policy";
import type { Keeper } from "../on-record.ts";
import type { KeyPage } from "../paging/page-by-key.ts";

/** A course on personal data (개인정보 보호 교육): one's own, with a text to read, or one somewhere else, with a link. */
export interface Course {
  /** 1 to 256 characters; stays the same for every edition of the course. */
  readonly id: string;
  readonly title: Words;
  /** Names of roles it is asked of; `*` for everybody. */
  readonly roles: readonly string[];
  /** Of one seller's staff alone; `null` for every seller's. */
  readonly sellerId: string | null;
  /** What is read, one's own course; `null` for a linked one. */
  readonly text: string | null;
  /** Where it is held, `https://`; `null` for one's own. */
  readonly link: string | null;
  /** Calendar months a completion is good for; `null` for the policy's. */
  readonly months: number | null;
}

/** As it is on file. Moments are UTC milliseconds. */
export interface FiledCourse extends Course {
  /** Since when it is asked: a course that is put on file again keeps its first moment. */
  readonly filedAt: number;
  readonly endedAt: number | null;
}

/** One of a seller's staff (담당자), and what the host says they may do. */
export interface Trainee {
  readonly sellerId: string;
  readonly staffId: string;
  readonly roles: readonly string[];
}

/** How a person stands with a course. Moments are UTC milliseconds. */
export interface CourseStatus {
  readonly courseId: string;
  readonly title: Words;
  readonly completedAt: number | null;
  /** What shows it; `null` while it is not completed. */
  readonly proof: string | null;
  /** Who said so. */
  readonly saidBy: string | null;
  readonly remindedAt: number | null;
  /** The last millisecond in time. */
  readonly dueAt: number;
  readonly isOverdue: boolean;
}

/** A person, and how they stand with each course asked of them. */
export interface TraineeStatus extends Trainee {
  readonly courses: readonly CourseStatus[];
}

/** A page of people, by seller and name. */
export interface TraineePage {
  readonly entries: readonly TraineeStatus[];
  /** Ask for the next page with it; `null` for the last. */
  readonly next: string | null;
}

export interface TraineesAsked {
  /** Of one seller; of all if left out. */
  readonly sellerId?: string;
  /** The `next` of the page before. */
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

/** That somebody completed a course. */
export interface CompletionInput {
  readonly sellerId: string;
  readonly staffId: string;
  readonly courseId: string;
  /** What shows it: the number of a certificate, or that the person read the text. No personal data. */
  readonly proof: string;
}

/** As it is on file: the newest of a person and a course. */
export interface Completion extends CompletionInput {
  /** UTC milliseconds. */
  readonly completedAt: number;
  readonly saidBy: string;
}

/** What is told to somebody about a course. */
export interface Reminder {
  readonly sellerId: string;
  readonly staffId: string;
  readonly course: FiledCourse;
  readonly dueAt: number;
  readonly isOverdue: boolean;
}

/**
 * The education of sellers' staff: courses, who completed which, and by when. Courses and completions are on record.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what is put on file; `ERR_GARIM_STATE_UNAVAILABLE`; what the log's `append` throws
 * @source code-2022/education
 */
export interface Education {
  /** Courses that are asked, of a seller's staff where one is given. From this node's copy: throws where it is stale. */
  courses(sellerId?: string): readonly FiledCourse[];
  putCourse(course: Course, keeper: Keeper): Promise<FiledCourse>;
  /** Ends a course now; `null` where there is none. */
  endCourse(id: string, keeper: Keeper): Promise<FiledCourse | null>;
  /** Whether somebody may see buyers' data, as far as courses go. From the first time on the person is listed. */
  judge(person: Trainee, now: number): Promise<Allow | Refuse>;
  /** How one person stands. */
  statusOf(person: Trainee, now: number): Promise<TraineeStatus>;
  /** Puts on record that somebody completed a course, then counts it. `null` where there is no such course for them. */
  complete(done: CompletionInput, keeper: Keeper): Promise<FiledCourse | null>;
  /** Who completed what, with what shows it, by seller, person and course; of people who left, too. */
  completions(asked?: TraineesAsked): Promise<KeyPage<Completion>>;
  /** How everybody stands who was here within `policy.dormantDays`. */
  list(asked: TraineesAsked, now: number): Promise<TraineePage>;
  /**
   * Tells everybody whose course is overdue, or due within a week: each at most once a week over all nodes. What `send` rejects is
   * told again the next time.
   *
   * @returns how many were told
   */
  remind(send: (reminder: Reminder) => unknown, now: number): Promise<number>;
}
