import { describe, expect, it } from "vitest";
import { decideDisclosure } from "./disclosure.ts";
import { readLines } from "./line.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();

/** The window as a person would count it: 90 times 24 hours. */
const WINDOW = 90 * 24 * 60 * 60 * 1_000;

function download(confirmed: string, at: number) {
  const lines = readLines({ paidAt: "2020-01-01T00:00Z", purposeEndedAt: confirmed });
  const facts = { lines, surface: "download", allowed: 1, secondFactorAt: at } as const;
  return decideDisclosure(facts, at, policy).kind;
}

describe("the window of downloads", () => {
  it.each([
    ["Korean midnight", "2026-11-22T00:00:00.000+09:00", "2027-02-20T00:00:00.000+09:00"],
    ["the millisecond before it", "2026-11-21T23:59:59.999+09:00", "2027-02-19T23:59:59.999+09:00"],
    ["UTC midnight", "2026-11-22T00:00:00.000Z", "2027-02-20T09:00:00.000+09:00"],
    ["a leap day inside", "2027-12-31T12:00:00.000+09:00", "2028-03-30T12:00:00.000+09:00"],
    ["a leap day at its start", "2028-02-29T23:59:59.999+09:00", "2028-05-29T23:59:59.999+09:00"],
    ["no leap day in 2027", "2026-12-31T12:00:00.000+09:00", "2027-03-31T12:00:00.000+09:00"],
    ["a year's end", "2026-12-31T23:59:59.999+09:00", "2027-03-31T23:59:59.999+09:00"],
    ["a zone whose clock springs forward", "2027-01-01T00:00:00.000-05:00", "2027-04-01T01:00:00.000-04:00"],
    ["a zone whose clock falls back", "2026-09-01T00:00:00.000-04:00", "2026-11-29T23:00:00.000-05:00"],
    ["half an hour's zone", "2026-11-22T00:00:00.000+05:30", "2027-02-20T03:30:00.000+09:00"],
  ])("[code-2022/download] is 90 x 24 h to the millisecond, over %s", (_, confirmed, last) => {
    const end = Date.parse(last);
    expect(end - Date.parse(confirmed)).toBe(WINDOW);
    expect(download(confirmed, end)).toBe("mask");
    expect(download(confirmed, end + 1)).toBe("withhold");
  });

  it("[code-2022/download] is no three months", () => {
    const threeMonths = Date.parse("2026-10-01T00:00:00+09:00");
    expect(download("2026-07-01T00:00:00+09:00", threeMonths)).toBe("withhold");
  });
});
