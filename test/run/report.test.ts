import { describe, expect, it } from "vitest";
import { countTests, readLeftOut } from "./report.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

function report(passed: number, failed: number, pending: number, ...testResults: object[]): string {
  const counts = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
  };
  return JSON.stringify({ ...counts, testResults });
}

describe("countTests", () => {
  it("takes the counts of the report", () => {
    expect(countTests(report(3, 1, 2, file("failed", "failed")), false)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    });
  });

  it("counts a file that did not load as a failure", () => {
    expect(countTests(report(3, 0, 0, file("passed", "passed"), file("failed")), false).failed).toBe(1);
  });

  it("never calls a failed run passed, with or without a report", () => {
    expect(countTests(report(3, 0, 0, file("passed", "passed")), false).failed).toBe(1);
    expect(countTests("", false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("readLeftOut", () => {
  it("names each reason once", () => {
    const line = '{"what":"append on PostgreSQL","why":"no server"}\n';
    expect(readLeftOut(line + line)).toEqual([{ what: "append on PostgreSQL", why: "no server" }]);
    expect(readLeftOut("")).toEqual([]);
  });
});
