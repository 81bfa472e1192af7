import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { type Crowd, countCrowd, isCrowd, measureCrowd } from "./crowd.ts";

const MINUTE = 60_000;
const RULE = { least: 3, windowMs: 10 * MINUTE };

/** Counts each in, one a step, and gives what was answered and what is stored in the end. */
function count(members: readonly (readonly string[])[], stepMs = 1) {
  let crowd: Crowd | undefined;
  const answers = members.map((ids, i) => {
    const { answer, record } = countCrowd(crowd, ids, NOON + i * stepMs, RULE);
    crowd = record ?? crowd;
    return answer;
  });
  return { answers, crowd, last: answers.at(-1) };
}

describe("countCrowd", () => {
  it("is a crowd from the third on, and news once", () => {
    const { answers } = count([["a"], ["b"], ["c"], ["d"]]);
    expect(answers).toEqual([
      { size: 1, isCrowd: false, isNews: false },
      { size: 2, isCrowd: false, isNews: false },
      { size: 3, isCrowd: true, isNews: true },
      { size: 4, isCrowd: true, isNews: false },
    ]);
  });

  it("counts one that comes often as one", () => {
    expect(count([["a"], ["a"], ["a"], ["a"]], 2 * MINUTE).last).toMatchObject({ size: 1, isCrowd: false });
  });

  it("counts only those of the window", () => {
    expect(count([["a"], ["b"], ["c"]], 5 * MINUTE).last).toMatchObject({ size: 2, isCrowd: false });
  });

  it("counts as many as the shortest list has: one person who works for many sellers is one", () => {
    expect(
      count([
        ["s1", "kim"],
        ["s2", "kim"],
        ["s3", "kim"],
      ]).last,
    ).toMatchObject({ size: 1 });
    expect(
      count([
        ["s1", "kim"],
        ["s1", "lee"],
        ["s1", "park"],
      ]).last,
    ).toMatchObject({ size: 1 });
    expect(
      count([
        ["s1", "kim"],
        ["s2", "lee"],
        ["s3", "park"],
      ]).last,
    ).toMatchObject({ isNews: true });
  });

  it("is news again after an hour of going on", () => {
    const members = Array.from({ length: 65 }, (_, i) => [`${i}`]);
    const { answers } = count(members, MINUTE);
    expect(answers.flatMap(({ isNews }, i) => (isNews ? [i] : []))).toEqual([2, 62]);
  });

  it("wants nothing written where nothing changed, so that a flood costs reads", () => {
    const { crowd } = count([["a"], ["b"], ["c"]]);
    expect(countCrowd(crowd, ["a"], NOON + 10, RULE).record).toBeNull();
    expect(countCrowd(crowd, ["d"], NOON + 10, RULE).record).not.toBeNull();
  });
});

describe("measureCrowd", () => {
  it("tells the size without counting anybody in", () => {
    const { crowd } = count([["a"], ["b"], ["c"]]);
    expect(measureCrowd(crowd, NOON + 3, RULE)).toEqual({ size: 3, isCrowd: true });
    expect(measureCrowd(crowd, NOON + 10 * MINUTE, RULE)).toEqual({ size: 2, isCrowd: false });
    expect(measureCrowd(undefined, NOON, RULE)).toEqual({ size: 0, isCrowd: false });
  });
});

describe("isCrowd", () => {
  it.each([
    null,
    1,
    {},
    { lists: [] },
    { lists: [1], toldAt: null },
    { lists: [[{ id: 1, at: 1 }]], toldAt: null },
  ])("does not take %j for one", (value) => {
    expect(isCrowd(value)).toBe(false);
  });
});
