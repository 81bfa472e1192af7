import { describe, expect, it } from "vitest";
import { joinTries, readLeftOut, readReport } from "./report.mjs";

const test = (fullName: string, status: string) => ({
  fullName,
  status,
  failureMessages: status === "failed" ? [`Error: ${fullName}\n    at somewhere`] : [],
});

const file = (name: string, status: string, ...assertionResults: object[]) => ({
  name,
  status,
  message: status === "failed" && assertionResults.length === 0 ? "SyntaxError: x\n at y" : "",
  assertionResults,
});

function report(passed: number, pending: number, ...testResults: object[]): string {
  return JSON.stringify({
    numPassedTests: passed,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults,
  });
}

const RED = { file: "a", test: "adds", why: "Error: adds" };

describe("readReport", () => {
  it("counts, and names each failed test with the first line of its message", () => {
    expect(
      readReport(
        report(3, 2, file("a", "failed", test("adds", "failed"), test("subtracts", "passed"))),
        false,
      ),
    ).toEqual({ passed: 3, skipped: 2, failures: [RED] });
  });

  it("counts a file that did not load as a failure", () => {
    const { failures } = readReport(
      report(3, 0, file("a", "passed", test("x", "passed")), file("b", "failed")),
      false,
    );
    expect(failures).toEqual([{ file: "b", test: "", why: "SyntaxError: x" }]);
  });

  it("never calls a failed run passed, with or without a report", () => {
    const blamed = [{ file: "", test: "", why: expect.any(String) }];
    expect(readReport(report(3, 0, file("a", "passed", test("x", "passed"))), false).failures).toEqual(
      blamed,
    );
    expect(readReport("", false)).toEqual({ passed: 0, skipped: 0, failures: blamed });
  });
});

describe("joinTries", () => {
  const first = { passed: 5, skipped: 1, failures: [RED, { ...RED, test: "divides" }] };

  it("leaves one run as it is", () => {
    expect(joinTries(first)).toEqual({ ...first, unsteady: [] });
  });

  it("calls unsteady what passes the second time, and failed what does not", () => {
    const again = { passed: 7, skipped: 0, failures: [RED] };
    expect(joinTries(first, again)).toEqual({
      passed: 6,
      skipped: 1,
      failures: [RED],
      unsteady: [{ ...RED, test: "divides" }],
    });
  });

  it.each(["", "a"])("believes nothing of a second run that broke (in %j)", (file) => {
    const broken = { passed: 0, skipped: 0, failures: [{ file, test: "", why: "crash" }] };
    expect(joinTries(first, broken)).toMatchObject({ passed: 5, failures: broken.failures, unsteady: [] });
  });
});

describe("readLeftOut", () => {
  it("names each reason once", () => {
    const line = '{"what":"append on PostgreSQL","why":"no server"}\n';
    expect(readLeftOut(line + line)).toEqual([{ what: "append on PostgreSQL", why: "no server" }]);
    expect(readLeftOut("")).toEqual([]);
  });
});
