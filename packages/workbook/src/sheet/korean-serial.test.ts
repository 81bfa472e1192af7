import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromSerial, isSheetDate, koreanText, toSerial } from "./korean-serial.ts";

describe("toSerial", () => {
  it.each([
    ["1900-03-01T00:00:00.000+09:00", 61],
    ["1970-01-01T00:00:00.000Z", 25_569.375],
    ["2026-11-22T00:00:00.000+09:00", 46_348],
    ["2026-11-22T12:00:00.000+09:00", 46_348.5],
  ])("counts %s as %d", (moment, serial) => {
    expect(toSerial(Date.parse(moment))).toBe(serial);
  });

  it("is read back to the millisecond", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1900-03-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
        (date) => {
          expect(fromSerial(Number(String(toSerial(date.getTime()))))).toBe(date.getTime());
        },
      ),
    );
  });
});

describe("isSheetDate", () => {
  it.each([
    ["1900-02-28T23:59:59.999+09:00", false],
    ["1900-03-01T00:00:00.000+09:00", true],
    ["9999-12-31T23:59:59.999+09:00", true],
    ["+010000-01-01T00:00:00.000+09:00", false],
  ])("takes %s: %s", (moment, expected) => {
    expect(isSheetDate(Date.parse(moment))).toBe(expected);
  });
});

describe("koreanText", () => {
  it("says a moment in Korean time, to the second", () => {
    expect(koreanText(Date.parse("2026-11-22T15:00:00.999Z"))).toBe("2026-11-23 00:00:00");
  });
});
