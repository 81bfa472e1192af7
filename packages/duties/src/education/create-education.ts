import { ALLOW, DAY, decideEducated, decideEducation, type EducationFacts, type Policy } from "@garim/policy";
import { readId } from "../input.ts";
import { createTeller, nameOf } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { cursorInvalid, readLimit, readParts } from "../retention/paging.ts";
import { askRow, askRowAgain } from "../store/database.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import { readCompletion, readCourse, readCursor } from "./check.ts";
import type {
  Completion,
  Course,
  Education,
  FiledCourse,
  Reminder,
  Trainee,
  TraineeStatus,
} from "./course.ts";
import { CLAIM, COMPLETE, COMPLETIONS, LIST, MEET, UNCLAIM } from "./education-sql.ts";
import {
  courseStatus,
  factsOf,
  isAsked,
  isOfSeller,
  type Known,
  REMIND_DAYS,
  remindersOf,
} from "./standing.ts";

const PAGE = 100;
const LARGEST_PAGE = 1_000;
/** How long a person who may is not looked up again, and of how many that is remembered. */
const GOOD_MS = 60_000;
const MOST_GOOD = 20_000;

/**
 * Opens the education of sellers' staff.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createEducation(options: RegisterOptions): Promise<Education> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<FiledCourse>(database, follower, "courses");
  const good = new Map<string, number>();

  const courses = (sellerId?: string): readonly FiledCourse[] =>
    room
      .values()
      .filter((course) => course.endedAt === null && isOfSeller(course, sellerId))
      .toSorted((one, other) => one.filedAt - other.filedAt);

  async function meet({ sellerId, staffId, roles }: Trainee, now: number): Promise<Known> {
    const since = Object.fromEntries(roles.map((role) => [role, now]));
    const values = [readId("sellerId", sellerId), readId("staffId", staffId)];
    const more = [JSON.stringify(roles), JSON.stringify(since), now];
    const { found } = await askRowAgain(database, MEET, [...values, ...more]);
    return JSON.parse(String(found));
  }

  const statusOf = (known: Known, now: number, all = courses()): TraineeStatus => ({
    sellerId: known.sellerId,
    staffId: known.staffId,
    roles: known.roles,
    courses: all
      .filter((course) => isOfSeller(course, known.sellerId))
      .filter((course) => isAsked(course, known.roles))
      .map((course) => courseStatus(course, known, now, policy)),
  });

  async function list({ sellerId, after, limit = PAGE }: Parameters<Education["list"]>[0], now: number) {
    const most = Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
    // Of the moment that is asked at: the answer may take its time.
    const all = courses();
    const seenSince = now - policy.dormantDays * DAY;
    const values = [sellerId ?? null, seenSince, readCursor(after), most];
    const { found } = await askRowAgain(database, LIST, values);
    const rows: readonly Known[] = JSON.parse(String(found));
    const last = rows.at(-1);
    const isLast = rows.length < most || last === undefined;
    return {
      entries: rows.map((known) => statusOf(known, now, all)),
      next: isLast ? null : JSON.stringify([last.sellerId, last.staffId]),
    };
  }

  async function remindOne(reminder: Reminder, now: number, send: (one: Reminder) => unknown) {
    const name = [reminder.sellerId, reminder.staffId, reminder.course.id];
    const claimed = await askRowAgain(database, CLAIM, [...name, now, now - REMIND_DAYS * DAY]);
    if (claimed["done"] !== 1) return false;
    try {
      await send(reminder);
      return true;
    } catch {
      await askRowAgain(database, UNCLAIM, name);
      return false;
    }
  }

  return {
    courses,
    async putCourse(given, keeper) {
      const course = readCourse(given);
      await tell(keeper, { action: "put-course", detail: describe(course) });
      const filed = await room.change(course.id, (before) => ({
        ...course,
        filedAt: before?.endedAt === null ? before.filedAt : clock(),
        endedAt: null,
      }));
      good.clear();
      return filed as FiledCourse;
    },
    async endCourse(id, keeper) {
      const ended = await room.change(readId("id", id), (filed) =>
        filed === undefined || filed.endedAt !== null ? null : { ...filed, endedAt: clock() },
      );
      if (ended === undefined) return null;
      await tell(keeper, { action: "end-course", detail: describe(ended) });
      return ended;
    },
    async judge(person, now) {
      const key = JSON.stringify([person.sellerId, person.staffId, person.roles]);
      const until = good.get(key) ?? 0;
      if (now < until && now >= until - GOOD_MS) return ALLOW;
      const known = await meet(person, now);
      const facts = courses(person.sellerId)
        .filter((course) => isAsked(course, person.roles))
        .map((course) => factsOf(course, known));
      const decided = decideEducated(facts, now, policy);
      if (decided.kind === "allow") remember(good, key, goodUntil(facts, now, policy));
      return decided;
    },
    statusOf: async (person, now) => statusOf(await meet(person, now), now),
    async complete(given, keeper) {
      const { sellerId, staffId, courseId, proof } = readCompletion(given);
      const course = courses(sellerId).find(({ id }) => id === courseId);
      if (course === undefined) return null;
      const at = clock();
      const target = { kind: "staff", id: staffId, sellerId } as const;
      await tell(keeper, { action: "complete-course", target, detail: { ...describe(course), proof } });
      await askRowAgain(database, COMPLETE, [sellerId, staffId, courseId, at, proof, nameOf(keeper)]);
      return course;
    },
    async completions({ sellerId, after, limit } = {}) {
      const most = readLimit(limit);
      const values = [sellerId ?? null, readCompletionCursor(after), most];
      const { found } = await askRow(database, COMPLETIONS, values);
      const entries: readonly Completion[] = JSON.parse(String(found));
      const last = entries.at(-1);
      const isLast = last === undefined || entries.length < most;
      return { entries, next: isLast ? null : JSON.stringify([last.sellerId, last.staffId, last.courseId]) };
    },
    list,
    async remind(send, now) {
      let told = 0;
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(after === null ? {} : { after }, now);
        for (const reminder of page.entries.flatMap((one) => remindersOf(one, courses(), now)))
          if (await remindOne(reminder, now, send)) told++;
        if (page.next === null) return told;
        after = page.next;
      }
    },
  };
}

function readCompletionCursor(after: string | undefined): string | null {
  if (after === undefined) return null;
  const parts = readParts(after);
  if (parts.length === 3 && parts.every((part) => typeof part === "string")) return after;
  throw cursorInvalid();
}

function remember(good: Map<string, number>, key: string, until: number): void {
  good.delete(key);
  good.set(key, until);
  const [oldest] = good.keys();
  if (good.size > MOST_GOOD && oldest !== undefined) good.delete(oldest);
}

function describe({ id, title, roles, sellerId, link }: Course): Record<string, string> {
  const whose = sellerId === null ? {} : { seller: sellerId };
  return {
    course: id,
    title: title.ko,
    roles: roles.join(", "),
    ...whose,
    ...(link === null ? {} : { link }),
  };
}

/** Nobody is remembered as educated past the moment their next course is due. */
function goodUntil(facts: readonly EducationFacts[], now: number, policy: Policy): number {
  if (policy.educationCondition !== 1) return now + GOOD_MS;
  const dues = facts.map((one) => decideEducation(one, now, policy).dueAt + 1);
  return Math.min(now + GOOD_MS, ...dues);
}
