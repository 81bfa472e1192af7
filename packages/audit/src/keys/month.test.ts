import { describe, expect, it } from "vitest";
import { isMonth, monthAfter, monthOf, monthsBetween, startOf } from "./month.ts";

describe("monthOf", () => {
  it.each([
    ["2026-11-30T23:59:59.999Z", "2026-11"],
    ["2026-12-01T00:00:00.000Z", "2026-12"],
    ["2026-12-01T08:59:59.999+09:00", "2026-11"],
    ["2099-12-31T23:59:59.999Z", "2099-12"],
    ["1970-01-01T00:00:00.000Z", "1970-01"],
  ])("takes %s as %s", (moment, month) => {
    expect(monthOf(Date.parse(moment))).toBe(month);
  });

  it.each([Number.NaN, -1, Date.parse("2100-01-01T00:00:00Z"), Number.POSITIVE_INFINITY])(
    "refuses %s, as microseconds or a broken clock",
    (now) => {
      expect(() => monthOf(now)).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }));
    },
  );
});

describe("monthAfter", () => {
  it("turns the year", () => {
    expect([monthAfter("2026-11"), monthAfter("2026-12")]).toEqual(["2026-12", "2027-01"]);
    expect(startOf("2027-01") - startOf("2026-12")).toBe(31 * 86_400_000);
  });
});

describe("monthsBetween", () => {
  it("counts both ends, and none backwards", () => {
    expect(monthsBetween("2026-11", "2027-01")).toEqual(["2026-11", "2026-12", "2027-01"]);
    expect(monthsBetween("2026-12", "2026-11")).toEqual([]);
  });
});

describe("isMonth", () => {
  it.each(["2026-13", "2026-00", "2026-1", "2026-11-01", "2100-01", "1969-12", "", null, 202_611])(
    "refuses %j",
    (value) => {
      expect(isMonth(value)).toBe(false);
    },
  );
});
