import { describe, expect, it } from "vitest";
import { chartsOf } from "./charts.ts";
import type { Counted, HourCount } from "./hour-count.ts";
import { readStretch } from "./stretch.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, midnight in Korea. */
const MONDAY = Date.parse("2026-11-16T00:00:00+09:00");

const hour = (hour: number, records: number, outcome: HourCount["outcome"] = "disclosed"): HourCount => ({
  hour,
  outcome,
  records,
  subjects: 2 * records,
});
const counted = (hours: readonly HourCount[], more: Partial<Counted> = {}): Counted => ({
  hours,
  tools: [],
  since: 0,
  ...more,
});

describe("chartsOf", () => {
  it.each([
    ["hour", 72 * HOUR, 72],
    ["day", 73 * HOUR, 4],
  ] as const)("steps by the %s in %i ms, and has a point where nothing happened", (step, length, points) => {
    const charts = chartsOf({ from: MONDAY, to: MONDAY + length }, counted([]));
    expect([charts.step, charts.volume.length, charts.subjectsPerHour.length]).toEqual([
      step,
      points,
      points,
    ]);
  });

  it("puts each hour into the day of Korea it is in", () => {
    const hours = [
      hour(MONDAY - HOUR, 7),
      hour(MONDAY, 1),
      hour(MONDAY + 23 * HOUR, 2),
      hour(MONDAY + DAY, 4, "refused"),
    ];
    const { volume, records, subjects } = chartsOf({ from: MONDAY, to: MONDAY + 7 * DAY }, counted(hours));
    expect(volume.slice(0, 2)).toEqual([
      { at: MONDAY, disclosed: 3, refused: 0, done: 0 },
      { at: MONDAY + DAY, disclosed: 0, refused: 4, done: 0 },
    ]);
    expect([records, subjects]).toEqual([7, 14]);
  });

  it("begins at the day's midnight where the stretch begins at noon", () => {
    const { volume } = chartsOf(
      { from: MONDAY + 12 * HOUR, to: MONDAY + 5 * DAY },
      counted([hour(MONDAY + 13 * HOUR, 1)]),
    );
    expect(volume[0]).toMatchObject({ at: MONDAY, disclosed: 1 });
    expect(volume).toHaveLength(5);
  });

  it("counts the week by weekday and hour of Korea, Monday first", () => {
    const hours = [
      hour(MONDAY, 1),
      hour(MONDAY + 23 * HOUR, 2, "refused"),
      hour(MONDAY + 6 * DAY + 9 * HOUR, 4),
    ];
    const { week } = chartsOf({ from: MONDAY, to: MONDAY + 7 * DAY }, counted(hours));
    expect([week[0]?.[0], week[0]?.[23], week[6]?.[9]]).toEqual([1, 2, 4]);
    expect(week.flat().reduce((sum, one) => sum + one, 0)).toBe(7);
  });

  it("tells the busiest hour of each day, all outcomes together", () => {
    const hours = [hour(MONDAY, 3), hour(MONDAY + HOUR, 2), hour(MONDAY + HOUR, 2, "refused")];
    const { subjectsPerHour } = chartsOf({ from: MONDAY, to: MONDAY + 4 * DAY }, counted(hours));
    expect(subjectsPerHour[0]).toEqual({ at: MONDAY, hour: MONDAY + HOUR, subjects: 8 });
  });

  it("compares with the four stretches before, and leaves out one that was not counted whole", () => {
    const stretch = { from: MONDAY, to: MONDAY + DAY };
    const hours = [hour(MONDAY - HOUR, 1), hour(MONDAY - DAY - HOUR, 5)];
    const past = (since: number) => chartsOf(stretch, counted([]), counted(hours, { since })).past;
    expect(past(0).map(({ records }) => records)).toEqual([1, 5, 0, 0]);
    expect(past(MONDAY - 2 * DAY).map(({ records }) => records)).toEqual([1, 5]);
    expect(past(MONDAY - 2 * DAY + 1).map(({ records }) => records)).toEqual([1]);
    expect(chartsOf(stretch, counted([])).past).toEqual([]);
  });

  it("shows ten tools and says how many there were", () => {
    const tools = Array.from({ length: 12 }, (_, i) => ({
      tool: `t${i}`,
      records: 12 - i,
      subjects: 0,
      refused: 0,
    }));
    const charts = chartsOf({ from: MONDAY, to: MONDAY + DAY }, counted([], { tools }));
    expect([charts.tools.length, charts.toolCount]).toEqual([10, 12]);
  });
});

describe("readStretch", () => {
  const now = MONDAY + 9.5 * HOUR;

  it.each([
    [{}, MONDAY - 29 * DAY, MONDAY + 10 * HOUR],
    [{ from: MONDAY }, MONDAY, MONDAY + 10 * HOUR],
    [{ from: MONDAY + 1, to: MONDAY + HOUR + 1 }, MONDAY, MONDAY + 2 * HOUR],
    [{ from: MONDAY, to: MONDAY + HOUR }, MONDAY, MONDAY + HOUR],
    [{ from: MONDAY, to: MONDAY + 400 * DAY }, MONDAY, MONDAY + 400 * DAY],
  ])("takes whole hours for %j", (filter, from, to) => {
    expect(readStretch(filter, now)).toEqual({ from, to });
  });

  it.each([
    [{ from: MONDAY, to: MONDAY + 400 * DAY + 1 }, /at most 400 days/],
    [{ from: MONDAY + DAY }, /at most 400 days, from before to/],
    [{ from: -1 }, /from must be a moment/],
  ])("refuses %j", (filter, message) => {
    expect(() => readStretch(filter, now)).toThrow(message);
  });
});
