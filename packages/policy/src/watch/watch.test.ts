import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../moment.ts";
import { type PolicyOptions, resolvePolicy } from "../policy.ts";
import { startWatch, type Watch, watchAccess } from "./watch.ts";
import type { WatchEvent, WatchFinding } from "./watch-event.ts";

let policy = resolvePolicy();
const MORNING = Date.parse("2026-11-16T10:00:00+09:00");
const range = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, i) => from + i);

function eventOf(more: Partial<WatchEvent> = {}): WatchEvent {
  const { subjects = [] } = more;
  const where = { account: "kim", isPerson: true, network: "office", key: null };
  const what = {
    outcome: "disclosed",
    subjects,
    records: subjects.length,
    asked: null,
    isCanary: false,
  } as const;
  return { at: MORNING, ...where, ...what, ...more };
}

/** Somebody who is known, and has shown no habit worth the name. */
function known(): Watch {
  const watch = startWatch();
  run([{ at: MORNING - 3 * DAY, subjects: [1] }], watch);
  return watch;
}

function run(events: readonly Partial<WatchEvent>[], watch: Watch = startWatch()): readonly WatchFinding[] {
  return events.flatMap((more) => watchAccess(watch, eventOf(more), policy));
}

const reasonsOf = (events: readonly Partial<WatchEvent>[], watch?: Watch): readonly string[] =>
  run(events, watch).map(({ reason }) => reason);

/** Weeks of an ordinary day's work, until the evening before {@link MORNING}. */
function usual(subjects: number, days = 14): readonly Partial<WatchEvent>[] {
  return range(days).map((day) => ({
    at: MORNING - (days - day) * DAY,
    subjects: range(subjects, day * 10_000),
  }));
}

const NIGHT = MORNING + 13 * HOUR;
const nightsOf = (count: number): readonly Partial<WatchEvent>[] =>
  range(count).map((one) => ({ at: NIGHT, subjects: [one] }));
/** Somebody who worked in so many of the nights before. */
function nightOwl(nights: number): Watch {
  const watch = startWatch();
  run(
    range(nights).map((i) => ({ at: NIGHT - (nights - i) * 3 * DAY, subjects: [i] })),
    watch,
  );
  return watch;
}
function usualOf(subjects: number, days = 14): Watch {
  const watch = startWatch();
  run(usual(subjects, days), watch);
  return watch;
}
const inCafe = (count: number): readonly Partial<WatchEvent>[] =>
  range(count).map((one) => ({ subjects: [one], network: "cafe", records: 0 }));
const crowdOf = (each: number): readonly Partial<WatchEvent>[] =>
  range(policy.watchUsers + 1).map((i) => ({
    account: `victim-${i}`,
    network: "thief",
    subjects: range(each, i * 100),
  }));
const walkOf = (step: number, everyMs: number): readonly Partial<WatchEvent>[] =>
  range(policy.watchRun).map((i) => ({
    asked: 9_000 + i * step,
    outcome: "refused",
    at: MORNING + i * everyMs,
  }));
const failuresOf = (everyMs: number): readonly Partial<WatchEvent>[] =>
  range(policy.watchFailures).map((i) => ({ outcome: "failed", at: MORNING + i * everyMs }));

