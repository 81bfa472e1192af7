import { describe, expect, it } from "vitest";
import { keepTerminal } from "../../test/terminal.ts";
import { describeProgress, startProgress } from "./progress.ts";

describe("describeProgress", () => {
  it.each([
    [0, 1_000, 5_000, "reading 0 % (0 of 1,000)"],
    [250, 1_000, 5_000, "reading 25 % (250 of 1,000), 15 s left"],
    [999, 1_000_000, 1_000, "reading 0 % (999 of 1,000,000), 16 min 41 s left"],
    [1, 100, 90_000, "reading 1 % (1 of 100), 2 h 28 min left"],
    [1_000, 1_000, 5_000, "reading 100 % (1,000 of 1,000), 0 s left"],
    [1_200, 1_000, 5_000, "reading 100 % (1,200 of 1,000), 0 s left"],
    [42, 0, 5_000, "reading 42"],
  ])("after %i of %i in %i ms says %s", (done, total, elapsed, expected) => {
    expect(describeProgress("reading", done, total, elapsed)).toBe(expected);
  });
});

describe("startProgress", () => {
  /** Tells a hundred steps of 100 ms each. */
  function run(err: boolean, isAsked: boolean) {
    let at = 0;
    const terminal = keepTerminal({ isTty: { out: false, err }, now: () => at });
    const progress = startProgress(terminal, "reading", 100, isAsked);
    for (let done = 1; done <= 100; done++) {
      at += 100;
      progress.tell(done);
    }
    progress.finish();
    return terminal.kept();
  }

  it("draws over one line of a terminal, five times a second, and takes it away", () => {
    const { drawn, said, out } = run(true, false);
    expect(drawn.split("\r\u001b[K")).toHaveLength(52);
    expect(drawn).toMatch(/reading 50 % \(50 of 100\), 5 s left/);
    expect(drawn.endsWith("\r\u001b[K")).toBe(true);
    expect([said, out]).toEqual([[], ""]);
  });

  it("says nothing to a file unless it is asked to, then a line each five seconds", () => {
    expect(run(false, false)).toEqual({ out: "", said: [], drawn: "" });
    expect(run(false, true).said).toEqual([
      "reading 50 % (50 of 100), 5 s left",
      "reading 100 % (100 of 100), 0 s left",
    ]);
  });
});
