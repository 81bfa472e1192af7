import type { Sample } from "../host/settings.ts";
import type { Minute } from "./minutes.ts";
import type { SoakResult } from "./run.ts";
import { type Slope, slopeOf } from "./slope.ts";

/** Whether one measure stayed where it was. */
export interface Verdict extends Slope {
  readonly name: string;
  readonly isFlat: boolean;
  readonly last: number;
}

/** The first minutes fill caches and compile code: a fifth of all, two at least. */
const warmUp = (count: number): number => Math.max(2, Math.floor(count / 5));

/** What may rise over the whole length without a leak being behind it, as a share of the mean; less than its noise is no rise either. */
const ALLOWED = 0.1;

const OF_NODE: readonly (readonly [name: string, read: (sample: Sample) => number, least: number])[] = [
  ["resident memory, MB", ({ residentMb }) => residentMb, 10],
  ["heap after a collection, MB", ({ heapMb }) => heapMb, 3],
  ["handles", ({ handles }) => handles, 5],
  ["event-loop delay p99, ms", ({ delayP99Ms }) => delayP99Ms, 5],
];
const OF_ALL: readonly (readonly [name: string, read: (minute: Minute) => number, least: number])[] = [
  ["latency p50, ms", ({ p50Ms }) => p50Ms, 2],
  ["latency p99, ms", ({ p99Ms }) => p99Ms, 20],
];

/** Judges every measure after the warm-up: flat is what rises neither more than its noise, nor more than a tenth, nor than what is too little to matter. */
export function judgeSoak({ minutes }: Pick<SoakResult, "minutes">): readonly Verdict[] {
  const rest = minutes.slice(warmUp(minutes.length));
  const nodes = rest[0]?.nodes.keys() ?? [];
  const ofNodes = [...nodes].flatMap((node) =>
    OF_NODE.map(([name, read, least]) =>
      judge(
        `node ${node}: ${name}`,
        rest.flatMap(({ nodes }) => nodes.slice(node, node + 1)).map(read),
        least,
      ),
    ),
  );
  return [...ofNodes, ...OF_ALL.map(([name, read, least]) => judge(name, rest.map(read), least))];
}

function judge(name: string, values: readonly number[], least: number): Verdict {
  const slope = slopeOf(values);
  const allowed = Math.max(least, ALLOWED * slope.mean);
  return {
    name,
    ...slope,
    last: values.at(-1) ?? Number.NaN,
    isFlat: slope.rise <= Math.max(allowed, slope.noise),
  };
}
