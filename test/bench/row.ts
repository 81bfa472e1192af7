/** What a ratio has to reach, the bound itself included: a gain at least, or a cost at most. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the table in `performance.md`: a figure is a ratio of two things measured in one run. */
export interface BenchRow {
  readonly id: string;
  readonly subject: string;
  readonly against: string;
  readonly unit: string;
  readonly target: Target;
  /** Measures. @returns `undefined` where this machine lacks a service, which it has said then */
  run(): Promise<number | undefined>;
}

/** One thing to measure: a call does the work of one slice. */
export type Slice = () => unknown;

const WARM_UP_ROUNDS = 20;
const ROUNDS = 15;

/** A slice is repeated until it takes about this long, in microseconds of CPU time, so that the clock's step does not show. */
const SLICE_MICROSECONDS = 20_000;

/**
 * Measures CPU times of slices, interleaved round by round, so that a noisy neighbour meets all of them.
 *
 * @returns microseconds of CPU time a call, the median of 15 rounds, in the order of `slices`
 */
export function measure(slices: readonly Slice[]): readonly number[] {
  for (let i = 0; i < WARM_UP_ROUNDS; i++) for (const slice of slices) slice();
  const repeats = slices.map(countRepeats);
  const rounds = Array.from({ length: ROUNDS }, () =>
    slices.map((slice, i) => timeOf(slice, repeats[i] ?? 1)),
  );
  return slices.map((_, i) => median(rounds.map((round) => round[i] ?? Number.NaN)));
}

function countRepeats(slice: Slice): number {
  return Math.max(1, Math.round(SLICE_MICROSECONDS / timeOf(slice, 20)));
}

function timeOf(slice: Slice, repeats: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < repeats; i++) slice();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / repeats;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
