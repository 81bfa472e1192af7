import { describe, expect, it } from "vitest";
import { readMoment } from "./moment.ts";

const T = Date.parse("2026-11-22T00:00:00Z");

describe("readMoment", () => {
  it.each([
    ["a Date", new Date(T), T],
    ["milliseconds", T, T],
    ["UTC", "2026-11-22T00:00:00Z", T],
    ["Korean time", "2026-11-22T09:00:00+09:00", T],
    ["PostgreSQL's form", "2026-11-22 09:00:00.000+0900", T],
    ["minutes only", "2026-11-22T09:00+09:00", T],
    ["nothing", null, null],
    ["undefined", undefined, null],
  ])("reads %s", (_, input, expected) => {
    expect(readMoment(input)).toBe(expected);
  });

  it.each([
    ["a text without a zone", "2026-11-22T09:00:00"],
    ["a day", "2026-11-22"],
    ["an empty text", ""],
    ["a month 13", "2026-13-22T00:00:00Z"],
    ["a very long text", `2026-11-22T00:00:00.${"0".repeat(1000)}Z`],
    ["microseconds", T * 1000],
    ["a negative number", -1],
    ["infinity", Number.POSITIVE_INFINITY],
    ["an invalid Date", new Date(Number.NaN)],
    ["a look-alike", { getTime: () => T }],
    ["a liar with a Date's prototype", Object.create(Date.prototype)],
    ["true", true],
  ])("cannot read %s", (_, input) => {
    expect(readMoment(input)).toBeNaN();
  });
});
