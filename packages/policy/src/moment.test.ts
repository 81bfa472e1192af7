import { assert, constantFrom, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths, DAY, formatKoreanTime, HOUR, MINUTE, readMoment } from "./moment.ts";

const T = Date.parse("2026-11-22T00:00:00Z");

describe("the units", () => {
  it("are milliseconds", () => {
    expect([MINUTE, HOUR, DAY]).toEqual([60_000, 3_600_000, 86_400_000]);
  });
});

describe("readMoment", () => {
  it.each([
    ["a Date", new Date(T), T],
    ["milliseconds", T, T],
    ["UTC", "2026-11-22T00:00:00Z", T],
    ["Korean time", "2026-11-22T09:00:00+09:00", T],
    ["PostgreSQL's form", "2026-11-22 09:00:00.000+0900", T],
    ["minutes only", "2026-11-22T09:00+09:00", T],
    ["a leap day", "2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29)],
    ["nanoseconds", "2026-11-22T00:00:00.000000000+00:00", T],
    ["the first moment", 0, 0],
    ["the last moment", "2100-01-01T00:00:00Z", 4_102_444_800_000],
    ["nothing", null, null],
    ["undefined", undefined, null],
  ])("reads %s", (_, input, expected) => {
    expect(readMoment(input)).toBe(expected);
  });

  it.each([
    ["a text without a zone", "2026-11-22T09:00:00"],
    ["a day", "2026-11-22"],
    ["an empty text", ""],
    ["30 February", "2026-02-30T00:00:00Z"],
    ["29 February of no leap year", "2026-02-29T00:00:00+09:00"],
    ["31 April", "2026-04-31T00:00:00Z"],
    ["hour 25", "2026-11-22T25:00:00Z"],
    ["a zone of a day", "2026-11-22T00:00:00+24:00"],
    ["a month 13", "2026-13-22T00:00:00Z"],
    ["a very long text", `2026-11-22T00:00:00.${"0".repeat(1000)}Z`],
    ["text before a moment", " 2026-11-22T00:00:00Z"],
    ["letters before a moment", "on 2026-11-22T00:00:00Z"],
    ["more years than there are", "+012026-11-22T00:00:00Z"],
    ["a zone after a zone", "2026-11-22T00:00:00Z+09:00"],
    ["a name after the zone", "2026-11-22T00:00:00+09:00 KST"],
    ["text after a moment", "2026-11-22T00:00:00Z (KST)"],
    ["microseconds", T * 1000],
    ["the moment after the last", 4_102_444_800_001],
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

describe("readMoment of JSON's form", () => {
  it("agrees with Date for any moment there is", () => {
    assert(
      property(integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
        expect(readMoment(new Date(at).toJSON())).toBe(at);
      }),
      { numRuns: 2_000 },
    );
  });

  it("agrees with the general way on texts that only look like one", () => {
    const digit = constantFrom(..."0123456789:.TZ- x");
    assert(
      property(nat({ max: 23 }), digit, (place, letter) => {
        const text = `${"2026-11-22T09:10:11.123Z".slice(0, place)}${letter}${"2026-11-22T09:10:11.123Z".slice(place + 1)}`;
        const general = readMoment(text.replace("Z", "+00:00"));
        if (text.endsWith("Z")) expect(readMoment(text)).toBe(general);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("addMonths", () => {
  const at = (text: string) => Date.parse(`${text}+09:00`);

  it.each([
    ["2026-11-22T09:00:00", 1, "2026-12-22T09:00:00"],
    ["2026-12-31T23:59:59", 1, "2027-01-31T23:59:59"],
    ["2026-08-31T00:00:00", 6, "2027-03-03T00:00:00"],
    ["2028-02-29T00:00:00", 12, "2029-03-01T00:00:00"],
    ["2027-12-01T08:59:59", 3, "2028-03-01T08:59:59"],
    // In UTC this is still 31 January: months are counted in Korea.
    ["2027-02-01T00:30:00", 1, "2027-03-01T00:30:00"],
  ])("counts calendar months in Korean time, never too few days: %s + %d", (from, months, expected) => {
    expect(addMonths(at(from), months)).toBe(at(expected));
  });
});

describe("formatKoreanTime", () => {
  it("writes a moment as it is read in Korea", () => {
    expect(formatKoreanTime(Date.parse("2026-12-31T15:00:59Z"))).toBe("2027-01-01 00:00");
  });
});
