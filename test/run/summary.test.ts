import { afterEach, describe, expect, it, vi } from "vitest";
import { printSummary } from "./summary.mjs";

const log = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => log.mockClear());

const checks = [
  { title: "types", isPassed: true },
  { title: "unused code", isPassed: true },
];
const PASSED = { passed: 5, skipped: 0, failures: [], unsteady: [], leftOut: [] };
const RED = { file: "a.test.ts", test: "adds", why: "Error: 3" };
const lastLine = () => log.mock.calls.at(-1)?.[0];

describe("printSummary", () => {
  it("counts tests and whole-tree checks together", () => {
    expect(printSummary(checks, { ...PASSED, skipped: 0 })).toBe(0);
    expect(lastLine()).toBe("7 passed, 0 failed");
  });

  it("fails when one check fails, whatever the tests say", () => {
    const broken = [{ title: "format and lint", isPassed: false }, ...checks];
    expect(printSummary(broken, { ...PASSED, skipped: 1 })).toBe(1);
    expect(lastLine()).toBe("7 passed, 1 failed, 1 skipped");
    expect(log).toHaveBeenCalledWith("failed: format and lint");
  });

  it("says what was left out just before the last line", () => {
    const leftOut = [{ what: "append on PostgreSQL", why: "no server" }];
    printSummary(checks, { ...PASSED, skipped: 2, leftOut });
    expect(log.mock.calls.at(-2)?.[0]).toBe("left out: append on PostgreSQL: no server");
  });

  it("names what failed and what was unsteady; only what failed fails the run", () => {
    expect(printSummary(checks, { ...PASSED, unsteady: [RED] })).toBe(0);
    expect(log).toHaveBeenCalledWith("unsteady, passed only the second time: a.test.ts > adds > Error: 3");
    expect(printSummary(checks, { ...PASSED, failures: [RED] })).toBe(1);
    expect(log).toHaveBeenCalledWith("failed: a.test.ts > adds > Error: 3");
    expect(lastLine()).toBe("7 passed, 1 failed");
  });
});
