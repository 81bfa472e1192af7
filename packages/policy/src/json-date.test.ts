import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonDate } from "./json-date.ts";

const TEXT = "2026-11-22T09:08:07.065Z";

/** The text with another one from a place on. */
const put = (at: number, other: string): string => TEXT.slice(0, at) + other + TEXT.slice(at + other.length);

describe("parseJsonDate", () => {
  it.each([TEXT, "1970-01-01T00:00:00.000Z", "2024-12-31T23:59:59.999Z", "9999-01-31T10:20:30.400Z"])(
    "reads %s itself, as Date.parse does",
    (text) => {
      expect(parseJsonDate(text)).toBe(Date.parse(text));
    },
  );

  it("reads any day but 29 February", () => {
    const least = 0;
    const most = Date.parse("2099-12-31T23:59:59.999Z");
    fc.assert(
      fc.property(fc.integer({ min: least, max: most }), (at) => {
        const date = new Date(at);
        fc.pre(date.getUTCMonth() !== 1 || date.getUTCDate() !== 29);
        expect(parseJsonDate(date.toISOString())).toBe(at);
      }),
    );
  });

  it.each([
    ["a year before 1970", put(0, "1969")],
    ["month 0", put(5, "00")],
    ["month 13", put(5, "13")],
    ["day 0", put(8, "00")],
    ["31 November", put(8, "31")],
    ["day 32", put(5, "12-32")],
    ["29 February", put(5, "02-29")],
    ["hour 24", put(11, "24")],
    ["minute 60", put(14, "60")],
    ["second 60", put(17, "60")],
    ["no milliseconds", "2026-11-22T09:08:07Z"],
    ["a longer fraction", "2026-11-22T09:08:07.0650Z"],
    ["what follows", `${TEXT} `],
    ["nothing", ""],
  ])("leaves %s to the general way", (_, text) => {
    expect(parseJsonDate(text)).toBeUndefined();
  });

  // Every place of the text, just below and above what may stand there.
  it.each([...TEXT].map((_, at) => at))("leaves another sign at place %i to the general way", (at) => {
    for (const sign of ["/", ":", "-", "T", "Z", ".", " ", "٣", "x"])
      if (sign !== TEXT[at]) expect(parseJsonDate(put(at, sign))).toBeUndefined();
  });
});
