import { afterEach, describe, expect, it, vi } from "vitest";
import { printSummary } from "./summary.mjs";

const log = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => log.mockClear());

const checks = [
  { title: "types", isPassed: true },
  { title: "unused code", isPassed: true },
];
const lastLine = () => log.mock.calls.at(-1)?.[0];

describe("printSummary", () => {
  it("counts tests and whole-tree checks together", () => {
    expect(printSummary(checks, { passed: 5, failed: 0, skipped: 0, leftOut: [] })).toBe(0);
    expect(lastLine()).toBe("7 passed, 0 failed");
  });

  it("fails when one check fails, whatever the tests say", () => {
    const broken = [{ title: "format and lint", isPassed: false }, ...checks];
    expect(printSummary(broken, { passed: 5, failed: 0, skipped: 1, leftOut: [] })).toBe(1);
    expect(lastLine()).toBe("7 passed, 1 failed, 1 skipped");
    expect(log).toHaveBeenCalledWith("failed: format and lint");
  });

  it("says what was left out just before the last line", () => {
    const leftOut = [{ what: "append on PostgreSQL", why: "no server" }];
    printSummary(checks, { passed: 5, failed: 0, skipped: 2, leftOut });
    expect(log.mock.calls.at(-2)?.[0]).toBe("left out: append on PostgreSQL: no server");
  });
});
