import { subject } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import { sampleOrder } from "../../test/sample.ts";
import type { Access, LogEntry } from "../access.ts";
import { isOffHours } from "./hours.ts";
import { REVIEW_LIMITS } from "./limits.ts";
import { readReviewMonth } from "./month.ts";
import { Sampler } from "./sampler.ts";
import type { MonthWatch } from "./watch.ts";
import { WatchTally } from "./watch-tally.ts";

const MONTH = readReviewMonth("2026-11", Date.parse("2026-12-01T00:00+09:00"));
const SEED = "5e".repeat(32);
/** A Tuesday at noon in Korea. */
const NOON = Date.parse("2026-11-10T12:00+09:00");
const ANNA = { kind: "staff", id: "anna", sellerId: "S1" } as const;

/** An entry whose place is its order, recorded when it happened. */
function entryAt(seq: number, at: number, size: number, more: Partial<Access> = {}): LogEntry {
  return { ...sampleEntry(seq, size, { at, actor: ANNA, ...more }), recordedAt: at };
}

function watchOf(entries: readonly LogEntry[], limits = REVIEW_LIMITS): MonthWatch {
  const tally = new WatchTally(MONTH, SEED, limits);
  for (const entry of entries) tally.add(entry);
  return tally.watch();
}

describe("readReviewMonth", () => {
  it("is a month of Korea, with the three before it", () => {
    expect(MONTH).toEqual({
      month: "2026-11",
      from: Date.parse("2026-10-31T15:00Z"),
      to: Date.parse("2026-11-30T15:00Z"),
      past: ["2026-07-31T15:00Z", "2026-08-31T15:00Z", "2026-09-30T15:00Z"].map((one) => Date.parse(one)),
    });
  });

  it.each(["2026-13", "2026-00", "26-11", "2026-11-01", "", "2026-1"])("refuses %j", (month) => {
    expect(() => readReviewMonth(month, Date.parse("2030-01-01T00:00Z"))).toThrow(/2026-11/);
  });

  it("refuses a month a millisecond before it is over", () => {
    expect(() => readReviewMonth("2026-11", Date.parse("2026-12-01T00:00+09:00") - 1)).toThrow(/not over/);
  });
});

describe("isOffHours", () => {
  it.each([
    ["2026-11-10T21:59:59.999+09:00", false],
    ["2026-11-10T22:00:00.000+09:00", true],
    ["2026-11-11T05:59:59.999+09:00", true],
    ["2026-11-11T06:00:00.000+09:00", false],
    ["2026-11-13T21:59:59.999+09:00", false],
    ["2026-11-14T12:00:00.000+09:00", true],
    ["2026-11-15T12:00:00.000+09:00", true],
    ["2026-11-16T06:00:00.000+09:00", false],
  ])("tells %s: %s", (at, isOff) => {
    expect(isOffHours(Date.parse(at))).toBe(isOff);
  });
});

describe("Sampler", () => {
  it("draws the same whoever draws, as many as are wanted, none by its place, and another by another seed", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (count, size) => {
        const draw = (seed: string): readonly number[] => {
          const sampler = new Sampler<number>(seed, size);
          for (let seq = 1; seq <= count; seq++) sampler.offer(seq, () => seq);
          return sampler.drawn();
        };
        const drawn = draw(SEED);
        expect(drawn).toEqual(draw(SEED));
        expect(new Set(drawn).size).toBe(Math.min(size, count));
        if (count > 100) expect(drawn).not.toEqual(draw("00"));
      }),
    );
  });

  it("draws each about as often", () => {
    const counts = Array.from({ length: 20 }, () => 0);
    for (let seed = 0; seed < 1_000; seed++) {
      const sampler = new Sampler<number>(String(seed), 5);
      for (let seq = 0; seq < 20; seq++) sampler.offer(seq, () => seq);
      for (const seq of sampler.drawn()) counts[seq] = (counts[seq] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(80);
  });
});

