import { kindSet, NO_KINDS } from "@garim/policy";
import { describe, expect, it } from "vitest";
import type { JudgedRecord } from "./judge-answer.ts";
import { createOffHours } from "./off-hours.ts";

const korea = (time: string): number => Date.parse(`2026-11-22T${time}+09:00`);

/** Records of so many buyers. */
function records(from: number, count: number, clear = kindSet(["name"])): readonly JudgedRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const subjects = [{ type: "buyer", id: `buyer-${from + i}` }];
    return { recorded: { subjects, disclosure: { clear } } } as unknown as JudgedRecord;
  });
}

const night = { from: 0, to: 6, subjects: 10 };

describe("offHours.note", () => {
  it.each([
    ["the first millisecond of the night", "00:00:00.000", true],
    ["its last", "05:59:59.999", true],
    ["the morning after", "06:00:00.000", false],
    ["the evening before", "23:59:59.999", false],
  ])("[V1] finds ten buyers in %s", (_, time, expected) => {
    expect(createOffHours(night).note("tool-1", records(0, 10), korea(time))).toBe(expected);
  });

  it.each([
    ["the evening", "22:00:00.000", true],
    ["the morning", "04:59:59.999", true],
    ["the day", "05:00:00.000", false],
  ])("takes hours across midnight: %s", (_, time, expected) => {
    const hours = { from: 22, to: 5, subjects: 10 };
    expect(createOffHours(hours).note("tool-1", records(0, 10), korea(time))).toBe(expected);
  });

  it("adds answers up, each buyer once, says it once a night, and begins anew the next", () => {
    const reading = createOffHours(night);
    const note = (from: number, count: number, at: number) =>
      reading.note("tool-1", records(from, count), at);
    const at = korea("02:00:00");
    expect([note(0, 9, at), note(0, 9, at), note(9, 1, at), note(10, 50, at)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect([note(0, 9, at + 86_400_000), note(9, 1, at + 86_400_000)]).toEqual([false, true]);
  });

  it("counts each tool apart, and only what is shown clear", () => {
    const reading = createOffHours(night);
    const at = korea("02:00:00");
    expect(reading.note("tool-1", records(0, 9), at)).toBe(false);
    expect(reading.note("tool-2", records(9, 9), at)).toBe(false);
    expect(reading.note("tool-1", records(9, 50, NO_KINDS), at)).toBe(false);
  });

  it("finds nothing where the host wants none of it", () => {
    expect(createOffHours(false).note("tool-1", records(0, 1_000), korea("02:00:00"))).toBe(false);
  });
});
