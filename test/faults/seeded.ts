/** Numbers by chance, the same for the same seed. */
export interface Chance {
  readonly seed: number;
  /** From 0 inclusive to `end` exclusive, not whole. */
  below(end: number): number;
  /** A whole number, from 0 inclusive to `end` exclusive. */
  wholeBelow(end: number): number;
}

/** The seed of this run: `GARIM_SEED`, to run again what failed, or a new one. Tests say it in their titles. */
export const SEED: number = Number(process.env["GARIM_SEED"] ?? Math.floor(Math.random() * 2 ** 32));

/** Mulberry32: small, and good enough to choose moments by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    seed,
    below: (end) => next() * end,
    wholeBelow: (end) => Math.floor(next() * end),
  };
}