describe("WatchTally", () => {
  it("leaves out what is of another month, to the millisecond", () => {
    const moments = [MONTH.from - 1, MONTH.from, MONTH.to - 1, MONTH.to];
    expect(watchOf(moments.map((at, i) => entryAt(i + 1, at, 1)))).toMatchObject({ records: 2, answers: 2 });
  });

  it("lists downloads with their reasons, and those without one", () => {
    const file = { sha256: "0".repeat(64), sizeBytes: 7 };
    const watch = watchOf([
      entryAt(1, NOON, 2, { action: "download", file }),
      entryAt(2, NOON, 0, {
        action: "download",
        purpose: " \u3000",
        outcome: "refused",
        reason: "download-window-closed",
      }),
    ]);
    expect(watch.withoutPurpose).toBe(1);
    expect(watch.downloads).toMatchObject({
      more: 0,
      rows: [
        { seq: 1, records: 2, purpose: "fulfilment", reason: null, file },
        { seq: 2, purpose: null, reason: "download-window-closed", file: null },
      ],
    });
  });

  it("takes the pages of a file for one download, of as many rows as the file has", () => {
    const file = { sha256: "0".repeat(64), sizeBytes: 7 };
    const detail = { download: "d-1", rows: 2_000 };
    const { downloads } = watchOf([
      entryAt(1, NOON, 1, { action: "download", outcome: "disclosed", detail }),
      entryAt(2, NOON, 1, { action: "download", outcome: "disclosed", detail }),
      entryAt(3, NOON, 0, { action: "download", outcome: "done", detail, file }),
    ]);
    expect(downloads.rows).toMatchObject([{ seq: 3, records: 2_000, file }]);
  });

  it("[notice-2026-9/8-2 notice-2026-9/12] lists files of which nobody says that they are destroyed, once they are due", () => {
    const said = (
      seq: number,
      action: "fetch-download" | "destroy-download",
      id: string,
      destroyBy: number,
    ) =>
      entryAt(seq, seq === 1 ? MONTH.from - 1 : NOON, 0, {
        action,
        outcome: "done",
        detail: { download: id, destroyBy },
      });
    const { undestroyed } = watchOf([
      said(1, "fetch-download", "past", MONTH.from),
      said(2, "fetch-download", "destroyed", NOON),
      said(3, "fetch-download", "due", MONTH.to - 1),
      said(4, "fetch-download", "not yet", MONTH.to),
      said(5, "destroy-download", "destroyed", NOON),
    ]);
    expect(undestroyed).toEqual({
      more: 0,
      rows: [
        { seq: 1, at: MONTH.from - 1, actor: ANNA, dueAt: MONTH.from },
        { seq: 3, at: NOON, actor: ANNA, dueAt: MONTH.to - 1 },
      ],
    });
  });

  it("counts off hours of people, and not of tools", () => {
    const night = Date.parse("2026-11-10T23:00+09:00");
    const tool = { kind: "tool", id: "ship", sellerId: "S1" } as const;
    const { offHours } = watchOf([
      entryAt(1, NOON, 1),
      entryAt(2, night, 1),
      entryAt(3, night, 1),
      entryAt(4, night, 1, { actor: tool }),
      entryAt(5, night, 0, { outcome: "refused", reason: "account-dormant" }),
    ]);
    expect(offHours.rows).toEqual([{ actor: ANNA, count: 2, seq: 2, at: night }]);
  });

  it.each([
    ["three times the median is usual", [30, 10, 30], 90, false],
    ["more than three times is not", [30, 10, 30], 91, true],
    ["months without any do not count", [0, 0, 30], 91, true],
    ["an even number has its middle", [20, 40, 0], 90, false],
    ["few are never unusual", [1, 1, 1], 29, false],
    ["nobody's past is told as such", [0, 0, 0], 90, true],
  ])("compares volume with the actor's own past: %s", (_, past, now, isUnusual) => {
    let seq = 0;
    const before = past.flatMap((count, month) =>
      count === 0 ? [] : [entryAt(++seq, (MONTH.past[month] ?? 0) + 1, count)],
    );
    const { volume } = watchOf([...before, entryAt(++seq, NOON, now)], { ...REVIEW_LIMITS, volumeFrom: 30 });
    expect(volume.rows.map(({ records }) => records)).toEqual(isUnusual ? [now] : []);
    if (past.every((count) => count === 0)) expect(volume.rows[0]?.median).toBeNull();
  });

  it.each([
    ["60 answers of one record within ten minutes", 60, 600_000, 1],
    ["a millisecond longer is none", 60, 600_001, 0],
    ["59 are none", 59, 1_000, 0],
    ["62 are three", 62, 1_000, 3],
  ])("notices %s", (_, count, spanMs, times) => {
    const entries = Array.from({ length: count }, (__, i) =>
      entryAt(i + 1, NOON + Math.floor((i * spanMs) / (count - 1)), 1),
    );
    expect(watchOf(entries).rows.rows.map((row) => row.count)).toEqual(times === 0 ? [] : [times]);
    expect(
      watchOf(entries.map((entry) => ({ ...entry, access: { ...entry.access, records: [] } }))).rows.rows,
    ).toEqual([]);
  });

  it("does not take pages of several records for a row", () => {
    const pages = Array.from({ length: 60 }, (_, i) => entryAt(i + 1, NOON + i, 2));
    expect(watchOf(pages).rows.rows).toEqual([]);
  });

  it("counts different subjects once each, by the type with the most, and none of whom nothing was shown", () => {
    const [order] = entryAt(1, NOON, 1).access.records;
    if (order === undefined) throw new Error("a page of one has one");
    const hidden = {
      ...order,
      subjects: [{ type: "buyer", keyId: "k", hex: "ff".repeat(16) }],
      disclosure: { ...order.disclosure, kind: "withhold", clear: 0 },
    } as typeof order;
    const page = entryAt(2, NOON, 3);
    const withHidden = { ...page, access: { ...page.access, records: [...page.access.records, hidden] } };
    const { subjects } = watchOf([entryAt(1, NOON, 2), withHidden], { ...REVIEW_LIMITS, manySubjects: 3 });
    expect(subjects.rows).toMatchObject([{ actor: ANNA, count: 3 }]);
    expect(watchOf([entryAt(1, NOON, 2)], { ...REVIEW_LIMITS, manySubjects: 3 }).subjects.rows).toEqual([]);
  });

  it("names the first time of an origin, of somebody who was there before", () => {
    const from = (ip: string) => ({ origin: { ip, agent: null } });
    const past = entryAt(1, MONTH.from - 1, 0, from("203.0.113.7"));
    const now = ["203.0.113.7", "198.51.100.1", "198.51.100.1"].map((ip, i) =>
      entryAt(i + 2, NOON + i, 0, from(ip)),
    );
    expect(watchOf([past, ...now]).networks.rows).toEqual([
      { actor: ANNA, ip: "198.51.100.1", seq: 3, at: NOON + 1 },
    ]);
    expect(watchOf(now).networks.rows).toEqual([]);
  });

  it("lists signals and rights that came back, refusals by reason, changes of rights, and what auditors asked", () => {
    const watch = watchOf([
      entryAt(1, NOON, 0, { action: "signal", outcome: "done", reason: "new-device" }),
      entryAt(2, NOON, 0, { action: "reactivate-account", outcome: "done", target: { ...ANNA, id: "ben" } }),
      entryAt(3, NOON, 0, { outcome: "refused", reason: "account-dormant" }),
      entryAt(4, NOON, 0, { outcome: "refused", reason: "account-dormant" }),
      entryAt(5, NOON, 0, {
        action: "refusals",
        outcome: "refused",
        reason: "account-dormant",
        count: 5,
        since: NOON,
      }),
      entryAt(6, NOON, 0, { action: "gap", outcome: "refused", count: 3, since: NOON }),
      entryAt(7, NOON, 0, { action: "log-query", outcome: "done" }),
    ]);
    expect(watch.signals.rows).toMatchObject([
      { seq: 1, actor: ANNA },
      { seq: 2, actor: { id: "ben" } },
    ]);
    expect(watch.refused.rows.map((row) => [row.action, row.count, row.seq])).toEqual([
      ["refusals", 5, 5],
      ["gap", 3, 6],
      ["view", 2, 3],
    ]);
    expect(watch).toMatchObject({
      gaps: 3,
      answers: 0,
      rights: { rows: [{ action: "reactivate-account", count: 1 }] },
    });
    expect(watch.auditors.rows).toMatchObject([{ count: 1, seq: 7 }]);
  });

  it("names what is damaged, and samples answers alone", () => {
    const tally = new WatchTally(MONTH, SEED);
    tally.add({ seq: 9, kind: "unreadable", why: "Its bytes are no record" });
    tally.add(entryAt(10, NOON, 0));
    tally.add(entryAt(11, NOON, 1, { records: [{ ...sampleOrder(0), subjects: [subject.buyer("b")] }] }));
    expect(tally.watch()).toMatchObject({
      damaged: { rows: [{ seq: 9, kind: "unreadable" }], more: 0 },
      sample: [{ seq: 11, records: 1 }],
    });
  });

  it("holds lists short, and says how many more there are", () => {
    const many = Array.from({ length: 510 }, (_, i) => entryAt(i + 1, NOON, 0, { action: "download" }));
    const { downloads } = watchOf(many);
    expect([downloads.rows.length, downloads.more]).toEqual([500, 10]);
  });
});