describe("watchAccess", () => {
  it("[notice-2026-9/6-1] says nothing of ordinary days", () => {
    expect(reasonsOf(usual(80))).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells the volume of an hour, beyond the number and not at it", () => {
    const most = policy.watchHourRecords;
    const page = { subjects: [1], records: 100 };
    const pages = range(most / 100).map(() => page);
    expect(reasonsOf(pages, known())).toEqual([]);
    expect(reasonsOf([...pages, { records: 1 }], known())).toEqual(["watch-volume"]);
    expect(reasonsOf([...pages, { ...page, at: MORNING + HOUR }], known())).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells different data subjects of a day, of whom it is unusual for", () => {
    const many = range(policy.watchDaySubjects + 1, 5_000_000).map((one) => ({
      subjects: [one],
      records: 0,
    }));
    expect(reasonsOf(many, known())).toEqual(["watch-subjects"]);
    const busy = startWatch();
    run(usual(policy.watchDaySubjects / 2), busy);
    expect(reasonsOf(many, busy)).toEqual([]);
    const same = range(policy.watchDaySubjects + 1).map(() => ({ subjects: [7], records: 0 }));
    expect(reasonsOf(same, known())).toEqual([]);
  });

  it("[notice-2026-9/6-1] has patience with whom it does not know yet, and not without end", () => {
    const many = range(10 * policy.watchDaySubjects + 1).map((one) => ({ subjects: [one], records: 0 }));
    expect(reasonsOf(many.slice(1))).toEqual([]);
    expect(reasonsOf(many)).toEqual(["watch-subjects"]);
  });

  it("[notice-2026-9/6-1] tells numbers asked for one after the other, upwards and downwards, that are not shown", () => {
    const walk = (step: number) =>
      range(policy.watchRun).map(
        (i) => ({ asked: 9_000 + i * step, outcome: "refused", at: MORNING + i }) as const,
      );
    for (const step of [1, -1, 3]) expect(reasonsOf(walk(step))).toEqual(["watch-sequence"]);
    expect(reasonsOf(walk(1).slice(1))).toEqual([]);
    expect(reasonsOf(walk(4))).toEqual([]);
    expect(reasonsOf(walk(1).map((one, i) => ({ ...one, at: MORNING + i * 2 * HOUR })))).toEqual([]);
    expect(reasonsOf(walk(1).flatMap((one) => [one, one]))).toEqual(["watch-sequence"]);
    // Their own orders, one after the other.
    const shown = (at: number) => ({ subjects: [1], at }) as const;
    expect(reasonsOf([...walk(1), ...walk(1)].flatMap((one) => [one, shown(one.at)]))).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells nights of whom does not work at night", () => {
    const night = MORNING + 13 * HOUR;
    const many = range(policy.watchNightSubjects + 1).map((one) => ({ at: night, subjects: [one] }));
    expect(reasonsOf(many, known())).toEqual(["watch-off-hours"]);
    expect(reasonsOf(many.slice(1), known())).toEqual([]);
    expect(
      reasonsOf(
        many.map((one) => ({ ...one, at: night - 2 * HOUR })),
        known(),
      ),
    ).toEqual([]);
    expect(reasonsOf(many)).toEqual([]);
    const owl = startWatch();
    run(
      range(10).map((day) => ({ at: night - (10 - day) * DAY, subjects: [day] })),
      owl,
    );
    expect(reasonsOf(many, owl)).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells many buyers in a network not known before, and not where the account is as new", () => {
    const many = range(policy.watchNewSubjects + 1).map((one) => ({ subjects: [one], network: "cafe" }));
    const watch = startWatch();
    run(usual(20), watch);
    expect(reasonsOf(many, watch)).toEqual(["watch-new-network"]);
    expect(reasonsOf(many)).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells an account that was quiet for long", () => {
    const watch = startWatch();
    run([{ at: MORNING - policy.watchDormantDays * DAY, subjects: [1] }], watch);
    const many = range(policy.watchNewSubjects + 1).map((one) => ({ subjects: [one] }));
    // Asked for by its number first, as on a route with one in its path.
    const asked = { asked: 7, outcome: "refused" } as const;
    expect(reasonsOf([asked, ...many], watch)).toEqual(["watch-dormant"]);
    const sooner = startWatch();
    run([{ at: MORNING - policy.watchDormantDays * DAY + 1, subjects: [1] }], sooner);
    expect(reasonsOf(many, sooner)).toEqual([]);
  });

  it("[notice-2026-9/6-1] tells an order that exists for nobody at once, of tools too, and cuts off", () => {
    expect(run([{ isCanary: true, isPerson: false }])).toMatchObject([
      { reason: "watch-canary", action: "cut-off", account: "kim" },
    ]);
  });

  it("[notice-2026-9/6-1] tells many failures of one account in ten minutes", () => {
    const fail = (everyMs: number) =>
      range(policy.watchFailures).map((i) => ({ outcome: "failed", at: MORNING + i * everyMs }) as const);
    expect(reasonsOf(fail(MINUTE / 2))).toEqual(["watch-failures"]);
    expect(reasonsOf(fail(2 * MINUTE))).toEqual([]);
  });

  it.each(["key", "network"])(
    "[notice-2026-9/6-1] tells one %s that reads a little of very many accounts",
    (what) => {
      const of = (each: number) =>
        range(policy.watchUsers + 1).map((i) => ({
          account: `victim-${i}`,
          network: what === "network" ? "thief" : `home-${i}`,
          key: what === "key" ? "stolen" : null,
          subjects: range(each, i * 100),
        }));
      expect(run(of(1))).toMatchObject([{ reason: "watch-many-users", count: policy.watchUsers + 1 }]);
      expect(reasonsOf(of(1).slice(1))).toEqual([]);
      // Shops that share an office work with whole lists.
      expect(reasonsOf(of(20))).toEqual([]);
    },
  );

  it.each<[string, PolicyOptions, () => readonly string[]]>([
    [
      "watchNights",
      { watchNights: 1 },
      () => reasonsOf(nightsOf(policy.watchNightSubjects + 1), nightOwl(2)),
    ],
    ["watchUsualDays", { watchUsualDays: 4 }, () => reasonsOf(inCafe(121), usualOf(40))],
    ["watchNewDays", { watchNewDays: 1 }, () => reasonsOf(inCafe(101), usualOf(20, 2))],
    ["watchNewTimes", { watchNewTimes: 11 }, () => reasonsOf(inCafe(10 * policy.watchDaySubjects + 1))],
    ["watchEachRecords", { watchEachRecords: 1 }, () => reasonsOf(crowdOf(2))],
    ["watchStep", { watchStep: 2 }, () => reasonsOf(walkOf(3, 1))],
    ["watchPauseMinutes", { watchPauseMinutes: 10 }, () => reasonsOf(walkOf(1, 11 * MINUTE))],
    ["watchFailureMinutes", { watchFailureMinutes: 5 }, () => reasonsOf(failuresOf(MINUTE * 0.9))],
  ])("[notice-2026-9/6-1] goes by %s of the policy, whichever way it is set", (_, options, look) => {
    const before = look();
    policy = resolvePolicy(options);
    try {
      expect(look()).not.toEqual(before);
    } finally {
      policy = resolvePolicy();
    }
  });

  it("tells each once a day, and again on the next", () => {
    const canary = { isCanary: true };
    const next = Date.parse("2026-11-17T00:00:00+09:00");
    const times = [MORNING, MORNING + 1, next - 1, next];
    expect(run(times.map((at) => ({ ...canary, at }))).map(({ at }) => at)).toEqual([MORNING, next]);
  });

  it("gives the same findings for the same events", () => {
    const events = range(2_000).map((i) => ({ subjects: [i], at: MORNING + i * 1_000, asked: i }));
    expect(run(events)).toEqual(run(events));
  });
});
