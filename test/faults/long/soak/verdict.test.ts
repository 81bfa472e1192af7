import { describe, expect, it } from "vitest";
import type { Minute } from "./minutes.ts";
import { judgeSoak } from "./verdict.ts";

const NOISE = [0, 3, -2, 1, -3, 2, -1, 3, -3, 0];

/** Twenty minutes, each measure around 100. */
function minutesOf(heapOf: (minute: number) => number): readonly Minute[] {
  return Array.from({ length: 20 }, (_, i) => {
    const about = 100 + (NOISE[i % NOISE.length] ?? 0);
    const node = { residentMb: about, heapMb: heapOf(i), handles: about, delayP99Ms: about };
    return { minute: i + 1, answers: 1, p50Ms: about, p99Ms: about, nodes: [node] };
  });
}

const risesOf = (heapOf: (minute: number) => number): readonly string[] =>
  judgeSoak({ minutes: minutesOf(heapOf) })
    .filter(({ isFlat }) => !isFlat)
    .map(({ name }) => name);

describe("judgeSoak", () => {
  it("takes noise for flat", () => {
    expect(risesOf((i) => 50 + (NOISE[i % NOISE.length] ?? 0))).toEqual([]);
  });

  it("takes what only fills up at the beginning for flat", () => {
    expect(risesOf((i) => (i < 4 ? 20 + 10 * i : 50))).toEqual([]);
  });

  it("finds a heap that grows by a megabyte a minute, noise and all", () => {
    expect(risesOf((i) => 50 + i + (NOISE[i % NOISE.length] ?? 0))).toEqual([
      "node 0: heap after a collection, MB",
    ]);
  });
});
